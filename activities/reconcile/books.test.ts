/** What people change in kintone beside an application's own record: documents, reviews, contact records, the receipt ledger. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventBody } from '../../domain/application/events.ts';
import type { KintoneBook } from '../../domain/application/kintone-changes.ts';
import { keepSuspect } from '../../store/kintone.ts';
import { keptByKeys } from '../../store/kintone-kept.ts';
import { addTexts } from '../../store/texts.ts';
import { openKintoneStore, receivedApplication, type KintoneStore } from '../../testing/kintone-store.ts';
import { addTestAccount, testKeyring as keyring } from '../../testing/store.ts';
import { createCarry } from '../carry/carry.ts';
import type { Found, LookOptions } from './found.ts';
import { lookForChanges } from './look.ts';
import { eraseOldCopies } from './upkeep.ts';

vi.setConfig({ testTimeout: 90_000 });

let { store, kintone, ids, gateway, close } = {} as KintoneStore;
let clerk: string;
let families = 300;

beforeAll(async () => {
  ({ store, kintone, ids, gateway, close } = await openKintoneStore());
  clerk = await addTestAccount(store.db, { role: 'operator', name: '青木 見本' });
}, 180_000);
afterAll(() => close());
beforeEach(async () => {
  await look();
});

const look = (options: LookOptions = {}) =>
  lookForChanges(
    { db: store.db, keyring, gateway, now: () => new Date(), systemUsers: new Set(['admin']) },
    options,
  );
const person = () => kintone.as('sato', 'pw').record;

/** An application in kintone with a document, a review with a note, and a contact record. */
async function carried() {
  const { db } = store;
  const one = await receivedApplication(db, { family: (families += 1), document: '就労 "証明書".pdf' });
  const { applicationId, receiptNumber, history } = one;
  const by = { kind: 'staff', id: clerk, role: 'operator' } as const;
  const take = async (...bodies: EventBody[]) => {
    for (const body of bodies) await one.add(body, by);
    await createCarry({ db, keyring, gateway })({ applicationId, seq: history.length });
  };
  const note = crypto.randomUUID();
  await addTexts(db, keyring, [
    { id: note, applicationId, kind: 'note', authorId: clerk, content: '元のメモ' },
  ]);
  await take(
    { type: 'noted', note },
    { type: 'firstReviewCompleted', findings: [{ criterionId: 'identity', result: 'met' }] },
  );
  const record = async (app: KintoneBook) => {
    const { records } = await kintone.as().record.getRecords({
      app: ids[app],
      query: `receipt_number = "${receiptNumber}"`,
    });
    return records[0];
  };
  const idOf = async (app: KintoneBook) => (await record(app))!['$id']!.value as string;
  const change = async (app: KintoneBook, values: Record<string, unknown>) => {
    const changed = Object.fromEntries(Object.entries(values).map(([code, value]) => [code, { value }]));
    await person().updateRecord({ app: ids[app], id: await idOf(app), record: changed });
  };
  const seen = async (options: LookOptions = {}): Promise<Found[]> =>
    (await look(options)).found.filter((found) => found.applicationId === applicationId);
  /** The workflow hears of it. */
  const tell = ({ changeId, kind, detail }: Found) =>
    take({
      type: 'changedInKintone',
      changeId: changeId!,
      kind,
      fields: detail.fields.map(({ code }) => code),
      record: { app: detail.record!.app, key: detail.record!.key },
      ...(detail.restorable === false ? { restorable: false } : {}),
    });
  const settle = ({ changeId, detail }: Found, choice: 'accept' | 'restore') =>
    take({
      type: 'kintoneChangeSettled',
      changeId: changeId!,
      choice,
      fields: detail.fields.map(({ code }) => code),
      record: { app: detail.record!.app, key: detail.record!.key },
    });
  return { applicationId, receiptNumber, take, record, idOf, change, seen, tell, settle };
}

