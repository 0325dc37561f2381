import { randomUUID } from 'node:crypto';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import { chunkPlace, reportPlace, type ExportReport } from './exports.ts';

async function removeParts(db: DbOrTransaction, id: string): Promise<void> {
  await db.deleteFrom('export_chunks').where('run_id', '=', id).execute();
  await db.deleteFrom('export_records').where('run_id', '=', id).execute();
}

/**
 * Begins an attempt to prepare a run: what an earlier one has left is removed, and that one, should it still be alive (a worker that
 * was frozen), writes no more.
 * @returns the attempt's id; undefined where the run is not being prepared
 */
export async function beginAttempt(db: Db, id: string): Promise<string | undefined> {
  const attempt = randomUUID();
  return db.transaction().execute(async (trx) => {
    const begun = await trx
      .updateTable('export_runs')
      .set({ attempt })
      .where('id', '=', id)
      .where('state', '=', 'preparing')
      .executeTakeFirst();
    if (begun.numUpdatedRows === 0n) return undefined;
    await removeParts(trx, id);
    return attempt;
  });
}

/** A run that an attempt prepares. */
export interface ExportAttempt {
  runId: string;
  attempt: string;
}

/** Is the run still this attempt's? Holds it against others to the end of the transaction. */
async function mine(trx: DbOrTransaction, { runId, attempt }: ExportAttempt): Promise<boolean> {
  const row = await trx
    .selectFrom('export_runs')
    .select('id')
    .where('id', '=', runId)
    .where('state', '=', 'preparing')
    .where('attempt', '=', attempt)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Removes what an attempt has written: with problems there is no file. */
export async function clearParts(db: Db, of: ExportAttempt): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (await mine(trx, of)) await removeParts(trx, of.runId);
  });
}

/** Shows how far the preparation is. @returns false where it was given up, or another attempt has taken over */
export async function setProgress(
  db: Db,
  { runId, attempt }: ExportAttempt,
  done: number,
  total: number,
): Promise<boolean> {
  const result = await db
    .updateTable('export_runs')
    .set({ done, total })
    .where('id', '=', runId)
    .where('state', '=', 'preparing')
    .where('attempt', '=', attempt)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface NewExportRecord {
  line: number;
  recordKey: string;
  applicationId: string;
  receiptNumber: string;
  fingerprint: string;
}

/** A piece of the file with the records in it, written together. @returns false where another attempt has taken over */
export async function addPart(
  db: Db,
  keyring: Keyring,
  of: ExportAttempt,
  part: { n: number; bytes: Uint8Array; records: readonly NewExportRecord[] },
): Promise<boolean> {
  const { runId } = of;
  return db.transaction().execute(async (trx) => {
    if (!(await mine(trx, of))) return false;
    await trx
      .insertInto('export_chunks')
      .values({
        run_id: runId,
        n: part.n,
        data_ct: keyring.encryptBytes(part.bytes, chunkPlace(runId, part.n)),
      })
      .execute();
    if (part.records.length === 0) return true;
    await trx
      .insertInto('export_records')
      .values(
        part.records.map((one) => ({
          run_id: runId,
          line: one.line,
          record_key: one.recordKey,
          application_id: one.applicationId,
          receipt_number: one.receiptNumber,
          fingerprint: one.fingerprint,
        })),
      )
      .execute();
    return true;
  });
}

/** The end of the preparation: counts, checksum, report; `ready`, or `blocked` where there are problems. */
export async function finishPreparation(
  db: Db,
  keyring: Keyring,
  { runId, attempt }: ExportAttempt,
  outcome: {
    lines: number;
    unchanged: number;
    problemCount: number;
    noteCount: number;
    sha256: string;
    size: number;
    basis: string;
    report: ExportReport;
    now: Date;
  },
): Promise<void> {
  await db
    .updateTable('export_runs')
    .set({
      state: outcome.problemCount === 0 ? 'ready' : 'blocked',
      lines: outcome.lines,
      unchanged: outcome.unchanged,
      problem_count: outcome.problemCount,
      note_count: outcome.noteCount,
      sha256: outcome.sha256,
      size: outcome.size,
      basis: outcome.basis,
      report_ct: keyring.encryptJson(outcome.report, reportPlace(runId)),
      prepared_at: outcome.now,
    })
    .where('id', '=', runId)
    .where('state', '=', 'preparing')
    .where('attempt', '=', attempt)
    .execute();
}
