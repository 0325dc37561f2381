import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_FEE_TABLE } from '../../domain/enrolment/fees.ts';
import type { AppIds } from '../../kintone/provision.ts';
import { projectStep } from '../../store/applications.ts';
import { markEntryCarried, recordEntry } from '../../store/enrolment-entries.ts';
import { enrolmentsWithOtherFees } from '../../store/enrolments.ts';
import { eventsOf } from '../../store/events.ts';
import { keptByKeys } from '../../store/kintone-kept.ts';
import { discardPaper, stampPaper } from '../../store/paper-entries.ts';
import { receiveSubmission } from '../../store/receive.ts';
import { newestSetting, saveSetting } from '../../store/settings.ts';
import { openKintoneStore, type KintoneStore } from '../../testing/kintone-store.ts';
import {
  addTestAccount,
  receivedEvent,
  stepOf,
  testKeyring as keyring,
  testSubmission,
} from '../../testing/store.ts';
import { createCarry } from '../carry/carry.ts';
import { refreshFees, writeFold } from '../enrolment/folded.ts';
import { lookForChanges } from './look.ts';
import { eraseOldCopies, keepFacilities, keepPapersInLedger, upkeep, type UpkeepDeps } from './upkeep.ts';

vi.setConfig({ testTimeout: 60_000 });

let { store, kintone, ids, gateway, close } = {} as KintoneStore;
let deps: UpkeepDeps;
let requests: string[] = [];
const now = new Date('2026-11-02T03:00:00Z');

beforeAll(async () => {
  ({ store, kintone, ids, gateway, close } = await openKintoneStore({
    onRequest: (app) => requests.push(app),
  }));
  deps = { db: store.db, keyring, gateway, now: () => now, copyDays: 90 };
}, 180_000);
afterAll(() => close());

const records = async (app: keyof AppIds, query = '') =>
  (await kintone.as().record.getRecords({ app: ids[app]!, query: `${query} order by $id asc limit 500` }))
    .records;

describe('facilities', () => {
  it('are written from 別紙1, put right where changed or deleted, and what people added stays', async () => {
    expect((await keepFacilities(deps, { dry: true })).length).toBe(86);
    expect(await records('facilities')).toEqual([]);
    await keepFacilities(deps);
    expect(await records('facilities')).toHaveLength(86);
    requests = [];
    expect(await keepFacilities(deps)).toEqual([]);
    expect(requests).toEqual(['facilities']);

    const person = kintone.as('sato', 'pw').record;
    const [first, second] = await records('facilities');
    const app = ids.facilities;
    await person.updateRecord({
      app,
      id: first!['$id']!.value as string,
      record: { name: { value: '別名' } },
    });
    await person.deleteRecords({ app, ids: [second!['$id']!.value as string] });
    await person.addRecord({ app, record: { facility_code: { value: '手書き' } } });
    expect(await keepFacilities(deps)).toMatchObject([
      { name: first!['name']!.value, kind: 'changed', who: '佐藤 区子' },
      { name: second!['name']!.value, kind: 'missing' },
      { name: '手書き', kind: 'unknown' },
    ]);
    expect(await keepFacilities(deps)).toMatchObject([{ kind: 'unknown' }]);
    expect(await records('facilities')).toHaveLength(87);
  });
});

