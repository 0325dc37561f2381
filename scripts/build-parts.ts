import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isSameProcess, processIdentity } from '../embedded/processes/identity.ts';
import { cacheDir, rootDir } from '../embedded/tools/paths.ts';

interface BuildPart {
  title: string;
  /** Folders and files whose content decides whether it is built again. */
  sources: string[];
  /** What must be there, relative to the repository. */
  output: string;
  build: () => Promise<void>;
}

const dist = path.join(rootDir, 'dist');

/** What production runs. Packages stay outside the bundles for Node: some have native parts. */
export const parts = {
  ui: {
    title: '画面',
    sources: ['ui', 'domain', 'api/contract', 'package-lock.json'],
    output: 'dist/ui',
    build: async () => {
      const { build } = await import('vite');
      const outDir = path.join(dist, `ui-${process.pid}`);
      try {
        await build({
          configFile: path.join(rootDir, 'ui', 'vite.config.ts'),
          logLevel: 'warn',
          build: { outDir, emptyOutDir: true },
        });
        // A build that fails leaves the last good one; one that works takes its place at once.
        await rm(path.join(dist, 'ui'), { recursive: true, force: true });
        await rename(outDir, path.join(dist, 'ui'));
      } finally {
        await rm(outDir, { recursive: true, force: true });
      }
    },
  },
  workflows: {
    title: 'ワークフロー',
    sources: ['workflows', 'domain', 'worker', 'codec', 'package-lock.json'],
    output: 'dist/workflow-bundle.js',
    build: async () => {
      const { bundleWorkflows } = await import('../worker/bundle.ts');
      const { code } = await bundleWorkflows();
      // Loaded for every open application: zod and the like would take their memory each time.
      const heavy = /node_modules\/(zod|@holiday-jp)\//.exec(code);
      if (heavy !== null)
        throw new Error(`the workflow bundle must not hold ${heavy[1] ?? ''}: see workflows/`);
      await writeWhole(path.join(dist, 'workflow-bundle.js'), code);
    },
  },
  api: {
    title: 'API',
    sources: ['api', 'codec', 'config', 'domain', 'kintone', 'store', 'workflows', 'package-lock.json'],
    output: 'dist/api.js',
    build: () => bundleNode('api', 'api/main.ts'),
  },
  worker: {
    title: 'ワーカー',
    sources: [
      'worker',
      'activities',
      'codec',
      'config',
      'domain',
      'kintone',
      'store',
      'workflows',
      'package-lock.json',
    ],
    output: 'dist/worker.js',
    build: () => bundleNode('worker', 'worker/main.ts'),
  },
  kintone: {
    title: 'kintone の設定',
    sources: [
      'activities',
      'codec',
      'config',
      'domain',
      'kintone',
      'store',
      'worker',
      'workflows',
      'package-lock.json',
    ],
    output: 'dist/kintone.js',
    build: () => bundleNode('kintone', 'worker/kintone/cli.ts'),
  },
  accounts: {
    title: '職員のアカウント',
    sources: ['api/accounts', 'config', 'domain/facilities', 'domain/people', 'store', 'package-lock.json'],
    output: 'dist/accounts.js',
    build: () => bundleNode('accounts', 'api/accounts/cli.ts'),
  },
} satisfies Record<string, BuildPart>;

export type PartName = keyof typeof parts;

export const partNames = Object.keys(parts) as PartName[];

async function bundleNode(name: string, entry: string): Promise<void> {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [path.join(rootDir, entry)],
    outfile: path.join(dist, `${name}.js`),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
  await copyBeside();
}

/** Files that code finds beside itself by `import.meta.url`; bundled code looks for them in dist/. */
async function copyBeside(): Promise<void> {
  for (const file of ['codec/failure-converter.cjs']) {
    if (existsSync(path.join(rootDir, file))) {
      await copyFile(path.join(rootDir, file), path.join(dist, path.basename(file)));
    }
  }
}

async function writeWhole(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.tmp`, content);
  await rename(`${file}.tmp`, file);
}

/** Whether the part's output is there and was built from the sources as they are now. */
export async function isBuilt(name: PartName): Promise<boolean> {
  if (!existsSync(path.join(rootDir, parts[name].output))) return false;
  const stamp = await readFile(stampFile(name), 'utf8').catch(() => '');
  return stamp === (await sourceHash(parts[name].sources));
}

/** Remembers the sources that the part was built from. */
export async function markBuilt(name: PartName): Promise<void> {
  await writeWhole(stampFile(name), await sourceHash(parts[name].sources));
}

function stampFile(name: PartName): string {
  return path.join(cacheDir, 'build', `${name}.sha256`);
}

/** One hash over names and contents of all files, tests left out. A source that is missing counts as empty. */
export async function sourceHash(sources: readonly string[], root: string = rootDir): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    const absolute = path.join(root, source);
    if (!existsSync(absolute)) continue;
    for (const file of await listFiles(absolute)) {
      hash.update(`${path.relative(root, file)}\0`);
      hash.update(await readFile(file));
      hash.update('\0');
    }
  }
  return hash.digest('hex');
}

async function listFiles(start: string): Promise<string[]> {
  const entries = await readdir(start, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [start];
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(start, entry.name);
    if (entry.isDirectory()) {
      if (!['node_modules', 'dist', 'histories'].includes(entry.name)) files.push(...(await listFiles(file)));
    } else if (!/\.test\.tsx?$|~$|\.swp$/.test(entry.name)) {
      files.push(file);
    }
  }
  return files;
}

/** Two builds at the same time would spoil each other's output: the second waits. Returns how to give the lock back. */
export async function buildLock(): Promise<() => Promise<void>> {
  const file = path.join(cacheDir, 'build', 'lock');
  await mkdir(path.dirname(file), { recursive: true });
  const deadline = Date.now() + 10 * 60_000;
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (await isAbandoned(file)) await rm(file, { force: true });
    if (Date.now() > deadline) throw new Error('別の作業が終わりません (another build does not end)');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  try {
    const holder = JSON.parse(await readFile(file, 'utf8')) as { pid: number; identity: string };
    return !isSameProcess({ ...holder, signal: 'SIGTERM' });
  } catch {
    // Gone in between, or just being written; what stays so belongs to a build that was killed as it began.
    const written = await stat(file).catch(() => undefined);
    return written !== undefined && Date.now() - written.mtimeMs > 5000;
  }
}
