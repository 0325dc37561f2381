import { readFileSync } from 'node:fs';
import type { BenchSystem } from './system.ts';

const PARTS = ['api', 'worker', 'kintone', 'temporal', 'mail'] as const;
const TICKS_PER_SECOND = 100;

/** CPU seconds of a process so far; undefined where there is no /proc (not Linux). */
export function cpuOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces; fields are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

/** CPU seconds of each part's process so far. PostgreSQL's many processes are left out. */
export function cpuSeconds(system: BenchSystem): Record<string, number> {
  const read = PARTS.map((part) => {
    const pid = system.place.pidOf(part);
    return [part, pid === undefined ? undefined : cpuOf(pid)] as const;
  });
  return Object.fromEntries(
    read.filter((one): one is [(typeof PARTS)[number], number] => one[1] !== undefined),
  );
}

/** CPU milliseconds an application, by part, between two readings. */
export function cpuPerApplication(
  before: Record<string, number>,
  after: Record<string, number>,
  count: number,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([part, seconds]) => [part, ((seconds - (before[part] ?? 0)) * 1000) / count]),
  );
}
