import { gradeIn, type LocalDate } from '../calendar/dates.ts';
import { entryIdOf, type EnrolmentEffect, type EnrolmentEntry, type ReductionReason } from './effects.ts';
import { admissionOn, extendedUseIn, reductionsIn, type Enrolment } from './enrolment.ts';
import { foldEnrolment } from './fold.ts';
import { addMonths, monthOf, yearEnd, yearStart } from './months.ts';

/** What ends with the fiscal year and what goes on. The ward's data. */
export interface YearChangePolicy {
  admission: 'applyAgain' | 'continues';
  extendedUse: 'applyAgain' | 'continues';
  /** Reasons whose reduction goes on; all others end. */
  reductionsThatContinue: readonly ReductionReason[];
  /** A child above this grade applies again even where admission goes on. */
  lastGrade: number;
}

/** Setagaya: admission is for a fiscal year, so that everyone applies again (public); extended use and reductions likewise. */
export const DEFAULT_YEAR_CHANGE: YearChangePolicy = {
  admission: 'applyAgain',
  extendedUse: 'applyAgain',
  reductionsThatContinue: [],
  lastGrade: 3,
};

/** What a family files again, and why: each year by the ward's rule, above its last grade, or with the admission. */
export interface ApplyAgain {
  procedure: 'admission' | 'extendedUse' | 'feeReduction';
  why: 'eachYear' | 'aboveLastGrade' | 'withAdmission';
}

/** Why nothing goes on and nothing is applied for again. */
export const LEAVING_REASONS = ['withdrawn', 'graduates', 'notMember'] as const;
export type LeavingReason = (typeof LEAVING_REASONS)[number];

export interface YearChange {
  fiscalYear: number;
  /** What the next year begins with, without an application. */
  continues: readonly EnrolmentEffect[];
  /** What the family files again, if it wants to go on as it is now. */
  applyAgain: readonly ApplyAgain[];
  /** Absent where something goes on or is to be applied for. */
  leaves?: LeavingReason;
}

/**
 * What of an enrolment goes on into the next fiscal year, and what has to be applied for again, each with its reason. Nothing of
 * either where the child is no longer a member on 31 March, or leaves primary school.
 */
export function continuesNextYear(
  enrolment: Enrolment,
  birthDate: LocalDate,
  policy: YearChangePolicy = DEFAULT_YEAR_CHANGE,
): YearChange {
  const fiscalYear = enrolment.fiscalYear + 1;
  const grade = gradeIn(birthDate, fiscalYear);
  const last = admissionOn(enrolment, yearEnd(enrolment.fiscalYear));
  const leaving = (leaves: LeavingReason): YearChange => ({
    fiscalYear,
    continues: [],
    applyAgain: [],
    leaves,
  });
  // A withdrawal on 31 March is one: the family wants to end with the year.
  if (enrolment.withdrawal) return leaving('withdrawn');
  if (!last) return leaving('notMember');
  if (grade > 6) return leaving('graduates');

  const month = monthOf(last.to);
  const mode = extendedUseIn(enrolment, month);
  const reasons = reductionsIn(enrolment, month);
  const [from, to] = [monthOf(yearStart(fiscalYear)), addMonths(monthOf(yearStart(fiscalYear)), 11)];
  const admitted = policy.admission === 'continues' && grade <= policy.lastGrade;
  const extended = admitted && policy.extendedUse === 'continues';
  const going = admitted ? reasons.filter((reason) => policy.reductionsThatContinue.includes(reason)) : [];
  const again = (procedure: ApplyAgain['procedure'], policyEnds: boolean): ApplyAgain => ({
    procedure,
    why: admitted || policyEnds ? 'eachYear' : 'withAdmission',
  });
  return {
    fiscalYear,
    continues: [
      ...(admitted ? [{ kind: 'admit', bop: last.bop, from: yearStart(fiscalYear) } as const] : []),
      ...(extended && mode ? [{ kind: 'extend', mode, from, to } as const] : []),
      ...going.map((reason) => ({ kind: 'reduceFee', reason, from, to }) as const),
    ],
    applyAgain: [
      ...(admitted
        ? []
        : [
            {
              procedure: 'admission',
              why: policy.admission === 'continues' ? 'aboveLastGrade' : 'eachYear',
            } as const,
          ]),
      ...(mode && !extended ? [again('extendedUse', policy.extendedUse === 'applyAgain')] : []),
      ...(reasons.length > going.length
        ? [
            again(
              'feeReduction',
              reasons.some((reason) => !policy.reductionsThatContinue.includes(reason)),
            ),
          ]
        : []),
    ],
  };
}

/** Why a child that would go on by rule is not written into the next year. */
export const YEAR_EXCLUSIONS = ['alreadyEnrolled', 'applied', 'birthDateUnknown'] as const;
export type YearExclusion = (typeof YEAR_EXCLUSIONS)[number];

/** What stands for a child in the next year already, besides what the change of the year would write. */
export interface NextYear {
  /** Its enrolment of that year, if there is one. */
  enrolment: Enrolment | undefined;
  /** Is an admission for it under way: then its decision says from when and where? */
  admissionOpen: boolean;
}

