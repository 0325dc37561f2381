import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { ExportNote, ExportProblem } from '../domain/exports/write.ts';
import type { RunState } from '../domain/exports/runs.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import type { ExportRunsTable } from './schema-exports.ts';

/** What a preview and a protocol show. Personal data; erased with the file. */
export interface ExportReport {
  /** The first lines as they read. */
  firstLines: readonly string[];
  problems: readonly ({ receiptNumber: string; line: number } & ExportProblem)[];
  notes: readonly ({ receiptNumber: string; line: number } & ExportNote)[];
}

export interface ExportRun {
  id: string;
  number: number | null;
  profileId: string;
  profileName: string;
  profileVersion: number;
  replacementsVersion: number;
  scope: 'full' | 'changes';
  fiscalYear: number | null;
  state: RunState;
  done: number;
  total: number | null;
  lines: number | null;
  unchanged: number | null;
  problemCount: number | null;
  noteCount: number | null;
  basis: string | null;
  sha256: string | null;
  size: number | null;
  fileName: string | null;
  failure: string | null;
  createdBy: string;
  createdAt: string;
  preparedAt: string | null;
  madeBy: string | null;
  madeAt: string | null;
  confirmedBy: string | null;
  confirmedAt: string | null;
  withdrawnBy: string | null;
  withdrawnAt: string | null;
  erasedAt: string | null;
}

/** The run is not in the state any more in which this can be done. */
export class ExportStateError extends Error {
  constructor(id: string) {
    super(`export ${id} has moved on`);
    this.name = 'ExportStateError';
  }
}

/** @internal For `export-preparation.ts`. */
export const reportPlace = (id: string) => ({ table: 'export_runs', column: 'report_ct', id });
const reasonPlace = (id: string) => ({ table: 'export_runs', column: 'withdrawn_reason_ct', id });
/** @internal For `export-preparation.ts`. */
export const chunkPlace = (id: string, n: number) => ({
  table: 'export_chunks',
  column: 'data_ct',
  id: `${id}:${String(n)}`,
});

function open(row: Selectable<ExportRunsTable>): ExportRun {
  return {
    id: row.id,
    number: row.number,
    profileId: row.profile_id,
    profileName: row.profile_name,
    profileVersion: row.profile_version,
    replacementsVersion: row.replacements_version,
    scope: row.scope,
    fiscalYear: row.filter.fiscalYear,
    state: row.state,
    done: row.done,
    total: row.total,
    lines: row.lines,
    unchanged: row.unchanged,
    problemCount: row.problem_count,
    noteCount: row.note_count,
    basis: row.basis,
    sha256: row.sha256,
    size: row.size,
    fileName: row.file_name,
    failure: row.failure,
    createdBy: row.created_by,
    createdAt: row.created_at,
    preparedAt: row.prepared_at,
    madeBy: row.made_by,
    madeAt: row.made_at,
    confirmedBy: row.confirmed_by,
    confirmedAt: row.confirmed_at,
    withdrawnBy: row.withdrawn_by,
    withdrawnAt: row.withdrawn_at,
    erasedAt: row.erased_at,
  };
}

