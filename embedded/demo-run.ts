import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { loadConfig } from '../config/env.ts';
import { Keyring } from '../store/crypto.ts';
import { openDatabase } from '../store/db.ts';
import type { DemoAccount } from './banner.ts';
import type { DataDir } from './data-dir.ts';
import { DEMO_STAFF, ensureDemoStaff, ensureFamily } from './demo/accounts.ts';
import { openForDemo } from './demo/periods.ts';
import { DEMO_STEPS, seedDemo } from './demo/seed.ts';

const progressFile = 'demo.json';
const progressSchema = z.object({ done: z.number().int().min(0) });

export interface DemoContext {
  data: DataDir;
  apiUrl: string;
  /** The variables of api and worker. */
  env: Readonly<Record<string, string>>;
  password: string;
  say: (sentence: string) => void;
}

/** Makes sure that somebody of every role can sign in, a guardian too. Needs the schema that the API has made. */
export async function demoAccounts({ env, password }: DemoContext): Promise<DemoAccount[]> {
  const config = loadConfig(env);
  const db = openDatabase(config.database.url, { max: 2 });
  try {
    const keyring = new Keyring(config.dataKeys, undefined, config.noticeKeys);
    await ensureDemoStaff(db, keyring, password);
    await openForDemo(db, new Date());
    const guardian = await ensureFamily(db, keyring, 0, { password });
    const staff = Object.values(DEMO_STAFF).map(({ title, name, login }) => ({
      role: title,
      name,
      login,
      password,
    }));
    return [{ role: '保護者', name: '見本の家族', login: guardian, password }, ...staff];
  } finally {
    await db.destroy();
  }
}

/**
 * Files the made-up applications while the system can be used already; goes on where an earlier start stopped. A fault is said
 * and tried again, and never ends the system.
 * @param signal ends it; the returned promise resolves soon after
 */
export async function fillDemo(context: DemoContext, signal: AbortSignal): Promise<void> {
  const { data, apiUrl, env, password, say } = context;
  const config = loadConfig(env);
  const db = openDatabase(config.database.url, { max: 2 });
  const isStopped = () => signal.aborted;
  try {
    for (let attempt = 1; attempt <= 3 && !isStopped(); attempt += 1) {
      const progress = progressSchema.safeParse(await data.readJson(progressFile));
      const done = progress.success ? progress.data.done : 0;
      if (done >= DEMO_STEPS) return;
      const onProgress = (now: number) => data.writeJson(progressFile, { done: now });
      try {
        await seedDemo({
          apiUrl,
          db,
          keyring: new Keyring(config.dataKeys, undefined, config.noticeKeys),
          sessionSecret: config.sessionSecret,
          password,
          say,
          signal,
          done,
          onProgress,
        });
        return;
      } catch (error) {
        if (isStopped()) return;
        const reason = error instanceof Error ? error.message : String(error);
        say(
          `見本の申請を作れませんでした（${attempt} 回目）: ${reason} (the made-up applications are not complete)`,
        );
        await delay(5000, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    await db.destroy();
  }
}
