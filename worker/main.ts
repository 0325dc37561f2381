/** The worker's process: runs workflows and activities until it is told to stop, then lets what is running finish. */
import { NativeConnection, Runtime, makeTelemetryFilterString } from '@temporalio/worker';
import { pino } from 'pino';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { Client } from '@temporalio/client';
import { createActivities } from '../activities/index.ts';
import { createEnrolmentActivities } from '../activities/enrolment/index.ts';
import { createRoundActivities } from '../activities/rounds/index.ts';
import { createDataConverter } from '../codec/payload-codec.ts';
import { ConfigError, loadConfig, type Config } from '../config/env.ts';
import { createGateway } from '../kintone/gateway/index.ts';
import { countKintoneRequests } from '../store/kintone-requests.ts';
import { shareKintone, type KintoneShare } from '../store/kintone-share.ts';
import { Keyring } from '../store/crypto.ts';
import { migrate, openDatabase } from '../store/db.ts';
import { seedSettings } from '../store/settings.ts';
import { bundleWorkflows } from './bundle.ts';
import { createWorker } from './create.ts';
import { systemUsers } from './kintone/client.ts';
import { pollKintone } from './kintone/poll.ts';
import { startHealthServer } from './health.ts';

function configOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

async function main(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, name: 'worker' });
  Runtime.install({
    logger: {
      log: (level, message, meta) => log[level === 'TRACE' ? 'trace' : 'info']({ meta }, message),
      trace: (message, meta) => log.trace({ meta }, message),
      debug: (message, meta) => log.debug({ meta }, message),
      info: (message, meta) => log.debug({ meta }, message),
      warn: (message, meta) => log.warn({ meta }, message),
      error: (message, meta) => log.error({ meta }, message),
    },
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN' }) } },
    // Signals are ours: Temporal's own handlers would stop the worker without closing the rest.
    shutdownSignals: [],
  });
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const db = openDatabase(config.database.url, {
    max: config.database.poolSize,
    onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  await migrate(db);
  await seedSettings(db, new Date());
  const keyring = new Keyring(config.dataKeys, undefined, config.noticeKeys);
  const budget = countKintoneRequests(db, {
    dailyLimit: config.kintone.dailyLimit,
    onWarning: (app, used, limit) =>
      log.warn({ app, used, limit }, 'an app has used 70 % of its requests to kintone of the day'),
    onError: (error) => log.warn({ err: error }, 'requests to kintone were not counted'),
  });
  let share: KintoneShare | undefined;
  const gateway = createGateway({
    ...config.kintone,
    // Nobody waits for what an activity reads: applications that are decided in the same moment are read together.
    limits: { concurrency: config.kintone.maxRequests, readWindowMs: 1_000 },
    budget: budget.level,
    usedToday: budget.used,
    onLimiter: (limiter) => {
      share = shareKintone(db, limiter, {
        total: config.kintone.totalRequests,
        atMost: config.kintone.maxRequests,
        onError: (error) => log.warn({ err: error }, 'the share of requests to kintone is not known'),
      });
    },
    metrics,
    onRequest: budget.count,
  });
  const { temporal } = config;
  const connection = await NativeConnection.connect({
    address: temporal.address,
    ...(temporal.tls ? { tls: temporalTls(temporal.tls) } : {}),
    ...(temporal.apiKey === undefined ? {} : { apiKey: temporal.apiKey }),
  });
  const { activities, close: closeActivities } = createActivities({ db, keyring, gateway, config, log });
  const { workflowBundle, deploymentName, buildId, ...limits } = config.worker;
  const dataConverter = createDataConverter(config.codec.enabled ? config.dataKeys : undefined);
  // Rounds and bulk decisions ask other workflows, over the worker's own connection.
  const client = new Client({ connection, namespace: temporal.namespace, dataConverter });
  const worker = await createWorker({
    connection,
    namespace: temporal.namespace,
    taskQueue: temporal.taskQueue,
    activities: {
      ...activities,
      ...createRoundActivities({ db, keyring, client, log }),
      ...createEnrolmentActivities({ db, keyring, gateway, client }),
    },
    dataConverter,
    workflowBundle: workflowBundle === undefined ? await bundleWorkflows() : { codePath: workflowBundle },
    limits,
    ...(config.environment === 'production' ? { deployment: { deploymentName, buildId } } : {}),
  });
  const { taskQueue } = temporal;
  const { copyDays } = config.kintone;
  const look = { db, keyring, gateway, now: () => new Date(), systemUsers: systemUsers(config), copyDays };
  const poll =
    config.kintone.reconcileSeconds === 0
      ? undefined
      : pollKintone({ ...look, client, taskQueue }, { everyMs: config.kintone.reconcileSeconds * 1000, log });
  const health = await startHealthServer({
    port: config.worker.metricsPort,
    host: config.http.host,
    worker,
    metrics,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping: running work is finished first');
      worker.shutdown();
    });
  }
  log.info({ taskQueue: temporal.taskQueue, namespace: temporal.namespace }, 'worker is running');
  try {
    await worker.run();
  } finally {
    await health.close();
    await poll?.close();
    await gateway.close();
    await share?.close();
    closeActivities();
    await budget.close();
    await connection.close();
    await db.destroy();
  }
}

function temporalTls(tls: NonNullable<Config['temporal']['tls']>) {
  return {
    ...(tls.serverName === undefined ? {} : { serverNameOverride: tls.serverName }),
    ...(tls.ca ? { serverRootCACertificate: tls.ca } : {}),
    ...(tls.certificate && tls.key ? { clientCertPair: { crt: tls.certificate, key: tls.key } } : {}),
  };
}

await main(configOrExit());
process.exit(0);
