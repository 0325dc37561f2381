import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWorkingDay } from '../domain/calendar/working-days.ts';
import { PROCEDURES } from '../domain/procedures/registry.ts';
import { addTestAccount, openTestStore } from '../testing/store.ts';
import type { Db } from './db.ts';
import { defaultSettings, settingSchema } from './setting-values.ts';
import {
  applicationSettingsAt,
  criteriaOf,
  newestSetting,
  saveSetting,
  seedSettings,
  SettingChangedError,
  settingAt,
  wardSettings,
} from './settings.ts';

let db: Db;
let close: () => Promise<void>;
let ward: string;
const start = new Date('2026-11-01T00:00:00.000Z');
beforeAll(async () => {
  ({ db, close } = await openTestStore());
  ward = await addTestAccount(db, { role: 'ward' });
});
afterAll(() => close());

describe('settings', () => {
  it('the defaults are what their own checks accept', () => {
    for (const [key, value] of Object.entries(defaultSettings(start))) {
      expect(settingSchema(key).parse(value)).toEqual(JSON.parse(JSON.stringify(value)));
    }
  });

  it('defaults are written once, by however many processes', async () => {
    const results = await Promise.all([1, 2, 3].map(() => seedSettings(db, start)));
    expect(results.flat().sort()).toEqual(Object.keys(defaultSettings(start)).sort());
    const { value } = await settingAt(db, 'calendar', start.toISOString());
    expect(isWorkingDay('2026-11-03', value)).toBe(false);
  });

  it('an application is judged by what was in force when it was received (Q10)', async () => {
    const at = '2026-11-02T00:00:00.000Z';
    const before = await applicationSettingsAt(db, 'admission', at);
    const { value, version } = (await newestSetting(db, 'criteria:admission'))!;
    const changed = value.map((one, i) => (i === 0 ? { ...one, title: '変更後' } : one));
    const edition = { key: 'criteria:admission', value: changed, note: '改正', changedBy: ward } as const;
    await saveSetting(db, { ...edition, basedOn: version });
    expect(await applicationSettingsAt(db, 'admission', at)).toEqual(before);
    expect((await criteriaOf(db, 'admission', before.criteriaVersion))[0]?.title).toBe(value[0]?.title);
    expect((await criteriaOf(db, 'admission'))[0]?.title).toBe('変更後');
    await expect(saveSetting(db, { ...edition, basedOn: version })).rejects.toThrow(SettingChangedError);
  });

  it('what is asked in one moment is each answered for itself: another key, another instant, none', async () => {
    const [long, now] = ['2000-01-01T00:00:00.000Z', new Date().toISOString()];
    const first = await newestSetting(db, 'deadlines');
    const saved = await saveSetting(db, {
      key: 'deadlines',
      value: first!.value,
      basedOn: first!.version,
      note: '二版',
      changedBy: ward,
    });
    const later = new Date(Date.parse(saved.changedAt) + 1000).toISOString();
    const asked = await Promise.allSettled([
      settingAt(db, 'deadlines', long),
      settingAt(db, 'office', now),
      settingAt(db, 'deadlines', later),
      settingAt(db, 'criteria:nothing' as 'office', now),
      settingAt(db, 'deadlines', start.toISOString()),
    ]);
    const seen = asked.map((one) =>
      one.status === 'fulfilled' ? [one.value.key, one.value.version] : 'none',
    );
    const { version } = saved;
    expect(seen).toEqual([
      ['deadlines', 1],
      ['office', 1],
      ['deadlines', version],
      'none',
      ['deadlines', version - 1],
    ]);
    expect(asked[2]).toMatchObject({ value: saved });
  });

  it("the ward's own are not overwritten by newer defaults, the system's are", async () => {
    const next = new Date('2027-11-01T00:00:00.000Z');
    const written = await seedSettings(db, next);
    expect(written).toContain('calendar');
    expect(written).not.toContain('criteria:admission');
  });

  it('refuses what would not work', async () => {
    const { value, version } = (await newestSetting(db, 'deadlines'))!;
    const wrong = { ...value, reminderTime: '9時' };
    const edition = { key: 'deadlines', value: wrong, basedOn: version, note: '', changedBy: ward } as const;
    await expect(saveSetting(db, edition)).rejects.toThrow(/HH:MM/);
  });

  it("years without the ward's dates have the contract's (Q23)", async () => {
    const periods = await wardSettings(db).periods({ code: 'admission' }, '2031-05-01');
    expect(periods).toContainEqual({
      fiscalYear: 2032,
      round: 'first',
      opensOn: '2031-11-02',
      closesOn: '2031-12-15',
      noticesOn: '2032-01-31',
    });
  });

  it('only admission and extended use have rounds; the rest is open all year, for this year and the next (Q23)', async () => {
    const roundsOf = async (code: string) =>
      (await wardSettings(db).periods({ code }, '2031-05-01'))
        .filter(({ fiscalYear }) => fiscalYear >= 2031)
        .map(({ fiscalYear, round, opensOn }) => [fiscalYear, round, opensOn]);
    const rounds = await roundsOf('admission');
    expect(rounds.map(([, round]) => round)).toEqual(['anytime', 'first', 'second', 'anytime']);
    expect(await roundsOf('extendedUse')).toEqual(rounds);
    for (const { code } of PROCEDURES.filter((one) => !['admission', 'extendedUse'].includes(one.code))) {
      expect(await roundsOf(code), code).toEqual([
        [2031, 'anytime', null],
        [2032, 'anytime', null],
      ]);
    }
  });
});
