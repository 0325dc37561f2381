import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMISSION_EXAMPLE } from '../domain/procedures/example.ts';
import { exampleOf } from '../domain/procedures/examples/index.ts';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';
import { filingOf } from '../testing/filing.ts';
import type { CheckDraftResponse } from './contract/index.ts';

/** What a family is told before and at filing: in its language, and of all that is filed in one go. */
let api: TestApi;
let family: TestBrowser;

beforeAll(async () => {
  api = await startTestApi(() => ({ ...partsAway, now: () => new Date('2026-11-05T01:00:00.000Z') }));
  const login = 'mother@example.jp';
  await api.createAccount({ role: 'applicant', login, email: login });
  family = await api.signedIn(login);
});
afterAll(() => api.close());

const child = (given: Record<string, unknown> = {}) =>
  ({ ...ADMISSION_EXAMPLE, ...given }) as typeof ADMISSION_EXAMPLE;

/** Who the child is and the year, for another procedure about it. */
function childOf(answers: Readonly<Record<string, unknown>>) {
  const codes = [
    'child_family_name',
    'child_given_name',
    'child_family_kana',
    'child_given_kana',
    'child_birth_date',
    'fiscal_year',
  ];
  return Object.fromEntries(codes.map((code) => [code, answers[code]]));
}

it('refusals are told in the language of the request', async () => {
  const ask = async (language: string) => {
    const response = await family.get(`/api/drafts/${randomUUID()}`, { 'accept-language': language });
    expect(response.headers['vary']).toContain('accept-language');
    return response.json<{ title: string }>().title;
  };
  expect(await ask('ja')).toBe('見つかりません。削除されたか、閲覧できない情報です。');
  expect(await ask('ja-easy')).toBe('{見|み}つかりません。');
  expect(await ask('en-US,en;q=0.9,ja;q=0.8')).toBe('This is not there, or you may not see it.');
});

it('each thing that is wrong with a form is told in the language of the request', async () => {
  const filing = await filingOf(family, 'admission', child());
  const young = { ...filing, answers: { ...filing.answers, child_birth_date: '2030-01-01' } };
  const file = { documentType: 'medical_certificate_1', fileId: randomUUID() };
  for (const body of [young, { ...filing, files: [file] }, { ...filing, submissionId: 'x' }]) {
    const response = await family.request('POST', '/api/applications', body, { 'accept-language': 'en' });
    const { title, errors } = response.json<{ title: string; errors: { message: string }[] }>();
    expect(errors.length).toBeGreaterThan(0);
    for (const words of [title, ...errors.map((one) => one.message)])
      expect(words).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/u);
  }
});

it('what is filed in one go counts for what the others need, before anything is sent', async () => {
  const answers = child();
  const batchId = randomUUID();
  const [admission, extended] = [randomUUID(), randomUUID()];
  const own = { ...exampleOf('extendedUse').answers, ...childOf(answers) };
  const put = (id: string, procedure: string, given: unknown) =>
    family.put(`/api/drafts/${id}`, { procedure, answers: given, files: [], step: 'confirm', batchId });
  await put(extended, 'extendedUse', own);
  const check = async (together: boolean) => {
    const body = { procedure: 'extendedUse', answers: own, files: [], together };
    return (await family.post(`/api/drafts/${extended}/check`, body)).json<CheckDraftResponse>().need;
  };
  expect(await check(true)).toMatchObject({ code: 'notAdmitted', instead: 'admission' });
  await put(admission, 'admission', answers);
  expect(await check(true)).toBeNull();
  // Filed alone it could not be.
  expect(await check(false)).toMatchObject({ code: 'notAdmitted' });
  expect(
    (
      await family.post(`/api/drafts/${randomUUID()}/check`, {
        procedure: 'certificate',
        answers: {},
        files: [],
        together: true,
      })
    ).statusCode,
  ).toBe(200);
});
