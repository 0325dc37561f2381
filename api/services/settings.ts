import type { z } from 'zod';
import { tokyoDate, type LocalDate } from '../../domain/calendar/dates.ts';
import { editionOn, standingOf } from '../../domain/settings/dated.ts';
import {
  dayProblem,
  isDated,
  letterProblems,
  isCriteria,
  procedureOfCriteria,
  wardSettingLabel,
  type WardSettingKey,
} from '../../domain/settings/ward.ts';
import { calendarProblems } from '../../domain/settings/calendar.ts';
import { criteriaProblems } from '../../domain/settings/criteria.ts';
import type { WorkCalendar } from '../../domain/calendar/working-days.ts';
import type { Criterion } from '../../domain/procedures/definition.ts';
import { settingsToTell } from '../../store/settings-told.ts';
import { saveSetting, SettingChangedError, settingHistory } from '../../store/settings.ts';
import type { Setting } from '../../store/settings.ts';
import { settingSchema, type LetterTemplate, type SettingValues } from '../../store/setting-values.ts';
import type { WardSettingResponse, SaveSettingRequest } from '../contract/settings.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, ProblemError } from '../problems.ts';
import { loadPeople, type People } from '../views/people.ts';

/** The shape of a view of an edition. */
function editionView(one: Setting, all: readonly Setting[], today: LocalDate, people: People) {
  return {
    version: one.version,
    validFrom: one.validFrom,
    standing: standingOf(one, all, today),
    isDefault: one.changedBy === null,
    changedBy: people.refOrNull(one.changedBy),
    changedAt: one.changedAt,
    note: one.note,
    value: one.value as unknown,
  };
}

/** A setting with all of its editions, the newest first. @throws {ProblemError} `notFound` before it was seeded */
export async function wardSetting(
  deps: ApiDeps,
  key: WardSettingKey,
  mayEdit: boolean,
): Promise<WardSettingResponse> {
  const history: readonly Setting[] = await settingHistory(deps.db, key);
  const [newest] = history;
  const today = tokyoDate(deps.now().toISOString());
  const inForce = editionOn(history, today);
  if (!newest || !inForce) throw notFound();
  const people = await loadPeople(
    deps,
    history.map((one) => one.changedBy),
  );
  return {
    key,
    label: wardSettingLabel(key),
    version: newest.version,
    value: inForce.value,
    editions: history.map((one) => editionView(one, history, today, people)),
    mayEdit,
  };
}

/**
 * A proposed edition, as it would be kept.
 * @throws {ProblemError} `invalid` with what to put right, each at its field (`value.monthly`, `validFrom`)
 */
export function checkProposal<K extends WardSettingKey>(
  key: K,
  { value, validFrom }: { value?: unknown; validFrom: string },
): SettingValues[K] {
  const parsed = settingSchema(key).safeParse(value);
  const wrongDay = dayProblem(key, validFrom);
  const errors = [
    ...(wrongDay === undefined ? [] : [{ path: 'validFrom', message: wrongDay }]),
    ...(parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => ({ path: ['value', ...path].join('.'), message }))),
    ...(key === 'letter.deficiency' && parsed.success
      ? letterProblems(parsed.data as LetterTemplate).map(({ path, message }) => ({
          path: `value.${path}`,
          message,
        }))
      : []),
    ...(isCriteria(key) && parsed.success
      ? criteriaProblems(procedureOfCriteria(key), parsed.data as readonly Criterion[]).map(
          ({ path, message }) => ({ path: `value.${path}`, message }),
        )
      : []),
    ...(key === 'calendar' && parsed.success
      ? calendarProblems(parsed.data as WorkCalendar).map(({ path, message }) => ({
          path: `value.${path}`,
          message,
        }))
      : []),
  ];
  if (errors.length > 0) throw new ProblemError('invalid', { errors });
  return parsed.data as SettingValues[K];
}

/**
 * Has the open applications read the calendar and the deadlines again. Saved is safe: where Temporal is away, the keeper tells
 * them as soon as it answers (`enrolment-keeper.ts`).
 */
export async function tellOpenApplications(deps: ApiDeps): Promise<void> {
  try {
    const version = await settingsToTell(deps.db);
    if (version !== undefined) await deps.enrolments.tellSettings(version);
  } catch (error) {
    deps.log.warn({ err: error }, 'open applications are told of the settings later');
  }
}

/** Saves a new edition. @throws {ProblemError} `invalid`, `settingChanged` */
export async function saveWardSetting(
  deps: ApiDeps,
  key: WardSettingKey,
  body: z.output<typeof SaveSettingRequest>,
  changedBy: string,
): Promise<void> {
  const value = checkProposal(key, body);
  const { basedOn, note, validFrom } = body;
  try {
    const day = isDated(key) ? validFrom : null;
    const kept = key === 'calendar' ? { ...(value as WorkCalendar), version: String(basedOn + 1) } : value;
    await saveSetting(deps.db, {
      key,
      value: kept,
      basedOn,
      note,
      changedBy,
      validFrom: day,
    });
  } catch (error) {
    if (error instanceof SettingChangedError) throw new ProblemError('settingChanged', { cause: error });
    throw error;
  }
}
