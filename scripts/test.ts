/**
 * All checks and tests, with a line of counts at the end. Each check (types, lint, format) counts as one.
 * With arguments only vitest runs, with them (`npm test -- domain/calendar`).
 */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { findBrowser } from '../embedded/tools/browser.ts';
import { findCaddy } from '../embedded/tools/caddy.ts';
import { findCompose } from '../embedded/tools/compose.ts';
import { cacheDir, rootDir } from '../embedded/tools/paths.ts';
import { findTemporalCli, findTestServer } from '../embedded/tools/temporal-binary.ts';
import { addCounts, countReport, summaryLine, type Counts, type VitestReport } from './summary.ts';

const say = (sentence: string) => {
  console.log(`\n■ ${sentence}`);
};

function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(rootDir, 'node_modules', file), ...args], {
      cwd: rootDir,
      stdio: ['ignore', 'inherit', 'inherit'],
      env,
    });
    child.on('error', () => {
      resolve(1);
    });
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

/** What the tests need and npm does not bring. Environment variables tell the test processes where it is. */
async function tools(): Promise<NodeJS.ProcessEnv> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  env['TEMPORAL_CLI_PATH'] = await findTemporalCli(say);
  env['TEMPORAL_TEST_SERVER_PATH'] = await findTestServer(say);
  env['CHROMIUM_PATH'] = await findBrowser(say);
  const compose = await findCompose(say);
  if (compose !== undefined) env['COMPOSE_COMMAND'] = compose.join(' ');
  const caddy = await findCaddy(say);
  if (caddy !== undefined) env['CADDY_PATH'] = caddy;
  return env;
}

async function vitest(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Counts> {
  const output = path.join(cacheDir, `vitest-${process.pid}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  const code = await run('vitest/vitest.mjs', ['run', ...reporters, ...args], env);
  const text = await readFile(output, 'utf8').catch(() => undefined);
  await rm(output, { force: true });
  return countReport(text === undefined ? undefined : (JSON.parse(text) as VitestReport), code);
}

async function check(title: string, work: () => Promise<number>): Promise<Counts> {
  say(title);
  const passed = (await work()) === 0;
  console.log(passed ? '  ok' : '  FAILED');
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  let counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const env = await tools();
  if (args.length === 0) {
    const checks: [string, () => Promise<number>][] = [
      ['型を確かめています (types)', () => run('typescript/bin/tsc', ['-p', 'tsconfig.json'])],
      [
        '画面の型を確かめています (types of the UI)',
        () => run('typescript/bin/tsc', ['-p', 'ui/tsconfig.json']),
      ],
      ['書き方を確かめています (lint)', () => run('eslint/bin/eslint.js', ['.', '--max-warnings', '0'])],
      ['整形を確かめています (format)', () => run('prettier/bin/prettier.cjs', ['--check', '.'])],
    ];
    for (const [title, work] of checks) counts = addCounts(counts, await check(title, work));
  }
  say('テストを実行しています (tests)');
  counts = addCounts(counts, await vitest(args, env));
  console.log(`\n${summaryLine(counts)}`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
}
