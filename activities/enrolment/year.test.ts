import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EnrolmentEffect } from '../../domain/enrolment/effects.ts';
import { admittedBy } from '../../domain/enrolment/enrolment.ts';
import { DEFAULT_YEAR_CHANGE, type YearChangePolicy } from '../../domain/enrolment/year-change.ts';
import type { GatewayWrite } from '../../kintone/gateway/index.ts';
import { recordEntry } from '../../store/enrolment-entries.ts';
import { enrolmentById, enrolmentIdOf } from '../../store/enrolments.ts';
import { receiveSubmission } from '../../store/receive.ts';
import { seedSettings } from '../../store/settings.ts';
import { confirmYearRun, createYearRun, yearCounts, yearItems } from '../../store/year-changes.ts';
import { addTestAccount, openTestStore, testKeyring, testSubmission } from '../../testing/store.ts';
import { createWriteYearBatch } from './year.ts';

/** The change of the year where a worker dies at any moment: each child’s next year is written once, and kintone has it. */
const POLICY: YearChangePolicy = { ...DEFAULT_YEAR_CHANGE, admission: 'continues', extendedUse: 'continues' };
let store: Awaited<ReturnType<typeof openTestStore>>;
let ward: string;
let made = 0;

beforeAll(async () => {
  store = await openTestStore();
  await seedSettings(store.db, new Date('2026-01-01T00:00:00Z'));
  ward = await addTestAccount(store.db, { role: 'ward' });
});
afterAll(() => store.close());

const written = new Map<string, number>();
let dies: (part: 'before' | 'after') => boolean;
const gateway = {
  upsert: async (writes: readonly GatewayWrite[]) => {
    if (dies('before')) throw new Error('killed before kintone');
    for (const { key } of writes) written.set(key, (written.get(key) ?? 0) + 1);
    if (dies('after')) throw new Error('killed after kintone');
  },
} as never;
const batch = () => createWriteYearBatch({ db: store.db, keyring: testKeyring, gateway });
beforeEach(() => {
  dies = () => false;
  written.clear();
});

async function member(effects: readonly EnrolmentEffect[]) {
  made += 1;
  const childKey = `child-${String(made)}`;
  let id = '';
  for (const [index, effect] of effects.entries()) {
    const submission = testSubmission({ lockKey: randomUUID(), applicantId: await addTestAccount(store.db) });
    const outcome = await receiveSubmission(store.db, testKeyring, submission);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    const { id: applicationId, receiptNumber } = outcome.application;
    await store.db
      .updateTable('applications')
      .set({ child_key: childKey })
      .where('id', '=', applicationId)
      .execute();
    const decidedAt = `2027-03-0${String(index + 1)}T00:00:00.000Z`;
    const entry = { applicationId, receiptNumber, decidedAt, effect };
    id = await recordEntry(store.db, { childKey, fiscalYear: 2027, entry });
  }
  return { id, childKey, nextId: enrolmentIdOf(2028, childKey) };
}
const ADMIT: EnrolmentEffect = { kind: 'admit', bop: '2', from: '2027-04-01' };
const EXTEND: EnrolmentEffect = { kind: 'extend', mode: 'monthly', from: '2027-04', to: '2028-03' };
const GOES_ON = [
  { kind: 'admit', bop: '2', from: '2028-04-01' },
  { kind: 'extend', mode: 'monthly', from: '2028-04', to: '2029-03' },
] as const;

async function confirmed(members: readonly { id: string }[]) {
  const id = randomUUID();
  const items = members.map(({ id: enrolmentId }) => ({
    enrolmentId,
    plan: 'continues' as const,
    continues: GOES_ON,
    again: [],
    reason: null,
  }));
  await createYearRun(store.db, { id, fiscalYear: 2027, policy: POLICY, createdBy: ward }, items);
  expect(await confirmYearRun(store.db, id, ward)).toBe('confirmed');
  return id;
}
const finish = (id: string) =>
  store.db.updateTable('year_changes').set({ status: 'done' }).where('id', '=', id).execute();

