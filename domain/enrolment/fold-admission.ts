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

/** A withdrawal that stands, with its last day as later decisions have it. */
interface Ending {
  lastDay: LocalDate;
  entry: EnrolmentEntry;
}

/** Do two last days end the same membership: is there no admission between them? */
function sameSpell(a: LocalDate, b: LocalDate, admissions: readonly EntryOf<'admit'>[]): boolean {
  const [earlier, later] = a < b ? [a, b] : [b, a];
  return !admissions.some(({ effect }) => effect.from > earlier && effect.from <= later);
}

/** Withdrawals and changes of their day, in the order of the decisions; of two for one membership the later counts. */
function endingsOf(
  entries: readonly EnrolmentEntry[],
  admissions: readonly EntryOf<'admit'>[],
  notes: Notes,
): readonly Ending[] {
  let endings: Ending[] = [];
  const replaceWith = (ending: Ending) => {
    for (const other of endings) {
      if (sameSpell(other.lastDay, ending.lastDay, admissions)) notes.set(other.entry, 'replaced');
    }
    endings = [...endings.filter(({ entry }) => !notes.has(entry)), ending];
  };
  for (const entry of entriesOf(entries, 'withdraw', 'changeWithdrawal')) {
    const { effect } = entry;
    if (effect.kind === 'withdraw') {
      replaceWith({ lastDay: effect.lastDay, entry });
      continue;
    }
    const changed = endings.at(-1);
    if (!changed) {
      notes.set(entry, 'noWithdrawal');
    } else if (changed.lastDay === effect.lastDay) {
      notes.set(entry, 'nothingChanged');
    } else {
      endings = endings.slice(0, -1);
      notes.set(changed.entry, 'replaced');
      if (effect.lastDay !== null) replaceWith({ lastDay: effect.lastDay, entry });
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
  const endings = endingsOf(entries, admissions, notes).toSorted((a, b) => (a.lastDay < b.lastDay ? -1 : 1));

  const spells: Spell[] = [];
  const used = new Set<Ending>();
  for (const admission of admissions) {
    const from = admission.effect.from < start ? start : admission.effect.from;
    if (spells.some((spell) => from <= spell.to)) {
      notes.set(admission, 'alreadyAdmitted');
      continue;
    }
    const undone = endings.find(
      (e) => !used.has(e) && e.lastDay < from && e.entry.decidedAt >= admission.decidedAt,
    );
    if (undone) {
      used.add(undone);
      notes.set(admission, 'neverBegan');
      continue;
    }
    const ending = endings.find((e) => e.lastDay >= from && e.lastDay <= end);
    if (ending) used.add(ending);
    spells.push({ from, to: ending?.lastDay ?? end, admission });
  }
  for (const ending of endings) {
    if (!used.has(ending)) notes.set(ending.entry, ending.lastDay > end ? 'outsideYear' : 'notAdmitted');
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
  const last = endings.find((ending) => used.has(ending) && ending.lastDay === spells.at(-1)?.to);
  const withdrawal = last
    ? {
        lastDay: last.lastDay,
        applicationId: last.entry.applicationId,
        receiptNumber: last.entry.receiptNumber,
      }
    : null;
  return { spells, admission, withdrawal };
}
