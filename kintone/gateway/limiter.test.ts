import { describe, expect, it } from 'vitest';
import { Limiter } from './limiter.ts';

/** Work that ends when it is told to. */
function piece(limiter: Limiter, log: string[], name: string) {
  let finish = () => {};
  const done = limiter.run(async () => {
    log.push(name);
    await new Promise<void>((resolve) => (finish = resolve));
  });
  return { done, finish: () => finish() };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the limit of concurrent requests', () => {
  it('lets so many run, the others in the order they came, and hands on where a piece fails', async () => {
    const limiter = new Limiter(1);
    const log: string[] = [];
    const first = piece(limiter, log, 'first');
    const failing = limiter.run(async () => {
      log.push('failing');
      throw new Error('away');
    });
    const last = piece(limiter, log, 'last');
    await settled();
    expect(log).toEqual(['first']);
    expect([limiter.running, limiter.waiting]).toEqual([1, 2]);
    first.finish();
    await first.done;
    await expect(failing).rejects.toThrow('away');
    await settled();
    expect(log).toEqual(['first', 'failing', 'last']);
    last.finish();
    await last.done;
    expect([limiter.running, limiter.waiting]).toEqual([0, 0]);
  });

  it('a smaller share cuts nothing off and lets nobody in; a larger one lets those in who wait', async () => {
    const limiter = new Limiter(2);
    const log: string[] = [];
    const [a, b] = [piece(limiter, log, 'a'), piece(limiter, log, 'b')];
    const others = ['c', 'd', 'e'].map((name) => piece(limiter, log, name));
    limiter.max = 0;
    a.finish();
    b.finish();
    await Promise.all([a.done, b.done]);
    await settled();
    expect(log).toEqual(['a', 'b']);
    expect(limiter.running).toBe(0);
    limiter.max = 2;
    await settled();
    expect(log).toEqual(['a', 'b', 'c', 'd']);
    limiter.max = 1;
    others[0]!.finish();
    await others[0]!.done;
    await settled();
    // Two ran, one may: the next comes only when that one is done too.
    expect(log).toEqual(['a', 'b', 'c', 'd']);
    others[1]!.finish();
    await others[1]!.done;
    await settled();
    expect(log).toEqual(['a', 'b', 'c', 'd', 'e']);
    others[2]!.finish();
    await others[2]!.done;
  });

  it('is at least one to begin with', () => {
    expect(() => new Limiter(0)).toThrow();
    expect(() => new Limiter(1.5)).toThrow();
  });
});
