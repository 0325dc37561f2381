import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { demoFamily } from '../../embedded/demo/families.ts';
import type { ApplicationEvent, EventBody } from '../../domain/application/events.ts';
import type { NoticeContent } from '../../domain/notices/content.ts';
import { createGateway, type Gateway } from '../../kintone/gateway/index.ts';
import { provision, type AppIds } from '../../kintone/provision.ts';
import { projectStep } from '../../store/applications.ts';
import { contentChecksum, noticesOf, tokenIsTrue, waitingContents } from '../../store/notices.ts';
import { receiveSubmission } from '../../store/receive.ts';
import { seedSettings } from '../../store/settings.ts';
import { addTexts } from '../../store/texts.ts';
import { admin, startTestKintone, type TestKintone } from '../../testing/kintone.ts';
import {
  addTestAccount,
  openTestStore,
  receivedEvent,
  stepOf,
  testKeyring,
  testSubmission,
} from '../../testing/store.ts';
import { lookForChanges } from '../reconcile/look.ts';
import { createMakeNotices } from './make.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;
let kintone: TestKintone;
let gateway: Gateway;
let appIds: AppIds;
let ward: string;
let families = 0;

const PUBLIC = 'https://gakudo.example.jp';

beforeAll(async () => {
  [store, kintone] = await Promise.all([
    openTestStore(),
    startTestKintone({ users: [{ code: 'sato', name: '佐藤 区子', password: 'pw' }] }, { faults: true }),
  ]);
  appIds = await provision(kintone.as());
  await seedSettings(store.db, new Date('2026-01-01T00:00:00Z'));
  gateway = createGateway({
    baseUrl: kintone.server.url,
    password: admin,
    appIds,
    limits: { requestTimeoutMs: 2000, batchWindowMs: 30 },
  });
  ward = await addTestAccount(store.db, { role: 'ward', name: '区 見本' });
});
afterEach(() => {
  kintone.server.faults.clear();
});
afterAll(async () => {
  await gateway.close();
  await kintone.close();
  await store.close();
});

const makeNotices = (over: Partial<{ gateway: Gateway }> = {}) =>
  createMakeNotices({
    db: store.db,
    keyring: testKeyring,
    gateway,
    config: { http: { publicUrl: PUBLIC } } as never,
    ...over,
  });

/** A made-up application that the ward has decided on. */
async function application() {
  const { db } = store;
  const family = demoFamily((families += 1));
  const submission = testSubmission({ answers: family.answers, bopCode: family.bopCode });
  const outcome = await receiveSubmission(db, testKeyring, submission);
  if (outcome.kind !== 'received') throw new Error(outcome.kind);
  const events: ApplicationEvent[] = [receivedEvent(submission, outcome.application.receiptNumber)];
  await projectStep(db, stepOf(events));
  const { applicationId } = submission;
  const add = async (body: EventBody, at = `2027-01-12T01:0${events.length}:00.000Z`) => {
    events.push({ ...body, seq: events.length + 1, at, by: { kind: 'staff', id: ward, role: 'ward' } });
    await projectStep(db, stepOf(events));
  };
  const moveDay = (noticesOn: string) => {
    const [first] = events;
    if (first?.type !== 'received') throw new Error('not received');
    const { calendar, deadlines } = first.settings;
    return add({ type: 'settingsChanged', calendar, deadlines, noticesOn });
  };
  return {
    applicationId,
    family,
    add,
    moveDay,
    deliver: () => makeNotices()({ applicationId, seq: events.length }),
  };
}

const look = () =>
  lookForChanges(
    { db: store.db, keyring: testKeyring, gateway, now: () => new Date(), systemUsers: new Set(['admin']) },
    { sweep: true },
  );

const approved = { type: 'decided', outcome: 'approved', effectiveFrom: '2027-04-01' } as const;
const later = { ...approved, releaseOn: '2027-01-29' } as const;

