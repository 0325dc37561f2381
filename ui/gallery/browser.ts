import { copyFile, readFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import PDFDocument from 'pdfkit';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.pdf': 'application/pdf',
  '.heic': 'image/heic',
};

/** As strict as production's: no inline script or style, nothing from elsewhere. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "img-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

export interface GalleryServer {
  /** `http://127.0.0.1:port/gallery` */
  readonly url: string;
  /** Those who listen at /gallery-events, newest last; `away` makes the address answer 502. */
  readonly events: { readonly listeners: Set<ServerResponse>; away: boolean };
  readonly close: () => Promise<void>;
}

/** Builds the gallery of components into a temporary folder and serves it under a strict security policy. */
export async function serveGallery(): Promise<GalleryServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gallery-'));
  await build({
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    mode: 'gallery',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, reportCompressedSize: false },
  });
  await writeFile(join(folder, 'gallery-sample.pdf'), await samplePdf());
  await copyFile(
    new URL('../../testing/fixtures/photo.heic', import.meta.url),
    join(folder, 'gallery-sample.heic'),
  );
  const events = { listeners: new Set<ServerResponse>(), away: false };
  const server = createServer((request, response) => {
    if (request.url === '/gallery-events') {
      response.writeHead(events.away ? 502 : 200, { 'content-type': 'text/event-stream' });
      if (events.away) response.end();
      else {
        response.write(': open\n\n');
        events.listeners.add(response);
        response.on('close', () => events.listeners.delete(response));
      }
      return;
    }
    void (async () => {
      const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname));
      const file = join(folder, path);
      const found = (await stat(file).catch(() => undefined))?.isFile() === true;
      if (!found && extname(path) !== '') {
        response.writeHead(404).end();
        return;
      }
      const sent = found ? file : join(folder, 'gallery/index.html');
      response.writeHead(200, {
        'content-type': TYPES[extname(sent)] ?? 'application/octet-stream',
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
      });
      response.end(await readFile(sent));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/gallery`,
    events,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts the Chromium at `executablePath`. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const PHONE = { width: 320, height: 640 };
const DESK = { width: 1280, height: 900 };

/** Opens a page of the gallery in a context of its own. What the browser complains of is added to `faults`. */
export async function openPage(
  browser: Browser,
  url: string,
  faults: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: DESK, locale: 'ja-JP', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A file that is meant to be missing; everything else (above all a refusal of the security policy) counts.
    if (message.type() === 'error' && !message.text().includes('404')) faults.push(message.text());
  });
  await page.goto(url);
  await page.locator('h1').first().waitFor();
  return page;
}

/** Fails with what axe-core finds against WCAG 2.2 AA and good practice. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // Between two pages there is none for a moment; behind a dialog it is there and hidden.
  await page.locator('h1').first().waitFor({ state: 'attached' });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  expect(found, what).toEqual([]);
}

function samplePdf(): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const document = new PDFDocument({ size: 'A4' });
    const parts: Buffer[] = [];
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
    document.fontSize(24).text('EMPLOYMENT CERTIFICATE', 72, 72);
    document.addPage().fontSize(24).text('SECOND PAGE', 72, 72);
    document.end();
  });
}