describe('the receipt ledger', () => {
  const stamp = (receiverId: string) =>
    stampPaper(store.db, keyring, {
      id: crypto.randomUUID(),
      procedure: 'admission',
      receivedOn: '2026-11-02',
      arrivedBy: 'post',
      receiverId,
      today: '2026-11-02',
      at: '2026-11-02T01:00:00.000Z',
    });

  it('has a paper from its stamp on: while it is entered, given up, or as the application that it becomes', async () => {
    const { db } = store;
    const receiver = await addTestAccount(db, { role: 'operator', name: '馬場 見本' });
    const [kept, given] = [(await stamp(receiver))!, (await stamp(receiver))!];
    expect(await keepPapersInLedger(deps)).toBe(2);
    expect(await keepPapersInLedger(deps)).toBe(0);
    const line = async (id: string) => (await records('ledger', `ledger_id = "${id}"`))[0];
    expect(await line(kept.id)).toMatchObject({
      serial: { value: kept.serial },
      received_on: { value: '2026-11-02' },
      channel: { value: '紙' },
      arrived_by: { value: '郵送' },
      receiver: { value: '馬場 見本' },
      state: { value: '入力中' },
      receipt_number: { value: '' },
    });
    await discardPaper(db, keyring, { id: given.id, by: receiver, reason: '重複', at: now.toISOString() });
    expect(await keepPapersInLedger(deps)).toBe(1);
    expect(await line(given.id)).toMatchObject({ state: { value: '入力を取りやめ' } });

    const submission = testSubmission({
      submissionId: kept.id,
      channel: 'paper',
      enteredBy: receiver,
      receivedAt: '2026-11-02T01:00:00.000Z',
    });
    const outcome = await receiveSubmission(db, keyring, submission);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    const { receiptNumber } = outcome.application;
    await projectStep(db, stepOf([receivedEvent(submission, receiptNumber)]));
    expect(await keepPapersInLedger(deps)).toBe(0);
    await createCarry({ db, keyring, gateway })({ applicationId: submission.applicationId, seq: 1 });
    expect(await line(kept.id)).toMatchObject({
      serial: { value: kept.serial },
      receipt_number: { value: receiptNumber },
      receiver: { value: '馬場 見本' },
      state: { value: '入力確認待ち' },
    });
    // The stamp stands in the application's own record too.
    const [own] = await records('application_admission', `receipt_number = "${receiptNumber}"`);
    expect(own).toMatchObject({
      paper_serial: { value: kept.serial },
      paper_received_on: { value: '2026-11-02' },
      paper_arrived_by: { value: '郵送' },
      paper_receiver: { value: '馬場 見本' },
    });
    const looked = await lookForChanges(
      { ...deps, gateway, systemUsers: new Set(['admin']) },
      { whole: true, sweep: true },
    );
    expect(looked).toEqual({ found: [], unknown: [], deferred: [] });
  });
});

