import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';
import {
  CITY_FORM,
  FORM_WITH_BOXES,
  NATIONAL_FORM,
  OLD_FORM,
  testWorkbook,
  type TestBoxes,
  type TestSheet,
} from '../testing/workbook.ts';
import type { ProposalsResponse, SheetsResponse } from './contract/certificates.ts';
import type { FileInfo } from './contract/common.ts';

let api: TestApi;
let guardian: TestBrowser;
let other: TestBrowser;
const draftId = randomUUID();

beforeAll(async () => {
  api = await startTestApi(() => ({ ...partsAway, now: () => new Date('2026-11-23T03:00:00Z') }));
  for (const login of ['guardian@example.test', 'other@example.test']) {
    await api.createAccount({ role: 'applicant', login, email: login });
  }
  guardian = await api.signedIn('guardian@example.test');
  other = await api.signedIn('other@example.test');
});
afterAll(() => api.close());

async function upload(bytes: Buffer, documentType = 'employment_certificate_1', name = '就労証明書.xlsx') {
  const boundary = 'x'.repeat(24);
  const field = (key: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`;
  const head = `${field('documentType', documentType)}${field('draftId', draftId)}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return guardian.request('POST', '/api/files', body, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
}

async function read(
  sheets: readonly TestSheet[],
  documentType = 'employment_certificate_1',
  boxes: TestBoxes = 'both',
) {
  const response = await upload(testWorkbook(sheets, { boxes }), documentType);
  expect(response.statusCode, response.body).toBe(201);
  const { id } = response.json<FileInfo>();
  const answer = await guardian.get(`/api/files/${id}/proposals`);
  expect(answer.statusCode, answer.body).toBe(200);
  const { proposals, facts, readable } = answer.json<ProposalsResponse>();
  const values = Object.fromEntries(proposals.map((one) => [one.field, one.value]));
  return {
    id,
    readable,
    proposals,
    facts,
    values,
    said: Object.fromEntries(facts.map((one) => [one.item, one.value])),
  };
}

describe('layouts', () => {
  it('the national form: narrow columns, boxes, values over several cells', async () => {
    const { values, said, proposals } = await read([
      { name: 'プルダウンリスト', cells: { A1: '正社員', A2: 'パート・アルバイト' } },
      NATIONAL_FORM,
      { name: '記載要領', cells: { A1: '事業所名', B1: '会社の名称を記入してください。' } },
    ]);
    expect(values).toEqual({
      guardian1_employer: '見本商事株式会社',
      guardian1_workplace_phone: '0300000001',
      guardian1_work_planned: false,
      guardian1_schedule: 'fixed',
      // Ticked from Monday to Thursday.
      guardian1_days_per_week: 4,
      // 34 hours with four hours of breaks in them.
      guardian1_hours_per_week: 30,
      guardian1_break_minutes: 60,
      guardian1_end_time: '17:30',
    });
    expect(said).toMatchObject({
      証明日: '2026-11-02',
      本人氏名: '髙橋 花子',
      生年月日: '1988-05-06',
      育児休業の取得: '取得済み 2021/04/01～2022/03/31',
    });
    const end = proposals.find((one) => one.field === 'guardian1_end_time');
    expect(end).toMatchObject({
      cell: '就労証明書!I21',
      sureness: 'sure',
      item: '就労時間（固定就労の場合）',
    });
  });

  it('a town’s copy: other numbers, real times and days, shifts, a job that begins later', async () => {
    const { values, said, proposals } = await read([CITY_FORM], 'employment_certificate_2');
    expect(values).toEqual({
      guardian2_employer: '株式会社 例',
      guardian2_workplace_phone: '09000000002',
      guardian2_work_planned: true,
      guardian2_work_starts_on: '2027-04-01',
      guardian2_schedule: 'variable',
      // 20 days and 110 hours a month.
      guardian2_days_per_week: 4.6,
      guardian2_hours_per_week: 25.4,
      guardian2_break_minutes: 60,
      guardian2_end_time: '19:00',
    });
    expect(said).toMatchObject({ 証明日: '2026-11-05', 本人氏名: '見本 一郎', 生年月日: '1985-01-08' });
    expect(proposals.find((one) => one.field === 'guardian2_hours_per_week')?.sureness).toBe('unsure');
  });

  it('an older form: values below their names, hours in one line', async () => {
    const { values, said } = await read([OLD_FORM]);
    expect(values).toMatchObject({
      guardian1_employer: '例示工業(株)'.replace('(株)', '（株）'),
      guardian1_workplace_phone: '0300000003',
      guardian1_days_per_week: 5,
      guardian1_hours_per_week: 31.3,
      guardian1_break_minutes: 45,
      guardian1_end_time: '16:15',
    });
    expect(said).toMatchObject({ 証明日: '2026-11-10', 本人氏名: '山﨑 健' });
  });

  it.each(['both', 'drawing'] as const)(
    'check boxes over the cells (%s) are read as ticks',
    async (boxes) => {
      const { values, said, id } = await read([FORM_WITH_BOXES], 'employment_certificate_1', boxes);
      // Monday, Tuesday, Wednesday, Friday.
      expect(values).toMatchObject({ guardian1_schedule: 'fixed', guardian1_days_per_week: 4 });
      expect(said).toMatchObject({ 育児休業の取得: '取得済み 2021/04/01～2022/03/31' });
      const { sheets } = (await guardian.get(`/api/files/${id}/sheets`)).json<SheetsResponse>();
      const row = sheets[0]!.rows.find((one) => one.row === 18)!;
      expect(row.cells.filter((cell) => cell !== null).join(' ')).toContain('☑ 月 ☑ 火 ☑水 □ 木 ☑ 金 □ 土');
    },
  );

  it('something else is no certificate, and says so', async () => {
    const { readable, proposals } = await read([{ name: '家計簿', cells: { A1: '食費', B1: 3000 } }]);
    expect(readable).toBe(false);
    expect(proposals).toEqual([]);
  });
});

describe('what is taken', () => {
  const plain = () => testWorkbook([OLD_FORM]);

  it('only for the employment certificate', async () => {
    expect((await upload(plain(), 'medical_certificate_1')).statusCode).toBe(415);
    expect((await upload(plain(), 'other_document')).statusCode).toBe(415);
  });

  it('no macros, whatever the file is called', async () => {
    const kind = 'application/vnd.ms-excel.sheet.macroEnabled.main+xml';
    const byType = await upload(testWorkbook([OLD_FORM], { main: kind }));
    expect(byType.statusCode).toBe(415);
    expect(byType.json<{ detail: string }>().detail).toContain('マクロ');
    const byPart = await upload(testWorkbook([OLD_FORM], { parts: { 'xl/vbaProject.bin': 'x' } }));
    expect(byPart.json<{ detail: string }>().detail).toContain('マクロ');
  });

  it('no zip that is no workbook, none that is broken', async () => {
    const word = testWorkbook([OLD_FORM], {
      main: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    });
    expect((await upload(word)).statusCode).toBe(415);
    expect((await upload(plain().subarray(0, 900))).statusCode).toBe(415);
    expect(
      (await upload(Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(5000)]))).statusCode,
    ).toBe(415);
  });

  it('no bomb: neither one that unpacks to gigabytes nor one cell far out', async () => {
    const big = testWorkbook([OLD_FORM], {
      parts: { 'xl/media/image1.emf': new Uint8Array(40 * 1024 * 1024) },
    });
    expect(big.length).toBeLessThan(100_000);
    const told = await upload(big);
    expect(told.statusCode).toBe(415);
    expect(told.json<{ detail: string }>().detail).toContain('大きすぎます');
    for (const place of ['XFD1', 'A1048576']) {
      const far = testWorkbook([{ name: 'x', cells: { A1: '氏名', [place]: 'x' } }]);
      expect((await upload(far)).statusCode).toBe(415);
    }
    const entities = testWorkbook([OLD_FORM], {
      parts: { 'xl/worksheets/sheet1.xml': '<!DOCTYPE x [<!ENTITY a "a">]><worksheet/>' },
    });
    expect((await upload(entities)).statusCode).toBe(415);
  });

  it('one that says a smaller size than it has is refused', async () => {
    const bytes = plain();
    // The central directory's size of the first part: made one byte.
    const at = bytes.lastIndexOf(Buffer.from('PK\u0001\u0002'));
    bytes.writeUInt32LE(1, at + 24);
    expect((await upload(bytes)).statusCode).toBe(415);
  });
});

