import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../lib/problem.ts';
import { Saver } from './saver.ts';

describe('Saver', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('saves the newest snapshot once, after typing has paused', async () => {
    const saved: string[] = [];
    const saver = new Saver<string>(async (text) => saved.push(text));
    saver.put('a', 1000);
    await vi.advanceTimersByTimeAsync(900);
    saver.put('ab', 1000);
    await vi.advanceTimersByTimeAsync(900);
    expect(saved).toEqual([]);
    expect(saver.state().kind).toBe('waiting');
    await vi.advanceTimersByTimeAsync(100);
    expect(saved).toEqual(['ab']);
    expect(saver.state().kind).toBe('saved');
    expect(saver.unsaved).toBe(false);
  });

  it('saves what changes during a call after it, never two calls at once', async () => {
    let open = 0;
    const saved: string[] = [];
    const saver = new Saver<string>(async (text) => {
      open += 1;
      expect(open).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 500));
      saved.push(text);
      open -= 1;
    });
    saver.put('a', 0);
    await vi.advanceTimersByTimeAsync(100);
    saver.put('b', 0);
    saver.put('c', 0);
    await vi.advanceTimersByTimeAsync(2000);
    expect(saved).toEqual(['a', 'c']);
  });

  it('keeps the snapshot while the server is away, says so, and saves it later', async () => {
    let away = true;
    const saved: string[] = [];
    const saver = new Saver<string>(async (text) => {
      if (away) throw new ApiProblem(0);
      saved.push(text);
    });
    saver.put('a', 0);
    await vi.advanceTimersByTimeAsync(10);
    expect(saver.state().kind).toBe('failed');
    expect(saver.unsaved).toBe(true);
    saver.put('ab', 0);
    await vi.advanceTimersByTimeAsync(10);
    expect(saver.state().kind).toBe('failed');
    away = false;
    saver.retry();
    await vi.advanceTimersByTimeAsync(10);
    expect(saved).toEqual(['ab']);
    expect(saver.state().kind).toBe('saved');
  });

  it('tries again by itself', async () => {
    let tries = 0;
    const saver = new Saver<string>(async () => {
      tries += 1;
      if (tries < 3) throw new ApiProblem(503);
    });
    saver.put('a', 0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(tries).toBe(3);
    expect(saver.state().kind).toBe('saved');
  });

  it('does not repeat what the server refuses', async () => {
    let tries = 0;
    const saver = new Saver<string>(async () => {
      tries += 1;
      throw new ApiProblem(409, { code: 'tooManyDrafts' });
    });
    saver.put('a', 0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(tries).toBe(1);
    expect(saver.state().kind).toBe('refused');
  });

  it('flush says whether all is saved; after stop nothing is sent', async () => {
    const saved: string[] = [];
    const saver = new Saver<string>(async (text) => saved.push(text));
    saver.put('a', 60_000);
    expect(await saver.flush()).toBe(true);
    saver.put('b', 1000);
    saver.stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(saved).toEqual(['a']);
  });
});