describe('records of the other apps', () => {
  it('are nothing to tell of where only the system has written', async () => {
    const one = await carried();
    expect(await one.seen({ whole: true, sweep: true })).toEqual([]);
    expect((await look({ whole: true })).unknown).toEqual([]);
  });

  it('changed, are told with who, what and which, once; accepted, they are what counts', async () => {
    const one = await carried();
    await one.change('contacts', { content: '直したメモ' });
    const [found, ...more] = await one.seen();
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      kind: 'record',
      detail: {
        who: '佐藤 区子',
        record: { app: 'contacts', title: 'メモ' },
        fields: [{ code: 'content', before: '元のメモ', after: '直したメモ' }],
      },
    });
    expect(found!.detail.restorable).toBeUndefined();
    expect((await one.seen())[0]!.changeId).toBe(found!.changeId);
    await one.tell(found!);
    expect((await one.record('contacts'))!['content']!.value).toBe('直したメモ');
    await one.settle(found!, 'accept');
    expect(await one.seen({ whole: true })).toEqual([]);
    expect((await one.record('contacts'))!['content']!.value).toBe('直したメモ');
  });

  it('put back, read as before: tables with their rows', async () => {
    const one = await carried();
    const before = await one.record('reviews');
    await one.change('reviews', { findings: [], outcome: '同意' });
    const [found] = await one.seen();
    expect(found!.detail.fields.map(({ code }) => code).sort()).toEqual(['findings', 'outcome']);
    expect(found!.detail.record).toMatchObject({ app: 'reviews', title: '一次審査（1回目）' });
    await one.tell(found!);
    await one.settle(found!, 'restore');
    const after = await one.record('reviews');
    expect(after!['outcome']!.value).toBe(before!['outcome']!.value);
    expect(after!['findings']!.value).toHaveLength(1);
    expect(await one.seen({ whole: true })).toEqual([]);
  });

  it.each(['webhook', 'sweep'])('deleted, is noticed by %s and written again', async (how) => {
    const one = await carried();
    await look();
    const recordId = await one.idOf('reviews');
    await person().deleteRecords({ app: ids.reviews, ids: [recordId] });
    if (how === 'webhook') {
      const told = { app: 'reviews', recordId, event: 'DELETE_RECORD', by: '佐藤 区子' };
      await keepSuspect(store.db, keyring, told);
    }
    const [found] = await one.seen({ sweep: how === 'sweep' });
    expect(found).toMatchObject({ kind: 'deleted', detail: { who: how === 'webhook' ? '佐藤 区子' : null } });
    await one.tell(found!);
    expect(await one.record('reviews')).toMatchObject({
      reviewer: { value: '青木 見本' },
      receipt_number: { value: one.receiptNumber },
    });
    expect(await one.seen({ sweep: true, whole: true })).toEqual([]);
  });

  it('a document that is gone has gone with its file: a question, and then forgotten', async () => {
    const one = await carried();
    await look();
    await person().deleteRecords({ app: ids.documents, ids: [await one.idOf('documents')] });
    const [found] = await one.seen({ sweep: true });
    expect(found).toMatchObject({ kind: 'deleted', detail: { restorable: false } });
    expect(found!.detail.record!.title).toMatch(/就労/);
    await one.tell(found!);
    await one.settle(found!, 'accept');
    expect(await one.seen({ sweep: true })).toEqual([]);
    expect(await one.record('documents')).toBeUndefined();
  });

  it('a file that was taken out cannot be put back; what stands beside it can', async () => {
    const one = await carried();
    await one.change('documents', { file: [] });
    const [gone] = await one.seen();
    expect(gone).toMatchObject({ kind: 'record', detail: { restorable: false, fields: [{ code: 'file' }] } });
    await one.tell(gone!);
    await one.settle(gone!, 'accept');
    expect(await one.seen({ whole: true })).toEqual([]);
    await one.change('documents', { document_label: '別の書類' });
    const [renamed] = await one.seen();
    expect(renamed!.detail.restorable).toBeUndefined();
    await one.tell(renamed!);
    await one.settle(renamed!, 'restore');
    expect((await one.record('documents'))!['document_label']!.value).toMatch(/就労/);
  });

  it('another file of the same name and size is noticed, and asked for no more once it is accepted', async () => {
    const one = await carried();
    const [written] = (await one.record('documents'))!['file']!.value as { name: string; size: string }[];
    const swap = async (fill: string) => {
      const data = Buffer.alloc(Number(written!.size), fill);
      const { fileKey } = await kintone
        .as('sato', 'pw')
        .file.uploadFile({ file: { name: written!.name, data } });
      await one.change('documents', { file: [{ fileKey }] });
    };
    await swap('x');
    const [found, ...more] = await one.seen();
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      kind: 'record',
      detail: { who: '佐藤 区子', restorable: false, fields: [{ code: 'file', label: '書類' }] },
    });
    expect(found!.detail.fields[0]!.after).toMatch(/中身が違います/);
    expect((await one.seen())[0]!.changeId).toBe(found!.changeId);
    await one.tell(found!);
    await one.settle(found!, 'accept');
    expect(await one.seen({ whole: true })).toEqual([]);
    expect((await one.record('documents'))!['sha256']!.value).toBe(
      createHash('sha256')
        .update('x'.repeat(Number(written!.size)))
        .digest('hex'),
    );
    // The accepted one counts from now on, after the end by its hash too.
    await one.take({ type: 'cancelled' });
    await eraseOldCopies({ db: store.db, keyring, copyDays: 0, now: () => new Date(Date.now() + 60_000) });
    await one.change('documents', { file: [] });
    await swap('y');
    expect((await one.seen({ whole: true })).map(({ detail }) => detail.fields[0]!.code)).toEqual(['file']);
  });

  it('a line of the receipt ledger is put right by itself', async () => {
    const one = await carried();
    expect(await one.record('ledger')).toMatchObject({
      state: { value: '二次審査' },
      received_on: { value: '2026-11-02' },
      channel: { value: 'オンライン' },
    });
    await one.change('ledger', { state: '承認', received_on: '2026-11-30' });
    const [found] = await one.seen();
    expect(found).toMatchObject({ kind: 'system', detail: { record: { app: 'ledger' } } });
    await one.tell(found!);
    expect(await one.record('ledger')).toMatchObject({
      state: { value: '二次審査' },
      received_on: { value: '2026-11-02' },
    });
    expect(await one.seen({ whole: true })).toEqual([]);
  });

  it('what is on its way is no change, and is not forgotten either', async () => {
    const one = await carried();
    await look();
    await one.change('contacts', { content: '途中' });
    const { db } = store;
    const carriedTo = (seq: number) =>
      db.updateTable('applications').set({ kintone_seq: seq }).where('id', '=', one.applicationId).execute();
    await carriedTo(1);
    expect(await one.seen()).toEqual([]);
    await carriedTo(3);
    // Nothing that was written lately is read again: only what has been put aside.
    await db.updateTable('kintone_looks').set({ since: '2027-01-01T00:00:00Z' }).execute();
    expect(await one.seen()).toHaveLength(1);
  });

  it('are counted through once a day by itself, those of applications four times', async () => {
    const one = await carried();
    await look();
    await person().deleteRecords({ app: ids.reviews, ids: [await one.idOf('reviews')] });
    const swept = (hoursAgo: number) =>
      store.db
        .updateTable('kintone_looks')
        .set({ swept_at: new Date(Date.now() - hoursAgo * 3_600_000) })
        .execute();
    await swept(23);
    expect(await one.seen()).toEqual([]);
    await swept(25);
    expect(await one.seen()).toMatchObject([{ kind: 'deleted', detail: { record: { app: 'reviews' } } }]);
  });

  it('one that was added by hand belongs to nobody, and is named', async () => {
    const one = await carried();
    await person().addRecord({
      app: ids.contacts,
      record: { record_id: { value: '手書き' }, receipt_number: { value: one.receiptNumber } },
    });
    const { unknown } = await look();
    expect(unknown).toMatchObject([{ app: 'contacts', key: '手書き', receiptNumber: one.receiptNumber }]);
    expect(await one.seen()).toEqual([]);
  });

  it('some time after the end only hashes are kept: changes are told, and cannot be put back', async () => {
    const one = await carried();
    await one.take({ type: 'cancelled' });
    await one.seen();
    const erase = (days: number) =>
      eraseOldCopies({
        db: store.db,
        keyring,
        copyDays: 90,
        now: () => new Date(Date.now() + days * 24 * 60 * 60_000),
      });
    expect(await erase(89)).toBe(0);
    // What is to be judged is not taken away.
    await one.change('contacts', { content: 'まだ決めていない' });
    const [open] = await one.seen();
    await one.tell(open!);
    expect(await erase(91)).toBe(0);
    await one.settle(open!, 'restore');
    expect(await erase(91)).toBeGreaterThan(4);
    const key = (await one.record('contacts'))!['record_id']!.value as string;
    const kept = (await keptByKeys(store.db, keyring, 'contacts', [key])).get(key)!;
    expect(kept.hashed).toBe(true);
    expect(JSON.stringify(kept.content)).not.toMatch(/元のメモ/);
    expect(await one.seen({ whole: true, sweep: true })).toEqual([]);

    await one.change('contacts', { content: 'あとから' });
    const [found] = await one.seen();
    expect(found).toMatchObject({
      kind: 'record',
      detail: { restorable: false, fields: [{ code: 'content', after: 'あとから' }] },
    });
    await one.tell(found!);
    await one.settle(found!, 'accept');
    expect(await one.seen({ whole: true })).toEqual([]);
    // What else is in the record is still known by its hashes.
    await one.change('contacts', { author: '別の人' });
    const [other] = await one.seen();
    expect(other!.detail.fields.map(({ code }) => code)).toEqual(['author']);
    await one.tell(other!);
    await one.settle(other!, 'accept');
    await one.change('ledger', { state: '承認' });
    const [line] = await one.seen();
    expect(line).toMatchObject({ kind: 'system', detail: { restorable: false } });
    await one.tell(line!);
    expect(await one.seen({ whole: true })).toEqual([]);
  });
});
