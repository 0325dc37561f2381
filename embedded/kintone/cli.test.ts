import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestKintone } from '../../testing/kintone.ts';
import { startTestKintone } from '../../testing/kintone.ts';

/** kintone's own command-line client, as it comes, in each of the two encodings it knows. */
const program = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@kintone/cli/package.json')),
  'cli.js',
);
const fields = {
  key: { type: 'SINGLE_LINE_TEXT', code: 'key', label: '受付番号', unique: true },
  氏名: { type: 'SINGLE_LINE_TEXT', code: '氏名', label: '氏名' },
  count: { type: 'NUMBER', code: 'count', label: '数' },
  days: {
    type: 'CHECK_BOX',
    code: 'days',
    label: '曜日',
    options: { 月: { label: '月', index: 0 }, 火: { label: '火', index: 1 } },
  },
  memo: { type: 'MULTI_LINE_TEXT', code: 'memo', label: 'メモ' },
  staff: { type: 'USER_SELECT', code: 'staff', label: '担当' },
  papers: { type: 'FILE', code: 'papers', label: '書類' },
  保護者: {
    type: 'SUBTABLE',
    code: '保護者',
    label: '保護者',
    fields: {
      続柄: { type: 'SINGLE_LINE_TEXT', code: '続柄', label: '続柄' },
      証明: { type: 'FILE', code: '証明', label: '証明' },
    },
  },
};
const token = { 1: 'token-of-app-1', 2: 'token-of-app-2', 3: 'token-of-app-3' } as const;
type AppId = keyof typeof token;
const asToken = (app: AppId) => ['--app', String(app), '--api-token', token[app]];
const asUser = (app: AppId) => ['--app', String(app), '-u', 'admin', '-p', 'admin-password'];
const columns = ['--fields', 'key,氏名,count,days,memo,staff,papers,保護者', '--order-by', '$id asc'];

let kintone: TestKintone;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'kintone-cli-'));
  kintone = await startTestKintone(
    {
      spaces: [{ id: 5, name: 'ゲスト', isGuest: true, members: ['admin'] }],
      tokens: Object.entries(token).map(([app, secret]) => ({
        app,
        token: secret,
        permissions: ['view' as const, 'add' as const, 'edit' as const, 'delete' as const],
      })),
      apps: [
        { name: '申請', fields },
        { name: '写し', fields },
        { name: 'ゲストの申請', space: 5, fields },
      ],
    },
    { language: 'ja' },
  );
});
afterAll(async () => {
  await kintone.close();
  await rm(dir, { recursive: true, force: true });
});

