import { addDays, isLocalDate } from '../calendar/dates.ts';
import { text } from '../texts/locale.ts';
import type { Answers, Criterion, IntakeContext, IntakeHint, Section } from './definition.ts';
import { option } from './option.ts';
import { textAnswer } from './shared/answers.ts';
import { dayInYear } from './shared/checks.ts';
import { FISCAL_YEAR } from './shared/child.ts';
import { followUp } from './shared/follow-up.ts';
import { reason, UNCLEAR } from './shared/reasons.ts';

const WITHDRAWAL: Section = {
  id: 'use',
  title: text('退会する日', 'やめる {日|ひ}', 'When your child leaves'),
  intro: text(
    '退会すると、延長利用と利用料の減免も終わります。',
    'やめると、{延長|えんちょう}も、お{金|かね}を {安|やす}くすることも {終|お}わります。',
    'Extended use and a fee reduction end with the withdrawal.',
  ),
  fields: [
    FISCAL_YEAR,
    {
      code: 'withdrawal_timing',
      kind: 'choice',
      style: 'radio',
      label: text('退会の時期', 'いつ やめますか', 'Before or after the first day'),
      required: true,
      options: [
        option(
          'after_start',
          '利用している（利用していた）',
          'もう {使|つか}っている',
          'The child uses the club',
        ),
        option(
          'before_start',
          '利用を始める前にやめる',
          'まだ {使|つか}っていない',
          'Gives it up before the first day',
        ),
      ],
    },
    {
      code: 'withdrawal_date',
      kind: 'date',
      label: text(
        '退会日（最後に利用する日）',
        '{最後|さいご}に {使|つか}う {日|ひ}',
        'Last day at the club',
      ),
      hint: text(
        'この日までは在籍しています。月の途中に退会しても、その月の利用料がかかることがあります。',
        'この {日|ひ}まで {入|はい}っています。{月|つき}の {途中|とちゅう}で やめても、その {月|つき}の お{金|かね}が いることが あります。',
        'Your child is a member up to this day. The fee of that month may be due in full.',
      ),
      visibleWhen: { field: 'withdrawal_timing', equals: 'after_start' },
      required: true,
    },
    {
      code: 'admission_start_date',
      kind: 'date',
      label: text(
        '入会が決まった利用開始日',
        '{決|き}まった {使|つか}い{始|はじ}めの {日|ひ}',
        'First day as approved',
      ),
      visibleWhen: { field: 'withdrawal_timing', equals: 'before_start' },
      required: true,
    },
    {
      code: 'withdrawal_reason',
      kind: 'choice',
      label: text('退会の理由', 'やめる {理由|りゆう}', 'Reason'),
      required: true,
      options: [
        option(
          'moving',
          '転居・転校',
          '{引|ひ}っ{越|こ}し・{学校|がっこう}が {変|か}わる',
          'Moving house or school',
        ),
        option(
          'home',
          '家庭で保育できるようになった',
          '{家|いえ}で {世話|せわ}が できるように なった',
          'Care at home',
        ),
        option(
          'not_eligible',
          '利用の要件に当たらなくなった',
          '{使|つか}える {理由|りゆう}が なくなった',
          'Conditions no longer met',
        ),
        option('other_service', 'ほかの預け先を利用する', 'ほかの {所|ところ}に {預|あず}ける', 'Other care'),
        option('child', 'お子さんの希望・事情', 'お{子|こ}さんの {希望|きぼう}', 'The child’s own wish'),
        option('other', 'その他', 'そのほか', 'Other'),
      ],
    },
    {
      code: 'withdrawal_details',
      kind: 'textarea',
      maxLength: 500,
      label: text('理由のくわしい内容', '{理由|りゆう}を くわしく', 'Details of the reason'),
      visibleWhen: { field: 'withdrawal_reason', equals: 'other' },
      required: true,
    },
    {
      code: 'forwarding_address',
      kind: 'text',
      maxLength: 200,
      label: text('転居先の住所', '{新|あたら}しい {住所|じゅうしょ}', 'New address'),
      hint: text(
        '通知書をお送りします。決まっていない場合は空欄のままにしてください。',
        'お{知|し}らせを {送|おく}ります。まだ わからないときは {書|か}かなくて いいです。',
        'The notice is sent there. Leave empty if it is not known yet.',
      ),
      visibleWhen: { field: 'withdrawal_reason', equals: 'moving' },
    },
  ],
};

