import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig } from '../config/env.ts';
import { createClient } from '../kintone/client.ts';
import { readAccessTable } from '../kintone/access/table.ts';
import { createDirectory, planDirectory } from '../kintone/provision/directory.ts';
import { provision } from '../kintone/provision.ts';
import { SEARCH_ATTRIBUTE_KEYS } from '../workflows/search-attributes.ts';
import { banner } from './banner.ts';
import { demoAccounts, fillDemo, type DemoContext } from './demo-run.ts';
import type { DataDir } from './data-dir.ts';
import {
  applicationEnvironment,
  baseEnvironment,
  kintoneUser,
  kintoneWebhooks,
  type TemporalPlace,
} from './environment.ts';
import { demoSeed } from './kintone/demo-seed.ts';
import type { StartOptions } from './options.ts';
import { nodePart, postgresPart, untilHealthy, WORKER_MEMORY } from './parts.ts';
import { choosePorts, type Ports } from './ports.ts';
import { ensureDatabase, preparePostgres, type PreparedPostgres } from './postgres/server.ts';
import { startReaper } from './processes/start-reaper.ts';
import { Supervisor } from './processes/supervisor.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import { StartError } from './start-error.ts';
import { prepareNamespace, temporalPart, type SearchAttributes } from './temporal.ts';
import { rootDir } from './tools/paths.ts';
import { findTemporalCli } from './tools/temporal-binary.ts';

export interface RunningSystem {
  stop: () => Promise<void>;
  killAll: () => void;
  /** Where it runs and how to get in; undefined where the start was broken off. For benches and tests. */
  place?: RunningPlace;
}

export interface RunningPlace extends DemoContext {
  ports: Ports;
  /** The process of a part now, e.g. `worker`; it changes when the part is started again. */
  pidOf: (part: string) => number | undefined;
}

export interface SystemContext {
  data: DataDir;
  options: StartOptions;
  say: (sentence: string) => void;
  /** Aborted when the person stops it, also in the middle of the start. */
  signal: AbortSignal;
}

const searchAttributes: SearchAttributes = Object.fromEntries(
  SEARCH_ATTRIBUTE_KEYS.map((key) => [key.name, key.type]),
);

/** Builds what changed, starts all parts, waits until the API says that all is ready, and prints how to begin. */
export async function startSystem(context: SystemContext): Promise<RunningSystem> {
  const { data, options, say, signal } = context;
  const ports = await choosePorts(data, options.port, say);
  const secrets = await loadSecrets(data);
  const reaper = startReaper();
  const supervisor = new Supervisor({
    logDir: data.file('logs'),
    reaper,
    say,
    onProcesses: (processes) => data.rememberProcesses(processes),
    ...(options.verbose
      ? { onLine: (part: string, line: string) => console.log(`  ${part} | ${line}`) }
      : {}),
  });
  const stopped = new AbortController();
  let filling: Promise<void> = Promise.resolve();
  const system: RunningSystem = {
    stop: async () => {
      // First of all, so that it does not take the parts' end for a fault.
      stopped.abort();
      await Promise.race([filling.catch(() => undefined), delay(5000, undefined, { ref: false })]);
      await supervisor.stopAll();
      await reaper.close();
    },
    killAll: () => {
      supervisor.killAll();
    },
  };
  try {
    const demo = await startParts(context, ports, secrets, supervisor);
    if (options.demo) filling = fillDemo(demo, AbortSignal.any([signal, stopped.signal]));
    const pidOf = (part: string) => supervisor.states().find(({ name }) => name === part)?.pid;
    return { ...system, place: { ...demo, ports, pidOf } };
  } catch (error) {
    await system.stop();
    // Whoever stopped it in the middle of the start wants no failure report.
    if (signal.aborted) return { stop: () => Promise.resolve(), killAll: () => undefined };
    throw error;
  }
}

async function startParts(
  context: SystemContext,
  ports: Ports,
  secrets: Secrets,
  supervisor: Supervisor,
): Promise<DemoContext> {
  // Ends a part that is just starting, too: its start then fails, and so does this function.
  const stopParts = () => void supervisor.stopAll();
  context.signal.addEventListener('abort', stopParts);
  const building = startBuild(context.signal);
  try {
    return await startInOrder(context, ports, secrets, supervisor, building.done);
  } finally {
    building.stop();
    context.signal.removeEventListener('abort', stopParts);
  }
}

