import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ADMISSION_EXAMPLE } from '../domain/procedures/example.ts';
import { findBrowser } from '../embedded/tools/browser.ts';
import { addDecided, EXPORT_NAMES } from '../testing/exports.ts';
import { startTestSystem, type TestSystem } from '../testing/system.ts';
import { NATIONAL_FORM, testWorkbook } from '../testing/workbook.ts';
import { expectAccessible, launchBrowser, openPage } from '../ui/gallery/browser.ts';
import { confirm, dialogIn, signIn, type Clerk } from './staff-console.ts';

/** A file for the ward's system, from the preview to the ward's answer, in a real browser on the whole running system (Q04). */
let system: TestSystem;
let browser: Browser;
let ward: Clerk;
let page: Page;
/** The ward's window, for {@link look}. */
let staff: Page;

/** Pictures to look at, where a folder is named. */
const pictures = process.env['PICTURES'];
async function look(name: string, page: Page = staff): Promise<void> {
  await expectAccessible(page, name);
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  expect(overflow, `${name} is wider than a phone`).toBeLessThanOrEqual(0);
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}-390.png`, fullPage: true });
  await page.setViewportSize({ width: 1280, height: 900 });
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}-1280.png`, fullPage: true });
}

beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), findBrowser().then(launchBrowser)]);
  for (const [index, answers] of EXPORT_NAMES.entries()) {
    await addDecided(system.db, index + 1, { answers, keyring: system.keyring });
  }
  ward = await signIn(browser, system, 'ward');
  ({ page } = ward);
  staff = page;
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});
afterEach(() => {
  expect(ward.faults.splice(0), 'errors in the console').toEqual([]);
});

const state = (label: string) => page.getByRole('heading', { level: 1 }).filter({ hasText: label });

describe('an export', () => {
  it('is refused while names cannot be written, and says which', async () => {
    await page.getByRole('link', { name: 'データ出力' }).click();
    await page.getByRole('heading', { level: 1, name: 'データ出力' }).waitFor();
    await look('list-empty');
    await page.getByRole('button', { name: '新しい出力' }).click();
    await dialogIn(page).getByRole('button', { name: '準備して内容を確かめる' }).click();
    await dialogIn(page).getByText('様式を選んでください。').first().waitFor();
    await dialogIn(page).getByLabel('入会決定データ').check();
    await look('new');
    await dialogIn(page).getByRole('button', { name: '準備して内容を確かめる' }).click();
    await state('直すところがあります').waitFor();
    await page.getByRole('heading', { name: '文字コードにない文字' }).waitFor();
    await look('blocked');
  });

  it('goes on once the ward has said how to write them', async () => {
    const blocked = page.url();
    await page.getByRole('link', { name: '置換表に登録する' }).click();
    const rows = page.getByLabel('置き換えた後');
    await rows.first().waitFor();
    await rows.nth(0).fill('吉');
    await rows.nth(1).fill('繋');
    await look('replacements');
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText('保存しました').waitFor();
    await page.goto(blocked);
    await page.getByRole('button', { name: 'もう一度準備する' }).click();
    await state('出力の確認待ち').waitFor();
    await page.getByRole('heading', { name: '書き換えた文字など' }).waitFor();
    await look('ready');
    await page.getByRole('button', { name: '4件を出力する' }).click();
    await confirm(page, '出力する');
    await state('第1号').waitFor();
  });

  it('is downloaded as it was shown, again and again', async () => {
    const download = async () => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'ファイルをダウンロード' }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^nyukai_\d{8}_0001\.csv$/u);
      return readFile(await file.path());
    };
    const one = await download();
    expect(new TextDecoder('shift_jis', { fatal: true }).decode(one)).toContain('髙橋　花子');
    expect((await download()).equals(one)).toBe(true);
  });

  it('takes the ward’s answers; a rejected record is a task', async () => {
    await page.getByRole('button', { name: '回答ファイルを取り込む' }).click();
    const answer = 'no,result,reason\r\nA27-000001-6,0,\r\nA27-000002-7,1,E01\r\nA27-000009-1,0,\r\n';
    await dialogIn(page)
      .getByLabel('回答ファイル')
      .setInputFiles({ name: 'kaitou.csv', mimeType: 'text/csv', buffer: Buffer.from(answer) });
    await dialogIn(page).getByRole('button', { name: '取り込む' }).click();
    await dialogIn(page).getByText('受入 1件、却下 1件').waitFor();
    await dialogIn(page).getByText('この出力に含まれていません').waitFor();
    await dialogIn(page).getByRole('button', { name: '閉じる' }).last().click();
    await page.getByText('該当する児童が見つかりません').waitFor();
    await page.getByRole('button', { name: '受入を確認する' }).click();
    await confirm(page, '受入を確認する');
    await state('受入を確認').waitFor();
    await look('confirmed');
    await page.getByRole('link', { name: 'データ出力の一覧' }).click();
    await page.getByRole('heading', { name: '却下された記録' }).waitFor();
    await look('list');
    await page.getByRole('button', { name: '処理済みにする' }).click();
    await confirm(page, '処理済みにする');
    await page.getByRole('heading', { name: '却下された記録' }).waitFor({ state: 'detached' });
  });

  it('of changes only has what was rejected, and can be given up', async () => {
    await page.getByRole('button', { name: '新しい出力' }).click();
    await dialogIn(page).getByLabel('入会決定データ').check();
    await dialogIn(page).getByLabel('変更分のみ').check();
    await dialogIn(page).getByRole('button', { name: '準備して内容を確かめる' }).click();
    await page.getByRole('button', { name: '1件を出力する' }).waitFor();
    await page.getByRole('button', { name: 'この準備を捨てる' }).click();
    await confirm(page, '捨てる');
    await page.getByRole('heading', { level: 1, name: 'データ出力' }).waitFor();
  });
});