const CRITERIA: readonly Criterion[] = [
  {
    id: 'withdrawal_date',
    title: '退会日・理由',
    guidance:
      '在籍している期間の日か。過ぎた日を退会日とする場合は、出席の記録を新BOPに確認し、迷う場合は区に照会する。利用開始前の場合は、承認された利用開始日と一致するか。',
    required: true,
    fields: [
      'withdrawal_timing',
      'withdrawal_date',
      'admission_start_date',
      'withdrawal_reason',
      'withdrawal_details',
      'forwarding_address',
    ],
    documents: [],
    reasons: [
      UNCLEAR,
      reason(
        'date_not_possible',
        '退会日にできない日',
        'その日を退会日にすることはできません。在籍している期間の日を入力してください。',
        'その {日|ひ}を {最後|さいご}の {日|ひ}に できません。{入|はい}っている {間|あいだ}の {日|ひ}を {書|か}いてください。',
        'That day cannot be the last one. Please enter a day on which your child is a member.',
      ),
      reason(
        'start_differs',
        '利用開始日が承認と異なる',
        '利用開始日が、承認された日と異なります。承認の通知書を見て入力してください。',
        '{使|つか}い{始|はじ}めの {日|ひ}が、{決|き}まった {日|ひ}と {違|ちが}います。{通知|つうち}を {見|み}て {書|か}いてください。',
        'The first day differs from the one approved. Please enter it as in the notice of approval.',
      ),
    ],
  },
];

function hints(
  answers: Answers,
  _attached: readonly string[],
  { today }: IntakeContext,
): readonly IntakeHint[] {
  const day = textAnswer(answers, 'withdrawal_date');
  const past: readonly IntakeHint[] =
    isLocalDate(day) && day < today
      ? [
          {
            code: 'withdrawalPast',
            severity: 'warning',
            criterionId: 'withdrawal_date',
            field: 'withdrawal_date',
            forReviewer: `退会日（${day}）は届出の日より前です。`,
            forApplicant: text(
              '退会日が過ぎた日になっています。過ぎた日での退会は認められないことがあります。',
              '{最後|さいご}の {日|ひ}が、もう {過|す}ぎた {日|ひ}です。その {日|ひ}では {認|みと}められないことが あります。',
              'The last day has already passed. A withdrawal in the past may not be accepted.',
            ),
          },
        ]
      : [];
  return past;
}

/** The last day of membership: the day before the first for those who never begin. */
function lastDayOf(answers: Answers): string {
  const start = textAnswer(answers, 'admission_start_date');
  if (answers['withdrawal_timing'] === 'before_start' && isLocalDate(start)) return addDays(start, -1);
  return textAnswer(answers, 'withdrawal_date');
}

/** 退会届: the child leaves the club (Q05). Fields and reasons are defaults of ours (forms.md, 4). */
export const WITHDRAWAL_PROCEDURE = followUp({
  code: 'withdrawal',
  letter: 'D',
  name: text('退会届', '{退会|たいかい}の {届|とど}け', 'Withdrawal from the club'),
  summary: text(
    '新BOP学童クラブを退会します。',
    '{新|しん}BOP{学童|がくどう}クラブを やめるときに {出|だ}します。',
    'Leave the after-school club.',
  ),
  section: WITHDRAWAL,
  judged: CRITERIA,
  refusalReasons: [
    { code: 'not_admitted', label: '新BOP学童クラブに入会していないため' },
    { code: 'date_not_possible', label: '退会日にできない日のため' },
    { code: 'other', label: 'その他（理由を記載）' },
  ],
  hints,
  checks: [dayInYear('withdrawal_date'), dayInYear('admission_start_date')],
  needs: { kind: 'admitted', orUnderWay: false, unlessWithdrawing: true },
  effectOf: (answers) => ({ kind: 'withdraw', lastDay: lastDayOf(answers) }),
});