async function startInOrder(
  context: SystemContext,
  ports: Ports,
  secrets: Secrets,
  supervisor: Supervisor,
  built: Promise<void>,
): Promise<DemoContext> {
  const { data, say, signal } = context;
  say('PostgreSQL を起動しています (starting PostgreSQL)');
  const postgres = await startDatabase(data, ports, secrets, supervisor);
  signal.throwIfAborted();
  say(
    'Temporal、kintone の代わりのサーバー、メール受けを起動しています (starting Temporal, kintone stand-in, mail)',
  );
  const [temporal] = await allOrFirstFailure([
    startTemporal(context, ports, supervisor),
    startKintone(data, ports, secrets, supervisor, postgres),
    startMail(data, ports, supervisor),
  ]);
  signal.throwIfAborted();
  say('kintone のアプリを確かめています (checking the apps in kintone)');
  const environment = (appIds: Readonly<Record<string, string>>) =>
    applicationEnvironment(ports, secrets, temporal, postgres.url('gakudo'), appIds);
  const { kintone } = loadConfig(environment({}));
  const access = readAccessTable();
  const { known } = await planDirectory(createDirectory(kintone, 30_000), access);
  const appIds = await provision(createClient(kintone, { use: 'provisioning', timeoutMs: 30_000 }), {
    access: { table: access, known },
  });
  const env = { ...baseEnvironment(), ...environment(appIds), ...context.options.env };
  await built;
  signal.throwIfAborted();
  await startApplication(context, ports, supervisor, env);
  const base = `http://localhost:${ports.http}`;
  const demo = { data, apiUrl: base, env, password: secrets.demoPassword, say };
  const accounts = await demoAccounts(demo);
  console.log(
    banner(
      {
        portal: `${base}/`,
        staff: `${base}/staff`,
        mails: `http://localhost:${ports.mailPage}/`,
        temporalUi: temporal.uiUrl,
        kintone: `http://localhost:${ports.kintone}/`,
        openApi: `${base}/api/docs`,
      },
      accounts,
      data.path,
    ),
  );
  return demo;
}

async function startDatabase(
  data: DataDir,
  ports: Ports,
  secrets: Secrets,
  supervisor: Supervisor,
): Promise<PreparedPostgres> {
  const postgres = await preparePostgres({
    dataDir: data.file('postgres'),
    port: ports.postgres,
    password: secrets.postgresPassword,
    durable: true,
  });
  await supervisor.start(postgresPart(postgres));
  for (const name of ['gakudo', 'kintone']) await ensureDatabase(postgres, name);
  return postgres;
}

