/**
 * Set-up with bare Node and nothing installed: checks Node's version and installs the npm packages when they are
 * missing or differ from package-lock.json. Used by start.mjs, test.mjs and run.mjs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const rootDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Whether Node's version is one of package.json's `engines`: 20.20 or later of 20, 22.12 or later. */
export function nodeIsSupported(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major === 20) return minor >= 20;
  if (major === 22) return minor >= 12;
  return major > 22;
}

/**
 * Whether the installed packages are those of the lock file. Packages for other machines (optional) may be missing.
 * @param {{ packages?: Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }> }} lock package-lock.json
 * @param {typeof lock} installed node_modules/.package-lock.json
 */
export function isInstalled(lock, installed) {
  return Object.entries(lock.packages ?? {}).every(([name, wanted]) => {
    if (name === '') return true;
    const found = installed.packages?.[name];
    if (found === undefined)
      return wanted.optional === true || wanted.devOptional === true || wanted.peer === true;
    return found.version === wanted.version;
  });
}

/**
 * Whether every package that is noted as installed is there: an installation that was broken off leaves the note without them.
 * @param {{ packages?: Record<string, unknown> }} installed node_modules/.package-lock.json
 */
export function isThere(installed, root = rootDir) {
  return Object.keys(installed.packages ?? {}).every((name) =>
    existsSync(path.join(root, name, 'package.json')),
  );
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(path.join(rootDir, file), 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} sentence */
function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

/** Installs what is missing; ends the process with a sentence when that does not work. */
export function setUp() {
  if (!nodeIsSupported(process.version)) {
    fail(
      `Node.js ${process.version} では動きません。20.20 以上の 20、または 22.12 以上を入れてください。\n` +
        `  (Node.js 20.20 or later of 20, or 22.12 or later is needed)`,
    );
  }
  const lock = readJson('package-lock.json');
  if (lock === undefined) fail('package-lock.json がありません (package-lock.json is missing)');
  const installed = readJson('node_modules/.package-lock.json');
  if (installed !== undefined && isInstalled(lock, installed) && isThere(installed)) return;
  console.log('npm のパッケージを入れています。初めは 1 分ほどかかります (npm ci) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel', 'error'];
  // npm_config_* of the npm that called must not change where packages go; everything else stays.
  const result =
    npm !== undefined && /npm-cli\.(c|m)?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...args], { cwd: rootDir, stdio: 'inherit' })
      : spawnSync('npm', args, { cwd: rootDir, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    fail(
      'npm のパッケージを入れられませんでした。ネットワークと上のメッセージを確かめて、もう一度実行してください。\n' +
        '  (npm ci failed: check the network and the messages above, then run it again)',
    );
  }
}

/**
 * Runs a TypeScript program of this repository in this process.
 * @param {string} entry relative to the repository
 */
export async function runTypeScript(entry) {
  // Not before set-up: tsx itself is one of the packages.
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(path.join(rootDir, entry)).href);
}
