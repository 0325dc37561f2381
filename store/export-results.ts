import { randomUUID } from 'node:crypto';
import type { AnswerLine } from '../domain/exports/answers.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';

/** A record of a file with the ward's answer to it. */
export interface ExportRecordRow {
  runId: string;
  line: number;
  applicationId: string;
  receiptNumber: string;
  result: 'none' | 'accepted' | 'rejected';
  reason: string | null;
  handledBy: string | null;
  handledAt: string | null;
}

const place = (runId: string, line: number) => ({
  table: 'export_records',
  column: 'reason_ct',
  id: `${runId}:${String(line)}`,
});

const COLUMNS = [
  'export_records.run_id',
  'export_records.line',
  'export_records.application_id',
  'export_records.receipt_number',
  'export_records.result',
  'export_records.reason_ct',
  'export_records.handled_by',
  'export_records.handled_at',
] as const;

interface Row {
  run_id: string;
  line: number;
  application_id: string;
  receipt_number: string;
  result: ExportRecordRow['result'];
  reason_ct: Buffer | null;
  handled_by: string | null;
  handled_at: string | null;
}

function open(keyring: Keyring, row: Row): ExportRecordRow {
  return {
    runId: row.run_id,
    line: row.line,
    applicationId: row.application_id,
    receiptNumber: row.receipt_number,
    result: row.result,
    reason: row.reason_ct === null ? null : keyring.decryptText(row.reason_ct, place(row.run_id, row.line)),
    handledBy: row.handled_by,
    handledAt: row.handled_at,
  };
}

