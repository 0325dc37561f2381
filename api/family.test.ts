import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answers } from '../domain/procedures/definition.ts';
import { ADMISSION_EXAMPLE } from '../domain/procedures/example.ts';
import { exampleOf } from '../domain/procedures/examples/index.ts';
import type { Application } from '../store/applications.ts';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';
import { filingOf, png, upload } from '../testing/filing.ts';
import type {
  BatchProblem,
  BatchResponse,
  ChildrenResponse,
  Draft,
  DraftsResponse,
  FileInfo,
  MyApplication,
  MyApplicationsResponse,
  OfficeResponse,
  PrefillResponse,
  ReusableResponse,
} from './contract/index.ts';

/** Several children and procedures of one family: what is offered again, what is filed in one go (Q05, Q06, Q08). */
let api: TestApi;
let family: TestBrowser;
let other: TestBrowser;
let clerk: TestBrowser;
let started: Application[] = [];
let clock = new Date('2026-11-05T01:00:00.000Z');
let count = 0;

beforeAll(async () => {
  api = await startTestApi(() => ({
    ...partsAway,
    temporal: {
      ...partsAway.temporal,
      start: async (application) => {
        started.push(application);
        const { id: applicationId, receiptNumber, stage } = application;
        return { applicationId, receiptNumber, stage };
      },
    },
    now: () => clock,
  }));
  await api.createAccount({ role: 'operator', login: 'aoki' });
  clerk = await api.signedIn('aoki');
});
afterAll(() => api.close());
beforeEach(async () => {
  started = [];
  clock = new Date('2026-11-05T01:00:00.000Z');
  count += 1;
  // A family of its own for each test.
  for (const login of [`mother${String(count)}@example.jp`, `father${String(count)}@example.jp`])
    await api.createAccount({ role: 'applicant', login, email: login });
  family = await api.signedIn(`mother${String(count)}@example.jp`);
  other = await api.signedIn(`father${String(count)}@example.jp`);
});

const KANA = 'アイウエオカキクケコサシスセソ';
function child(name: string, given: Record<string, unknown> = {}) {
  const kana = `${KANA[count % KANA.length] ?? ''}${KANA[name.charCodeAt(0) % KANA.length] ?? ''}${String(
    count,
  )
    .split('')
    .map((digit) => KANA[Number(digit)] ?? '')
    .join('')}`;
  return {
    ...ADMISSION_EXAMPLE,
    child_given_name: name,
    child_given_kana: `コ${kana}`,
    ...given,
  } as typeof ADMISSION_EXAMPLE;
}

/** Who the child is, for another procedure about it. */
function childOf(answers: Record<string, unknown>) {
  const codes = ['child_given_name', 'child_given_kana', 'child_birth_date'];
  return Object.fromEntries(codes.map((code) => [code, answers[code]])) as Answers;
}

async function batchOf(...children: ReturnType<typeof child>[]) {
  const applications = [];
  for (const answers of children) applications.push(await filingOf(family, 'admission', answers));
  return { batchId: randomUUID(), applications };
}

const countOf = async () => (await api.db.selectFrom('applications').select('id').execute()).length;

