import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../embedded/tools/browser.ts';
import { launchBrowser, openPage, PHONE, serveGallery } from './browser.ts';
import type { GalleryServer } from './browser.ts';

/** Choosing from a long list with a finger or a mouse, on a phone and a desk (Q06). */
let server: GalleryServer;
let browser: Browser;
const faults: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([serveGallery(), findBrowser().then(launchBrowser)]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  expect(faults.splice(0), 'errors in the console').toEqual([]);
});

const list = (page: Page) => page.getByRole('listbox');

describe.each([
  {
    name: 'with a finger on a phone',
    options: { viewport: PHONE, hasTouch: true, isMobile: true },
    touch: true,
  },
  { name: 'with a mouse in a narrow window', options: { viewport: PHONE }, touch: false },
])('a long list $name', ({ options, touch }) => {
  it('opens, scrolls and stays open, and takes the option that is pressed', async () => {
    const page = await openPage(browser, `${server.url}/`, faults, options);
    const field = page.locator('input[role="combobox"]').first();
    const press = (target: ReturnType<Page['locator']>) => (touch ? target.tap() : target.click());
    await field.scrollIntoViewIfNeeded();
    await press(field);
    await list(page).waitFor();
    // The list moves under the finger; the page may move a little too.
    const box = (await list(page).boundingBox())!;
    await page.mouse.move(box.x + 40, box.y + 40);
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(300);
    await page.evaluate(() => window.scrollBy(0, 40));
    await page.waitForTimeout(300);
    await expect.poll(() => list(page).isVisible()).toBe(true);
    const option = page.getByRole('option').nth(6);
    const name = (await option.innerText()).split('\n')[0] ?? '';
    await press(option);
    await list(page).waitFor({ state: 'hidden' });
    await expect.poll(() => field.inputValue()).toBe(name);
  });
});