/** A page of a file's records, rejected ones only where asked for. */
export async function exportRecords(
  db: Db,
  keyring: Keyring,
  runId: string,
  { result, limit, offset }: { result?: ExportRecordRow['result']; limit: number; offset: number },
): Promise<{ rows: readonly ExportRecordRow[]; total: number }> {
  let query = db.selectFrom('export_records').where('run_id', '=', runId);
  if (result !== undefined) query = query.where('result', '=', result);
  const [rows, { total }] = await Promise.all([
    query.select(COLUMNS).orderBy('line').limit(limit).offset(offset).execute(),
    query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { rows: rows.map((row) => open(keyring, row)), total };
}

/** How many records have which result. */
export async function resultCounts(
  db: DbOrTransaction,
  runId: string,
): Promise<{ none: number; accepted: number; rejected: number; toHandle: number }> {
  const rows = await db
    .selectFrom('export_records')
    .select(({ fn }) => [
      'result',
      fn.countAll<number>().as('count'),
      fn.count<number>('handled_at').as('handled'),
    ])
    .where('run_id', '=', runId)
    .groupBy('result')
    .execute();
  const of = (result: string) => rows.find((row) => row.result === result);
  const rejected = of('rejected');
  return {
    none: of('none')?.count ?? 0,
    accepted: of('accepted')?.count ?? 0,
    rejected: rejected?.count ?? 0,
    toHandle: (rejected?.count ?? 0) - (rejected?.handled ?? 0),
  };
}

/** Rejected records that nobody has looked after, of files that count: tasks, the oldest first. */
export async function openRejections(
  db: Db,
  keyring: Keyring,
  limit: number,
): Promise<{ rows: readonly (ExportRecordRow & { number: number | null })[]; total: number }> {
  const query = db
    .selectFrom('export_records')
    .innerJoin('export_runs', 'export_runs.id', 'export_records.run_id')
    .where('export_runs.state', 'in', ['made', 'confirmed'])
    .where('export_records.result', '=', 'rejected')
    .where('export_records.handled_at', 'is', null);
  const [rows, { total }] = await Promise.all([
    query
      .select([...COLUMNS, 'export_runs.number'])
      .orderBy('export_runs.number')
      .orderBy('export_records.line')
      .limit(limit)
      .execute(),
    query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { rows: rows.map((row) => ({ ...open(keyring, row), number: row.number })), total };
}

/** Somebody has looked after a rejected record. @returns false where there is no such record waiting */
export async function handleRejection(
  db: Db,
  given: { runId: string; line: number; by: string; now: Date },
): Promise<boolean> {
  const result = await db
    .updateTable('export_records')
    .set({ handled_by: given.by, handled_at: given.now })
    .where('run_id', '=', given.runId)
    .where('line', '=', given.line)
    .where('result', '=', 'rejected')
    .where('handled_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface ImportedAnswers {
  accepted: number;
  rejected: number;
  /** Lines whose key no record of the file has. */
  unknown: readonly AnswerLine[];
}

/**
 * Writes the ward's answers to the records of a file, all of them or none. A later file replaces what an earlier one said of
 * the same records.
 */
export async function saveAnswers(
  db: Db,
  keyring: Keyring,
  given: {
    runId: string;
    key: 'receiptNumber' | 'line';
    lines: readonly AnswerLine[];
    faults: number;
    sha256: string;
    by: string;
    now: Date;
  },
): Promise<ImportedAnswers> {
  return db.transaction().execute(async (trx) => {
    const records = await trx
      .selectFrom('export_records')
      .select(['line', 'receipt_number', 'result'])
      .where('run_id', '=', given.runId)
      .execute();
    const byKey = new Map<string, typeof records>();
    for (const record of records) {
      const key = given.key === 'line' ? String(record.line) : record.receipt_number;
      byKey.set(key, [...(byKey.get(key) ?? []), record]);
    }
    const unknown: AnswerLine[] = [];
    const accepted: number[] = [];
    const rejected: { line: number; reason: string }[] = [];
    for (const answer of given.lines) {
      const found = byKey.get(answer.key);
      if (!found) unknown.push(answer);
      for (const record of found ?? []) {
        if (answer.outcome === 'accepted') accepted.push(record.line);
        else rejected.push({ line: record.line, reason: answer.reason });
      }
    }
    const none = { handled_by: null, handled_at: null };
    for (let from = 0; from < accepted.length; from += 1000) {
      await trx
        .updateTable('export_records')
        .set({ result: 'accepted', reason_ct: null, ...none })
        .where('run_id', '=', given.runId)
        .where('line', 'in', accepted.slice(from, from + 1000))
        .execute();
    }
    for (const { line, reason } of rejected) {
      await trx
        .updateTable('export_records')
        .set({
          result: 'rejected',
          reason_ct: reason === '' ? null : keyring.encryptText(reason, place(given.runId, line)),
          ...none,
        })
        .where('run_id', '=', given.runId)
        .where('line', '=', line)
        .execute();
    }
    await trx
      .insertInto('export_answers')
      .values({
        id: randomUUID(),
        run_id: given.runId,
        sha256: given.sha256,
        accepted: accepted.length,
        rejected: rejected.length,
        faults: given.faults + unknown.length,
        imported_by: given.by,
        imported_at: given.now,
      })
      .execute();
    return { accepted: accepted.length, rejected: rejected.length, unknown };
  });
}

/** Has the ward confirmed any file of this profile? */
export async function hasConfirmedRun(db: Db, profileId: string): Promise<boolean> {
  const row = await db
    .selectFrom('export_runs')
    .select('id')
    .where('profile_id', '=', profileId)
    .where('state', '=', 'confirmed')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Answer files that were read in for a run, the newest first. */
export async function answerFiles(db: Db, runId: string) {
  return db
    .selectFrom('export_answers')
    .select([
      'id',
      'sha256',
      'accepted',
      'rejected',
      'faults',
      'imported_by as importedBy',
      'imported_at as importedAt',
    ])
    .where('run_id', '=', runId)
    .orderBy('imported_at', 'desc')
    .execute();
}

/**
 * Erases files and protocols of runs older than the ward's policy, and preparations that came to nothing. Numbers, counts,
 * checksums and who did what stay. @returns how many
 */
export async function eraseOldExports(db: Db, before: { files: Date; unused: Date }): Promise<number> {
  const unused = await db
    .deleteFrom('export_runs')
    .where('state', 'in', ['failed', 'blocked', 'ready', 'discarded'])
    .where('created_at', '<', before.unused.toISOString())
    .executeTakeFirst();
  const erased = await db.transaction().execute(async (trx) => {
    const rows = await trx
      .updateTable('export_runs')
      .set({ report_ct: null, erased_at: new Date() })
      .where('made_at', '<', before.files.toISOString())
      .where('erased_at', 'is', null)
      .returning('id')
      .execute();
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) {
      await trx.deleteFrom('export_chunks').where('run_id', 'in', ids).execute();
      await trx.updateTable('export_records').set({ reason_ct: null }).where('run_id', 'in', ids).execute();
    }
    return ids.length;
  });
  return erased + Number(unused.numDeletedRows);
}
