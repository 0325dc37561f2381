/**
 * `npm run build`: everything production runs, in dist/: the web pages, the workflow bundle, api and worker.
 * `--if-changed` builds only the named parts whose sources changed since their last build (`npm start` uses it).
 */
import { parseArgs } from 'node:util';
import { buildLock, isBuilt, markBuilt, partNames, parts, type PartName } from './build-parts.ts';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { 'if-changed': { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !partNames.includes(name as PartName));
  if (unknown.length > 0)
    throw new Error(`no such part: ${unknown.join(', ')}; parts are ${partNames.join(', ')}`);
  const wanted = positionals.length === 0 ? partNames : (positionals as PartName[]);
  const release = await buildLock();
  try {
    for (const name of wanted) {
      if (values['if-changed'] && (await isBuilt(name))) continue;
      const started = Date.now();
      console.log(`${parts[name].title} を作っています (building ${name}) …`);
      await parts[name].build();
      await markBuilt(name);
      console.log(`  ${((Date.now() - started) / 1000).toFixed(1)} 秒 (s)`);
    }
  } finally {
    await release();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
