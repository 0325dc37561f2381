import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isSameProcess, processIdentity, type KnownProcess } from './identity.ts';
import { startReaper, type Reaper } from './start-reaper.ts';
import { PartFailed, Supervisor, type PartSpec } from './supervisor.ts';

/** A part whose process prints "up" and then does what `code` says. */
function part(
  name: string,
  code: string,
  more: Partial<PartSpec> = {},
): PartSpec & { children: ChildProcess[] } {
  const children: ChildProcess[] = [];
  return {
    name,
    title: name,
    children,
    stopSignal: 'SIGTERM',
    spawn: () => {
      const child = spawn(process.execPath, ['-e', `${code};console.log('up')`], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.push(child);
      return child;
    },
    ready: () => new Promise((resolve) => children.at(-1)!.stdout!.once('data', () => resolve())),
    ...more,
  };
}

/** Milliseconds within which everything here happens, on a machine that has much else to do, too. */
const SOON = 30_000;
const forever = 'setInterval(() => {}, 1000);';
const never = () => new Promise<void>(() => undefined);

describe('supervisor', () => {
  let dir: string;
  let reaper: Reaper;
  let supervisor: Supervisor;
  let said: string[];
  let known: KnownProcess[];
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'gakudo-parts-'));
    reaper = startReaper();
    said = [];
    supervisor = new Supervisor({
      logDir: dir,
      reaper,
      say: (sentence) => said.push(sentence),
      onProcesses: (processes) => void (known = processes),
      firstBackoffMs: 20,
      startTimeoutMs: SOON,
    });
  });
  afterEach(async () => {
    await supervisor.stopAll();
    await reaper.close();
    await rm(dir, { recursive: true });
  });

  it('starts a part again when it is killed, and says so', async () => {
    const spec = part('api', forever);
    await supervisor.start(spec);
    spec.children[0]!.kill('SIGKILL');
    await vi.waitFor(() => expect(said.join()).toContain('api は再び動いています'), SOON);
    expect(said[0]).toContain('api が止まりました（SIGKILL）');
    expect(supervisor.states()[0]).toMatchObject({ state: 'running', restarts: 1 });
    expect(known.map((one) => one.pid)).toEqual([spec.children[1]!.pid]);
  });

  it('waits longer each time for a part that keeps dying', async () => {
    const spec = part('api', 'setTimeout(() => process.exit(3), 50);');
    await supervisor.start(spec);
    await vi.waitFor(
      () => expect(said.filter((line) => line.includes('止まりました')).length).toBeGreaterThan(3),
      SOON,
    );
    const waits = said.flatMap((line) => /([\d.]+) 秒後/.exec(line)?.[1] ?? []).map(Number);
    expect(waits.at(-1)).toBeGreaterThan(waits[0]!);
  });

  it('says how a part ended that never came up, and does not try again', async () => {
    const spec = part('api', 'console.error("no such table"); process.exit(7);', {
      ready: () => new Promise(() => undefined),
    });
    const failure = await supervisor.start(spec).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PartFailed);
    expect(failure).toMatchObject({ part: 'api', message: 'api: exit code 7' });
    await vi.waitFor(
      async () => expect(await readFile(path.join(dir, 'api.log'), 'utf8')).toContain('no such table'),
      SOON,
    );
    expect(spec.children).toHaveLength(1);
  });

  it('says in a sentence that a program is not there, and stops what runs', async () => {
    const running = part('postgres', forever);
    await supervisor.start(running);
    const gone = part('temporal', '', { spawn: () => spawn('/nowhere/temporal', []), ready: never });
    const failure = await supervisor.start(gone).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PartFailed);
    expect((failure as Error).message).toContain('プログラムがありません: /nowhere/temporal');
    await supervisor.stopAll();
    expect(running.children[0]!.signalCode).toBe('SIGTERM');
    expect(known).toEqual([]);
  });

  it('lives on when a part cannot be started again, and starts it once it can', async () => {
    let program = process.execPath;
    const children: ChildProcess[] = [];
    const spec = part('worker', '', {
      spawn: () => {
        const child = spawn(program, ['-e', `${forever}console.log('up')`], {
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        children.push(child);
        return child;
      },
      ready: (signal) =>
        new Promise((resolve, reject) => {
          children.at(-1)!.stdout!.once('data', () => resolve());
          signal.addEventListener('abort', () => reject(new Error('gone')));
        }),
    });
    await supervisor.start(spec);
    program = '/nowhere/node';
    children[0]!.kill('SIGKILL');
    await vi.waitFor(() => expect(said.join()).toContain('プログラムがありません: /nowhere/node'), SOON);
    program = process.execPath;
    await vi.waitFor(() => expect(said.join()).toContain('worker は再び動いています'), SOON);
  });

  it('ends parts in reverse order, and kills one that does not listen', async () => {
    const order: string[] = [];
    const first = part('postgres', forever);
    const stubborn = part('worker', `process.on('SIGTERM', () => {});${forever}`, { stopWithin: 300 });
    await supervisor.start(first);
    await supervisor.start(stubborn);
    first.children[0]!.once('exit', () => order.push('postgres'));
    stubborn.children[0]!.once('exit', () => order.push('worker'));
    await supervisor.stopAll();
    expect(order).toEqual(['worker', 'postgres']);
    expect(stubborn.children[0]!.signalCode).toBe('SIGKILL');
    expect(known).toEqual([]);
    expect(said).toEqual([]);
  });
});

describe('reaper', () => {
  it('ends what its starter left when the starter is killed, and nothing else', async () => {
    const bystander = spawn(process.execPath, ['-e', forever]);
    const starter = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', starterCode], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: process.cwd(),
    });
    try {
      const pid = Number(await new Promise((resolve) => starter.stdout.once('data', resolve)));
      const child = { pid, identity: processIdentity(pid) ?? '', signal: 'SIGTERM' as const };
      expect(isSameProcess(child)).toBe(true);
      starter.kill('SIGKILL');
      await vi.waitFor(() => expect(isSameProcess(child)).toBe(false), SOON);
      expect(bystander.exitCode).toBeNull();
      expect(processIdentity(bystander.pid!)).toBeDefined();
    } finally {
      bystander.kill('SIGKILL');
      starter.kill('SIGKILL');
    }
  });

  it('leaves a process alone that has the id of one that went', async () => {
    const { endProcesses } = await import('./identity.ts');
    const other = spawn(process.execPath, ['-e', forever]);
    await endProcesses([{ pid: other.pid!, identity: '1', signal: 'SIGKILL' }], 100);
    expect(processIdentity(other.pid!)).toBeDefined();
    other.kill('SIGKILL');
  });
});

const starterCode = `
import { spawn } from 'node:child_process';
import { startReaper } from './embedded/processes/start-reaper.ts';
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
startReaper().watch(child.pid, 'SIGTERM');
setTimeout(() => console.log(child.pid), 50);
setInterval(() => {}, 1000);
`;
