/**
 * What kintone's REST API cannot make (people, groups, organisations, spaces, tokens, webhooks), and apps with records, from a
 * document. Applying the same seed again changes nothing.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import { ENDPOINTS } from './api/index.ts';
import { inTransaction } from './api/endpoint.ts';
import { makeLive } from './apps/deploy.ts';
import { createApp } from './apps/preview.ts';
import { hashPassword, hashToken } from './auth.ts';
import type { Ctx, Services } from './context.ts';
import type { Db } from './database.ts';
import type { Person } from './directory.ts';
import { ADMINISTRATOR } from './directory.ts';
import { Params } from './params.ts';
import { sure } from './sure.ts';

const json = z.record(z.string(), z.unknown());
const code = z.string().min(1).max(128);

const userSchema = z.strictObject({
  code,
  name: z.string().min(1),
  /** Nobody can sign in as a user without one. */
  password: z.string().min(1).optional(),
  isAdmin: z.boolean().default(false),
  active: z.boolean().default(true),
  email: z.string().default(''),
  language: z.enum(['auto', 'ja', 'en']).default('auto'),
  groups: z.array(code).default([]),
  organizations: z.array(code).default([]),
  primaryOrganization: code.optional(),
});

const appSchema = z.strictObject({
  name: z.string().min(1).max(64),
  code: z.string().max(64).default(''),
  space: z.int().optional(),
  /** `properties` of the call that adds fields. */
  fields: json.optional(),
  layout: z.array(z.unknown()).optional(),
  views: json.optional(),
  settings: json.optional(),
  /** `enable`, `states`, `actions`. */
  status: json.optional(),
  /** `rights` of the three calls. */
  appAcl: z.array(z.unknown()).optional(),
  recordAcl: z.array(z.unknown()).optional(),
  fieldAcl: z.array(z.unknown()).optional(),
  /** Records as they are sent to kintone; added when the app is made. */
  records: z.array(json).default([]),
});

const seedSchema = z.strictObject({
  users: z.array(userSchema).default([]),
  groups: z.array(z.strictObject({ code, name: z.string() })).default([]),
  organizations: z
    .array(z.strictObject({ code, name: z.string(), parent: code.nullable().default(null) }))
    .default([]),
  spaces: z
    .array(
      z.strictObject({
        id: z.int().min(1),
        name: z.string(),
        isGuest: z.boolean().default(false),
        threadId: z.int().optional(),
        members: z.array(code).default([]),
      }),
    )
    .default([]),
  /** Where given, they take the place of all tokens there were. */
  tokens: z
    .array(
      z.strictObject({
        /** The app's code, name or id. The token works once a live app of that kind exists. */
        app: z.string().min(1),
        token: z.string().min(8),
        permissions: z.array(z.enum(['view', 'add', 'edit', 'delete', 'manage'])).min(1),
        /** Made but not yet deployed: refused like an unknown one. */
        draft: z.boolean().default(false),
      }),
    )
    .optional(),
  /** Where given, they take the place of all webhooks there were. */
  webhooks: z
    .array(
      z.strictObject({
        app: z.string().min(1),
        url: z.url(),
        events: z.array(
          z.enum(['ADD_RECORD', 'UPDATE_RECORD', 'DELETE_RECORD', 'ADD_RECORD_COMMENT', 'UPDATE_STATUS']),
        ),
      }),
    )
    .optional(),
  apps: z.array(appSchema).default([]),
});

/** A seed as people write it. */
export type Seed = z.input<typeof seedSchema>;
type ReadSeed = z.output<typeof seedSchema>;

