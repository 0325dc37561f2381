import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../domain/procedures/definition.ts';
import { ADMISSION_EXAMPLE } from '../domain/procedures/example.ts';
import { exampleOf, EXAMPLES } from '../domain/procedures/examples/index.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import { paper } from '../embedded/demo/papers.ts';
import { findBrowser } from '../embedded/tools/browser.ts';
import { findAccountByLogin } from '../store/accounts.ts';
import type { Application } from '../store/applications.ts';
import { recordEntry } from '../store/enrolment-entries.ts';
import { familyApplications } from '../store/family.ts';
import { waitingVersions } from '../store/versions.ts';
import { partsAway, startTestApi, type TestApi } from '../testing/api.ts';
import { expectAccessible, launchBrowser } from '../ui/gallery/browser.ts';
import { fillSection } from './portal-form.ts';

/**
 * A family with two children at the portal, on a phone, over several procedures (Q05, Q06). With the API and its database alone:
 * what is filed waits there, so that neither reviewers nor kintone are needed. Each journey goes on where the one before ended.
 */
const PHONE = { width: 390, height: 844 };
const LOGIN = 'family@example.jp';
/** In the first round for fiscal year 2027. */
const NOW = '2026-11-05T01:00:00.000Z';

let api: TestApi;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let uiDir = '';
let origin = '';
const started: Application[] = [];
const faults: string[] = [];

beforeAll(async () => {
  uiDir = await mkdtemp(path.join(tmpdir(), 'portal-ui-'));
  await build({
    configFile: fileURLToPath(new URL('../ui/vite.config.ts', import.meta.url)),
    mode: 'portal',
    logLevel: 'error',
    build: { outDir: uiDir, emptyOutDir: true, reportCompressedSize: false },
  });
  api = await startTestApi(
    () => ({
      ...partsAway,
      temporal: {
        ...partsAway.temporal,
        start: async (application) => {
          started.push(application);
          const { id: applicationId, receiptNumber, stage } = application;
          return { applicationId, receiptNumber, stage };
        },
      },
      now: () => new Date(NOW),
    }),
    { uiDir },
  );
  await api.createAccount({ role: 'applicant', login: LOGIN, email: LOGIN, name: '見本 花子' });
  origin = await api.app.listen({ host: '127.0.0.1', port: 0 });
  browser = await launchBrowser(await findBrowser());
  context = await browser.newContext({ viewport: PHONE, locale: 'ja-JP', hasTouch: true, isMobile: true });
  // The browser's day is the API's, or its session would look over.
  await context.clock.setFixedTime(new Date(NOW));
  const session = await api.signedIn(LOGIN);
  await context.addCookies([...session.cookies].map(([name, value]) => ({ name, value, url: origin })));
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
});
afterAll(async () => {
  await browser.close();
  await api.close();
  await rm(uiDir, { recursive: true, force: true });
});
afterEach(() => {
  expect(faults.splice(0), 'errors in the console').toEqual([]);
});

const open = (where: string) => page.goto(origin + where);
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
const step = () => new URL(page.url()).pathname.split('/').at(-1) ?? '';
const shots = process.env['SHOTS'];

/** The page as it is now: fit for everybody, and nothing sticks out at any width. */
async function expectFit(what: string): Promise<void> {
  for (const width of [320, 1280, PHONE.width]) {
    await page.setViewportSize({ ...PHONE, width });
    const over = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    if (shots !== undefined)
      await page.screenshot({ path: path.join(shots, `${what}-${width}.png`), fullPage: true });
    expect(over, `${what} at ${width} px`).toBeLessThanOrEqual(0);
  }
  await expectAccessible(page, what);
}

/** Goes on to another page. */
async function next(): Promise<void> {
  const before = page.url();
  const error = page.getByRole('alert').filter({ hasText: 'あります' });
  await page.getByRole('button', { name: '次へ', exact: true }).click();
  // A hint asks to be read first; the same button goes on then.
  for (let attempt = 0; attempt < 80; attempt += 1) {
    if (page.url() !== before) return;
    if (await page.getByText('もう一度「次へ」を押すと進めます').isVisible()) {
      await page.getByRole('button', { name: '次へ', exact: true }).click();
    }
    if (await error.first().isVisible()) throw new Error(await error.first().innerText());
    await page.waitForTimeout(100);
  }
  throw new Error(`nothing happened at ${before}`);
}

/** Fills what the form still asks, page by page. @returns the steps that were gone through */
async function fillRest(procedure: string, answers: Answers, documents: readonly string[] = []) {
  const definition = procedureOf(procedure);
  const seen: string[] = [];
  while (/\/drafts\//u.test(page.url()) && step() !== 'confirm') {
    const id = step();
    if (seen.includes(id)) throw new Error(`${id} comes twice`);
    seen.push(id);
    const section = definition?.sections.find((one) => one.id === id);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (section) await fillSection(page, section, answers);
    else for (const type of documents) await attach(type);
    await next();
  }
  return seen;
}

