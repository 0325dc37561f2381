import { describe, expect, it } from 'vitest';
import { addCounts, countReport, summaryLine, type VitestReport } from './summary.ts';

const report = (more: Partial<VitestReport> = {}): VitestReport => ({
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  success: true,
  testResults: [{ name: 'a', status: 'passed', assertionResults: [{ status: 'passed' }] }],
  ...more,
});

describe('summary', () => {
  it('counts what vitest reports', () => {
    const counts = countReport(report({ numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }), 1);
    expect(summaryLine(counts)).toBe('5 passed, 2 failed, 2 skipped');
    expect(summaryLine(countReport(report(), 0))).toBe('5 passed, 0 failed');
  });

  it('never calls a failed run passed', () => {
    expect(countReport(undefined, 1).failed).toBe(1);
    expect(countReport(report(), 1).failed).toBe(1);
    const broken = report({ testResults: [{ name: 'b', status: 'failed', assertionResults: [] }] });
    expect(countReport(broken, 1).failed).toBe(1);
    expect(countReport(broken, 0).failed).toBe(1);
  });

  it('adds suites', () => {
    expect(addCounts({ passed: 1, failed: 2, skipped: 3 }, { passed: 1, failed: 1, skipped: 1 })).toEqual({
      ...{ passed: 2, failed: 3, skipped: 4 },
    });
  });
});
