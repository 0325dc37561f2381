/**
 * The stand-in's own PostgreSQL schema: tables every app shares, and one table of records an app
 * (so that each app has its own statistics and its own indexes on fields).
 */
import pg from 'pg';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { preparingPool } from '../../store/prepared.ts';

/** The handle all queries go through: the pool, or a transaction of it. */
export type Db = Kysely<unknown>;

const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,40}$/;

/** A pool on the given database; `schema` becomes the search path of every connection. */
export function openDatabase(databaseUrl: string, schema: string, poolSize: number): Db {
  if (!SCHEMA_NAME.test(schema)) throw new Error(`Not a schema name: ${schema}`);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: poolSize,
    // Short queries on data that fits into memory: neither compiled nor parallel plans pay. Pages cost little, and taking
    // a field out of a document more than the planner thinks, so that it prefers to look at few records.
    options:
      `-c search_path=${schema} -c timezone=UTC -c jit=off -c max_parallel_workers_per_gather=0 ` +
      '-c seq_page_cost=0.1 -c random_page_cost=0.1 -c cpu_operator_cost=0.015',
    application_name: 'embedded-kintone',
  });
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool: preparingPool(pool) }) });
}

const TABLES = `
create table if not exists app (
  id integer generated always as identity primary key,
  code text not null default '',
  space_id integer, thread_id integer,
  creator text not null, created_at timestamptz not null default now(),
  modifier text not null, modified_at timestamptz not null default now(),
  live json, live_revision integer,
  preview json not null, preview_revision integer not null,
  deploy_status text not null default 'SUCCESS', deploy_by text,
  next_field_id integer not null default 1
);
create table if not exists person (
  code text primary key, name text not null, password text, email text not null default '',
  is_admin boolean not null default false, active boolean not null default true, language text not null default 'auto',
  primary_organization text, organizations text[] not null default '{}', groups text[] not null default '{}'
);
create table if not exists user_group (code text primary key, name text not null);
create table if not exists organization (code text primary key, name text not null, parent text);
create table if not exists space (
  id integer primary key, name text not null, is_guest boolean not null default false,
  thread_id integer not null, members text[] not null default '{}'
);
create table if not exists api_token (
  token_hash text primary key, app_ref text not null, permissions text[] not null, draft boolean not null default false
);
create table if not exists webhook (
  id integer generated always as identity primary key,
  app_ref text not null, url text not null, events text[] not null, unique (app_ref, url)
);
create table if not exists record_history (
  app_id integer not null, record_id bigint not null, revision integer not null,
  at timestamptz not null, by text not null, operation text not null,
  data jsonb not null, status text, assignees text[] not null default '{}',
  primary key (app_id, record_id, revision)
);
create table if not exists record_comment (
  app_id integer not null, record_id bigint not null, id integer not null,
  text text not null, at timestamptz not null, by text not null, mentions jsonb not null,
  primary key (app_id, record_id, id)
);
create table if not exists file (
  key text primary key, blob_id bigint not null, name text not null, content_type text not null, size bigint not null,
  uploaded_at timestamptz not null default now(), app_id integer, record_id bigint, field_id integer
);
create index if not exists file_of_record on file (app_id, record_id) where app_id is not null;
create index if not exists file_waiting on file (uploaded_at) where app_id is null;
create table if not exists blob_chunk (blob_id bigint not null, n integer not null, bytes bytea not null, primary key (blob_id, n));
create sequence if not exists blob_seq;
create sequence if not exists row_seq;
create table if not exists cursor (
  id text primary key, app_id integer not null, owner text not null, size integer not null, fields jsonb not null,
  ids bigint[] not null, position integer not null default 0, expires_at timestamptz not null
);
`;

/** Creates what is missing; safe to run at each start. */
export async function createSchema(db: Db, schema: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`embedded-kintone/${schema}`}))`.execute(trx);
    await sql`create schema if not exists ${sql.id(schema)}`.execute(trx);
    for (const statement of TABLES.split(';')) {
      if (statement.trim()) await sql.raw(statement).execute(trx);
    }
  });
}

/** The table of an app's records. */
export function recordTable(appId: number): RawBuilder<unknown> {
  return sql.raw(`record_${String(appId)}`);
}

/**
 * Creates an app's table of records and its sequence of record ids. Documents stay in the row as they are up to a page: to look at one
 * field of a compressed one, all of it would have to be unpacked.
 */
export async function createRecordTable(db: Db, appId: number): Promise<void> {
  const n = String(appId);
  await sql
    .raw(
      `create table if not exists record_${n} (
        id bigint primary key, revision integer not null,
        created_at timestamptz not null, created_by text not null,
        updated_at timestamptz not null, updated_by text not null,
        status text, assignees text[] not null default '{}', data jsonb not null
      ) with (toast_tuple_target = 8160)`,
    )
    .execute(db);
  await sql.raw(`create index if not exists record_${n}_updated on record_${n} (updated_at)`).execute(db);
  await sql.raw(`create sequence if not exists record_${n}_seq`).execute(db);
}

/** The one row of a query that gives exactly one. */
export function only<T>(found: readonly T[]): T {
  const [row] = found;
  if (row === undefined) throw new Error('A query that has to give a row gave none.');
  return row;
}

/** Rows of a query, typed by the caller. */
export async function rows<T>(db: Db, query: RawBuilder<unknown>): Promise<T[]> {
  const result = await query.execute(db);
  return result.rows as T[];
}

/** Whether an error is PostgreSQL's with one of the given SQLSTATEs. */
export function isSqlState(error: unknown, ...states: string[]): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && states.includes(code);
}

/** Thrown by a transaction that saw the world change under it; treated like PostgreSQL's own serialization failure. */
export class LostRace extends Error {
  readonly code = '40001';
}
