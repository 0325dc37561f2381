import { describe, expect, it } from 'vitest';
import { ReadMemory } from './read-memory.ts';

const answers = (dataVersion: number) => ({ dataVersion, answers: { grade: dataVersion } });

describe('what was just read from kintone', () => {
  it('serves as long as every later change still waits here', () => {
    const memory = new ReadMemory();
    memory.keepAnswers('A27-000001-6', answers(2));
    expect(memory.answers('A27-000001-6', 2, [])).toBeDefined();
    expect(memory.answers('A27-000001-6', 4, [3, 4])).toBeDefined();
    // Version 3 has been carried meanwhile: only kintone knows it now.
    expect(memory.answers('A27-000001-6', 4, [4])).toBeUndefined();
    expect(memory.answers('A27-000002-7', 1, [])).toBeUndefined();
  });

  it('goes on from our own change, and asks kintone again after the same time as before', () => {
    let now = 1000;
    const memory = new ReadMemory({ now: () => now });
    memory.keepAnswers('A27-000001-6', answers(2));
    now += 10_000;
    memory.advance('A27-000001-6', answers(3));
    // Version 3 has been carried meanwhile, and is remembered.
    expect(memory.answers('A27-000001-6', 3, [])).toEqual(answers(3));
    now += 6000;
    expect(memory.answers('A27-000001-6', 3, [])).toBeUndefined();
  });
});
