import type { LocalDate } from '../calendar/dates.ts';
import { bopOf } from '../facilities/facilities.ts';
import type { StaffRole } from '../people/actor.ts';
import type { EnrolmentEntry, Month } from './effects.ts';
import { admissionOn, extendedUseIn, type Enrolment } from './enrolment.ts';
import { foldEnrolment } from './fold.ts';
import { monthOf, monthsOfYear, yearEnd, yearStart } from './months.ts';

/**
 * A change of school (転校) within the year: the child goes on as a member at another 新BOP from a day on. Membership, extended use,
 * reductions and fees stay as they are (docs/adr/0010). The contract says nothing of it, so that the ward or a leader records it,
 * from what the family or the school has told.
 */
export interface SchoolMove {
  /** Code of the 新BOP from that day on. */
  bop: string;
  from: LocalDate;
}

/** Who may record one: the contractor's managers and the ward. */
export const MOVE_ROLES: readonly StaffRole[] = ['leader', 'ward'];

export const MOVE_REASONS = ['movedHouse', 'assignedSchool', 'correction', 'other'] as const;
export type MoveReason = (typeof MOVE_REASONS)[number];

export const MOVE_REASON_LABELS: Readonly<Record<MoveReason, string>> = {
  movedHouse: '転居に伴う転校',
  assignedSchool: '指定校の変更・特別な事情による転校',
  correction: '記録の誤りの訂正',
  other: 'その他',
};

/** What is wrong with a move; each belongs to one field. */
export type MoveProblem =
  { field: 'bop'; code: 'unknownBop' | 'sameBop' } | { field: 'from'; code: 'outsideYear' | 'notMember' };

export const MOVE_PROBLEM_TEXTS: Readonly<Record<MoveProblem['code'], string>> = {
  unknownBop: '移る先の新BOPを選んでください。',
  sameBop: 'その日にはすでにこの新BOPに在籍しています。別の新BOPか、別の日を選んでください。',
  outsideYear: 'この年度（4月1日から翌年3月31日まで）の日付を入力してください。',
  notMember: 'この日には在籍していません。在籍している期間の日付を入力してください。',
};

/** Can this be recorded for the enrolment as it stands? Days gone by may be: it is often told late. */
export function moveProblem(enrolment: Enrolment, { bop, from }: SchoolMove): MoveProblem | undefined {
  const { fiscalYear } = enrolment;
  if (!bopOf(bop)) return { field: 'bop', code: 'unknownBop' };
  if (from < yearStart(fiscalYear) || from > yearEnd(fiscalYear))
    return { field: 'from', code: 'outsideYear' };
  const there = admissionOn(enrolment, from);
  if (!there) return { field: 'from', code: 'notMember' };
  return there.bop === bop ? { field: 'bop', code: 'sameBop' } : undefined;
}

/** The enrolment as it would be with the move. */
export function withMove(enrolment: Enrolment, entry: EnrolmentEntry): Enrolment {
  const entries = enrolment.history.map((line) => line.entry);
  return foldEnrolment(enrolment.fiscalYear, [...entries, entry]);
}

/** The months in which the child takes a place of extended use at a 新BOP. */
export function extendedMonthsAt(
  enrolment: Enrolment,
  bop: string,
  dailyTakesPlace: boolean,
): readonly Month[] {
  return monthsOfYear(enrolment.fiscalYear).filter((month) => {
    const mode = extendedUseIn(enrolment, month);
    if (mode === undefined || (mode === 'daily' && !dailyTakesPlace)) return false;
    return enrolment.admission.some(
      (period) => period.bop === bop && monthOf(period.from) <= month && month <= monthOf(period.to),
    );
  });
}

/**
 * The months in which the new 新BOP has no place of extended use left for the child. It keeps its extended use all the same, for
 * it was granted and the family did nothing to lose it; that more places are taken there than there are is the ward's to say.
 * @param taken places that are taken there without the child, by month
 */
export function monthsOverPlaces(
  { before, after, bop }: { before: Enrolment; after: Enrolment; bop: string },
  {
    places,
    dailyTakesPlace,
    taken,
    from,
  }: {
    places: number;
    dailyTakesPlace: boolean;
    taken: ReadonlyMap<Month, number>;
    /** Months before this one are past. */
    from: Month;
  },
): readonly Month[] {
  const had = new Set(extendedMonthsAt(before, bop, dailyTakesPlace));
  return extendedMonthsAt(after, bop, dailyTakesPlace).filter(
    (month) => month >= from && !had.has(month) && (taken.get(month) ?? 0) >= places,
  );
}

/** May this role record a move that takes more places than the new 新BOP has? Only whose places they are. */
export function mayGoOverPlaces(role: StaffRole): boolean {
  return role === 'ward';
}
