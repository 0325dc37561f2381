import type { Instant } from '../calendar/dates.ts';
import type { ExtendedMode, Month } from '../enrolment/effects.ts';
import { monthsBetween } from '../enrolment/months.ts';

/** By what the ward orders those who ask for extended use (延長利用). In the order that the ward sets; receipt comes last. */
export const PRIORITIES = [
  'waiting',
  'firstGrade',
  'monthly',
  'lowerGrade',
  'moreMonths',
  'earlierStart',
] as const;
export type Priority = (typeof PRIORITIES)[number];

/** How the places of extended use are given; the ward's data (domain.md: 40 a 新BOP, monthly first, first-graders first). */
export interface PlaceRules {
  places: number;
  priorities: readonly Priority[];
  /** Does a registration by the day take a place in each of its months? */
  dailyTakesPlace: boolean;
}

/** One application for extended use, as far as its rank depends on it; nothing personal. */
export interface Claim {
  applicationId: string;
  receiptNumber: string;
  receivedAt: Instant;
  mode: ExtendedMode;
  from: Month;
  to: Month;
  /** School grade in the fiscal year, 1–6. */
  grade: number;
  /** Has the family been told already that they wait for a place (待機)? */
  waiting: boolean;
}

/** A claim with its place in the order, and what settled it against the one above. */
export interface RankedClaim extends Claim {
  /** From 1. */
  rank: number;
  /** The first criterion in which it differs from the one above; `receipt` where none does; null for the first. */
  settledBy: Priority | 'receipt' | null;
}