/** A server that TEMPORAL_ADDRESS tells of, or one of our own. */
async function startTemporal(
  context: SystemContext,
  ports: Ports,
  supervisor: Supervisor,
): Promise<TemporalPlace> {
  const told = process.env['TEMPORAL_ADDRESS'];
  if (told !== undefined && told !== '') {
    const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'default';
    context.say(`Temporal は ${told} の ${namespace} を使います (using the Temporal server you named)`);
    await prepareNamespace({
      address: told,
      namespace,
      searchAttributes,
      signal: context.signal,
      keepRetention: true,
    }).catch((error: unknown) => {
      throw new StartError(
        `TEMPORAL_ADDRESS の Temporal サーバーを使えません: ${told}（名前空間 ${namespace}）`,
        `cannot use the Temporal server: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    return { address: told, namespace, uiUrl: process.env['TEMPORAL_UI_URL'] };
  }
  await supervisor.start(
    temporalPart({
      cliPath: await findTemporalCli(context.say),
      port: ports.temporal,
      uiPort: ports.temporalUi,
      dbFile: context.data.file('temporal.db'),
      namespace: 'gakudo',
      searchAttributes,
      codecEndpoint: `http://localhost:${ports.http}/api/codec`,
    }),
  );
  return {
    address: `127.0.0.1:${ports.temporal}`,
    namespace: 'gakudo',
    uiUrl: `http://localhost:${ports.temporalUi}`,
  };
}

async function startKintone(
  data: DataDir,
  ports: Ports,
  secrets: Secrets,
  supervisor: Supervisor,
  postgres: PreparedPostgres,
): Promise<void> {
  const system = { code: kintoneUser, password: secrets.kintonePassword };
  const webhooks = kintoneWebhooks(ports, secrets);
  await data.writeJson('kintone-seed.json', demoSeed(system, secrets.demoPassword, webhooks));
  await supervisor.start(
    nodePart({
      name: 'kintone',
      title: 'kintone の代わりのサーバー',
      entry: 'embedded/kintone/main.ts',
      args: ['--port', String(ports.kintone), '--language', 'ja', '--seed', data.file('kintone-seed.json')],
      env: {
        ...baseEnvironment(),
        KINTONE_DATABASE_URL: postgres.url('kintone'),
        KINTONE_ADMIN_USER: kintoneUser,
        KINTONE_ADMIN_PASSWORD: secrets.kintonePassword,
      },
    }),
  );
}

async function startMail(data: DataDir, ports: Ports, supervisor: Supervisor): Promise<void> {
  const places = ['--smtp-port', String(ports.smtp), '--port', String(ports.mailPage)];
  await supervisor.start(
    nodePart({
      name: 'mail',
      title: 'メール受け',
      entry: 'embedded/mail/main.ts',
      args: ['--dir', data.file('mails'), ...places],
      env: baseEnvironment(),
      healthUrl: `http://127.0.0.1:${ports.mailPage}/healthz`,
    }),
  );
}

async function startApplication(
  { say, signal }: SystemContext,
  ports: Ports,
  supervisor: Supervisor,
  env: Record<string, string>,
): Promise<void> {
  say('API とワーカーを起動しています (starting API and worker)');
  const api = `http://127.0.0.1:${ports.http}`;
  const startApi = supervisor.start(
    nodePart({
      name: 'api',
      title: 'API',
      entry: 'api/main.ts',
      env,
      healthUrl: `${api}/healthz`,
      stopWithin: 15_000,
    }),
  );
  const startWorker = supervisor.start(
    nodePart({
      name: 'worker',
      title: 'ワーカー',
      entry: 'worker/main.ts',
      nodeArgs: WORKER_MEMORY,
      env,
      healthUrl: `http://127.0.0.1:${ports.worker}/healthz`,
      stopWithin: 25_000,
    }),
  );
  await allOrFirstFailure([startApi, startWorker]);
  await untilHealthy(`${api}/readyz`, AbortSignal.any([signal, AbortSignal.timeout(120_000)])).catch(
    async () => {
      signal.throwIfAborted();
      const answer = await fetch(`${api}/readyz`).then((response) => response.text(), String);
      throw new StartError(
        `準備のできない部分があります: ${answer}`,
        'some part did not get ready within 120 seconds',
      );
    },
  );
}

/** Builds web pages and workflow bundle beside the start, when their sources changed since the last build. */
function startBuild(signal: AbortSignal): { done: Promise<void>; stop: () => void } {
  const stop = new AbortController();
  const done = new Promise<void>((resolve, reject) => {
    const args = [
      '--import',
      'tsx',
      path.join(rootDir, 'scripts', 'build.ts'),
      '--if-changed',
      'workflows',
      'ui',
    ];
    const child = spawn(process.execPath, args, {
      cwd: rootDir,
      signal: AbortSignal.any([signal, stop.signal]),
      stdio: ['ignore', 'inherit', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new StartError(`画面かワークフローを作れませんでした。\n${words}`, 'the build failed'));
    });
  });
  // Taken up by whoever waits for it; until then it must not count as unhandled.
  done.catch(() => undefined);
  return {
    done,
    stop: () => {
      stop.abort();
    },
  };
}

/** Waits for all even when one fails, so that nothing goes on starting behind the clean-up. */
async function allOrFirstFailure<T extends unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(work as Promise<unknown>[]);
  return (await Promise.all(work as Promise<unknown>[])) as T;
}
