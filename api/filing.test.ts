import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADMISSION_EXAMPLE } from '../domain/procedures/example.ts';
import { missingDocuments } from '../domain/procedures/documents.ts';
import { ADMISSION } from '../domain/procedures/admission.ts';
import type { Application } from '../store/applications.ts';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';
import { startSweeper } from './services/sweeper.ts';
import { runHousekeeping } from './services/housekeeping.ts';

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(600 * 1024)]);
const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]),
  randomBytes(100),
]);

let api: TestApi;
let family: TestBrowser;
let other: TestBrowser;
let clerk: TestBrowser;
/** What Temporal was asked to start, while it is there. */
let started: Application[] = [];
let temporalThere = true;
let clock = new Date('2026-11-05T01:00:00.000Z');
let children = 0;

beforeAll(async () => {
  api = await startTestApi(() => ({
    ...partsAway,
    temporal: {
      ...partsAway.temporal,
      start: async (application) => {
        if (!temporalThere) throw new Error('Temporal is away');
        started.push(application);
        const { id: applicationId, receiptNumber, stage } = application;
        return { applicationId, receiptNumber, stage };
      },
    },
    now: () => clock,
  }));
  for (const login of ['mother', 'father']) {
    await api.createAccount({
      role: 'applicant',
      login: `${login}@example.jp`,
      email: `${login}@example.jp`,
    });
  }
  await api.createAccount({ role: 'operator', login: 'aoki' });
  family = await api.signedIn('mother@example.jp');
  other = await api.signedIn('father@example.jp');
  clerk = await api.signedIn('aoki');
});
afterAll(() => api.close());
beforeEach(() => {
  started = [];
  temporalThere = true;
});

