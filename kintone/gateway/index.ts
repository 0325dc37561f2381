import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Registry } from 'prom-client';
import { appByKey, APPS, type AppKey, type KintoneRecord } from '../apps/index.ts';
import { createClient, narrowed, type KintoneConnection } from '../client.ts';
import { Batcher, type BatchRequest, type RecordWrite } from './batcher.ts';
import { classify, KintoneError } from './errors.ts';
import { downloadFile, uploadFile, type FileDownload, type FileSource } from './files.ts';
import { fieldsOfApp } from '../apps/model.ts';
import { gathering } from './gather.ts';
import { Limiter } from './limiter.ts';
import { gatewayMetrics } from './metrics.ts';
import { readNotices, type NoticeRecord } from './notice-reads.ts';
import type { BudgetLevel } from './budget.ts';
import { Changes } from './changes.ts';
import { Reads, type GetRecords } from './reads.ts';

export { KintoneError, type KintoneErrorKind } from './errors.ts';
export type { FileDownload, FileSource } from './files.ts';
export type { NoticeRecord } from './notice-reads.ts';
export type * from './reads.ts';
export type { Changes, SeenRecord } from './changes.ts';
export type { BudgetLevel } from './budget.ts';
export type { Limiter } from './limiter.ts';

export interface GatewayLimits {
  /** Requests of this process at one time: its share of the 20 that the system takes of kintone's 100 a domain. */
  concurrency: number;
  /** Deadline of a request for records. */
  requestTimeoutMs: number;
  /** Deadline of a file's way. */
  fileTimeoutMs: number;
  /** How long a write waits for others to go with. */
  batchWindowMs: number;
  batchRecords: number;
  /** How long a read of applications waits for others to go with: worth it where nobody waits for the answer. */
  readWindowMs: number;
  /** The same as `batchWindowMs` where the app's requests of the day run short: fewer, larger batches. */
  deferredWindowMs: number;
}

export const DEFAULT_LIMITS: GatewayLimits = {
  concurrency: 10,
  requestTimeoutMs: 30_000,
  fileTimeoutMs: 120_000,
  batchWindowMs: 3_000,
  batchRecords: 200,
  readWindowMs: 0,
  deferredWindowMs: 10_000,
};

export interface GatewayOptions extends KintoneConnection {
  /** App key → app id, as provisioning gives them. */
  appIds: Readonly<Record<string, string>>;
  limits?: Partial<GatewayLimits>;
  /** For prom-client. */
  metrics?: Registry | undefined;
  /** Told of every request that counts for an app's day (kintone counts by app); must not throw. */
  onRequest?: (app: AppKey | 'files') => void;
  /** How near an app is to its requests of the day. Default: never near. */
  budget?: (app: AppKey) => BudgetLevel;
  /** Requests of the day so far, by app, over all processes: for the metrics. */
  usedToday?: () => ReadonlyMap<string, number>;
  /** Told of the gateway's limiter, to give it its share of what all processes together may. */
  onLimiter?: (limiter: Limiter) => void;
}

/** A record to write, with files that are uploaded and attached in the same step. */
export interface GatewayWrite extends RecordWrite {
  files?: Readonly<Record<string, FileSource>>;
}

/** All traffic with kintone. Every failure is a {@link KintoneError} that says whether trying again helps. */
export interface Gateway {
  /**
   * Writes records, each inserted or updated by its key, all of them or none, together with what others write at the same
   * moment. Repeating it gives the same records.
   */
  upsert: (writes: readonly GatewayWrite[]) => Promise<void>;
  readApplications: Reads['applications'];
  readNames: Reads['names'];
  readTexts: Reads['texts'];
  readReviews: Reads['reviews'];
  readDocuments: Reads['documents'];
  /** What notices say, by their ids (Q22). */
  readNotices: (ids: readonly string[]) => Promise<ReadonlyMap<string, NoticeRecord>>;
  downloadFile: (fileKey: string) => Promise<FileDownload>;
  /** For finding what people changed in kintone itself. */
  changes: Changes;
  /** How near an app is to its requests of the day: what can wait asks before it reads. */
  budget: (app: AppKey) => BudgetLevel;
  /** Can kintone be reached with these credentials, and are the apps there? Throws {@link KintoneError} if not. */
  check: () => Promise<void>;
  /** Sends what waits. */
  close: () => Promise<void>;
}

/** Whose records files are attached to. */
const APPS_WITH_FILES = APPS.filter((app) => fieldsOfApp(app).some(({ type }) => type === 'FILE')).map(
  ({ key }) => key,
);

