import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { demoId, ensureFamily } from '../embedded/demo/accounts.ts';
import { findBrowser } from '../embedded/tools/browser.ts';
import type { Application } from '../store/applications.ts';
import { seedSettings } from '../store/settings.ts';
import { manyApplications, type Many } from '../testing/many.ts';
import { openFirstRound } from '../testing/rounds.ts';
import { startTestSystem, type TestSystem } from '../testing/system.ts';
import { expectAccessible, launchBrowser } from '../ui/gallery/browser.ts';
import { signIn, type Clerk } from './staff-console.ts';

/** From the ward's decision to the child's enrolment, in a real browser over the whole system (Q05, Q23). */
let system: TestSystem;
let browser: Browser;
let many: Many;
let ward: Clerk;
let anytime: Application;
let inRound: Application;

beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), findBrowser().then(launchBrowser)]);
  const { db, keyring, password } = system;
  await seedSettings(db, new Date());
  await openFirstRound(db, 2027);
  await ensureFamily(db, keyring, 0, { password });
  many = await manyApplications(system, demoId('family', 0));
  anytime = await many.make(0, { round: 'anytime' });
  inRound = await many.make(1);
  ward = await signIn(browser, system, 'ward');
}, 240_000);
afterAll(async () => {
  await many.close();
  await browser.close();
  await system.stop();
});
afterEach(() => {
  expect(ward.faults.splice(0), 'errors in the console').toEqual([]);
});

const SHOTS = process.env['SCREENSHOTS'];

/** Looks at the page as a desk and as a phone has it: accessible, nothing wider than the screen. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const wider = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(wider, `${name} at ${String(width)} px`).toBeLessThanOrEqual(0);
    await expectAccessible(page, `${name} ${String(width)}`);
    if (SHOTS !== undefined) {
      await mkdir(SHOTS, { recursive: true });
      await page.screenshot({ path: `${SHOTS}/${name}-${String(width)}.png`, fullPage: true });
    }
  }
}

async function approve(page: Page, application: Application): Promise<void> {
  await page.goto(`${system.apiUrl}/staff/applications/${application.id}?tab=review`);
  await page.getByLabel('承認する').check();
  await page.getByRole('button', { name: '内容を確認して決定する' }).click();
}

describe('from the decision to the enrolment', () => {
  it('an approval all year round makes the child a member: lists, the year, its fees, and back to the application', async () => {
    const { page } = ward;
    await approve(page, anytime);
    await page.getByRole('button', { name: '承認する', exact: true }).click();
    await page.getByText('決定を登録しました').waitFor();
    await expect
      .poll(
        async () =>
          system.db
            .selectFrom('enrolment_entries')
            .select('carried_at')
            .where('application_id', '=', anytime.id)
            .executeTakeFirst(),
        { timeout: 30_000 },
      )
      .toMatchObject({ carried_at: expect.any(String) as string });
    await page.getByRole('link', { name: '在籍', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '在籍の一覧' }).waitFor();
    await page.goto(`${system.apiUrl}/staff/enrolments?fiscalYear=${String(anytime.fiscalYear)}&month=all`);
    const child = page.getByRole('rowheader').getByRole('link').first();
    await child.waitFor();
    await look(page, 'enrolments');
    await child.click();
    await page.getByRole('heading', { name: '月ごとの利用料' }).waitFor();
    await page.getByText('5,000円').first().waitFor();
    await look(page, 'enrolment');
    await page.getByRole('link', { name: anytime.receiptNumber }).first().click();
    await page.getByRole('tab', { selected: true }).waitFor();
    await page.goto(`${system.apiUrl}/staff/applications/${anytime.id}?tab=answers`);
    await page.getByRole('button', { name: 'この児童の在籍・ほかの申請を見る' }).click();
    await page.getByRole('link', { name: `${String(anytime.fiscalYear)}年度の在籍` }).waitFor();
    await look(page, 'child-panel');
    await page.goto(`${system.apiUrl}/staff/year-change?fiscalYear=${String(anytime.fiscalYear)}`);
    await page.getByText('未申請').first().waitFor();
    await look(page, 'year-change');
  }, 240_000);

  it('one of a round waits for its day, can be taken back, and makes nobody a member yet', async () => {
    const { page } = ward;
    await approve(page, inRound);
    await page.getByText('その日までは申請者には決定前と同じ「区の決定待ち」と見え').waitFor();
    await page.getByRole('button', { name: '承認する', exact: true }).click();
    await page.getByText('通知前').waitFor();
    await look(page, 'awaiting-release');
    await page.getByRole('button', { name: '決定を取り消して審議し直す' }).click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByLabel('取り消す理由').fill('書類をもう一度確認するため');
    await dialog.getByRole('button', { name: '決定を取り消す' }).click();
    await page.getByRole('button', { name: '内容を確認して決定する' }).waitFor();
    const entries = await system.db.selectFrom('enrolment_entries').select('application_id').execute();
    expect(entries.map((row) => row.application_id)).toEqual([anytime.id]);
  }, 120_000);
});
