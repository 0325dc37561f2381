import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells one process from a later one with the same id: when it started, in the operating system's own words.
 * Undefined when there is no such process (zombies count as gone).
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
      // The name in parentheses may hold spaces: fields are counted from behind it (state is field 3, start time 22).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? undefined : line.slice(line.indexOf(' ')).trim();
  } catch {
    return undefined;
  }
}

/** The command line of a process, arguments separated by spaces; empty when it is gone or not readable. */
export function processCommand(pid: number): string {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
        .replaceAll('\0', ' ')
        .trim();
    }
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

export interface KnownProcess {
  pid: number;
  /** From {@link processIdentity} when the process was started. */
  identity: string;
  /** The signal that ends it cleanly. */
  signal: NodeJS.Signals;
}

/** Whether the process is still the one that was started. */
export function isSameProcess(known: KnownProcess): boolean {
  return processIdentity(known.pid) === known.identity;
}

/**
 * Ends processes that were started by this system: first with their own signal, after `graceMs` with SIGKILL.
 * A process id that now belongs to something else is left alone.
 */
export async function endProcesses(known: readonly KnownProcess[], graceMs = 10_000): Promise<void> {
  let left = known.filter(isSameProcess);
  for (const one of left) signalProcess(one, one.signal);
  const deadline = Date.now() + graceMs;
  while (left.length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    left = left.filter(isSameProcess);
  }
  for (const one of left) signalProcess(one, 'SIGKILL');
}

function signalProcess(known: KnownProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(known.pid, signal);
  } catch {
    // It went by itself in between.
  }
}