async function attach(documentType: string): Promise<void> {
  const name = `${documentType}.pdf`;
  const buffer = await paper(documentType);
  await page.locator(`#f-${documentType}`).setInputFiles({ name, mimeType: 'application/pdf', buffer });
  await page
    .getByRole('button', { name: `取り消す（${name}）` })
    .or(page.getByText('送信済み'))
    .first()
    .waitFor();
}

const moon: Answers = { ...ADMISSION_EXAMPLE, child_given_name: '月', child_given_kana: 'ツキ' };
const star: Answers = {
  ...ADMISSION_EXAMPLE,
  child_given_name: '星',
  child_given_kana: 'ホシ',
  child_birth_date: '2018-08-15',
  grade: 3,
};

// Long journeys, and each page is measured at three widths: a busy machine needs more than the usual time.
describe('a family with two children', { timeout: 400_000 }, () => {
  it('applies for both in one go: what is the family’s is entered once, one check, a number each', async () => {
    await open('/');
    await page.getByRole('link', { name: 'まとめて申請する' }).click();
    await page.waitForURL('**/together/*');
    await page.getByText('まだありません').waitFor();
    await expectFit('together-empty');
    await page.getByRole('link', { name: '入会申請', exact: true }).click();
    await heading('入会申請を始める');
    await press('入力を始める');
    await page.getByRole('alert').getByText('年度を選んでください。').waitFor();
    await page.locator('input[name="year"], #year-group input').first().waitFor();
    await page.getByLabel('2027年度', { exact: false }).check();
    await press('入力を始める');
    await page.waitForURL('**/drafts/**');
    const first = await fillRest('admission', moon, ['employment_certificate_1']);
    expect(first).toContain('address');
    await heading('まとめて申請する');
    await page.getByText('入力済み').waitFor();
    await page.getByRole('link', { name: '入会申請', exact: true }).click();
    await heading('入会申請を始める');
    await expectFit('begin-second');
    await page.getByLabel('ほかのお子さん', { exact: false }).check();
    await page.getByLabel('2027年度', { exact: false }).check();
    await press('入力を始める');
    await page.waitForURL('**/drafts/**');
    const second = await fillRest('admission', star);
    expect(second).toContain('child');
    for (const id of ['applicant', 'address', 'guardian1_reason', 'guardian2', 'contacts'])
      expect(second).not.toContain(id);
    await heading('まとめて申請する');
    await expectFit('together');
    await press('内容の確認へ進む');
    await heading('まとめて確認');
    await expect.poll(() => page.getByText('世田谷0-00-0').count()).toBe(1);
    await expectFit('together-check');
    // A change of the family's is one in all.
    await page.getByRole('link', { name: /変更\s*（町名・番地）/u }).click();
    await heading('住所');
    await page.locator('#f-guardian1_address_street').fill('世田谷0-00-1');
    await next();
    await heading('まとめて確認');
    await page.getByText('世田谷0-00-1').waitFor();
    await readHints();
    await press('2件をまとめて申請する');
    await heading('2件の申請を受け付けました');
    await expectFit('together-received');
    expect(new Set((await page.locator('main').innerText()).match(/A27-\d{6}-\d/gu)).size).toBe(2);
    expect(new Set(started.map((one) => one.id)).size).toBe(2);
    await page.getByRole('link', { name: '申請の一覧へ' }).click();
    await heading('申請の一覧');
    for (const name of ['見本 月', '見本 星']) await page.getByRole('heading', { level: 2, name }).waitFor();
    await expectFit('list');
  });

  it('goes on with extended use: what is known is copied and only looked over', async () => {
    await open('/');
    await page.getByRole('heading', { level: 3, name: '見本 月' }).waitFor();
    await expectFit('start');
    // Of both years the one with the admission under way: the other has no such link.
    await page.getByRole('link', { name: /^延長利用申請\s*（見本 月）/u }).click();
    await heading('延長利用申請を始める');
    await expectFit('begin-extended');
    await press('入力を始める');
    await page.waitForURL('**/drafts/**');
    const { answers } = exampleOf('extendedUse');
    const seen = await fillRest('extendedUse', answers);
    for (const id of ['child', 'school', 'applicant', 'address']) expect(seen).not.toContain(id);
    await heading('入力内容の確認');
    await page.getByText('写した内容：入会申請（見本 月・2026年11月5日受付）').first().waitFor();
    await expectFit('check-extended');
    await file();
    await expectFit('received-extended');
  });

  it('asks for a fee reduction for both: the document is photographed once, the household entered once', async () => {
    const { answers, documents } = EXAMPLES.find(({ name }) => name === '住民税非課税')!;
    await open('/together');
    await page.getByRole('link', { name: '利用料減免申請', exact: true }).click();
    await begin('見本 月');
    await fillRest('feeReduction', answers, documents);
    await heading('まとめて申請する');
    await page.getByRole('link', { name: '利用料減免申請', exact: true }).click();
    await begin('見本 星');
    const seen: string[] = [];
    while (/\/drafts\//u.test(page.url())) {
      seen.push(step());
      const section = procedureOf('feeReduction')?.sections.find((one) => one.id === step());
      if (section) await fillSection(page, section, answers);
      else {
        await page.getByText('前に提出した書類を使えます').waitFor();
        await expectFit('documents-again');
        await press(/^この書類を使う/u);
        await page.getByText('前に提出した書類を使えます').waitFor({ state: 'hidden' });
        await page.getByRole('link', { name: 'tax_certificate.pdf' }).first().waitFor();
      }
      await next();
    }
    expect(seen).not.toContain('household');
    await press('内容の確認へ進む');
    await heading('まとめて確認');
    await expectFit('together-fees');
    await readHints();
    await press('2件をまとめて申請する');
    await heading('2件の申請を受け付けました');
  });

  it('leaves the club: few pages, and what cannot be done says what to do instead', async () => {
    await open('/apply/withdrawal');
    await page.getByLabel('見本 星').check();
    await page.getByText('見本 星さんについては、この手続きはできません').waitFor();
    await expectFit('cannot');
    await approve('見本 星', 'admission');
    await approve('見本 月', 'admission');
    await approve('見本 月', 'extendedUse');
    for (const [procedure, child] of [
      ['withdrawal', '見本 星'],
      ['declineExtendedUse', '見本 月'],
      ['certificate', '見本 月'],
      ['cancellation', '見本 月'],
    ] as const) {
      await open(`/apply/${procedure}`);
      await begin(child);
      const example = EXAMPLES.find(
        (one) => one.procedure === procedure && (procedure !== 'cancellation' || one.name === '減免'),
      )!;
      const seen = await fillRest(procedure, example.answers);
      expect(seen.length, `pages of ${procedure}: ${seen.join(' ')}`).toBeLessThanOrEqual(4);
      await heading('入力内容の確認');
      await expectFit(`check-${procedure}`);
      await file();
    }
    await approve('見本 星', 'withdrawal');
    await open('/apply/withdrawalDateChange');
    await begin('見本 星');
    const { answers } = EXAMPLES.find(({ name }) => name === '遅くする')!;
    await fillRest('withdrawalDateChange', answers);
    await file();
    await open('/');
    await page.getByText('退会日：2027年10月29日').waitFor();
    await expectFit('start-later');
    await open('/applications');
    await page.getByText('退会日変更届').first().waitFor();
    await expectFit('list-later');
  });

  it('reads fees and dates in its own language', async () => {
    const listIn = async (language: string) => {
      await page.evaluate((chosen) => localStorage.setItem('language', chosen), language);
      await open('/applications');
      await page.locator('details').first().waitFor();
      return (await page.locator('main').textContent()) ?? '';
    };
    expect(await listIn('en')).toMatch(/¥\d,\d{3}/u);
    const easy = await listIn('ja-easy');
    // Readings stand over their words, not in braces.
    expect(easy).toContain('円(えん)');
    expect(easy).not.toMatch(/[{}|]/u);
    await page.evaluate(() => localStorage.setItem('language', 'ja'));
  });
});

