import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { ApiDeps } from '../api/deps.ts';
import { buildServer, createLogger } from '../api/server.ts';
import type { WardSettings } from '../api/services/ward-settings.ts';
import { DEFAULT_PARAMETERS } from '../domain/procedures/definition.ts';
import { defaultPeriods } from '../store/setting-values.ts';
import { startLiveHub } from '../api/services/live.ts';
import { KintoneError } from '../kintone/gateway/index.ts';
import { createAccount, type NewAccount } from '../store/accounts.ts';
import type { Keyring } from '../store/crypto.ts';
import type { Db } from '../store/db.ts';
import { openTestStore, testKeyring } from './store.ts';

export const TEST_PASSWORD = 'correct horse battery staple';

export interface TestApi {
  app: FastifyInstance;
  db: Db;
  keyring: Keyring;
  deps: ApiDeps;
  /** Mails about accounts, newest last. */
  codeMails: { to: string; code: string | undefined; type: string }[];
  createAccount: (account: Omit<NewAccount, 'password' | 'name'> & Partial<NewAccount>) => Promise<string>;
  /** A browser of its own: keeps cookies, sends the CSRF token. */
  browser: () => TestBrowser;
  /** A browser that is signed in. */
  signedIn: (login: string, password?: string) => Promise<TestBrowser>;
  close: () => Promise<void>;
}

/** A browser's cookies over `inject`. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly #app: FastifyInstance;

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  async request(
    method: InjectOptions['method'],
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const csrf = this.cookies.get('csrf') ?? '1';
    const response = await this.#app.inject({
      method: method ?? 'GET',
      url,
      headers: { ...(method === 'GET' ? {} : { 'x-csrf-token': csrf }), ...headers },
      cookies: Object.fromEntries(this.cookies),
      ...(body === undefined ? {} : { payload: body as object }),
    });
    for (const cookie of response.cookies) {
      if (cookie.value === '') this.cookies.delete(cookie.name);
      else this.cookies.set(cookie.name, cookie.value);
    }
    return response;
  }

  get = (url: string, headers?: Record<string, string>) => this.request('GET', url, undefined, headers);
  post = (url: string, body?: unknown) => this.request('POST', url, body);
  put = (url: string, body?: unknown) => this.request('PUT', url, body);
  patch = (url: string, body?: unknown) => this.request('PATCH', url, body);
  delete = (url: string) => this.request('DELETE', url);
}

export type TestParts = Pick<ApiDeps, 'temporal' | 'kintone'> & Partial<ApiDeps>;

/** What a new installation begins with, by the clock that a test sets; the store's settings go by the real one. */
const SHIPPED: WardSettings = {
  periods: async (procedure, today) => defaultPeriods(today, procedure.code),
  criteria: async (procedure) => procedure.criteria,
  parameters: async () => DEFAULT_PARAMETERS,
  calendar: async () => undefined,
};

/** The API on a database of its own, with mails about accounts kept. Temporal and kintone are the caller's. */
export async function startTestApi(
  makeParts: (made: { db: Db; keyring: Keyring; databaseUrl: string }) => Promise<TestParts> | TestParts,
  options: { log?: boolean; uiDir?: string } = {},
): Promise<TestApi> {
  const store = await openTestStore();
  const { db } = store;
  const log = createLogger(options.log === true ? 'debug' : 'silent');
  const codeMails: TestApi['codeMails'] = [];
  const parts = await makeParts({ db, keyring: testKeyring, databaseUrl: store.url });
  const deps: ApiDeps = {
    config: {
      environment: 'test',
      logLevel: options.log === true ? 'debug' : 'silent',
      sessionSecret: 'test-secret-test-secret-test-secret',
      http: {
        host: '127.0.0.1',
        port: 0,
        publicUrl: 'http://localhost:3000',
        trustProxy: false,
        uiDir: options.uiDir ?? 'nowhere',
        uploadMaxBytes: 1024 * 1024,
        limits: { requestsPerMinute: 1_000_000, sensitivePerMinute: 1_000_000 },
        metricsPort: 0,
      },
      temporal: { namespace: 'default', uiUrl: 'http://localhost:8233' },
      mail: { footer: '新BOP学童クラブ 手続き窓口\n電話 03-0000-0000' },
      kintone: {
        webhookSecret: 'webhook-secret-of-the-test',
        appIds: { application_admission: '12', documents: '13' },
      },
    },
    db,
    keyring: testKeyring,
    mailer: {
      send: async (to, kind) => {
        codeMails.push({ to, type: kind.type, code: 'code' in kind ? kind.code : undefined });
      },
      check: () => Promise.resolve(true),
      close: () => undefined,
    },
    rounds: {
      armRound: () => Promise.resolve(),
      startBulk: () => Promise.resolve(),
      commandBulk: () => Promise.reject(new Error('no bulk decisions run in this test')),
    },
    enrolments: {
      startYearChange: () => Promise.resolve(),
      carryEnrolment: () => Promise.resolve(),
      tellSettings: () => Promise.resolve(),
    },
    live: startLiveHub(store.url, db, log),
    settings: SHIPPED,
    log,
    limits: { requestsPerMinute: 1_000_000, sensitivePerMinute: 1_000_000 },
    now: () => new Date(),
    ...parts,
  };
  const app = await buildServer(deps);
  const browser = () => new TestBrowser(app);
  return {
    app,
    db,
    keyring: testKeyring,
    deps,
    codeMails,
    createAccount: (account) =>
      createAccount(db, testKeyring, { password: TEST_PASSWORD, name: account.login, ...account }),
    browser,
    signedIn: async (login, password = TEST_PASSWORD) => {
      const one = browser();
      const response = await one.post('/api/session', { login, password });
      if (response.statusCode !== 200) throw new Error(`sign-in of ${login}: ${response.body}`);
      return one;
    },
    close: async () => {
      await app.close();
      await deps.live.close();
      await store.close();
    },
  };
}

/** Temporal and kintone that are away: for tests of what works without them. */
export const partsAway: TestParts = {
  temporal: {
    start: () => Promise.reject(new Error('Temporal is away')),
    act: () => Promise.reject(new Error('Temporal is away')),
    check: () => Promise.resolve({ server: false, worker: false }),
    close: () => Promise.resolve(),
  },
  kintone: {
    readNames: () => Promise.reject(kintoneAway()),
    readApplications: () => Promise.reject(kintoneAway()),
    readTexts: () => Promise.reject(kintoneAway()),
    readDocuments: () => Promise.reject(kintoneAway()),
    readNotices: () => Promise.reject(kintoneAway()),
    downloadFile: () => Promise.reject(kintoneAway()),
    check: () => Promise.reject(kintoneAway()),
  },
};

function kintoneAway(): KintoneError {
  return new KintoneError({ kind: 'retryable', message: 'kintone is away' });
}
