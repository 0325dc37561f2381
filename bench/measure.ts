/** Latencies of one kind of step, in milliseconds. */
export class Latencies {
  readonly #values: number[] = [];

  async time<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await work();
    this.add(performance.now() - began);
    return result;
  }

  add(ms: number): void {
    this.#values.push(ms);
  }

  get count(): number {
    return this.#values.length;
  }

  /** The latency that a share of all steps does not exceed, e.g. 0.99. */
  percentile(share: number): number {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  }

  summary(): { count: number; p50: number; p99: number; max: number } {
    const round = (ms: number) => Math.round(ms * 10) / 10;
    return {
      count: this.count,
      p50: round(this.percentile(0.5)),
      p99: round(this.percentile(0.99)),
      max: round(this.percentile(1)),
    };
  }
}

/** Runs `work` for 0 … count−1, `atOnce` at a time. @returns seconds from the first start to the last end */
export async function inParallel(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  const began = performance.now();
  const one = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, one));
  return (performance.now() - began) / 1000;
}

/** Waits until `check` gives something, asking every 100 ms. @throws Error after `seconds` */
export async function waitFor<T>(
  what: string,
  check: () => Promise<T | undefined>,
  seconds = 120,
): Promise<T> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const found = await check();
    if (found !== undefined) return found;
    if (performance.now() > until) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