/** What becomes of a claim when the places are given in the order of the ranks. */
export interface Proposal extends RankedClaim {
  /** A place in every month that is still wanted. */
  offered: boolean;
  /** The months that are wanted from the month of the proposal on. */
  months: readonly Month[];
  /** Those of them in which no place is left. */
  full: readonly Month[];
  /** From 1 among those who get no place; null where offered. */
  waitingRank: number | null;
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const first = (yes: boolean) => (yes ? 0 : 1);

const ORDER: Readonly<Record<Priority, (a: Claim, b: Claim) => number>> = {
  waiting: (a, b) => first(a.waiting) - first(b.waiting),
  firstGrade: (a, b) => first(a.grade === 1) - first(b.grade === 1),
  monthly: (a, b) => first(a.mode === 'monthly') - first(b.mode === 'monthly'),
  lowerGrade: (a, b) => a.grade - b.grade,
  moreMonths: (a, b) => monthsBetween(b.from, b.to).length - monthsBetween(a.from, a.to).length,
  earlierStart: (a, b) => text(a.from, b.from),
};

function settle(
  priorities: readonly Priority[],
  a: Claim,
  b: Claim,
): { by: Priority | 'receipt'; sign: number } {
  for (const priority of priorities) {
    const sign = ORDER[priority](a, b);
    if (sign !== 0) return { by: priority, sign };
  }
  // Two in the same millisecond are settled by the number on the receipt: everybody has another one.
  const sign = text(a.receivedAt, b.receivedAt) || text(a.receiptNumber, b.receiptNumber);
  return { by: 'receipt', sign: sign || text(a.applicationId, b.applicationId) };
}

/**
 * The order in which places are given: by the ward's priorities, then by receipt. Total and deterministic: the same claims in
 * whatever order they come give the same ranks.
 */
export function rankClaims(
  claims: readonly Claim[],
  priorities: readonly Priority[],
): readonly RankedClaim[] {
  const sorted = claims.toSorted((a, b) => settle(priorities, a, b).sign);
  return sorted.map((claim, index) => {
    const above = sorted[index - 1];
    return { ...claim, rank: index + 1, settledBy: above ? settle(priorities, above, claim).by : null };
  });
}

/**
 * Proposes who gets a place (the ward decides): in the order of the ranks, each claim gets one if a place is left in every
 * month that it still wants. One who finds a month full waits, and holds up nobody who wants other months.
 * @param taken places that are taken already, by month
 * @param from the first month that can still be given; earlier ones are past
 */
export function proposePlaces(input: {
  claims: readonly Claim[];
  taken: ReadonlyMap<Month, number>;
  rules: PlaceRules;
  from: Month;
}): readonly Proposal[] {
  const { claims, rules, from } = input;
  const taken = new Map(input.taken);
  let waiting = 0;
  return rankClaims(claims, rules.priorities).map((claim): Proposal => {
    const { months, full } = roomFor({ claim, taken, rules, from });
    const takes = rules.dailyTakesPlace || claim.mode === 'monthly';
    const offered = months.length > 0 && full.length === 0;
    if (offered && takes) for (const month of months) taken.set(month, (taken.get(month) ?? 0) + 1);
    if (!offered) waiting += 1;
    return { ...claim, offered, months, full, waitingRank: offered ? null : waiting };
  });
}

/**
 * Defaults until the ward sets its own (domain.md): 40 places a 新BOP; a place that falls free goes to who waits already;
 * first-graders, who have just entered school; registrations for every month before those by the day; lower grades.
 */
export const DEFAULT_PLACE_RULES: PlaceRules = {
  places: 40,
  priorities: ['waiting', 'firstGrade', 'monthly', 'lowerGrade'],
  dailyTakesPlace: true,
};

/** How many places are taken in each month, where `months` lists what each child holds. */
export function countTaken(held: Iterable<readonly Month[]>): ReadonlyMap<Month, number> {
  const taken = new Map<Month, number>();
  for (const months of held) {
    for (const month of new Set(months)) taken.set(month, (taken.get(month) ?? 0) + 1);
  }
  return taken;
}

/** The ward's rules with the 新BOPs whose number of places is another one. */
export type PlaceRulesByBop = PlaceRules & { byBop: Readonly<Record<string, number>> };

/** The rules at one 新BOP. */
export function rulesAtBop({ byBop, ...rules }: PlaceRulesByBop, bopCode: string): PlaceRules {
  return { ...rules, places: byBop[bopCode] ?? rules.places };
}

/**
 * How the approval of one application by itself stands to the places of its 新BOP. `free`: its turn has come, or it takes none.
 * `outOfTurn`: a place is left, but the order gives it to others. `full`: none is left in `months`. `past`: no month that was asked
 * for is left.
 */
export type PlaceVerdict =
  { kind: 'free' } | { kind: 'outOfTurn' } | { kind: 'full'; months: readonly Month[] } | { kind: 'past' };

/** What a claim would hold if it were approved now, and in which of these months no place is left. */
export function roomFor(input: {
  claim: Pick<Claim, 'mode' | 'from' | 'to'>;
  taken: ReadonlyMap<Month, number>;
  rules: PlaceRules;
  /** The first month that can still be given. */
  from: Month;
}): { months: readonly Month[]; full: readonly Month[] } {
  const { claim, taken, rules, from } = input;
  const months = monthsBetween(claim.from > from ? claim.from : from, claim.to);
  const takes = rules.dailyTakesPlace || claim.mode === 'monthly';
  return { months, full: takes ? months.filter((month) => (taken.get(month) ?? 0) >= rules.places) : [] };
}

/**
 * May one application be approved by itself, without the others of its 新BOP? Never beyond the places; past the order only where
 * the ward says so ({@link placeAllows}).
 */
export function judgePlace(
  proposals: readonly Proposal[],
  applicationId: string,
  input: { taken: ReadonlyMap<Month, number>; rules: PlaceRules; from: Month },
): PlaceVerdict | undefined {
  const own = proposals.find((one) => one.applicationId === applicationId);
  if (!own) return undefined;
  const { months, full } = roomFor({ claim: own, ...input });
  if (months.length === 0) return { kind: 'past' };
  if (full.length > 0) return { kind: 'full', months: full };
  return own.offered ? { kind: 'free' } : { kind: 'outOfTurn' };
}

/** What the ward is told instead of an approval; undefined where it goes through. `confirmed`: it goes past the order knowingly. */
export function placeAllows(
  verdict: PlaceVerdict,
  confirmed: boolean,
): 'noPlace' | 'placeOutOfTurn' | 'placePast' | undefined {
  if (verdict.kind === 'full') return 'noPlace';
  if (verdict.kind === 'past') return 'placePast';
  return verdict.kind === 'outOfTurn' && !confirmed ? 'placeOutOfTurn' : undefined;
}
