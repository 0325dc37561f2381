import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../domain/calendar/dates.ts';
import { demoId, ensureFamily } from '../embedded/demo/accounts.ts';
import { findBrowser } from '../embedded/tools/browser.ts';
import { seedSettings } from '../store/settings.ts';
import type { Application } from '../store/applications.ts';
import { manyApplications, type Many } from '../testing/many.ts';
import { openFirstRound } from '../testing/rounds.ts';
import { startTestSystem, type TestSystem } from '../testing/system.ts';
import { expectAccessible, launchBrowser } from '../ui/gallery/browser.ts';
import { formatDate } from '../ui/lib/format.ts';
import { confirm, signIn, type Clerk } from './staff-console.ts';

/** The ward's round in a real browser: dates, a bulk decision from preview to protocol, places and waiting lists. */
let system: TestSystem;
let browser: Browser;
let many: Many;
let ward: Clerk;
let leader: Clerk;
let admissions: Application[];
/** The round's days. */
let round: Awaited<ReturnType<typeof openFirstRound>>;

beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), findBrowser().then(launchBrowser)]);
  const { db, keyring, password } = system;
  await seedSettings(db, new Date());
  round = await openFirstRound(db, 2027);
  await ensureFamily(db, keyring, 0, { password });
  many = await manyApplications(system, demoId('family', 0));
  admissions = [];
  for (let index = 0; index < 6; index += 1) admissions.push(await many.make(index));
  [ward, leader] = await Promise.all([signIn(browser, system, 'ward'), signIn(browser, system, 'chiba')]);
});
afterAll(async () => {
  await many.close();
  await browser.close();
  await system.stop();
});
afterEach(() => {
  for (const { faults } of [ward, leader]) expect(faults.splice(0), 'errors in the console').toEqual([]);
});

const SHOTS = process.env['SCREENSHOTS'];

/** Looks at the page as a desk and as a phone has it: accessible, nothing wider than the screen. */
async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const width of [1280, 390]) {
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

describe('rounds', () => {
  it('shows all rounds with their dates, and one of them with what is left to do', async () => {
    const { page } = ward;
    await page.getByRole('link', { name: '受付回・決定・枠' }).click();
    await page.getByRole('heading', { level: 1, name: '受付回' }).waitFor();
    await page.getByRole('link', { name: '一斉受付（一次）' }).first().waitFor();
    await look(page, 'rounds');
    await page.goto(`${system.apiUrl}/staff/rounds/2027/first`);
    await page.getByText('決定をまとめて通知します').waitFor();
    await page.getByText('あと6件の審査・決定が必要です').waitFor();
    await look(page, 'round');
  });

  it('takes new dates from the ward, with its reason; leaders only look', async () => {
    const { page } = ward;
    await page.goto(`${system.apiUrl}/staff/rounds/2027/first`);
    await page.getByRole('button', { name: /変更.*入会申請の日程/ }).click();
    const dialog = page.locator('dialog[open]');
    const notices = dialog.getByRole('group', { name: '通知日' });
    const fill = async (day: string) => {
      const [year = '', month = '', date = ''] = day.split('-');
      await notices.getByLabel('年').fill(year);
      await notices.getByLabel('月').fill(month);
      await notices.getByLabel('日', { exact: true }).fill(date);
    };
    await fill(addDays(round.closesOn, -1));
    await dialog.getByLabel('変更の理由').fill('会議の日程が変わったため');
    await dialog.getByRole('button', { name: '変更する' }).click();
    await dialog.getByText('通知日は、受付の終わりより後の日にしてください。').first().waitFor();
    await look(page, 'round-dates');
    const earlier = addDays(round.noticesOn, -2);
    await fill(earlier);
    await confirm(page, '変更する');
    await page.getByText(formatDate(earlier)).first().waitFor();
    await leader.page.goto(`${system.apiUrl}/staff/rounds/2027/first`);
    await leader.page.getByText('決定をまとめて通知します').waitFor();
    await expect.poll(() => leader.page.getByRole('button', { name: /変更/ }).count()).toBe(0);
  });
});

describe('a bulk decision', () => {
  it('is put together from the round, shows what will happen, and lets applications be left out', async () => {
    const { page } = ward;
    await page.goto(`${system.apiUrl}/staff/rounds/2027/first`);
    await page.getByRole('link', { name: /入会申請（区決定待ち/ }).click();
    await page.getByRole('heading', { level: 1, name: 'まとめて決定を始める' }).waitFor();
    await page.getByRole('button', { name: '対象を確認する' }).click();
    await page.getByText('決定の内容を選んでください。').first().waitFor();
    await page.getByRole('radio', { name: '承認する' }).check();
    await page.getByRole('radio', { name: 'それぞれの申請者の希望日にする' }).check();
    await look(page, 'bulk-new');
    await page.getByRole('button', { name: '対象を確認する' }).click();
    await page.getByText('まだ何も決定していません').waitFor();
    await page.getByText('6件を承認します').first().waitFor();
    await look(page, 'bulk-preview');
    await page.getByRole('checkbox', { name: new RegExp(admissions[5]!.receiptNumber) }).check();
    await page.getByRole('button', { name: '選んだ申請を対象から外す（1件）' }).click();
    await page.getByRole('button', { name: '5件を確定する' }).waitFor();
  });

  it('is confirmed, leaves out what has changed meanwhile, and keeps a protocol', async () => {
    const { page } = ward;
    const { temporal } = many;
    const operator = { kind: 'staff', id: demoId('x'), role: 'operator' } as const;
    const contact = {
      id: demoId('contact'),
      kind: 'phone',
      direction: 'fromApplicant',
      content: demoId('call'),
      occurredAt: new Date().toISOString(),
    } as const;
    await temporal.act(admissions[4]!, operator, { type: 'recordContact', contact }, demoId('n'));
    await page.getByRole('button', { name: '5件を確定する' }).click();
    await confirm(page, '確定する');
    await page.getByText('終わりました').waitFor();
    await page.getByText('決定していない申請が1件あります').waitFor();
    await page.getByText('確認した後に変わったため、除きました（今の状態：区決定待ち）').waitFor();
    await look(page, 'bulk-done');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '記録をダウンロード（CSV）' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^bulk-decision-.*\.csv$/);
    await page.getByRole('link', { name: 'まとめて決定の一覧' }).click();
    await page.getByRole('link', { name: /入会申請 承認の決定/ }).waitFor();
    await look(page, 'bulk-list');
    const seen = leader.page;
    await seen.goto(`${system.apiUrl}/staff/bulk-decisions`);
    await seen.getByRole('link', { name: /入会申請 承認の決定/ }).click();
    await seen.getByText('終わりました').waitFor();
  });

  it('waits for the day of the notices: the round counts it', async () => {
    const { page } = ward;
    await page.goto(`${system.apiUrl}/staff/rounds/2027/first`);
    await page.getByText('あと2件の審査・決定が必要です').waitFor();
  });
});

