import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { StaffApplication } from '../api/contract/index.ts';
import { DEMO_STAFF, type DemoStaffName } from '../embedded/demo/accounts.ts';
import { openPage } from '../ui/gallery/browser.ts';

/** One member of staff at the console, in a browser window of their own. */
export interface Clerk {
  readonly page: Page;
  /** What the browser complained of: faults of scripts, refusals of the security policy. */
  readonly faults: string[];
}

const DESK = { width: 1280, height: 900 };

/** Signs in through the page. */
export async function signIn(
  browser: Browser,
  system: { readonly apiUrl: string; readonly password: string },
  name: DemoStaffName,
): Promise<Clerk> {
  const faults: string[] = [];
  const page = await openPage(browser, `${system.apiUrl}/staff`, faults, {
    viewport: DESK,
    timezoneId: 'Asia/Tokyo',
  });
  // Other tests may be busy on the same machine.
  page.setDefaultTimeout(30_000);
  await page.getByLabel('ログインID').fill(DEMO_STAFF[name].login);
  await page.getByLabel('パスワード').fill(system.password);
  await page.getByRole('button', { name: 'ログインする' }).click();
  await page.getByRole('button', { name: 'ログアウト' }).waitFor();
  return { page, faults };
}

/** Opens one of the views of an application. */
export async function openApplication(
  { page }: Clerk,
  apiUrl: string,
  id: string,
  tab: string,
): Promise<void> {
  await page.goto(`${apiUrl}/staff/applications/${id}?tab=${tab}`);
  await page.getByRole('tab', { selected: true }).waitFor();
}

/** The box of one criterion in the checklist that can be filled in. */
export function criterion(page: Page, title: string) {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
}

/** Judges every criterion that nobody has judged yet as fulfilled. */
export async function judgeTheRest(page: Page, { checklist }: StaffApplication): Promise<void> {
  for (const { criterionId } of checklist) {
    const group = page.locator(`[id^="criterion-${criterionId}-result"]`);
    if ((await group.and(page.locator(':checked')).count()) > 0) continue;
    // The first choice has the id of the whole.
    await page.locator(`#criterion-${criterionId}-result`).check();
  }
}

/** The window that is open. */
export function dialogIn(page: Page) {
  return page.locator('dialog[open]');
}

/** Presses the button in the window that is open, and waits until the window is gone. */
export async function confirm(page: Page, button: string): Promise<void> {
  const dialog = dialogIn(page);
  // Some windows have a × of the same name as their button.
  await dialog.getByRole('button', { name: button, exact: true }).last().click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Waits for the stage beside the number of the application that is open. */
export async function expectStage(page: Page, label: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).filter({ hasText: label }).waitFor();
  await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toContain(label);
}
