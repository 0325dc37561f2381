/** Lets so many pieces of work run at one time; the others wait in the order they came. The number may change at any time. */
export class Limiter {
  #max: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(max: number) {
    if (!Number.isInteger(max) || max < 1) throw new Error(`a limit of ${max} lets nothing through`);
    this.#max = max;
  }

  /** 0 lets nothing new begin until there is room again. What runs is not cut off. */
  set max(max: number) {
    this.#max = max;
    while (this.#running < this.#max) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#running += 1;
      next();
    }
  }

  get max(): number {
    return this.#max;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    // Handed on by whoever finishes, so that nobody who comes later gets ahead.
    if (this.#running >= this.#max) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#running <= this.#max ? this.#waiting.shift() : undefined;
      if (next) next();
      else this.#running -= 1;
    }
  }
}
