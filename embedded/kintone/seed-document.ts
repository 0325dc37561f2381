/** The seed document: what it may hold, and what is wrong with one, told with its place and what to do. */
import { z } from 'zod';
import type { Directory } from './directory.ts';
import { EVERYONE } from './directory.ts';

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
        token: z.string().min(1),
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
export type ReadSeed = z.output<typeof seedSchema>;

/** What is wrong with a seed, a line each. */
export class SeedError extends Error {
  override readonly name = 'SeedError';

  constructor(problems: readonly string[]) {
    super(`The seed cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`);
  }
}

/** Reads a seed document. @throws {SeedError} naming each place that is not as the README describes it */
export function readSeed(document: unknown): ReadSeed {
  const parsed = seedSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new SeedError(
    parsed.error.issues.map(({ path, message }) => `${placeOf(path) || 'the whole document'}: ${message}`),
  );
}

/** `users[0].name` */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) =>
      typeof part === 'number' ? `[${String(part)}]` : `${i === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}

const MAX_WEBHOOKS = 10;

/**
 * Checks that what a seed refers to is there: in the seed itself, or from an earlier one (`directory`).
 * @throws {SeedError}
 */
export function checkReferences(seed: ReadSeed, directory: Directory): void {
  const problems: string[] = [];
  const known = {
    users: new Set([...directory.people.keys(), ...seed.users.map(({ code: user }) => user)]),
    groups: new Set([EVERYONE, ...directory.groups.keys(), ...seed.groups.map(({ code: group }) => group)]),
    organizations: new Set([
      ...directory.organizations.keys(),
      ...seed.organizations.map(({ code: organization }) => organization),
    ]),
    spaces: new Set([...directory.spaces.keys(), ...seed.spaces.map(({ id }) => id)].map(String)),
  };
  const demand = (list: keyof typeof known, wanted: string, place: string): void => {
    if (known[list].has(wanted)) return;
    problems.push(
      `${place}: "${wanted}" is not among the ${list}. Add it to "${list}", or take it away here.`,
    );
  };
  seed.users.forEach((user, i) => {
    user.groups.forEach((group, j) => demand('groups', group, `users[${i}].groups[${j}]`));
    user.organizations.forEach((one, j) => demand('organizations', one, `users[${i}].organizations[${j}]`));
    const { primaryOrganization: primary } = user;
    if (primary !== undefined && !user.organizations.includes(primary))
      problems.push(
        `users[${i}].primaryOrganization: add "${primary}" to the user's "organizations" as well.`,
      );
  });
  const parents = new Map(seed.organizations.map(({ code: one, parent }) => [one, parent]));
  seed.organizations.forEach(({ code: one, parent }, i) => {
    const place = `organizations[${i}].parent`;
    if (parent === null) return;
    demand('organizations', parent, place);
    const above = new Set<string>();
    for (let at = parents.get(one) ?? null; at !== null && !above.has(at); at = parents.get(at) ?? null)
      above.add(at);
    if (above.has(one))
      problems.push(`${place}: "${one}" would lie below itself. Give it another parent, or null.`);
  });
  seed.spaces.forEach((space, i) =>
    space.members.forEach((member, j) => demand('users', member, `spaces[${i}].members[${j}]`)),
  );
  seed.apps.forEach(({ space }, i) => {
    if (space !== undefined) demand('spaces', String(space), `apps[${i}].space`);
  });
  const once = (list: string, name: string, values: readonly (string | number)[]): void =>
    values.forEach((value, i) => {
      if (value !== '' && values.indexOf(value) < i)
        problems.push(
          `${list}[${i}].${name}: the same as that of ${list}[${values.indexOf(value)}]. Give it another.`,
        );
    });
  once(
    'users',
    'code',
    seed.users.map((user) => user.code),
  );
  once(
    'groups',
    'code',
    seed.groups.map((group) => group.code),
  );
  once(
    'organizations',
    'code',
    seed.organizations.map((organization) => organization.code),
  );
  once(
    'spaces',
    'id',
    seed.spaces.map(({ id }) => id),
  );
  once(
    'apps',
    'name',
    seed.apps.map(({ name }) => name),
  );
  once(
    'apps',
    'code',
    seed.apps.map((app) => app.code),
  );
  once(
    'tokens',
    'token',
    (seed.tokens ?? []).map(({ token }) => token),
  );
  const hooks = new Map<string, number>();
  (seed.webhooks ?? []).forEach(({ app }, i) => {
    hooks.set(app, (hooks.get(app) ?? 0) + 1);
    if (hooks.get(app) === MAX_WEBHOOKS + 1)
      problems.push(
        `webhooks[${i}]: kintone has at most ${MAX_WEBHOOKS} for an app. Take some of "${app}" away.`,
      );
  });
  if (problems.length > 0) throw new SeedError(problems);
}
