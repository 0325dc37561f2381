import { readFileSync } from 'node:fs';
import { type z } from 'zod';
import { variables, type VariableName } from './variables.ts';

/** One key that encrypts data at rest; the id is stored beside what it encrypted. */
export interface DataKey {
  id: string;
  /** 32 bytes (AES-256). */
  key: Buffer;
}

/** How the processes of the application are set up; the same for api and worker. Made by {@link loadConfig}. */
export interface Config {
  environment: 'production' | 'development' | 'test';
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  http: {
    host: string;
    port: number;
    /** Where people reach the application, without a trailing slash; links in mails begin with it. */
    publicUrl: string;
    /** Fastify's `trustProxy`: false, the number of proxies in front, or their addresses. */
    trustProxy: false | number | string;
    /** Folder of the built web pages; relative to the working directory. */
    uiDir: string;
    /** The largest file that can be uploaded. */
    uploadMaxBytes: number;
    /** Calls a minute: by account, and those that try passwords or codes by address. */
    limits: { requestsPerMinute: number; sensitivePerMinute: number };
    /** 0: no metrics page. Bound to the loopback address. */
    metricsPort: number;
  };
  database: { url: string; poolSize: number };
  temporal: {
    address: string;
    namespace: string;
    taskQueue: string;
    /** The web UI as supervisors reach it, without a trailing slash. */
    uiUrl: string | undefined;
    /** Contents of PEM files; undefined: plain text. */
    tls: { serverName?: string; ca?: Buffer; certificate?: Buffer; key?: Buffer } | undefined;
    apiKey: string | undefined;
  };
  kintone: {
    baseUrl: string;
    /** Needed for provisioning; record work prefers tokens. */
    password: { username: string; password: string } | undefined;
    /** App key (as in `kintone/apps`) → API token. */
    apiTokens: Record<string, string>;
    /** App key → app id, as `npm run kintone -- apply` prints them. */
    appIds: Record<string, string>;
    guestSpaceId: string | undefined;
    /** Requests of one process at one time, at most. */
    maxRequests: number;
    /** Requests of all processes together at one time. */
    totalRequests: number;
    /** Requests a day that the course allows an app. */
    dailyLimit: number;
    /** The secret part of the webhooks' address; undefined: no webhooks are taken. */
    webhookSecret: string | undefined;
    /** Between looks for what people changed in kintone; 0: never. */
    reconcileSeconds: number;
    /** How long after an application's end the content that kintone was given is kept here, to be put back. */
    copyDays: number;
    basicAuth: { username: string; password: string } | undefined;
  };
  mail: { smtpUrl: string; from: string; footer: string; maxConnections: number };
  /** The first key encrypts; the others still decrypt. */
  dataKeys: [DataKey, ...DataKey[]];
  /** The first key signs notices; the others still verify. Undefined: the data keys do both. */
  noticeKeys: [DataKey, ...DataKey[]] | undefined;
  sessionSecret: string;
  worker: {
    maxCachedWorkflows: number;
    maxConcurrentWorkflowTasks: number;
    maxConcurrentActivities: number;
    shutdownGraceSeconds: number;
    /** Path of the bundle made by `npm run build`; required in production. */
    workflowBundle: string | undefined;
    deploymentName: string;
    buildId: string;
    /** Of `/healthz` (200 once it polls for work) and `/metrics`, on the loopback address; 0: none. */
    metricsPort: number;
  };
  codec: {
    /** Payloads in Temporal are encrypted with `dataKeys`. Off only to look for faults in development. */
    enabled: boolean;
    /** Origins that may ask the codec server (Temporal's web UI). */
    allowedOrigins: string[];
  };
}

/** What is wrong with the environment, all of it at once, in Japanese and English. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `設定に誤りがあります (invalid configuration):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

type Values = { [Name in VariableName]: z.output<(typeof variables)[Name]['schema']> };

/**
 * Reads the configuration from environment variables (`variables.ts` lists them). An empty variable counts as
 * missing. `NAME_FILE` names a file that holds the value of `NAME`.
 * @throws {ConfigError} with every missing or malformed variable
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: string[] = [];
  const values: Partial<Record<VariableName, unknown>> = {};
  for (const name of Object.keys(variables) as VariableName[]) {
    const { schema, ja, en, example } = variables[name];
    const hint = `${ja}（${en}; 例 e.g. ${example}）`;
    const raw = readRaw(env, name, problems);
    const result = schema.safeParse(raw);
    if (result.success) {
      values[name] = result.data;
    } else if (raw === undefined) {
      problems.push(`${name} がありません: ${hint}`);
    } else {
      const reasons = result.error.issues.map((issue) => issue.message).join(', ');
      problems.push(`${name} が正しくありません: ${hint}: ${reasons}`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const checked = values as Values;
  checkTogether(checked, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return arrange(checked);
}

function readRaw(
  env: Readonly<Record<string, string | undefined>>,
  name: VariableName,
  problems: string[],
): string | undefined {
  const value = env[name];
  if (value !== undefined && value.trim() !== '') return value;
  const file = env[`${name}_FILE`];
  if (file === undefined || file.trim() === '') return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    problems.push(`${name}_FILE のファイルを読めません (cannot be read): ${file}`);
    return undefined;
  }
}

/** Conditions over more than one variable. */
function checkTogether(values: Values, problems: string[]): void {
  const pair = (a: VariableName, b: VariableName) => {
    if ((values[a] === undefined) !== (values[b] === undefined)) {
      problems.push(`${a} と ${b} は両方必要です (both or neither)`);
    }
  };
  pair('KINTONE_USERNAME', 'KINTONE_PASSWORD');
  pair('KINTONE_BASIC_USERNAME', 'KINTONE_BASIC_PASSWORD');
  pair('TEMPORAL_TLS_CERT_FILE', 'TEMPORAL_TLS_KEY_FILE');
  if (values.KINTONE_USERNAME === undefined && Object.keys(values.KINTONE_API_TOKENS).length === 0) {
    problems.push(
      'kintone の認証がありません: KINTONE_API_TOKENS か、KINTONE_USERNAME と KINTONE_PASSWORD を設定してください ' +
        '(kintone needs API tokens, or user name and password)',
    );
  }
  if (values.NODE_ENV !== 'production') return;
  for (const name of ['PUBLIC_URL', 'KINTONE_BASE_URL'] as const) {
    if (!values[name].startsWith('https://')) {
      problems.push(
        `${name} は本番では https:// で始めてください (must be https in production): ${values[name]}`,
      );
    }
  }
  if (values.WORKFLOW_BUNDLE === undefined) {
    problems.push(
      'WORKFLOW_BUNDLE がありません: 本番では npm run build の結果が必要です (required in production)',
    );
  }
  if (!values.CODEC_ENABLED) {
    problems.push('CODEC_ENABLED=false は本番では使えません (payloads must be encrypted in production)');
  }
}

