import { entryIdOf, type EnrolmentEffect, type EnrolmentEntry } from './effects.ts';
import type { Enrolment } from './enrolment.ts';
import type { Notes } from './entries.ts';
import { foldAdmission } from './fold-admission.ts';
import { foldExtendedUse, foldReductions } from './fold-months.ts';

export type { Enrolment } from './enrolment.ts';

/** For decisions of one instant: what has to be there first comes first. */
const RANK: Readonly<Record<EnrolmentEffect['kind'], number>> = {
  admit: 0,
  moveSchool: 1,
  extend: 2,
  declineExtended: 3,
  reduceFee: 4,
  withdraw: 5,
  changeWithdrawal: 6,
};

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byDecision(a: EnrolmentEntry, b: EnrolmentEntry): number {
  return (
    compare(a.decidedAt, b.decidedAt) ||
    compare(RANK[a.effect.kind], RANK[b.effect.kind]) ||
    compare(a.receiptNumber, b.receiptNumber) ||
    compare(entryIdOf(a), entryIdOf(b)) ||
    compare(JSON.stringify(a.effect), JSON.stringify(b.effect))
  );
}

/** One entry an application or record, in the order of the decisions. */
function inOrder(entries: readonly EnrolmentEntry[]): readonly EnrolmentEntry[] {
  const seen = new Set<string>();
  return entries.toSorted(byDecision).filter((entry) => {
    const id = entryIdOf(entry);
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/**
 * A child's enrolment of a fiscal year, from the approvals that there are (domain.md, "Effects between applications"). A pure
 * function of the *set* of entries: the order in which they arrive, and one arriving twice, change nothing. Admission and
 * withdrawal are laid out first, then extended use and reductions within them, so that approvals of different kinds may also
 * be decided in any order; of two about the same thing the later decision counts.
 */
export function foldEnrolment(fiscalYear: number, entries: readonly EnrolmentEntry[]): Enrolment {
  const ordered = inOrder(entries);
  const notes: Notes = new Map();
  const { spells, admission, withdrawal } = foldAdmission(fiscalYear, ordered, notes);
  const extendedUse = foldExtendedUse(fiscalYear, ordered, spells, notes);
  const reductions = foldReductions(fiscalYear, ordered, spells, notes);
  const history = ordered.map((entry) => {
    const noEffect = notes.get(entry);
    return noEffect ? { entry, noEffect } : { entry };
  });
  return { fiscalYear, admission, extendedUse, reductions, withdrawal, history };
}
