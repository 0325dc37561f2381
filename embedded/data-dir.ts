import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endProcesses, isSameProcess, processIdentity, type KnownProcess } from './processes/identity.ts';
import { StartError } from './start-error.ts';

/** Marks a folder as this system's, so that `--fresh` never deletes anything else; holds the layout's version. */
const markerFile = 'gakudo-data.json';
const layoutVersion = 1;
const lockFile = 'running.json';

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** The folder with everything that the system on one machine keeps. */
export class DataDir {
  readonly path: string;
  private writing: Promise<void> = Promise.resolve();

  private constructor(dir: string) {
    this.path = dir;
  }

  /**
   * Opens the folder (made when missing), takes its lock, and ends what an earlier, killed start left running.
   * @throws {StartError} when it is in use, foreign, damaged or not writable
   */
  static async open(dir: string, options: { fresh: boolean }): Promise<DataDir> {
    const data = new DataDir(dir);
    await data.refuseForeign();
    await data.takeLock();
    await data.endLeftovers();
    if (options.fresh) await data.empty();
    await data.checkMarker();
    await mkdir(data.file('logs'), { recursive: true });
    return data;
  }

  /** Path of something in the folder. */
  file(...names: string[]): string {
    return path.join(this.path, ...names);
  }

  /** A JSON file's content, or undefined when there is none. @throws {StartError} when it is damaged */
  async readJson(name: string): Promise<unknown> {
    const text = await readFile(this.file(name), 'utf8').catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw this.damaged(name);
    }
  }

  /** Writes a JSON file whole: a kill leaves the old or the new content. Readable by the owner only. */
  async writeJson(name: string, content: unknown): Promise<void> {
    const file = this.file(name);
    const text = `${JSON.stringify(content, null, 2)}\n`;
    // One after the other: what was asked for last is what stays.
    this.writing = this.writing.then(async () => {
      await writeFile(`${file}.tmp`, text, { mode: 0o600 });
      await rename(`${file}.tmp`, file);
    });
    await this.writing;
  }

  damaged(name: string, reason = 'unreadable'): StartError {
    return new StartError(
      `データフォルダが壊れています: ${this.file(name)}\n` +
        '  バックアップから戻すか、npm start -- --fresh で初めからやり直してください（データは消えます）。',
      `the data folder is damaged: ${reason}; restore it or begin anew with --fresh`,
    );
  }

  /** Remembers what runs, for the next start to end it should this one be killed. */
  async rememberProcesses(processes: readonly KnownProcess[]): Promise<void> {
    await this.writeJson('processes.json', processes);
  }

  /** Gives the lock back. */
  async release(): Promise<void> {
    await this.writing.catch(() => undefined);
    await rm(this.file('processes.json'), { force: true });
    await rm(this.file(lockFile), { force: true });
  }

  private async refuseForeign(): Promise<void> {
    const names = await readdir(this.path).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return [];
      throw new StartError(
        `データフォルダを開けません: ${this.path}`,
        `cannot open the data folder: ${String(error)}`,
      );
    });
    const own = [markerFile, lockFile, `${lockFile}.tmp`];
    if (names.length > 0 && !names.some((name) => own.includes(name))) {
      throw new StartError(
        `${this.path} には別のファイルがあります。空のフォルダを --data で指定してください。`,
        'the data folder holds other files',
      );
    }
  }

  private async takeLock(): Promise<void> {
    try {
      await mkdir(this.path, { recursive: true });
      for (let attempt = 0; attempt < 5; attempt += 1) {
        if (await this.tryLock()) return;
        await this.refuseWhenRunning();
        await rm(this.file(lockFile), { force: true });
      }
    } catch (error) {
      if (error instanceof StartError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new StartError(`データフォルダに書き込めません: ${this.path}`, `cannot write: ${reason}`);
    }
    throw new StartError(`${this.path} は使用中です。`, 'the data folder is in use');
  }

  private async tryLock(): Promise<boolean> {
    const own = { pid: process.pid, identity: processIdentity(process.pid) };
    try {
      const handle = await open(this.file(lockFile), 'wx', 0o600);
      await handle.writeFile(JSON.stringify(own));
      await handle.close();
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      throw error;
    }
  }

  private async refuseWhenRunning(): Promise<void> {
    const text = await readFile(this.file(lockFile), 'utf8').catch(() => '');
    let holder: { pid?: number; identity?: string } = {};
    try {
      holder = JSON.parse(text) as typeof holder;
    } catch {
      // Killed while it was written: nobody holds it.
    }
    const { pid, identity } = holder;
    if (pid !== undefined && identity !== undefined && isSameProcess({ pid, identity, signal: 'SIGTERM' })) {
      throw new StartError(
        `このデータフォルダではシステムがもう動いています（プロセス ${pid}）: ${this.path}\n` +
          '  止めるか、--data と --port で別に立ち上げてください。',
        'already running on this data folder; stop it, or use --data and --port',
      );
    }
  }

  private async endLeftovers(): Promise<void> {
    const left = await this.readJson('processes.json').catch(() => undefined);
    if (Array.isArray(left)) await endProcesses(left as KnownProcess[]);
    await rm(this.file('processes.json'), { force: true });
  }

  private async empty(): Promise<void> {
    for (const name of await readdir(this.path)) {
      if (name !== lockFile) await rm(this.file(name), { recursive: true, force: true, maxRetries: 3 });
    }
  }

  private async checkMarker(): Promise<void> {
    const marker = (await this.readJson(markerFile)) as { version?: unknown } | null | undefined;
    if (marker === undefined) {
      await this.writeJson(markerFile, { version: layoutVersion, created: new Date().toISOString() });
      return;
    }
    if (marker?.version !== layoutVersion) {
      throw new StartError(
        `データフォルダの形式が違います: ${this.path}\n  npm start -- --fresh で初めからやり直すか、--data で別のフォルダを指定してください。`,
        `layout ${String(marker?.version)} instead of ${layoutVersion}; use --fresh or another --data`,
      );
    }
  }
}
