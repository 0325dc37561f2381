import { expect } from 'vitest';
import { noticeKindOf } from '../../domain/notices/kinds.ts';
import { noticesOf } from '../../store/notices.ts';
import { eventsOf } from '../../store/events.ts';
import type { Town, TownApplication } from './town.ts';

/** What the notice of a decision says, by the labels of its rows, as kintone was given it. */
export async function noticeOf(town: Town, app: TownApplication): Promise<Readonly<Record<string, string>>> {
  const [notice] = await noticesOf(town.system.store.db, app.id);
  const record = town.system.records.get(notice?.id ?? '')?.record;
  const content = JSON.parse(String(record?.['content']?.value)) as {
    rows: readonly { label: string; value: string }[];
  };
  return Object.fromEntries(content.rows.map(({ label, value }) => [label, value]));
}

/**
 * Every application has ended, its family got one mail of the receipt and one of the end, a decision has one notice that stands,
 * and the numbers of each kind and year run from 1 without a gap. @returns how many ended how
 */
export async function expectEachToldOnce(town: Town): Promise<Readonly<Record<string, number>>> {
  const { db } = town.system.store;
  const ends: Record<string, number> = {};
  for (const app of town.applications) {
    const what = `${app.child} ${app.procedure} ${app.receiptNumber}`;
    const stage = (await town.system.stageOf(app.id)) ?? '';
    ends[stage] = (ends[stage] ?? 0) + 1;
    const templates = town.system.templatesOf(app.id);
    const decided = stage === 'approved' || stage === 'refused';
    expect(
      ['received', 'decided', 'cancelled'].map((one) => templates.filter((t) => t === one).length),
      what,
    ).toEqual([1, decided ? 1 : 0, stage === 'cancelled' ? 1 : 0]);
    const standing = (await noticesOf(db, app.id)).filter(({ voidedAt }) => voidedAt === null);
    const kind = decided ? noticeKindOf(app.procedure, stage) : undefined;
    expect(
      standing.map((notice) => notice.kind),
      what,
    ).toEqual(kind === undefined ? [] : [kind]);
    for (const { releasedAt } of standing) expect(releasedAt, what).not.toBeNull();
    const types = (await eventsOf(db, app.id)).map(({ type }) => type);
    expect(
      types.filter((type) => type === 'decided' || type === 'released').length,
      what,
    ).toBeLessThanOrEqual(2);
  }
  const references = await db.selectFrom('notices').select('reference').orderBy('reference').execute();
  const serials = new Map<string, number[]>();
  for (const { reference } of references) {
    const [kind = '', serial = ''] = reference.split('-');
    serials.set(kind, [...(serials.get(kind) ?? []), Number(serial)]);
  }
  for (const [kind, numbers] of serials)
    expect([kind, numbers]).toEqual([kind, numbers.map((_, at) => at + 1)]);
  return ends;
}
