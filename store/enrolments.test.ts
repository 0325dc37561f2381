import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolmentEffect, EnrolmentEntry } from '../domain/enrolment/effects.ts';
import { foldEnrolment } from '../domain/enrolment/fold.ts';
import { monthlyFees } from '../domain/enrolment/fees.ts';
import { openTestStore, testKeyring, testSubmission } from '../testing/store.ts';
import { listEnrolments } from './enrolment-lists.ts';
import { entryCarried, markEntryCarried, recordEntry } from './enrolment-entries.ts';
import { enrolmentById, revisionOf } from './enrolments.ts';
import { receiveSubmission } from './receive.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;
const applications: string[] = [];

beforeAll(async () => {
  store = await openTestStore();
  for (let n = 0; n < 7; n += 1) {
    const outcome = await receiveSubmission(store.db, testKeyring, testSubmission());
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    applications.push(outcome.application.id);
  }
});
afterAll(() => store.close());

const month = fc.integer({ min: 0, max: 11 }).map((n) => {
  const year = n < 9 ? 2027 : 2028;
  return `${String(year)}-${String(((n + 3) % 12) + 1).padStart(2, '0')}`;
});
const day = fc.tuple(month, fc.constantFrom('01', '15', '28')).map(([m, d]) => `${m}-${d}`);
const span = fc.tuple(month, month).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));

const effect: fc.Arbitrary<EnrolmentEffect> = fc.oneof(
  day.map((from) => ({ kind: 'admit', bop: '2', from }) as const),
  day.map((from) => ({ kind: 'moveSchool', bop: '61', from }) as const),
  fc
    .tuple(span, fc.constantFrom('monthly' as const, 'daily' as const))
    .map(([one, mode]) => ({ kind: 'extend', mode, ...one }) as const),
  month.map((from) => ({ kind: 'declineExtended', from }) as const),
  day.map((lastDay) => ({ kind: 'withdraw', lastDay }) as const),
  fc.option(day).map((lastDay) => ({ kind: 'changeWithdrawal', lastDay }) as const),
  span.map((one) => ({ kind: 'reduceFee', reason: 'taxExempt', ...one }) as const),
);

/** Decisions of a year: some in the same instant, as in a round. */
const decisions = fc.array(fc.record({ effect, hour: fc.constantFrom('00', '00', '05', '09') }), {
  minLength: 1,
  maxLength: 7,
});

let runs = 0;

/** Clears what a run has written: an application has one entry, ever. */
async function afresh(): Promise<string> {
  await store.db.deleteFrom('enrolment_months').execute();
  await store.db.deleteFrom('enrolment_entries').execute();
  await store.db.deleteFrom('enrolments').execute();
  runs += 1;
  return `child-${String(runs)}`;
}

describe('entries of an enrolment', () => {
  it('give the same enrolment in whatever order, all at once, and twice; never two open periods, never a fee below zero', async () => {
    await fc.assert(
      fc.asyncProperty(decisions, fc.infiniteStream(fc.nat(1000)), async (list, order) => {
        const entries = list.map(({ effect: what, hour }, index): EnrolmentEntry => ({
          applicationId: applications[index]!,
          receiptNumber: `A27-00000${String(index)}-0`,
          decidedAt: `2027-03-01T${hour}:00:00.000Z`,
          effect: what,
        }));
        const expected = foldEnrolment(2027, entries);
        const childKey = await afresh();
        const shuffled = entries
          .map((entry) => ({ entry, key: order.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ entry }) => entry);
        // Some at the same moment, and all of them again.
        const record = (entry: EnrolmentEntry) =>
          recordEntry(store.db, { childKey, fiscalYear: 2027, entry });
        const [id] = await Promise.all(shuffled.map(record));
        for (const entry of entries) expect(await record(entry)).toBe(id);
        const stored = (await enrolmentById(store.db, id!))!;
        expect(stored.enrolment).toEqual(expected);
        expect(stored.revision).toBe(entries.length);
        const { admission } = stored.enrolment;
        for (const [index, period] of admission.entries()) {
          expect(period.from <= period.to).toBe(true);
          const next = admission[index + 1];
          if (next) expect(next.from > period.to).toBe(true);
        }
        for (const fee of monthlyFees(stored.enrolment)) {
          expect(fee.total).toBeGreaterThanOrEqual(0);
          expect(fee.totalAtMost).toBeGreaterThanOrEqual(fee.total);
        }
        const months = await store.db
          .selectFrom('enrolment_months')
          .select(['month', 'extended'])
          .orderBy('month')
          .execute();
        const charged = monthlyFees(stored.enrolment).filter((fee) => fee.bop !== undefined);
        expect(months.map((row) => row.month)).toEqual(charged.map((fee) => fee.month));
        expect(months.map((row) => row.extended)).toEqual(charged.map((fee) => fee.mode ?? null));
      }),
      { numRuns: 40 },
    );
  });

  it('know whether kintone has them, and that a newer one has come', async () => {
    const childKey = await afresh();
    const entry = (index: number, what: EnrolmentEffect): EnrolmentEntry => ({
      applicationId: applications[index]!,
      receiptNumber: `A27-00000${String(index)}-0`,
      decidedAt: '2027-03-01T00:00:00.000Z',
      effect: what,
    });
    expect(await entryCarried(store.db, applications[0]!)).toBeUndefined();
    const admit = { kind: 'admit', bop: '2', from: '2027-04-01' } as const;
    const id = await recordEntry(store.db, { childKey, fiscalYear: 2027, entry: entry(0, admit) });
    const before = await revisionOf(store.db, id);
    const withdraw = { kind: 'withdraw', lastDay: '2027-08-31' } as const;
    await recordEntry(store.db, { childKey, fiscalYear: 2027, entry: entry(1, withdraw) });
    expect(await revisionOf(store.db, id)).toBe(before + 1);
    await markEntryCarried(store.db, applications[0]!);
    expect(await entryCarried(store.db, applications[0]!)).toBe(true);
    expect(await entryCarried(store.db, applications[1]!)).toBe(false);
    // Where the child was corrected in between, what was recorded stays where it is.
    const other = { childKey: 'another', fiscalYear: 2027, entry: entry(0, admit) };
    expect(await recordEntry(store.db, other)).toBe(id);
    const { items, counts } = await listEnrolments(store.db, testKeyring, {
      today: '2027-05-10',
      bops: ['2'],
      filter: { fiscalYear: 2027, month: '2027-08', withdrawn: true },
      limit: 10,
      offset: 0,
    });
    expect([items.map((one) => one.id), counts.children]).toEqual([[id], 1]);
  });
});
