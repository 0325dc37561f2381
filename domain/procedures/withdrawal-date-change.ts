import { isLocalDate } from '../calendar/dates.ts';
import { text } from '../texts/locale.ts';
import type { AnswerCheck, Answers, Criterion, IntakeContext, IntakeHint, Section } from './definition.ts';
import { option } from './option.ts';
import { textAnswer } from './shared/answers.ts';
import { dayInYear } from './shared/checks.ts';
import { FISCAL_YEAR } from './shared/child.ts';
import { followUp } from './shared/follow-up.ts';
import { reason, UNCLEAR } from './shared/reasons.ts';

const CHANGE: Section = {
  id: 'use',
  title: text('退会日の変更', 'やめる {日|ひ}の {変更|へんこう}', 'Changing the withdrawal'),
  intro: text(
    '退会日を過ぎると、この届出はできません。',
    'やめる {日|ひ}が {過|す}ぎると、この {届|とど}けは {出|だ}せません。',
    'Once the day has passed, it can no longer be changed.',
  ),
  fields: [
    FISCAL_YEAR,
    {
      code: 'current_withdrawal_date',
      kind: 'date',
      label: text('決まっている退会日', '{決|き}まっている {最後|さいご}の {日|ひ}', 'Last day as approved'),
      required: true,
    },
    {
      code: 'change_kind',
      kind: 'choice',
      style: 'radio',
      label: text('変更の内容', 'どう {変|か}えますか', 'What is to change'),
      required: true,
      options: [
        option('earlier', '退会日を早くする', '{早|はや}くする', 'An earlier day'),
        option('later', '退会日を遅くする', '{遅|おそ}くする', 'A later day'),
        option(
          'stay',
          '退会をやめて、利用を続ける',
          'やめないで、{続|つづ}けて {使|つか}う',
          'Stay after all',
        ),
      ],
    },
    {
      code: 'new_withdrawal_date',
      kind: 'date',
      label: text('新しい退会日', '{新|あたら}しい {最後|さいご}の {日|ひ}', 'New last day'),
      visibleWhen: { field: 'change_kind', in: ['earlier', 'later'] },
      required: true,
    },
    {
      code: 'change_reason',
      kind: 'textarea',
      maxLength: 500,
      label: text('変更の理由', '{変|か}える {理由|りゆう}', 'Reason for the change'),
      required: true,
    },
  ],
};

/** An earlier day has to be earlier, a later one later. */
const direction = (kind: 'earlier' | 'later'): AnswerCheck => ({
  field: 'new_withdrawal_date',
  fails: (answers) => {
    const [now, then] = [
      textAnswer(answers, 'current_withdrawal_date'),
      textAnswer(answers, 'new_withdrawal_date'),
    ];
    if (answers['change_kind'] !== kind || !isLocalDate(now) || !isLocalDate(then)) return false;
    return kind === 'earlier' ? then >= now : then <= now;
  },
  message:
    kind === 'earlier'
      ? text(
          '新しい退会日は、決まっている退会日より前の日を入力してください。',
          '{新|あたら}しい {日|ひ}は、{決|き}まっている {日|ひ}より {前|まえ}の {日|ひ}に してください。',
          'The new last day must be before the one approved.',
        )
      : text(
          '新しい退会日は、決まっている退会日より後の日を入力してください。',
          '{新|あたら}しい {日|ひ}は、{決|き}まっている {日|ひ}より {後|あと}の {日|ひ}に してください。',
          'The new last day must be after the one approved.',
        ),
});