/** Begins a procedure for a child, in the year of the round. */
async function begin(child: string): Promise<void> {
  await heading(/を始める$/u);
  await page.getByLabel(child).check();
  const year = page.getByLabel('2027年度', { exact: false });
  if ((await year.count()) > 0) await year.check();
  await press('入力を始める');
  await page.waitForURL('**/drafts/**');
}

async function readHints(): Promise<void> {
  await page.getByText('内容を点検しています').waitFor({ state: 'hidden' });
  const read = page.locator('#hints-read');
  if ((await read.count()) > 0) await read.check();
}

async function file(): Promise<void> {
  await readHints();
  await press('この内容で申請する');
  await heading('申請を受け付けました');
}

/** The ward approves: what reviewers, the ward and the workflow do elsewhere. */
async function approve(child: string, procedure: string): Promise<void> {
  const account = await findAccountByLogin(api.db, api.keyring, LOGIN);
  const applications = await familyApplications(api.db, api.keyring, account?.id ?? '');
  const application = applications.find(
    (one) => one.procedure === procedure && `${one.child?.familyName} ${one.child?.givenName}` === child,
  );
  if (!application) throw new Error(`no ${procedure} of ${child}`);
  const [version] = await waitingVersions(api.db, api.keyring, application.id);
  const effect = procedureOf(procedure)?.effectOf(version?.content.answers ?? {});
  if (!effect) throw new Error(`${procedure} has no effect`);
  const { id: applicationId, receiptNumber, fiscalYear, childKey } = application;
  await recordEntry(api.db, {
    childKey,
    fiscalYear,
    entry: { applicationId, receiptNumber, decidedAt: NOW, effect },
  });
  await api.db
    .updateTable('applications')
    .set({ stage: 'approved' })
    .where('id', '=', applicationId)
    .execute();
}
