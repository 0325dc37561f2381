import { readdirSync, readFileSync } from 'node:fs';
import type { BenchSystem } from './system.ts';

const PARTS = ['api', 'worker', 'kintone', 'temporal', 'mail', 'postgres'] as const;
const TICKS_PER_SECOND = 100;

interface ProcessTimes {
  parent: number;
  /** Its own, and that of its children that have ended and been waited for; seconds. */
  own: number;
  ended: number;
}

/** Undefined where there is no such process, or no /proc (not Linux). */
function timesOf(pid: number | string): ProcessTimes | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces; fields are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = (at: number) => Number(fields[at]) / TICKS_PER_SECOND;
    return { parent: Number(fields[1]), own: ticks(11) + ticks(12), ended: ticks(13) + ticks(14) };
  } catch {
    return undefined;
  }
}

/** CPU seconds of a process so far; undefined where there is no /proc (not Linux). */
export function cpuOf(pid: number): number | undefined {
  return timesOf(pid)?.own;
}

/** CPU seconds of PostgreSQL with a process for each of its connections. */
function cpuOfFamily(pid: number): number | undefined {
  const head = timesOf(pid);
  if (!head) return undefined;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(timesOf)
    .filter((times) => times?.parent === pid);
  return children.reduce((sum, times) => sum + (times?.own ?? 0), head.own + head.ended);
}

/** CPU seconds of each part so far. */
export function cpuSeconds(system: BenchSystem): Record<string, number> {
  const read = PARTS.map((part) => {
    const pid = system.place.pidOf(part);
    if (pid === undefined) return [part, undefined] as const;
    return [part, part === 'postgres' ? cpuOfFamily(pid) : cpuOf(pid)] as const;
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
