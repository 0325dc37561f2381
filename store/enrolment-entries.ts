import { sql } from 'kysely';
import type { LocalDate } from '../domain/calendar/dates.ts';
import { entryIdOf, type EnrolmentEntry } from '../domain/enrolment/effects.ts';
import { extendedUseIn, isAdmittedIn, reductionsIn } from '../domain/enrolment/enrolment.ts';
import { foldEnrolment } from '../domain/enrolment/fold.ts';
import { firstDayOf, lastDayOf, monthsOfYear } from '../domain/enrolment/months.ts';
import { followingEntries } from '../domain/enrolment/year-change.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import { enrolmentById, enrolmentIdOf, entriesOf } from './enrolments.ts';

/** An entry with where it belongs, and what a person wrote beside it. */
export interface Recording {
  childKey: string;
  fiscalYear: number;
  entry: EnrolmentEntry;
  /** Code of the reason, and a sealed note, of what staff recorded. */
  reason?: string;
  note?: Buffer | undefined;
}

/**
 * Writes what an application's approval or a record does, once (design: effects are applied once, whatever dies and whatever
 * comes at the same moment): entry, months and summary in one transaction, behind a lock on the child's enrolment. Repeating it
 * changes nothing.
 * @returns the enrolment's id
 */
export async function recordEntry(db: Db, recording: Recording): Promise<string> {
  return db.transaction().execute((trx) => recordAndFollow(trx, recording));
}

/** {@link recordEntry} as part of a transaction. A next year that was carried over from this one follows it in the same step. */
export async function recordAndFollow(trx: DbOrTransaction, recording: Recording): Promise<string> {
  const { id, written } = await recordEntries(trx, [recording]);
  if (!written) return id;
  const { childKey, fiscalYear, entry } = recording;
  // First this year, then the next: whoever locks both does so in this order.
  const nextId = enrolmentIdOf(fiscalYear + 1, childKey);
  await lockEnrolment(trx, nextId);
  const [ending, next] = [await enrolmentById(trx, id), await enrolmentById(trx, nextId)];
  if (!ending || !next) return id;
  const following = followingEntries(ending.enrolment, next.enrolment, entry);
  if (following.length > 0) {
    const { applicationId } = next;
    await recordEntries(
      trx,
      following.map((one) => ({ childKey, fiscalYear: fiscalYear + 1, entry: { ...one, applicationId } })),
    );
  }
  return id;
}

/**
 * The same for entries of one enrolment as part of a transaction. An approval that is known stays where it was recorded: the
 * child's data may have been corrected since.
 * @returns the enrolment's id, and whether any of them is new
 */
