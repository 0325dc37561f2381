import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import jsQR from 'jsqr';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../embedded/tools/browser.ts';
import { verifyUrl } from '../domain/notices/reference.ts';
import { noticesOf, type Notice } from '../store/notices.ts';
import { seedSettings, wardSettings } from '../store/settings.ts';
import { partsAway, startTestApi, type TestApi } from '../testing/api.ts';
import { noticeMaker } from '../testing/notices.ts';
import { expectAccessible, launchBrowser } from '../ui/gallery/browser.ts';

/** Notices in a real browser (Q22): print file, check of the envelopes, the ward's texts; the family's page; verification. */
let api: TestApi;
let browser: Browser;
let uiDir = '';
let origin = '';
let desk: Page;
let phone: Page;
const notices: Notice[] = [];
const applications: string[] = [];
const faults: string[] = [];

const PHONE = { width: 390, height: 844 };
const LOGIN = 'hanako@example.test';

beforeAll(async () => {
  uiDir = await mkdtemp(path.join(tmpdir(), 'notices-ui-'));
  await build({
    configFile: fileURLToPath(new URL('../ui/vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir: uiDir, emptyOutDir: true, reportCompressedSize: false },
  });
  api = await startTestApi(
    async ({ db }) => {
      await seedSettings(db, new Date('2026-01-01T00:00:00Z'));
      return { ...partsAway, settings: wardSettings(db) };
    },
    { uiDir },
  );
  const ward = await api.createAccount({ role: 'ward', login: 'jidoka', name: '児童課 見本' });
  const parent = await api.createAccount({
    role: 'applicant',
    login: LOGIN,
    email: LOGIN,
    name: '見本 花子',
  });
  const make = noticeMaker(api.db, api.keyring, ward);
  for (const name of ['花子', '太郎', '𠮷乃']) {
    const { applicationId } = await make({ applicantId: parent, change: { child_given_name: name } });
    applications.push(applicationId);
    notices.push((await noticesOf(api.db, applicationId))[0]!);
  }
  origin = await api.app.listen({ host: '127.0.0.1', port: 0 });
  browser = await launchBrowser(await findBrowser());
  desk = await pageOf('jidoka', { viewport: { width: 1280, height: 900 } });
  phone = await pageOf(LOGIN, { viewport: PHONE, isMobile: true, hasTouch: true });
}, 300_000);
afterAll(async () => {
  await browser.close();
  await api.close();
  await rm(uiDir, { recursive: true, force: true });
});
afterEach(() => {
  expect(faults.splice(0), 'errors in the console').toEqual([]);
});

async function pageOf(
  login: string | undefined,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    ...options,
  });
  if (login !== undefined) {
    const session = await api.signedIn(login);
    await context.addCookies([...session.cookies].map(([name, value]) => ({ name, value, url: origin })));
  }
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${String(response.status())} ${response.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !/40[04]/u.test(message.text())) faults.push(message.text());
  });
  return page;
}

const SHOTS = process.env['SCREENSHOTS'];

/** As a desk and as a phone has it: accessible, nothing wider than the screen. */
async function look(page: Page, name: string, widths: readonly number[] = [1280, 390]): Promise<void> {
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const wider = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(wider, `${name} at ${String(width)} px`).toBeLessThanOrEqual(0);
    await expectAccessible(page, `${name} ${String(width)}`);
    if (SHOTS !== undefined) {
      await mkdir(SHOTS, { recursive: true });
      await page.screenshot({ path: `${SHOTS}/${name}-${String(width)}.png`, fullPage: true });
    }
  }
  if (before) await page.setViewportSize(before);
}

