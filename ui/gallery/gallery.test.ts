import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../embedded/tools/browser.ts';
import { expectAccessible, launchBrowser, openPage, PHONE, serveGallery } from './browser.ts';
import type { GalleryServer } from './browser.ts';

const PAGES = ['/', '/showing', '/lists', '/overlays', '/viewer'];

let server: GalleryServer;
let browser: Browser;
const faults: string[] = [];

const open = (path: string, options: BrowserContextOptions = {}) =>
  openPage(browser, server.url + path, faults, options);

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

describe('every component', () => {
  it.each(PAGES.flatMap((path) => [[path, 320] as const, [path, 1280] as const]))(
    '%s at %i px: no violation of WCAG 2.2 AA, nothing sticks out',
    async (path, width) => {
      const page = await open(path, { viewport: { width, height: 800 } });
      await expectAccessible(page, `${path} ${width}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over).toBeLessThanOrEqual(0);
    },
  );

  it.each(['en', 'ja-easy'])('in %s at 320 px', async (language) => {
    for (const path of ['/', '/showing']) {
      const page = await open(`${path}?lang=${language}`, { viewport: PHONE });
      await expectAccessible(page, `${path} ${language}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over).toBeLessThanOrEqual(0);
      await expect
        .poll(() => page.locator('html').getAttribute('lang'))
        .toBe(language === 'en' ? 'en' : 'ja');
    }
  });

  it('stands text spacing of WCAG 1.4.12 and forced colours', async () => {
    for (const path of PAGES) {
      const page = await open(path, { viewport: PHONE, forcedColors: 'active', reducedMotion: 'reduce' });
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(
          '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
        );
        document.adoptedStyleSheets = [sheet];
      });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over, path).toBeLessThanOrEqual(0);
    }
  });

  it('has targets of 24 px and more, buttons and fields of 44 px', async () => {
    const page = await open('/');
    const small = await page.$$eval(
      'main button, main input:not([type=radio], [type=checkbox], .sr-only), main select',
      (all) =>
        all
          .filter((one) => one.checkVisibility())
          .map((one) => ({ text: one.outerHTML.slice(0, 120), height: one.getBoundingClientRect().height }))
          .filter(({ height, text }) => height < 40 && !text.includes('aria-haspopup')),
    );
    expect(small).toEqual([]);
  });
});

