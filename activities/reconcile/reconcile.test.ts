import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventBody } from '../../domain/application/events.ts';
import { applicationById } from '../../store/applications.ts';
import { changesOfApplication, keepSuspect } from '../../store/kintone.ts';
import { openKintoneStore, receivedApplication, type KintoneStore } from '../../testing/kintone-store.ts';
import { addTestAccount, testKeyring as keyring } from '../../testing/store.ts';
import { createCarry } from '../carry/carry.ts';
import type { LookOptions } from './found.ts';
import { lookForChanges } from './look.ts';

vi.setConfig({ testTimeout: 90_000 });

let { store, kintone, ids, gateway, close } = {} as KintoneStore;
let families = 100;
let app: string;

beforeAll(async () => {
  ({ store, kintone, ids, gateway, close } = await openKintoneStore({
    tokens: [{ app: '学童クラブ 入会', token: 'token-of-admission', permissions: ['view', 'add', 'edit'] }],
  }));
  app = ids['application_admission']!;
}, 180_000);
afterAll(() => close());

const look = (options: LookOptions = {}) =>
  lookForChanges(
    {
      db: store.db,
      keyring,
      gateway,
      now: () => new Date(),
      systemUsers: new Set(['admin', 'Administrator']),
    },
    options,
  );
const clerk = () => kintone.as('sato', 'pw').record;

async function carried() {
  const { db } = store;
  const one = await receivedApplication(db, { family: (families += 1) });
  const { application, applicationId, history } = one;
  const take = async (...bodies: EventBody[]) => {
    for (const body of bodies) await one.add(body, { kind: 'system' });
    await createCarry({ db, keyring, gateway })({ applicationId, seq: history.length });
  };
  await take();
  const record = async () => {
    const { records } = await kintone.as().record.getRecords({
      app,
      query: `receipt_number = "${application.receiptNumber}"`,
    });
    return records[0]!;
  };
  return { application, take, record, id: async () => (await record())['$id']!.value as string };
}

beforeEach(async () => {
  await look();
});

const mine = async (applicationId: string, options: LookOptions = {}) =>
  (await look(options)).found.filter((one) => one.applicationId === applicationId);

