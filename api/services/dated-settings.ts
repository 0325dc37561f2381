import type { z } from 'zod';
import { tokyoDate, type LocalDate } from '../../domain/calendar/dates.ts';
import { exampleNotice, exampleProcedure } from '../../domain/notices/example.ts';
import { PROCEDURES } from '../../domain/procedures/registry.ts';
import {
  DATED_SETTING_LABELS,
  editionOn,
  standingOf,
  validFromProblem,
  type DatedSettingKey,
} from '../../domain/settings/dated.ts';
import { sampleWithWindow } from '../../printing/notice.ts';
import { feesNow } from '../../store/dated-settings.ts';
import type { EnvelopeWindow } from '../../store/notice-settings.ts';
import { saveSetting, SettingChangedError, settingAt, settingHistory } from '../../store/settings.ts';
import type { Setting } from '../../store/settings.ts';
import { settingSchema, type SettingValues } from '../../store/setting-values.ts';
import type { DatedSettingResponse, SaveSettingRequest } from '../contract/settings.ts';
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
export async function datedSetting(
  deps: ApiDeps,
  key: DatedSettingKey,
  mayEdit: boolean,
): Promise<DatedSettingResponse> {
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
    label: DATED_SETTING_LABELS[key],
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
export function checkProposal<K extends DatedSettingKey>(
  key: K,
  { value, validFrom }: { value?: unknown; validFrom: string },
): SettingValues[K] {
  const parsed = settingSchema(key).safeParse(value);
  const wrongDay = validFromProblem(key, validFrom);
  const errors = [
    ...(wrongDay === undefined ? [] : [{ path: 'validFrom', message: wrongDay }]),
    ...(parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => ({ path: ['value', ...path].join('.'), message }))),
  ];
  if (errors.length > 0) throw new ProblemError('invalid', { errors });
  return parsed.data as SettingValues[K];
}

/** Saves a new edition. @throws {ProblemError} `invalid`, `settingChanged` */
export async function saveDatedSetting(
  deps: ApiDeps,
  key: DatedSettingKey,
  body: z.output<typeof SaveSettingRequest>,
  changedBy: string,
): Promise<void> {
  const value = checkProposal(key, body);
  const { basedOn, note, validFrom } = body;
  try {
    await saveSetting(deps.db, { key, value, basedOn, note, changedBy, validFrom });
  } catch (error) {
    if (error instanceof SettingChangedError) throw new ProblemError('settingChanged', { cause: error });
    throw error;
  }
}

/** A sample with the address where this window would show it, and the window's edge. */
export async function windowSample(deps: ApiDeps, window: EnvelopeWindow): Promise<Buffer> {
  const now = deps.now().toISOString();
  const kind = 'admissionApproved';
  const definition = exampleProcedure(kind, PROCEDURES);
  if (!definition) throw notFound();
  const content = exampleNotice(kind, definition, {
    template: await settingAt(deps.db, `notice:${kind}`, now),
    office: await settingAt(deps.db, 'office', now),
    window,
    fees: await feesNow(deps.db),
  });
  const page = `${deps.config.http.publicUrl}/verify`;
  return sampleWithWindow(
    { ...content, title: `【見本】${content.title}` },
    { url: `${page}#sample`, page, checkCode: '00000000' },
    window,
  );
}
