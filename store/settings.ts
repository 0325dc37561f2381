import { isDeepStrictEqual } from 'node:util';
import type { ApplicationSettings } from '../domain/application/settings.ts';
import { tokyoDate, type LocalDate } from '../domain/calendar/dates.ts';
import type { WorkCalendar } from '../domain/calendar/working-days.ts';
import { hasEffectiveDate } from '../domain/enrolment/decided.ts';
import { editionOn } from '../domain/settings/dated.ts';
import { criterionRefs } from '../domain/procedures/criteria.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import type { CriteriaParameters, Criterion } from '../domain/procedures/definition.ts';
import { uniqueViolation, type Db, type DbOrTransaction } from './db.ts';
import { editionAt } from './setting-at.ts';
import { defaultPeriods, defaultSettings, settingSchema } from './setting-values.ts';
import type { Period, SettingKey, SettingValues } from './setting-values.ts';

export type { LetterTemplate, Office, Period, SettingKey, SettingValues } from './setting-values.ts';

/** An edition of a setting. Editions are only added, never changed: applications are judged by those in force at receipt. */
export interface Setting<K extends SettingKey = SettingKey> {
  key: K;
  version: number;
  value: SettingValues[K];
  note: string;
  /** Null: shipped with the system, to be replaced by the ward's own. */
  changedBy: string | null;
  changedAt: string;
  /** The first day on which it holds (`dated-settings.ts`); null: from when it was saved, or always. */
  validFrom: LocalDate | null;
}

/** Somebody else has saved an edition meanwhile. */
export class SettingChangedError extends Error {
  constructor(key: string) {
    super(`setting ${key} was changed by somebody else`);
    this.name = 'SettingChangedError';
  }
}

export const SETTING_COLUMNS = [
  'key',
  'version',
  'value',
  'note',
  'changed_by as changedBy',
  'changed_at as changedAt',
  'valid_from as validFrom',
] as const;

const DEFAULT_NOTE = '既定値（区の定めに置き換えてください）';

/**
 * Writes the defaults that are missing, and newer defaults where the ward has set nothing of its own. Several processes may
 * do so at once. @returns the keys that got a new edition
 */