describe('a profile', () => {
  it('is changed by the ward, with history', async () => {
    await page.goto(`${system.apiUrl}/staff/exports/settings`);
    await page.getByRole('link', { name: '入会決定データ' }).click();
    await page.getByRole('heading', { level: 1, name: '入会決定データ' }).waitFor();
    await page.getByText('4. 児童氏名（児童・保護者）').click();
    await look('profile');
    await page.getByLabel('固定長', { exact: true }).check();
    await page.getByRole('button', { name: 'この内容で保存する' }).click();
    await page.getByText('4番目「児童氏名」：固定長では、すべての項目に幅が必要です。').first().waitFor();
    await look('profile-wrong');
    await page.getByLabel('区切り文字（CSVなど）').check();
    await page.getByLabel('名前').first().fill('入会決定データ（区の仕様）');
    await page.getByLabel('変更の理由').fill('取込仕様に合わせた');
    await page.getByRole('button', { name: 'この内容で保存する' }).click();
    await page.getByRole('link', { name: '入会決定データ（区の仕様）' }).waitFor();
    await page.getByText('変更の履歴').click();
    await page.getByText('取込仕様に合わせた').waitFor();
    await look('settings');
  });
});

describe('an employment certificate in Excel’s form', () => {
  it('is read, and its values are taken over only where the guardian says so', async () => {
    const guardian = await system.guardian(0);
    const draftId = randomUUID();
    const answers = { ...ADMISSION_EXAMPLE, guardian1_employer: '前の会社', guardian1_end_time: '17:30' };
    const body = { procedure: 'admission', answers, files: [], step: 'documents' };
    await guardian.call('PUT', `/api/drafts/${draftId}`, body);
    const faults: string[] = [];
    const portal = await openPage(browser, system.apiUrl, faults, { viewport: { width: 1280, height: 900 } });
    const signedIn = await portal.context().request.post(`${system.apiUrl}/api/session`, {
      headers: { 'x-csrf-token': '1' },
      data: { login: 'family0@example.jp', password: system.password },
    });
    expect(signedIn.status()).toBe(200);
    await portal.goto(`${system.apiUrl}/drafts/${draftId}/documents`);
    await portal.locator('#f-employment_certificate_1').setInputFiles({
      name: '就労証明書.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: testWorkbook([NATIONAL_FORM]),
    });
    const read = portal.getByRole('region', { name: '証明書から読み取った値' });
    await read.getByText('見本商事株式会社').waitFor();
    // The certificate is in another name than the guardian's.
    await read.getByText('証明書の氏名「髙橋 花子」').waitFor();
    await look('certificate', portal);
    await read.getByRole('button', { name: /この値を使う.*勤務先・事業の名称/u }).click();
    await read.getByText('前の会社').waitFor({ state: 'detached' });
    await expect
      .poll(async () => {
        const draft = await guardian.call<{ answers: Record<string, unknown> }>(
          'GET',
          `/api/drafts/${draftId}`,
        );
        return [draft.answers['guardian1_employer'], draft.answers['guardian1_days_per_week']];
      })
      .toEqual(['見本商事株式会社', ADMISSION_EXAMPLE['guardian1_days_per_week']]);
    expect(faults).toEqual([]);
    await portal.context().close();
  });
});