/** Begins a run: it has no number until its file is made. */
export async function createExportRun(
  db: Db,
  run: {
    profileId: string;
    profileName: string;
    profileVersion: number;
    replacementsVersion: number;
    scope: 'full' | 'changes';
    fiscalYear: number | null;
    createdBy: string;
  },
): Promise<ExportRun> {
  const row = await db
    .insertInto('export_runs')
    .values({
      id: randomUUID(),
      profile_id: run.profileId,
      profile_name: run.profileName,
      profile_version: run.profileVersion,
      replacements_version: run.replacementsVersion,
      scope: run.scope,
      filter: JSON.stringify({ fiscalYear: run.fiscalYear }),
      state: 'preparing',
      created_by: run.createdBy,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return open(row);
}

export async function exportRun(db: DbOrTransaction, id: string): Promise<ExportRun | undefined> {
  const row = await db.selectFrom('export_runs').selectAll().where('id', '=', id).executeTakeFirst();
  return row && open(row);
}

/** Runs, the newest first; those given up are left out. */
export async function listExportRuns(
  db: Db,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ runs: readonly ExportRun[]; total: number }> {
  const query = db.selectFrom('export_runs').where('state', '<>', 'discarded');
  const [rows, { total }] = await Promise.all([
    query.selectAll().orderBy('created_at', 'desc').orderBy('id').limit(limit).offset(offset).execute(),
    query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { runs: rows.map(open), total };
}

/** Runs of a profile whose file the ward has not spoken on yet: "only changes" does not know whether they count. */
export async function unconfirmedRuns(db: Db, profileId: string): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('export_runs')
    .select('number')
    .where('profile_id', '=', profileId)
    .where('state', '=', 'made')
    .orderBy('number')
    .execute();
  return rows.flatMap((row) => (row.number === null ? [] : [row.number]));
}

/** The protocol of a run; undefined before it is prepared and after it is erased. */
export async function exportReport(db: Db, keyring: Keyring, id: string): Promise<ExportReport | undefined> {
  const row = await db.selectFrom('export_runs').select('report_ct').where('id', '=', id).executeTakeFirst();
  return row?.report_ct ? (keyring.decryptJson(row.report_ct, reportPlace(id)) as ExportReport) : undefined;
}

/** Why a run was withdrawn. */
export async function withdrawalReason(db: Db, keyring: Keyring, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('export_runs')
    .select('withdrawn_reason_ct')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.withdrawn_reason_ct ? keyring.decryptText(row.withdrawn_reason_ct, reasonPlace(id)) : null;
}

/**
 * What the ward's system has, by record: the fingerprint of the newest confirmed file of the profile in which the record was
 * not rejected. A withdrawn file counts for nothing, so what was in it goes out again.
 */
export async function acceptedFingerprints(
  db: Db,
  profileId: string,
): Promise<{ basis: string; known: ReadonlyMap<string, string> }> {
  const rows = await db
    .selectFrom('export_records as record')
    .innerJoin('export_runs as run', 'run.id', 'record.run_id')
    .select(['record.record_key as key', 'record.fingerprint'])
    .distinctOn('record.record_key')
    .where('run.profile_id', '=', profileId)
    .where('run.state', '=', 'confirmed')
    .where('record.result', '<>', 'rejected')
    .orderBy('record.record_key')
    .orderBy('run.number', 'desc')
    .execute();
  return {
    basis: await basisOf(db, profileId),
    known: new Map(rows.map((row) => [row.key, row.fingerprint])),
  };
}

/** Changes whenever what "only changes" compares with does. */
export async function basisOf(db: DbOrTransaction, profileId: string): Promise<string> {
  const { basis } = await db
    .selectFrom('export_runs as run')
    .select(
      sql<string>`coalesce(string_agg(run.number || ':' || (
        select count(*) from export_records r where r.run_id = run.id and r.result = 'rejected'
      ), ',' order by run.number), '')`.as('basis'),
    )
    .where('run.profile_id', '=', profileId)
    .where('run.state', '=', 'confirmed')
    .executeTakeFirstOrThrow();
  return basis;
}

/** @throws {ExportStateError} where the run is not in one of these states any more */
export async function moveRun(
  db: DbOrTransaction,
  id: string,
  from: readonly RunState[],
  change: Partial<{
    state: RunState;
    number: number;
    file_name: string;
    made_by: string;
    made_at: Date;
    confirmed_by: string;
    confirmed_at: Date;
    withdrawn_by: string;
    withdrawn_at: Date;
    withdrawn_reason_ct: Buffer;
    failure: string;
    prepared_at: Date;
  }>,
): Promise<ExportRun> {
  const row = await db
    .updateTable('export_runs')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', from)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new ExportStateError(id);
  return open(row);
}

/** The sealed reason of a withdrawal, for {@link moveRun}. */
export function sealReason(keyring: Keyring, id: string, reason: string): Buffer {
  return keyring.encryptText(reason, reasonPlace(id));
}

/** The file's bytes, piece by piece: the same at every download. */
export async function* readExportBytes(db: Db, keyring: Keyring, id: string): AsyncGenerator<Buffer> {
  for (let n = 0; ; n += 1) {
    const row = await db
      .selectFrom('export_chunks')
      .select('data_ct')
      .where('run_id', '=', id)
      .where('n', '=', n)
      .executeTakeFirst();
    if (!row) return;
    yield keyring.decryptBytes(row.data_ct, chunkPlace(id, n));
  }
}

/** The next number of a file: without gaps, in the order in which files are made. */
export async function nextExportNumber(db: DbOrTransaction): Promise<number> {
  await sql`select pg_advisory_xact_lock(7301116)`.execute(db);
  const { number } = await db
    .selectFrom('export_runs')
    .select(({ fn }) => fn.max<number | null>('number').as('number'))
    .executeTakeFirstOrThrow();
  return (number ?? 0) + 1;
}