describe('places of extended use', () => {
  const BOP = '2';

  it('shows ranks with their reasons; the ward sets the places', async () => {
    const wish = { extended_mode: 'monthly', extended_from: '2027-04', extended_to: '2028-03' };
    for (const [index, mode] of ['monthly', 'daily', 'monthly'].entries()) {
      await many.make(20 + index, {
        procedure: 'extendedUse',
        bopCode: BOP,
        answers: { ...wish, extended_mode: mode, bop: BOP },
      });
    }
    const { page } = ward;
    await page.goto(`${system.apiUrl}/staff/places?fiscalYear=2027`);
    await page.getByRole('button', { name: '枠と優先順位を変更する' }).click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByLabel('新BOPごとの枠（1か月）').fill('2');
    await dialog.getByLabel('変更の理由').fill('試験のため');
    await look(page, 'places-rules');
    await confirm(page, '変更する');
    await page.getByText('月2人').waitFor();
    await page.getByText('枠を超える').waitFor();
    await look(page, 'places');
    await page
      .getByRole('row', { name: /枠を超える/ })
      .getByRole('link')
      .click();
    await page.getByText('待機の1番目です').waitFor();
    await page.getByText('優先順位が最も高い申請です').waitFor();
    await look(page, 'places-bop');
  });

  it('one application by itself shows the same: who is next, and what is in the way', async () => {
    const { page } = ward;
    const last = page.getByRole('row', { name: /待機の1番目です/ });
    await last.getByRole('link').click();
    await page.getByText('優先順位が上の申請に回る見込みです').first().waitFor();
    await page.getByRole('radio', { name: '承認する' }).check();
    await page.getByRole('button', { name: '内容を確認して決定する' }).click();
    await page.getByText('優先順位によらずに承認します').waitFor();
    await look(page, 'place-out-of-turn');
    await page.keyboard.press('Escape');
    await look(page, 'place-of-application');
    // Looked at as a phone has it and back: what was filled in is still there.
    await expect.poll(() => page.getByRole('radio', { name: '承認する' }).isChecked()).toBe(true);
    await page.getByRole('link', { name: 'この新BOPの枠と順位をすべて見る' }).click();
    await page.getByText('優先順位が最も高い申請です').waitFor();
  });

  it('are given by the ward in that order; when one falls free, who is next is shown', async () => {
    const { page } = ward;
    await page.getByRole('link', { name: 'この順位で決定する' }).click();
    await page.getByRole('button', { name: '対象を確認する' }).click();
    await page.getByText('2件を承認します').first().waitFor();
    await page.getByText('1件を待機にします').first().waitFor();
    await look(page, 'places-preview');
    await page.getByRole('button', { name: '3件を確定する' }).click();
    await confirm(page, '確定する');
    await page.getByText('終わりました').waitFor();
    await page.goto(`${system.apiUrl}/staff/places?fiscalYear=2027`);
    await page.getByRole('button', { name: '枠と優先順位を変更する' }).click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByLabel('新BOPごとの枠（1か月）').fill('3');
    await dialog.getByLabel('変更の理由').fill('1人分増やすため');
    await confirm(page, '変更する');
    await page.getByText('枠が空き、待機から繰り上げられる申請があります').waitFor();
    await look(page, 'places-free');
    await page.getByRole('link', { name: /（1件）/ }).click();
    await page.getByText('枠が空きました').waitFor();
    await look(page, 'places-bop-free');
  });
});
