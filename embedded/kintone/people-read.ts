/** The reads of Cybozu's User API: users, and who is in which group and organisation. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Directory, Organization, Person } from './directory.ts';
import { EVERYONE } from './directory.ts';
import { errors } from './errors.ts';
import type { Json, Params } from './params.ts';

const MAX = 100;

/** A code's id, as kintone has one: a number that stays the same while nothing is added before it. */
export const idOf = (place: number): string => String(place + 1);

/** What the reads need of a request. */
export interface Reading {
  directory: Directory;
  /** Refuses who is no user. */
  user: (request: FastifyRequest) => Promise<Person>;
  query: (request: FastifyRequest) => Params;
}

function answerUser(person: Person, place: number, directory: Directory): Json {
  const primary = [...directory.organizations.keys()].indexOf(person.primaryOrganization ?? '');
  const empty = ['surName', 'givenName', 'surNameReading', 'givenNameReading', 'localName', 'description'];
  const more = ['phone', 'mobilePhone', 'extensionNumber', 'callto', 'url', 'employeeNumber'];
  return {
    id: idOf(place),
    code: person.code,
    valid: person.active,
    name: person.name,
    ...Object.fromEntries([...empty, ...more].map((name) => [name, ''])),
    localNameLocale: 'ja',
    timezone: 'Asia/Tokyo',
    locale: person.language,
    email: person.email,
    birthDate: null,
    joinDate: null,
    primaryOrganization: primary < 0 ? null : idOf(primary),
    sortOrder: null,
    customItemValues: [],
  };
}

/** An organisation as it is answered with. */
export function answerOrganization(organization: Organization, place: number): Json {
  return {
    id: idOf(place),
    code: organization.code,
    name: organization.name,
    localName: '',
    localNameLocale: 'ja',
    parentCode: organization.parent,
    description: '',
  };
}

/** A page of a list: `offset` and `size` (at most 100). */
export function pageOf<T>(params: Params, list: readonly T[]): readonly T[] {
  const offset = params.optionalInteger('offset', 0) ?? 0;
  return list.slice(offset, offset + (params.optionalInteger('size', 1, MAX) ?? MAX));
}

/** Only what is asked for by `ids` or `codes`, where any is. */
export function asked<T extends Json>(params: Params, list: readonly T[]): readonly T[] {
  const ids = params.optionalStrings('ids', MAX);
  const codes = params.optionalStrings('codes', MAX);
  return list.filter(
    (item) => (!ids || ids.includes(String(item['id']))) && (!codes || codes.includes(String(item['code']))),
  );
}

/** Registers the calls. */
export function registerPeopleReads(server: FastifyInstance, { directory, user, query }: Reading): void {
  const users = (): { person: Person; answer: Json }[] =>
    [...directory.people.values()].map((person, i) => ({ person, answer: answerUser(person, i, directory) }));

  server.get('/v1/users.json', async (request) => {
    await user(request);
    const params = query(request);
    return {
      users: pageOf(
        params,
        asked(
          params,
          users().map(({ answer }) => answer),
        ),
      ),
    };
  });

  server.get('/v1/user/organizations.json', async (request) => {
    await user(request);
    const person = directory.people.get(query(request).string('code'));
    if (!person) throw errors.forbidden();
    const all = [...directory.organizations.values()];
    return {
      organizationTitles: all.flatMap((organization, i) =>
        person.organizations.includes(organization.code)
          ? [{ organization: answerOrganization(organization, i), title: null }]
          : [],
      ),
    };
  });

  server.get('/v1/group/users.json', async (request) => {
    await user(request);
    const params = query(request);
    const code = params.string('code');
    if (!directory.hasGroup(code)) throw errors.noGroup(code);
    const members = users().filter(({ person }) => code === EVERYONE || person.groups.includes(code));
    return {
      users: pageOf(
        params,
        members.map(({ answer }) => answer),
      ),
    };
  });

  server.get('/v1/organization/users.json', async (request) => {
    await user(request);
    const params = query(request);
    const code = params.string('code');
    if (!directory.organizations.has(code)) throw errors.noOrganization(code);
    const members = users().filter(({ person }) => person.organizations.includes(code));
    return {
      userTitles: pageOf(
        params,
        members.map(({ answer }) => ({ user: answer, title: null })),
      ),
    };
  });
}
