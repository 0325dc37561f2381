import { describe, expect, it } from 'vitest';
import { contentId, newId, safeNext } from './ids.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ids', () => {
  it('of content: the same for the same, another for other content or another draft', async () => {
    const seed = newId();
    const id = await contentId(seed, { a: 1 });
    expect(id).toMatch(UUID);
    expect(await contentId(seed, { a: 1 })).toBe(id);
    expect(await contentId(seed, { a: 2 })).not.toBe(id);
    expect(await contentId(newId(), { a: 1 })).not.toBe(id);
  });

  it('are new every time', () => {
    expect(newId()).toMatch(UUID);
    expect(newId()).not.toBe(newId());
  });
});

describe('where to go after signing in', () => {
  it('is a path of ours, never another host', () => {
    expect(safeNext('/apply/admission?x=1')).toBe('/apply/admission?x=1');
    for (const bad of [
      null,
      undefined,
      '',
      'https://example.jp',
      '//example.jp',
      '/\\example.jp',
      'javascript:0',
    ]) {
      expect(safeNext(bad)).toBe('/applications');
    }
  });
});
