import { createHmac } from 'node:crypto';
import { APPS } from '../kintone/apps/index.ts';
import type { Seed } from './kintone/seed.ts';
import type { Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';
import { rootDir } from './tools/paths.ts';
import path from 'node:path';

/** The kintone user that sets the apps up on the stand-in server. */
export const kintoneUser = 'provisioner';

export interface TemporalPlace {
  address: string;
  namespace: string;
  /** Undefined when a server was told of without its web UI. */
  uiUrl: string | undefined;
}

/** The configuration of api and worker on one machine, as environment variables (config/variables.ts). */
export function applicationEnvironment(
  ports: Ports,
  secrets: Secrets,
  temporal: TemporalPlace,
  databaseUrl: string,
  kintoneAppIds: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    NODE_ENV: 'development',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
    HOST: '127.0.0.1',
    PORT: String(ports.http),
    PUBLIC_URL: `http://localhost:${ports.http}`,
    UI_DIR: path.join(rootDir, 'dist', 'ui'),
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: '20',
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    ...(temporal.uiUrl === undefined ? {} : { TEMPORAL_UI_URL: temporal.uiUrl }),
    // The client takes http for this very name only.
    KINTONE_BASE_URL: `http://localhost:${ports.kintone}`,
    KINTONE_USERNAME: kintoneUser,
    KINTONE_PASSWORD: secrets.kintonePassword,
    KINTONE_WEBHOOK_SECRET: webhookSecret(secrets),
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    MAIL_FROM: '新BOP学童クラブ 手続き窓口（試験用） <gakudo@example.test>',
    MAIL_FOOTER: '新BOP学童クラブ 手続き窓口（試験用）\\n電話 03-0000-0000（平日 9時〜17時）',
    DATA_KEYS: secrets.dataKeys,
    SESSION_SECRET: secrets.sessionSecret,
    WORKFLOW_BUNDLE: path.join(rootDir, 'dist', 'workflow-bundle.js'),
    WORKER_BUILD_ID: 'development',
    WORKER_METRICS_PORT: String(ports.worker),
    KINTONE_APP_IDS: JSON.stringify(kintoneAppIds),
  };
}

/** Made from what the data folder has, so that a folder of an earlier version needs nothing new. */
function webhookSecret(secrets: Secrets): string {
  return createHmac('sha256', secrets.sessionSecret).update('kintone-webhook').digest('base64url');
}

/** What a person sets by hand in each app of a real domain: where kintone tells of changes. */
export function kintoneWebhooks(ports: Ports, secrets: Secrets): NonNullable<Seed['webhooks']> {
  const url = `http://127.0.0.1:${ports.http}/api/kintone/webhook/${webhookSecret(secrets)}`;
  return APPS.map((app) => ({
    app: app.name,
    url,
    events: ['ADD_RECORD', 'UPDATE_RECORD', 'DELETE_RECORD'],
  }));
}

/** The variables of this process that parts may see: none of its own configuration leaks into the stand-in system. */
export function baseEnvironment(): Record<string, string> {
  const names = [
    'PATH',
    'HOME',
    'TMPDIR',
    'TEMP',
    'SYSTEMROOT',
    'LANG',
    'NODE_OPTIONS',
    'NODE_EXTRA_CA_CERTS',
  ];
  const kept = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    TZ: 'Asia/Tokyo',
    FORCE_COLOR: '0',
    // As in the Dockerfile: glibc gives each thread of Temporal's core an arena of its own and hardly ever hands memory back.
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '65536',
    MALLOC_TRIM_THRESHOLD_: '131072',
  };
}
