/** Bytes of files, in the database in pieces: uploads wait there for a record that attaches them. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { openApp } from './acl/app.ts';
import { fieldAccess } from './acl/field.ts';
import type { App } from './apps/model.ts';
import type { Ctx } from './context.ts';
import type { Db } from './database.ts';
import { rows, only } from './database.ts';
import { errors } from './errors.ts';
import { readRecord } from './records/read.ts';

const PIECE = 1024 * 1024;
/** Uploads that no record attached go after three days. */
const WAITING_MS = 3 * 24 * 60 * 60 * 1000;

/** Stores an upload; gives back the key by which a record can attach it. */
export async function storeUpload(
  db: Db,
  upload: { name: string; contentType: string; bytes: AsyncIterable<Buffer> },
  now: Date,
): Promise<string> {
  const key = randomUUID();
  await db.transaction().execute(async (trx) => {
    const { id } = only(await rows<{ id: string }>(trx, sql`select nextval('blob_seq') as id`));
    let n = 0;
    let size = 0;
    const save = async (piece: Buffer): Promise<void> => {
      await sql`insert into blob_chunk (blob_id, n, bytes) values (${id}, ${n}, ${piece})`.execute(trx);
      n += 1;
      size += piece.length;
    };
    let waiting: Buffer[] = [];
    let length = 0;
    for await (const bytes of upload.bytes) {
      waiting.push(bytes);
      length += bytes.length;
      if (length >= PIECE) {
        await save(Buffer.concat(waiting));
        waiting = [];
        length = 0;
      }
    }
    if (length > 0) await save(Buffer.concat(waiting));
    await sql`insert into file (key, blob_id, name, content_type, size, uploaded_at)
      values (${key}, ${id}, ${upload.name}, ${upload.contentType}, ${size}, ${now})`.execute(trx);
  });
  return key;
}

export interface Download {
  name: string;
  contentType: string;
  size: number;
  bytes: Readable;
}

/** A file of a record that the sender may see. Keys of uploads do not open anything. */
export async function openDownload(ctx: Ctx, key: string): Promise<Download> {
  const [file] = await rows<{
    blobId: string;
    name: string;
    contentType: string;
    size: string;
    appId: number;
    recordId: string | null;
    fieldId: number;
  }>(
    ctx.db,
    sql`select blob_id as "blobId", name, content_type as "contentType", size, app_id as "appId",
      record_id as "recordId", field_id as "fieldId" from file where key = ${key} and app_id is not null`,
  );
  if (!file) throw errors.noFile(key);
  const app = openApp(ctx, file.appId, 'view');
  // What an app's settings name is of no record: whoever sees the app gets it.
  if (file.recordId !== null) await demandField(ctx, app, file.recordId, file.fieldId, key);
  return {
    name: file.name,
    contentType: file.contentType,
    size: Number(file.size),
    bytes: Readable.from(pieces(ctx.services.db, file.blobId)),
  };
}

/** Refuses who may not see the field of the record that a file lies in. */
async function demandField(
  ctx: Ctx,
  app: App,
  recordId: string,
  fieldId: number,
  key: string,
): Promise<void> {
  const row = await readRecord(ctx, app, Number(recordId));
  const holder = Object.values(app.config.fields).find(
    (field) =>
      field.fid === fieldId || Object.values(field.fields ?? {}).some((cell) => cell.fid === fieldId),
  );
  if (!holder) throw errors.noFile(key);
  if (fieldAccess(ctx, app, holder.code, row) === 'NONE') throw errors.forbidden();
}

async function* pieces(db: Db, blobId: string): AsyncGenerator<Buffer> {
  for (let n = 0; ; n += 1) {
    const [piece] = await rows<{ bytes: Buffer }>(
      db,
      sql`select bytes from blob_chunk where blob_id = ${blobId} and n = ${n}`,
    );
    if (!piece) return;
    yield piece.bytes;
  }
}

/** Removes uploads that waited too long. */
export async function removeStaleUploads(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - WAITING_MS);
  await sql`with gone as (delete from file where app_id is null and uploaded_at < ${before} returning blob_id)
    delete from blob_chunk where blob_id in (select blob_id from gone)`.execute(db);
}
