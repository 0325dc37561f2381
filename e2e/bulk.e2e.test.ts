import { afterAll, beforeAll, expect, it } from 'vitest';
import { runBulk } from '../bench/bulk-run.ts';
import { startTestSystem, type TestSystem } from '../testing/system.ts';

/** A round's bulk decision and its release, with the worker killed in the middle of both: each family is told once (Q23). */
let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());

it('60 decided in bulk and told on the day, with the worker killed twice: each exactly once', async () => {
  const run = await runBulk(system, { count: 60 });
  expect(run.protocol).toMatchObject({ planned: 60, decided: 59, changed: 1, refused: 0, open: 0 });
  expect(run.notOnce).toEqual({ decisions: 0, releases: 0, mails: 0 });
  expect(run.mailsAtServer.different).toBe(59);
  // Those that were just being handed over when the worker was killed; the receiving server drops them by their Message-ID.
  expect(run.mailsAtServer.copies).toBeLessThanOrEqual(system.config.mail.maxConnections);
  // Q22: one notice of each decision that stands and can be read, numbered without a gap, and in kintone with its PDF.
  const { made, ...notices } = run.notices;
  expect(notices).toEqual({
    valid: 59,
    notOne: 0,
    toldWrong: 0,
    doubles: 0,
    gaps: 0,
    inKintone: made,
    withPdf: made,
  });
}, 600_000);