export async function recordEntries(
  trx: DbOrTransaction,
  recordings: readonly Recording[],
): Promise<{ id: string; written: boolean }> {
  const [first] = recordings;
  if (!first) throw new Error('no entries');
  const known = await trx
    .selectFrom('enrolment_entries')
    .select('enrolment_id')
    .where('entry_id', '=', entryIdOf(first.entry))
    .executeTakeFirst();
  if (known) return { id: known.enrolment_id, written: false };
  const { childKey, fiscalYear } = first;
  const { applicationId } = first.entry;
  const id = enrolmentIdOf(fiscalYear, childKey);
  await trx
    .insertInto('enrolments')
    .values({
      id,
      fiscal_year: fiscalYear,
      child_key: childKey,
      application_id: applicationId,
      first_day: null,
      last_day: null,
      shown_on: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await lockEnrolment(trx, id);
  const inserted = await trx
    .insertInto('enrolment_entries')
    .values(
      recordings.map(({ entry, reason, note }) => ({
        entry_id: entryIdOf(entry),
        application_id: entry.applicationId,
        enrolment_id: id,
        receipt_number: entry.receiptNumber,
        decided_at: entry.decidedAt,
        effect: JSON.stringify(entry.effect),
        source: entry.record?.source ?? null,
        recorded_by: entry.record?.by ?? null,
        reason: reason ?? null,
        note_ct: note ?? null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) return { id, written: false };
  await writeFold(trx, id, fiscalYear, applicationId);
  return { id, written: true };
}

/** Whoever changes an enrolment, or goes by it to change another, holds this until the end of its transaction. */
export async function lockEnrolment(trx: DbOrTransaction, id: string): Promise<void> {
  await trx.selectFrom('enrolments').select('id').where('id', '=', id).forUpdate().execute();
}

/** What lists are made of, from all entries there are now. */
async function writeFold(
  trx: DbOrTransaction,
  id: string,
  fiscalYear: number,
  applicationId: string,
): Promise<void> {
  const entries = (await entriesOf(trx, [id])).get(id) ?? [];
  const enrolment = foldEnrolment(fiscalYear, entries);
  const { admission } = enrolment;
  await trx
    .updateTable('enrolments')
    .set({
      application_id: applicationId,
      bops: [...new Set(admission.map((period) => period.bop))],
      first_day: admission[0]?.from ?? null,
      last_day: admission.at(-1)?.to ?? null,
      withdrawn: enrolment.withdrawal !== null,
      revision: sql`revision + 1`,
      updated_at: new Date(),
    })
    .where('id', '=', id)
    .execute();
  await trx.deleteFrom('enrolment_periods').where('enrolment_id', '=', id).execute();
  if (admission.length > 0) {
    await trx
      .insertInto('enrolment_periods')
      .values(
        admission.map(({ bop, from, to }, position) => ({
          enrolment_id: id,
          position,
          bop,
          from_day: from,
          to_day: to,
        })),
      )
      .execute();
  }
  await trx.deleteFrom('enrolment_months').where('enrolment_id', '=', id).execute();
  const months = monthsOfYear(fiscalYear).filter((month) => isAdmittedIn(enrolment, month));
  if (months.length === 0) return;
  await trx
    .insertInto('enrolment_months')
    .values(
      months.map((month) => ({
        enrolment_id: id,
        month,
        bops: [
          ...new Set(
            admission
              .filter(({ from, to }) => from <= lastDayOf(month) && to >= firstDayOf(month))
              .map(({ bop }) => bop),
          ),
        ],
        extended: extendedUseIn(enrolment, month) ?? null,
        reductions: [...reductionsIn(enrolment, month)],
      })),
    )
    .execute();
}

/** Has this application's entry been carried to kintone? Undefined where there is no entry. */
export async function entryCarried(db: Db, applicationId: string): Promise<boolean | undefined> {
  const row = await db
    .selectFrom('enrolment_entries')
    .select('carried_at')
    .where('entry_id', '=', applicationId)
    .executeTakeFirst();
  return row && row.carried_at !== null;
}

/** kintone has a fold with this application's entry in it. */
export async function markEntryCarried(db: Db, applicationId: string): Promise<void> {
  await db
    .updateTable('enrolment_entries')
    .set({ carried_at: new Date() })
    .where('entry_id', '=', applicationId)
    .where('carried_at', 'is', null)
    .execute();
}

/** kintone has a fold of this revision: all records up to now are in it. Approvals are marked by their own deliveries. */
export async function markRecordsCarried(db: DbOrTransaction, id: string, revision: number): Promise<void> {
  await db
    .updateTable('enrolment_entries')
    .set({ carried_at: new Date() })
    .where('enrolment_id', '=', id)
    .where('source', 'is not', null)
    .where('carried_at', 'is', null)
    .where((eb) =>
      eb.exists(
        eb.selectFrom('enrolments').select('id').where('id', '=', id).where('revision', '=', revision),
      ),
    )
    .execute();
}

/** Enrolments whose records kintone has not, or shows with the 新BOP of an earlier day: what is to be carried (again). */
export async function enrolmentsToCarry(
  db: Db,
  { today, limit }: { today: LocalDate; limit: number },
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('enrolments as e')
    .select('e.id')
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('enrolment_entries as entry')
            .select('entry.entry_id')
            .whereRef('entry.enrolment_id', '=', 'e.id')
            .where('entry.source', 'is not', null)
            .where('entry.carried_at', 'is', null)
            // What is on its way has its own workflow.
            .where('entry.recorded_at', '<', sql<string>`now() - interval '1 minute'`),
        ),
        eb.exists(
          eb
            .selectFrom('enrolment_periods as period')
            .select('period.position')
            .whereRef('period.enrolment_id', '=', 'e.id')
            .where('period.position', '>', 0)
            .where('period.from_day', '<=', today)
            .whereRef('period.from_day', '>', 'e.shown_on'),
        ),
      ]),
    )
    .orderBy('e.id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Code of the reason and note of what staff have recorded of an enrolment, by the records' ids. */
export async function recordNotes(
  db: Db,
  keyring: Keyring,
  id: string,
): Promise<ReadonlyMap<string, { reason: string | null; note: string }>> {
  const rows = await db
    .selectFrom('enrolment_entries')
    .select(['entry_id', 'reason', 'note_ct'])
    .where('enrolment_id', '=', id)
    .where('source', 'is not', null)
    .execute();
  return new Map(
    rows.map((row) => [
      row.entry_id,
      {
        reason: row.reason,
        note: row.note_ct ? keyring.decryptText(row.note_ct, noteContext(row.entry_id)) : '',
      },
    ]),
  );
}

/** Where the note of a record is sealed. */
export const noteContext = (entryId: string) => ({
  table: 'enrolment_entries',
  column: 'note_ct',
  id: entryId,
});

/** Has kintone not been given a record of this enrolment yet? */
export async function recordsWaiting(db: Db, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('enrolment_entries')
    .select('entry_id')
    .where('enrolment_id', '=', id)
    .where('source', 'is not', null)
    .where('carried_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Is something on its way to kintone that changes this enrolment? */
export async function entriesWaiting(db: Db, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('enrolment_entries')
    .select('application_id')
    .where('enrolment_id', '=', id)
    .where('carried_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