export async function seedSettings(db: Db, now: Date): Promise<readonly string[]> {
  const written: string[] = [];
  for (const [key, value] of Object.entries(defaultSettings(now))) {
    const newest = await newestSetting(db, key as SettingKey);
    if (newest && (newest.changedBy !== null || isDeepStrictEqual(newest.value, plain(value)))) continue;
    const result = await db
      .insertInto('settings')
      .values({
        key,
        version: (newest?.version ?? 0) + 1,
        value: JSON.stringify(value),
        note: DEFAULT_NOTE,
        changed_by: null,
        changed_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (result.numInsertedOrUpdatedRows === 1n) written.push(key);
  }
  return written;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** The newest edition, or undefined before {@link seedSettings}. */
export async function newestSetting<K extends SettingKey>(
  db: DbOrTransaction,
  key: K,
): Promise<Setting<K> | undefined> {
  const row = await db
    .selectFrom('settings')
    .select(SETTING_COLUMNS)
    .where('key', '=', key)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row as Setting<K> | undefined;
}

/** The edition in force at an instant; the first one for instants before it. @throws Error before {@link seedSettings} */
export async function settingAt<K extends SettingKey>(db: Db, key: K, at: string): Promise<Setting<K>> {
  const row = await editionAt(db, key, at);
  if (!row) throw new Error(`setting ${key} has no value; has the system been set up?`);
  return row as Setting<K>;
}

/** The value of one edition. @throws Error where there is no such edition */
export async function settingEdition<K extends SettingKey>(
  db: Db,
  key: K,
  version: number,
): Promise<SettingValues[K]> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', key)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row) throw new Error(`no edition ${String(version)} of ${key}`);
  return row.value as SettingValues[K];
}

/** All editions of a setting, the newest first: its history. */
export async function settingHistory<K extends SettingKey>(db: Db, key: K): Promise<readonly Setting<K>[]> {
  const rows = await db
    .selectFrom('settings')
    .select(SETTING_COLUMNS)
    .where('key', '=', key)
    .orderBy('version', 'desc')
    .execute();
  return rows as Setting<K>[];
}

/**
 * Saves a new edition. `basedOn` is the edition that the person saw; `validFrom` the first day on which it holds.
 * @throws {SettingChangedError} if there is a newer one by now
 * @throws {z.ZodError} if the value is not what the key needs
 */
export async function saveSetting<K extends SettingKey>(
  db: Db,
  edition: {
    key: K;
    value: SettingValues[K];
    basedOn: number;
    note: string;
    changedBy: string;
    validFrom?: LocalDate | null;
  },
): Promise<Setting<K>> {
  const value = settingSchema(edition.key).parse(edition.value);
  const newest = await newestSetting(db, edition.key);
  if ((newest?.version ?? 0) !== edition.basedOn) throw new SettingChangedError(edition.key);
  try {
    const row = await db
      .insertInto('settings')
      .values({
        key: edition.key,
        version: edition.basedOn + 1,
        value: JSON.stringify(value),
        note: edition.note,
        changed_by: edition.changedBy,
        valid_from: edition.validFrom ?? null,
      })
      .returning(SETTING_COLUMNS)
      .executeTakeFirstOrThrow();
    return row as Setting<K>;
  } catch (error) {
    if (uniqueViolation(error) !== undefined) throw new SettingChangedError(edition.key);
    throw error;
  }
}

/**
 * What an application is judged by, as its workflow keeps it (Q10): in force at the instant given.
 * @param round the application's round, whose decisions may be told on one day (Q23)
 */
export async function applicationSettingsAt(
  db: Db,
  procedure: string,
  at: string,
  round?: { fiscalYear: number; round: string },
): Promise<ApplicationSettings> {
  const [calendar, deadlines, criteria, periods] = await Promise.all([
    settingAt(db, 'calendar', at),
    settingAt(db, 'deadlines', at),
    criteriaInForce(db, procedure, at),
    settingAt(db, `periods:${procedure}`, at),
  ]);
  const definition = procedureOf(procedure);
  const own = [...periods.value, ...defaultPeriods(tokyoDate(at), procedure)].find(
    (period) => period.fiscalYear === round?.fiscalYear && period.round === round.round,
  );
  return {
    calendar: calendar.value,
    deadlines: deadlines.value,
    criteriaVersion: String(criteria.version),
    criteria: criterionRefs(criteria.value),
    ...(own?.noticesOn ? { noticesOn: own.noticesOn } : {}),
    ...(definition && !hasEffectiveDate(definition) ? { effectiveDate: false } : {}),
  };
}

/**
 * The criteria that hold on the day of an instant (Asia/Tokyo), as they were known then: an application is judged by those of the
 * day of its receipt, whatever is set afterwards (Q10). The first edition holds for what came before it.
 */
async function criteriaInForce(
  db: Db,
  procedure: string,
  at: string,
): Promise<Setting<`criteria:${string}`>> {
  const all = await settingHistory(db, `criteria:${procedure}`);
  const known = all.filter((edition) => edition.changedAt <= at);
  const found = editionOn(known, tokyoDate(at)) ?? all.at(-1);
  if (!found) throw new Error(`setting criteria:${procedure} has no value; has the system been set up?`);
  return found;
}

/** The criteria of an edition with wording and reasons, as `ApplicationSettings.criteriaVersion` names it; else today's. */
export async function criteriaOf(db: Db, procedure: string, version?: string): Promise<readonly Criterion[]> {
  const key = `criteria:${procedure}` as const;
  if (version === undefined) return (await criteriaInForce(db, procedure, new Date().toISOString())).value;
  const known = editions.get(db) ?? new Map<string, readonly Criterion[]>();
  editions.set(db, known);
  const id = `${key} ${version}`;
  const remembered = known.get(id);
  if (remembered) return remembered;
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', key)
    .where('version', '=', Number(version))
    .executeTakeFirst();
  if (!row) throw new Error(`no edition ${version} of ${key}`);
  const value = row.value as readonly Criterion[];
  known.set(id, value);
  return value;
}

/** Editions never change, and every step of an application asks for its own: each is read once a process. */
const editions = new WeakMap<Db, Map<string, readonly Criterion[]>>();

/** The settings that filing and review read, the newest of each; the shape that the API works with. */
export function wardSettings(db: Db) {
  const now = () => new Date().toISOString();
  return {
    /** The ward's dates; the contract's for years that the ward has said nothing of (Q23). */
    async periods(procedure: { code: string }, today: LocalDate): Promise<readonly Period[]> {
      const { value } = await settingAt(db, `periods:${procedure.code}`, now());
      const known = new Set(value.map((period) => period.fiscalYear));
      return [
        ...value,
        ...defaultPeriods(today, procedure.code).filter((period) => !known.has(period.fiscalYear)),
      ];
    },
    criteria: (procedure: { code: string }, version?: string) => criteriaOf(db, procedure.code, version),
    async parameters(procedure: { code: string }): Promise<CriteriaParameters> {
      return (await settingAt(db, `parameters:${procedure.code}`, now())).value;
    },
    async calendar(): Promise<WorkCalendar> {
      return (await settingAt(db, 'calendar', now())).value;
    },
  };
}

/** Is the calendar known for the year from now on? For operations: it wants the ward's new dates in time. */
export async function calendarKnownUntil(db: Db, now: Date): Promise<{ day: LocalDate; enough: boolean }> {
  const { value } = await settingAt(db, 'calendar', now.toISOString());
  const inHalfAYear = tokyoDate(new Date(now.getTime() + 183 * 86_400_000).toISOString());
  return { day: value.knownUntil, enough: value.knownUntil >= inHalfAYear };
}