function arrange(values: Values): Config {
  const read = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file));
  const login = (username: string | undefined, password: string | undefined) =>
    username === undefined || password === undefined ? undefined : { username, password };
  return {
    environment: values.NODE_ENV,
    logLevel: values.LOG_LEVEL,
    http: {
      host: values.HOST,
      port: values.PORT,
      publicUrl: values.PUBLIC_URL,
      trustProxy: values.TRUST_PROXY,
      uiDir: values.UI_DIR,
      uploadMaxBytes: values.UPLOAD_MAX_MEGABYTES * 1024 * 1024,
      limits: {
        requestsPerMinute: values.RATE_LIMIT_PER_MINUTE,
        sensitivePerMinute: values.RATE_LIMIT_SENSITIVE_PER_MINUTE,
      },
      metricsPort: values.API_METRICS_PORT,
    },
    database: { url: values.DATABASE_URL, poolSize: values.DATABASE_POOL_SIZE },
    temporal: {
      address: values.TEMPORAL_ADDRESS,
      namespace: values.TEMPORAL_NAMESPACE,
      taskQueue: values.TEMPORAL_TASK_QUEUE,
      uiUrl: values.TEMPORAL_UI_URL,
      tls: temporalTls(values, read),
      apiKey: values.TEMPORAL_API_KEY,
    },
    kintone: {
      baseUrl: values.KINTONE_BASE_URL,
      password: login(values.KINTONE_USERNAME, values.KINTONE_PASSWORD),
      apiTokens: values.KINTONE_API_TOKENS,
      appIds: values.KINTONE_APP_IDS,
      guestSpaceId: values.KINTONE_GUEST_SPACE_ID,
      maxRequests: values.KINTONE_MAX_REQUESTS,
      totalRequests: values.KINTONE_TOTAL_REQUESTS,
      dailyLimit: values.KINTONE_DAILY_LIMIT,
      webhookSecret: values.KINTONE_WEBHOOK_SECRET,
      reconcileSeconds: values.KINTONE_RECONCILE_SECONDS,
      copyDays: values.KINTONE_COPY_DAYS,
      basicAuth: login(values.KINTONE_BASIC_USERNAME, values.KINTONE_BASIC_PASSWORD),
    },
    mail: {
      smtpUrl: values.SMTP_URL,
      from: values.MAIL_FROM,
      footer: values.MAIL_FOOTER,
      maxConnections: values.SMTP_MAX_CONNECTIONS,
    },
    dataKeys: values.DATA_KEYS,
    noticeKeys: values.NOTICE_KEYS,
    sessionSecret: values.SESSION_SECRET,
    worker: {
      maxCachedWorkflows: values.WORKER_MAX_CACHED_WORKFLOWS,
      maxConcurrentWorkflowTasks: values.WORKER_MAX_WORKFLOW_TASKS,
      maxConcurrentActivities: values.WORKER_MAX_ACTIVITIES,
      shutdownGraceSeconds: values.WORKER_SHUTDOWN_GRACE_SECONDS,
      workflowBundle: values.WORKFLOW_BUNDLE,
      deploymentName: values.WORKER_DEPLOYMENT_NAME,
      buildId: values.WORKER_BUILD_ID,
      metricsPort: values.WORKER_METRICS_PORT,
    },
    codec: {
      enabled: values.CODEC_ENABLED,
      allowedOrigins:
        values.CODEC_ALLOWED_ORIGINS.length > 0 || values.TEMPORAL_UI_URL === undefined
          ? values.CODEC_ALLOWED_ORIGINS
          : [new URL(values.TEMPORAL_UI_URL).origin],
    },
  };
}

function temporalTls(
  values: Values,
  read: (file: string | undefined) => Buffer | undefined,
): Config['temporal']['tls'] {
  if (!values.TEMPORAL_TLS) return undefined;
  try {
    const ca = read(values.TEMPORAL_TLS_CA_FILE);
    const certificate = read(values.TEMPORAL_TLS_CERT_FILE);
    const key = read(values.TEMPORAL_TLS_KEY_FILE);
    return {
      ...(values.TEMPORAL_TLS_SERVER_NAME === undefined
        ? {}
        : { serverName: values.TEMPORAL_TLS_SERVER_NAME }),
      ...(ca === undefined ? {} : { ca }),
      ...(certificate === undefined ? {} : { certificate }),
      ...(key === undefined ? {} : { key }),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`TEMPORAL_TLS_*_FILE のファイルを読めません (cannot be read): ${reason}`]);
  }
}