describe('what people change in kintone', () => {
  it('is nothing where only the system has written, however often it is looked at', async () => {
    const { application, take } = await carried();
    expect(await mine(application.id, { sweep: true })).toEqual([]);
    await take({
      type: 'assigned',
      assignee: await addTestAccount(store.db, { role: 'operator', name: '青木' }),
    });
    expect((await look({ whole: true })).found).toEqual([]);
  });

  it('is seen with who and what, once, until it is settled', async () => {
    const { application, id } = await carried();
    await look();
    await clerk().updateRecord({
      app,
      id: await id(),
      record: { child_given_name: { value: '直した名' }, child_grade: { value: '3' } },
    });
    const [found, ...more] = await mine(application.id);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ kind: 'answers', detail: { who: '佐藤 区子' } });
    expect(found!.detail.fields.find(({ code }) => code === 'child_given_name')).toMatchObject({
      after: '直した名',
    });
    const [again] = await mine(application.id);
    expect(again!.changeId).toBe(found!.changeId);
    expect(await changesOfApplication(store.db, keyring, application.id)).toHaveLength(1);
  });

  it('accepted, it is what counts; put back, the record reads as before', async () => {
    const { application, take, record, id } = await carried();
    const before = (await record())['child_given_name']!.value;
    const change = async (value: string) => {
      await clerk().updateRecord({ app, id: await id(), record: { child_given_name: { value } } });
      const [found] = await mine(application.id);
      const changeId = found!.changeId!;
      const fields = ['child_given_name'];
      await take({ type: 'changedInKintone', changeId, kind: 'answers', fields });
      // Telling does not overwrite what the person wrote.
      expect((await record())['child_given_name']!.value).toBe(value);
      return { changeId, fields };
    };
    const first = await change('一');
    await take({ type: 'kintoneChangeSettled', ...first, choice: 'restore' });
    expect((await record())['child_given_name']!.value).toBe(before);
    expect(await mine(application.id)).toEqual([]);
    const second = await change('二');
    await take({ type: 'kintoneChangeSettled', ...second, choice: 'accept' });
    expect((await record())['child_given_name']!.value).toBe('二');
    expect(await mine(application.id)).toEqual([]);
    const kept = await changesOfApplication(store.db, keyring, application.id);
    expect(kept.every(({ settledAt }) => settledAt !== null)).toBe(true);
  });

  it('tables come back with all their rows', async () => {
    const { application, take, record, id } = await carried();
    const before = await record();
    const table = Object.entries(before).find(
      ([, field]) => field.type === 'SUBTABLE' && (field.value as unknown[]).length > 0,
    );
    expect(table).toBeDefined();
    const [code] = table!;
    await clerk().updateRecord({ app, id: await id(), record: { [code]: { value: [] } } });
    const [found] = await mine(application.id);
    expect(found!.detail.fields.map((field) => field.code)).toEqual([code]);
    const changeId = found!.changeId!;
    await take({ type: 'changedInKintone', changeId, kind: 'answers', fields: [code] });
    await take({ type: 'kintoneChangeSettled', changeId, fields: [code], choice: 'restore' });
    expect(await mine(application.id)).toEqual([]);
    expect(((await record())[code]!.value as unknown[]).length).toBe((table![1].value as unknown[]).length);
  });

  it('a field of the system is put right, and told', async () => {
    const { application, take, record, id } = await carried();
    await clerk().updateRecord({
      app,
      id: await id(),
      record: { stage: { value: '承認' }, seq: { value: '99' } },
    });
    const [found] = await mine(application.id);
    expect(found).toMatchObject({ kind: 'system', detail: { who: '佐藤 区子' } });
    await take({
      type: 'changedInKintone',
      changeId: found!.changeId!,
      kind: 'system',
      fields: found!.detail.fields.map(({ code }) => code),
    });
    expect((await record())['stage']!.value).not.toBe('承認');
    expect(await mine(application.id)).toEqual([]);
  });

  it.each(['webhook', 'sweep', 'a later write of the system'])(
    'a deleted record is noticed by %s, and written again whole',
    async (how) => {
      const { application, take, record, id } = await carried();
      await look();
      const before = await record();
      const recordId = await id();
      await clerk().deleteRecords({ app, ids: [recordId] });
      if (how === 'webhook') {
        await keepSuspect(store.db, keyring, {
          app: 'application_admission',
          recordId,
          event: 'DELETE_RECORD',
          by: '佐藤 区子',
        });
      }
      if (how === 'a later write of the system')
        await take({ type: 'intakeChecked', lookAlikes: 0, hints: 0 });
      const [found] = await mine(application.id, { sweep: how === 'sweep' });
      expect(found).toMatchObject({ kind: 'deleted' });
      if (how === 'webhook') expect(found!.detail.who).toBe('佐藤 区子');
      await take({ type: 'changedInKintone', changeId: found!.changeId!, kind: 'deleted', fields: [] });
      const after = await record();
      for (const code of ['child_family_name', 'child_given_name', 'guardian1_family_name', 'stage']) {
        expect(after[code]!.value).toEqual(before[code]!.value);
      }
      expect(await mine(application.id, { sweep: true })).toEqual([]);
      expect(after['$id']!.value).not.toBe(recordId);
    },
  );

  it('what is on its way is no change, and is not forgotten either', async () => {
    const { application, id } = await carried();
    await look();
    await clerk().updateRecord({ app, id: await id(), record: { child_given_name: { value: '途中' } } });
    await store.db
      .updateTable('applications')
      .set({ kintone_seq: 0 })
      .where('id', '=', application.id)
      .execute();
    expect(await mine(application.id)).toEqual([]);
    const { seq } = (await applicationById(store.db, application.id, 'all'))!;
    await store.db
      .updateTable('applications')
      .set({ kintone_seq: seq })
      .where('id', '=', application.id)
      .execute();
    await store.db.updateTable('kintone_looks').set({ since: '2027-01-01T00:00:00Z' }).execute();
    expect(await mine(application.id)).toHaveLength(1);
  });

  it('a record that belongs to no application is named; a look that keeps nothing keeps nothing', async () => {
    const { application, id } = await carried();
    await look();
    await clerk().addRecord({ app, record: { receipt_number: { value: 'A27-手書き' } } });
    await clerk().updateRecord({ app, id: await id(), record: { child_given_name: { value: '見るだけ' } } });
    const { found, unknown } = await look({ dry: true });
    expect(unknown.map(({ receiptNumber }) => receiptNumber)).toContain('A27-手書き');
    expect(found.find((one) => one.applicationId === application.id)?.changeId).toBeUndefined();
    expect(await changesOfApplication(store.db, keyring, application.id)).toEqual([]);
    expect(await mine(application.id)).toHaveLength(1);
  });

  it('waits where the requests of the day run short', async () => {
    const { found, deferred } = await lookForChanges({
      db: store.db,
      keyring,
      gateway: { ...gateway, budget: () => 'defer' },
      now: () => new Date(),
      systemUsers: new Set(),
    });
    expect(found).toEqual([]);
    expect(deferred).toContain('application_admission');
  });
});