describe('several in one go', () => {
  it('are received together, a receipt number each; sent again it is the same', async () => {
    const batch = await batchOf(child('月'), child('星', { grade: 3, child_birth_date: '2018-06-15' }));
    const [first, second] = await Promise.all([
      family.post('/api/applications/batch', batch),
      family.post('/api/applications/batch', batch),
    ]);
    expect([first.statusCode, second.statusCode].sort()).toEqual([200, 201]);
    expect(first.json()).toEqual(second.json());
    const { applications } = first.json<BatchResponse>();
    expect(applications.map((one) => one.childName)).toEqual(['見本 月', '見本 星']);
    expect(new Set(applications.map((one) => one.receiptNumber)).size).toBe(2);
    expect(new Set(started.map((one) => one.id)).size).toBe(2);
    const mine = (await family.get('/api/my/applications')).json<MyApplicationsResponse>().applications;
    expect(new Set(mine.map((one) => one.batchId))).toEqual(new Set([batch.batchId]));
    expect(new Set(mine.map((one) => one.childKey)).size).toBe(2);
    // Also when the period is over.
    clock = new Date('2027-01-05T01:00:00.000Z');
    family = await api.signedIn(`mother${String(count)}@example.jp`);
    expect((await family.post('/api/applications/batch', batch)).json()).toEqual(first.json());
  });

  it('a mistake in one is told at that child, and nothing is received', async () => {
    const before = await countOf();
    const batch = await batchOf(child('月'), child('星'));
    const wrong = {
      ...batch,
      applications: [
        batch.applications[0],
        {
          ...batch.applications[1],
          answers: { ...batch.applications[1]?.answers, child_family_kana: 'abc' },
        },
      ],
    };
    const refused = await family.post('/api/applications/batch', wrong);
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({
      code: 'batchRefused',
      errors: [{ path: 'applications.1.answers.child_family_kana' }],
      problems: [{ submissionId: batch.applications[1]?.submissionId, code: 'invalidAnswers' }],
    });
    expect(await countOf()).toBe(before);
    expect(started).toEqual([]);
    expect((await family.post('/api/applications/batch', batch)).statusCode).toBe(201);
  });

  it('a duplicate of one, also of the other parent or within the batch, stops all', async () => {
    const taken = await filingOf(other, 'admission', child('月'));
    expect((await other.post('/api/applications', taken)).statusCode).toBe(201);
    const before = await countOf();
    const batch = await batchOf(child('月'), child('星'));
    const refused = (await family.post('/api/applications/batch', batch)).json();
    expect(refused.problems).toHaveLength(1);
    expect(refused.problems[0]).toMatchObject({
      submissionId: batch.applications[0]?.submissionId,
      code: 'duplicate',
      existing: { own: false, receiptNumber: null },
    });
    const twice = await batchOf(child('星'), child('星'));
    expect((await family.post('/api/applications/batch', twice)).json().problems).toMatchObject([
      { submissionId: twice.applications[1]?.submissionId, code: 'twiceInBatch' },
    ]);
    expect(await countOf()).toBe(before);
  });

  it('two batches with one child in common, sent in the same second: one whole batch is there', async () => {
    const mine = await batchOf(child('月'), child('星'));
    const theirs = {
      batchId: randomUUID(),
      applications: [
        await filingOf(other, 'admission', child('風')),
        await filingOf(other, 'admission', child('星')),
      ],
    };
    const before = await countOf();
    const answers = await Promise.all([
      family.post('/api/applications/batch', mine),
      other.post('/api/applications/batch', theirs),
    ]);
    expect(answers.map((one) => one.statusCode).sort()).toEqual([201, 422]);
    expect(await countOf()).toBe(before + 2);
  });

  it('an admission and what follows it go together; without the admission it is told at the child, in all languages', async () => {
    const own = child('月');
    const answers = { ...exampleOf('extendedUse').answers, ...childOf(own) };
    const extended = await filingOf(family, 'extendedUse', answers);
    const alone = { batchId: randomUUID(), applications: [extended] };
    const refused = (await family.post('/api/applications/batch', alone)).json<BatchProblem>();
    expect(refused.problems[0]).toMatchObject({ submissionId: extended.submissionId, code: 'needNotMet' });
    expect(Object.keys(refused.problems[0]?.message ?? {}).sort()).toEqual(['en', 'ja', 'ja-easy']);
    const admission = await filingOf(family, 'admission', own);
    const both = { ...alone, applications: [extended, admission] };
    const sent = await family.post('/api/applications/batch', both);
    expect(sent.statusCode).toBe(201);
    expect(sent.json<BatchResponse>().applications.map((one) => one.receiptNumber.slice(0, 1))).toEqual([
      'B',
      'A',
    ]);
    const { children } = (await family.get('/api/my/children')).json<ChildrenResponse>();
    const year = children[0]?.years.find((one) => one.fiscalYear === 2027);
    const of = (code: string) => year?.procedures.find((one) => one.procedure === code);
    // Both are open already; to leave one has to be in; a cancellation is what there is instead.
    expect(of('admission')?.may).toBe(false);
    expect(of('withdrawal')).toMatchObject({ may: false, instead: 'cancellation' });
    expect(of('cancellation')?.may).toBe(true);
    const pre = (
      await family.get(`/api/my/prefill?procedure=withdrawal&fiscalYear=2027&child=${children[0]?.key ?? ''}`)
    ).json<PrefillResponse>();
    expect(pre.answers).toMatchObject({ child_given_name: '月', grade: 1, guardian1_phone: '09000000001' });
  });

  it('a document may stand in several: each application gets its own', async () => {
    const batch = await batchOf(child('月'), child('星'));
    const draftId = randomUUID();
    const documentType = 'employment_certificate_1';
    const bytes = png(300_000);
    const { id: fileId } = (await upload(family, { draftId, documentType }, bytes)).json<{ id: string }>();
    for (const one of batch.applications) one.files = [...one.files, { documentType, fileId }];
    const sent = await family.post('/api/applications/batch', batch);
    expect(sent.statusCode).toBe(201);
    const ids: string[] = [];
    for (const { applicationId } of sent.json<BatchResponse>().applications) {
      const { documents } = (await family.get(`/api/my/applications/${applicationId}`)).json<MyApplication>();
      const file = documents.find((one) => one.documentType === documentType);
      ids.push(file?.id ?? '');
      expect((await family.get(`/api/files/${file?.id ?? ''}`)).rawPayload.equals(bytes)).toBe(true);
    }
    expect(new Set(ids).size).toBe(2);
    const stolen = await batchOf(child('雪'), child('花'));
    const foreign = (await upload(other, { draftId: randomUUID(), documentType })).json<{ id: string }>().id;
    for (const one of stolen.applications) one.files = [{ documentType, fileId: foreign }];
    const refused = (await family.post('/api/applications/batch', stolen)).json<BatchProblem>();
    expect(refused.problems.map((one) => one.code)).toEqual(['fileGone', 'fileGone']);
  });
});

