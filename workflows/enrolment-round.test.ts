import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, tokyoDate, tokyoInstant } from '../domain/calendar/dates.ts';
import { eventsOf } from '../store/events.ts';
import { newestSetting, saveSetting } from '../store/settings.ts';
import { EnrolmentSystem, WARD, type TestChild } from '../testing/enrolment-system.ts';

// In a file, and so on a server, of its own: once a workflow has ended, the server's clock may run on by years.
let system: EnrolmentSystem;
const child: TestChild = { givenName: '輪', givenKana: 'リン', birthDate: '2020-05-05' };

/** The round's decisions are told on this day, whatever day it is today. */
let noticesOn: string;

beforeAll(async () => {
  system = await EnrolmentSystem.start();
  const { db } = system.store;
  noticesOn = addDays(tokyoDate(await system.now()), 60);
  for (const key of ['periods:admission', 'periods:extendedUse'] as const) {
    const setting = await newestSetting(db, key);
    const first = { fiscalYear: 2027, round: 'first', opensOn: null, closesOn: null, noticesOn };
    const edition = {
      value: [first],
      basedOn: setting?.version ?? 0,
      note: '試験のため',
      changedBy: randomUUID(),
    };
    await saveSetting(db, { key, ...edition });
  }
});
afterAll(() => system.close());

const historyOf = async (id: string) => ({ events: await eventsOf(system.store.db, id) });

describe('a round (Q23)', () => {
  it('has effects only on its day, for all that was decided for the child', async () => {
    const admission = await system.file('admission', child, { round: 'first' });
    const extended = await system.file('extendedUse', child, { round: 'first' });
    // Open all year, and still told with the admission: it would give it away.
    const reduction = await system.file('feeReduction', child);
    const all = [admission, extended, reduction];
    for (const app of all) await system.review(app);
    await system.decide(admission, 'approved', '2027-04-01');
    await expect.poll(async () => (await extended.state()).waitsFor?.outcome).toBe('approved');
    await expect.poll(async () => (await reduction.state()).waitsFor?.outcome).toBe('approved');
    // The ward takes its decision back: what depends on it waits again.
    await admission.act(WARD, { type: 'reviseDecision', reason: randomUUID() });
    await expect.poll(async () => (await extended.state()).waitsFor?.outcome).toBe('undecided');
    await system.decide(admission, 'approved', '2027-04-01');
    await expect.poll(async () => (await extended.state()).waitsFor?.outcome).toBe('approved');
    await expect.poll(async () => (await reduction.state()).waitsFor?.outcome).toBe('approved');
    for (const app of [extended, reduction]) await system.decide(app);
    await system.env.sleep('20 days');
    for (const app of all) expect((await app.state()).stage).toBe('awaitingRelease');
    expect(await system.enrolment(child)).toBeUndefined();
    expect(system.records.size).toBe(0);
    expect(all.flatMap(({ id }) => system.templatesOf(id))).toEqual(['received', 'received', 'received']);
    // One after the other: each unlocks the server's clock and locks it again, and only one may.
    for (const app of all) await app.handle.result();
    const { enrolment } = (await system.enrolment(child))!;
    expect(enrolment.history.filter(({ noEffect }) => noEffect === undefined)).toHaveLength(3);
    for (const app of all) {
      expect(system.templatesOf(app.id)).toEqual(['received', 'decided']);
      const { events } = await historyOf(app.id);
      expect(events.find(({ type }) => type === 'released')?.at).toMatch(
        tokyoInstant(noticesOn, '09:00').slice(0, 16),
      );
    }
  });
});
