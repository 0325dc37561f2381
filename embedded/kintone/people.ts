/**
 * The part of Cybozu's User API (`/v1/…`, common to all of a domain's services) that setting up groups and organisations needs:
 * reading people, listing and adding groups and organisations. Adding is for administrators.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Authenticator } from './auth.ts';
import type { Services } from './context.ts';
import { EVERYONE } from './directory.ts';
import { errors, invalid, texts } from './errors.ts';
import { Params, parseQueryString } from './params.ts';
import { answerOrganization, asked, idOf, pageOf, registerPeopleReads } from './people-read.ts';

const MAX = 100;
const MAX_NAME = 128;

/** Registers the calls. */
export function registerPeople(
  server: FastifyInstance,
  services: Services,
  authenticator: Authenticator,
): void {
  const { directory, db } = services;
  const user = async (request: FastifyRequest) => {
    const who = await authenticator.principal(request.headers);
    (request as { kintoneUser?: typeof who }).kintoneUser = who;
    if (who.kind !== 'user') throw errors.notLoggedIn();
    return who.person;
  };
  const administrator = async (request: FastifyRequest) => {
    if (!(await user(request)).isAdmin) throw errors.forbidden();
  };
  const query = (request: FastifyRequest): Params => {
    const search = request.url.indexOf('?');
    return new Params(parseQueryString(search < 0 ? '' : request.url.slice(search + 1)), true);
  };
  const given = (request: FastifyRequest, name: string): Params[] => {
    const list = new Params(request.body).array(name, MAX);
    return list.map((item) => new Params(item));
  };

  registerPeopleReads(server, { directory, user, query });

  server.get('/v1/groups.json', async (request) => {
    await user(request);
    const groups = [...directory.groups]
      .filter(([code]) => code !== EVERYONE)
      .map(([code, name], i) => ({ id: idOf(i), code, name, description: '', type: 'static' }));
    const params = query(request);
    return { groups: pageOf(params, asked(params, groups)) };
  });

  server.get('/v1/organizations.json', async (request) => {
    await user(request);
    const organizations = [...directory.organizations.values()].map(answerOrganization);
    const params = query(request);
    return { organizations: pageOf(params, asked(params, organizations)) };
  });

  server.get('/v1/user/groups.json', async (request) => {
    await user(request);
    const person = directory.people.get(query(request).string('code'));
    if (!person) throw errors.forbidden();
    const codes = [...person.groups, EVERYONE];
    return {
      groups: codes.map((code, i) => ({
        id: idOf(i),
        code,
        name: code === EVERYONE ? 'Everyone' : (directory.groups.get(code) ?? code),
        description: '',
      })),
    };
  });

  server.post('/v1/groups.json', async (request) => {
    await administrator(request);
    const groups = given(request, 'groups').map((group, i) => {
      const code = group.string('code', MAX_NAME);
      if (directory.groups.has(code) || code === EVERYONE)
        throw invalid(`groups[${i}].code`, texts.duplicateCode);
      if (!['static', 'dynamic'].includes(group.string('type'))) {
        throw invalid(`groups[${i}].type`, texts.enumValue);
      }
      return { code, name: group.string('name', MAX_NAME) };
    });
    await db.transaction().execute(async (trx) => {
      for (const { code, name } of groups) {
        await sql`insert into user_group (code, name) values (${code}, ${name})`.execute(trx);
      }
    });
    await directory.load(db);
    return {};
  });

  server.post('/v1/organizations.json', async (request) => {
    await administrator(request);
    const known = new Set(directory.organizations.keys());
    const organizations = given(request, 'organizations').map((organization, i) => {
      const code = organization.string('code', MAX_NAME);
      const parent = organization.optionalString('parentCode') ?? null;
      const path = `organizations[${i}]`;
      if (known.has(code)) throw invalid(`${path}.code`, texts.duplicateCode);
      // Parents come before their children.
      if (parent !== null && !known.has(parent)) throw invalid(`${path}.parentCode`, texts.badFormat);
      known.add(code);
      return { code, name: organization.string('name', MAX_NAME), parent };
    });
    await db.transaction().execute(async (trx) => {
      for (const { code, name, parent } of organizations) {
        await sql`insert into organization (code, name, parent) values (${code}, ${name}, ${parent})`.execute(
          trx,
        );
      }
    });
    await directory.load(db);
    return {};
  });
}
