import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestKintone } from '../../testing/kintone.ts';
import { startTestKintone } from '../../testing/kintone.ts';

const program = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@kintone/cli/package.json')),
  'cli.js',
);
const token = 'token-of-the-cli';
let kintone: TestKintone;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'kintone-cli-'));
  kintone = await startTestKintone({
    tokens: [{ app: 'CLI', token, permissions: ['view', 'add', 'edit', 'delete'] }],
    apps: [
      {
        name: 'CLI',
        fields: {
          key: { type: 'SINGLE_LINE_TEXT', code: 'key', label: 'Key', unique: true },
          count: { type: 'NUMBER', code: 'count', label: 'Count' },
          days: {
            type: 'CHECK_BOX',
            code: 'days',
            label: 'Days',
            options: { 月: { label: '月', index: 0 }, 火: { label: '火', index: 1 } },
          },
          papers: { type: 'FILE', code: 'papers', label: 'Papers' },
          lines: {
            type: 'SUBTABLE',
            code: 'lines',
            label: 'Lines',
            fields: { item: { type: 'SINGLE_LINE_TEXT', code: 'item', label: 'Item' } },
          },
        },
      },
    ],
  });
});
afterAll(async () => {
  await kintone.close();
  await rm(dir, { recursive: true, force: true });
});

/** Runs kintone's own program, as it comes, on the app with id 1. */
async function cli(...args: string[]): Promise<string> {
  const all = [program, 'record', ...args, '--base-url', kintone.server.url, '--app', '1'];
  return (await promisify(execFile)(process.execPath, all, { cwd: dir })).stdout;
}
const asUser = ['-u', 'admin', '-p', 'admin-password'];
const asToken = ['--api-token', token];
const csv = (name: string, lines: string[]) => writeFile(path.join(dir, name), `${lines.join('\n')}\n`);

it('imports, exports, upserts and deletes with kintone’s own command-line client, attachments included', async () => {
  await mkdir(path.join(dir, 'in/a'), { recursive: true });
  await writeFile(path.join(dir, 'in/a/紙.txt'), '就労証明書');
  await csv('new.csv', [
    '*,"key","count","days","papers","lines","item"',
    '*,"k1","1","月\n火","a/紙.txt","","one"',
    ',"k1","1","月\n火","a/紙.txt","","two"',
    '*,"k2","2","","","","three"',
  ]);
  await cli('import', ...asToken, '--file-path', 'new.csv', '--attachments-dir', 'in');
  const exported = await cli('export', ...asToken, '--attachments-dir', 'out', '--order-by', '$id asc');
  expect(exported).toContain('"k1","1","月\n火","papers-1/紙.txt"');
  expect(exported).toContain('"two"');
  expect(await readFile(path.join(dir, 'out/papers-1/紙.txt'), 'utf8')).toBe('就労証明書');

  await csv('changed.csv', ['"key","count"', '"k1","10"', '"k3","3"']);
  await cli('import', ...asUser, '--file-path', 'changed.csv', '--update-key', 'key');
  const some = ['--fields', 'key,count', '--condition', 'count > 2', '--order-by', 'count desc'];
  expect(await cli('export', ...asUser, ...some)).toBe('"key","count"\n"k1","10"\n"k3","3"\n');

  await csv('gone.csv', ['"Record_number"', '"2"']);
  await cli('delete', ...asToken, '--yes', '--file-path', 'gone.csv');
  expect(await cli('export', ...asUser, '--fields', 'key', '--order-by', '$id asc')).toBe(
    '"key"\n"k1"\n"k3"\n',
  );
  await expect(cli('import', ...asToken, '--file-path', 'missing.csv')).rejects.toThrow();
});
