import { normaliseReceiptNumber } from '../intake/receipt-number.ts';
import { text } from '../texts/locale.ts';
import type { AnswerCheck, Answers, Criterion, Section } from './definition.ts';
import { option } from './option.ts';
import { textAnswer } from './shared/answers.ts';
import { FISCAL_YEAR } from './shared/child.ts';
import { followUp } from './shared/follow-up.ts';
import { reason, UNCLEAR } from './shared/reasons.ts';

/** What can be cancelled (Q05), with the procedure, the letter of its numbers, and the lock periods that are meant. */
const TARGETS: Readonly<Record<string, { procedure: string; letter: string; periods?: readonly string[] }>> =
  {
    admission: { procedure: 'admission', letter: 'A' },
    extendedUse: { procedure: 'extendedUse', letter: 'B' },
    feeReduction: {
      procedure: 'feeReduction',
      letter: 'F',
      periods: ['publicAssistance', 'taxExempt', 'schoolExpense'],
    },
    longAbsence: { procedure: 'feeReduction', letter: 'F', periods: ['longAbsence'] },
  };

const targetOf = (answers: Answers) => TARGETS[textAnswer(answers, 'cancel_target')];

const CANCELLATION: Section = {
  id: 'use',
  title: text('取り下げる申請', 'やめる {申請|しんせい}', 'The application to be cancelled'),
  intro: text(
    '決定する前の申請を取り下げます。決定した後は、退会届・延長利用辞退届を使ってください。',
    '{決|き}まる {前|まえ}の {申請|しんせい}を やめます。{決|き}まった {後|あと}は、{退会|たいかい}の {届|とど}け・{延長|えんちょう}を やめる {届|とど}けを {使|つか}ってください。',
    'For applications that are not decided yet. After the decision, file a withdrawal or give up extended use instead.',
  ),
  fields: [
    FISCAL_YEAR,
    {
      code: 'cancel_target',
      kind: 'choice',
      style: 'radio',
      label: text('取り下げる申請', 'やめる {申請|しんせい}', 'Which application'),
      required: true,
      options: [
        option('admission', '入会申請', '{入会|にゅうかい}の {申請|しんせい}', 'Admission'),
        option('extendedUse', '延長利用申請', '{延長|えんちょう}の {申請|しんせい}', 'Extended use'),
        option(
          'feeReduction',
          '利用料減免申請',
          '{利用料|りようりょう}を {安|やす}くする {申請|しんせい}',
          'Fee reduction',
        ),
        option(
          'longAbsence',
          '利用料減免申請（長期欠席）',
          '{利用料|りようりょう}を {安|やす}くする {申請|しんせい}（{長|なが}く {休|やす}む）',
          'Fee reduction for long absence',
        ),
      ],
    },
    {
      code: 'cancel_receipt_number',
      kind: 'text',
      maxLength: 20,
      label: text(
        '取り下げる申請の受付番号',
        'やめる {申請|しんせい}の {受付|うけつけ}{番号|ばんごう}',
        'Its receipt number',
      ),
      hint: text(
        '例 A27-000123-4。わからない場合は空欄のままにしてください。',
        '{例|れい} A27-000123-4。わからないときは {書|か}かなくて いいです。',
        'For example A27-000123-4. Leave empty if you do not know it.',
      ),
    },
    {
      code: 'cancel_reason',
      kind: 'choice',
      label: text('取り下げの理由', 'やめる {理由|りゆう}', 'Reason'),
      required: true,
      options: [
        option('not_needed', '利用する必要がなくなった', '{使|つか}わなくて よくなった', 'No longer needed'),
        option(
          'moving',
          '転居・進学先の変更',
          '{引|ひ}っ{越|こ}し・{学校|がっこう}が {変|か}わった',
          'Moving house or school',
        ),
        option('other_service', 'ほかの預け先を利用する', 'ほかの {所|ところ}に {預|あず}ける', 'Other care'),
        option(
          'mistake',
          '誤って申請した・申請し直す',
          'まちがえた・もう {一度|いちど} {申請|しんせい}する',
          'Filed by mistake, or to be filed again',
        ),
        option('other', 'その他', 'そのほか', 'Other'),
      ],
    },
    {
      code: 'cancel_details',
      kind: 'textarea',
      maxLength: 500,
      label: text('理由のくわしい内容', '{理由|りゆう}を くわしく', 'Details of the reason'),
      visibleWhen: { field: 'cancel_reason', equals: 'other' },
      required: true,
    },
  ],
};

const numberIsRight: AnswerCheck = {
  field: 'cancel_receipt_number',
  fails: (answers) => {
    const letter = targetOf(answers)?.letter;
    const number = normaliseReceiptNumber(textAnswer(answers, 'cancel_receipt_number'));
    return number === undefined || (letter !== undefined && !number.startsWith(letter));
  },
  message: text(
    '受付番号が正しくないか、選んだ申請のものではありません。番号を確認するか、空欄にしてください。',
    '{受付|うけつけ}{番号|ばんごう}が {違|ちが}います。{確認|かくにん}するか、{書|か}かないで ください。',
    'This is not a receipt number of the application chosen. Please check it, or leave it empty.',
  ),
};

const CRITERIA: readonly Criterion[] = [
  {
    id: 'cancellation_target',
    title: '取り下げる申請・理由',
    guidance:
      '取り下げる申請が特定でき、まだ決定していないか。決定済みの場合は、退会届・延長利用辞退届を案内する。入会を取り下げるときは、入会の決定を待っている延長利用・減免の申請の扱いを保護者に確認する。',
    required: true,
    fields: ['cancel_target', 'cancel_receipt_number', 'cancel_reason', 'cancel_details'],
    documents: ['other_document'],
    reasons: [
      UNCLEAR,
      reason(
        'not_found',
        '取り下げる申請が見つからない',
        '取り下げる申請が見つかりません。申請の種類と受付番号を確認してください。',
        'やめる {申請|しんせい}が {見|み}つかりません。{申請|しんせい}の {種類|しゅるい}と {受付|うけつけ}{番号|ばんごう}を {確認|かくにん}してください。',
        'The application to be cancelled cannot be found. Please check its kind and receipt number.',
      ),
    ],
  },
];

/** 取り下げ of 入会・延長・減免・減免(長期欠席) (Q05): ends another application that is not decided. Reasons are defaults of ours. */
export const CANCELLATION_PROCEDURE = followUp({
  code: 'cancellation',
  letter: 'H',
  name: text('取り下げ', '{申請|しんせい}の {取|と}り{下|さ}げ', 'Cancellation of an application'),
  summary: text(
    '決定前の入会・延長利用・減免の申請を取り下げます。',
    'まだ {決|き}まっていない {申請|しんせい}を やめるときに {出|だ}します。',
    'Cancel an application for admission, extended use or a fee reduction that is not decided yet.',
  ),
  section: CANCELLATION,
  judged: CRITERIA,
  refusalReasons: [
    { code: 'already_decided', label: '取り下げる申請がすでに決定しているため' },
    { code: 'not_found', label: '取り下げる申請がないため' },
    { code: 'not_guardian', label: '申請者が保護者と確認できないため' },
    { code: 'other', label: 'その他（理由を記載）' },
  ],
  checks: [numberIsRight],
  needs: { kind: 'openApplication' },
  lockPeriod: (answers) => textAnswer(answers, 'cancel_target'),
  effectOf: () => undefined,
  cancels: (answers) => targetOf(answers)?.procedure ?? '',
  cancelsPeriods: (answers) => targetOf(answers)?.periods,
});