/** A form as a browser sends it. */
function multipart(fields: Record<string, string>, file?: { name: string; bytes: Buffer }) {
  const boundary = `----test${randomUUID()}`;
  const parts: Uint8Array[] = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  if (file) {
    parts.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\n` +
          'content-type: application/octet-stream\r\n\r\n',
      ),
      file.bytes,
      Buffer.from('\r\n'),
    );
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { payload: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}

async function upload(
  browser: TestBrowser,
  fields: Record<string, string>,
  bytes: Buffer,
  name = '証明書.pdf',
) {
  const { payload, type } = multipart(fields, { name, bytes });
  return browser.request('POST', '/api/files', payload, { 'content-type': type });
}

/** A child of its own each time. */
function answersOf(given: Record<string, unknown> = {}) {
  children += 1;
  const kana = Array.from(String(children), (digit) => 'アイウエオカキクケコ'[Number(digit)]).join('');
  return {
    ...ADMISSION_EXAMPLE,
    child_given_name: `子${String(children)}`,
    child_given_kana: `コ${kana}`,
    ...given,
  };
}

/** Uploads what has to be there, and agrees to what is said: a filing that can be sent. */
async function filing(browser: TestBrowser, answers: Record<string, unknown>) {
  const draftId = randomUUID();
  const files: { documentType: string; fileId: string }[] = [];
  for (const { type, mayFollow } of missingDocuments(ADMISSION, answers as never, [])) {
    if (mayFollow) continue;
    const response = await upload(browser, { draftId, documentType: type }, PNG, `${type}.png`);
    expect(response.statusCode).toBe(201);
    files.push({ documentType: type, fileId: response.json().id });
  }
  const check = await browser.post(`/api/drafts/${draftId}/check`, {
    procedure: 'admission',
    answers,
    files,
  });
  const hints = check.json().hints as { code: string }[];
  return {
    submissionId: randomUUID(),
    procedure: 'admission',
    answers,
    files,
    acknowledgedHints: hints.map((hint) => hint.code),
  };
}

describe('drafts', () => {
  it('are saved, found, read and deleted by their owner alone', async () => {
    const id = randomUUID();
    const fileId = (await upload(family, { draftId: id, documentType: 'employment1' }, PDF)).json()
      .id as string;
    const files = [{ documentType: 'employment1', fileId }];
    const answers = { child_family_name: '見本', child_given_name: '月' };
    const body = { procedure: 'admission', answers, files, step: 'child' };
    expect((await family.put(`/api/drafts/${id}`, body)).json()).toMatchObject({ id, childName: '見本 月' });
    expect((await family.get('/api/drafts')).body).toContain(id);
    const read = (await family.get(`/api/drafts/${id}`)).json();
    expect(read).toMatchObject({
      answers,
      step: 'child',
      files: [{ id: fileId, name: '証明書.pdf', version: null }],
    });
    expect((await other.get(`/api/drafts/${id}`)).statusCode).toBe(404);
    expect((await other.put(`/api/drafts/${id}`, body)).statusCode).toBe(404);
    expect((await other.delete(`/api/drafts/${id}`)).statusCode).toBe(404);
    expect((await clerk.get('/api/drafts')).json().code).toBe('forbidden');
    const raw = await api.db.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(raw.content_ct.toString('latin1')).not.toContain('child_family_name');
    expect((await family.delete(`/api/drafts/${id}`)).statusCode).toBe(204);
    expect((await family.get(`/api/files/${fileId}`)).statusCode).toBe(404);
  });

  it('are checked: problems at their fields in all languages, missing documents, hints', async () => {
    const body = {
      procedure: 'admission',
      answers: answersOf({ guardian1_phone: '12', child_birth_date: '' }),
    };
    const check = (await family.post(`/api/drafts/${randomUUID()}/check`, body)).json();
    const problems = check.problems as { path: string; code: string; message: object }[];
    const phone = problems.find((problem) => problem.path === 'guardian1_phone');
    expect(phone?.code).toBe('phone');
    expect(Object.keys(phone?.message ?? {}).sort()).toEqual(['en', 'ja', 'ja-easy']);
    expect(problems.map((problem) => problem.path)).toContain('child_birth_date');
    expect(check.missingDocuments.length).toBeGreaterThan(0);
  });
});

describe('files', () => {
  const draftId = randomUUID();
  const fields = { draftId, documentType: 'employment1' };

  it('come back as they were sent, though no piece stands in the clear', async () => {
    const info = (await upload(family, fields, PDF, '../就労証明書（写し）.pdf')).json();
    expect(info).toMatchObject({
      contentType: 'application/pdf',
      size: PDF.length,
      name: '就労証明書（写し）.pdf',
    });
    expect(info.sha256).toBe(createHash('sha256').update(PDF).digest('hex'));
    const back = await family.get(`/api/files/${info.id}`);
    expect(back.rawPayload.equals(PDF)).toBe(true);
    expect(back.headers['content-disposition']).toContain("filename*=UTF-8''");
    expect(back.headers['content-security-policy']).toContain('sandbox');
    expect(back.headers['x-content-type-options']).toBe('nosniff');
    const chunks = await api.db
      .selectFrom('file_chunks')
      .select('data_ct')
      .where('file_id', '=', info.id)
      .execute();
    expect(chunks).toHaveLength(Math.ceil(PDF.length / (256 * 1024)));
    for (const { data_ct: sealed } of chunks)
      expect(sealed.includes(PDF.subarray(300_000, 300_032))).toBe(false);
  });

  it('are nobody else’s before they are sent', async () => {
    const { id } = (await upload(family, fields, PNG)).json();
    for (const browser of [other, clerk])
      expect((await browser.get(`/api/files/${id}`)).statusCode).toBe(404);
    expect((await other.delete(`/api/files/${id}`)).statusCode).toBe(404);
    expect((await api.browser().get(`/api/files/${id}`)).statusCode).toBe(401);
    expect((await family.delete(`/api/files/${id}`)).statusCode).toBe(204);
  });

  it('are taken by their content and size, whatever they are called', async () => {
    const html = Buffer.from('<html><script>alert(1)</script></html>'.repeat(50));
    expect((await upload(family, fields, html, 'a.pdf')).json().code).toBe('fileType');
    expect((await upload(family, fields, Buffer.alloc(0))).json().code).toBe('fileEmpty');
    const big = Buffer.concat([PDF, randomBytes(1024 * 1024)]);
    const refused = await upload(family, fields, big);
    expect(refused.statusCode).toBe(413);
    expect(refused.json()).toMatchObject({ code: 'fileTooLarge' });
    const left = await api.db.selectFrom('files').select('id').where('complete', '=', false).execute();
    expect(left).toEqual([]);
    const exact = Buffer.concat([PDF, randomBytes(1024 * 1024 - PDF.length)]);
    expect((await upload(family, fields, exact)).statusCode).toBe(201);
    expect((await upload(family, { documentType: 'employment1' }, PDF)).json().code).toBe('invalid');
    expect((await upload(clerk, fields, PDF)).statusCode).toBe(404);
  });
});

describe('filing (Q05, Q08)', () => {
  it('is safe with its number, also while Temporal is away; the sweeper starts it', async () => {
    temporalThere = false;
    const body = await filing(family, answersOf());
    const sent = await family.post('/api/applications', body);
    expect(sent.statusCode).toBe(201);
    expect(sent.json().receiptNumber).toMatch(/^[A-Z]27-\d{6}-\d$/);
    const mine = (await family.get('/api/my/applications')).json();
    expect(mine.applications[0]).toMatchObject({
      receiptNumber: sent.json().receiptNumber,
      stage: 'firstReview',
    });
    temporalThere = true;
    await api.db
      .updateTable('applications')
      .set({ received_at: new Date(Date.now() - 60_000) })
      .execute();
    const sweeper = startSweeper(api.deps, { everyMs: 20 });
    await expect.poll(() => started.map((one) => one.id)).toContain(sent.json().applicationId);
    await expect
      .poll(async () =>
        (await api.db.selectFrom('applications').select('started_at').execute()).map((r) => r.started_at),
      )
      .not.toContain(null);
    await sweeper.close();
  });

  it('twice with one id is once: the same answer, also after the period', async () => {
    const body = await filing(family, answersOf());
    const [first, second] = await Promise.all([
      family.post('/api/applications', body),
      family.post('/api/applications', body),
    ]);
    expect([first.statusCode, second.statusCode].sort()).toEqual([200, 201]);
    expect(first.json()).toEqual(second.json());
    clock = new Date('2027-01-05T01:00:00.000Z');
    family = await api.signedIn('mother@example.jp');
    const later = await family.post('/api/applications', body);
    expect(later.statusCode).toBe(200);
    expect((await family.post('/api/applications', await filing(family, answersOf()))).json().code).toBe(
      'closed',
    );
    clock = new Date('2026-11-05T01:00:00.000Z');
    family = await api.signedIn('mother@example.jp');
    other = await api.signedIn('father@example.jp');
    clerk = await api.signedIn('aoki');
  });

  it('of the same child by both parents at once makes one; the second is told what exists', async () => {
    const answers = answersOf();
    const [mothers, fathers] = [await filing(family, answers), await filing(other, answers)];
    const [a, b] = await Promise.all([
      family.post('/api/applications', mothers),
      other.post('/api/applications', fathers),
    ]);
    const [won, lost] = a.statusCode === 201 ? [a, b] : [b, a];
    expect(won.statusCode).toBe(201);
    expect(lost.statusCode).toBe(409);
    expect(lost.json()).toMatchObject({
      code: 'duplicate',
      existing: { own: false, applicationId: null, receiptNumber: null, receivedOn: '2026-11-05' },
    });
    expect(lost.body).not.toContain(won.json().receiptNumber);
    const [winner, again] = a.statusCode === 201 ? [family, mothers] : [other, fathers];
    const own = await winner.post('/api/applications', { ...again, submissionId: randomUUID(), files: [] });
    // Its files are sent already; new ones would be needed, but what exists is said first only where the form is whole.
    expect([409, 422]).toContain(own.statusCode);
    const check = await winner.post(`/api/drafts/${randomUUID()}/check`, { procedure: 'admission', answers });
    expect(check.json().existing).toMatchObject({ own: true, receiptNumber: won.json().receiptNumber });
  });

  it('kana in other widths is the same child', async () => {
    const answers = answersOf();
    expect((await family.post('/api/applications', await filing(family, answers))).statusCode).toBe(201);
    const kana = answers.child_given_kana.replace(/[ァ-ヶ]/g, (c) =>
      String.fromCharCode(c.charCodeAt(0) - 0x60),
    );
    const body = await filing(other, { ...answers, child_given_kana: kana });
    expect((await other.post('/api/applications', body)).json().code).toBe('duplicate');
  });

  it('names every wrong field, missing document and unread hint', async () => {
    const body = await filing(family, answersOf());
    const wrong = { ...body, answers: { ...body.answers, child_family_kana: 'abc' } };
    expect((await family.post('/api/applications', wrong)).json()).toMatchObject({
      code: 'invalidAnswers',
      errors: [{ path: 'answers.child_family_kana' }],
    });
    if (body.files.length > 0) {
      const missing = (await family.post('/api/applications', { ...body, files: [] })).json();
      expect(missing.code).toBe('missingDocuments');
    }
    const stolen = await filing(other, answersOf());
    const file = {
      documentType: 'employment1',
      fileId: (await upload(other, { draftId: randomUUID(), documentType: 'employment1' }, PNG)).json().id,
    };
    expect(
      (await family.post('/api/applications', { ...body, files: [...body.files, file] })).json().code,
    ).toBe('fileGone');
    expect(stolen.procedure).toBe('admission');
    const strange = { ...body, procedure: 'nothing' };
    expect((await family.post('/api/applications', strange)).json().code).toBe('invalid');
  });

  it('keeps no answer in the clear', async () => {
    const rows = await api.db.selectFrom('application_versions').selectAll().execute();
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.answers_ct?.toString('latin1')).not.toContain('guardian1');
    const index = await api.db.selectFrom('child_index').selectAll().execute();
    expect(JSON.stringify(index)).not.toContain('2020-06-15');
  });

  it('belongs to who filed it: nobody else’s list, page or files', async () => {
    const body = await filing(family, answersOf());
    const { applicationId } = (await family.post('/api/applications', body)).json();
    const mine = (await family.get(`/api/my/applications/${applicationId}`)).json();
    expect(mine).toMatchObject({
      id: applicationId,
      status: { code: 'received' },
      answers: { child_given_name: body.answers['child_given_name'] },
    });
    expect((await other.get(`/api/my/applications/${applicationId}`)).json().code).toBe('notFound');
    const list = (await other.get('/api/my/applications')).json().applications as { id: string }[];
    expect(list.map((one) => one.id)).not.toContain(applicationId);
    for (const { id } of mine.documents as { id: string }[]) {
      expect((await other.get(`/api/files/${id}`)).statusCode).toBe(404);
      expect((await family.get(`/api/files/${id}`)).statusCode).toBe(200);
      expect((await family.delete(`/api/files/${id}`)).json().code).toBe('alreadySent');
    }
    expect((await clerk.get(`/api/my/applications/${applicationId}`)).statusCode).toBe(403);
  });
});

describe('housekeeping', () => {
  it('removes what nobody comes back for, and nothing that a draft or an application holds', async () => {
    const id = randomUUID();
    const kept = (await upload(family, { draftId: id, documentType: 'employment1' }, PNG)).json()
      .id as string;
    const lost = (await upload(family, { draftId: id, documentType: 'employment1' }, PNG)).json()
      .id as string;
    const files = [{ documentType: 'employment1', fileId: kept }];
    await family.put(`/api/drafts/${id}`, { procedure: 'admission', answers: {}, files, step: 'documents' });
    const sent = await api.db.selectFrom('files').select('id').where('source_id', 'is not', null).execute();
    await api.db
      .updateTable('files')
      .set({ created_at: new Date('2026-01-01') })
      .execute();
    await api.db
      .insertInto('sessions')
      .values({
        id_hash: 'x',
        account_id: (await family.get('/api/session')).json().account.id,
        csrf_token: 'x',
        expires_at: new Date('2026-01-01'),
      })
      .execute();
    await runHousekeeping(api.deps);
    expect((await family.get(`/api/files/${kept}`)).statusCode).toBe(200);
    expect((await family.get(`/api/files/${lost}`)).statusCode).toBe(404);
    const left = await api.db.selectFrom('files').select('id').execute();
    for (const { id: one } of sent) expect(left.map((f) => f.id)).toContain(one);
    expect(
      await api.db.selectFrom('sessions').select('id_hash').where('id_hash', '=', 'x').execute(),
    ).toEqual([]);
  });
});
