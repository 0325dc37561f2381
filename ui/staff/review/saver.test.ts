import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Saver } from './saver.ts';
import type { SaveState } from './saver.ts';

describe('saving a draft', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const times = { after: 1000, again: 5000 };

  it('sends only the newest of changes that follow each other', async () => {
    const save = vi.fn(async (_body: string) => undefined);
    const saver = new Saver(save, () => undefined, times);
    saver.touch('a');
    await vi.advanceTimersByTimeAsync(900);
    saver.touch('ab');
    await vi.advanceTimersByTimeAsync(999);
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(save.mock.calls).toEqual([['ab']]);
  });

  it('never has two saves under way, and saves afterwards what came in meanwhile', async () => {
    let finish: () => void = () => undefined;
    const save = vi.fn((_body: string) => new Promise<void>((resolve) => (finish = resolve)));
    const saver = new Saver(save, () => undefined, times);
    saver.touch('a');
    await vi.advanceTimersByTimeAsync(1000);
    saver.touch('b');
    await vi.advanceTimersByTimeAsync(3000);
    expect(save).toHaveBeenCalledTimes(1);
    finish();
    await vi.advanceTimersByTimeAsync(1000);
    expect(save.mock.calls).toEqual([['a'], ['b']]);
  });

  it('tries again where it failed, with what is newest by then, and says so', async () => {
    const states: SaveState['state'][] = [];
    const save = vi.fn(async (_body: string): Promise<void> => undefined);
    save.mockRejectedValueOnce(new Error('away'));
    const saver = new Saver(save, ({ state }) => states.push(state), times);
    saver.touch('a');
    await vi.advanceTimersByTimeAsync(1000);
    expect(states).toEqual(['waiting', 'failed']);
    await vi.advanceTimersByTimeAsync(5000);
    expect(save.mock.calls).toEqual([['a'], ['a']]);
    expect(states.at(-1)).toBe('saved');
  });

  it('sends nothing after it was stopped', async () => {
    const save = vi.fn(async (_body: string) => undefined);
    const saver = new Saver(save, () => undefined, times);
    saver.touch('a');
    await saver.stop();
    await saver.flush();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save).not.toHaveBeenCalled();
  });

  it('is stopped only when the save under way has ended, so that nothing older arrives later', async () => {
    let finish: () => void = () => undefined;
    const save = vi.fn((_body: string) => new Promise<void>((resolve) => (finish = resolve)));
    const saver = new Saver(save, () => undefined, times);
    saver.touch('a');
    await vi.advanceTimersByTimeAsync(1000);
    let stopped = false;
    const stopping = saver.stop().then(() => (stopped = true));
    await vi.advanceTimersByTimeAsync(100);
    expect(stopped).toBe(false);
    finish();
    await stopping;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save).toHaveBeenCalledTimes(1);
  });
});
