import { randomUUID } from 'node:crypto';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import type { Db } from '../store/db.ts';
import { newestSetting, saveSetting } from '../store/settings.ts';
import type { Period } from '../store/setting-values.ts';

/**
 * The first round of a fiscal year, open today, whatever day it is: the contract's own dates are over at some time, and what a
 * test decides then would be told at once instead of waiting for the notices' day. The year's other periods are not kept.
 * @returns its days, some weeks apart
 */
export async function openFirstRound(db: Db, fiscalYear: number, procedure = 'admission') {
  const today = tokyoDate(new Date().toISOString());
  const round = {
    fiscalYear,
    round: 'first',
    opensOn: addDays(today, -20),
    closesOn: addDays(today, 20),
    noticesOn: addDays(today, 60),
  } satisfies Period;
  const setting = await newestSetting(db, `periods:${procedure}`);
  await saveSetting(db, {
    key: `periods:${procedure}`,
    value: [...(setting?.value ?? []).filter((period) => period.fiscalYear !== fiscalYear), round],
    basedOn: setting?.version ?? 0,
    note: '試験のため',
    changedBy: randomUUID(),
  });
  return round;
}
