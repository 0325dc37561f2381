import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestKintone } from '../../testing/kintone.ts';
import { brief, deploy, deployApp, refusal, sendRaw, startTestKintone } from '../../testing/kintone.ts';

let kintone: TestKintone;
let receiver: Server;
let app: string;
const received: { type: string; [key: string]: unknown }[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push(JSON.parse(body) as (typeof received)[number]);
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, 'localhost', resolve));
  const url = `http://localhost:${(receiver.address() as AddressInfo).port}/hook`;
  kintone = await startTestKintone({
    users: [
      { code: 'first', name: '一次', password: 'pw', groups: ['reviewers'] },
      { code: 'second', name: '二次', password: 'pw', groups: ['reviewers'] },
    ],
    groups: [{ code: 'reviewers', name: '審査' }],
    tokens: [
      { app: '審査', token: 'token-of-review', permissions: ['view', 'add', 'edit'] },
      { app: '審査', token: 'token-to-view', permissions: ['view'] },
    ],
    webhooks: [
      {
        app: '審査',
        url,
        events: ['ADD_RECORD', 'UPDATE_RECORD', 'DELETE_RECORD', 'ADD_RECORD_COMMENT', 'UPDATE_STATUS'],
      },
    ],
  });
  app = await deployApp(kintone.as(), '審査', {
    amount: { type: 'NUMBER', code: 'amount', label: '金額' },
  });
  const reviewers = {
    type: 'ONE' as const,
    entities: [{ entity: { type: 'GROUP' as const, code: 'reviewers' } }],
  };
  await kintone.as().app.updateProcessManagement({
    app,
    enable: true,
    states: {
      受付: { name: '受付', index: 0, assignee: { type: 'ONE', entities: [] } },
      一次審査: { name: '一次審査', index: 1, assignee: reviewers },
      完了: { name: '完了', index: 2, assignee: { type: 'ONE', entities: [] } },
    },
    actions: [
      { name: '審査へ', from: '受付', to: '一次審査' },
      { name: '終える', from: '一次審査', to: '完了', filterCond: 'amount > 10' },
    ],
  });
  expect(await deploy(kintone.as(), app)).toBe('SUCCESS');
});
afterAll(async () => {
  await kintone.close();
  receiver.close();
});

