import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort, type Ports } from '../embedded/ports.ts';
import { isSameProcess, type KnownProcess } from '../embedded/processes/identity.ts';
import { rootDir } from '../embedded/tools/paths.ts';

const commands: StartCommand[] = [];

/** The start command as a person runs it, in a process group of its own as a terminal gives it. */
class StartCommand {
  output = '';
  readonly child: ChildProcess;

  constructor(args: readonly string[]) {
    commands.push(this);
    this.child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
      cwd: rootDir,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
  }

  async untilReady(): Promise<void> {
    while (!this.output.includes('動いています (ready)')) {
      if (this.child.exitCode !== null) throw new Error(this.output);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** The exit code; null when it was killed. */
  ended(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null)
      return Promise.resolve(this.child.exitCode);
    return new Promise((resolve) => this.child.once('close', (code) => resolve(code)));
  }
}

describe('npm start', () => {
  let dir: string;
  let data: string;
  let port: number;
  let start: StartCommand;
  const json = async <T>(name: string) => JSON.parse(await readFile(path.join(data, name), 'utf8')) as T;
  const args = () => ['--data', data, '--port', String(port), '--no-demo'];

  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'gakudo-start-'));
    data = path.join(dir, 'data');
    port = await freePort();
    start = new StartCommand(args());
    await start.untilReady();
  });
  afterAll(async () => {
    for (const command of commands) command.child.kill('SIGTERM');
    await Promise.all(commands.map((command) => command.ended()));
    await rm(dir, { recursive: true });
  });

  it('brings up every part, at the addresses it prints', async () => {
    const base = `http://localhost:${port}`;
    for (const address of [`${base}/`, `${base}/staff`, `${base}/readyz`]) {
      expect(start.output.includes(address) || address.endsWith('readyz'), address).toBe(true);
      expect((await fetch(address)).status, address).toBe(200);
    }
    const ports = await json<Ports>('ports.json');
    expect(await (await fetch(`http://localhost:${ports.mailPage}/`)).text()).toContain('届いたメール');
    expect((await fetch(`http://localhost:${ports.temporalUi}/`)).status).toBe(200);
    const ready = (await (await fetch(`${base}/readyz`)).json()) as { status: string };
    expect(ready.status).toBe('ready');
  });

  it('a second one on the same data says what to do, and leaves the first alone', async () => {
    const second = new StartCommand(args());
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain('もう動いています');
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200);
  });

  it('a port that something else uses is said with what to do', async () => {
    const server = createServer();
    const taken = await freePort();
    await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
    const second = new StartCommand(['--data', path.join(dir, 'other'), '--port', String(taken)]);
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain(`ポート ${taken} は別のプログラムが使っています`);
    expect(second.output).toContain('--port');
    server.close();
  });

  it('a part that is killed comes back', async () => {
    const before = await json<KnownProcess[]>('processes.json');
    const states = before.map((one) => one.pid);
    // The last two are API and worker.
    process.kill(states.at(-1)!, 'SIGKILL');
    process.kill(states.at(-2)!, 'SIGKILL');
    await vi.waitFor(
      async () => {
        const now = (await json<KnownProcess[]>('processes.json')).map((one) => one.pid);
        expect(now).toHaveLength(before.length);
        expect(now.filter((pid) => states.includes(pid))).toHaveLength(before.length - 2);
        expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);
      },
      { timeout: 60_000, interval: 300 },
    );
  });

  it('killed itself, it leaves nothing running; started again, it has its data', async () => {
    const known = await json<KnownProcess[]>('processes.json');
    const secrets = await readFile(path.join(data, 'secrets.json'), 'utf8');
    start.child.kill('SIGKILL');
    await vi.waitFor(() => expect(known.filter(isSameProcess)).toEqual([]), {
      timeout: 30_000,
      interval: 200,
    });
    start = new StartCommand(args());
    await start.untilReady();
    expect(await readFile(path.join(data, 'secrets.json'), 'utf8')).toBe(secrets);
  });

  it('Ctrl-C ends everything that it started, in order', async () => {
    const known = await json<KnownProcess[]>('processes.json');
    // A terminal sends it to the whole group.
    process.kill(-start.child.pid!, 'SIGINT');
    expect(await start.ended()).toBe(0);
    expect(start.output).toContain('止まりました');
    expect(start.output).not.toContain('が止まりました（');
    expect(known.filter(isSameProcess)).toEqual([]);
  });

  it('a damaged data folder is said with what to do', async () => {
    await writeFile(path.join(data, 'secrets.json'), '{"dataKeys": "x');
    const damaged = new StartCommand(args());
    expect(await damaged.ended()).toBe(1);
    expect(damaged.output).toContain('データフォルダが壊れています');
    expect(damaged.output).toContain('--fresh');
  });

  it('so is a damaged database file', async () => {
    await rm(path.join(data, 'secrets.json'));
    const again = new StartCommand([...args(), '--fresh']);
    await again.untilReady();
    again.child.kill('SIGINT');
    expect(await again.ended()).toBe(0);
    for (const name of ['temporal.db', 'temporal.db-wal', 'temporal.db-shm']) {
      await writeFile(path.join(data, name), 'this is no database'.repeat(100));
    }
    const damaged = new StartCommand(args());
    expect(await damaged.ended()).toBe(1);
    expect(damaged.output).toContain('データフォルダが壊れているようです');
  });
});
