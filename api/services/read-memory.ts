import { LRUCache } from 'lru-cache';
import type { ApplicationRecord } from '../../kintone/gateway/index.ts';

/** What somebody changes in kintone itself is seen after so long at the latest. */
const RECORD_MS = 15_000;
/** Texts are written once; only somebody in kintone itself could change one. */
const TEXT_MS = 10 * 60_000;

/**
 * What was just read from kintone, kept in this process's memory for a moment: a reviewer opens, acts and looks again within
 * seconds, and each look would cost kintone two requests of its daily budget (design 8). Never written anywhere.
 */
export class ReadMemory {
  readonly #records = new LRUCache<string, ApplicationRecord>({ max: 2000, ttl: RECORD_MS });
  readonly #texts = new LRUCache<string, string>({ max: 20_000, ttl: TEXT_MS });

  /**
   * The remembered record, if it still serves: what has been changed since by our own hand must still be waiting here.
   * @param newest the application's newest data version
   * @param waiting versions that wait here, not yet in kintone
   */
  record(receiptNumber: string, newest: number, waiting: readonly number[]): ApplicationRecord | undefined {
    const record = this.#records.get(receiptNumber);
    if (!record) return undefined;
    for (let version = record.dataVersion + 1; version <= newest; version += 1) {
      if (!waiting.includes(version)) return undefined;
    }
    return record;
  }

  keepRecords(records: ReadonlyMap<string, ApplicationRecord>): void {
    for (const [receiptNumber, record] of records) this.#records.set(receiptNumber, record);
  }

  text(id: string): string | undefined {
    return this.#texts.get(id);
  }

  keepText(id: string, content: string): void {
    this.#texts.set(id, content);
  }
}
