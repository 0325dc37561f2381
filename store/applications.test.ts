import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplicationEvent } from '../domain/application/events.ts';
import {
  addTestAccount,
  openTestStore,
  receivedEvent,
  stepOf,
  testKeyring,
  testSubmission,
} from '../testing/store.ts';
import { countByQueue, eachApplication, listApplications } from './application-lists.ts';
import {
  applicationById,
  applicationByReceipt,
  projectStep,
  rebuildProjection,
  type Application,
} from './applications.ts';
import type { Db } from './db.ts';
import { completeEvents, eventsOf, ProjectionConflictError } from './events.ts';
import { markStarted, receiveSubmission, unstarted } from './receive.ts';
import { addTexts, waitingTexts } from './texts.ts';
import { addChange, discardChange, waitingVersions } from './versions.ts';

let db: Db;
let url: string;
let close: () => Promise<void>;
let applicant: string;
let clerk: string;
beforeAll(async () => {
  ({ db, url, close } = await openTestStore());
  applicant = await addTestAccount(db);
  clerk = await addTestAccount(db, { role: 'operator' });
});
afterAll(() => close());

async function receive(given: Parameters<typeof testSubmission>[0] = {}) {
  const submission = testSubmission({ applicantId: applicant, ...given });
  const result = await receiveSubmission(db, testKeyring, submission);
  if (result.kind !== 'received') throw new Error(result.kind);
  return { submission, application: result.application };
}

async function addFile(owner: string): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('files')
    .values({
      id,
      account_id: owner,
      document_type: 'workCertificate',
      name_ct: testKeyring.encryptText('就労.pdf', { table: 'files', column: 'name_ct', id }),
      content_type: 'application/pdf',
      size: 3,
      sha256: 'x',
      complete: true,
    })
    .execute();
  return id;
}

const by = { kind: 'staff', role: 'operator' } as const;

describe('receiveSubmission', () => {
  it('gives each a receipt number, also when many come at once', async () => {
    const many = await Promise.all(Array.from({ length: 12 }, () => receive()));
    const numbers = new Set(many.map(({ application }) => application.receiptNumber));
    expect(numbers.size).toBe(12);
    for (const number of numbers) expect(number).toMatch(/^A27-\d{6}-\d$/);
  });

  it('the same submission twice, at the same moment, is one (Q08)', async () => {
    const submission = testSubmission({ applicantId: applicant });
    const results = await Promise.all([1, 2, 3].map(() => receiveSubmission(db, testKeyring, submission)));
    expect(results.map((result) => result.kind).sort()).toEqual(['received', 'same', 'same']);
  });

  it('both parents at the same moment: one is received, the other told which (Q08)', async () => {
    const one = testSubmission({ applicantId: applicant });
    const two = testSubmission({ applicantId: await addTestAccount(db), child: one.child });
    const results = await Promise.all([one, two].map((s) => receiveSubmission(db, testKeyring, s)));
    expect(results.map((result) => result.kind).sort()).toEqual(['duplicate', 'received']);
    const [received] = results.flatMap((result) => (result.kind === 'received' ? [result.application] : []));
    const [existing] = results.flatMap((result) => (result.kind === 'duplicate' ? [result.existing] : []));
    expect(existing?.receiptNumber).toBe(received?.receiptNumber);
  });

  it('takes files with it, only the own and complete ones, and nothing of a failed one stays', async () => {
    const mine = await addFile(applicant);
    const { application } = await receive({ fileIds: [mine] });
    const row = await db.selectFrom('files').selectAll().where('id', '=', mine).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ application_id: application.id, version: 1 });
    const others = await addFile(clerk);
    const failing = testSubmission({ applicantId: applicant, fileIds: [others] });
    await expect(receiveSubmission(db, testKeyring, failing)).rejects.toThrow(others);
    expect(await applicationById(db, failing.applicationId, 'all')).toBeUndefined();
  });

  it('the sweeper sees what was committed and not started', async () => {
    const { application } = await receive();
    const ids = async () => (await unstarted(db, 60, 1000)).map((one) => one.id);
    expect(await ids()).toContain(application.id);
    await markStarted(db, application.id);
    expect(await ids()).not.toContain(application.id);
  });
});

