import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { exec, findOnPath, isExecutable, lastLines } from './exec.ts';
import { cacheDir, rootDir } from './paths.ts';
import { aptInstall, isDebianRoot } from './apt.ts';
import type { Say } from './temporal-binary.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const macApps = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium for the journeys in a real browser: told by CHROMIUM_PATH, found on this machine, from Debian's packages
 * (as root), or by Playwright's own download into the cache. Fonts for Japanese come with Debian's packages.
 */
export async function findBrowser(say: Say = () => undefined): Promise<string> {
  const told = process.env['CHROMIUM_PATH'];
  if (told !== undefined && told !== '') {
    if (await isExecutable(told)) return told;
    throw new Error(`CHROMIUM_PATH のブラウザが見つかりません: ${told} (no such browser)`);
  }
  const found = await findInstalled();
  if (found !== undefined) {
    await ensureFonts(say);
    return found;
  }
  const failures: string[] = [];
  if (await isDebianRoot()) {
    say('Chromium と日本語フォントを入れています (installing Chromium and fonts)');
    try {
      await aptInstall(['chromium', 'fonts-noto-cjk']);
      const installed = await findInstalled();
      if (installed !== undefined) return installed;
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  say('Chromium をダウンロードしています (downloading Chromium)');
  const result = await downloadByPlaywright();
  const downloaded = await findDownloaded();
  if (downloaded !== undefined) return downloaded;
  failures.push(`playwright-core install: ${lastLines(result, 3)}`);
  throw new Error(
    [
      'Chromium がありません。入れるか、CHROMIUM_PATH でパスを知らせてください (no Chromium was found):',
      ...failures,
    ].join('\n  - '),
  );
}

const downloadDir = path.join(cacheDir, 'browsers');

async function downloadByPlaywright(): Promise<string> {
  await mkdir(downloadDir, { recursive: true });
  const cli = path.join(rootDir, 'node_modules', 'playwright-core', 'cli.js');
  const env = { ...process.env, PLAYWRIGHT_BROWSERS_PATH: downloadDir };
  const result = await exec(process.execPath, [cli, 'install', 'chromium', '--no-shell'], {
    env,
    timeoutMs: 300_000,
  });
  return result.stderr || result.stdout;
}

async function findInstalled(): Promise<string | undefined> {
  for (const name of names) {
    const file = await findOnPath(name);
    if (file !== undefined) return file;
  }
  for (const file of macApps) if (await isExecutable(file)) return file;
  return findDownloaded();
}

async function findDownloaded(): Promise<string | undefined> {
  for (const dir of await readdir(downloadDir).catch(() => [])) {
    const inside = [
      'chrome-linux/chrome',
      'chrome-linux64/chrome',
      'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    ];
    for (const name of inside) {
      const file = path.join(downloadDir, dir, name);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** Without a Japanese font every screen in the tests would show boxes. */
async function ensureFonts(say: Say): Promise<void> {
  if (process.platform !== 'linux' || (await findOnPath('fc-list')) === undefined) return;
  const fonts = await exec('fc-list', [':lang=ja', 'family']);
  if (fonts.code !== 0 || fonts.stdout.trim() !== '') return;
  if (!(await isDebianRoot())) {
    say(
      '日本語フォントがありません。画面の文字が四角になることがあります (no Japanese font; install fonts-noto-cjk)',
    );
    return;
  }
  say('日本語フォントを入れています (installing fonts-noto-cjk)');
  await aptInstall(['fonts-noto-cjk']).catch((error: unknown) => {
    say(`日本語フォントを入れられませんでした (${error instanceof Error ? error.message : String(error)})`);
  });
}
