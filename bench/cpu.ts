import { readFileSync } from 'node:fs';
import type { BenchSystem } from './system.ts';

const PARTS = ['api', 'worker', 'kintone', 'temporal', 'mail'] as const;
const TICKS_PER_SECOND = 100;

/** CPU seconds of each part's process so far; empty where there is no /proc (not Linux). PostgreSQL's many processes are left out. */
export function cpuSeconds(system: BenchSystem): Record<string, number> {
  const seconds: Record<string, number> = {};
  for (const part of PARTS) {
    const pid = system.place.pidOf(part);
    if (pid === undefined) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in brackets may hold spaces; fields are counted from behind it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      seconds[part] = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    } catch {
      return {};
    }
  }
  return seconds;
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
