import type { AppKey, KintoneRecord } from '../apps/model.ts';
import { TOKENS_A_REQUEST } from '../client.ts';
import { classify } from './errors.ts';

/** One record to write: inserted where no record has this key, updated where one has. */
export interface RecordWrite {
  app: AppKey;
  /** The value of the app's key field. */
  key: string;
  /** Without the key field. */
  record: KintoneRecord;
}

/** The requests of one `bulkRequest`, each up to 100 records of one app. */
export interface BatchRequest {
  app: AppKey;
  records: readonly RecordWrite[];
}

export interface BatcherOptions {
  /** How long the first of a batch waits for others; asked each time, so that it can follow the day's budget. */
  windowMs: (app: AppKey) => number;
  /** A batch goes when it has so many records. */
  maxRecords: number;
  /** Sends one `bulkRequest`: all of it or nothing. */
  send: (requests: readonly BatchRequest[]) => Promise<void>;
}

interface Group {
  writes: readonly RecordWrite[];
  done: () => void;
  failed: (error: unknown) => void;
}

const RECORDS_A_REQUEST = 100;
const REQUESTS_A_BULK = 20;

const nameOf = (write: RecordWrite) => `${write.app}\u0000${write.key}`;

/** The requests that write these records: as few as kintone's limit of 100 allows. */
export function requestsFor(writes: readonly RecordWrite[]): BatchRequest[] {
  const byApp = new Map<AppKey, RecordWrite[]>();
  for (const write of writes) byApp.set(write.app, [...(byApp.get(write.app) ?? []), write]);
  return [...byApp].flatMap(([app, records]) => {
    const count = Math.ceil(records.length / RECORDS_A_REQUEST);
    return Array.from({ length: count }, (_, i) => ({
      app,
      records: records.slice(i * RECORDS_A_REQUEST, (i + 1) * RECORDS_A_REQUEST),
    }));
  });
}

/**
 * Gathers what many activities write within a moment into few requests. What one caller writes stays together: it is written
 * as a whole or not at all. Where kintone refuses a batch for one record's sake, the batch is split until only that caller
 * is refused.
 */
export class Batcher {
  readonly #options: BatcherOptions;
  #waiting: Group[] = [];
  #timer: NodeJS.Timeout | undefined;
  #flushAt = 0;
  readonly #sending = new Set<Promise<void>>();
  /** Records that are on their way: what writes them again waits for the answer. */
  readonly #underWay = new Set<string>();

  constructor(options: BatcherOptions) {
    this.#options = options;
  }

  /** Resolves when kintone has all of the records. @throws {KintoneError} */
  write(writes: readonly RecordWrite[]): Promise<void> {
    if (writes.length === 0) return Promise.resolve();
    if (requestsFor(writes).length > REQUESTS_A_BULK) {
      return Promise.reject(new Error(`${writes.length} records are too many for one bulk request`));
    }
    return new Promise<void>((resolve, reject) => {
      this.#waiting.push({ writes, done: resolve, failed: reject });
      const records = this.#waiting.reduce((sum, group) => sum + group.writes.length, 0);
      if (records >= this.#options.maxRecords) this.#flush();
      else this.#flushIn(Math.min(...writes.map(({ app }) => this.#options.windowMs(app))));
    });
  }

  /** Sends what waits and resolves when everything has an answer. */
  async close(): Promise<void> {
    while (this.#waiting.length > 0 || this.#sending.size > 0) {
      this.#flush();
      await Promise.all(this.#sending);
    }
  }

  /** The most impatient decides: what could wait longer goes with it. */
  #flushIn(ms: number): void {
    const at = performance.now() + ms;
    if (this.#timer && this.#flushAt <= at) return;
    clearTimeout(this.#timer);
    this.#flushAt = at;
    this.#timer = setTimeout(() => this.#flush(), ms);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#take();
    if (batch.length === 0) return;
    const names = batch.flatMap((group) => group.writes.map(nameOf));
    for (const name of names) this.#underWay.add(name);
    const sending = this.#send(batch).finally(() => {
      this.#sending.delete(sending);
      for (const name of names) this.#underWay.delete(name);
      if (this.#waiting.some((group) => group.writes.some((write) => names.includes(nameOf(write))))) {
        this.#flushIn(0);
      }
    });
    this.#sending.add(sending);
    if (this.#waiting.length > 0) this.#flushIn(0);
  }

  /**
   * As many as fit into one request; never the same record twice, whose order kintone does not promise, and none that is still on
   * its way with an earlier request, which could arrive later.
   */
  #take(): readonly Group[] {
    const batch: Group[] = [];
    const later: Group[] = [];
    const names = new Set(this.#underWay);
    let writes: readonly RecordWrite[] = [];
    for (const group of this.#waiting) {
      const together = [...writes, ...group.writes];
      const clash = group.writes.some((write) => names.has(nameOf(write)));
      const full = batch.length > 0 && writes.length >= this.#options.maxRecords;
      const apps = new Set(together.map(({ app }) => app)).size;
      const crowded = batch.length > 0 && apps > TOKENS_A_REQUEST;
      if (clash || full || crowded || requestsFor(together).length > REQUESTS_A_BULK) {
        later.push(group);
        continue;
      }
      batch.push(group);
      for (const write of group.writes) names.add(nameOf(write));
      writes = together;
    }
    this.#waiting = later;
    return batch;
  }

  async #send(groups: readonly Group[]): Promise<void> {
    try {
      await this.#options.send(requestsFor(groups.flatMap((group) => group.writes)));
      for (const group of groups) group.done();
    } catch (thrown) {
      const error = known(thrown);
      if (groups.length > 1 && error.ofRecord) {
        const half = Math.ceil(groups.length / 2);
        await this.#send(groups.slice(0, half));
        await this.#send(groups.slice(half));
        return;
      }
      for (const group of groups) group.failed(error.thrown);
    }
  }
}

function known(thrown: unknown): { ofRecord: boolean; thrown: unknown } {
  try {
    const error = classify(thrown);
    return { ofRecord: error.ofRecord, thrown: error };
  } catch {
    return { ofRecord: false, thrown };
  }
}
