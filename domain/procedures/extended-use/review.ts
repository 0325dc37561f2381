import { text } from '../../texts/locale.ts';
import type { Answers, Criterion, DocumentType, IntakeContext, IntakeHint } from '../definition.ts';
import { textAnswer } from '../shared/answers.ts';
import { APPLICANT_CRITERION, CHILD_AGAIN } from '../shared/criteria.ts';
import { OTHER_DOCUMENT } from '../shared/documents.ts';
import { documentHints, gradeHints } from '../shared/hints.ts';
import { DOCUMENT_REASONS, reason, UNCLEAR } from '../shared/reasons.ts';

/** From this time on it is extended use. */
const REGULAR_END = '18:15';
const EXTENDED_END = '19:00';
/** Days a month from which the monthly registration is meant (public of Setagaya). */
const MONTHLY_FROM_DAYS = 12;

function certificate(n: 1 | 2): DocumentType {
  const [ja, easy, en] =
    n === 1
      ? ['申請する保護者', '{申請|しんせい}する {保護者|ほごしゃ}', 'applying guardian']
      : ['もう1人の保護者', 'もう {1人|ひとり}の {保護者|ほごしゃ}', 'other guardian'];
  const there = n === 1 ? [] : [{ field: 'has_guardian2', equals: true }];
  const wanted = { field: 'work_documents', equals: 'new' };
  return {
    type: `employment_certificate_${n}`,
    label: text(
      `就労証明書（${ja}）`,
      `{就労証明書|しゅうろうしょうめいしょ}（{会社|かいしゃ}が {書|か}く {紙|かみ}）（${easy}）`,
      `Employment certificate (${en})`,
    ),
    requiredWhen: { all: [...there, wanted, { field: 'extended_reason', equals: 'work' }] },
    offeredWhen: { all: [...there, wanted] },
    mayFollow: true,
    family: true,
    maxFiles: 5,
  };
}

export const DOCUMENTS: readonly DocumentType[] = [
  certificate(1),
  certificate(2),
  {
    type: 'extended_proof',
    label: text(
      '時間がわかる書類（時間割・在学証明書・診断書など）',
      '{時間|じかん}が わかる {紙|かみ}（{時間割|じかんわり}・{診断書|しんだんしょ}など）',
      'Proof of the hours (timetable, school certificate, medical certificate)',
    ),
    requiredWhen: {
      all: [
        { field: 'work_documents', equals: 'new' },
        { field: 'extended_reason', in: ['study', 'care'] },
      ],
    },
    offeredWhen: { field: 'work_documents', equals: 'new' },
    mayFollow: true,
    family: true,
    maxFiles: 5,
  },
  OTHER_DOCUMENT,
];

export const CRITERIA: readonly Criterion[] = [
  CHILD_AGAIN,
  {
    id: 'extended_period',
    title: '延長利用の種類・月・日数',
    guidance:
      '月・種類・曜日・日数に矛盾がないか。月ぎめは月12日以上が目安。日ぎめは月ぎめの登録後に空きがある場合。定員を超える場合の順位は区が決める（入学したばかりの1年生を優先）。',
    required: true,
    fields: ['extended_mode', 'extended_from', 'extended_to', 'extended_weekdays', 'extended_days_per_month'],
    documents: [],
    reasons: [
      UNCLEAR,
      reason(
        'mode_differs',
        '種類と日数が合わない',
        '延長利用の種類と、使う日数・曜日が合いません。月ぎめは1か月に12日以上使う場合です。種類か日数を直してください。',
        '{延長|えんちょう}の {種類|しゅるい}と、{使|つか}う {日|ひ}が {合|あ}いません。{月|つき}ぎめは {1か月|いっかげつ}に 12{日|にち}より {多|おお}く {使|つか}うときです。{直|なお}してください。',
        'Kind and days do not fit: monthly is for 12 or more days a month. Please correct one of them.',
      ),
      reason(
        'month_passed',
        '始める月を過ぎている',
        '延長利用を始める月を過ぎています。これからの月を入力してください。',
        '{始|はじ}める {月|つき}が {過|す}ぎています。これからの {月|つき}を {書|か}いてください。',
        'The first month has passed. Please enter a month to come.',
      ),
    ],
  },
  {
    id: 'extended_reason',
    title: '延長利用の理由・時刻',
    guidance:
      '保護者がともに午後6時15分までに迎えに行けないか。終わる時刻・着ける時刻が書類と一致するか。午後7時までに迎えに来られるか。',
    required: true,
    fields: [
      'extended_reason',
      'extended_reason_details',
      'guardian1_leaves_at',
      'guardian1_home_at',
      'has_guardian2',
      'guardian2_leaves_at',
      'guardian2_home_at',
      'work_documents',
    ],
    documents: ['employment_certificate_1', 'employment_certificate_2', 'extended_proof'],
    reasons: [
      UNCLEAR,
      reason(
        'time_unclear',
        '時刻が確認できない',
        '仕事などが終わる時刻、または迎えに来られる時刻が確認できません。書類と同じになるように入力してください。',
        '{仕事|しごと}などが {終|お}わる {時間|じかん}か、{迎|むか}えに {来|く}る {時間|じかん}が わかりません。{紙|かみ}と {同|おな}じように {書|か}いてください。',
        'The time of ending, or of picking up, cannot be confirmed. Please enter it as in the document.',
      ),
      ...DOCUMENT_REASONS,
    ],
  },
  {
    id: 'pickup',
    title: 'お迎え',
    guidance: '迎えに来る人と電話番号がわかるか。午後7時までに迎えに来ることに同意しているか。',
    required: true,
    fields: ['pickup_name', 'pickup_relation', 'pickup_phone', 'pickup_backup', 'consent_pickup'],
    documents: [],
    reasons: [UNCLEAR],
  },
  APPLICANT_CRITERION,
];

