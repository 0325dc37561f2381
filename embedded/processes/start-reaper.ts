import { spawn } from 'node:child_process';
import path from 'node:path';
import { rootDir } from '../tools/paths.ts';
import { processIdentity, type KnownProcess } from './identity.ts';

export interface Reaper {
  /** From now on this process ends when the caller does. */
  watch: (pid: number, signal: NodeJS.Signals) => KnownProcess | undefined;
  /** The process has ended or shall go on by itself. */
  forget: (pid: number) => void;
  /** Stops watching; whatever is still registered is ended now. */
  close: () => Promise<void>;
}

/** Starts the small process that cleans up when this one dies (see `reaper.ts`). */
export function startReaper(): Reaper {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(rootDir, 'embedded', 'processes', 'reaper.ts')],
    { cwd: rootDir, detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  // Without it the parts are ended all the same when this process ends in order; only a kill would leave them behind.
  child.on('error', () => undefined);
  child.unref();
  const stdin = child.stdin;
  // It may be gone already when the caller says goodbye; nothing is lost by that.
  stdin.on('error', () => undefined);
  if ('unref' in stdin && typeof stdin.unref === 'function') (stdin.unref as () => void)();
  const send = (message: object) => stdin.write(`${JSON.stringify(message)}\n`);
  return {
    watch: (pid, signal) => {
      const identity = processIdentity(pid);
      if (identity === undefined) return undefined;
      const known = { pid, identity, signal };
      send({ add: known });
      return known;
    },
    forget: (pid) => {
      send({ remove: pid });
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode !== null || child.pid === undefined) return;
      child.ref();
      stdin.end();
      await ended;
    },
  };
}
