import type { RefusalCode } from '../application/actions.ts';
import type { Stage } from '../application/state.ts';
import type { ExtendedMode, Month } from '../enrolment/effects.ts';
import type { MilestoneKind, Phase } from '../rounds/assign.ts';
import type { PlaceVerdict, Priority, Proposal, RankedClaim } from '../rounds/places.ts';
import type { BulkStatus, Exclusion, ItemResult, Plan } from '../rounds/bulk.ts';
import { tokyoDate } from '../calendar/dates.ts';
import { REFUSAL_TEXTS, STAGE_LABELS } from './application.ts';

/** Names of the rounds; a round of another name stands for itself. */
export const ROUND_NAMES: Readonly<Record<string, string>> = {
  first: '一斉受付（一次）',
  second: '一斉受付（二次）',
  anytime: '随時受付',
};

export function roundName(round: string): string {
  return ROUND_NAMES[round] ?? round;
}

export const PHASE_LABELS: Readonly<Record<Phase, string>> = {
  upcoming: '受付前',
  open: '受付中',
  deciding: '審査・決定中',
  released: '通知済み',
};

export const MILESTONE_LABELS: Readonly<Record<MilestoneKind, string>> = {
  opened: '受付を始めました',
  closed: '受付を締め切りました',
  released: '決定の通知を始めました',
};

export const PRIORITY_LABELS: Readonly<Record<Priority, string>> = {
  waiting: 'すでに待機している人を先に',
  firstGrade: '新1年生を先に',
  monthly: '月単位の登録を日単位より先に',
  lowerGrade: '低い学年を先に',
  moreMonths: '利用する月の多い人を先に',
  earlierStart: '利用の始まりが早い人を先に',
};

export const MODE_LABELS: Readonly<Record<ExtendedMode, string>> = { monthly: '月単位', daily: '日単位' };

/** `2027年4月` */
export function monthName(month: Month): string {
  const [year = '', number = ''] = month.split('-');
  return `${year}年${Number(number)}月`;
}

function shortMonth(month: Month): string {
  return `${Number(month.slice(5))}月`;
}

/** Months in words, runs of them joined: `4月から8月まで、12月`. */
export function monthsInWords(months: readonly Month[]): string {
  const runs: [Month, Month][] = [];
  for (const month of months) {
    const last = runs.at(-1);
    const number = (one: Month) => Number(one.slice(0, 4)) * 12 + Number(one.slice(5));
    if (last && number(month) === number(last[1]) + 1) last[1] = month;
    else runs.push([month, month]);
  }
  return runs
    .map(([from, to]) => (from === to ? shortMonth(from) : `${shortMonth(from)}から${shortMonth(to)}まで`))
    .join('、');
}

/** Clock time in Asia/Tokyo, `10:05`. */
function tokyoTime(instant: string): string {
  return new Date(Date.parse(instant) + 9 * 3_600_000).toISOString().slice(11, 16);
}

function received(instant: string): string {
  const [, month, day] = tokyoDate(instant).split('-').map(Number);
  return `${String(month)}月${String(day)}日 ${tokyoTime(instant)} 受付`;
}

const WHY: Readonly<Record<Priority | 'receipt', string>> = {
  waiting: 'すでに待機している人を先にするため',
  firstGrade: '新1年生を先にするため',
  monthly: '月単位の登録を日単位より先にするため',
  lowerGrade: '低い学年を先にするため',
  moreMonths: '利用する月の多い人を先にするため',
  earlierStart: '利用の始まりが早い人を先にするため',
  receipt: 'ほかの条件が同じで、受付の早い人を先にするため',
};

/** What a rank rests on, in words: the facts, and what put it after the one above (every rank is explained). */
export function rankInWords(claim: RankedClaim): string {
  const facts = [
    ...(claim.waiting ? ['待機中'] : []),
    claim.grade === 1 ? '新1年生' : `${String(claim.grade)}年生`,
    `${MODE_LABELS[claim.mode]}の登録`,
    `${shortMonth(claim.from)}から${shortMonth(claim.to)}まで`,
    received(claim.receivedAt),
  ].join('・');
  if (claim.settledBy === null) return `${facts}。優先順位が最も高い申請です。`;
  return `${facts}。ひとつ上の申請の次になるのは、${WHY[claim.settledBy]}です。`;
}

