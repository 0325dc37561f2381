import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoId, ensureFamily } from '../embedded/demo/accounts.ts';
import { findBrowser } from '../embedded/tools/browser.ts';
import { staff } from '../testing/application-worker.ts';
import { manyApplications, type Many } from '../testing/many.ts';
import { startTestSystem, type TestSystem } from '../testing/system.ts';
import { newestSetting, saveSetting, seedSettings } from '../store/settings.ts';
import { expectAccessible, launchBrowser } from '../ui/gallery/browser.ts';
import { dialogIn, signIn, type Clerk } from './staff-console.ts';

/** The ward changes the year, a school and its calendar, in a real browser over the whole system (Q05, Q26). */
let system: TestSystem;
let browser: Browser;
let many: Many;
let ward: Clerk;
let enrolmentId: string;
const YEAR = 2027;

beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), findBrowser().then(launchBrowser)]);
  const { db, keyring, password } = system;
  await seedSettings(db, new Date());
  await ensureFamily(db, keyring, 0, { password });
  many = await manyApplications(system, demoId('family', 0));
  ward = await signIn(browser, system, 'ward');
  const application = await many.make(0, { round: 'anytime' });
  const wardId = demoId('staff', 'jidoka');
  const decision = { type: 'decide', outcome: 'approved', effectiveFrom: `${String(YEAR)}-04-01` } as const;
  await many.temporal.act(application, staff(wardId, 'ward'), decision, randomUUID());
  const recorded = () =>
    db
      .selectFrom('enrolment_entries')
      .select(['enrolment_id', 'carried_at'])
      .where('entry_id', '=', application.id)
      .executeTakeFirst();
  const carried = async () => {
    if (((await recorded())?.carried_at ?? null) === null)
      throw new Error('the admission is not in kintone yet');
  };
  await vi.waitFor(carried, { timeout: 60_000, interval: 200 });
  enrolmentId = (await recorded())!.enrolment_id;
  const setting = (await newestSetting(db, 'yearChange'))!;
  await saveSetting(db, {
    key: 'yearChange',
    value: { ...setting.value, admission: 'continues', lastGrade: 6 },
    basedOn: setting.version,
    note: '申請なしで続く',
    changedBy: wardId,
    validFrom: `${String(YEAR + 1)}-04-01`,
  });
}, 300_000);
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

describe('the ward changes', () => {
  it('the year: a preview child by child, its confirmation, and the next year’s enrolment', async () => {
    const { page } = ward;
    await page.goto(`${system.apiUrl}/staff/year-change?fiscalYear=${String(YEAR)}`);
    await page.getByRole('button', { name: '下見を作る' }).click();
    await page.getByText('まだ何も書き込んでいません').waitFor();
    await page
      .getByText(`${String(YEAR + 1)}年4月1日から`)
      .first()
      .waitFor();
    await look(page, 'year-run-preview');
    await page.getByRole('button', { name: /の在籍を作る$/ }).click();
    await dialogIn(page).getByRole('button', { name: '確定する' }).click();
    await page.getByText('終わりました').waitFor();
    await look(page, 'year-run-done');
    const nextId = enrolmentId.replace(/^\d+/, String(YEAR + 1));
    await page.goto(`${system.apiUrl}/staff/enrolments/${nextId}`);
    await page
      .getByRole('cell', { name: /年度替わり/ })
      .first()
      .waitFor();
  }, 240_000);

  it('a school: what it would do, then its record with who told it, also in the year that was carried over', async () => {
    const { page } = ward;
    await page.goto(`${system.apiUrl}/staff/enrolments/${enrolmentId}`);
    await page.getByRole('button', { name: '転校（新BOPの変更）を記録する' }).click();
    const dialog = dialogIn(page);
    await dialog.getByRole('button', { name: '内容を確認する' }).click();
    await dialog.getByText('移る先の新BOPを選んでください。').first().waitFor();
    await dialog.getByLabel('移る先の新BOP').selectOption('61');
    await dialog.locator('#move-from').fill(String(YEAR));
    await dialog.locator('#move-from-month').fill('6');
    await dialog.locator('#move-from-day').fill('1');
    await dialog.getByLabel('転居に伴う転校').check();
    await dialog.getByLabel('連絡の内容').fill('保護者から電話で連絡を受けた');
    await dialog.getByRole('button', { name: '内容を確認する' }).click();
    await dialog.getByText('記録した後').waitFor();
    await look(page, 'school-move');
    await dialog.getByRole('button', { name: '記録する' }).click();
    await page.getByText('転校を記録しました').waitFor();
    await page.getByText('転居に伴う転校：保護者から電話で連絡を受けた').waitFor();
    await look(page, 'school-moved');
    const next = await system.db
      .selectFrom('enrolments')
      .select('bops')
      .where('id', '=', enrolmentId.replace(/^\d+/, String(YEAR + 1)))
      .executeTakeFirstOrThrow();
    expect(next.bops).toEqual(['61']);
  }, 240_000);

  it('its calendar: what that would change, then saved with the reason', async () => {
    const { page } = ward;
    await page.goto(`${system.apiUrl}/staff/settings/calendar`);
    await page.getByRole('group', { name: '休業日（祝日・区が定めた休み）' }).waitFor();
    await page.getByRole('button', { name: /年の祝日を加える$/ }).click();
    await page.getByLabel('変更の理由').fill('来年の祝日を加える');
    await look(page, 'setting-calendar');
    await page.getByRole('button', { name: '影響を確認する' }).click();
    await dialogIn(page).getByText('新しく休む日').waitFor();
    await dialogIn(page).getByRole('button', { name: 'この内容で保存する' }).click();
    await page.getByText('保存しました').waitFor();
  }, 240_000);
});
