import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../embedded/tools/browser.ts';
import { expectAccessible, launchBrowser, openPage, PHONE, serveGallery } from './browser.ts';
import type { GalleryServer } from './browser.ts';

let server: GalleryServer;
let browser: Browser;
const faults: string[] = [];

const open = (path: string, options: BrowserContextOptions = {}) =>
  openPage(browser, server.url + path, faults, options);
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent.trim() ?? document.activeElement?.tagName);

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

describe('page', () => {
  it('begins with a link over the header to the main part', async () => {
    const page = await open('/');
    await page.keyboard.press('Tab');
    await expect.poll(() => focused(page)).toBe('本文へ移動');
    const box = await page.getByRole('link', { name: '本文へ移動' }).boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
  });

  it('focuses the h1 and names the page after a change of page', async () => {
    const page = await open('/');
    await page.getByRole('link', { name: '重なり' }).click();
    await expect.poll(() => focused(page)).toBe('重なり');
    await expect.poll(() => page.title()).toBe('重なり｜部品一覧');
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  });

  it('draws a ring of black and yellow around what has the focus', async () => {
    const page = await open('/showing');
    await page.getByRole('button', { name: '保存' }).focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    const look = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body);
      return [style.outlineWidth, style.outlineColor, style.boxShadow];
    });
    expect(look).toEqual(['4px', 'rgb(0, 0, 0)', 'rgb(255, 212, 61) 0px 0px 0px 2px']);
  });

  it('folds the navigation on a phone', async () => {
    const page = await open('/', { viewport: PHONE });
    const link = page.getByRole('link', { name: '重なり' });
    await expect.poll(() => link.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'メニュー' }).click();
    await link.click();
    await page.getByRole('heading', { level: 1, name: '重なり' }).waitFor();
    await expect.poll(() => link.isVisible()).toBe(false);
  });

  it('changes the language, keeps it, and says it to assistive technology', async () => {
    const page = await open('/showing');
    await page.getByLabel('言語').selectOption('ja-easy');
    await page.getByRole('heading', { level: 1 }).locator('ruby').first().waitFor();
    await expect
      .poll(() => page.getByRole('heading', { level: 1 }).locator('rt').allTextContents())
      .toEqual(['もう', 'こ', 'う', 'つ']);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).locator('ruby').first().waitFor();
    await page.getByLabel('ことば').selectOption('en');
    await page.getByRole('heading', { level: 1, name: 'Application received' }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
    await expect.poll(() => page.title()).toBe('Application received – 部品一覧');
  });
});

describe('dialog', () => {
  it('keeps the focus inside, closes with Esc, and gives the focus back', async () => {
    const page = await open('/overlays');
    const button = page.getByRole('button', { name: '理由を聞く' });
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    await expectAccessible(page, 'dialog');
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      const outside = await page.evaluate(() => {
        const element = document.activeElement;
        return element !== document.body && element?.closest('dialog') === null;
      });
      expect(outside).toBe(false);
    }
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await expect.poll(() => focused(page)).toBe('理由を聞く');
  });

  it('wants the reason before it confirms', async () => {
    const page = await open('/overlays');
    await page.getByRole('button', { name: '理由を聞く' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: '差し戻す' }).click();
    await dialog.getByText('選択してください。').waitFor();
    await dialog.getByLabel('書類の見落とし').check();
    await dialog.getByRole('button', { name: '差し戻す' }).click();
    await dialog.getByText('理由を入力してください。').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await dialog.getByLabel('理由').fill('　印影なし ');
    await dialog.getByRole('button', { name: '差し戻す' }).click();
    await expect.poll(() => page.locator('#result').textContent()).toBe('document:印影なし');
    await expect.poll(() => dialog.count()).toBe(0);
  });

  it('does not lose what was written by a press outside', async () => {
    const page = await open('/overlays');
    await page.getByRole('button', { name: '理由を聞く' }).click();
    const reason = page.getByRole('alertdialog').getByLabel('理由');
    await reason.fill('印影なし');
    await page.mouse.click(5, 5);
    await expect.poll(() => reason.inputValue()).toBe('印影なし');
    await page.keyboard.press('Escape');
    // Other windows close so, unless the press began inside (marking text).
    await page.getByRole('button', { name: '選択欄のある窓' }).click();
    const dialog = page.getByRole('dialog');
    const box = await dialog.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 40);
    await page.mouse.down();
    await page.mouse.move(5, 5);
    await page.mouse.up();
    await expect.poll(() => dialog.count()).toBe(1);
    await page.mouse.click(5, 5);
    await expect.poll(() => dialog.count()).toBe(0);
  });

  it('stays open with the problem when what it does fails', async () => {
    const page = await open('/overlays');
    await page.getByRole('button', { name: '失敗する' }).click();
    await page.getByRole('button', { name: '送信する' }).click();
    await page.getByRole('alert').getByText('ほかの操作と重なりました').waitFor();
    await expect.poll(() => page.getByRole('alertdialog').count()).toBe(1);
  });

  it('shows the list of a combobox inside itself', async () => {
    const page = await open('/overlays');
    await page.getByRole('button', { name: '選択欄のある窓' }).click();
    await page.getByRole('combobox', { name: /担当者/ }).fill('うけつけ');
    const option = page.getByRole('option', { name: '受付 花子' });
    await option.click();
    await expect.poll(() => page.getByRole('combobox', { name: /担当者/ }).inputValue()).toBe('受付 花子');
    await page.getByRole('button', { name: '決定' }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });
});

