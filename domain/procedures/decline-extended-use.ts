import { text } from '../texts/locale.ts';
import type { Answers, Criterion, IntakeContext, IntakeHint, Section } from './definition.ts';
import { option } from './option.ts';
import { textAnswer } from './shared/answers.ts';
import { monthInYear } from './shared/checks.ts';
import { FISCAL_YEAR } from './shared/child.ts';
import { followUp } from './shared/follow-up.ts';
import { reason, UNCLEAR } from './shared/reasons.ts';

const DECLINE: Section = {
  id: 'use',
  title: text('延長利用の辞退', '{延長|えんちょう}を やめる {月|つき}', 'Giving up extended use'),
  fields: [
    FISCAL_YEAR,
    {
      code: 'decline_from',
      kind: 'month',
      label: text(
        '延長利用を使わなくなる月',
        '{延長|えんちょう}を {使|つか}わなくなる {月|つき}',
        'First month without it',
      ),
      hint: text(
        'この月から延長利用と延長料金がなくなります。使う最後の月の翌月を、前の月の末日までに届け出てください。',
        'この {月|つき}から {延長|えんちょう}は {使|つか}えません。{延長|えんちょう}の お{金|かね}も いりません。{前|まえ}の {月|つき}の {終|お}わりまでに {出|だ}してください。',
        'From this month there is no extended use and no fee for it. Please file by the end of the month before.',
      ),
      required: true,
    },
    {
      code: 'decline_reason',
      kind: 'choice',
      label: text('辞退の理由', 'やめる {理由|りゆう}', 'Reason'),
      required: true,
      options: [
        option(
          'hours_changed',
          '勤務時間などが変わった',
          '{働|はたら}く {時間|じかん}が {変|か}わった',
          'Working hours changed',
        ),
        option(
          'pickup',
          '早く迎えに行けるようになった',
          '{早|はや}く {迎|むか}えに {行|い}けるように なった',
          'Can pick up earlier',
        ),
        option('other_care', 'ほかの預け先を利用する', 'ほかの {所|ところ}に {預|あず}ける', 'Other care'),
        option(
          'child',
          'お子さんの事情（習い事・体調など）',
          'お{子|こ}さんの ため（{習|なら}い{事|ごと}など）',
          'For the child (lessons, health)',
        ),
        option('other', 'その他', 'そのほか', 'Other'),
      ],
    },
    {
      code: 'decline_details',
      kind: 'textarea',
      maxLength: 500,
      label: text('理由のくわしい内容', '{理由|りゆう}を くわしく', 'Details of the reason'),
      visibleWhen: { field: 'decline_reason', equals: 'other' },
      required: true,
    },
  ],
};

const CRITERIA: readonly Criterion[] = [
  {
    id: 'decline_month',
    title: '辞退する月・理由',
    guidance:
      '延長利用が認められている月か。届出が前月の末日までか（遅れた場合は区の定めによる。迷う場合は照会する）。取り消した枠は待機の児童に回る。',
    required: true,
    fields: ['decline_from', 'decline_reason', 'decline_details'],
    documents: [],
    reasons: [
      UNCLEAR,
      reason(
        'month_differs',
        '月が延長利用の期間にない',
        '入力された月は、延長利用が認められている期間にありません。月を確認してください。',
        'その {月|つき}は、{延長|えんちょう}を {使|つか}っていません。{月|つき}を {確認|かくにん}してください。',
        'Your child has no extended use in that month. Please check the month.',
      ),
      reason(
        'too_late',
        '届出が遅い月',
        '届出の期限（前の月の末日）を過ぎています。次の月以降を入力してください。',
        '{出|だ}すのが {遅|おそ}いです。{次|つぎ}の {月|つき}か、その {後|あと}の {月|つき}を {書|か}いてください。',
        'The time to file for that month (end of the month before) has passed. Please enter a later month.',
      ),
    ],
  },
];

function hints(
  answers: Answers,
  _attached: readonly string[],
  { today }: IntakeContext,
): readonly IntakeHint[] {
  const from = textAnswer(answers, 'decline_from');
  const late: readonly IntakeHint[] =
    from !== '' && from <= today.slice(0, 7)
      ? [
          {
            code: 'declineLate',
            severity: 'warning',
            criterionId: 'decline_month',
            field: 'decline_from',
            forReviewer: `辞退する月（${from}）の前月末までに届け出ていません。`,
            forApplicant: text(
              '辞退は、前の月の末日までに届け出る必要があります。この月の延長料金がかかることがあります。',
              '{前|まえ}の {月|つき}の {終|お}わりまでに {出|だ}す {必要|ひつよう}が あります。この {月|つき}の お{金|かね}が いることが あります。',
              'This should be filed by the end of the month before. The fee of this month may still be due.',
            ),
          },
        ]
      : [];
  return late;
}

/** 延長利用辞退届: extended use ends from a month on (Q05). Fields and the time of filing are defaults of ours (forms.md, 3). */
export const DECLINE_EXTENDED_USE = followUp({
  code: 'declineExtendedUse',
  letter: 'C',
  name: text(
    '延長利用辞退届',
    '{延長|えんちょう}{利用|りよう}を やめる {届|とど}け',
    'Giving up extended use',
  ),
  summary: text(
    '認められた延長利用をやめます。',
    '{延長|えんちょう}を やめるときに {出|だ}します。',
    'Give up extended use that was approved.',
  ),
  section: DECLINE,
  judged: CRITERIA,
  refusalReasons: [
    { code: 'no_extended_use', label: '延長利用が認められていないため' },
    { code: 'month_not_possible', label: '辞退できる月でないため' },
    { code: 'other', label: 'その他（理由を記載）' },
  ],
  hints,
  checks: [monthInYear('decline_from')],
  needs: { kind: 'extendedUse' },
  effectOf: (answers) => ({ kind: 'declineExtended', from: textAnswer(answers, 'decline_from') }),
});
