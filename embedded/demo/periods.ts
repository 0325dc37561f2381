import { tokyoDate } from '../../domain/calendar/dates.ts';
import type { Db } from '../../store/db.ts';
import { newestSetting, saveSetting } from '../../store/settings.ts';
import { demoId, DEMO_STAFF } from './accounts.ts';

/** The fiscal year that the made-up families apply for. */
const DEMO_FISCAL_YEAR = 2027;

/**
 * Between the rounds nobody can apply (Q23), and a demonstration on such a day would have nothing to show: then, as the ward
 * could, applications for the families' year are opened without a date. On other days nothing is changed.
 */
export async function openForDemo(db: Db, now: Date): Promise<void> {
  const today = tokyoDate(now.toISOString());
  const setting = await newestSetting(db, 'periods:admission');
  if (!setting) throw new Error('the settings have not been written yet');
  const open = setting.value.some(
    ({ fiscalYear, opensOn, closesOn }) =>
      fiscalYear === DEMO_FISCAL_YEAR &&
      (opensOn === null || opensOn <= today) &&
      (closesOn === null || today <= closesOn),
  );
  if (open) return;
  const period = {
    fiscalYear: DEMO_FISCAL_YEAR,
    round: 'anytime',
    opensOn: null,
    closesOn: null,
    noticesOn: null,
  };
  await saveSetting(db, {
    key: 'periods:admission',
    value: [...setting.value, period],
    basedOn: setting.version,
    note: '見本データ: 受付期間の外でも試せるように',
    changedBy: demoId('staff', DEMO_STAFF.ward.login),
  });
}