describe('process management', () => {
  it('moves a record by its actions, for its assignee only, counting revisions by two', async () => {
    const { record } = kintone.as();
    const { id } = await record.addRecord({ app, record: { amount: { value: 5 } } });
    const status = async () => {
      const got = (await record.getRecord({ app, id })).record;
      return [got['Status']!.value, (got['Assignee']!.value as { code: string }[]).map(({ code }) => code)];
    };
    expect(await status()).toEqual(['受付', []]);
    const move = { app, id, action: '審査へ' };
    const without = await sendRaw(kintone, 'PUT', 'records/status.json', { app, records: [{}, {}] });
    expect(Object.keys(without.errors ?? {})).toEqual(['records[0].id', 'records[1].id']);
    expect((await refusal(record.updateRecordStatus({ app, id, action: '終える' }))).code).toBe('GAIA_IL03');
    expect((await refusal(record.updateRecordStatus(move))).code).toBe('GAIA_SA01');
    expect((await record.updateRecordStatus({ ...move, assignee: 'first', revision: 1 })).revision).toBe('3');
    expect(await status()).toEqual(['一次審査', ['first']]);
    const finish = { app, id, action: '終える' };
    const second = kintone.as('second', 'pw').record;
    const first = kintone.as('first', 'pw').record;
    await record.updateRecord({ app, id, record: { amount: { value: 20 } } });
    expect((await refusal(second.updateRecordStatus(finish))).status).toBe(403);
    expect(
      (await refusal(kintone.withToken('token-of-review').record.updateRecordStatus(finish))).status,
    ).toBe(403);
    // The assignee is changed by who manages the app, and only one can be where one is chosen.
    const given = { app, id, assignees: ['second'] };
    expect((await refusal(first.updateRecordAssignees(given))).status).toBe(403);
    const two = refusal(record.updateRecordAssignees({ ...given, assignees: ['first', 'second'] }));
    expect((await two).code).toBe('GAIA_SA02');
    await record.updateRecordAssignees(given);
    await second.updateRecordStatus(finish);
    expect(await status()).toEqual(['完了', []]);
    const { records } = await record.getRecords({
      app,
      query: 'Status = "完了" and Assignee not in ("first")',
    });
    expect(records).toHaveLength(1);
    expect((await refusal(record.getRecords({ app, query: 'Status in ("なし")' }))).code).toBe('GAIA_IQ10');
  });

  it('goes on for a token that may only see, as long as nobody is the assignee', async () => {
    const { record } = kintone.as();
    const { id } = await record.addRecord({ app, record: { amount: { value: 20 } } });
    const client = kintone.withToken('token-to-view').record;
    await client.updateRecordStatus({ app, id, action: '審査へ', assignee: 'first' });
    const again = client.updateRecordStatus({ app, id, action: '終える' });
    expect((await refusal(again)).status).toBe(403);
  });

  it('waits for all where a state belongs to all, lets one send back, and refuses actions of one name', async () => {
    const all = await deployApp(kintone.as(), '全員', {});
    const people = ['first', 'second'].map((code) => ({ entity: { type: 'USER' as const, code } }));
    const nobody = { type: 'ONE' as const, entities: [] };
    await kintone.as().app.updateProcessManagement({
      app: all,
      enable: true,
      states: {
        受付: { name: '受付', index: 0, assignee: nobody },
        確認: { name: '確認', index: 1, assignee: { type: 'ALL', entities: people } },
        完了: { name: '完了', index: 2, assignee: nobody },
      },
      actions: [
        { name: '出す', from: '受付', to: '確認' },
        { name: '認める', from: '確認', to: '完了' },
        { name: '戻す', from: '確認', to: '受付' },
        { name: '二つ', from: '完了', to: '受付' },
        { name: '二つ', from: '完了', to: '確認' },
      ],
    });
    expect(await deploy(kintone.as(), all)).toBe('SUCCESS');
    const { record } = kintone.as();
    const { id } = await record.addRecord({ app: all });
    const act = (who: string, action: string, more = {}) =>
      kintone.as(who, 'pw').record.updateRecordStatus({ app: all, id, action, ...more });
    const status = async () => {
      const got = (await record.getRecord({ app: all, id })).record;
      return [got['Status']!.value, (got['Assignee']!.value as { code: string }[]).map(({ code }) => code)];
    };
    expect((await refusal(act('first', '出す', { assignee: 'first' }))).code).toBe('GAIA_SA04');
    await act('first', '出す');
    expect(await status()).toEqual(['確認', ['first', 'second']]);
    await act('second', '戻す');
    expect(await status()).toEqual(['受付', []]);
    await act('first', '出す');
    expect((await act('second', '認める')).revision).toBe('8');
    expect(await status()).toEqual(['確認', ['first']]);
    expect((await refusal(act('second', '認める'))).status).toBe(403);
    await act('first', '認める');
    expect(await status()).toEqual(['完了', []]);
    expect((await refusal(act('first', '二つ'))).code).toBe('GAIA_IL03');
  });

  it('does not finish what does not meet the condition of the action', async () => {
    const { record } = kintone.as();
    const { id } = await record.addRecord({ app, record: { amount: { value: 5 } } });
    await record.updateRecordsStatus({ app, records: [{ id, action: '審査へ', assignee: 'first' }] });
    const finish = kintone.as('first', 'pw').record.updateRecordStatus({ app, id, action: '終える' });
    expect(brief(await refusal(finish))).toEqual([400, 'GAIA_IL03']);
  });
});

describe('webhooks', () => {
  it('come for single operations only', async () => {
    await kintone.server.settle();
    received.length = 0;
    const { record } = kintone.as();
    await record.addRecords({ app, records: [{}, {}] });
    const { id } = await record.addRecord({ app, record: { amount: { value: 1 } } });
    await kintone.server.settle();
    await record.updateRecord({ app, id, record: { amount: { value: 2 } } });
    await kintone.server.settle();
    await record.addRecordComment({ app, record: id, comment: { text: 'コメント' } });
    await kintone.server.settle();
    await record.updateRecordStatus({ app, id, action: '審査へ', assignee: 'first' });
    await kintone.server.settle();
    await record.deleteRecords({ app, ids: [id] });
    await kintone.server.settle();
    expect(received.map(({ type }) => type)).toEqual([
      'ADD_RECORD',
      'UPDATE_RECORD',
      'ADD_RECORD_COMMENT',
      'UPDATE_STATUS',
    ]);
    expect(received[0]).toMatchObject({
      app: { id: app, name: '審査' },
      record: { $id: { value: id }, amount: { type: 'NUMBER', value: '1' } },
      url: `${kintone.server.url}/k/${app}/show#record=${id}`,
    });
    expect(received[2]).toMatchObject({
      recordId: id,
      comment: { text: 'コメント ', creator: { code: 'admin' } },
    });
  });
});
