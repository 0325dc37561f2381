import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaperEntryView, SavePaperRequest } from '../api/contract/index.ts';
import { ApiError, type ApiClient } from '../embedded/demo/client.ts';
import { demoFamily } from '../embedded/demo/families.ts';
import { paper } from '../embedded/demo/papers.ts';
import { findBrowser } from '../embedded/tools/browser.ts';
import { startTestSystem, type TestSystem } from '../testing/system.ts';
import { FORM_WITH_BOXES, testWorkbook } from '../testing/workbook.ts';
import { expectAccessible, launchBrowser } from '../ui/gallery/browser.ts';
import { confirm, dialogIn, expectStage, openApplication, signIn, type Clerk } from './staff-console.ts';

/** A paper application from the post to the first review: stamped, typed by one clerk, checked by another (Q12, Q14). */
let system: TestSystem;
let browser: Browser;
let aoki: Clerk;
let baba: Clerk;
let clerk: ApiClient;
let serial: string;
let paperId: string;
let applicationId: string;
const family = demoFamily(40);
const { guardian1_email: _mail, ...answers } = family.answers;

beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), findBrowser().then(launchBrowser)]);
  clerk = await system.signedIn('aoki');
  [aoki, baba] = await Promise.all([signIn(browser, system, 'aoki'), signIn(browser, system, 'baba')]);
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});
afterEach(() => {
  for (const { faults } of [aoki, baba]) expect(faults.splice(0), 'errors in the console').toEqual([]);
});

/** A text of the made-up family. */
function textOf(code: 'child_family_name' | 'child_given_name'): string {
  const value = answers[code];
  return typeof value === 'string' ? value : '';
}

const field = (page: Page, code: string) => page.locator(`#paper-${code}`);
const row = (page: Page, label: string) => page.getByRole('group', { name: `${label}の照合` });

