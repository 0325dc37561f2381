import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolmentEffect } from '../domain/enrolment/effects.ts';
import { childIdentity } from '../domain/intake/identity.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import { EXAMPLES, exampleOf, type ProcedureExample } from '../domain/procedures/examples/index.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import { recordEntry } from '../store/enrolment-entries.ts';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';

/** Every procedure in each of its ways, filed as the portal does (Q05, Q08, Q15): from the empty draft to the receipt number. */
const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]),
  randomBytes(100),
]);

let api: TestApi;
let family: TestBrowser;
let clerk: TestBrowser;
let children = 0;

beforeAll(async () => {
  api = await startTestApi(() => ({
    ...partsAway,
    temporal: {
      ...partsAway.temporal,
      start: async ({ id: applicationId, receiptNumber, stage }) => ({ applicationId, receiptNumber, stage }),
    },
    now: () => new Date('2027-04-10T01:00:00.000Z'),
  }));
  await api.createAccount({ role: 'applicant', login: 'mother@example.jp', email: 'mother@example.jp' });
  await api.createAccount({ role: 'operator', login: 'aoki' });
  family = await api.signedIn('mother@example.jp');
  clerk = await api.signedIn('aoki');
});
afterAll(() => api.close());

/** The example's answers, about a child of its own. */
function ofAChild({ answers }: ProcedureExample): Answers {
  const kana = Array.from(String(children), (digit) => 'アイウエオカキクケコ'[Number(digit)]).join('');
  return { ...answers, child_given_name: `子${String(children)}`, child_given_kana: `コ${kana}` };
}

async function upload(draftId: string, documentType: string): Promise<string> {
  const boundary = `----test${randomUUID()}`;
  const field = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(field('draftId', draftId) + field('documentType', documentType) + head),
    PNG,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const response = await family.request('POST', '/api/files', payload, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
  expect(response.statusCode, response.body).toBe(201);
  return response.json<{ id: string }>().id;
}

/** As the portal files: draft, documents, check, submission. */
async function file(example: ProcedureExample, answers: Answers) {
  const { procedure, documents } = example;
  const draftId = randomUUID();
  const files = [];
  for (const documentType of documents)
    files.push({ documentType, fileId: await upload(draftId, documentType) });
  const draft = await family.put(`/api/drafts/${draftId}`, { procedure, answers, files, step: 'check' });
  expect(draft.statusCode, draft.body).toBe(200);
  const check = await family.post(`/api/drafts/${draftId}/check`, { procedure, answers, files });
  expect(check.statusCode, check.body).toBe(200);
  expect(check.json()).toMatchObject({ problems: [], hints: [], missingDocuments: [], existing: null });
  return family.post('/api/applications', {
    submissionId: randomUUID(),
    draftId,
    procedure,
    answers,
    files,
    acknowledgedHints: [],
  });
}

interface Received {
  applicationId: string;
  receiptNumber: string;
}

/** Files the procedure's example and has it approved, as far as its effect goes. */
async function approve(procedure: string, answers: Answers, effect?: EnrolmentEffect): Promise<void> {
  const response = await file({ ...exampleOf(procedure) }, answers);
  expect(response.statusCode, response.body).toBe(201);
  const { applicationId, receiptNumber } = response.json<Received>();
  await api.db
    .updateTable('applications')
    .set({ stage: 'approved' })
    .where('id', '=', applicationId)
    .execute();
  await recordEntry(api.db, {
    childKey: api.keyring.lookupKey('child', childIdentity(procedureOf(procedure)!, answers)),
    fiscalYear: 2027,
    entry: {
      applicationId,
      receiptNumber,
      decidedAt: '2027-04-09T03:00:00.000Z',
      effect: effect ?? procedureOf(procedure)!.effectOf(answers)!,
    },
  });
}

/** What has to have been approved, or to be under review, before an example can be filed. */
async function prepare({ procedure, answers }: ProcedureExample): Promise<void> {
  const approveExample = (code: string) => approve(code, ofAChild(exampleOf(code)));
  const target = answers['cancel_target'];
  if (procedure === 'cancellation') {
    if (target !== 'admission') await approveExample('admission');
    const reason = (one: ProcedureExample) => one.answers['reduction_reason'];
    const open = EXAMPLES.find((one) =>
      target === 'longAbsence'
        ? reason(one) === 'longAbsence'
        : target === 'feeReduction'
          ? reason(one) === 'taxExempt'
          : one.procedure === target,
    )!;
    expect((await file(open, ofAChild(open))).statusCode).toBe(201);
  } else if (procedure !== 'admission') {
    await approveExample('admission');
    if (procedure === 'declineExtendedUse') await approveExample('extendedUse');
    if (procedure === 'withdrawalDateChange') await approveExample('withdrawal');
  }
}

describe('filing', () => {
  it.each(EXAMPLES.map((example) => [example.procedure, example.name, example] as const))(
    '%s (%s): a draft, its documents, a number, and the office sees it',
    async (procedure, _name, example) => {
      children += 1;
      const answers = ofAChild(example);
      const early = procedure === 'admission' ? undefined : await file(example, answers);
      if (early) {
        // Nobody has applied for admission yet.
        expect(early.statusCode).toBe(409);
        expect(early.json()).toMatchObject({ need: { message: { ja: expect.stringMatching(/[。]$/u) } } });
      }
      await prepare(example);
      const filed = await file(example, answers);
      expect(filed.statusCode, filed.body).toBe(201);
      const { receiptNumber, applicationId } = filed.json<Received>();
      expect(receiptNumber).toMatch(new RegExp(`^${procedureOf(procedure)!.letter}27-\\d{6}-\\d$`, 'u'));

      const mine = await family.get(`/api/my/applications/${applicationId}`);
      expect(mine.json()).toMatchObject({ procedure, answers: JSON.parse(JSON.stringify(answers)) });
      const page = await clerk.get(`/api/staff/applications/${applicationId}`);
      expect(page.statusCode, page.body).toBe(200);
      const { checklist } = page.json<{ checklist: { criterionId: string; applies: boolean }[] }>();
      expect(checklist.map(({ criterionId }) => criterionId)).toEqual(
        procedureOf(procedure)!.criteria.map(({ id }) => id),
      );
      expect(checklist.some(({ applies }) => applies)).toBe(true);

      const again = await family.post('/api/applications', {
        submissionId: randomUUID(),
        procedure,
        answers,
        files: [],
        acknowledgedHints: ['documentMissing'],
      });
      expect(again.statusCode, again.body).toBe(409);
    },
  );
});