describe('form', () => {
  it('puts the focus on the summary, whose links lead to the fields', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: '次へ進む' }).click();
    const summary = page.getByRole('alert').filter({ hasText: '入力内容を確認してください' });
    await expect.poll(() => summary.evaluate((element) => element === document.activeElement)).toBe(true);
    await expectAccessible(page, 'with errors');
    await expect.poll(() => page.title()).toBe('エラー：お子さんについて｜部品一覧');
    const lines = await summary.getByRole('listitem').allTextContents();
    expect(lines.slice(0, 4)).toEqual([
      'お子さんの姓を入力してください。',
      'お子さんの名を入力してください。',
      '生年月日を入力してください。',
      '学年を選択してください。',
    ]);
    for (const [line, name] of [
      ['生年月日を入力してください。', 'child.birthday.year'],
      ['保育が必要な理由を選択してください。', 'reasons'],
      ['就労証明書を添付してください。', 'documents'],
    ] as const) {
      await summary.getByRole('link', { name: line }).click();
      await expect
        .poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).name))
        .toBe(name);
    }
    // Put right, the line goes away; the focus stays where the person is.
    await page.getByLabel('姓', { exact: true }).fill('髙橋');
    await expect.poll(() => summary.getByRole('listitem').count()).toBe(lines.length - 1);
  });

  it('ties label, hint and error to the control', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: '次へ進む' }).click();
    const group = page.getByRole('group', { name: /生年月日/ });
    const ids = (await group.getAttribute('aria-describedby')) ?? '';
    const texts = await page.evaluate(
      (all) => all.split(' ').map((id) => document.getElementById(id)?.textContent),
      ids,
    );
    expect(texts).toEqual([
      '西暦、または「令和8」のように入力できます。',
      'エラー: 生年月日を入力してください。',
    ]);
  });

  it('takes dates in the Japanese era and full-width digits', async () => {
    const page = await open('/');
    const group = page.getByRole('group', { name: /生年月日/ });
    await group.getByLabel('年').fill('令和元');
    await group.getByLabel('月').fill('５');
    await group.getByLabel('日').fill('１２');
    await group.getByLabel('日').blur();
    await expect.poll(() => group.getByLabel('年').inputValue()).toBe('2019');
    await expect.poll(() => group.getByLabel('月').inputValue()).toBe('5');
    await expect.poll(() => group.textContent()).toContain('（令和元年）');
    await group.getByLabel('日').fill('32');
    await page.getByRole('button', { name: '次へ進む' }).click();
    await page.getByRole('link', { name: '実在する日付を入力してください。' }).waitFor();
  });

  it('makes katakana of hiragana and half-width kana, and leaves kanji alone', async () => {
    const page = await open('/');
    const kanji = page.getByLabel('姓', { exact: true });
    await kanji.fill('𠮷﨑髙');
    await kanji.blur();
    await expect.poll(() => kanji.inputValue()).toBe('𠮷﨑髙');
    const kana = page.getByLabel('セイ');
    await kana.fill('たかﾊｼﾞ ');
    await kana.blur();
    await expect.poll(() => kana.inputValue()).toBe('タカハジ');
  });

  it('keeps a single digit of an hour while it is typed', async () => {
    const page = await open('/');
    const group = page.getByRole('group', { name: /仕事の終わる時刻/ });
    await group.getByLabel('時').pressSequentially('15');
    await group.getByLabel('分').pressSequentially('05');
    await group.getByLabel('分').blur();
    await expect.poll(() => group.getByLabel('時').inputValue()).toBe('15');
    await expect.poll(() => group.getByLabel('分').inputValue()).toBe('05');
  });

  it('finds an address, says when there is none, and takes typed ones', async () => {
    const page = await open('/');
    await page.getByLabel('郵便番号').fill('１５４ー００１７');
    await page.getByRole('button', { name: '住所を自動入力' }).click();
    await expect
      .poll(() => page.getByLabel('住所', { exact: false }).last().inputValue())
      .toBe('東京都世田谷区世田谷');
    await page.getByLabel('郵便番号').fill('9999999');
    await page.getByRole('button', { name: '住所を自動入力' }).click();
    await page.getByText('住所欄に直接入力してください').waitFor();
  });

  it('finds in a combobox by hiragana, with the keyboard alone', async () => {
    const page = await open('/');
    const box = page.getByRole('combobox', { name: /新BOP/ });
    await box.focus();
    await box.pressSequentially('さくらが');
    await expect.poll(() => page.getByRole('option').allTextContents()).toEqual(['桜丘新BOP桜丘小学校']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => box.inputValue()).toBe('桜丘新BOP');
    await expect.poll(() => page.getByRole('listbox').count()).toBe(0);
  });

  it('lets one choice exclude the others', async () => {
    const page = await open('/');
    await page.getByLabel('就労', { exact: true }).check();
    await page.getByLabel('就学').check();
    await page.getByLabel('いずれもあてはまらない').check();
    await expect.poll(() => page.getByLabel('就労', { exact: true }).isChecked()).toBe(false);
    await page.getByLabel('介護・看護').check();
    await expect.poll(() => page.getByLabel('いずれもあてはまらない').isChecked()).toBe(false);
  });

  it('shows an error of the server at its field', async () => {
    const page = await open('/');
    await page.getByLabel('姓', { exact: true }).fill('世田谷');
    await page.getByLabel('名', { exact: true }).fill('花子');
    const birthday = page.getByRole('group', { name: /生年月日/ });
    for (const [label, value] of [
      ['年', '2019'],
      ['月', '6'],
      ['日', '3'],
    ] as const) {
      await birthday.getByLabel(label).fill(value);
    }
    await page.getByLabel('学年').selectOption('1');
    await page.getByLabel('就労', { exact: true }).check();
    await page.getByLabel('メールアドレス').fill('taken@example.jp');
    await attach(page, 'a.pdf');
    await page.getByText('送信済み').waitFor();
    await page.getByLabel('申請内容に間違いがない').check();
    await page.getByRole('button', { name: '次へ進む' }).click();
    await page.getByRole('link', { name: 'このメールアドレスは、すでに使われています。' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('f-mail');
    await expect.poll(() => page.getByLabel('メールアドレス').getAttribute('aria-invalid')).toBe('true');
  });

  it('asks before leaving with unsaved changes', async () => {
    const page = await open('/');
    await page.getByLabel('姓', { exact: true }).fill('世田谷');
    await page.getByRole('link', { name: '表示' }).click();
    const dialog = page.getByRole('alertdialog', { name: '保存していない内容があります' });
    await dialog.getByRole('button', { name: 'このページに戻る' }).click();
    await expect.poll(() => page.getByLabel('姓', { exact: true }).inputValue()).toBe('世田谷');
    await page.getByRole('link', { name: '表示' }).click();
    await dialog.getByRole('button', { name: '保存せずに移動する' }).click();
    await page.getByRole('heading', { level: 1, name: '入会の申請を受け付けました' }).waitFor();
  });
});

async function attach(page: Page, ...names: string[]): Promise<void> {
  await page
    .locator('#f-documents')
    .setInputFiles(
      names.map((name) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })),
    );
}

describe('file upload', () => {
  it('takes several, refuses wrong ones one by one, tries again and removes', async () => {
    const page = await open('/');
    await attach(page, 'a.pdf', 'fail.pdf');
    const rows = page.locator('fieldset', { hasText: '就労証明書' }).getByRole('listitem');
    await rows.filter({ hasText: 'a.pdf' }).getByText('送信済み').waitFor();
    const failed = rows.filter({ hasText: 'fail.pdf' });
    await failed.getByText('処理できませんでした').waitFor();
    await failed.getByRole('button', { name: 'もう一度送信' }).click();
    await failed.getByText('処理できませんでした').waitFor();
    await failed.getByRole('button', { name: 'fail.pdfを取り消す' }).click();
    await expect.poll(() => rows.count()).toBe(1);
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('f-documents');

    await page
      .locator('#f-documents')
      .setInputFiles([
        { name: 'virus.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
      ]);
    await rows.filter({ hasText: 'virus.exe' }).getByText('この種類のファイルは送信できません').waitFor();
    await expectAccessible(page, 'upload');
  });

  it('takes no more than it may', async () => {
    const page = await open('/');
    await attach(page, '1.pdf', '2.pdf', '3.pdf', '4.pdf');
    await page.getByText('送信できるのは3ファイルまでです。').waitFor();
    await expect.poll(() => page.getByText('送信済み').count()).toBe(3);
    await expect.poll(() => page.locator('#f-documents').isDisabled()).toBe(true);
  });
});
