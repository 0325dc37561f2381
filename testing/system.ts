import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDataConverter } from '../codec/payload-codec.ts';
import { loadConfig, type Config } from '../config/env.ts';
import { DataDir } from '../embedded/data-dir.ts';
import { ApiClient } from '../embedded/demo/client.ts';
import { DEMO_STAFF, ensureFamily, familyClient, type DemoStaffName } from '../embedded/demo/accounts.ts';
import { freePort } from '../embedded/ports.ts';
import { PartFailed } from '../embedded/processes/supervisor.ts';
import { startSystem, type RunningPlace } from '../embedded/system.ts';
import { Keyring } from '../store/crypto.ts';
import { openDatabase, type Db } from '../store/db.ts';

/** The whole system on a data folder of its own, with a way into each part. For journeys, benches and tests that kill. */
export interface TestSystem {
  apiUrl: string;
  config: Config;
  db: Db;
  keyring: Keyring;
  password: string;
  place: RunningPlace;
  temporal: { address: string; namespace: string };
  dataConverter: ReturnType<typeof createDataConverter>;
  signedIn: (name: DemoStaffName) => Promise<ApiClient>;
  guardian: (index: number, options?: { withoutMail?: boolean }) => Promise<ApiClient>;
  /** `kill -9` of a part's process; resolves when another one has taken its place. */
  kill: (part: string) => Promise<void>;
  stop: () => Promise<void>;
}

/** Starts it without demo applications. */
export async function startTestSystem(say: (sentence: string) => void = () => {}): Promise<TestSystem> {
  const parent = await mkdtemp(path.join(tmpdir(), 'gakudo-system-'));
  const dataDir = path.join(parent, 'data');
  const data = await DataDir.open(dataDir, { fresh: false });
  const abort = new AbortController();
  const port = await freePort();
  // Many people behind one address, as no ward has them.
  const env = { RATE_LIMIT_PER_MINUTE: '1000000', RATE_LIMIT_SENSITIVE_PER_MINUTE: '1000000' };
  const options = { env, port, dataDir, fresh: false, demo: false, verbose: false, help: false };
  const running = await startSystem({ data, options, say, signal: abort.signal }).catch((error: unknown) => {
    // Why a part did not start stands in its own words only.
    throw error instanceof PartFailed ? new Error(`${error.message}\n${error.lastLines}`) : error;
  });
  const { place } = running;
  if (!place) throw new Error('the system did not start');
  const config = loadConfig(place.env);
  const db = openDatabase(config.database.url, { max: 5 });
  const keyring = new Keyring(config.dataKeys, undefined, config.noticeKeys);
  const { apiUrl, password } = place;
  return {
    apiUrl,
    config,
    db,
    keyring,
    password,
    place,
    temporal: { address: config.temporal.address, namespace: config.temporal.namespace },
    dataConverter: createDataConverter(config.codec.enabled ? config.dataKeys : undefined),
    signedIn: async (name) => {
      const client = new ApiClient(apiUrl);
      await client.signIn(DEMO_STAFF[name].login, password);
      return client;
    },
    guardian: async (index, { withoutMail = false } = {}) => {
      await ensureFamily(db, keyring, index, { password, withoutMail });
      return familyClient(db, index, { apiUrl, sessionSecret: config.sessionSecret });
    },
    kill: async (part) => {
      const before = place.pidOf(part);
      if (before === undefined) throw new Error(`${part} is not running`);
      process.kill(before, 'SIGKILL');
      for (;;) {
        const now = place.pidOf(part);
        if (now !== undefined && now !== before) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    stop: async () => {
      await db.destroy();
      await running.stop();
      await data.release();
      await rm(parent, { recursive: true, force: true });
    },
  };
}