/** Reads a seed document; the error names what is wrong with it. */
export function readSeed(document: unknown): ReadSeed {
  const parsed = seedSchema.safeParse(document);
  if (!parsed.success) throw new Error(`The seed is not usable:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Brings a seed into the database. The caller reads people, tokens and webhooks again afterwards. */
export async function applySeed(
  services: Services,
  document: Seed,
  reload: () => Promise<void>,
): Promise<void> {
  const seed = readSeed(document);
  const hashes = await Promise.all(
    seed.users.map(async (user) => (user.password === undefined ? null : hashPassword(user.password))),
  );
  await services.db.transaction().execute(async (trx) => {
    for (const [i, user] of seed.users.entries()) await saveUser(trx, user, hashes[i] ?? null);
    await savePlaces(trx, seed);
    await saveTokens(trx, seed);
  });
  await reload();
  for (const app of seed.apps) await saveApp(services, app);
}

async function saveUser(db: Db, user: ReadSeed['users'][number], password: string | null): Promise<void> {
  const primary = user.primaryOrganization ?? user.organizations[0] ?? null;
  await sql`insert into person
      (code, name, password, email, is_admin, active, language, primary_organization, organizations, groups)
    values (${user.code}, ${user.name}, ${password}, ${user.email}, ${user.isAdmin}, ${user.active}, ${user.language},
      ${primary}, ${user.organizations}::text[], ${user.groups}::text[])
    on conflict (code) do update set name = excluded.name, password = coalesce(excluded.password, person.password),
      email = excluded.email, is_admin = excluded.is_admin, active = excluded.active, language = excluded.language,
      primary_organization = excluded.primary_organization, organizations = excluded.organizations,
      groups = excluded.groups`.execute(db);
}

async function savePlaces(db: Db, seed: ReadSeed): Promise<void> {
  for (const group of seed.groups) {
    await sql`insert into user_group (code, name) values (${group.code}, ${group.name})
      on conflict (code) do update set name = excluded.name`.execute(db);
  }
  for (const { code: organization, name, parent } of seed.organizations) {
    await sql`insert into organization (code, name, parent) values (${organization}, ${name}, ${parent})
      on conflict (code) do update set name = excluded.name, parent = excluded.parent`.execute(db);
  }
  for (const space of seed.spaces) {
    await sql`insert into space (id, name, is_guest, thread_id, members)
      values (${space.id}, ${space.name}, ${space.isGuest}, ${space.threadId ?? space.id}, ${space.members}::text[])
      on conflict (id) do update set name = excluded.name, is_guest = excluded.is_guest,
        thread_id = excluded.thread_id, members = excluded.members`.execute(db);
  }
}

async function saveTokens(db: Db, seed: ReadSeed): Promise<void> {
  if (seed.tokens) await sql`delete from api_token`.execute(db);
  for (const { app, token, permissions, draft } of seed.tokens ?? []) {
    await sql`insert into api_token (token_hash, app_ref, permissions, draft)
      values (${hashToken(token)}, ${app}, ${permissions}::text[], ${draft})`.execute(db);
  }
  if (seed.webhooks) await sql`delete from webhook`.execute(db);
  for (const { app, url, events } of seed.webhooks ?? []) {
    await sql`insert into webhook (app_ref, url, events) values (${app}, ${url}, ${events}::text[])
      on conflict (app_ref, url) do update set events = excluded.events`.execute(db);
  }
}

/** The settings of a seeded app go through the calls that a client would make. */
const STEPS: [
  key: 'fields' | 'layout' | 'views' | 'settings' | 'status' | 'appAcl' | 'recordAcl' | 'fieldAcl',
  call: string,
  parameter: string | null,
][] = [
  ['fields', 'POST preview/app/form/fields', 'properties'],
  ['layout', 'PUT preview/app/form/layout', 'layout'],
  ['views', 'PUT preview/app/views', 'views'],
  ['settings', 'PUT preview/app/settings', null],
  ['status', 'PUT preview/app/status', null],
  ['appAcl', 'PUT preview/app/acl', 'rights'],
  ['recordAcl', 'PUT preview/record/acl', 'rights'],
  ['fieldAcl', 'PUT preview/field/acl', 'rights'],
];
const RECORDS_AT_ONCE = 100;

async function saveApp(services: Services, app: ReadSeed['apps'][number]): Promise<void> {
  const known = services.apps
    .all()
    .some((row) => (app.code !== '' && row.code === app.code) || row.preview.name === app.name);
  if (known) return;
  const space = app.space === undefined ? null : services.directory.spaces.get(app.space);
  if (space === undefined) throw new Error(`The seed has no space ${String(app.space)}`);
  await inTransaction(systemContext(services, space?.isGuest ? space.id : null), async (ctx) => {
    const place = space && { spaceId: space.id, threadId: space.threadId };
    const { id } = await createApp(ctx, app.name, place, app.code);
    for (const [key, call, parameter] of STEPS) {
      const value = app[key];
      if (value === undefined) continue;
      const given = parameter === null ? (value as Record<string, unknown>) : { [parameter]: value };
      await sure(ENDPOINTS.get(call)).handle(ctx, new Params({ ...given, app: id }));
    }
    await makeLive(ctx.db, await services.apps.lock(ctx.db, id), ADMINISTRATOR, ctx.now);
    await services.apps.refresh(ctx.db, id);
    for (let i = 0; i < app.records.length; i += RECORDS_AT_ONCE) {
      const records = app.records.slice(i, i + RECORDS_AT_ONCE);
      await sure(ENDPOINTS.get('POST records')).handle(
        { ...ctx, inBulk: true },
        new Params({ app: id, records }),
      );
    }
  });
}

/** The server itself, as the administrator that made the app. */
function systemContext(services: Services, guestSpaceId: number | null): Ctx {
  const person: Person = {
    code: ADMINISTRATOR,
    name: ADMINISTRATOR,
    email: '',
    isAdmin: true,
    active: true,
    language: 'auto',
    primaryOrganization: null,
    organizations: [],
    groups: [],
    password: null,
  };
  return {
    services,
    db: services.db,
    who: { kind: 'user', person },
    language: services.defaultLanguage,
    guestSpaceId,
    now: services.clock(),
    inBulk: false,
    afterCommit: [],
  };
}