describe.each(['utf8', 'sjis'] as const)('kintone’s own command-line client in %s', (encoding) => {
  const charset = encoding === 'sjis' ? 'cp932' : 'utf8';
  const inDir = (name: string) => path.join(dir, encoding, name);

  /** Runs a command; what it prints, decoded. */
  async function cli(...args: string[]): Promise<string> {
    const all = [program, 'record', ...args, '--base-url', kintone.server.url, '--encoding', encoding];
    const { stdout } = await promisify(execFile)(process.execPath, all, {
      cwd: path.join(dir, encoding),
      encoding: 'buffer',
    });
    return iconv.decode(stdout, charset).replace(/^\uFEFF/, '');
  }
  const csv = (name: string, text: string) => writeFile(inDir(name), iconv.encode(text, charset));
  const lines = (...list: string[]) => `${list.join('\n')}\n`;

  beforeAll(async () => {
    await mkdir(inDir('in/a'), { recursive: true });
    for (const name of ['紙', '表', '新']) await writeFile(inDir(`in/a/${name}.txt`), `${name}の中身`);
  });

  it('imports, exports and imports again what it exported, with tables and attachments', async () => {
    const first = '"k1","髙橋 花子","1","月\n火","一行目\n二行目 ""引用""","admin","a/紙.txt\na/新.txt",""';
    await csv(
      'new.csv',
      lines(
        '*,"key","氏名","count","days","memo","staff","papers","保護者","続柄","証明"',
        `*,${first},"母","a/表.txt"`,
        `,${first},"父",""`,
        '*,"k2","","2","","","","","","",""',
      ),
    );
    await cli('import', ...asToken(1), '--file-path', 'new.csv', '--attachments-dir', 'in');
    const exported = await cli('export', ...asToken(1), ...columns, '--attachments-dir', 'out');
    expect(exported).toContain('"髙橋 花子","1","月\n火","一行目\n二行目 ""引用""","admin"');
    expect(exported.split('\n').filter((line) => line.includes('"父"'))).toHaveLength(1);
    const paths = [...exported.matchAll(/"((?:papers|証明)-[^"]+)"/g)].flatMap((match) =>
      (match[1] ?? '').split('\n'),
    );
    const contents = new Set<string>();
    for (const each of paths) contents.add(await readFile(inDir(`out/${each}`), 'utf8'));
    expect([...contents].sort()).toEqual(['新の中身', '紙の中身', '表の中身'].sort());

    await csv('exported.csv', exported);
    await cli('import', ...asUser(2), '--file-path', 'exported.csv', '--attachments-dir', 'out');
    const copied = await cli('export', ...asUser(2), ...columns, '--attachments-dir', 'copied');
    // Ids of records and rows are the copy's own.
    const bare = (text: string) =>
      text.replace(/(papers|証明)-[\d-]+/g, '$1').replace(/"\d+"(?=,"[母父]")/g, '""');
    expect(bare(copied)).toBe(bare(exported));
  });

  it('upserts by a key: changes, adds, takes attachments away', async () => {
    await csv(
      'changed.csv',
      lines('"key","count","papers"', '"k1","10","a/新.txt"', '"k2","20",""', '"k3","30","a/紙.txt"'),
    );
    await cli(
      ...['import', ...asToken(1), '--file-path', 'changed.csv', '--attachments-dir', 'in'],
      ...['--update-key', 'key'],
    );
    const some = ['--fields', 'key,count,papers', '--condition', 'count >= 10', '--order-by', 'count desc'];
    const found = await cli('export', ...asToken(1), ...some, '--attachments-dir', 'upserted');
    expect(found.replace(/papers-\d+/g, 'papers')).toBe(
      lines('"key","count","papers"', '"k3","30","papers/紙.txt"', '"k2","20",', '"k1","10","papers/新.txt"'),
    );
    const table = await cli('export', ...asToken(1), '--fields', 'key,保護者', '--condition', 'key = "k1"');
    expect(table).toContain('"母"');
    // By the number of the record, too, whose column has a Japanese code here.
    const numbers = await cli('export', ...asToken(1), '--fields', 'レコード番号', '--order-by', '$id asc');
    const [, first = ''] = numbers.split('\n');
    await csv('numbered.csv', lines('"レコード番号","氏名"', `${first},"改名"`));
    await cli(...['import', ...asToken(1), '--file-path', 'numbered.csv', '--update-key', 'レコード番号']);
    expect(await cli('export', ...asToken(1), '--fields', '氏名', '--condition', 'key = "k1"')).toBe(
      lines('"氏名"', '"改名"'),
    );
  });

  it('deletes those named in a file, then all', async () => {
    const numbers = await cli(
      ...['export', ...asToken(1), '--fields', 'レコード番号', '--condition', 'key in ("k2", "k3")'],
    );
    await csv('gone.csv', numbers);
    await cli('delete', ...asToken(1), '--yes', '--file-path', 'gone.csv');
    expect(await cli('export', ...asUser(1), '--fields', 'key')).toBe(lines('"key"', '"k1"'));
    await cli('delete', ...asToken(1), '--yes');
    await cli('delete', ...asToken(2), '--yes');
    expect(await cli('export', ...asUser(1), '--fields', 'key')).toBe(lines('"key"'));
    await expect(cli('import', ...asToken(1), '--file-path', 'missing.csv')).rejects.toThrow();
  });

  it('works in a guest space, and says what is missing without naming it', async () => {
    const guest = ['--guest-space-id', '5'];
    await csv('guest.csv', lines('"key","氏名"', '"g1","客"'));
    await cli('import', ...asToken(3), ...guest, '--file-path', 'guest.csv');
    expect(await cli('export', ...asUser(3), ...guest, '--fields', '氏名')).toBe(lines('"氏名"', '"客"'));
    await expect(cli('export', ...asUser(3))).rejects.toThrow('--guest-space-id');
    await cli('delete', ...asToken(3), ...guest, '--yes');
  });
});
