import { LRUCache } from 'lru-cache';
import type { Answers } from '../../domain/procedures/definition.ts';

/** What somebody changes in kintone itself is seen after so long at the latest. */
const RECORD_MS = 15_000;
/** Texts are written once; only somebody in kintone itself could change one. */
const TEXT_MS = 10 * 60_000;

/** An application's answers as they stood at a version of its data. */
export interface RememberedAnswers {
  dataVersion: number;
  answers: Answers;
}

/**
 * What was just read from kintone, kept in this process's memory for a moment: a reviewer opens, acts and looks again within
 * seconds, and each look would cost kintone two requests of its daily budget (design 8). Never written anywhere.
 */
export class ReadMemory {
  readonly #answers: LRUCache<string, RememberedAnswers>;
  readonly #texts: LRUCache<string, string>;

  /** @param clock milliseconds that only go forward; other than the machine's in tests only */
  constructor(clock: { now: () => number } = performance) {
    // Resolution 0: asks the clock each time instead of remembering it for a millisecond by a timer.
    const options = { perf: clock, ttlResolution: 0 };
    this.#answers = new LRUCache({ max: 2000, ttl: RECORD_MS, ...options });
    this.#texts = new LRUCache({ max: 20_000, ttl: TEXT_MS, ...options });
  }

  /**
   * The remembered answers, if they still serve: what has been changed since by our own hand must still be waiting here.
   * @param newest the application's newest data version
   * @param waiting versions that wait here, not yet in kintone
   */
  answers(receiptNumber: string, newest: number, waiting: readonly number[]): RememberedAnswers | undefined {
    const remembered = this.#answers.get(receiptNumber);
    if (!remembered) return undefined;
    for (let version = remembered.dataVersion + 1; version <= newest; version += 1) {
      if (!waiting.includes(version)) return undefined;
    }
    return remembered;
  }

  /** What kintone has just said, or what it cannot know yet because it waits here. */
  keepAnswers(receiptNumber: string, { dataVersion, answers }: RememberedAnswers): void {
    this.#answers.set(receiptNumber, { dataVersion, answers });
  }

  /** The same with later changes of our own on top; how long it serves still counts from kintone's word. */
  advance(receiptNumber: string, later: RememberedAnswers): void {
    this.#answers.set(receiptNumber, later, { noUpdateTTL: true });
  }

  text(id: string): string | undefined {
    return this.#texts.get(id);
  }

  keepText(id: string, content: string): void {
    this.#texts.set(id, content);
  }
}
