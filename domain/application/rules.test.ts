import { describe, expect, it } from 'vitest';
import { REFUSAL_EXAMPLES as EXAMPLES } from '../../testing/refusal-examples.ts';
import { REFUSAL_TEXTS } from '../texts/application.ts';
import { REFUSALS } from './actions.ts';

describe('every refusal there is (Q09, Q14–Q21)', () => {
  it('has its examples and its words', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual([...REFUSALS].sort());
    expect(Object.keys(REFUSAL_TEXTS).sort()).toEqual([...REFUSALS].sort());
    for (const code of REFUSALS) expect(EXAMPLES[code].length, code).toBeGreaterThan(0);
    for (const text of Object.values(REFUSAL_TEXTS)) expect(text).toMatch(/。$/u);
  });

  const rows = REFUSALS.flatMap((code) =>
    EXAMPLES[code].map(([what, run, actor, action]) => ({ code, what, run, actor, action })),
  );
  it.each(rows)('$code: $what', ({ code, run, actor, action }) => {
    const given = run();
    const before = structuredClone(given.state);
    const outcome = given.try(actor, action);
    expect(outcome.ok ? outcome.events : outcome.refusal).toMatchObject({ code });
    expect(given.state).toStrictEqual(before);
  });
});
