import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataDir } from './data-dir.ts';
import { readOptions } from './options.ts';
import { choosePorts, freePort } from './ports.ts';
import { processIdentity } from './processes/identity.ts';
import { loadSecrets } from './secrets.ts';
import { StartError } from './start-error.ts';

let parent: string;
let dir: string;
beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'gakudo-data-'));
  dir = path.join(parent, 'data');
});
afterEach(() => rm(parent, { recursive: true }));

describe('data folder', () => {
  it('is refused while another start uses it, and free again when that one is gone', async () => {
    const data = await DataDir.open(dir, { fresh: false });
    await expect(DataDir.open(dir, { fresh: false })).rejects.toThrow(/もう動いています/);
    await expect(DataDir.open(dir, { fresh: true })).rejects.toThrow(/already running/);
    await data.release();
    await (await DataDir.open(dir, { fresh: false })).release();
  });

  it('takes over from a start that was killed, and ends what that left running', async () => {
    const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const known = { pid: orphan.pid!, identity: processIdentity(orphan.pid!)!, signal: 'SIGTERM' as const };
    const killed = await DataDir.open(dir, { fresh: false });
    await killed.rememberProcesses([known]);
    await writeFile(path.join(dir, 'running.json'), JSON.stringify({ pid: process.pid, identity: 'before' }));
    const data = await DataDir.open(dir, { fresh: false });
    expect(processIdentity(orphan.pid!)).toBeUndefined();
    await data.release();
  });

  it('takes writes of the same file at the same time, the last one stays', async () => {
    const data = await DataDir.open(dir, { fresh: false });
    await Promise.all([1, 2, 3, 4].map((count) => data.writeJson('count.json', { count })));
    expect(await data.readJson('count.json')).toEqual({ count: 4 });
    await data.release();
  });

  it('with fresh it is emptied, but never a folder that is not ours', async () => {
    const data = await DataDir.open(dir, { fresh: false });
    await writeFile(data.file('old'), 'x');
    await data.release();
    const again = await DataDir.open(dir, { fresh: true });
    expect(await readdir(dir)).not.toContain('old');
    await again.release();
    const foreign = path.join(parent, 'photos');
    await mkdir(foreign);
    await writeFile(path.join(foreign, 'picture.jpg'), 'x');
    await expect(DataDir.open(foreign, { fresh: true })).rejects.toThrow(/別のファイル/);
    expect(await readdir(foreign)).toEqual(['picture.jpg']);
  });

  it('says what to do when it is damaged', async () => {
    const data = await DataDir.open(dir, { fresh: false });
    const secrets = await loadSecrets(data);
    expect(await loadSecrets(data)).toEqual(secrets);
    expect((await stat(data.file('secrets.json'))).mode & 0o077).toBe(0);
    await writeFile(data.file('secrets.json'), '{"dataKeys": "');
    await expect(loadSecrets(data)).rejects.toThrow(/--fresh/);
    await writeFile(data.file('secrets.json'), '{}');
    await expect(loadSecrets(data)).rejects.toThrow(StartError);
    await data.release();
    await writeFile(data.file('gakudo-data.json'), '{"version": 99}');
    await expect(DataDir.open(dir, { fresh: false })).rejects.toThrow(/形式が違います/);
  });
});

describe('ports', () => {
  let server: Server | undefined;
  afterEach(
    () => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve()))),
  );

  function occupy(port: number): Promise<void> {
    server = createServer();
    return new Promise((resolve) => server!.listen(port, '127.0.0.1', resolve));
  }

  it('stay over restarts; one that was taken meanwhile is replaced, and said', async () => {
    const data = await DataDir.open(dir, { fresh: false });
    const said: string[] = [];
    const say = (sentence: string) => void said.push(sentence);
    const first = await choosePorts(data, await freePort(), say);
    expect(new Set(Object.values(first)).size).toBe(8);
    expect(await choosePorts(data, undefined, say)).toEqual(first);
    await occupy(first.mailPage);
    const second = await choosePorts(data, undefined, say);
    expect(second).toEqual({ ...first, mailPage: second.mailPage });
    expect(second.mailPage).not.toBe(first.mailPage);
    expect(said).toHaveLength(1);
    await data.release();
  });

  it("the application's own port in use is said with what to do", async () => {
    const data = await DataDir.open(dir, { fresh: false });
    const port = await freePort();
    await occupy(port);
    await expect(choosePorts(data, port, () => undefined)).rejects.toThrow(/--port/);
    await data.release();
  });
});

describe('command line', () => {
  it('reads its options', () => {
    const options = readOptions(['--port', '4000', '--data', dir, '--fresh']);
    expect(options).toMatchObject({ port: 4000, dataDir: dir, fresh: true, demo: true });
    expect(readOptions([])).toMatchObject({ port: undefined, fresh: false });
  });

  it('says how it is used when it is not understood', () => {
    expect(() => readOptions(['--prot', '1'])).toThrow(/使い方/);
    expect(() => readOptions(['--port', 'abc'])).toThrow(/65535/);
  });
});
