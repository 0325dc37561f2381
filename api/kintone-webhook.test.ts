import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suspectsOf, webhooksReceived } from '../store/kintone.ts';
import { startTestApi, partsAway, type TestApi } from '../testing/api.ts';
import { testKeyring } from '../testing/store.ts';

const SECRET = 'webhook-secret-of-the-test';
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi(() => partsAway);
});
afterAll(() => api.close());

/** As kintone sends it (help: "Content of Webhook notifications"). */
const updated = (app = '12') => ({
  id: '01234567-0123-0123-0123-0123456789ab',
  type: 'UPDATE_RECORD',
  app: { id: app, name: '学童クラブ 入会' },
  record: {
    レコード番号: { type: 'RECORD_NUMBER', value: '7' },
    更新者: { type: 'MODIFIER', value: { code: 'sato', name: '佐藤 区子' } },
    child_given_name: { type: 'SINGLE_LINE_TEXT', value: 'ひみつ' },
    $revision: { type: '__REVISION__', value: '3' },
    $id: { type: '__ID__', value: '7' },
  },
  recordTitle: 'A27-000001-1',
  url: 'https://example.cybozu.com/k/12/show#record=7',
});
const deleted = {
  id: '01234567-0123-0123-0123-0123456789ab',
  type: 'DELETE_RECORD',
  app: { id: '12', name: '学童クラブ 入会' },
  recordId: '8',
  deletedBy: { code: 'sato', name: '佐藤 区子' },
  deletedAt: '2026-11-23T09:38:09Z',
};
const send = (payload: object, secret = SECRET) =>
  api.app.inject({ method: 'POST', url: `/api/kintone/webhook/${secret}`, payload });

describe('webhooks of kintone', () => {
  it('say which record to look at, and by whom, sealed; nothing else of them is kept', async () => {
    expect((await send(updated())).statusCode).toBe(204);
    expect((await send(deleted)).statusCode).toBe(204);
    const suspects = await suspectsOf(api.deps.db, testKeyring, 'application_admission');
    expect(suspects.map(({ recordId, event, by }) => [recordId, event, by])).toEqual([
      ['7', 'UPDATE_RECORD', '佐藤 区子'],
      ['8', 'DELETE_RECORD', '佐藤 区子'],
    ]);
    const rows = await api.deps.db.selectFrom('kintone_suspects').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/佐藤|ひみつ/);
  });

  it('of the other apps that are compared are looked at too, and all are noted as having come', async () => {
    await send(updated('13'));
    expect([...(await webhooksReceived(api.deps.db)).keys()].sort()).toEqual([
      'application_admission',
      'documents',
    ]);
    expect(await suspectsOf(api.deps.db, testKeyring, 'documents')).toMatchObject([{ recordId: '7' }]);
  });

  it('without the secret, of unknown apps or with nonsense change nothing', async () => {
    expect((await send(updated(), 'wrong')).statusCode).toBe(404);
    expect((await send(updated('99'))).statusCode).toBe(204);
    expect((await send({ nonsense: true })).statusCode).toBe(400);
    expect(
      (await send({ ...updated(), record: { $id: { type: '__ID__', value: '7 or 1=1' } } })).statusCode,
    ).toBe(204);
    expect(await suspectsOf(api.deps.db, testKeyring, 'application_admission')).toHaveLength(2);
  });
});
