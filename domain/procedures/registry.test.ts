import { describe, expect, it } from 'vitest';
import { itKeepsToTheRules } from '../../testing/procedure-rules.ts';
import { PROCEDURES, procedureOf, registryOf } from './registry.ts';

describe('the registry', () => {
  it('finds procedures by their codes, which differ, as do the letters of receipt numbers', () => {
    expect(procedureOf('admission')?.letter).toBe('A');
    expect(procedureOf('nothing')).toBeUndefined();
    expect(PROCEDURES.map(({ code, letter }) => `${letter} ${code}`)).toEqual([
      'A admission',
      'B extendedUse',
      'C declineExtendedUse',
      'D withdrawal',
      'E withdrawalDateChange',
      'F feeReduction',
      'G certificate',
      'H cancellation',
    ]);
  });

  it('takes a list, and refuses procedures that could be mistaken for one another', () => {
    const [first, second] = PROCEDURES;
    if (!first || !second) throw new Error('procedures are there');
    const of = (over: object) => () => registryOf([first, { ...second, ...over }]);
    expect(of({})().of(second.code)).toMatchObject({ letter: 'B' });
    expect(of({})().of('certificate')).toBeUndefined();
    expect(of({ code: first.code })).toThrow('two procedures have the code');
    expect(of({ letter: first.letter })).toThrow('two procedures have the letter');
    expect(of({ letter: 'K' })).toThrow('A to J');
  });
});

describe.each(PROCEDURES.map((definition) => [definition.code, definition] as const))(
  '%s',
  (_code, definition) => itKeepsToTheRules(definition),
);
