export type SaveState =
  { readonly state: 'none' | 'waiting' | 'failed' } | { readonly state: 'saved'; readonly at: string };

export interface SaverTimes {
  /** Milliseconds without a change after which is saved. */
  readonly after: number;
  /** Milliseconds after which a failed save is tried again. */
  readonly again: number;
}

/**
 * Saves the newest of many changes: a moment after the last one, one save at a time, again where it failed. What came in
 * while one save was under way is saved by the next.
 */
export class Saver<T> {
  #waiting: { readonly body: T } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  readonly #save: (body: T) => Promise<unknown>;
  readonly #tell: (state: SaveState) => void;
  readonly #times: SaverTimes;

  constructor(
    save: (body: T) => Promise<unknown>,
    tell: (state: SaveState) => void,
    times: SaverTimes = { after: 1200, again: 10_000 },
  ) {
    this.#save = save;
    this.#tell = tell;
    this.#times = times;
  }

  /** Takes a change; it is saved soon. */
  touch(body: T): void {
    this.#waiting = { body };
    this.#tell({ state: 'waiting' });
    this.#later(this.#times.after);
  }

  /** Saves at once what waits. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const waiting = this.#waiting;
    if (!waiting || this.#running) return;
    this.#running = true;
    this.#waiting = undefined;
    try {
      await this.#save(waiting.body);
      this.#tell({ state: 'saved', at: new Date().toISOString() });
    } catch {
      // Something newer may have come in meanwhile: then that is what is tried again.
      this.#waiting ??= waiting;
      this.#tell({ state: 'failed' });
      this.#later(this.#times.again);
      return;
    } finally {
      this.#running = false;
    }
    if (this.#waiting !== undefined) this.#later(this.#times.after);
  }

  /** Forgets what waits: it has been sent another way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }
}
