import { ESLint } from 'eslint';
import path from 'node:path';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { rootDir } from '../embedded/tools/paths.ts';

// The rules under test need no types; without them files that do not exist can be linted.
const eslint = new ESLint({
  cwd: rootDir,
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { files: ['**/*.{ts,tsx}'], languageOptions: { parserOptions: { projectService: false } } },
  ] as ESLint.Options['overrideConfig'],
});

async function complaints(file: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath: path.join(rootDir, file) });
  const wanted = ['boundaries/dependencies', 'no-restricted'];
  return results
    .flatMap((result) => result.messages)
    .filter((message) => message.fatal === true || wanted.some((rule) => message.ruleId?.startsWith(rule)))
    .map((message) => `${message.ruleId ?? 'fatal'}: ${message.message}`);
}

describe('import rules', () => {
  // Targets are files that exist: an import that resolves to nothing has no folder.
  it.each([
    ['domain/x.ts', "import { loadConfig } from '../config/env.ts';\nloadConfig();"],
    ['config/x.ts', "import { rootDir } from '../embedded/tools/paths.ts';\nexport const y = rootDir;"],
    ['store/x.ts', "export * from '../embedded/ports.ts';"],
    [
      'api/x.ts',
      "import type { PostgresServer } from '../embedded/postgres/server.ts';\nexport type P = PostgresServer;",
    ],
    ['embedded/x.ts', "import { startTestMail } from '../testing/mail.ts';\nexport const y = startTestMail;"],
    ['worker/x.ts', "export const y = import('../testing/mail.ts');"],
  ])('%s must not: %s', async (file, code) => {
    expect(await complaints(file, code)).toEqual([expect.stringMatching(/^boundaries\/dependencies/)]);
  });

  it.each([
    ['domain/x.ts', "import { readFileSync } from 'node:fs';\nreadFileSync('x');"],
    ['domain/x.ts', "import pg from 'pg';\nexport const y = pg;"],
    ['domain/x.ts', 'export const now = () => Date.now();'],
    ['domain/x.ts', 'export const now = () => new Date();'],
    ['domain/x.ts', 'export const y = Math.random();'],
    ['workflows/x.ts', "import { z } from 'zod';\nexport const y = z;"],
    ['workflows/x.ts', "import { setTimeout } from 'node:timers';\nexport const y = setTimeout;"],
    ['workflows/x.ts', "import { Client } from '@temporalio/client';\nexport const y = Client;"],
    ['workflows/x.ts', 'export const y = Temporal.Now.instant();'],
  ])('%s must not: %s (packages, clock, randomness)', async (file, code) => {
    expect(await complaints(file, code)).toEqual([expect.stringMatching(/^no-restricted/)]);
  });

  it.each([
    ['domain/x.ts', "import { z } from 'zod';\nexport const y = z;"],
    ['workflows/x.ts', "import { sleep } from '@temporalio/workflow';\nexport const y = sleep;"],
    ['workflows/x.ts', 'export const y = Date.now();'],
    ['api/x.ts', "import { loadConfig } from '../config/env.ts';\nloadConfig();"],
    ['api/x.test.ts', "import { startTestMail } from '../testing/mail.ts';\nstartTestMail();"],
    ['simulate/main.ts', "import { freePort } from '../embedded/ports.ts';\nfreePort();"],
  ])('%s may: %s', async (file, code) => {
    expect(await complaints(file, code)).toEqual([]);
  });
});
