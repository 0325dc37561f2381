/** `node scripts/run.mjs ENTRY.ts [ARGS]`: sets everything up, then runs a program of this repository. */
import path from 'node:path';
import { rootDir, runTypeScript, setUp } from './setup.mjs';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  console.error('usage: node scripts/run.mjs ENTRY.ts [ARGS]');
  process.exit(2);
}
setUp();
process.argv = [process.argv[0], path.join(rootDir, entry), ...args];
await runTypeScript(entry);
