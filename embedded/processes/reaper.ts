/**
 * Ends the registered processes when whoever started it goes away, however that happens (also by SIGKILL): its
 * standard input then closes. Run as its own process by {@link startReaper} in `start-reaper.ts`.
 */
import { createInterface } from 'node:readline';
import { endProcesses, type KnownProcess } from './identity.ts';

const watched = new Map<number, KnownProcess>();

// A terminal's Ctrl-C reaches the whole group; the reaper has to outlive it.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const message = JSON.parse(line) as { add?: KnownProcess; remove?: number };
  if (message.add !== undefined) watched.set(message.add.pid, message.add);
  if (message.remove !== undefined) watched.delete(message.remove);
});
lines.on('close', () => {
  void endProcesses([...watched.values()]).then(() => process.exit(0));
});
