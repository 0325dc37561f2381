import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import type { KnownProcess } from './identity.ts';
import type { Reaper } from './start-reaper.ts';

/** One child process of the system. */
export interface PartSpec {
  /** Also the name of its log. */
  name: string;
  /** In words, for the person at the keyboard. */
  title: string;
  /** Starts the process (again); its output may be pipes. */
  spawn: () => ChildProcess | Promise<ChildProcess>;
  /** Resolves once it does its work; called after each spawn. Aborted when the process ends before. */
  ready: (signal: AbortSignal) => Promise<void>;
  /** Ends it cleanly. */
  stopSignal: NodeJS.Signals;
  /** Milliseconds before it is killed (default 10 s). */
  stopWithin?: number;
}

export type PartState = 'starting' | 'running' | 'restarting' | 'stopping' | 'stopped';

export interface SupervisorOptions {
  logDir: string;
  reaper: Reaper;
  say: (sentence: string) => void;
  /** Every change of what runs. */
  onProcesses?: (processes: KnownProcess[]) => Promise<void> | void;
  /** Lines that parts print, when wanted. */
  onLine?: (part: string, line: string) => void;
  /** First wait before a restart; doubles up to 30 s. */
  firstBackoffMs?: number;
  /** The first start of a part must be done by then. */
  startTimeoutMs?: number;
}

/** A part did not start; `lastLines` is the end of what it printed. */
export class PartFailed extends Error {
  readonly part: string;
  readonly lastLines: string;

  constructor(part: string, reason: string, lastLines: string) {
    super(`${part}: ${reason}`);
    this.name = 'PartFailed';
    this.part = part;
    this.lastLines = lastLines;
  }
}

interface Part {
  spec: PartSpec;
  state: PartState;
  child: ChildProcess | undefined;
  known: KnownProcess | undefined;
  log: WriteStream;
  tail: string[];
  restarts: number;
  runningSince: number;
  timer: NodeJS.Timeout | undefined;
}

const biggestLog = 20 * 1024 * 1024;

/** Starts parts one after the other, starts them again when they die, and ends them in reverse order. */
export class Supervisor {
  private readonly parts: Part[] = [];
  private readonly options: SupervisorOptions;
  private stopping = false;
  private stopped: Promise<void> | undefined;

  constructor(options: SupervisorOptions) {
    this.options = options;
    mkdirSync(options.logDir, { recursive: true });
  }

  /**
   * Starts a part and waits until it is ready.
   * @throws {PartFailed} when it cannot be run, ends before it is ready, or is not ready in time; it is not tried again then
   */
  async start(spec: PartSpec): Promise<void> {
    const part: Part = {
      spec,
      state: 'starting',
      child: undefined,
      known: undefined,
      log: openLog(path.join(this.options.logDir, `${spec.name}.log`)),
      tail: [],
      restarts: 0,
      runningSince: 0,
      timer: undefined,
    };
    this.parts.push(part);
    await this.launch(part);
  }

  /** The parts and how they are. */
  states(): { name: string; title: string; state: PartState; pid: number | undefined; restarts: number }[] {
    return this.parts.map(({ spec, state, child, restarts }) => ({
      name: spec.name,
      title: spec.title,
      state,
      pid: child?.pid,
      restarts,
    }));
  }

  /** Ends every part, the last started first. Nothing is started again. */
  stopAll(): Promise<void> {
    this.stopped ??= this.stopEach();
    return this.stopped;
  }

  private async stopEach(): Promise<void> {
    this.stopping = true;
    for (const part of [...this.parts].reverse()) {
      clearTimeout(part.timer);
      await this.stop(part);
      await new Promise<void>((resolve) => part.log.end(resolve));
    }
  }

  /** Kills at once whatever still runs. */
  killAll(): void {
    this.stopping = true;
    for (const { child } of this.parts) child?.kill('SIGKILL');
  }

  private async launch(part: Part): Promise<void> {
    const { spec, tail } = part;
    tail.length = 0;
    const { child, ended } = await begin(spec);
    part.child = child;
    if (this.stopping) child.kill('SIGKILL');
    this.collect(part, child);
    const gone = new AbortController();
    if (child.pid !== undefined) part.known = this.options.reaper.watch(child.pid, spec.stopSignal);
    await this.tellProcesses();
    let end: string | undefined;
    void ended.then((how) => {
      end = how;
      gone.abort();
      if (child.pid !== undefined) this.options.reaper.forget(child.pid);
      part.child = undefined;
      part.known = undefined;
      void this.tellProcesses();
      if (part.state !== 'running') return;
      // A part that ran for a minute begins again with a short wait.
      if (Date.now() - part.runningSince > 60_000) part.restarts = 0;
      this.restartLater(part, how);
    });
    const limit = this.options.startTimeoutMs ?? 120_000;
    const timeout = new AbortController();
    const timer = setTimeout(() => {
      timeout.abort();
    }, limit);
    try {
      const signal = AbortSignal.any([gone.signal, timeout.signal]);
      await Promise.race([spec.ready(signal), rejectWhen(ended), rejectAfter(timeout.signal, limit)]);
      part.state = 'running';
      part.runningSince = Date.now();
    } catch (error) {
      await this.stop(part);
      // How it ended says more than that nobody answered any more.
      const reason = end ?? (error instanceof Error ? error.message : String(error));
      throw new PartFailed(spec.name, reason, tail.slice(-12).join('\n'));
    } finally {
      clearTimeout(timer);
    }
  }