async function projected(given: Parameters<typeof testSubmission>[0] = {}) {
  const { submission, application } = await receive(given);
  const events: ApplicationEvent[] = [receivedEvent(submission, application.receiptNumber)];
  await projectStep(db, stepOf(events));
  const add = async (event: Record<string, unknown> & { type: ApplicationEvent['type'] }) => {
    const whole = {
      by: { ...by, id: clerk },
      at: '2026-11-03T00:00:00.000Z',
      ...event,
      seq: events.length + 1,
    };
    events.push(whole as unknown as ApplicationEvent);
    const step = stepOf(events);
    await projectStep(db, step);
    return step;
  };
  return { id: application.id, application, events, add };
}

describe('projectStep', () => {
  it('writes events and summary, once; older steps that come late do not overwrite', async () => {
    const { id, events, add } = await projected();
    const first = stepOf(events);
    const assigned = await add({ type: 'assigned', assignee: clerk });
    await projectStep(db, first);
    await projectStep(db, assigned);
    expect(await applicationById(db, id, 'all')).toMatchObject({
      seq: 2,
      assignee: clerk,
      queues: ['firstReview'],
    });
    expect(await eventsOf(db, id)).toEqual(events);
    expect((await completeEvents(db, id)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('writes what is new of a step whose beginning is there, or nothing of it', async () => {
    const { id, events } = await projected();
    const at = '2026-11-03T00:00:00.000Z';
    const next = (seq: number, assignee: string) =>
      ({ type: 'assigned', seq, at, by: { ...by, id: clerk }, assignee }) as unknown as ApplicationEvent;
    const both = [...events, next(2, clerk), next(3, applicant)];
    // Only the first of two events got there, as an older version of this program left it.
    await projectStep(db, stepOf(both.slice(0, 2)));
    await projectStep(db, { ...stepOf(both), events: both.slice(1) });
    expect((await eventsOf(db, id)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await applicationById(db, id, 'all')).toMatchObject({ seq: 3, assignee: applicant });
    const odd = [...both.slice(0, 2), next(3, clerk), next(4, clerk)];
    await expect(projectStep(db, { ...stepOf(odd), events: odd.slice(2) })).rejects.toThrow(
      ProjectionConflictError,
    );
    expect((await eventsOf(db, id)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('refuses an event that differs from the one stored', async () => {
    const { events, add } = await projected();
    await add({ type: 'assigned', assignee: clerk });
    const other = stepOf([...events.slice(0, 1), { ...events[1]!, assignee: applicant } as ApplicationEvent]);
    await expect(projectStep(db, other)).rejects.toThrow(ProjectionConflictError);
  });

  it('marks the texts and numbers the changes that the events accept', async () => {
    const { id, add } = await projected();
    const [note, forgotten] = [randomUUID(), randomUUID()];
    const text = { applicationId: id, kind: 'note', authorId: clerk, content: '本文' } as const;
    await addTexts(db, testKeyring, [
      { id: note, ...text },
      { id: forgotten, ...text },
    ]);
    await add({ type: 'noted', note });
    expect([...(await waitingTexts(db, testKeyring, id, { usedOnly: true })).keys()]).toEqual([note]);

    const change = {
      applicationId: id,
      kind: 'correction',
      changes: { a: '2' },
      before: { a: '1' },
      by: clerk,
      at: '2026-11-03T00:00:00.000Z',
    } as const;
    const [accepted, refused, file] = [randomUUID(), randomUUID(), await addFile(clerk)];
    await addChange(db, testKeyring, { ...change, sourceId: refused, fileIds: [file] });
    await discardChange(db, refused);
    await addChange(db, testKeyring, { ...change, sourceId: accepted, fileIds: [file] });
    await addChange(db, testKeyring, { ...change, sourceId: accepted, fileIds: [file] });
    expect(await waitingVersions(db, testKeyring, id)).toHaveLength(1);
    await add({ type: 'minorCorrected', itemId: 'i', correctionId: accepted });
    const versions = await waitingVersions(db, testKeyring, id);
    expect(versions.map(({ version, content }) => [version, content.answers])).toEqual([
      [1, expect.anything()],
      [2, { a: '2' }],
    ]);
    const row = await db.selectFrom('files').select('version').where('id', '=', file).executeTakeFirst();
    expect(row?.version).toBe(2);
  });

  it('wakes listeners, and is silent when nothing changed', async () => {
    const { id, events } = await projected();
    const listener = new pg.Client({ connectionString: url });
    await listener.connect();
    try {
      const heard: unknown[] = [];
      listener.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '')));
      await listener.query('listen application_changed');
      await projectStep(db, stepOf(events));
      events.push({ type: 'unassigned', seq: 2, at: '2026-11-03T00:00:00.000Z', by: { ...by, id: clerk } });
      await projectStep(db, stepOf(events));
      await listener.query('select 1');
      expect(heard).toEqual([{ applicationId: id, seq: 2 }]);
    } finally {
      await listener.end();
    }
  });

  it('can be made anew from the events', async () => {
    const { id, add } = await projected();
    await add({ type: 'assigned', assignee: clerk });
    const before = await applicationById(db, id, 'all');
    await db
      .updateTable('applications')
      .set({ stage: 'approved', queues: [], seq: 99 })
      .where('id', '=', id)
      .execute();
    await rebuildProjection(db, id);
    expect({ ...(await applicationById(db, id, 'all')), updatedAt: 0 }).toEqual({ ...before, updatedAt: 0 });
  });
});

describe('lists', () => {
  it('show nothing outside the place, whatever is asked (Q03)', async () => {
    const { application: theirs } = await projected({ bopCode: '28' });
    const { application: mine } = await projected({ bopCode: '4' });
    const bops = ['4'];
    expect(await applicationById(db, theirs.id, bops)).toBeUndefined();
    expect(await applicationByReceipt(db, theirs.receiptNumber, bops)).toBeUndefined();
    const filters = [
      {},
      { bopCodes: ['28'] },
      { hallCode: '01' },
      { receiptNumber: theirs.receiptNumber },
      { queue: 'firstReview' as const },
    ];
    for (const filter of filters) {
      const { items, total } = await listApplications(db, { bops, filter, limit: 500 });
      expect(items.every((item) => item.bopCode === '4')).toBe(true);
      expect(total).toBe(items.length);
    }
    expect(await listApplications(db, { bops: [] })).toEqual({ items: [], total: 0 });
    expect((await countByQueue(db, { bops })).firstReview).toBe(1);
    expect(
      (await listApplications(db, { bops: 'all', filter: { hallCode: '01' }, limit: 500 })).items,
    ).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: mine.id }),
        expect.objectContaining({ id: theirs.id }),
      ]),
    );
  });

  it('pages neither repeat nor leave out, filters hold together', async () => {
    for (let i = 0; i < 7; i += 1) await projected({ bopCode: '51', round: 'r' });
    const pages: Application[] = [];
    for (let offset = 0; offset < 7; offset += 3) {
      const page = await listApplications(db, { bops: ['51'], filter: { round: 'r' }, limit: 3, offset });
      expect(page.total).toBe(7);
      pages.push(...page.items);
    }
    expect(new Set(pages.map((one) => one.id)).size).toBe(7);
    const day = { receivedFrom: '2026-11-02', receivedTo: '2026-11-02' };
    expect((await listApplications(db, { bops: ['51'], filter: day })).total).toBe(7);
    const next = { receivedFrom: '2026-11-03' };
    expect((await listApplications(db, { bops: ['51'], filter: next })).total).toBe(0);
    expect((await listApplications(db, { bops: ['51'], filter: { receiptNumber: 'a27-%' } })).total).toBe(0);
    let exported = 0;
    for await (const page of eachApplication(db, { bops: ['51'] })) exported += page.length;
    expect(exported).toBe(7);
  });
});