describe('what was entered before', () => {
  it('is offered for the same child, for a sister as far as it is the family’s, and to nobody else', async () => {
    const filed = await filingOf(family, 'admission', child('月'));
    expect((await family.post('/api/applications', filed)).statusCode).toBe(201);
    const { children } = (await family.get('/api/my/children')).json<ChildrenResponse>();
    expect(children.map((one) => one.name)).toEqual(['見本 月']);
    const key = children[0]?.key ?? '';
    const again = (
      await family.get(`/api/my/prefill?procedure=admission&fiscalYear=2028&child=${key}`)
    ).json<PrefillResponse>();
    expect(again.answers).toMatchObject({ child_given_name: '月', grade: 2, fiscal_year: 2028 });
    expect(again.answers).not.toHaveProperty('pledge_truth');
    expect(again.taken).toMatchObject([
      { procedure: 'admission', childName: '見本 月', receivedOn: '2026-11-05' },
    ]);
    const sister = (await family.get('/api/my/prefill?procedure=admission')).json<PrefillResponse>();
    expect(sister.answers).toMatchObject({ guardian1_employer: '見本商事株式会社' });
    expect(sister.answers).not.toHaveProperty('child_given_name');
    const strange = (
      await other.get(`/api/my/prefill?procedure=admission&child=${key}`)
    ).json<PrefillResponse>();
    expect(strange).toMatchObject({ answers: {}, taken: [] });
    expect((await other.get('/api/my/children')).json()).toEqual({ children: [] });
    expect((await clerk.get('/api/my/children')).statusCode).toBe(403);
    expect((await clerk.get('/api/my/prefill?procedure=admission')).statusCode).toBe(403);
    expect((await api.browser().get('/api/my/children')).statusCode).toBe(401);
  });

  it('says whether another application is needed or possible, and what instead', async () => {
    const filed = await filingOf(family, 'admission', child('月'));
    await family.post('/api/applications', filed);
    const { children } = (await family.get('/api/my/children')).json<ChildrenResponse>();
    const year = children[0]?.years.find((one) => one.fiscalYear === 2027);
    expect(year).toMatchObject({ membership: 'underWay' });
  });

  it('documents come again while they are young enough: sisters share those of the guardians', async () => {
    const types = ['employment_certificate_1', 'other_document'];
    const filed = await filingOf(family, 'admission', child('月'), types);
    await family.post('/api/applications', filed);
    const draft = randomUUID();
    const answers = { ...child('星'), pledge_truth: null };
    await family.put(`/api/drafts/${draft}`, {
      procedure: 'admission',
      answers,
      files: [],
      step: 'documents',
    });
    const offered = async () =>
      (await family.get(`/api/my/documents?procedure=admission&draft=${draft}`)).json<ReusableResponse>()
        .documents;
    const first = await offered();
    expect(first.map((one) => one.documentType)).toEqual(['employment_certificate_1']);
    const [file] = first[0]?.files ?? [];
    const copyBody = { draftId: draft, documentType: 'employment_certificate_1' };
    const copy = await family.post(`/api/files/${file?.id ?? ''}/copy`, copyBody);
    expect(copy.statusCode).toBe(201);
    expect(copy.json<FileInfo>().id).not.toBe(file?.id);
    const bytes = async (id: string) => (await family.get(`/api/files/${id}`)).rawPayload;
    expect((await bytes(copy.json<FileInfo>().id)).equals(await bytes(file?.id ?? ''))).toBe(true);
    expect((await other.post(`/api/files/${file?.id ?? ''}/copy`, copyBody)).statusCode).toBe(404);
    expect(
      (await other.post(`/api/files/${file?.id ?? ''}/copy`, { ...copyBody, draftId: randomUUID() }))
        .statusCode,
    ).toBe(404);
    const asOther = { ...copyBody, documentType: 'other_document' };
    expect((await family.post(`/api/files/${file?.id ?? ''}/copy`, asOther)).statusCode).toBe(404);
    // A copy is as old as what it is a copy of.
    clock = new Date('2027-02-04T01:00:00.000Z');
    await api.db
      .updateTable('files')
      .set({ created_at: '2026-11-05T01:00:00.000Z' })
      .where('id', '=', file?.id ?? '')
      .execute();
    await api.db
      .updateTable('files')
      .set({ first_uploaded_at: '2026-11-05T01:00:00.000Z' })
      .where('id', '=', copy.json<FileInfo>().id)
      .execute();
    family = await api.signedIn(`mother${String(count)}@example.jp`);
    expect(await offered()).toHaveLength(1);
    clock = new Date('2027-02-06T01:00:00.000Z');
    family = await api.signedIn(`mother${String(count)}@example.jp`);
    expect(await offered()).toEqual([]);
  });
});

