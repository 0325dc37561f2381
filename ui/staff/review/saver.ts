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
  #underWay: Promise<number> | undefined;
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
    if (!waiting || this.#underWay) return;
    this.#waiting = undefined;
    this.#underWay = this.#send(waiting);
    const after = await this.#underWay;
    this.#underWay = undefined;
    if (this.#hasMore()) this.#later(after);
  }

  /** Forgets what waits, for it is sent another way. Resolves when no save is under way any more. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
    await this.#underWay;
    clearTimeout(this.#timer);
    this.#waiting = undefined;
  }

  /** @returns after how long the next save may come */
  async #send(waiting: { readonly body: T }): Promise<number> {
    try {
      await this.#save(waiting.body);
      this.#tell({ state: 'saved', at: new Date().toISOString() });
      return this.#times.after;
    } catch {
      // Something newer may have come in meanwhile: then that is what is tried again.
      this.#waiting ??= waiting;
      this.#tell({ state: 'failed' });
      return this.#times.again;
    }
  }

  #hasMore(): boolean {
    return this.#waiting !== undefined;
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }
}