describe('a paper application', () => {
  it('is stamped with day, receiver and serial', async () => {
    const { page } = aoki;
    await page.getByRole('link', { name: '紙の申請' }).click();
    await page.getByText('入力中の紙の申請はありません').waitFor();
    await expectAccessible(page, 'list of papers');
    await page.getByRole('link', { name: '紙の申請を受け付ける' }).click();
    await page.getByRole('button', { name: '受け付けて入力に進む' }).click();
    await page.getByRole('alert').getByText('受け取り方を選んでください。').waitFor();
    await page.getByRole('radio', { name: '入会' }).check();
    await page.getByRole('radio', { name: '郵送' }).check();
    await expectAccessible(page, 'receipt');
    await page.getByRole('button', { name: '受け付けて入力に進む' }).click();
    const title = await page.getByRole('heading', { name: /収受番号/u }).innerText();
    serial = /P\d{2}-\d{5}/u.exec(title)?.[0] ?? '';
    expect(serial).not.toBe('');
    paperId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  });

  it('is typed beside its scan, kept, and gone on with after a break', async () => {
    const { page } = aoki;
    await page
      .locator('input[type="file"]')
      .first()
      .setInputFiles({ name: '申請書.pdf', mimeType: 'application/pdf', buffer: await paper('paper_form') });
    await page.locator('canvas').first().waitFor();
    await field(page, 'child_family_name').fill(textOf('child_family_name'));
    await field(page, 'guardian1_phone').fill('09');
    await page.getByText('保存しました').waitFor();
    await page.getByText('電話番号').first().waitFor();
    await expectAccessible(page, 'entering');
    await page.getByRole('link', { name: 'あとで続ける' }).click();
    await page.getByRole('link', { name: serial }).click();
    await page.locator('canvas').first().waitFor();
    await expect.poll(() => field(page, 'child_family_name').inputValue()).toBe(answers['child_family_name']);
  });

  it('says so when it was changed in another window, and goes on from there', async () => {
    const { page } = aoki;
    const path = `/api/staff/paper-applications/${paperId}`;
    const now = await clerk.call<PaperEntryView>('GET', path);
    const body: SavePaperRequest = {
      revision: now.revision,
      receivedOn: now.receivedOn,
      arrivedBy: now.arrivedBy,
      answers: structuredClone(answers) as SavePaperRequest['answers'],
      files: now.files.map(({ id, documentType }) => ({ fileId: id, documentType })),
    };
    await clerk.call('PUT', path, body);
    await field(page, 'child_family_name').fill('別の窓');
    await page.getByRole('button', { name: '最新の内容を読み込む' }).click();
    await page.getByRole('alert').first().waitFor({ state: 'detached' });
    await expect.poll(() => field(page, 'child_given_name').inputValue()).toBe(textOf('child_given_name'));
    // The answer that the browser gets is meant to be a refusal.
    expect(aoki.faults.splice(0).every((fault) => fault.includes('409'))).toBe(true);
  });

  it('shows a certificate in Excel’s form with its ticks, and offers what it says to who types', async () => {
    const { page } = aoki;
    const type = 'employment_certificate_1';
    await page.getByLabel('登録する書類の種類').selectOption(type);
    await page.locator(`#paper-documents-${type}`).setInputFiles({
      name: '就労証明書.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: testWorkbook([FORM_WITH_BOXES]),
    });
    const sheet = page.getByRole('group', { name: 'シート「就労証明書」' });
    await sheet.getByRole('cell', { name: '☑', exact: true }).first().waitFor();
    await expectAccessible(page, 'workbook');
    const read = page.getByRole('region', { name: '証明書から読み取った値' });
    await read
      .getByRole('button', { name: /^この値を使う/u })
      .first()
      .click();
    const employer = field(page, 'guardian1_employer');
    await expect.poll(() => employer.inputValue()).toBe('見本商事株式会社');
    await page.getByText('保存しました').waitFor();
  });

  it('becomes an application with a receipt number', async () => {
    const { page } = aoki;
    // A slip of the finger, for the colleague to find.
    await field(page, 'child_given_name').fill('間違');
    await page.getByRole('button', { name: '入力を終えて登録する' }).click();
    await dialogIn(page).getByText('間違').waitFor();
    await confirm(page, '登録する');
    await page.getByRole('heading', { name: '紙の申請を登録しました' }).waitFor();
    await expectAccessible(page, 'received');
    await page.getByRole('link', { name: '登録した申請を開く' }).click();
    await expectStage(page, '入力確認待ち');
    applicationId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.getByText(serial).waitFor();
  });

  it('is not checked by who typed it, on the page and at the API', async () => {
    const { page } = aoki;
    await openApplication(aoki, system.apiUrl, applicationId, 'review');
    await page.getByText('データを入力・補正した人は、その確認や審査をできません。').first().waitFor();
    await expect.poll(() => page.getByRole('radio', { name: '一致' }).count()).toBe(0);
    const refused = await clerk.act(applicationId, { type: 'confirmEntry' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiError);
    expect((refused as ApiError).body).toMatchObject({ status: 403, code: 'enteredByYou' });
  });

  it('is compared field by field by a colleague, who returns what differs', async () => {
    const { page } = baba;
    await openApplication(baba, system.apiUrl, applicationId, 'review');
    await page.locator('canvas').first().waitFor();
    await page.getByRole('button', { name: '入力を確認済みにする' }).click();
    await page.getByRole('alert').getByText('照合していません').first().waitFor();
    const name = row(page, 'お子さんの名');
    await name.getByRole('radio', { name: '違う' }).check();
    await page.getByLabel('画像に書かれている内容').fill(textOf('child_given_name'));
    for (;;) {
      const rest = page.getByRole('button', { name: /残り\d+項目を「一致」にする/u });
      if ((await rest.count()) === 0) break;
      await rest.first().click();
    }
    await expect
      .poll(() => page.getByRole('button', { name: '入力を確認済みにする' }).isDisabled())
      .toBe(true);
    await page.getByText('下書きを保存しました').waitFor();
    await expectAccessible(page, 'entry check');
    await page.getByRole('button', { name: '入力した人に差し戻す' }).click();
    await confirm(page, '差し戻す');
    await page.getByText('照合で違いが見つかりました').first().waitFor();
  });

  it('is put right by who typed it, and confirmed: only what changed is compared again', async () => {
    await openApplication(aoki, system.apiUrl, applicationId, 'answers');
    const { page } = aoki;
    await page.getByText('照合で違いが見つかりました').first().waitFor();
    await page.getByRole('button', { name: '入力を訂正する' }).click();
    await dialogIn(page).locator('#action-answers-child_given_name').fill(textOf('child_given_name'));
    await confirm(page, '訂正する');

    const checker = baba.page;
    await row(checker, 'お子さんの名').getByText(textOf('child_given_name'), { exact: true }).waitFor();
    await row(checker, 'お子さんの名').getByRole('radio', { name: '一致' }).check();
    await checker.getByRole('button', { name: '入力を確認済みにする' }).click();
    await confirm(checker, '確認済みにする');
    await expectStage(checker, '一次審査');
    await checker.getByRole('tab', { name: '経過' }).click();
    await checker.getByText('照合で違いが見つかり、入力した人に差し戻しました（1 項目）').waitFor();
  });

  it('is taken over by a colleague, or given up with a reason', async () => {
    const id = randomUUID();
    const body = { id, procedure: 'admission', receivedOn: '', arrivedBy: 'counter' };
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    const entry = await clerk.call<PaperEntryView>('POST', '/api/staff/paper-applications', {
      ...body,
      receivedOn: today,
    });
    const { page } = baba;
    await page.goto(`${system.apiUrl}/staff/paper/${id}`);
    await page.getByText('青木 見本（従事者）が入力しています').waitFor();
    await page.getByRole('button', { name: '入力を引き継ぐ' }).click();
    await page.getByRole('button', { name: '入力を取りやめる' }).click();
    await dialogIn(page).getByLabel('理由').fill('別の区の様式だったため返送');
    await confirm(page, '取りやめる');
    await page.getByText('この紙の申請の入力は取りやめました').waitFor();
    await page.goto(`${system.apiUrl}/staff/paper?state=discarded`);
    await page.getByRole('link', { name: entry.serial }).waitFor();
  });
});