describe('reading', () => {
  it('is for who may see the file, and in the trail', async () => {
    const { id } = await read([OLD_FORM]);
    expect((await other.get(`/api/files/${id}/proposals`)).statusCode).toBe(404);
    expect((await other.get(`/api/files/${id}/sheets`)).statusCode).toBe(404);
    expect((await api.browser().get(`/api/files/${id}/sheets`)).statusCode).toBe(401);
    const rows = await api.db.selectFrom('audit').select('detail').where('subject_id', '=', id).execute();
    expect(rows.map((row) => row.detail['part'])).toContain('proposals');
  });

  it('gives the cells as a table, with the names that Excel gives them', async () => {
    const { id } = await read([OLD_FORM]);
    const { sheets } = (await guardian.get(`/api/files/${id}/sheets`)).json<SheetsResponse>();
    expect(sheets[0]).toMatchObject({ name: 'Sheet1', columns: ['B', 'C', 'F'] });
    expect(sheets[0]?.rows[0]).toEqual({ row: 2, cells: ['勤務証明書', null, null] });
  });

  it('of other files finds nothing to propose', async () => {
    const response = await upload(Buffer.from('%PDF-1.4 made up'), 'employment_certificate_1', 'a.pdf');
    const { id } = response.json<FileInfo>();
    expect((await guardian.get(`/api/files/${id}/proposals`)).json()).toMatchObject({ readable: false });
    expect((await guardian.get(`/api/files/${id}/sheets`)).statusCode).toBe(422);
  });
});