const CRITERIA: readonly Criterion[] = [
  {
    id: 'withdrawal_change',
    title: '退会日の変更',
    guidance:
      '決まっている退会日が記録と一致し、まだ過ぎていないか。新しい退会日が在籍の期間にあるか。延ばす・続ける場合は、利用の要件を引き続き満たすか（迷う場合は区に照会する）。',
    required: true,
    fields: ['current_withdrawal_date', 'change_kind', 'new_withdrawal_date', 'change_reason'],
    documents: ['other_document'],
    reasons: [
      UNCLEAR,
      reason(
        'current_differs',
        '決まっている退会日が記録と異なる',
        '決まっている退会日が、通知した日と異なります。通知書を見て入力してください。',
        '{決|き}まっている {日|ひ}が {違|ちが}います。{通知|つうち}を {見|み}て {書|か}いてください。',
        'The last day as approved differs from the record. Please enter it as in the notice.',
      ),
      reason(
        'date_not_possible',
        '変更できない日',
        '新しい退会日に変更できません。別の日を入力してください。',
        'その {日|ひ}には {変|か}えられません。ほかの {日|ひ}を {書|か}いてください。',
        'The withdrawal cannot be moved to that day. Please enter another one.',
      ),
    ],
  },
];

function hints(
  answers: Answers,
  _attached: readonly string[],
  { today }: IntakeContext,
): readonly IntakeHint[] {
  const found: IntakeHint[] = [];
  const base = { severity: 'warning', criterionId: 'withdrawal_change' } as const;
  const [now, then] = [
    textAnswer(answers, 'current_withdrawal_date'),
    textAnswer(answers, 'new_withdrawal_date'),
  ];
  if (isLocalDate(now) && now < today) {
    found.push({
      ...base,
      code: 'withdrawalPassed',
      field: 'current_withdrawal_date',
      forReviewer: `決まっている退会日（${now}）を過ぎています。`,
      forApplicant: text(
        '決まっている退会日を過ぎていると、変更できません。もう一度利用する場合は「入会申請」をしてください。',
        '{決|き}まっている {日|ひ}が {過|す}ぎていると、{変|か}えられません。また {使|つか}うときは「{入会|にゅうかい}の {申請|しんせい}」を してください。',
        'Once the last day has passed it can no longer be changed. To use the club again, apply for admission.',
      ),
    });
  }
  if (isLocalDate(then) && then < today) {
    found.push({
      ...base,
      code: 'newDatePast',
      field: 'new_withdrawal_date',
      forReviewer: `新しい退会日（${then}）は届出の日より前です。`,
      forApplicant: text(
        '新しい退会日が過ぎた日になっています。日付を確認してください。',
        '{新|あたら}しい {日|ひ}が、もう {過|す}ぎた {日|ひ}です。{確認|かくにん}してください。',
        'The new last day has already passed. Please check it.',
      ),
    });
  }
  return found;
}

/** 退会日変更届: an approved withdrawal moves, or does not happen (Q05). No ward publishes such a form: all of it is ours. */
export const WITHDRAWAL_DATE_CHANGE = followUp({
  code: 'withdrawalDateChange',
  letter: 'E',
  name: text(
    '退会日変更届',
    '{退会|たいかい}する {日|ひ}を {変|か}える {届|とど}け',
    'Change of the withdrawal date',
  ),
  summary: text(
    '決まった退会日を変える、または退会をやめます。',
    'やめる {日|ひ}を {変|か}えるときや、やめないことに するときに {出|だ}します。',
    'Move an approved withdrawal to another day, or stay after all.',
  ),
  section: CHANGE,
  judged: CRITERIA,
  refusalReasons: [
    { code: 'no_withdrawal', label: '退会が認められていないため' },
    { code: 'day_passed', label: '退会日を過ぎているため' },
    { code: 'requirement_not_met', label: '利用の要件を満たさないため' },
    { code: 'other', label: 'その他（理由を記載）' },
  ],
  hints,
  checks: [dayInYear('new_withdrawal_date'), direction('earlier'), direction('later')],
  needs: { kind: 'withdrawal' },
  effectOf: (answers) => ({
    kind: 'changeWithdrawal',
    lastDay: answers['change_kind'] === 'stay' ? null : textAnswer(answers, 'new_withdrawal_date'),
  }),
});