describe('drafts of one filing', () => {
  it('hold the same answers about the family, and nobody else’s', async () => {
    const batchId = randomUUID();
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    const save = (browser: TestBrowser, id: string, answers: object, batch: string | undefined) =>
      browser.put(`/api/drafts/${id}`, {
        procedure: 'admission',
        answers,
        files: [],
        step: 'child',
        batchId: batch,
      });
    await save(family, a, child('月'), batchId);
    await save(family, b, { child_given_name: '星' }, batchId);
    await save(family, c, { child_given_name: '風' }, undefined);
    await save(other, randomUUID(), { child_given_name: '雪' }, batchId);
    await save(family, a, child('月', { guardian1_phone: '09011112222' }), batchId);
    const answersOf = async (id: string) => (await family.get(`/api/drafts/${id}`)).json<Draft>().answers;
    expect(await answersOf(b)).toMatchObject({ child_given_name: '星', guardian1_phone: '09011112222' });
    expect(await answersOf(c)).toEqual({ child_given_name: '風' });
    const foreign = (await other.get('/api/drafts')).json<DraftsResponse>().drafts;
    expect((await other.get(`/api/drafts/${foreign[0]?.id ?? ''}`)).json().answers).toEqual({
      child_given_name: '雪',
    });
    const pre = (
      await family.get(`/api/my/prefill?procedure=admission&batch=${batchId}`)
    ).json<PrefillResponse>();
    expect(pre.answers).toMatchObject({ guardian1_phone: '09011112222' });
    expect(pre.taken[0]).toMatchObject({ from: { kind: 'draft' }, receivedOn: null });
  });
});

describe('an answer that is not sent', () => {
  it('is kept encrypted for its owner alone', async () => {
    const sent = await family.post('/api/applications', await filingOf(family, 'admission', child('月')));
    const { applicationId } = sent.json<{ applicationId: string }>();
    const url = `/api/my/applications/${applicationId}/answer-draft`;
    const body = {
      requestId: 'r1',
      entries: { i1: { values: { guardian1_employer: '秘密商事' }, unchanged: false } },
      files: [],
    };
    expect((await family.get(url)).json()).toEqual({ draft: null });
    expect((await family.put(url, body)).statusCode).toBe(204);
    expect((await family.put(url, { ...body, requestId: 'r2' })).statusCode).toBe(204);
    expect((await family.get(url)).json().draft).toMatchObject({ requestId: 'r2', entries: body.entries });
    const raw = await api.db
      .selectFrom('drafts')
      .selectAll()
      .where('application_id', '=', applicationId)
      .execute();
    expect(raw).toHaveLength(1);
    expect(raw[0]?.content_ct.toString('utf8')).not.toContain('秘密');
    // No draft of an application that could be filed.
    expect((await family.get('/api/drafts')).json().drafts).toEqual([]);
    for (const browser of [other]) {
      expect((await browser.get(url)).statusCode).toBe(404);
      expect((await browser.put(url, body)).statusCode).toBe(404);
      expect((await browser.delete(url)).statusCode).toBe(404);
    }
    expect((await clerk.get(url)).statusCode).toBe(403);
    expect((await family.delete(url)).statusCode).toBe(204);
    expect((await family.get(url)).json()).toEqual({ draft: null });
  });
});

it('the office can be found without signing in', async () => {
  const office = (await api.browser().get('/api/office')).json<OfficeResponse>();
  expect(Object.keys(office).sort()).toEqual(['address', 'hours', 'name', 'phone', 'postalCode']);
});