describe('messages', () => {
  it('go away by themselves, unless they are errors', async () => {
    const page = await open('/overlays');
    await page.clock.install();
    await page.getByRole('button', { name: 'お知らせ', exact: true }).click();
    await page.getByRole('button', { name: '失敗のお知らせ' }).click();
    await page.getByText('保存できませんでした。').waitFor();
    await page.clock.runFor(15_000);
    await expect.poll(() => page.getByText('下書きを保存しました。').count()).toBe(0);
    const error = page.getByText('保存できませんでした。');
    await expect.poll(() => error.isVisible()).toBe(true);
    await page.getByRole('region', { name: '操作の結果' }).getByRole('button', { name: '閉じる' }).click();
    await expect.poll(() => error.count()).toBe(0);
  });

  it('warns before the session ends, lets go on, and says when it is over', async () => {
    const page = await open('/overlays');
    await page.getByRole('button', { name: 'ログアウトの予告' }).click();
    const warning = page.getByRole('alertdialog', { name: 'まもなく自動的にログアウトします' });
    await warning.getByText('あと2分で').waitFor();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Escape');
    await expect.poll(() => warning.isVisible()).toBe(true);
    await expectAccessible(page, 'warning');
    await warning.getByRole('button', { name: '続ける' }).click();
    await expect.poll(() => warning.count()).toBe(0);
    await page.getByRole('button', { name: 'ログアウト', exact: true }).last().click();
    const over = page.getByRole('alertdialog', { name: /ログアウトしました/ });
    await over.getByRole('link', { name: 'もう一度ログインする' }).waitFor();
  });
});

describe('lists', () => {
  it('sort by their headers and say so', async () => {
    const page = await open('/lists');
    const header = page.getByRole('columnheader', { name: '受付日' });
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('ascending');
    await header.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('descending');
    await expect.poll(() => page.getByRole('rowheader').first().textContent()).toBe('N26-004217');
  });

  it('choose rows one by one and all at once', async () => {
    const page = await open('/lists');
    await page.getByLabel('N26-004212 𠮷田 結衣を選択').check();
    await page.getByText('1件選択中').waitFor();
    const all = page.getByLabel('すべて選択');
    await expect
      .poll(() => all.evaluate((element) => (element as HTMLInputElement).indeterminate))
      .toBe(true);
    await all.check();
    await page.getByText('8件選択中').waitFor();
    await all.uncheck();
    await page.getByText('0件選択中').waitFor();
  });

  it('are cards on a phone, and a table still for assistive technology', async () => {
    const page = await open('/lists', { viewport: PHONE });
    const row = page.getByRole('row').nth(1);
    const box = await row.boundingBox();
    expect(box?.height).toBeGreaterThan(100);
    await expect.poll(() => row.getByRole('cell').count()).toBe(5);
  });

  it('turn pages', async () => {
    const page = await open('/lists');
    await page.getByRole('button', { name: '次へ' }).click();
    await page.getByText('128件中 9～16件').waitFor();
    await expect
      .poll(() => page.getByRole('button', { name: '2ページ目' }).getAttribute('aria-current'))
      .toBe('page');
    await page.getByRole('button', { name: '16ページ目' }).click();
    await expect.poll(() => page.getByRole('button', { name: '次へ' }).isDisabled()).toBe(true);
  });

  it('have tabs that the arrow keys change', async () => {
    const page = await open('/lists');
    await page.getByRole('tab', { name: /自分の担当/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel').getByText('すべての申請').waitFor();
  });

  it('have a menu for the keyboard', async () => {
    const page = await open('/lists');
    const button = page.getByRole('button', { name: '操作' });
    await button.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toBe('担当を割り当てる');
    await expectAccessible(page, 'menu');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '申請の審査' }).waitFor();
  });
});