describe('the change of the year', () => {
  it('writes nobody twice and leaves nobody out, wherever the worker dies', async () => {
    const members = await Promise.all(Array.from({ length: 6 }, () => member([ADMIT, EXTEND])));
    const run = await confirmed(members);
    let turn = 0;
    dies = (part) => {
      turn += 1;
      return part === 'before' ? turn % 3 === 1 : turn % 4 === 0;
    };
    for (let attempt = 0; ; attempt += 1) {
      expect(attempt, 'it comes to its end').toBeLessThan(50);
      try {
        if ((await batch()({ runId: run, size: 4 })).left === 0) break;
      } catch (error) {
        expect(String(error)).toContain('killed');
      }
    }
    for (const { nextId } of members) {
      const next = await enrolmentById(store.db, nextId);
      expect(next?.enrolment.admission).toMatchObject([{ bop: '2', from: '2028-04-01', to: '2029-03-31' }]);
      expect(next?.enrolment.history).toHaveLength(2);
      // The admission's form has the child's data, also for the ward's own system.
      const ending = (await enrolmentById(store.db, enrolmentIdOf(2027, next!.childKey)))!;
      expect(admittedBy(next!.enrolment)).toBe(ending.enrolment.history[0]!.entry.applicationId);
      expect(written.get(nextId)).toBeGreaterThanOrEqual(1);
    }
    expect(await yearCounts(store.db, run)).toMatchObject({ continues: 6, written: 6, open: 0 });
    const waiting = await store.db
      .selectFrom('enrolment_entries')
      .select('entry_id')
      .where('source', '=', 'yearChange')
      .where('carried_at', 'is', null)
      .execute();
    expect(waiting).toEqual([]);
    await finish(run);
  });

  it('two workers at the same moment, or a second run, write each child once', async () => {
    const members = await Promise.all(Array.from({ length: 3 }, () => member([ADMIT, EXTEND])));
    const run = await confirmed(members);
    await Promise.all([batch()({ runId: run, size: 10 }), batch()({ runId: run, size: 10 })]);
    await finish(run);
    const second = await confirmed(members);
    await batch()({ runId: second, size: 10 });
    expect((await yearItems(store.db, second)).map(({ result }) => result)).toEqual([
      'already',
      'already',
      'already',
    ]);
    await finish(second);
    for (const { nextId } of members) {
      expect((await enrolmentById(store.db, nextId))?.enrolment.history).toHaveLength(2);
    }
  });

  it('leaves out who has changed since the preview, and has a year that was written follow what comes later', async () => {
    const [goes, leaves] = [await member([ADMIT, EXTEND]), await member([ADMIT, EXTEND])];
    const run = await confirmed([goes, leaves]);
    const withdraw = async ({ id, childKey }: { id: string; childKey: string }) => {
      const stored = (await enrolmentById(store.db, id))!;
      const [first] = stored.enrolment.history;
      const entry = {
        ...first!.entry,
        decidedAt: '2028-03-20T00:00:00.000Z',
        effect: { kind: 'withdraw', lastDay: '2028-03-31' } as const,
        record: { id: randomUUID(), source: 'schoolMove', by: ward } as const,
      };
      await recordEntry(store.db, { childKey, fiscalYear: 2027, entry });
    };
    await withdraw(leaves);
    expect(await batch()({ runId: run, size: 10 })).toEqual({ left: 0 });
    const results = new Map((await yearItems(store.db, run)).map((item) => [item.enrolmentId, item.result]));
    expect([results.get(goes.id), results.get(leaves.id)]).toEqual(['written', 'changed']);
    expect(await enrolmentById(store.db, leaves.nextId)).toBeUndefined();
    await withdraw(goes);
    const after = (await enrolmentById(store.db, goes.nextId))!.enrolment;
    expect([after.admission, after.extendedUse]).toEqual([[], []]);
    await finish(run);
  });
});