/** Opens the way to kintone. Makes no request by itself. */
export function createGateway(options: GatewayOptions): Gateway {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const clients = new Map<string, KintoneRestAPIClient>();
  /** kintone's client with the tokens of these apps. */
  const clientOf = (apps: readonly AppKey[]): KintoneRestAPIClient => {
    const name = [...new Set(apps)].sort().join(' ');
    const known = clients.get(name);
    if (known) return known;
    const narrow = narrowed(options, apps);
    if (!narrow.password && Object.keys(narrow.apiTokens ?? {}).length === 0) {
      throw new KintoneError({
        kind: 'final',
        message: `kintone のアプリ ${name} の API トークンが設定されていません。KINTONE_API_TOKENS を確認してください。`,
      });
    }
    const made = createClient(narrow, { use: 'records', timeoutMs: limits.requestTimeoutMs });
    clients.set(name, made);
    return made;
  };
  const limiter = new Limiter(limits.concurrency);
  options.onLimiter?.(limiter);
  const budget = options.budget ?? (() => 'normal' as const);
  const metrics = gatewayMetrics(options.metrics, {
    running: () => limiter.running,
    waiting: () => limiter.waiting,
    limit: () => limiter.max,
    usedToday: options.usedToday ?? (() => new Map()),
  });

  const idOf = (app: AppKey): string => {
    const id = options.appIds[app];
    if (id !== undefined) return id;
    throw new KintoneError({
      kind: 'final',
      message: `kintone のアプリ ${app} の番号が設定されていません。KINTONE_APP_IDS を確認してください。`,
    });
  };

  /** One request, in its turn, timed, counted and classed. */
  async function request<T>(
    apps: readonly (AppKey | 'files')[],
    api: string,
    work: () => Promise<T>,
  ): Promise<T> {
    return limiter.run(async () => {
      const started = performance.now();
      const finish = (outcome: string) => {
        const seconds = (performance.now() - started) / 1000;
        for (const app of apps) metrics.requested(app, api, outcome, seconds);
      };
      for (const app of apps) options.onRequest?.(app);
      try {
        const result = await work();
        finish('ok');
        return result;
      } catch (thrown) {
        const error = classify(thrown);
        finish(error.kind);
        throw error;
      }
    });
  }

  const batcher = new Batcher({
    windowMs: (app) => (budget(app) === 'defer' ? limits.deferredWindowMs : limits.batchWindowMs),
    maxRecords: limits.batchRecords,
    send: async (requests) => {
      metrics.batched(
        requests.reduce((sum, one) => sum + one.records.length, 0),
        requests.length,
      );
      const payloads = requests.map((one) => bulkRequest(one, idOf(one.app)));
      await request(
        requests.map((one) => one.app),
        'bulkRequest',
        () => clientOf(requests.map((one) => one.app)).bulkRequest({ requests: payloads }),
      );
    },
  });

  const get: GetRecords = (app, query, fields) =>
    request([app], 'records', () => getRecords(clientOf([app]), idOf(app), query, fields));
  const reads = new Reads(get);
  const applications = gathering(limits.readWindowMs, (procedure, receiptNumbers) =>
    reads.applications(procedure, receiptNumbers),
  );
  const changes = new Changes((app, work) =>
    request([app], 'records', () => work(clientOf([app]), idOf(app))),
  );

  return {
    changes,
    budget,
    upsert: async (writes) => {
      const ready: RecordWrite[] = [];
      for (const { files = {}, ...write } of writes) {
        const record: KintoneRecord = { ...write.record };
        for (const [field, source] of Object.entries(files)) {
          const fileKey = await request(['files'], 'file', () =>
            uploadFile(narrowed(options, [write.app]), source, limits.fileTimeoutMs),
          );
          record[field] = { value: [{ fileKey }] };
        }
        ready.push({ ...write, record });
      }
      await batcher.write(ready);
    },
    readApplications: applications,
    readNames: (items) => reads.names(items),
    readTexts: (receiptNumber) => reads.texts(receiptNumber),
    readReviews: (receiptNumber) => reads.reviews(receiptNumber),
    readDocuments: (receiptNumber) => reads.documents(receiptNumber),
    readNotices: (ids) => readNotices(get, ids),
    downloadFile: (fileKey) =>
      request(['files'], 'download', () =>
        downloadFile(narrowed(options, APPS_WITH_FILES), fileKey, limits.fileTimeoutMs),
      ),
    check: async () => {
      await request(['contacts'], 'records', () =>
        getRecords(clientOf(['contacts']), idOf('contacts'), 'order by $id desc limit 1', ['$id']),
      );
    },
    close: () => batcher.close(),
  };
}

async function getRecords(
  client: KintoneRestAPIClient,
  app: string,
  query: string,
  fields: readonly string[],
): Promise<KintoneRecord[]> {
  const { records } = await client.record.getRecords({ app, query, fields: [...fields] });
  return records;
}

function bulkRequest({ app, records }: BatchRequest, id: string) {
  const { recordKey } = appByKey(app);
  return {
    method: 'PUT',
    endpointName: 'records' as const,
    payload: {
      app: id,
      upsert: true,
      records: records.map(({ key, record }) => ({ updateKey: { field: recordKey, value: key }, record })),
    },
  };
}