describe('document viewer', () => {
  it('zooms and turns a picture', async () => {
    const page = await open('/viewer');
    const image = page.getByRole('img', { name: '就労証明書' });
    const before = await image.boundingBox();
    await page.getByRole('button', { name: '拡大' }).click();
    await page.getByText('125%').waitFor();
    await expect
      .poll(async () => (await image.boundingBox())?.width)
      .toBeCloseTo((before?.width ?? 0) * 1.25, 0);
    await page.getByRole('button', { name: '右に回転' }).click();
    await expect.poll(() => image.getAttribute('style')).toContain('rotate(90deg)');
  });

  it('draws a PDF page by page, with its text', async () => {
    const page = await open('/viewer');
    await page.getByRole('button', { name: '保険証の写し' }).click();
    await page.getByText('1／2ページ').waitFor();
    await page.getByText('EMPLOYMENT CERTIFICATE').waitFor({ state: 'attached' });
    const dark = () =>
      page.locator('canvas').evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let index = 0; index < data.length; index += 4)
          if (data[index]! < 100 && data[index + 3] === 255) count += 1;
        return count;
      });
    await expect.poll(() => dark()).toBeGreaterThan(500);
    await page.getByRole('button', { name: '次のページ' }).click();
    await page.getByText('SECOND PAGE').waitFor({ state: 'attached' });
    await expect.poll(() => dark()).toBeGreaterThan(200);
    await expectAccessible(page, 'PDF');
  });

  it('shows a photograph as iPhones keep it, under the security policy of production', async () => {
    const page = await open('/viewer');
    await page.getByRole('button', { name: '学生証' }).click();
    const photo = page.getByRole('img', { name: '学生証' });
    const size = () => photo.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
    await expect.poll(size, { timeout: 15_000 }).toEqual([96, 64]);
    await expect.poll(() => photo.getAttribute('src')).toMatch(/^blob:/u);
  });

  it('offers what it cannot show for download', async () => {
    const page = await open('/viewer');
    await page.getByRole('button', { name: '診断書' }).click();
    await page.getByText('この形式の画像は、画面に表示できません。').waitFor();
    await page.getByRole('link', { name: 'ダウンロードして開く' }).waitFor();
  });

  it('shares the width with the form by keyboard, and remembers it', async () => {
    const page = await open('/viewer');
    const bar = page.getByRole('separator', { name: '書類の幅' });
    await bar.focus();
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('60');
    await page.reload();
    await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('60');
  });
});

describe('live updates', () => {
  it('come in, come back after the line was lost, and say that something may be missing', async () => {
    const page = await open('/live');
    const state = page.locator('#state');
    await expect.poll(() => state.textContent()).toBe('open');
    for (const listener of server.events.listeners) {
      listener.write('event: application\ndata: {"id":"1"}\n\n');
      listener.write('data: text\n\n');
    }
    await page.getByText('application:{"id":"1"}').waitFor();
    await page.getByText('message:"text"').waitFor();

    // The API restarts: the line breaks, the proxy answers with an error for a while.
    server.events.away = true;
    for (const listener of server.events.listeners) listener.end();
    await expect.poll(() => state.textContent()).toBe('waiting');
    await page.waitForResponse(
      (response) => response.url().endsWith('/gallery-events') && response.status() === 502,
    );
    server.events.away = false;
    await page.getByText('resync:undefined').waitFor();
    await expect.poll(() => state.textContent()).toBe('open');
    faults.length = 0; // The browser's own words about the 502.
  });

  it('end with the page', async () => {
    const page = await open('/live');
    await expect.poll(() => page.locator('#state').textContent()).toBe('open');
    const before = server.events.listeners.size;
    await page.getByRole('link', { name: '重なり' }).click();
    await expect.poll(() => server.events.listeners.size).toBe(before - 1);
  });
});