describe('the fees that kintone shows', () => {
  it('follow the ward’s table at once, a hundred enrolments a request, and cost nothing where nothing changed', async () => {
    const { db } = store;
    const made: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const submission = testSubmission({ fiscalYear: 2026 });
      const outcome = await receiveSubmission(db, keyring, submission);
      if (outcome.kind !== 'received') throw new Error(outcome.kind);
      await projectStep(db, stepOf([receivedEvent(submission, outcome.application.receiptNumber)]));
      const { applicationId } = submission;
      const id = await recordEntry(db, {
        childKey: `child-${String(i)}`,
        fiscalYear: 2026,
        entry: {
          applicationId,
          receiptNumber: outcome.application.receiptNumber,
          decidedAt: now.toISOString(),
          effect: { kind: 'admit', bop: '2', from: '2026-12-01' },
        },
      });
      const child = { name: `髙橋 花子${String(i)}`, kana: 'タカハシ ハナコ', birthDate: '2019-05-05' };
      await writeFold(deps, { id, applicationId, seq: 1, child });
      await markEntryCarried(db, applicationId);
      await createCarry({ db, keyring, gateway })({ applicationId, seq: 1 });
      made.push(id);
    }
    const totals = async () =>
      (await records('enrolments')).map((one) => {
        const [month] = one['months']!.value as { value: Record<string, { value: string }> }[];
        return [one['child_name']!.value, Number(month!.value['month_base']!.value)];
      });
    expect((await totals()).map(([, fee]) => fee)).toEqual([5000, 5000, 5000]);
    requests = [];
    expect(await refreshFees(deps, now)).toBe(0);
    expect(requests).toEqual([]);

    const newest = (await newestSetting(db, 'fees'))!;
    await saveSetting(db, {
      key: 'fees',
      value: { ...DEFAULT_FEE_TABLE, monthly: 6000 },
      note: '改定',
      changedBy: await addTestAccount(db, { role: 'ward' }),
      basedOn: newest.version,
    });
    expect(await refreshFees(deps, now)).toBe(3);
    expect(requests).toEqual(['enrolments']);
    expect(await totals()).toEqual([0, 1, 2].map((i) => [`髙橋 花子${String(i)}`, 6000]));
    const looked = await lookForChanges(
      { ...deps, gateway, systemUsers: new Set(['admin']) },
      { whole: true, sweep: true },
    );
    expect(looked.found).toEqual([]);
    // What somebody changes there is folded anew, with the child as it was.
    const [id] = made;
    const [record] = await records('enrolments', `enrolment_id = "${id!}"`);
    await kintone.as('sato', 'pw').record.updateRecord({
      app: ids.enrolments,
      id: record!['$id']!.value as string,
      record: { months: { value: [] }, child_name: { value: '別の名' }, last_day: { value: '2026-12-31' } },
    });
    const { found } = await lookForChanges({ ...deps, gateway, systemUsers: new Set(['admin']) });
    expect(found).toMatchObject([
      { kind: 'system', detail: { who: '佐藤 区子', record: { app: 'enrolments', title: '2026年度' } } },
    ]);
    const { applicationId, changeId, detail } = { ...found[0]!, changeId: found[0]!.changeId! };
    const history = [...(await eventsOf(db, applicationId, 1))];
    const told = {
      type: 'changedInKintone' as const,
      changeId,
      kind: 'system' as const,
      fields: detail.fields.map(({ code }) => code),
      record: { app: 'enrolments' as const, key: id! },
    };
    history.push({ ...told, seq: 2, at: now.toISOString(), by: { kind: 'system' } });
    await projectStep(db, stepOf(history));
    await createCarry({ db, keyring, gateway })({ applicationId, seq: 2 });
    const [again] = await records('enrolments', `enrolment_id = "${id!}"`);
    for (const code of ['months', 'child_name', 'last_day', 'bop_code']) {
      const plain = (one: typeof again) => JSON.stringify(one![code]!.value).replace(/"id":"\d+",/gu, '');
      expect(plain(again)).toBe(plain(record));
    }
    // As long as the year lasts, what it was stays here; after it, hashes do.
    const erase = (at: string) => eraseOldCopies({ ...deps, now: () => new Date(at) });
    await db.updateTable('applications').set({ stage: 'approved' }).execute();
    // Written on the story's day, whatever day it is today.
    await db.updateTable('kintone_records').set({ written_at: now.toISOString() }).execute();
    const hashedOnes = async () => (await keptByKeys(db, keyring, 'enrolments', made)).get(id!)!.hashed;
    await erase('2027-03-31T00:00:00Z');
    expect(await hashedOnes()).toBe(false);
    await erase('2027-04-01T00:00:00Z');
    expect(await hashedOnes()).toBe(true);
    // Years that are over stay as they were.
    expect(
      await enrolmentsWithOtherFees(db, { version: newest.version + 9, fiscalYear: 2027, limit: 9 }),
    ).toEqual([]);
  });
});

describe('upkeep', () => {
  it('does each part by itself: one that fails holds up no other', async () => {
    const failed: string[] = [];
    await stampPaper(store.db, keyring, {
      id: crypto.randomUUID(),
      procedure: 'admission',
      receivedOn: '2026-11-02',
      arrivedBy: 'counter',
      receiverId: await addTestAccount(store.db, { role: 'operator' }),
      today: '2026-11-02',
      at: '2026-11-02T02:00:00.000Z',
    });
    const broken = {
      changes: new Proxy(gateway.changes, {
        get: () => () => Promise.reject(new Error('away')),
      }),
      upsert: gateway.upsert,
      budget: gateway.budget,
    };
    await upkeep({ ...deps, gateway: broken }, (_error, what) => failed.push(what));
    expect(failed).toEqual(['facilities']);
    expect(await keepPapersInLedger(deps)).toBe(0);
    // Where the day's requests run short, only what is received is written.
    requests = [];
    await upkeep({ ...deps, gateway: { ...broken, budget: () => 'defer' } }, (_error, what) =>
      failed.push(what),
    );
    expect(failed).toEqual(['facilities']);
  });
});
