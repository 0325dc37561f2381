/**
 * What kintone's REST API cannot make (people, groups, organisations, spaces, tokens, webhooks), and apps with records, from a
 * document. Applying the same seed again changes nothing.
 */
import { sql } from 'kysely';
import { ENDPOINTS } from './api/index.ts';
import { inTransaction } from './api/endpoint.ts';
import { checkDeployable, makeLive } from './apps/deploy.ts';
import { createApp } from './apps/preview.ts';
import { hashPassword, hashToken } from './auth.ts';
import type { Ctx, Principal, Services, TokenPermission } from './context.ts';
import type { Db } from './database.ts';
import type { Person } from './directory.ts';
import { ADMINISTRATOR } from './directory.ts';
import { KintoneError } from './errors.ts';
import { Params } from './params.ts';
import type { ReadSeed, Seed } from './seed-document.ts';
import { checkReferences, readSeed, SeedError } from './seed-document.ts';
import { sure } from './sure.ts';

export type { Seed } from './seed-document.ts';

/** Brings a seed into the database. The caller reads people, tokens and webhooks again afterwards. */
export async function applySeed(
  services: Services,
  document: Seed,
  reload: () => Promise<void>,
): Promise<void> {
  const seed = readSeed(document);
  checkReferences(seed, services.directory);
  const hashes = await Promise.all(
    seed.users.map(async (user) => (user.password === undefined ? null : hashPassword(user.password))),
  );
  await services.db.transaction().execute(async (trx) => {
    for (const [i, user] of seed.users.entries()) await saveUser(trx, user, hashes[i] ?? null);
    await savePlaces(trx, seed);
    await saveTokens(trx, seed);
  });
  await reload();
  for (const [i, app] of seed.apps.entries()) await saveApp(services, app, `apps[${i}]`);
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

async function saveApp(services: Services, app: ReadSeed['apps'][number], place: string): Promise<void> {
  const known = services.apps
    .all()
    .some((row) => (app.code !== '' && row.code === app.code) || row.preview.name === app.name);
  if (known) return;
  const space = app.space === undefined ? null : sure(services.directory.spaces.get(app.space));
  await inTransaction(systemContext(services, space?.isGuest ? space.id : null), async (ctx) => {
    const { id } = await createApp(
      ctx,
      app.name,
      space && { spaceId: space.id, threadId: space.threadId },
      app.code,
    );
    for (const [key, call, parameter] of STEPS) {
      const value = app[key];
      if (value === undefined) continue;
      const given = parameter === null ? (value as Record<string, unknown>) : { [parameter]: value };
      const where = (path: string): string =>
        `${place}.${key}${path === parameter ? '' : parameter !== null && path.startsWith(parameter) ? path.slice(parameter.length) : `.${path}`}`;
      await told(app.name, `${place}.${key}`, where, () =>
        sure(ENDPOINTS.get(call)).handle(ctx, new Params({ ...given, app: id })),
      );
    }
    await told(
      app.name,
      place,
      (path) => `${place}.${path}`,
      async () => {
        const row = await services.apps.lock(ctx.db, id);
        checkDeployable(services, row.preview);
        await makeLive(ctx.db, row, ADMINISTRATOR, ctx.now);
      },
    );
    await services.apps.refresh(ctx.db, id);
    for (let i = 0; i < app.records.length; i += RECORDS_AT_ONCE) {
      const records = app.records.slice(i, i + RECORDS_AT_ONCE);
      const where = (path: string): string =>
        `${place}.${path.replace(/^records\[(\d+)\]/, (_, n: string) => `records[${String(Number(n) + i)}]`)}`;
      await told(app.name, `${place}.records`, where, () =>
        sure(ENDPOINTS.get('POST records')).handle(
          { ...ctx, who: everything(services), inBulk: true },
          new Params({ app: id, records }),
        ),
      );
    }
  }).catch(async (error: unknown) => {
    // It may have been taken into memory before its records were refused.
    await services.apps.load(services.db);
    throw error;
  });
}

/** Records of a seed are there from the beginning, whoever the permissions are for. */
function everything(services: Services): Principal {
  const permissions = new Set<TokenPermission>(['view', 'add', 'edit', 'delete', 'manage']);
  return { kind: 'tokens', grants: services.apps.all().map(({ id }) => ({ appId: id, permissions })) };
}

/** Does a part of what makes an app; what kintone would refuse is told with its place in the seed. */
async function told(
  name: string,
  place: string,
  where: (path: string) => string,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof KintoneError)) throw error;
    const details = [...(error.fields ?? [])].map(
      ([path, list]) => `${where(path)}: ${list.map((text) => text.en).join(' ')}`,
    );
    throw new SeedError([
      `${place} of the app "${name}": ${error.text.en} (${error.code})`,
      ...details,
      'Correct it and start again. This app was not made; what stands before it in the seed is there.',
    ]);
  }
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
