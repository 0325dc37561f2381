import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FindingInput } from '../api/contract/index.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import type { ApiClient } from '../embedded/demo/client.ts';
import { demoFamily } from '../embedded/demo/families.ts';
import { paper } from '../embedded/demo/papers.ts';
import { secondReview } from '../embedded/demo/stories.ts';
import { findBrowser } from '../embedded/tools/browser.ts';
import { eventsOf } from '../store/events.ts';
import { startTestSystem, type TestSystem } from '../testing/system.ts';
import { NATIONAL_FORM, testWorkbook } from '../testing/workbook.ts';
import { expectAccessible, launchBrowser } from '../ui/gallery/browser.ts';
import { mailTo } from './mailbox.ts';
import { fillField, fillSection } from './portal-form.ts';

/**
 * A family at the portal, on a phone, with the whole system behind: each journey goes on where the one before ended.
 */
const PHONE = { width: 390, height: 844 };
const PASSWORD = '三宿-さくら-こうえん-2027';
const EMAIL = 'journey@example.jp';

const definition = procedureOf('admission')!;
const family = demoFamily(7);
const answers: Answers = { ...family.answers, guardian1_email: EMAIL };

let system: TestSystem;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let clerks: { aoki: ApiClient; baba: ApiClient };
let applicationId = '';
const faults: string[] = [];

beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), findBrowser().then(launchBrowser)]);
  const [aoki, baba] = await Promise.all([system.signedIn('aoki'), system.signedIn('baba')]);
  clerks = { aoki, baba };
  context = await browser.newContext({ viewport: PHONE, locale: 'ja-JP', hasTouch: true, isMobile: true });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});
afterEach(() => {
  expect(faults.splice(0), 'errors in the console').toEqual([]);
});

const open = (path: string) => page.goto(system.apiUrl + path);
const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
/** Id of what has the focus. */
const focused = () => page.evaluate<string>('document.activeElement.id');
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

/** The page as it is now: fit for everybody, and nothing sticks out at any width. */
async function expectFit(what: string): Promise<void> {
  for (const width of [320, 1280, PHONE.width]) {
    await page.setViewportSize({ ...PHONE, width });
    const over = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(over, `${what} at ${width} px`).toBeLessThanOrEqual(0);
  }
  await expectAccessible(page, what);
}

/** Chooses a file for a kind of document and waits until the server has it. */
async function attach(documentType: string, name: string): Promise<void> {
  const buffer = await paper(documentType);
  await page.locator(`#f-${documentType}`).setInputFiles({ name, mimeType: 'application/pdf', buffer });
  await page
    .getByRole('button', { name: `取り消す（${name}）` })
    .or(page.getByText('送信済み'))
    .first()
    .waitFor();
}