describe('the office', () => {
  it('chooses notices and makes a print file of them', async () => {
    await desk.goto(`${origin}/staff/notices`);
    await desk.getByRole('link', { name: notices[0]!.reference }).waitFor();
    await look(desk, 'notices');
    await desk.getByRole('button', { name: '印刷ファイルを作る' }).click();
    const dialog = desk.locator('dialog[open]');
    await expectAccessible(desk, 'new run');
    await dialog.getByRole('button', { name: '作る', exact: true }).click();
    await desk.waitForURL('**/notices/runs/*');
    await desk.getByRole('heading', { level: 1, name: /発送 \d{4}-001/u }).waitFor();
    const download = desk.waitForEvent('download');
    await desk.getByRole('link', { name: '印刷ファイル（PDF）' }).click();
    expect((await download).suggestedFilename()).toMatch(/発送 \d{4}-001\.pdf/u);
    await desk.reload();
    await desk.getByText('初回', { exact: true }).waitFor();
    await look(desk, 'run');
    await desk.getByRole('link', { name: '照合表を表示・印刷する' }).click();
    await desk.getByRole('rowheader', { name: '見本　𠮷乃' }).waitFor();
    await look(desk, 'run-list');
    await desk.goBack();
  });

  it('checks the envelopes with a scanner that types, and is told what is wrong at once', async () => {
    await desk.getByRole('link', { name: '封入を確認する' }).click();
    const field = desk.getByLabel('QRコードを読み取る');
    await field.waitFor();
    const scan = async (text: string) => {
      await field.fill(text);
      await field.press('Enter');
    };
    // The family lives at one address and goes to one 新BOP: one envelope for all three.
    await scan(verifyUrl(origin, notices[0]!));
    await desk.getByText('同じ封筒に、あと2件入れてください', { exact: false }).waitFor();
    await scan(verifyUrl(origin, notices[0]!));
    await desk.getByText('すでに読み取っています', { exact: false }).waitFor();
    await scan('4901234567894');
    await desk.getByText('通知書のQRコードではないか', { exact: false }).waitFor();
    await scan(verifyUrl(origin, notices[1]!));
    await desk.getByText('同じ封筒に、あと1件入れてください', { exact: false }).waitFor();
    await look(desk, 'check');
    await scan(verifyUrl(origin, notices[2]!));
    await desk.getByText('すべて確認しました。').waitFor();
    await expect.poll(() => field.inputValue()).toBe('');
  });

  it('edits a text with a sample beside it; a name that there is none of is told at its place', async () => {
    await desk.goto(`${origin}/staff/notices/templates`);
    await desk.getByRole('link', { name: '入会承認通知書' }).click();
    const title = desk.getByLabel('表題');
    await title.fill('入会のお知らせ {nickname}');
    await desk.getByLabel('変更の理由').fill('表題をわかりやすくした');
    await desk.getByRole('button', { name: '保存する' }).click();
    await desk.getByText('{nickname} という差し込み項目はありません', { exact: false }).first().waitFor();
    await title.fill('新BOP学童クラブ 入会のお知らせ');
    await desk.getByRole('button', { name: '見本を表示する' }).click();
    await desk.locator('canvas').waitFor();
    await look(desk, 'template');
    await desk.getByRole('button', { name: '保存する' }).click();
    await desk.getByText('第2版', { exact: false }).first().waitFor();
    await desk.goto(`${origin}/staff/notices/templates`);
    await desk.getByText('表題をわかりやすくした').waitFor();
    await look(desk, 'templates');
  });
});