/** May the next year be written from this one? Undefined where nothing speaks against it. */
export function yearExclusion(next: NextYear): YearExclusion | undefined {
  if (next.enrolment && next.enrolment.history.length > 0) return 'alreadyEnrolled';
  return next.admissionOpen ? 'applied' : undefined;
}

/** The entries that carry a child into the next year; their ids are the same however often they are made. */
export function carriedEntries(
  { childKey, fiscalYear, continues }: Pick<YearChange, 'fiscalYear' | 'continues'> & { childKey: string },
  { applicationId, at, by }: { applicationId: string; at: string; by: string },
): readonly EnrolmentEntry[] {
  return continues.map((effect) => ({
    applicationId,
    receiptNumber: '',
    decidedAt: at,
    effect,
    record: {
      id: [
        'yearChange',
        fiscalYear,
        childKey,
        effect.kind,
        ...('reason' in effect ? [effect.reason] : []),
      ].join(':'),
      source: 'yearChange',
      by,
    },
  }));
}

/** Was this enrolment written by the change of the year? */
export function isCarriedOver(enrolment: Enrolment): boolean {
  return enrolment.history.some(({ entry }) => entry.record?.source === 'yearChange');
}

/**
 * The entries by which a year that was carried over follows a later decision about the year that ends; none where it need not.
 * Their ids come from the decision's, so that they are the same however often they are made.
 * @param source the decision, an entry of the year that ends
 */
export function followingEntries(
  ending: Enrolment,
  next: Enrolment,
  source: EnrolmentEntry,
): readonly EnrolmentEntry[] {
  const { applicationId, decidedAt } = source;
  const made: EnrolmentEntry[] = [];
  let now = next;
  for (;;) {
    // One that stays after all is a member again, and only then is there extended use to be given up.
    const effects = followingEffects(ending, now).filter(
      ({ kind }) => !made.some(({ effect }) => effect.kind === kind),
    );
    if (effects.length === 0) return made;
    made.push(
      ...effects.map((effect): EnrolmentEntry => {
        const id = `followsYear:${entryIdOf(source)}:${effect.kind}`;
        const record = { id, source: 'followsYear', by: null } as const;
        return { applicationId, receiptNumber: '', decidedAt, effect, record };
      }),
    );
    now = foldEnrolment(next.fiscalYear, [...next.history.map(({ entry }) => entry), ...made]);
  }
}

/**
 * What a later decision about the year that ends changes in one that was carried over from it: who withdraws after all does not
 * begin the next year, who stays after all does, who moves begins at the new 新BOP, who gives up extended use has none. Whatever
 * was decided for the next year by an application stays as it is.
 * @param ending the year that ends, with the decision
 * @param next the year that was carried over from it
 */
function followingEffects(ending: Enrolment, next: Enrolment): readonly EnrolmentEffect[] {
  if (!isCarriedOver(next)) return [];
  const [first] = next.admission;
  const own = (kind: EnrolmentEffect['kind']) =>
    next.history.some(({ entry, noEffect }) => entry.effect.kind === kind && !entry.record && !noEffect);
  const begins = first !== undefined && first.from === yearStart(next.fiscalYear);
  const last = admissionOn(ending, yearEnd(ending.fiscalYear));
  const goesOn = last !== undefined && !ending.withdrawal;
  if (!goesOn) {
    return begins && !own('admit') ? [{ kind: 'withdraw', lastDay: yearEnd(ending.fiscalYear) }] : [];
  }
  const undone = next.history.some(
    ({ entry, noEffect }) =>
      entry.record?.source === 'yearChange' && entry.effect.kind === 'admit' && noEffect === 'neverBegan',
  );
  const effects: EnrolmentEffect[] = [];
  if (undone && next.admission.length === 0) effects.push({ kind: 'changeWithdrawal', lastDay: null });
  const place = begins ? first.bop : carriedBop(next);
  if (
    place !== undefined &&
    place !== last.bop &&
    (begins || undone) &&
    !own('admit') &&
    !own('moveSchool')
  ) {
    effects.push({ kind: 'moveSchool', bop: last.bop, from: yearStart(next.fiscalYear) });
  }
  const month = monthOf(yearStart(next.fiscalYear));
  const carriedUse = next.history.some(
    ({ entry, noEffect }) =>
      entry.record?.source === 'yearChange' && entry.effect.kind === 'extend' && !noEffect,
  );
  if (
    carriedUse &&
    extendedUseIn(next, month) &&
    !extendedUseIn(ending, monthOf(yearEnd(ending.fiscalYear)))
  ) {
    effects.push({ kind: 'declineExtended', from: month });
  }
  return effects;
}

function carriedBop(next: Enrolment): string | undefined {
  const carried = next.history.find(
    ({ entry }) => entry.record?.source === 'yearChange' && entry.effect.kind === 'admit',
  );
  return carried?.entry.effect.kind === 'admit' ? carried.entry.effect.bop : undefined;
}
