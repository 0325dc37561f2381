import type { ApplicationEvent } from '../domain/application/events.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import { acceptedSourceOf } from './events.ts';
import type { VersionKind } from './schema.ts';

/**
 * What a version says. `filed`: all answers. `answer` and `correction`: only what changed, `null` for what was cleared, so
 * that two changes made at the same time do not undo one another; `before` has the former values, for the record.
 */
export interface VersionContent {
  answers: Answers;
  before?: Answers;
}

export interface NewChange {
  applicationId: string;
  /** The answer's or correction's id, as the action and its event name it. */
  sourceId: string;
  kind: 'answer' | 'correction';
  changes: Answers;
  before: Answers;
  by: string;
  at: string;
  /** Files that come with it, uploaded by `by`. */
  fileIds: readonly string[];
}

/** Files that somebody wants to hand in and that are not theirs, not complete, or already handed in. */
export class FilesNotAvailableError extends Error {
  readonly fileIds: readonly string[];
  constructor(fileIds: readonly string[]) {
    super(`files not available: ${fileIds.join(', ')}`);
    this.name = 'FilesNotAvailableError';
    this.fileIds = fileIds;
  }
}

const place = (sourceId: string) => ({ table: 'application_versions', column: 'answers_ct', id: sourceId });

/** @internal A row of `application_versions`; for `receiveSubmission` and {@link addChange}. */
export function versionRow(
  keyring: Keyring,
  row: {
    applicationId: string;
    sourceId: string;
    kind: VersionKind;
    version: number | null;
    content: VersionContent;
    by: string | null;
    at: string;
  },
) {
  return {
    application_id: row.applicationId,
    version: row.version,
    source_id: row.sourceId,
    kind: row.kind,
    answers_ct: keyring.encryptJson(row.content, place(row.sourceId)),
    at: row.at,
    by_id: row.by,
  };
}

/**
 * Ties uploaded files to an application.
 * @throws {FilesNotAvailableError}
 */
export async function attachFiles(
  db: DbOrTransaction,
  to: { applicationId: string; sourceId: string; version: number | null; ownerId: string },
  fileIds: readonly string[],
): Promise<void> {
  if (fileIds.length === 0) return;
  const taken = await db
    .updateTable('files')
    .set({ application_id: to.applicationId, source_id: to.sourceId, version: to.version })
    .where('id', 'in', fileIds)
    .where('account_id', '=', to.ownerId)
    .where('complete', '=', true)
    .where('source_id', 'is', null)
    .returning('id')
    .execute();
  const missing = fileIds.filter((id) => !taken.some((row) => row.id === id));
  if (missing.length > 0) throw new FilesNotAvailableError(missing);
}

/**
 * Writes a change of data with its files, in one transaction, before the action is sent to the workflow. It counts only once
 * an event has accepted it. The same `sourceId` again changes nothing.
 * @throws {FilesNotAvailableError}
 */
export async function addChange(db: Db, keyring: Keyring, change: NewChange): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('application_versions')
      .select('source_id')
      .where('source_id', '=', change.sourceId)
      .executeTakeFirst();
    if (known) return;
    const content = { answers: change.changes, before: change.before };
    const row = versionRow(keyring, { ...change, version: null, content });
    await trx.insertInto('application_versions').values(row).execute();
    await attachFiles(trx, { ...change, version: null, ownerId: change.by }, change.fileIds);
  });
}

/** Takes back a change that the workflow refused; its files can be handed in again. Accepted changes stay. */
export async function discardChange(db: Db, sourceId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const open = trx
      .selectFrom('application_versions')
      .select('source_id')
      .where('source_id', '=', sourceId)
      .where('version', 'is', null);
    await trx
      .updateTable('files')
      .set({ source_id: null, application_id: null })
      .where('source_id', 'in', open)
      .execute();
    await trx
      .deleteFrom('application_versions')
      .where('source_id', '=', sourceId)
      .where('version', 'is', null)
      .execute();
  });
}

/** Takes back the changes that nothing has accepted since `before`. @returns how many */
export async function dropUnacceptedChanges(db: Db, before: Date): Promise<number> {
  const rows = await db
    .selectFrom('application_versions')
    .select('source_id')
    .where('version', 'is', null)
    .where('at', '<', before.toISOString())
    .execute();
  for (const { source_id: sourceId } of rows) await discardChange(db, sourceId);
  return rows.length;
}

