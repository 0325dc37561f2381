import path from 'node:path';
import type { PreparedPostgres } from './postgres/server.ts';
import { spawnNode, type PartSpec } from './processes/supervisor.ts';
import { rootDir } from './tools/paths.ts';

/**
 * How V8 is to treat the worker's memory: the work of a busy minute leaves much behind that V8 would keep until it needs the room.
 * It collects when the heap has doubled instead of grown up to fourfold (docs/adr/0015-performance.md; docker-compose.yml).
 */
export const WORKER_MEMORY = ['--heap-growing-percent=100'] as const;

/** PostgreSQL as a part of the system. */
export function postgresPart(prepared: PreparedPostgres): PartSpec {
  return {
    name: 'postgres',
    title: 'PostgreSQL',
    stopSignal: 'SIGINT',
    stopWithin: 20_000,
    spawn: () => prepared.spawn(),
    ready: (signal) => prepared.ready(signal),
  };
}

/** A program of this repository that answers at `healthUrl` once it works. */
export function nodePart(options: {
  name: string;
  title: string;
  /** Relative to the repository. */
  entry: string;
  args?: readonly string[];
  nodeArgs?: readonly string[];
  env: Record<string, string>;
  /** Answers 200 when the program does its work; undefined: it prints a line that holds `"ready":true`. */
  healthUrl?: string;
  stopWithin?: number;
}): PartSpec {
  let printed: Promise<void> = Promise.resolve();
  return {
    name: options.name,
    title: options.title,
    stopSignal: 'SIGTERM',
    ...(options.stopWithin === undefined ? {} : { stopWithin: options.stopWithin }),
    spawn: () => {
      const entry = path.join(rootDir, options.entry);
      const child = spawnNode(entry, options.args ?? [], options.env, rootDir, options.nodeArgs);
      printed = new Promise((resolve) => {
        let text = '';
        child.stdout?.on('data', (chunk: Buffer | string) => {
          text = (text + chunk.toString()).slice(-10_000);
          if (/"ready":\s*true/.test(text)) resolve();
        });
      });
      return child;
    },
    ready: (signal) => (options.healthUrl === undefined ? printed : untilHealthy(options.healthUrl, signal)),
  };
}

/** Resolves when the address answers 200. Rejects when aborted. */
export async function untilHealthy(url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(5000);
    const answer = await fetch(url, { signal: AbortSignal.any([signal, timeout]) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
