/** Uploaded files become part of a record: the waiting file gets the record's own key, and files no longer named go. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { App, FieldDef } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { rows } from '../database.ts';
import { errors } from '../errors.ts';
import type { Draft } from './draft.ts';
import type { Doc, StoredFile, StoredRow } from './model.ts';
import { docKey } from './model.ts';

interface FileList {
  field: FieldDef;
  files: StoredFile[];
  replace: (files: StoredFile[]) => void;
}

/** Attaches the files that a draft names. The draft's id has to be known. */
export async function attachFiles(ctx: Ctx, app: App, draft: Draft): Promise<void> {
  const lists = fileLists(app, draft.after.data);
  if (lists.length === 0) return;
  const old = draft.before ? fileLists(app, draft.before.data).flatMap((list) => list.files) : [];
  const kept = new Map(old.map((file) => [file.fileKey, file]));
  for (const list of lists) {
    const attached: StoredFile[] = [];
    for (const file of list.files) {
      attached.push(kept.get(file.fileKey) ?? (await attach(ctx, app, draft, list.field, file.fileKey)));
    }
    list.replace(attached);
  }
  const now = new Set(fileLists(app, draft.after.data).flatMap((list) => list.files.map((f) => f.fileKey)));
  await removeFiles(
    ctx,
    old.map((file) => file.fileKey).filter((key) => !now.has(key)),
  );
}

async function attach(
  ctx: Ctx,
  app: App,
  draft: Draft,
  field: FieldDef,
  uploadKey: string,
): Promise<StoredFile> {
  const stamp = ctx.now.toISOString().replace(/\D/g, '').slice(0, 17);
  const key = `${stamp}${randomBytes(16).toString('hex').toUpperCase()}`;
  const [file] = await rows<{ name: string; contentType: string; size: string }>(
    ctx.db,
    sql`update file set key = ${key}, app_id = ${app.id}, record_id = ${draft.after.id}, field_id = ${field.fid}
      where key = ${uploadKey} and app_id is null
      returning name, content_type as "contentType", size::text as size`,
  );
  if (!file) throw errors.noFile(uploadKey);
  return { fileKey: key, ...file };
}

/** Deletes files by their keys, contents included. */
export async function removeFiles(ctx: Ctx, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`with gone as (delete from file where key = any(${keys}::text[]) returning blob_id)
    delete from blob_chunk where blob_id in (select blob_id from gone)`.execute(ctx.db);
}

/** Deletes all files of records. */
export async function removeRecordFiles(ctx: Ctx, appId: number, ids: number[]): Promise<void> {
  await sql`with gone as (delete from file where app_id = ${appId} and record_id = any(${ids}::bigint[]) returning blob_id)
    delete from blob_chunk where blob_id in (select blob_id from gone)`.execute(ctx.db);
}

function fileLists(app: App, doc: Doc): FileList[] {
  return Object.values(app.config.fields).flatMap((field) => {
    if (field.type === 'FILE') return [fileList(doc, field)];
    const inner = Object.values(field.fields ?? {}).filter((cell) => cell.type === 'FILE');
    if (inner.length === 0) return [];
    const tableRows = (doc[docKey(field)] ?? []) as StoredRow[];
    return tableRows.flatMap((row) => inner.map((cell) => fileList(row.v, cell)));
  });
}

function fileList(doc: Doc, field: FieldDef): FileList {
  const key = docKey(field);
  return {
    field,
    files: (doc[key] ?? []) as StoredFile[],
    replace: (files) => {
      doc[key] = files;
    },
  };
}
