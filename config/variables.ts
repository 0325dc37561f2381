import { z } from 'zod';

interface Variable<S extends z.ZodType> {
  schema: S;
  /** What it is, for the message to whoever sets the system up. */
  ja: string;
  en: string;
  example: string;
}

function variable<S extends z.ZodType>(schema: S, ja: string, en: string, example: string): Variable<S> {
  return { schema, ja, en, example };
}

const text = z.string().trim().min(1);
const optionalText = text.optional();

/** An absolute URL with one of the schemes, without its trailing slashes. */
const url = (...schemes: string[]) =>
  text
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
      `must be a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    )
    .transform((value) => value.replace(/\/+$/, ''));

const integer = (min: number, max: number, standard: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(
      z
        .number()
        .min(min, `must be ${String(min)} or more`)
        .max(max, `must be ${String(max)} or less`),
    )
    .optional()
    .transform((value) => value ?? standard);

const flag = (standard: boolean) =>
  z
    .enum(['true', 'false', '1', '0'], 'must be true or false')
    .optional()
    .transform((value) => (value === undefined ? standard : value === 'true' || value === '1'));

/** A JSON object of text by app key; numbers are taken as text. */
const map = text
  .transform((value, context): Record<string, string> => {
    try {
      const entries = z.record(z.string(), z.union([z.string(), z.number()])).parse(JSON.parse(value));
      return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, String(entry)]));
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON object with text values' });
      return z.NEVER;
    }
  })
  .optional()
  .transform((value) => value ?? {});

/** `id:base64,id2:base64`, each key 32 bytes, no id twice. */
const dataKeys = text.transform((value, context) => {
  const keys = value.split(',').map((entry) => {
    const colon = entry.indexOf(':');
    const id = entry.slice(0, Math.max(colon, 0)).trim();
    const key = Buffer.from(entry.slice(colon + 1).trim(), 'base64');
    if (!/^[A-Za-z0-9._-]{1,40}$/.test(id)) {
      context.addIssue({
        code: 'custom',
        message: 'each key needs an id of letters and digits before the colon',
      });
    }
    // The value itself must not appear in a message.
    if (key.length !== 32)
      context.addIssue({ code: 'custom', message: `key "${id}" is not 32 bytes in base64` });
    return { id, key };
  });
  const [first, ...others] = keys;
  if (first === undefined || new Set(keys.map((key) => key.id)).size !== keys.length) {
    context.addIssue({ code: 'custom', message: 'no key id may appear twice' });
    return z.NEVER;
  }
  return [first, ...others] as [typeof first, ...typeof keys];
});

const trustProxy = text.optional().transform((value): false | number | string => {
  if (value === undefined || value === 'false' || value === '0') return false;
  return /^\d+$/.test(value) ? Number(value) : value;
});

const origins = text
  .optional()
  .transform((value) => (value === undefined ? [] : value.split(',').map((origin) => origin.trim())))
  .refine(
    (list) => list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
    'must be origins like https://temporal.example.jp, separated by commas',
  );

/** Every environment variable of api and worker. docs/operations.md has them as a table (a test compares). */
export const variables = {
  NODE_ENV: variable(
    z
      .enum(['production', 'development', 'test'], 'must be production, development or test')
      .default('development'),
    '動作環境',
    'environment',
    'production',
  ),
  LOG_LEVEL: variable(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'not a log level').default('info'),
    'ログの詳しさ',
    'log level',
    'info',
  ),
  HOST: variable(
    text.default('127.0.0.1'),
    'API が待ち受けるアドレス',
    'address the API listens on',
    '0.0.0.0',
  ),
  PORT: variable(integer(0, 65535, 3000), 'API が待ち受けるポート', 'port the API listens on', '3000'),
  PUBLIC_URL: variable(
    url('https', 'http'),
    '利用者から見たアドレス',
    'where people reach the application',
    'https://gakudo.example.jp',
  ),
  TRUST_PROXY: variable(
    trustProxy,
    '前段のプロキシの数またはアドレス',
    'number or addresses of proxies in front',
    '1',
  ),
  UI_DIR: variable(
    text.default('dist/ui'),
    '画面のファイルの場所',
    'folder of the built web pages',
    'dist/ui',
  ),
  UPLOAD_MAX_MEGABYTES: variable(
    integer(1, 100, 10),
    'アップロードできるファイルの大きさの上限 (MB)',
    'largest upload in megabytes',
    '10',
  ),
  RATE_LIMIT_PER_MINUTE: variable(
    integer(10, 1_000_000, 1200),
    '1分あたりの操作の上限（利用者ごと）',
    'calls a minute, by account',
    '1200',
  ),
  RATE_LIMIT_SENSITIVE_PER_MINUTE: variable(
    integer(5, 1_000_000, 60),
    '1分あたりのログイン・確認コードの上限（接続元ごと）',
    'calls a minute that try passwords or codes, by address',
    '60',
  ),
  API_METRICS_PORT: variable(
    integer(0, 65535, 0),
    'API の計測値のポート（0: なし）',
    'port of the API metrics on the loopback address, 0 for none',
    '9465',
  ),
  DATABASE_URL: variable(
    url('postgresql', 'postgres'),
    'PostgreSQL の接続先',
    'PostgreSQL connection URL',
    'postgresql://gakudo:***@db:5432/gakudo',
  ),
  DATABASE_POOL_SIZE: variable(integer(1, 500, 20), 'プロセスごとの接続数', 'connections a process', '20'),
  TEMPORAL_ADDRESS: variable(
    text.regex(/^[^/\s]+:\d{1,5}$/, 'must be host:port'),
    'Temporal サーバーの host:port',
    'Temporal server',
    'temporal:7233',
  ),
  TEMPORAL_NAMESPACE: variable(
    text.default('default'),
    'Temporal の名前空間',
    'Temporal namespace',
    'gakudo',
  ),
  TEMPORAL_TASK_QUEUE: variable(
    text.default('gakudo'),
    'Temporal のタスクキュー',
    'Temporal task queue',
    'gakudo',
  ),
  TEMPORAL_UI_URL: variable(
    url('https', 'http').optional(),
    'Temporal の画面のアドレス',
    "Temporal's web UI as supervisors reach it",
    'https://temporal.example.jp',
  ),
  TEMPORAL_TLS: variable(flag(false), 'Temporal への通信を TLS にする', 'TLS to Temporal', 'true'),
  TEMPORAL_TLS_SERVER_NAME: variable(optionalText, '証明書のサーバー名', 'expected server name', 'temporal'),
  TEMPORAL_TLS_CA_FILE: variable(
    optionalText,
    'CA 証明書のファイル',
    'CA certificate file',
    '/secrets/ca.pem',
  ),
  TEMPORAL_TLS_CERT_FILE: variable(
    optionalText,
    'クライアント証明書のファイル',
    'client certificate file',
    '/secrets/client.pem',
  ),
  TEMPORAL_TLS_KEY_FILE: variable(
    optionalText,
    'クライアント秘密鍵のファイル',
    'client key file',
    '/secrets/client.key',
  ),
  TEMPORAL_API_KEY: variable(optionalText, 'Temporal Cloud の API キー', 'API key of Temporal Cloud', '***'),
  KINTONE_BASE_URL: variable(
    url('https', 'http'),
    'kintone のアドレス',
    'kintone domain',
    'https://example.cybozu.com',
  ),
  KINTONE_USERNAME: variable(
    optionalText,
    'kintone のログイン名',
    'kintone user (provisioning)',
    'provisioner',
  ),
  KINTONE_PASSWORD: variable(optionalText, 'kintone のパスワード', 'kintone password', '***'),
  KINTONE_API_TOKENS: variable(
    map,
    'アプリごとの API トークン (JSON)',
    'API tokens by app key, JSON',
    '{"application_admission":"***","documents":"***"}',
  ),
  KINTONE_APP_IDS: variable(
    map,
    'アプリ番号 (JSON)',
    'app ids by app key, JSON',
    '{"application_admission":"12","documents":"13"}',
  ),
  KINTONE_GUEST_SPACE_ID: variable(optionalText, 'ゲストスペースの番号', 'guest space id', '3'),
  KINTONE_MAX_REQUESTS: variable(
    integer(1, 100, 10),
    'kintone への同時要求数（1プロセスの上限）',
    'requests to kintone at once, a process at most',
    '10',
  ),
  KINTONE_TOTAL_REQUESTS: variable(
    integer(1, 100, 20),
    'kintone への同時要求数（全プロセスの合計）',
    'requests to kintone at once, all processes together',
    '20',
  ),
  KINTONE_DAILY_LIMIT: variable(
    integer(100, 1_000_000, 10_000),
    '1アプリ・1日の要求数の上限（契約コースによる）',
    'requests a day and app that the course allows',
    '10000',
  ),
  KINTONE_WEBHOOK_SECRET: variable(
    text.min(20, 'must be at least 20 characters').optional(),
    'kintone の Webhook のURLに入れる秘密の文字列',
    'secret part of the webhook URL set in kintone; unset: no webhooks',
    '***',
  ),
  KINTONE_RECONCILE_SECONDS: variable(
    integer(0, 86_400, 60),
    'kintone で変更されたレコードを調べる間隔（秒）。0 で調べない',
    'seconds between looks for records changed in kintone; 0: never',
    '60',
  ),
  KINTONE_COPY_DAYS: variable(
    integer(1, 3_650, 90),
    '申請が終わってから、kintone に書いた内容の控えを消すまでの日数',
    'days after an application has ended until the copy of what kintone was given is erased',
    '90',
  ),
  KINTONE_BASIC_USERNAME: variable(optionalText, 'Basic 認証の名前', 'basic authentication user', 'ward'),
  KINTONE_BASIC_PASSWORD: variable(
    optionalText,
    'Basic 認証のパスワード',
    'basic authentication password',
    '***',
  ),
  SMTP_URL: variable(
    url('smtp', 'smtps'),
    'メールサーバー',
    'mail server',
    'smtps://user:***@mail.example.jp:465',
  ),
  MAIL_FROM: variable(
    text.regex(/^[^\r\n]*@[^\r\n]+$/, 'must hold a mail address'),
    'メールの差出人',
    'sender of mails',
    '"新BOP学童クラブ 手続き窓口 <gakudo@example.jp>"',
  ),
  MAIL_FOOTER: variable(
    text.transform((value) => value.replaceAll('\\n', '\n')),
    'メールの末尾（問い合わせ先。改行は \\n）',
    'footer of mails, \\n for a new line',
    '"新BOP学童クラブ 手続き窓口\\n電話 03-0000-0000"',
  ),
  SMTP_MAX_CONNECTIONS: variable(
    integer(1, 100, 5),
    'メールサーバーに同時に渡すメールの数（ワーカーごと）',
    'mails handed over at one time, each worker',
    '5',
  ),
  DATA_KEYS: variable(
    dataKeys,
    '保存データの暗号鍵「名前:base64」、先頭が現在の鍵',
    'keys "id:base64 of 32 bytes", comma separated, the first one encrypts',
    '2026a:$(openssl rand -base64 32)',
  ),
  NOTICE_KEYS: variable(
    dataKeys.optional(),
    '通知書の署名鍵「名前:base64」、先頭が現在の鍵（なければ DATA_KEYS を使う）',
    'keys that sign notices, "id:base64 of 32 bytes", comma separated, the first one signs; DATA_KEYS if missing',
    'n2026:$(openssl rand -base64 32)',
  ),
  SESSION_SECRET: variable(
    text.min(32, 'must be 32 characters or more'),
    'セッションの署名鍵',
    'secret of the sessions',
    '$(openssl rand -base64 48)',
  ),
  WORKER_MAX_CACHED_WORKFLOWS: variable(
    integer(0, 100_000, 500),
    'メモリに置く申請の数',
    'workflows kept in memory',
    '500',
  ),
  WORKER_MAX_WORKFLOW_TASKS: variable(
    integer(2, 1000, 40),
    '同時に進める申請の数',
    'workflow tasks at once',
    '40',
  ),
  WORKER_MAX_ACTIVITIES: variable(integer(1, 1000, 50), '同時に行う処理の数', 'activities at once', '50'),
  WORKER_SHUTDOWN_GRACE_SECONDS: variable(
    integer(0, 600, 20),
    '終了時に処理を待つ秒数',
    'seconds that activities get at shutdown',
    '20',
  ),
  WORKER_DEPLOYMENT_NAME: variable(
    text.default('gakudo'),
    'ワーカーの名前',
    'worker deployment name',
    'gakudo',
  ),
  WORKER_BUILD_ID: variable(
    text.default('development'),
    'ワーカーの版',
    'version of the worker',
    '2026.11.1',
  ),
  WORKER_METRICS_PORT: variable(
    integer(0, 65535, 0),
    'ワーカーの状態と計測値のポート（0 は開かない）',
    'port of /healthz and /metrics of the worker, 0 for none',
    '9464',
  ),
  WORKFLOW_BUNDLE: variable(
    optionalText,
    'ワークフローのバンドル',
    'workflow bundle of npm run build',
    'dist/workflow-bundle.js',
  ),
  CODEC_ENABLED: variable(
    flag(true),
    'Temporal のデータを暗号化する',
    'encrypt payloads in Temporal',
    'true',
  ),
  CODEC_ALLOWED_ORIGINS: variable(
    origins,
    '復号を求めてよい画面のオリジン',
    'origins allowed to ask the codec server',
    'https://temporal.example.jp',
  ),
} as const;

export type VariableName = keyof typeof variables;