  private restartLater(part: Part, how: string): void {
    if (this.stopping) return;
    const wait = Math.min((this.options.firstBackoffMs ?? 500) * 2 ** part.restarts, 30_000);
    part.restarts += 1;
    part.state = 'restarting';
    this.options.say(
      `${part.spec.title} が止まりました（${how}）。${(wait / 1000).toFixed(1)} 秒後に立ち上げ直します ` +
        `(${part.spec.name} ended, starting it again; log: ${part.spec.name}.log)`,
    );
    part.timer = setTimeout(() => {
      this.launch(part).then(
        () => {
          this.options.say(`${part.spec.title} は再び動いています (${part.spec.name} is running again)`);
        },
        (error: unknown) => {
          this.restartLater(part, error instanceof Error ? error.message : String(error));
        },
      );
    }, wait);
  }

  private async stop(part: Part): Promise<void> {
    const { child, spec } = part;
    const running = child !== undefined && child.exitCode === null && child.signalCode === null;
    if (!running || child.pid === undefined) {
      part.state = 'stopped';
      return;
    }
    part.state = 'stopping';
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(spec.stopSignal);
    const force = setTimeout(() => {
      child.kill('SIGKILL');
    }, spec.stopWithin ?? 10_000);
    await ended;
    clearTimeout(force);
    part.state = 'stopped';
  }

  private collect(part: Part, child: ChildProcess): void {
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream?.setEncoding('utf8').on('data', (text: string) => {
        if (!part.log.writableEnded) part.log.write(text);
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          part.tail.push(line);
          this.options.onLine?.(part.spec.name, line);
        }
        part.tail.splice(0, Math.max(0, part.tail.length - 50));
      });
    }
  }

  private async tellProcesses(): Promise<void> {
    const known = this.parts.flatMap((part) => part.known ?? []);
    await this.options.onProcesses?.(known);
  }
}

/** Spawns a part's process and listens for its end. @throws {PartFailed} */
async function begin(spec: PartSpec): Promise<{ child: ChildProcess; ended: Promise<string> }> {
  try {
    // A program that cannot be run says so at the end of the tick in which it was spawned: from a timer that would be before
    // the lines after an `await`, and an `error` that nobody listens to ends the whole system.
    const spawned = spec.spawn();
    const early = spawned instanceof Promise ? undefined : endOf(spawned);
    const child = await spawned;
    return { child, ended: early ?? endOf(child) };
  } catch (error) {
    throw new PartFailed(spec.name, error instanceof Error ? whyNotRun(error) : String(error), '');
  }
}

/** How a process ended, or why it could not begin. Call it in the tick in which the process was spawned. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(whyNotRun(error));
    });
    child.once('exit', (code, signal) => {
      resolve(signal === null ? `exit code ${String(code)}` : signal);
    });
  });
}

/** Why a program could not be run, and what to do. */
export function whyNotRun(error: NodeJS.ErrnoException): string {
  const program = error.path ?? '';
  switch (error.code) {
    case 'ENOENT':
      return (
        `プログラムがありません: ${program}。npm start をもう一度実行すると、足りないものを用意し直します。` +
        '直らない場合は npm ci を実行してください (program not found; run npm start again, or npm ci)'
      );
    case 'EACCES':
      return `プログラムを実行する権限がありません: ${program}。ファイルの権限を確認してください (not allowed to run it)`;
    case 'EAGAIN':
    case 'EMFILE':
    case 'ENOMEM':
      return `これ以上プロセスを起動できません（${error.code}）。ほかのプログラムを終了してから、やり直してください (out of processes, files or memory)`;
    default:
      return error.message;
  }
}

/** Starts a Node program of this repository (TypeScript runs as it is) in a process group of its own. */
export function spawnNode(
  entry: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
  nodeArgs: readonly string[] = [],
): ChildProcess {
  // Its own group: a terminal's Ctrl-C must reach the start command alone, which then ends the parts in order.
  return spawn(process.execPath, ['--import', 'tsx', ...nodeArgs, entry, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function openLog(file: string): WriteStream {
  try {
    if (statSync(file).size > biggestLog) renameSync(file, `${file}.1`);
  } catch {
    // No log yet.
  }
  const log = createWriteStream(file, { flags: 'a', mode: 0o600 });
  log.write(`--- ${new Date().toISOString()} start\n`);
  // A full disk must not end the system by its logs.
  log.on('error', () => undefined);
  return log;
}

async function rejectWhen(ended: Promise<string>): Promise<never> {
  throw new Error(await ended);
}

function rejectAfter(signal: AbortSignal, limitMs: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error(`not ready within ${limitMs / 1000} seconds`));
    });
  });
}
