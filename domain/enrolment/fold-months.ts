import type { EnrolmentEntry, ExtendedMode, Month, ReductionReason } from './effects.ts';
import type { ExtendedPeriod, ReductionPeriod } from './enrolment.ts';
import { entriesOf, type Notes } from './entries.ts';
import type { Spell } from './fold-admission.ts';
import { addMonths, monthOf, monthsBetween, monthsOfYear } from './months.ts';

export const REDUCTION_REASONS: readonly ReductionReason[] = [
  'publicAssistance',
  'taxExempt',
  'schoolExpense',
  'longAbsence',
];

/** The months of a range that lie in a fiscal year. */
function within(fiscalYear: number, from: Month, to: Month): readonly Month[] {
  return monthsOfYear(fiscalYear).filter((month) => from <= month && month <= to);
}

const monthsOfSpell = (spell: Spell) => monthsBetween(monthOf(spell.from), monthOf(spell.to));

/** Runs of months with the same value, as periods. */
function runsOf<T>(
  months: readonly Month[],
  valueOf: (month: Month) => T | undefined,
): readonly { value: T; from: Month; to: Month }[] {
  const runs: { value: T; from: Month; to: Month }[] = [];
  for (const month of months) {
    const value = valueOf(month);
    if (value === undefined) continue;
    const last = runs.at(-1);
    if (last && last.value === value && addMonths(last.to, 1) === month) last.to = month;
    else runs.push({ value, from: month, to: month });
  }
  return runs;
}

interface Grant {
  mode: ExtendedMode;
  entry: EnrolmentEntry;
}

/**
 * Extended use by month. It belongs to the membership in which it begins: who withdraws and comes back applies for it again.
 * A later decision changes the mode; declining ends what was decided before it.
 */
export function foldExtendedUse(
  fiscalYear: number,
  entries: readonly EnrolmentEntry[],
  spells: readonly Spell[],
  notes: Notes,
): readonly ExtendedPeriod[] {
  const granted = new Map<Month, Grant>();
  /** Entries that have had months at some point, to tell "replaced" from "never". */
  const began = new Set<EnrolmentEntry>();
  for (const entry of entriesOf(entries, 'extend', 'declineExtended')) {
    const { effect } = entry;
    if (effect.kind === 'declineExtended') {
      const ended = [...granted.keys()].filter((month) => month >= effect.from);
      for (const month of ended) granted.delete(month);
      if (ended.length === 0) notes.set(entry, 'noExtendedUse');
      continue;
    }
    const wanted = within(fiscalYear, effect.from, effect.to);
    const spell = spells.find((one) => monthsOfSpell(one).some((month) => wanted.includes(month)));
    const months = spell ? monthsOfSpell(spell).filter((month) => wanted.includes(month)) : [];
    const fresh = months.filter((month) => granted.get(month)?.mode !== effect.mode);
    for (const month of fresh) granted.set(month, { mode: effect.mode, entry });
    if (fresh.length > 0) began.add(entry);
    else if (wanted.length === 0) notes.set(entry, 'outsideYear');
    else notes.set(entry, months.length === 0 ? 'notAdmitted' : 'alreadyGranted');
  }
  const standing = new Set([...granted.values()].map(({ entry }) => entry));
  for (const entry of began) if (!standing.has(entry)) notes.set(entry, 'replaced');
  return runsOf(monthsOfYear(fiscalYear), (month) => granted.get(month)?.mode).map(({ value, from, to }) => ({
    mode: value,
    from,
    to,
  }));
}

/** Reductions by reason and month; only months in which the child is a member. Overlapping ones of one reason are one. */
export function foldReductions(
  fiscalYear: number,
  entries: readonly EnrolmentEntry[],
  spells: readonly Spell[],
  notes: Notes,
): readonly ReductionPeriod[] {
  const admitted = new Set(spells.flatMap(monthsOfSpell));
  const byReason = new Map<ReductionReason, Set<Month>>();
  for (const entry of entriesOf(entries, 'reduceFee')) {
    const { reason, from, to } = entry.effect;
    const wanted = within(fiscalYear, from, to);
    const months = wanted.filter((month) => admitted.has(month));
    const before = byReason.get(reason) ?? new Set<Month>();
    if (wanted.length === 0) notes.set(entry, 'outsideYear');
    else if (months.length === 0) notes.set(entry, 'notAdmitted');
    else if (months.every((month) => before.has(month))) notes.set(entry, 'alreadyGranted');
    byReason.set(reason, new Set([...before, ...months]));
  }
  return REDUCTION_REASONS.flatMap((reason) =>
    runsOf(monthsOfYear(fiscalYear), (month) => (byReason.get(reason)?.has(month) ? reason : undefined)).map(
      ({ from, to }) => ({ reason, from, to }),
    ),
  );
}