/** What becomes of a claim, in words. */
export function proposalInWords(proposal: Proposal): string {
  if (proposal.offered) return `${monthsInWords(proposal.months)}の利用に空きがあります。`;
  if (proposal.months.length === 0) return '希望した月がすべて過ぎています。';
  return `${monthsInWords(proposal.full)}に空きがないため、待機の${String(proposal.waitingRank)}番目です。`;
}

/** What the ward is told where an application cannot simply be approved by itself. */
export const PLACE_TEXTS: Readonly<Record<'noPlace' | 'placeOutOfTurn' | 'placePast', string>> = {
  noPlace: '延長利用の枠に空きがないため、承認できません。待機にするか、枠の数を変更してください。',
  placeOutOfTurn:
    '空きは、優先順位が上の申請の分です。順位によらずに承認する場合は、その旨を確認してから承認してください。',
  placePast: '申請された月がすべて過ぎているため、承認できません。',
};

/** How an approval stands to the places, for the person who decides. */
export function verdictInWords(verdict: PlaceVerdict): string {
  switch (verdict.kind) {
    case 'free':
      return '枠に空きがあり、優先順位でも利用できる順番です。';
    case 'outOfTurn':
      return '空きは残っていますが、優先順位が上の申請に回る見込みです。';
    case 'full':
      return `${monthsInWords(verdict.months)}に空きがありません。承認できません。`;
    case 'past':
      return PLACE_TEXTS.placePast;
  }
}

/** What a supervisor reads of a round in Temporal's web UI. */
export function roundDetails(
  fiscalYear: number,
  round: string,
  next: { kind: MilestoneKind; on: string; procedure: string } | undefined,
): string {
  const waits = {
    opened: '受付の開始',
    closed: '受付の締切',
    released: '決定の通知',
  } as const;
  const what = next ? `次は ${next.on} ${waits[next.kind]}（${next.procedure}）` : '通知の完了を待っています';
  return `${String(fiscalYear)}年度 ${roundName(round)}：${what}`;
}

/** Why an application is not decided with the others, where no rule of the application says so. */
const EXCLUSION_LABELS: Readonly<
  Record<'byWard' | 'requirementNotMet' | 'requirementsMet' | 'noStartDate', string>
> = {
  byWard: '区が対象から外しました。',
  requirementNotMet: '審査で「要件を満たさない」項目があります。申請を開いて、個別に決定してください。',
  requirementsMet:
    '審査で要件を満たすとされています。不承認にする場合は、申請を開いて、個別に決定してください。',
  noStartDate: '利用開始日が分かりません。日付を指定するか、申請を開いて、個別に決定してください。',
};

/** An exclusion in words. */
export function exclusionInWords(code: Exclusion): string {
  return code in EXCLUSION_LABELS
    ? EXCLUSION_LABELS[code as keyof typeof EXCLUSION_LABELS]
    : REFUSAL_TEXTS[code as RefusalCode];
}

export const PLAN_LABELS: Readonly<Record<Plan, string>> = {
  approve: '承認',
  refuse: '不承認',
  waitlist: '待機',
};

export const BULK_STATUS_LABELS: Readonly<Record<BulkStatus, string>> = {
  preview: '確認中（未確定）',
  running: '決定中',
  paused: '一時停止中',
  stopping: '中止しています',
  stopped: '中止',
  done: '完了',
};

export const RESULT_LABELS: Readonly<Record<ItemResult, string>> = {
  decided: '決定しました',
  changed: '確認した後に変わったため、除きました',
  refused: '決定できませんでした',
};

/** What became of an application, in words. */
export function resultInWords(plan: Plan, result: ItemResult, code: string | null): string {
  if (result === 'decided')
    return plan === 'waitlist' ? '待機にしました' : `${PLAN_LABELS[plan]}を決定しました`;
  if (result === 'changed') {
    const stage = code !== null && code in STAGE_LABELS ? STAGE_LABELS[code as Stage] : undefined;
    return `${RESULT_LABELS.changed}${stage === undefined ? '' : `（今の状態：${stage}）`}`;
  }
  const texts: Readonly<Partial<Record<string, string>>> = { ...REFUSAL_TEXTS, ...PLACE_TEXTS };
  const why = (code === null ? undefined : texts[code]) ?? '';
  return `${RESULT_LABELS.refused}。${why}`;
}