describe('the ward', () => {
  it('sets fees from a month on, after it has seen what they change', async () => {
    await desk.goto(`${origin}/staff`);
    await desk.getByRole('link', { name: '区の設定' }).click();
    await desk.getByRole('heading', { level: 1, name: '区の設定' }).waitFor();
    await desk.getByRole('link', { name: '利用料', exact: true }).waitFor();
    await look(desk, 'settings');
    await desk.getByRole('link', { name: '利用料', exact: true }).click();
    await desk.getByLabel('利用料（月額）').fill('5500');
    await desk.getByLabel('延長利用料・日ごとの登録（1か月の上限）').fill('100');
    await desk.getByRole('button', { name: '影響を確認する' }).click();
    await desk.getByText('変更の理由を入力してください。').first().waitFor();
    await desk.getByLabel('変更の理由').fill('条例の改正');
    await desk.getByRole('button', { name: '影響を確認する' }).click();
    await desk.getByText('1か月の上限は、1日の額以上にしてください。').first().waitFor();
    await look(desk, 'settings-fees');
    await desk.getByLabel('延長利用料・日ごとの登録（1か月の上限）').fill('1000');
    await desk.getByRole('button', { name: '影響を確認する' }).click();
    const dialog = desk.locator('dialog[open]');
    await dialog.getByText('5,500円', { exact: true }).first().waitFor();
    await look(desk, 'settings-fees-preview');
    await dialog.getByRole('button', { name: 'この内容で保存する' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await desk.getByText('から、第2版に変わります', { exact: false }).waitFor();
    await look(desk, 'settings-fees-saved');
  });

  it('sets what goes on at the change of the year, and where its envelopes have their window', async () => {
    await desk.goto(`${origin}/staff/settings/yearChange`);
    await desk.getByLabel('申請せずに継続する').first().check();
    await desk.getByLabel('変更の理由').fill('試行のため');
    await look(desk, 'settings-year');
    await desk.getByRole('button', { name: '影響を確認する' }).click();
    await desk.locator('dialog[open]').getByRole('button', { name: '直す' }).click();
    await desk.goto(`${origin}/staff/settings/envelopeWindow`);
    await desk.getByLabel('用紙の左端から窓の左端まで').fill('18');
    await desk.getByRole('button', { name: '見本を表示する' }).click();
    await desk.locator('canvas').waitFor();
    await look(desk, 'settings-window');
    await desk.getByLabel('変更の理由').fill('封筒を変えたため');
    await desk.getByRole('button', { name: '保存する' }).click();
    await desk.getByText('封筒を変えたため').waitFor({ state: 'attached' });
    await desk.getByText('適用中').first().waitFor();
  });

  it('sets who families turn to and what the letter says, with a sample of it', async () => {
    await desk.goto(`${origin}/staff/settings`);
    await desk.getByRole('link', { name: '不備連絡文書の文面' }).click();
    await desk.getByLabel('前文 1').fill('{childName} 様');
    await desk.getByRole('button', { name: '見本を表示する' }).click();
    await desk.getByText('{childName} という差し込み項目はありません', { exact: false }).first().waitFor();
    await desk.getByLabel('前文 1').fill('書類についてのお願いです。');
    await desk.getByRole('button', { name: '見本を表示する' }).click();
    await desk.locator('canvas').waitFor();
    await look(desk, 'settings-letter');
    await desk.goto(`${origin}/staff/settings/office`);
    await desk.getByLabel('電話番号').fill('03-1234-5678');
    await desk.getByLabel('変更の理由').fill('窓口の移転');
    await desk.getByRole('button', { name: '保存する' }).click();
    await desk.getByText('第2版').first().waitFor();
    await look(desk, 'settings-office');
    await desk.goto(`${origin}/staff/settings/deadlines`);
    await desk.getByLabel('期限前のお知らせ', { exact: false }).fill('5');
    await desk.getByLabel('変更の理由').fill('早めに知らせるため');
    await desk.getByRole('button', { name: '影響を確認する' }).click();
    await desk.locator('dialog[open]').getByText('今日依頼したときの回答の期限').waitFor();
    await look(desk, 'settings-deadlines');
    await desk.locator('dialog[open]').getByRole('button', { name: 'この内容で保存する' }).click();
    await desk.getByText('第2版').first().waitFor();
    await desk.goto(`${origin}/staff/settings/mail`);
    await desk.getByLabel('メールの末尾').waitFor();
    await look(desk, 'settings-mail');
  });
});

describe('the family', () => {
  it('reads and keeps its notice', async () => {
    await phone.goto(`${origin}/applications/${applications[0]!}`);
    await phone.getByRole('link', { name: '内容を見る' }).click();
    await phone.getByText('新BOP学童クラブ入会承認通知書').waitFor();
    await look(phone, 'my-notice', [390, 1280]);
    const download = phone.waitForEvent('download');
    await phone.getByRole('link', { name: 'PDFを保存する' }).click();
    expect((await download).suggestedFilename()).toContain(notices[0]!.reference);
  });
});

describe('whoever holds a notice', () => {
  it('scans the code on the PDF and learns that it is true', async () => {
    const staff = await api.signedIn('jidoka');
    const { rawPayload } = await staff.get(`/api/staff/notices/${notices[2]!.id}/pdf`);
    const code = await qrOf(rawPayload);
    expect(code).toMatch(/\/verify#N26A-/u);
    const page = await pageOf(undefined, { viewport: PHONE });
    await page.goto(`${origin}/verify#${code.split('#')[1] ?? ''}`);
    await page.getByText('有効な通知書です').waitFor();
    await page.getByText('見○　𠮷○').waitFor();
    await look(page, 'verify', [390, 1280]);
    await page.goto(`${origin}/verify`);
    await page.reload();
    await page.getByLabel('照会番号').fill(notices[2]!.reference);
    await page.getByLabel('確認コード').fill('0000-0000');
    await page.getByRole('button', { name: '確認する' }).click();
    await page.getByText('確認できませんでした').waitFor();
    await page.getByLabel('確認コード').fill(notices[2]!.checkCode);
    await page.getByRole('button', { name: '確認する' }).click();
    await page.getByText('有効な通知書です').waitFor();
  });
});

/** What a camera reads off the printed page: drawn by the browser, decoded by a library of its own. */
async function qrOf(pdf: Buffer): Promise<string> {
  const staff = await pageOf('jidoka', { viewport: { width: 1280, height: 900 } });
  await staff.goto(`${origin}/staff/notices/${notices[2]!.id}`);
  await staff.getByRole('tab', { name: 'PDF' }).click();
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  await staff.locator('canvas').waitFor();
  await staff.getByText(notices[2]!.number, { exact: false }).first().waitFor();
  const pixels = await staff.evaluate<{ data: number[]; width: number; height: number } | null>(`
    new Promise((resolve) => {
      const look = () => {
        const canvas = document.querySelector('canvas');
        if (!canvas || canvas.width < 400) return setTimeout(look, 100);
        const { width, height } = canvas;
        const part = canvas.getContext('2d').getImageData(width * 0.6, 0, width * 0.4, height * 0.3);
        resolve({ data: Array.from(part.data), width: part.width, height: part.height });
      };
      look();
    })`);
  await staff.context().close();
  if (!pixels) throw new Error('no canvas');
  return jsQR(Uint8ClampedArray.from(pixels.data), pixels.width, pixels.height)?.data ?? '';
}
