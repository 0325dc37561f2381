import { describe, expect, it } from 'vitest';
import { gathering } from './gather.ts';

const echo =
  (asked: string[][], fail?: (group: string) => boolean) =>
  async (group: string, keys: readonly string[]) => {
    asked.push([group, ...keys]);
    if (fail?.(group)) throw new Error(`no ${group}`);
    return new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, `${group}:${key}`]));
  };

describe('gathering', () => {
  it('asks once for what is wanted at the same moment, by group, and gives everybody their own', async () => {
    const asked: string[][] = [];
    const get = gathering(5, echo(asked));
    const [a, b, c] = await Promise.all([
      get('x', ['1', '2']),
      get('x', ['2', '3', 'unknown']),
      get('y', ['1']),
    ]);
    expect(asked).toEqual([
      ['x', '1', '2', '3', 'unknown'],
      ['y', '1'],
    ]);
    expect([...a]).toEqual([
      ['1', 'x:1'],
      ['2', 'x:2'],
    ]);
    expect([...b.keys()]).toEqual(['2', '3']);
    expect([...c.values()]).toEqual(['y:1']);
  });

  it('asks anew for what is wanted later, and never for nothing', async () => {
    const asked: string[][] = [];
    const get = gathering(0, echo(asked));
    await get('x', ['1']);
    await get('x', ['1']);
    expect(await get('x', [])).toEqual(new Map());
    expect(asked).toEqual([
      ['x', '1'],
      ['x', '1'],
    ]);
  });

  it('fails for all who asked together, and for nobody else', async () => {
    const get = gathering(
      0,
      echo([], (group) => group === 'away'),
    );
    const results = await Promise.allSettled([get('away', ['1']), get('away', ['2']), get('here', ['1'])]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    await expect(get('away', ['1'])).rejects.toThrow('no away');
  });
});