export const REFUSAL_REASONS: readonly { code: string; label: string }[] = [
  { code: 'no_place', label: '定員に空きがないため' },
  { code: 'not_needed', label: '午後6時15分までに迎えに行くことができるため' },
  { code: 'not_admitted', label: '新BOP学童クラブに入会していないため' },
  { code: 'not_confirmed', label: '理由を確認できないため（書類の未提出など）' },
  { code: 'other', label: 'その他（理由を記載）' },
];

function timeHints(answers: Answers): readonly IntakeHint[] {
  const base = { severity: 'warning', criterionId: 'extended_reason' } as const;
  const times = ['guardian1_home_at', 'guardian2_home_at']
    .map((field) => ({ field, at: textAnswer(answers, field) }))
    .filter(({ at }) => at !== '');
  const early = times.find(({ at }) => at <= REGULAR_END);
  if (early) {
    return [
      {
        ...base,
        code: 'homeBeforeEnd',
        field: early.field,
        forReviewer: `${early.at}に新BOPに着けるとあります（午後6時15分までに迎えに行ける可能性）。`,
        forApplicant: text(
          '午後6時15分までに着ける保護者がいる場合は、延長利用を認められないことがあります。時刻を確認してください。',
          '{午後|ごご}6{時|じ}15{分|ふん}までに {来|こ}られる {保護者|ほごしゃ}が いるときは、{使|つか}えないことが あります。{時間|じかん}を {確認|かくにん}してください。',
          'Where a guardian can be there by 18:15, extended use may be refused. Please check the time.',
        ),
      },
    ];
  }
  const late = times.length > 0 && times.every(({ at }) => at > EXTENDED_END);
  return late
    ? [
        {
          ...base,
          code: 'homeAfterEnd',
          field: 'guardian1_home_at',
          severity: 'info',
          forReviewer: '保護者が午後7時までに着けません。迎えに来る人を確認してください。',
        },
      ]
    : [];
}

/** What the machine sees by itself in an 延長利用申請 (Q15). */
export function intakeHints(
  answers: Answers,
  attached: readonly string[],
  { today }: IntakeContext,
): readonly IntakeHint[] {
  const hints: IntakeHint[] = [];
  const base = { severity: 'warning', criterionId: 'extended_period' } as const;
  const from = textAnswer(answers, 'extended_from');
  if (from !== '' && from < today.slice(0, 7)) {
    hints.push({
      ...base,
      code: 'monthPassed',
      field: 'extended_from',
      forReviewer: `延長利用を始める月（${from}）を過ぎています。`,
      forApplicant: text(
        '延長利用を始める月を過ぎています。これからの月を入力してください。',
        '{始|はじ}める {月|つき}が {過|す}ぎています。これからの {月|つき}を {書|か}いてください。',
        'The first month has passed. Please enter a month to come.',
      ),
    });
  }
  const days = answers['extended_days_per_month'];
  if (answers['extended_mode'] === 'monthly' && typeof days === 'number' && days < MONTHLY_FROM_DAYS) {
    hints.push({
      ...base,
      code: 'fewDays',
      field: 'extended_days_per_month',
      forReviewer: `月ぎめの申請ですが、月${days}日の見込みです（目安は${MONTHLY_FROM_DAYS}日以上）。`,
      forApplicant: text(
        `月ぎめは1か月に${MONTHLY_FROM_DAYS}日以上使う場合です。少ない場合は日ぎめを選んでください。`,
        `{月|つき}ぎめは {1か月|いっかげつ}に ${MONTHLY_FROM_DAYS}{日|にち}より {多|おお}く {使|つか}うときです。{少|すく}ないときは {日|ひ}ぎめを {選|えら}んでください。`,
        `Monthly is for ${MONTHLY_FROM_DAYS} or more days a month. For fewer, choose by the day.`,
      ),
    });
  }
  return [
    ...gradeHints(answers, 'child_identity'),
    ...hints,
    ...timeHints(answers),
    ...documentHints(DOCUMENTS, answers, attached, () => 'extended_reason'),
  ];
}
