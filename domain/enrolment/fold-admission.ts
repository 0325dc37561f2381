import { addDays, type LocalDate } from '../calendar/dates.ts';
import type { EnrolmentEntry } from './effects.ts';
import type { AdmissionPeriod, Enrolment } from './enrolment.ts';
import { entriesOf, type EntryOf, type Notes } from './entries.ts';
import { yearEnd, yearStart } from './months.ts';

/** Unbroken membership, from an admission to a withdrawal or the end of the year. */
export interface Spell {
  from: LocalDate;
  to: LocalDate;
  admission: EntryOf<'admit'>;
}

/** What ends or undoes a membership: the admission that it belongs to, and the decision that says so. */
interface Ending {
  admission: EntryOf<'admit'>;
  lastDay: LocalDate;
  entry: EnrolmentEntry;
  /** The last day is before the first: the membership never begins. */
  undoes: boolean;
}

/** Memberships, as far as the endings so far have them: no two overlap. */
function spellsOf(
  [start, end]: readonly [LocalDate, LocalDate],
  admissions: readonly EntryOf<'admit'>[],
  endings: readonly Ending[],
): readonly Spell[] {
  const spells: Spell[] = [];
  for (const admission of admissions) {
    const ending = endings.find((one) => one.admission === admission);
    const from = admission.effect.from < start ? start : admission.effect.from;
    if (ending?.undoes || spells.some((spell) => from <= spell.to)) continue;
    spells.push({ from, to: ending?.lastDay ?? end, admission });
  }
  return spells;
}

/**
 * Which membership a last day is about: the one that it falls into; else one that has been granted and begins after it, which
 * it undoes; else the last one that ended before it, whose last day it moves.
 */
function endingFor(lastDay: LocalDate, entry: EnrolmentEntry, spells: readonly Spell[]): Ending | undefined {
  const within = spells.find(({ from, to }) => from <= lastDay && lastDay <= to);
  if (within) return { admission: within.admission, lastDay, entry, undoes: false };
  const coming = spells.find(
    ({ from, admission }) => from > lastDay && admission.decidedAt <= entry.decidedAt,
  );
  if (coming) return { admission: coming.admission, lastDay, entry, undoes: true };
  const past = spells.findLast(({ to }) => to < lastDay);
  return past && { admission: past.admission, lastDay, entry, undoes: false };
}

/** Withdrawals and changes of their day, in the order of the decisions; of two for one membership the later counts. */
function endingsOf(
  year: readonly [LocalDate, LocalDate],
  entries: readonly EnrolmentEntry[],
  admissions: readonly EntryOf<'admit'>[],
  notes: Notes,
): readonly Ending[] {
  let endings: readonly Ending[] = [];
  const end = (lastDay: LocalDate, entry: EnrolmentEntry) => {
    const ending = endingFor(lastDay, entry, spellsOf(year, admissions, endings));
    if (lastDay > year[1] || !ending) {
      notes.set(entry, lastDay > year[1] ? 'outsideYear' : 'notAdmitted');
      return;
    }
    const replaced = endings.filter(({ admission }) => admission === ending.admission);
    for (const one of replaced) notes.set(one.entry, 'replaced');
    endings = [...endings.filter((one) => !replaced.includes(one)), ending];
  };
  for (const entry of entriesOf(entries, 'withdraw', 'changeWithdrawal')) {
    const { effect } = entry;
    const last = endings.at(-1);
    if (effect.kind === 'withdraw') {
      end(effect.lastDay, entry);
    } else if (!last) {
      notes.set(entry, 'noWithdrawal');
    } else if (last.lastDay === effect.lastDay) {
      notes.set(entry, 'nothingChanged');
    } else if (effect.lastDay !== null && effect.lastDay > year[1]) {
      notes.set(entry, 'outsideYear');
    } else {
      endings = endings.slice(0, -1);
      notes.set(last.entry, 'replaced');
      if (effect.lastDay !== null) end(effect.lastDay, entry);
    }
  }
  return endings;
}

/** Changes of school cut a membership into periods; of two on one day the later decision counts. */
function movesOf(
  spell: Spell,
  moves: readonly EntryOf<'moveSchool'>[],
  notes: Notes,
): readonly AdmissionPeriod[] {
  const { admission, from, to } = spell;
  const byDay = new Map<LocalDate, EnrolmentEntry & { effect: { bop: string } }>([[from, admission]]);
  for (const move of moves) {
    // One that was decided for a day before the first is about where the child begins.
    const day = move.effect.from < from ? from : move.effect.from;
    const before = byDay.get(day);
    if (before && before !== admission) notes.set(before, 'replaced');
    byDay.set(day, move);
  }
  const periods: AdmissionPeriod[] = [];
  for (const [day, entry] of [...byDay].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const last = periods.at(-1);
    if (last?.bop === entry.effect.bop) {
      notes.set(entry, 'nothingChanged');
      continue;
    }
    if (last) last.to = addDays(day, -1);
    periods.push({ bop: entry.effect.bop, from: day, to, applicationId: entry.applicationId });
  }
  return periods;
}

/**
 * When the child belongs to which 新BOP. Days outside the fiscal year are cut off; a withdrawal before the first day undoes an
 * admission that was decided before it.
 */
export function foldAdmission(
  fiscalYear: number,
  entries: readonly EnrolmentEntry[],
  notes: Notes,
): { spells: readonly Spell[]; admission: readonly AdmissionPeriod[]; withdrawal: Enrolment['withdrawal'] } {
  const [start, end] = [yearStart(fiscalYear), yearEnd(fiscalYear)];
  const admissions = entriesOf(entries, 'admit')
    .filter((entry) => {
      if (entry.effect.from > end) notes.set(entry, 'outsideYear');
      return entry.effect.from <= end;
    })
    // Stable: of two for one day, the one decided first.
    .toSorted((a, b) => (a.effect.from < b.effect.from ? -1 : a.effect.from > b.effect.from ? 1 : 0));
  const year = [start, end] as const;
  const endings = endingsOf(year, entries, admissions, notes);
  const spells = spellsOf(year, admissions, endings);
  for (const admission of admissions) {
    if (spells.some((spell) => spell.admission === admission)) continue;
    const undone = endings.some((ending) => ending.admission === admission && ending.undoes);
    notes.set(admission, undone ? 'neverBegan' : 'alreadyAdmitted');
  }

  const moves = entriesOf(entries, 'moveSchool');
  const target = (move: EntryOf<'moveSchool'>) =>
    spells.find(({ from, to }) => from <= move.effect.from && move.effect.from <= to) ??
    spells.find(({ from, admission }) => move.effect.from < from && admission.decidedAt <= move.decidedAt);
  for (const move of moves) if (!target(move)) notes.set(move, 'notAdmitted');
  const admission = spells.flatMap((spell) =>
    movesOf(
      spell,
      moves.filter((move) => target(move) === spell),
      notes,
    ),
  );
  const last = endings.find((ending) => !ending.undoes && ending.admission === spells.at(-1)?.admission);
  const withdrawal = last
    ? {
        lastDay: last.lastDay,
        applicationId: last.entry.applicationId,
        receiptNumber: last.entry.receiptNumber,
      }
    : null;
  return { spells, admission, withdrawal };
}