/**
 * Numbers the changes that these events accept. `dataVersion` is the newest number after the events, so that a repetition
 * gives the same numbers.
 */
export async function acceptChanges(
  db: DbOrTransaction,
  applicationId: string,
  events: readonly ApplicationEvent[],
  dataVersion: number,
): Promise<void> {
  const sources = events.map(acceptedSourceOf).filter((id) => id !== undefined);
  for (const [index, sourceId] of sources.entries()) {
    const version = dataVersion - (sources.length - 1 - index);
    await db
      .updateTable('application_versions')
      .set({ version })
      .where('source_id', '=', sourceId)
      .where('application_id', '=', applicationId)
      .where('version', 'is', null)
      .execute();
    await db
      .updateTable('files')
      .set({ version })
      .where('source_id', '=', sourceId)
      .where('version', 'is', null)
      .execute();
  }
}

export interface WaitingVersion {
  version: number;
  sourceId: string;
  kind: VersionKind;
  at: string;
  by: string | null;
  content: VersionContent;
}

/** A version that counts; without its content once kintone has it. */
export type AcceptedVersion = Omit<WaitingVersion, 'content'> & { content?: VersionContent };

/** All accepted versions of an application, oldest first. */
export async function acceptedVersions(
  db: DbOrTransaction,
  keyring: Keyring,
  applicationId: string,
): Promise<readonly AcceptedVersion[]> {
  const rows = await db
    .selectFrom('application_versions')
    .select(['version', 'source_id', 'kind', 'at', 'by_id', 'answers_ct'])
    .where('application_id', '=', applicationId)
    .where('version', 'is not', null)
    .orderBy('version')
    .execute();
  return rows.map(({ version, source_id: sourceId, kind, at, by_id: by, answers_ct: sealed }) => ({
    version: version ?? 0,
    sourceId,
    kind,
    at,
    by,
    ...(sealed ? { content: keyring.decryptJson(sealed, place(sourceId)) as VersionContent } : {}),
  }));
}

/** Those of them that kintone does not have yet. */
export function stillWaiting(versions: readonly AcceptedVersion[]): readonly WaitingVersion[] {
  return versions.flatMap(({ content, ...version }) => (content ? [{ ...version, content }] : []));
}

/** The accepted versions that kintone does not have yet, oldest first. */
export async function waitingVersions(
  db: DbOrTransaction,
  keyring: Keyring,
  applicationId: string,
): Promise<readonly WaitingVersion[]> {
  return (await waitingVersionsOf(db, keyring, [applicationId])).get(applicationId) ?? [];
}

/** The same of several applications, by id; those without any are left out. */
export async function waitingVersionsOf(
  db: DbOrTransaction,
  keyring: Keyring,
  applicationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly WaitingVersion[]>> {
  const found = new Map<string, WaitingVersion[]>();
  if (applicationIds.length === 0) return found;
  const rows = await db
    .selectFrom('application_versions')
    .select(['application_id', 'version', 'source_id', 'kind', 'at', 'by_id', 'answers_ct'])
    .where('application_id', 'in', applicationIds)
    .where('version', 'is not', null)
    .where('answers_ct', 'is not', null)
    .orderBy('version')
    .execute();
  for (const row of rows) {
    if (row.version === null || row.answers_ct === null) continue;
    const versions = found.get(row.application_id) ?? [];
    found.set(row.application_id, versions);
    versions.push({
      version: row.version,
      sourceId: row.source_id,
      kind: row.kind,
      at: row.at,
      by: row.by_id,
      content: keyring.decryptJson(row.answers_ct, place(row.source_id)) as VersionContent,
    });
  }
  return found;
}

/** Kintone has these versions: their copies here are erased. */
export async function eraseCarriedVersions(db: DbOrTransaction, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  await db
    .updateTable('application_versions')
    .set({ answers_ct: null, carried_at: new Date() })
    .where('source_id', 'in', sourceIds)
    .where('carried_at', 'is', null)
    .execute();
}

/** The answers after changes: the changed fields replace the former ones, `null` clears. */
export function applyChanges(base: Answers, versions: readonly { content: VersionContent }[]): Answers {
  const answers: Record<string, Answers[string]> = { ...base };
  for (const { content } of versions) {
    for (const [code, value] of Object.entries(content.answers)) {
      if (value === null || value === undefined) Reflect.deleteProperty(answers, code);
      else answers[code] = value;
    }
  }
  return answers;
}
