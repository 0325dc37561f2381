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
  expect(run.mailsAtServer).toBe(59);
}, 600_000);