describe('notices that people change in kintone', () => {
  it.each(['words', 'file', 'deleted'] as const)(
    '(%s) are made again as they were, and told',
    async (what) => {
      const one = await application();
      await one.add(approved);
      await one.deliver();
      await store.db
        .updateTable('applications')
        .set((eb) => ({ kintone_seq: eb.ref('seq') }))
        .execute();
      const [notice] = await noticesOf(store.db, one.applicationId);
      const person = kintone.as('sato', 'pw');
      const record = async () => {
        const query = `notice_id = "${notice!.id}"`;
        return (await kintone.as().record.getRecords({ app: appIds.notices, query })).records[0];
      };
      const mine = async () =>
        (await look()).found.filter(({ applicationId }) => applicationId === one.applicationId);
      expect(await mine()).toEqual([]);
      const made = (await record())!;
      const id = made['$id']!.value as string;
      const [pdf] = made['file']!.value as { name: string; size: string }[];
      if (what === 'deleted') await person.record.deleteRecords({ app: appIds.notices, ids: [id] });
      else {
        const file = { name: pdf!.name, data: Buffer.alloc(Number(pdf!.size), 'x') };
        const { fileKey } = await person.file.uploadFile({ file });
        const change: Record<string, { value: unknown }> =
          what === 'file' ? { file: { value: [{ fileKey }] } } : { number: { value: '偽の番号' } };
        await person.record.updateRecord({ app: appIds.notices, id, record: change });
      }
      const [found, ...more] = await mine();
      expect(more).toEqual([]);
      expect(found).toMatchObject({
        kind: what === 'deleted' ? 'deleted' : 'system',
        detail: {
          who: what === 'deleted' ? null : '佐藤 区子',
          record: { app: 'notices', key: notice!.id, title: `入会承認通知書 ${notice!.number}` },
          fields: what === 'deleted' ? [] : [{ code: what === 'file' ? 'file' : 'number' }],
        },
      });
      expect(found!.detail.restorable).toBeUndefined();
      await one.add({
        type: 'changedInKintone',
        changeId: found!.changeId!,
        kind: found!.kind,
        fields: found!.detail.fields.map(({ code }) => code),
        record: { app: 'notices', key: notice!.id },
      });
      await one.deliver();
      await store.db
        .updateTable('applications')
        .set((eb) => ({ kintone_seq: eb.ref('seq') }))
        .execute();
      const again = (await record())!;
      for (const code of ['number', 'content', 'state', 'receipt_number', 'pdf_sha256'])
        expect(again[code]!.value).toBe(made[code]!.value);
      const { fileKey } = (again['file']!.value as { fileKey: string }[])[0]!;
      const hash = createHash('sha256');
      for await (const chunk of (await gateway.downloadFile(fileKey)).stream) hash.update(chunk as Buffer);
      expect(hash.digest('hex')).toBe(notice!.pdfSha256 ?? made['pdf_sha256']!.value);
      expect(await mine()).toEqual([]);
      await one.deliver();
      expect((await record())!['$revision']!.value).toBe(again['$revision']!.value);
    },
  );
});

