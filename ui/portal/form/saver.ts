import { ApiProblem } from '../../lib/index.ts';

export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'waiting' | 'saving'; readonly savedAt: Date | undefined }
  | { readonly kind: 'saved'; readonly savedAt: Date }
  /** Not saved yet; tried again by itself. */
  | { readonly kind: 'failed'; readonly savedAt: Date | undefined; readonly problem: unknown }
  /** The server does not want it: trying again would not help. */
  | { readonly kind: 'refused'; readonly savedAt: Date | undefined; readonly problem: unknown };

const FIRST_WAIT = 2000;
const LONGEST_WAIT = 30_000;

/**
 * Saves the newest snapshot of something, one call at a time. What changes while a call is under way is saved after it. A call that
 * fails because of the network or the server is made again after 2, 4, 8 … 30 s, at once when the device is online again, and as
 * soon as `retry` is called; the snapshot stays in memory meanwhile.
 */
export class Saver<T> {
  readonly #save: (snapshot: T) => Promise<unknown>;
  readonly #listeners = new Set<() => void>();
  #state: SaveState = { kind: 'idle' };
  #pending: { snapshot: T } | undefined;
  #running: Promise<boolean> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #savedAt: Date | undefined;
  #failures = 0;
  #stopped = false;

  constructor(save: (snapshot: T) => Promise<unknown>, savedAt?: Date) {
    this.#save = save;
    this.#savedAt = savedAt;
    if (savedAt) this.#state = { kind: 'saved', savedAt };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): SaveState => this.#state;

  /** Is there something that the server does not have yet? */
  get unsaved(): boolean {
    return this.#pending !== undefined || this.#running !== undefined;
  }

  /** Takes a new snapshot, to be saved after `delay` ms without a newer one. */
  put(snapshot: T, delay: number): void {
    if (this.#stopped) return;
    this.#pending = { snapshot };
    // A person who goes on typing while the server is away shall still read that nothing is saved.
    if (this.#state.kind !== 'failed') this.#set({ kind: 'waiting', savedAt: this.#savedAt });
    this.#wait(this.#state.kind === 'failed' ? Math.max(delay, this.#backoff()) : delay);
  }

  /** Saves now what is not saved. True: the server has all of it. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#running || this.#pending) {
      if (this.#stopped) return false;
      this.#running ??= this.#run();
      if (!(await this.#running)) return false;
    }
    return true;
  }

  /** Something has changed (online again, signed in again): try at once. */
  readonly retry = (): void => {
    if (this.#pending && !this.#running) void this.flush();
  };

  /** No more calls: the draft was filed or deleted, or the page is left. */
  stop(): void {
    this.#stopped = true;
    this.#pending = undefined;
    clearTimeout(this.#timer);
  }

  /** Undoes `stop`, for a page that was left and is shown again. */
  start(): void {
    this.#stopped = false;
  }

  async #run(): Promise<boolean> {
    const taken = this.#pending;
    this.#pending = undefined;
    try {
      if (!taken) return true;
      this.#set({ kind: 'saving', savedAt: this.#savedAt });
      await this.#save(taken.snapshot);
      this.#savedAt = new Date();
      this.#failures = 0;
      this.#set({ kind: 'saved', savedAt: this.#savedAt });
      return true;
    } catch (problem) {
      if (this.#stopped) return false;
      this.#pending ??= taken;
      const transient = isTransient(problem);
      this.#set({ kind: transient ? 'failed' : 'refused', savedAt: this.#savedAt, problem });
      this.#failures += 1;
      if (transient) this.#wait(this.#backoff());
      return false;
    } finally {
      this.#running = undefined;
    }
  }

  #backoff(): number {
    return Math.min(FIRST_WAIT * 2 ** Math.max(this.#failures - 1, 0), LONGEST_WAIT);
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  #set(state: SaveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** May the same call work later? Also without a session: the person can sign in again. */
function isTransient(problem: unknown): boolean {
  if (!(problem instanceof ApiProblem)) return true;
  const { status } = problem;
  return problem.isNetwork || problem.isSessionExpired || status === 403 || status === 429 || status >= 500;
}