describe('a family at the portal', () => {
  it('registers by mail: a wrong code is told, the right one signs in', async () => {
    await open('/');
    await heading('新BOP学童クラブの手続き');
    await page.getByRole('heading', { name: '入会申請' }).waitFor();
    await expectFit('start');
    await page.getByRole('link', { name: '登録する' }).click();
    await heading('新規登録');
    await press('登録する');
    await page.getByRole('alert').getByText('登録の方法を選んでください。').waitFor();
    await expectFit('register, with errors');
    await page.getByLabel('メールアドレスで登録する').check();
    await page.locator('#f-email').fill(EMAIL);
    await page.locator('#f-password').fill(PASSWORD);
    await page.locator('#f-name').fill(family.guardianName);
    await page.locator('#f-phone').fill('０９０ー００００ー１２３４');
    await press('登録する');
    await page.waitForURL('**/register/verify');
    const { text } = await mailTo(`http://localhost:${system.place.ports.mailPage}`, EMAIL, '確認コード');
    const code = /^\s*(\d{6})\s*$/mu.exec(text)?.[1] ?? '';
    expect(code).toHaveLength(6);
    await page.locator('#f-code').fill(code === '000000' ? '000001' : '000000');
    await page.locator('form button[type=submit]').first().click();
    await page.getByText('確認コードが違うか').first().waitFor();
    await expectFit('verify');
    // The browser itself logs the refusal.
    expect(faults.splice(0).every((one) => one.includes('422'))).toBe(true);
    await page.locator('#f-code').fill(code);
    await page.locator('form button[type=submit]').first().click();
    await page.waitForURL('**/applications');
    await page.getByText('まだ申請はありません').waitFor();
  });

  it('fills the form step by step; what was entered is still there after a reload', async () => {
    await open('/apply/admission');
    await heading('入会申請を始める');
    const year = page.getByLabel('2027年度', { exact: false });
    if ((await year.count()) > 0) await year.check();
    await press('入力を始める');
    await page.waitForURL('**/drafts/*/use');
    await press('次へ');
    await page.getByRole('alert').getByRole('link').first().waitFor();
    await expect.poll(() => page.title()).toContain('エラー');
    const seen: string[] = [];
    for (;;) {
      const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      const section = definition.sections.find((one) => one.id === id);
      if (!section || seen.includes(id)) break;
      seen.push(id);
      await fillSection(page, section, answers);
      if (id === 'child') {
        await page.getByText(/^保存しました/u).waitFor();
        await page.reload();
        await page.locator('#f-child_family_name').waitFor();
        const name = page.locator('#f-child_family_name');
        await expect.poll(() => name.inputValue()).toBe(answers['child_family_name']);
      }
      if (['child', 'school', 'contacts'].includes(id)) await expectFit(id);
      if (id === 'household') await signInAgain();
      else await next();
    }
    expect(seen).toContain('guardian2_reason');
    expect(page.url()).toContain('/documents');
  });

  it('attaches documents, checks all answers and files the application', async () => {
    for (const type of family.documents) await attach(type, `${type}.pdf`);
    await expectFit('documents');
    await next();
    await fillSection(
      page,
      definition.sections.find(({ id }) => id === 'consents')!,
      answers,
    );
    await next();
    await heading('入力内容の確認');
    await expectFit('check');
    // A mistake is put right from here, and one is back at once.
    await page.getByRole('link', { name: /変更\s*（帰宅方法）/u }).click();
    await heading('帰宅方法');
    await expect.poll(focused).toBe('f-way_home');
    await next();
    await heading('入力内容の確認');
    await page
      .locator(`a[href$="#f-${family.documents[0] ?? ''}"]`)
      .first()
      .click();
    await heading('書類の添付');
    await expect.poll(focused).toBe(`f-${family.documents[0] ?? ''}`);
    await next();
    await heading('入力内容の確認');
    const read = page.locator('#hints-read');
    await page.getByText('確認しています').waitFor({ state: 'hidden' });
    if ((await read.count()) > 0) await read.check();
    await loseTheAnswerOnce('/api/applications');
    await press('この内容で申請する');
    await page.getByRole('alert').getByText('通信できませんでした').waitFor();
    expect(faults.splice(0).every((one) => one.includes('ERR_FAILED'))).toBe(true);
    await press('この内容で申請する');
    await heading('申請を受け付けました');
    await expectFit('received');
    applicationId = new URL(page.url()).pathname.split('/').at(-2) ?? '';
    const [number = ''] = /A\d\d-\d{6}-\d/u.exec(await page.locator('main').innerText()) ?? [];
    expect(number).not.toBe('');
    const mail = await mailTo(`http://localhost:${system.place.ports.mailPage}`, EMAIL, '受け付けました');
    expect(mail.text).toContain(number);
    const filed = await clerks.aoki.open(applicationId);
    expect(filed.receiptNumber).toBe(number);
    await open('/applications');
    // One, though it was sent twice.
    await page.getByText(number, { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: '詳しく見る' }).count()).toBe(1);
    await expectFit('list');
  });

  it('sees the review begin without reloading', async () => {
    await page.getByRole('link', { name: '詳しく見る' }).click();
    // The list says so, too.
    await page.waitForURL(`**/applications/${applicationId}`);
    await page.getByText('受付済み').waitFor();
    await expectFit('application');
    await clerks.aoki.act(applicationId, { type: 'claim' });
    await page.getByText('審査中', { exact: true }).waitFor();
  });

  it('is asked for a document and a correction, and answers one now: warned of no change, kept over a reload', async () => {
    const { checklist } = await clerks.aoki.open(applicationId);
    const certificate = checklist.find(({ documents }) => documents.includes('employment_certificate_1'));
    const findings = checklist.map((item): FindingInput => {
      const { criterionId, applies, reasons } = item;
      const reasonCode = reasons[0]?.code ?? '';
      if (!applies) return { criterionId, result: 'notApplicable' };
      const targets =
        criterionId === 'residence'
          ? [{ kind: 'field' as const, code: 'residence' }]
          : criterionId === certificate?.criterionId
            ? [
                { kind: 'document' as const, type: 'employment_certificate_1' },
                { kind: 'field' as const, code: 'guardian1_employer' },
              ]
            : [];
      if (targets.length === 0) return { criterionId, result: 'met' };
      const applicantNote = criterionId === 'residence' ? 'お引っ越しの予定を確認してください。' : undefined;
      return {
        criterionId,
        result: 'deficient',
        reasonCode,
        targets,
        ...(applicantNote && { applicantNote }),
      };
    });
    expect(findings.filter(({ result }) => result === 'deficient')).toHaveLength(2);
    await clerks.aoki.act(applicationId, { type: 'completeFirstReview', findings });
    await secondReview({ ...clerks, applicationId } as Parameters<typeof secondReview>[0]);
    await page.getByRole('link', { name: '不備に回答する' }).click();
    await heading('確認・提出のお願い');
    await press('回答の確認へ進む');
    await page.getByRole('alert').getByText('回答する項目を1つ以上').waitFor();
    await expectFit('items');
    await page.getByRole('link', { name: 'お子さんの住まい' }).click();
    await page.getByText('お引っ越しの予定を確認してください。').waitFor();
    await press('この項目の回答を決める');
    await page.getByText('前に提出した内容と同じです').waitFor();
    await expectFit('item, unchanged');
    await page.locator('input[name="residence"][value="moving_in"]').check();
    // Another answer there asks for more.
    await press('この項目の回答を決める');
    await page.getByRole('alert').getByRole('link').nth(1).waitFor();
    for (const field of definition.sections.flatMap(({ fields }) => fields)) {
      if (field.code === 'move_in_date') await fillField(page, field, '2027-03-20');
      if (field.code === 'move_in_address') await fillField(page, field, '世田谷区架空町0-0');
    }
    await press('この項目の回答を決める');
    await page.getByText('入力済み（未送信）').waitFor();
    await page.reload();
    await page.getByText('入力済み（未送信）').waitFor();
    await press('回答の確認へ進む');
    await page.getByText('今回送らない項目が1件あります').waitFor();
    await expectFit('answer, check');
    // The live news brings what the lost reply would have said.
    await loseTheAnswerOnce('/answers');
    await press('この内容で回答する');
    await heading('回答を受け付けました');
    expect(faults.splice(0).every((one) => one.includes('ERR_FAILED'))).toBe(true);
    await page.getByText('まだ回答していない項目が1件あります').waitFor();
    await expectFit('answer, done');
    const after = await clerks.aoki.open(applicationId);
    const answered = await eventsOf(system.db, applicationId);
    expect(answered.filter(({ type }) => type === 'answered')).toHaveLength(1);
    expect(after.answers).toMatchObject({ residence: 'moving_in', move_in_date: '2027-03-20' });
  });

  it('answers the rest with a certificate in Excel’s form and what it says, and the review goes on', async () => {
    await page.getByRole('link', { name: '残りの項目に回答する' }).click();
    await page.locator('a[href*="/items/"]').click();
    await page.getByText('employment_certificate_1.pdf').waitFor();
    await page.locator('#f-employment_certificate_1').setInputFiles({
      name: '就労証明書.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: testWorkbook([NATIONAL_FORM]),
    });
    // Its values are offered, and taken one by one: only those that are asked for here.
    const read = page.getByRole('region', { name: '証明書から読み取った値' });
    await read.getByText('見本商事株式会社').waitFor();
    expect(await page.locator('#f-guardian1_employer').inputValue()).toBe(answers['guardian1_employer']);
    expect(await read.getByRole('button').count()).toBe(1);
    await read.getByRole('button', { name: /^この値を使う/u }).click();
    await expect.poll(() => page.locator('#f-guardian1_employer').inputValue()).toBe('見本商事株式会社');
    await read.getByText('入力と同じです').waitFor();
    await expectFit('answer with a certificate');
    await press('この項目の回答を決める');
    await press('回答の確認へ進む');
    await press('この内容で回答する');
    await page.getByText('回答の内容をもう一度審査します').waitFor();
    // Nothing of it stays behind, neither in the browser nor on the server.
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('values');
    const drafts = system.db.selectFrom('drafts').select('id').where('application_id', '=', applicationId);
    await expect.poll(() => drafts.execute()).toEqual([]);
    const answered = await clerks.aoki.open(applicationId);
    expect(answered.stage).toBe('firstReview');
    expect(answered.documents.map(({ name }) => name)).toContain('就労証明書.xlsx');
    expect(answered.answers).toMatchObject({ guardian1_employer: '見本商事株式会社' });
  });

  it('in English and in やさしい日本語 every page fits, too', async () => {
    for (const language of ['en', 'ja-easy']) {
      await page.evaluate((chosen) => localStorage.setItem('language', chosen), language);
      for (const path of ['/', '/help', '/account', '/applications', `/applications/${applicationId}`]) {
        await open(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.getByRole('status', { name: /読|load/iu }).waitFor({ state: 'hidden' });
        await expectFit(`${path} ${language}`);
        expect(await page.locator('body').innerText(), `${path} ${language}`).not.toMatch(/\{[^{}]*\|/u);
      }
    }
    await page.evaluate(() => localStorage.setItem('language', 'ja'));
  });

  it('cancels, and reads that it is cancelled', async () => {
    await open(`/applications/${applicationId}`);
    await page.getByRole('link', { name: 'この申請を取り下げる' }).click();
    await heading('この申請を取り下げますか');
    await expectFit('cancel');
    await page.locator('#f-reason').fill('ほかの施設を利用することになりました。');
    await press('取り下げる');
    await page.waitForURL(`**/applications/${applicationId}`);
    await page.getByText('取り下げ', { exact: false }).first().waitFor();
    expect((await clerks.aoki.open(applicationId)).stage).toBe('cancelled');
    await page.getByRole('link', { name: 'この申請を取り下げる' }).waitFor({ state: 'hidden' });
  });
});

/** The session ends in the middle of the form: the person signs in again and goes on where they were. */
async function signInAgain(): Promise<void> {
  const { href } = new URL(page.url());
  await context.clearCookies();
  await press('次へ');
  const dialog = page.getByRole('alertdialog');
  await dialog.waitFor();
  await expectAccessible(page, 'session ended');
  await dialog.locator('input[type=password]').fill(PASSWORD);
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'hidden' });
  await page.waitForURL((url) => url.href !== href);
  await page.getByText(/^保存しました/u).waitFor();
  expect(faults.splice(0).every((one) => one.includes('401'))).toBe(true);
}

/** The server does what it is asked, but the person's connection breaks before they hear of it. */
async function loseTheAnswerOnce(path: string): Promise<void> {
  await page.route(
    (url) => url.pathname.endsWith(path),
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
}

/** 「次へ」, a second time where the intake check had something to say first. */
async function next(): Promise<void> {
  const { href } = new URL(page.url());
  const moved = page.waitForURL((url) => url.href !== href);
  await press('次へ');
  await Promise.race([
    moved,
    page
      .locator('#hints h2')
      .waitFor()
      .then(() => press('次へ')),
  ]);
  await moved;
  await page.getByRole('heading', { level: 1 }).waitFor();
}