describe('notices of an application', () => {
  it('are made once, from what was decided on, whoever delivers and however often', async () => {
    const one = await application();
    await one.deliver();
    expect(await noticesOf(store.db, one.applicationId)).toEqual([]);
    await one.add(approved);
    await Promise.all([one.deliver(), one.deliver(), one.deliver()]);
    await one.deliver();
    const notices = await noticesOf(store.db, one.applicationId);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({
      kind: 'admissionApproved',
      issuedOn: '2027-01-12',
      carriedAs: 'released',
      missingCharacters: 0,
    });
    expect(notices[0]!.reference).toMatch(/^N26A-\d{6}$/);
    expect(notices[0]!.number).toMatch(/^8世児童入第\d+号$/);
  });

  it('count by kind without gaps, however many are made at the same moment', async () => {
    const many = await Promise.all(Array.from({ length: 6 }, () => application()));
    await Promise.all(many.map((one) => one.add(approved)));
    await Promise.all(many.flatMap((one) => [one.deliver(), one.deliver()]));
    const all = await store.db
      .selectFrom('notices')
      .select('reference')
      .where('kind', '=', 'admissionApproved')
      .orderBy('reference')
      .execute();
    expect(all.map(({ reference }) => Number(reference.slice(5)))).toEqual(all.map((_, index) => index + 1));
  });

  it('are kept here, encrypted, while kintone is away, and only there afterwards, unchanged', async () => {
    const one = await application();
    await one.add(approved);
    kintone.server.faults.add({ kind: 'maintenance' });
    await expect(one.deliver()).rejects.toThrow('kintone');
    const [waiting] = await noticesOf(store.db, one.applicationId);
    expect(waiting).toMatchObject({ carriedAs: null });
    const before = (await waitingContents(store.db, testKeyring, [waiting!.id])).get(waiting!.id)!;
    expect(before.child.name).toContain(one.family.answers['child_given_name'] as string);
    const sealed = await store.db
      .selectFrom('notices')
      .select('content_ct')
      .where('id', '=', waiting!.id)
      .executeTakeFirstOrThrow();
    expect(sealed.content_ct?.includes(Buffer.from(before.child.name))).toBe(false);

    kintone.server.faults.clear();
    await one.deliver();
    const [carried] = await noticesOf(store.db, one.applicationId);
    expect((await waitingContents(store.db, testKeyring, [carried!.id])).size).toBe(0);
    const record = (await gateway.readNotices([carried!.id])).get(carried!.id)!;
    const after = JSON.parse(record.content) as NoticeContent;
    expect(after).toEqual(before);
    expect(contentChecksum(after)).toBe(carried!.sha256);
    const { stream } = await gateway.downloadFile(record.fileKey!);
    const hash = createHash('sha256');
    for await (const chunk of stream) hash.update(chunk as Buffer);
    expect(hash.digest('hex')).toBe(carried!.pdfSha256);
    const token = { ...carried!, keyId: carried!.keyId };
    expect(tokenIsTrue(testKeyring, carried!, token)).toBe(true);
    expect(tokenIsTrue(testKeyring, { ...carried!, sha256: '0'.repeat(64) }, token)).toBe(false);
  });

  it('wait for the day of the round; a decision taken back before it voids its notice, and the next one gets its own', async () => {
    const one = await application();
    await one.add(later);
    await one.deliver();
    const [first] = await noticesOf(store.db, one.applicationId);
    expect(first).toMatchObject({ issuedOn: '2027-01-29', releasedAt: null, carriedAs: 'made' });
    const reason = crypto.randomUUID();
    await addTexts(store.db, testKeyring, [
      {
        id: reason,
        applicationId: one.applicationId,
        kind: 'reason',
        authorId: ward,
        content: '就労時間が足りないため',
      },
    ]);
    await one.add({ type: 'decisionRevised', reason });
    await one.add({
      type: 'decided',
      outcome: 'refused',
      reasonCode: 'notEligible',
      reason,
      releaseOn: '2027-01-29',
    });
    await one.add({ type: 'released', outcome: 'refused' }, '2027-01-29T00:00:00.000Z');
    await one.deliver();
    const [old, now] = await noticesOf(store.db, one.applicationId);
    expect(old).toMatchObject({
      id: first!.id,
      number: first!.number,
      carriedAs: 'voided',
      releasedAt: null,
    });
    expect(now).toMatchObject({
      kind: 'refused',
      releasedAt: '2027-01-29T00:00:00.000Z',
      voidedAt: null,
      carriedAs: 'released',
    });
    const record = (await gateway.readNotices([now!.id])).get(now!.id)!;
    expect(record.content).toContain('就労時間が足りないため');
  });

  it('with the date of a day that the ward moves are void; others with a number of their own take their place', async () => {
    const one = await application();
    await one.add(later);
    await one.deliver();
    const [first] = await noticesOf(store.db, one.applicationId);
    await one.moveDay('2027-02-05');
    await Promise.all([one.deliver(), one.deliver()]);
    await one.add({ type: 'released', outcome: 'approved' }, '2027-02-05T00:00:00.000Z');
    await one.deliver();
    const [old, now, ...more] = await noticesOf(store.db, one.applicationId);
    expect(more).toEqual([]);
    expect(old).toMatchObject({ id: first!.id, issuedOn: '2027-01-29', voidReason: 'redated' });
    expect(old).toMatchObject({ sha256: first!.sha256, releasedAt: null, carriedAs: 'voided' });
    expect(now).toMatchObject({ issuedOn: '2027-02-05', voidedAt: null, carriedAs: 'released' });
    expect(now!.number).not.toBe(old!.number);
    const records = await gateway.readNotices([old!.id, now!.id]);
    const dates = [old, now].map((n) => (JSON.parse(records.get(n!.id)!.content) as NoticeContent).date);
    expect(dates).toEqual(['令和9年1月29日', '令和9年2月5日']);
  });

  it('of a decision taken back before its notice was made are never made', async () => {
    const one = await application();
    await one.add(later);
    await one.add({ type: 'decisionRevised', reason: crypto.randomUUID() });
    await one.deliver();
    expect(await noticesOf(store.db, one.applicationId)).toEqual([]);
  });
});
