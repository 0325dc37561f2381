import { randomUUID } from 'node:crypto';
import { demoFamily } from '../embedded/demo/families.ts';
import { ensureFamily } from '../embedded/demo/accounts.ts';
import { ApiClient } from '../embedded/demo/client.ts';
import { inParallel, waitFor } from './measure.ts';
import type { BenchSystem } from './system.ts';

const WARM = 100;

export interface Memory {
  cacheLimit: number;
  /** `minutes`: how long it took to get there, waiting for the memory to settle included. */
  steps: { openApplications: number; rssMiB: number; heapMiB: number; minutes: number }[];
  kibPerCached: number;
  /** What the worker grew by with the applications behind those that its cache holds; undefined where only one step has so many. */
  beyondLimit?: { from: number; to: number; grownMiB: number };
}

async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(url)).text();
  const line = text.split('\n').find((l) => l.startsWith(`${name} `));
  if (!line) throw new Error(`the worker tells no ${name}`);
  return Number(line.slice(name.length + 1));
}

/** How long a worker is left alone: V8 gives memory back to the system some seconds after the last work. */
const QUIET_MS = 20_000;

async function settledMemory(url: string): Promise<{ rssMiB: number; heapMiB: number }> {
  let last = Infinity;
  await waitFor(
    "the worker's memory to settle",
    async () => {
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      const now = await metric(url, 'process_resident_memory_bytes');
      const still = Math.abs(now - last) < 4 * 1024 * 1024;
      last = now;
      return still ? true : undefined;
    },
    300,
  );
  return { rssMiB: last / 2 ** 20, heapMiB: (await metric(url, 'nodejs_heap_size_used_bytes')) / 2 ** 20 };
}

/**
 * One account files for many children here, without documents: what is measured is the worker. Made-up children, all different;
 * about ten a second.
 */
async function fileMany(system: BenchSystem, from: number, to: number): Promise<void> {
  const login = await ensureFamily(system.db, system.keyring, 0, { password: system.password });
  const guardian = new ApiClient(system.apiUrl);
  await guardian.signIn(login, system.password);
  await inParallel(to - from, 20, async (at) => {
    const { answers } = demoFamily(10_000 + from + at);
    const hints = ['documentsMissing'];
    // Where there is more to be said than that documents are missing, the way that the form goes tells what.
    await guardian
      .submit({ submissionId: randomUUID(), answers, files: [], hints })
      .catch(() => guardian.fileAdmission({ answers }, []));
  });
}

/** The worker's memory with so many open applications; flat beyond the limit of its cache. */
export async function measureMemory(
  system: BenchSystem,
  open: readonly number[],
  say: (sentence: string) => void,
): Promise<Memory> {
  const steps: Memory['steps'] = [];
  await system.restartWorker();
  let filed = 0;
  for (const openApplications of open) {
    const began = performance.now();
    say(`開いている申請 ${openApplications} 件でのワーカーのメモリ (worker memory)`);
    await fileMany(system, filed, openApplications);
    filed = Math.max(filed, openApplications);
    const settled = await settledMemory(system.workerMetricsUrl);
    steps.push({ openApplications, ...settled, minutes: (performance.now() - began) / 60_000 });
  }
  // From a worker that has had work on: what its first applications warm up is not what a further one takes.
  const warm = steps.find((step) => step.openApplications >= WARM) ?? steps[0];
  const beyond = steps.find((step) => step.openApplications >= system.cacheLimit) ?? steps.at(-1);
  const grown = (beyond?.rssMiB ?? 0) - (warm?.rssMiB ?? 0);
  const cached = Math.min(system.cacheLimit, beyond?.openApplications ?? 0) - (warm?.openApplications ?? 0);
  const last = steps.at(-1);
  return {
    cacheLimit: system.cacheLimit,
    steps,
    kibPerCached: cached > 0 ? (grown * 1024) / cached : NaN,
    ...(beyond && last && last.openApplications > Math.max(beyond.openApplications, system.cacheLimit)
      ? {
          beyondLimit: {
            from: beyond.openApplications,
            to: last.openApplications,
            grownMiB: last.rssMiB - beyond.rssMiB,
          },
        }
      : {}),
  };
}
