import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGateway } from '../../kintone/gateway/index.ts';
import type { AppIds } from '../../kintone/provision.ts';
import type { EventBody } from '../../domain/application/events.ts';
import { applicationById } from '../../store/applications.ts';
import { addTexts } from '../../store/texts.ts';
import { admin } from '../../testing/kintone.ts';
import { openKintoneStore, receivedApplication, type KintoneStore } from '../../testing/kintone-store.ts';
import { addTestAccount, testKeyring } from '../../testing/store.ts';
import { createCarry } from './carry.ts';

let { store, kintone, ids, gateway, close } = {} as KintoneStore;
let clerk: string;
let families = 0;

beforeAll(async () => {
  ({ store, kintone, ids, gateway, close } = await openKintoneStore({
    faults: true,
    limits: { requestTimeoutMs: 2000, batchWindowMs: 30 },
  }));
  clerk = await addTestAccount(store.db, { role: 'operator', name: '青木 見本' });
}, 180_000);
afterEach(() => {
  kintone.server.faults.clear();
});
afterAll(() => close());

const carry = () => createCarry({ db: store.db, keyring: testKeyring, gateway });

/** A made-up application with a document, as it stands after its receipt. */
async function received() {
  const { db } = store;
  const one = await receivedApplication(db, { family: (families += 1), document: '就労証明書.pdf' });
  const { applicationId, receiptNumber, family, history: events } = one;
  const add = (body: EventBody) =>
    one.add(
      body,
      { kind: 'staff', id: clerk, role: 'operator' },
      `2026-11-02T01:0${events.length + 1}:00.000Z`,
    );
  return {
    applicationId,
    receiptNumber,
    family,
    add,
    run: () => carry()({ applicationId, seq: events.length }),
  };
}

async function records(app: keyof AppIds, receiptNumber: string) {
  const { records: found } = await kintone
    .as()
    .record.getRecords({ app: ids[app]!, query: `receipt_number = "${receiptNumber}"` });
  return found;
}

/** Everything that PostgreSQL has, as text: names must not be in it. */
async function databaseText(): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(store.db);
  const parts = await Promise.all(
    rows.map(
      async ({ name }) => (await sql`select t::text from ${sql.table(name)} t`.execute(store.db)).rows,
    ),
  );
  return JSON.stringify(parts);
}

describe('carrying an application into kintone (design 6, 7)', () => {
  it('brings record, document and what people wrote, and erases the copies', async () => {
    const app = await received();
    const note = crypto.randomUUID();
    const text = {
      id: note,
      applicationId: app.applicationId,
      kind: 'note',
      authorId: clerk,
      content: '電話は午後がよい',
    } as const;
    await addTexts(store.db, testKeyring, [text]);
    await app.add({ type: 'noted', note });
    await app.run();

    const [record, ...more] = await records('application_admission', app.receiptNumber);
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      child_family_name: { value: app.family.answers['child_family_name'] },
      stage: { value: '一次審査' },
      bop_code: { value: app.family.bopCode },
    });
    const [document] = await records('documents', app.receiptNumber);
    const [{ fileKey }] = document!['file']!.value as unknown as [{ fileKey: string }];
    const download = await kintone.as().file.downloadFile({ fileKey });
    expect(Buffer.from(download).toString()).toContain(app.family.guardianName);
    const [entry] = await records('contacts', app.receiptNumber);
    expect(entry).toMatchObject({ content: { value: '電話は午後がよい' }, author: { value: '青木 見本' } });

    const after = await applicationById(store.db, app.applicationId, 'all');
    expect(after?.kintoneSeq).toBe(2);
    const left = await sql<{ n: number }>`
      select (select count(*) from file_chunks) + (select count(*) from application_versions where answers_ct is not null)
           + (select count(*) from texts where content_ct is not null) as n`.execute(store.db);
    expect(Number(left.rows[0]?.n)).toBe(0);
  });

  it('keeps no name readable in PostgreSQL, neither before nor after', async () => {
    const app = await received();
    const secret = app.family.answers['child_given_kana'] as string;
    expect(await databaseText()).not.toContain(secret);
    expect(await databaseText()).not.toContain(app.family.guardianName);
    await app.run();
    expect(await databaseText()).not.toContain(secret);
  });

  // Each is what a break at that moment looks like to this side; the activity is then run again, as Temporal does.
  it.each([
    ['the upload is refused for load', { kind: 'too-many-requests', path: '/k/v1/file.json', count: 1 }],
    ['the answer to the upload is lost', { kind: 'drop-after', path: '/k/v1/file.json', count: 1 }],
    [
      'the write is refused for maintenance, with a page of text',
      { kind: 'maintenance', path: '/k/v1/bulkRequest.json', count: 2 },
    ],
    [
      'the connection breaks before the write',
      { kind: 'drop-before', path: '/k/v1/bulkRequest.json', count: 1 },
    ],
    ['the answer to the write is lost', { kind: 'drop-after', path: '/k/v1/bulkRequest.json', count: 1 }],
  ] as const)('does nothing twice and loses nothing when %s', async (_what, fault) => {
    const app = await received();
    kintone.server.faults.add(fault);
    let attempts = 0;
    for (;;) {
      attempts += 1;
      const error: unknown = await app.run().then(
        () => undefined,
        (e: unknown) => e,
      );
      if (error === undefined) break;
      expect(error).not.toMatchObject({ nonRetryable: true });
      expect(attempts).toBeLessThan(5);
    }
    expect(attempts).toBeGreaterThan(1);
    expect(await records('application_admission', app.receiptNumber)).toHaveLength(1);
    const documents = await records('documents', app.receiptNumber);
    expect(documents).toHaveLength(1);
    expect(documents[0]!['file']!.value).toHaveLength(1);
  });

  it('does it again without effect when it died before the copies were erased', async () => {
    const app = await received();
    const killed = () => {
      throw new Error('killed here');
    };
    const broken = createCarry({
      db: new Proxy(store.db, {
        get: (target, property) => {
          if (property === 'transaction') return killed;
          const value: unknown = Reflect.get(target, property, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      }),
      keyring: testKeyring,
      gateway,
    });
    await expect(broken({ applicationId: app.applicationId, seq: 1 })).rejects.toThrow('killed here');
    await app.run();
    expect(await records('application_admission', app.receiptNumber)).toHaveLength(1);
    expect(await records('documents', app.receiptNumber)).toHaveLength(1);
  });

  it('sends the records of many applications in few requests', async () => {
    const apps = await Promise.all(Array.from({ length: 12 }, received));
    const before = bulkRequests();
    // Waits for so many that a slow machine, too, has all of them by then.
    const patient = createGateway({
      baseUrl: kintone.server.url,
      password: admin,
      appIds: ids,
      limits: { batchWindowMs: 60_000, batchRecords: apps.length * 3 },
    });
    const together = createCarry({ db: store.db, keyring: testKeyring, gateway: patient });
    await Promise.all(apps.map(({ applicationId }) => together({ applicationId, seq: 1 })));
    await patient.close();
    expect(bulkRequests() - before).toBe(1);
    for (const app of apps) expect(await records('application_admission', app.receiptNumber)).toHaveLength(1);
  });
});

function bulkRequests(): number {
  const { requests } = kintone.server;
  return requests
    .list()
    .filter((one) => one.call.includes('bulkRequest'))
    .reduce((sum, one) => sum + one.count, 0);
}
