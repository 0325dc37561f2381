import { describe, expect, it } from 'vitest';
import { ReadMemory } from './read-memory.ts';

const record = (dataVersion: number) => ({
  receiptNumber: 'A27-000001-6',
  recordId: '1',
  revision: 1,
  seq: 1,
  dataVersion,
  answers: { grade: 1 },
});

describe('what was just read from kintone', () => {
  it('serves as long as every later change still waits here', () => {
    const memory = new ReadMemory();
    memory.keepRecords(new Map([['A27-000001-6', record(2)]]));
    expect(memory.record('A27-000001-6', 2, [])).toBeDefined();
    expect(memory.record('A27-000001-6', 4, [3, 4])).toBeDefined();
    // Version 3 has been carried meanwhile: only kintone knows it now.
    expect(memory.record('A27-000001-6', 4, [4])).toBeUndefined();
    expect(memory.record('A27-000002-7', 1, [])).toBeUndefined();
  });
});
