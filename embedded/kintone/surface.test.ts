/** Limits, webhooks as kintone sends them, guest-space paths, the User API, and the people of the demonstration. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAccessTable } from '../../kintone/access/table.ts';
import { applicationApp } from '../../kintone/apps/model.ts';
import { APPS } from '../../kintone/apps/index.ts';
import { provision } from '../../kintone/provision.ts';
import { createDirectory, planDirectory } from '../../kintone/provision/directory.ts';
import {
  admin,
  brief,
  deployApp,
  refusal,
  startTestKintone,
  type TestKintone,
} from '../../testing/kintone.ts';
import { demoSeed } from './demo-seed.ts';

let kintone: TestKintone;
let receiver: Server;
let app: string;
const received: Record<string, unknown>[] = [];
const tokens = Array.from({ length: 10 }, (_, i) => ({
  app: `App ${i}`,
  token: `token-of-app-${i}`,
  permissions: ['view' as const],
}));

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push(JSON.parse(body) as Record<string, unknown>);
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, 'localhost', resolve));
  const url = `http://localhost:${(receiver.address() as AddressInfo).port}/hook`;
  kintone = await startTestKintone({
    users: [{ code: 'sato', name: '佐藤', password: 'sato-password' }],
    spaces: [{ id: 5, name: 'ゲスト', isGuest: true, members: ['sato'] }],
    tokens,
    apps: tokens.map(({ app: name }) => ({ name })),
    webhooks: [{ app: '申請', url, events: ['ADD_RECORD', 'UPDATE_RECORD', 'DELETE_RECORD'] }],
  });
  app = await deployApp(kintone.as(), '申請', {
    child: { type: 'SINGLE_LINE_TEXT', code: 'child', label: '児童', unique: true },
  });
});
afterAll(async () => {
  await kintone.close();
  receiver.close();
});

const many = (count: number) => Array.from({ length: count }, () => ({}));

describe('limits', () => {
  it('100 records a write, by every call, and 20 requests in bulk', async () => {
    const { record } = kintone.as();
    const { ids } = await record.addRecords({ app, records: many(100) });
    expect(ids).toHaveLength(100);
    const ids101 = Array.from({ length: 101 }, (_, i) => String(i + 1));
    for (const call of [
      () => record.addRecords({ app, records: many(101) }),
      () => record.updateRecords({ app, records: ids101.map((id) => ({ id, record: {} })) }),
      () => record.deleteRecords({ app, ids: ids101 }),
    ]) {
      expect(brief(await refusal(call()))).toEqual([400, 'CB_VA01']);
    }
    const one = { method: 'POST', api: '/k/v1/record.json', payload: { app, record: {} } };
    const bulk = (count: number) =>
      kintone.as().bulkRequest({ requests: Array.from({ length: count }, () => one) });
    expect((await bulk(20)).results).toHaveLength(20);
    expect((await refusal(bulk(21))).status).toBe(400);
    await record.deleteRecords({ app, ids });
  });

  it('nine API tokens a request', async () => {
    const ask = (count: number) =>
      kintone.withToken(tokens.slice(0, count).map(({ token }) => token)).record.getRecords({ app: 1 });
    await ask(9);
    expect(brief(await refusal(ask(10)))).toEqual([400, 'CB_VA01']);
  });
});

describe('webhooks', () => {
  it('tell of a deletion by who made it, of nothing done in bulk, and of no more than 60 a minute', async () => {
    const { record } = kintone.as('sato', 'sato-password');
    const { id } = await record.addRecord({ app, record: { child: { value: 'はなこ' } } });
    await kintone.server.settle();
    const { url } = kintone.server;
    const login = await fetch(`${url}/login`, {
      method: 'POST',
      body: new URLSearchParams({ user: admin.username, password: admin.password }),
      redirect: 'manual',
    });
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await (await fetch(`${url}/k/${app}/show?record=${id}`, { headers: { cookie } })).text();
    const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
    await fetch(`${url}/k/${app}/delete`, {
      method: 'POST',
      body: new URLSearchParams({ record: id, token }),
      headers: { cookie },
      redirect: 'manual',
    });
    await kintone.server.settle();
    expect(received.map(({ type }) => type)).toEqual(['ADD_RECORD', 'DELETE_RECORD']);
    expect(received[1]).toEqual({
      id: expect.any(String) as string,
      type: 'DELETE_RECORD',
      app: { id: app, name: '申請' },
      recordId: id,
      deletedBy: { code: 'admin', name: 'Admin' },
      deletedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
    });
    await record.updateRecords({
      app,
      upsert: true,
      records: [{ updateKey: { field: 'child', value: 'x' }, record: {} }],
    });
    await kintone.as().bulkRequest({
      requests: [{ method: 'POST', api: '/k/v1/record.json', payload: { app, record: {} } }],
    });
    await kintone.server.settle();
    expect(received).toHaveLength(2);
    for (let i = 0; i < 70; i += 1) await record.addRecord({ app, record: {} });
    await kintone.server.settle();
    expect(received).toHaveLength(60);
  });
});

describe('guest spaces', () => {
  it('take every kind of call by their own path, long queries by method override too', async () => {
    const guest = kintone.as(admin.username, admin.password, 5);
    const { app: inSpace } = await guest.app.addApp({ name: 'ゲストの申請', space: 5 });
    await guest.app.addFormFields({
      app: inSpace,
      properties: { child: { type: 'SINGLE_LINE_TEXT', code: 'child', label: '児童' } },
    });
    await guest.app.deployApp({ apps: [{ app: inSpace }] });
    await kintone.server.settle();
    const { id } = await guest.record.addRecord({ app: inSpace, record: { child: { value: 'はなこ' } } });
    const long = Array.from({ length: 400 }, (_, i) => `"児童${i}"`).join(', ');
    const { records } = await guest.record.getRecords({
      app: inSpace,
      query: `child in (${long}, "はなこ")`,
    });
    expect(records.map(({ $id }) => $id!.value)).toEqual([id]);
    await guest.bulkRequest({
      requests: [
        {
          method: 'PUT',
          api: '/k/guest/5/v1/record.json',
          payload: { app: inSpace, id, record: { child: { value: '二' } } },
        },
      ],
    });
    const { fileKey } = await guest.file.uploadFile({ file: { name: 'a.txt', data: 'a' } });
    expect(fileKey).toBeTruthy();
    expect((await refusal(kintone.as().record.getRecord({ app: inSpace, id }))).code).toBe('GAIA_IL23');
    expect((await refusal(guest.record.getRecords({ app }))).code).toBe('CB_NO02');
  });
});

describe('the User API', () => {
  it('lists groups and organisations in pages, and lets administrators alone add some, parents first', async () => {
    const call = async (method: string, path: string, body?: unknown, who = admin) => {
      const response = await fetch(`${kintone.server.url}${path}`, {
        method,
        headers: {
          'x-cybozu-authorization': Buffer.from(`${who.username}:${who.password}`).toString('base64'),
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return [response.status, (await response.json()) as Record<string, { code: string }[]>] as const;
    };
    const organizations = [
      { code: 'top', name: '区' },
      { code: 'below', name: '児童館', parentCode: 'top' },
    ];
    expect(
      (await call('POST', '/v1/organizations.json', { organizations: [...organizations].reverse() }))[0],
    ).toBe(400);
    expect((await call('POST', '/v1/organizations.json', { organizations }))[0]).toBe(200);
    expect((await call('POST', '/v1/organizations.json', { organizations }))[0]).toBe(400);
    const [, page] = await call('GET', '/v1/organizations.json?offset=1&size=1');
    expect(page['organizations']).toMatchObject([{ code: 'below', name: '児童館', parentCode: 'top' }]);
    const groups = [{ code: 'g', name: '児童課', type: 'static' }];
    const sato = { username: 'sato', password: 'sato-password' };
    expect((await call('POST', '/v1/groups.json', { groups }, sato))[0]).toBe(403);
    expect((await call('POST', '/v1/groups.json', { groups }))[0]).toBe(200);
    const [, own] = await call('GET', '/v1/user/groups.json?code=sato', undefined, sato);
    expect(own['groups']?.map(({ code }) => code)).toEqual(['everyone']);
    const [, users] = await call('GET', '/v1/users.json?codes[0]=sato&codes[1]=gone');
    expect(users['users']).toMatchObject([{ code: 'sato', valid: true, timezone: 'Asia/Tokyo' }]);
    const [, everyone] = await call('GET', '/v1/group/users.json?code=everyone&offset=1&size=1');
    expect(everyone['users']).toHaveLength(1);
    expect((await call('GET', '/v1/group/users.json?code=gone'))[0]).toBe(400);
    const [, nobody] = await call('GET', '/v1/organization/users.json?code=below');
    expect(nobody['userTitles']).toEqual([]);
    const [, places] = await call('GET', '/v1/user/organizations.json?code=sato');
    expect(places['organizationTitles']).toEqual([]);
  });
});

describe('the people of the demonstration', () => {
  it('see what 別紙1 gives them, and the system can write', async () => {
    const system = { code: 'provisioner', password: 'provisioner-password' };
    await kintone.server.seed(demoSeed(system, 'demo-password', []));
    const connection = {
      baseUrl: kintone.server.url,
      password: { username: system.code, password: system.password },
    };
    const table = readAccessTable();
    const { changes, known } = await planDirectory(createDirectory(connection, 10_000), table);
    expect(changes).toEqual([]);
    const apps = APPS.filter(({ key }) => key === applicationApp('admission'));
    const client = kintone.as(system.code, system.password);
    const ids = await provision(client, { apps, access: { table, known } });
    const admission = ids[applicationApp('admission')]!;
    for (const bop of ['2', '4', '1']) {
      await client.record.addRecord({
        app: admission,
        record: {
          receipt_number: { value: `A-${bop}` },
          bop_code: { value: bop },
          stage: { value: '一次審査' },
        },
      });
    }
    const seen = async (who: string) =>
      (await kintone.as(who, 'demo-password').record.getRecords({ app: admission })).records
        .map((record) => record['bop_code']!.value)
        .sort();
    expect(await seen('ward')).toEqual(['1', '2', '4']);
    expect(await seen('operator')).toEqual(['1', '2', '4']);
    expect(await seen('hall')).toEqual(['2', '4']);
    expect(await seen('bop')).toEqual(['2']);
  });
});
