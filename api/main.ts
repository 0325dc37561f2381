/** The API's process: configuration, connections, server; stops in good order when it is told to. */
import { EncryptionCodec, createDataConverter } from '../codec/payload-codec.ts';
import { ConfigError, loadConfig, type Config } from '../config/env.ts';
import { createGateway } from '../kintone/gateway/index.ts';
import { Keyring } from '../store/crypto.ts';
import { migrate, openDatabase } from '../store/db.ts';
import { countKintoneRequests } from '../store/kintone-requests.ts';
import { shareKintone, type KintoneShare } from '../store/kintone-share.ts';
import { seedSettings, wardSettings } from '../store/settings.ts';
import type { ApiDeps } from './deps.ts';
import { serveMetrics } from './plugins/metrics.ts';
import { buildServer, createLogger } from './server.ts';
import { startHousekeeping } from './services/housekeeping.ts';
import { startLiveHub } from './services/live.ts';
import { ReadMemory } from './services/read-memory.ts';
import { createCodeMailer } from './services/mailer.ts';
import { startRoundKeeper } from './services/round-keeper.ts';
import { startSweeper } from './services/sweeper.ts';
import { applicationClient, connectTemporal } from './temporal.ts';
import { enrolmentClient } from './temporal-enrolments.ts';
import { exportClient } from './temporal-exports.ts';
import { roundClient } from './temporal-rounds.ts';

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
  const log = createLogger(config.logLevel);
  const db = openDatabase(config.database.url, {
    max: config.database.poolSize,
    onError: (error) => {
      log.warn({ err: error }, 'a database connection was lost');
    },
  });
  await migrate(db);
  await seedSettings(db, new Date());
  const budget = countKintoneRequests(db, {
    dailyLimit: config.kintone.dailyLimit,
    onWarning: (app, used, limit) =>
      log.warn({ app, used, limit }, 'an app has used 70 % of its requests to kintone of the day'),
    onError: (error) => {
      log.warn({ err: error }, 'requests to kintone were not counted');
    },
  });
  const keys = config.codec.enabled ? config.dataKeys : undefined;
  let share: KintoneShare | undefined;
  const gateway = createGateway({
    ...config.kintone,
    limits: { concurrency: config.kintone.maxRequests },
    budget: budget.level,
    usedToday: budget.used,
    onLimiter: (limiter) => {
      share = shareKintone(db, limiter, {
        total: config.kintone.totalRequests,
        atMost: config.kintone.maxRequests,
        onError: (error) => log.warn({ err: error }, 'the share of requests to kintone is not known'),
      });
    },
    onRequest: budget.count,
  });
  const client = connectTemporal(config.temporal, createDataConverter(keys));
  const deps: ApiDeps = {
    config,
    db,
    keyring: new Keyring(config.dataKeys, undefined, config.noticeKeys),
    temporal: applicationClient(client, config.temporal),
    rounds: roundClient(client, config.temporal),
    enrolments: enrolmentClient(client, config.temporal),
    exports: exportClient(client, config.temporal),
    kintone: gateway,
    memory: new ReadMemory(),
    mailer: createCodeMailer(config.mail, config.http.publicUrl),
    live: startLiveHub(config.database.url, db, log),
    settings: wardSettings(db),
    ...(keys ? { codec: { codec: new EncryptionCodec(keys), origins: config.codec.allowedOrigins } } : {}),
    log,
    limits: config.http.limits,
    now: () => new Date(),
  };
  const app = await buildServer(deps);
  const sweeper = startSweeper(deps);
  const roundKeeper = startRoundKeeper(deps);
  const housekeeping = startHousekeeping(deps);
  const metrics =
    config.http.metricsPort === 0 ? undefined : await serveMetrics(app, config.http.metricsPort);

  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping');
    await app.close();
    await Promise.all([sweeper.close(), roundKeeper.close(), housekeeping.close()]);
    await deps.live.close();
    await deps.temporal.close();
    deps.mailer.close();
    await gateway.close();
    await share?.close();
    await budget.close();
    metrics?.close();
    await db.destroy();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
  await app.listen({ host: config.http.host, port: config.http.port });
}

await main(configOrExit());
