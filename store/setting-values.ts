import { z } from 'zod';
import type { DeadlinePolicy } from '../domain/application/settings.ts';
import { DEFAULT_DEADLINES } from '../domain/application/settings.ts';
import { fiscalYearOf, isLocalDate, tokyoDate, type LocalDate } from '../domain/calendar/dates.ts';
import { defaultCalendar } from '../domain/calendar/holidays.ts';
import type { WorkCalendar } from '../domain/calendar/working-days.ts';
import {
  DEFAULT_PARAMETERS,
  type CriteriaParameters,
  type Criterion,
} from '../domain/procedures/definition.ts';
import { DEFAULT_PLACE_RULES, PRIORITIES, type PlaceRulesByBop } from '../domain/rounds/places.ts';
import { DEFAULT_FEE_TABLE, type FeeTable } from '../domain/enrolment/fees.ts';
import { DEFAULT_YEAR_CHANGE, type YearChangePolicy } from '../domain/enrolment/year-change.ts';
import { defaultNoticeSettings } from '../domain/notices/default-templates.ts';
import type { NoticeTemplate } from '../domain/notices/template.ts';
import { PROCEDURES } from '../domain/procedures/registry.ts';
import { DEFAULT_EXPORT_PROFILES, DEFAULT_REPLACEMENTS } from '../domain/exports/default-profiles.ts';
import type { ExportProfile, Replacement } from '../domain/exports/profile.ts';
import { USUAL_OFFICE } from '../domain/texts/office.ts';
import {
  exportProfilesSchema,
  exportReplacementsSchema,
  exportRetentionSchema,
} from './export-setting-schemas.ts';
import { DEFAULT_ENVELOPE_WINDOW, noticeSchemas, type EnvelopeWindow } from './notice-settings.ts';
import type { LetterTemplate, Office } from '../domain/settings/ward-values.ts';

export type { LetterTemplate, Office } from '../domain/settings/ward-values.ts';

/** Days in which applications for a fiscal year are taken (Q23). */
export interface Period {
  fiscalYear: number;
  /** `first` and `second` (一斉受付), `anytime` (随時). */
  round: string;
  opensOn: LocalDate | null;
  closesOn: LocalDate | null;
  noticesOn: LocalDate | null;
}

/** Places of extended use a 新BOP; `byBop` where one has another number than the others. */
export type ExtendedPlaces = PlaceRulesByBop;

/** Everything that the ward sets, by key; a key of a procedure ends with its code. */
export interface SettingValues {
  calendar: WorkCalendar;
  deadlines: DeadlinePolicy;
  office: Office;
  mail: { footer: string | null };
  'letter.deficiency': LetterTemplate;
  fees: FeeTable;
  yearChange: YearChangePolicy;
  /** The places of extended use (延長利用) and who gets them first. */
  extendedPlaces: ExtendedPlaces;
  exportProfiles: readonly ExportProfile[];
  exportReplacements: readonly Replacement[];
  exportRetention: { days: number };
  /** Where the window of the ward's envelopes is (Q22). */
  envelopeWindow: EnvelopeWindow;
  [notice: `notice:${string}`]: NoticeTemplate;
  [criteria: `criteria:${string}`]: readonly Criterion[];
  [parameters: `parameters:${string}`]: CriteriaParameters;
  [periods: `periods:${string}`]: readonly Period[];
}
export type SettingKey = keyof SettingValues;

const day = z.string().refine(isLocalDate, '日付（YYYY-MM-DD）を入力してください。');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '時刻（HH:MM）を入力してください。');
const words = z.string().trim().min(1, '入力してください。').max(2000, '2000文字以内で入力してください。');
const daysOf = (min: number, max: number) => {
  const message = `${String(min)}から${String(max)}までの日数を整数で入力してください。`;
  return z.int(message).min(min, message).max(max, message);
};
const monthDay = z.string().regex(/^\d{2}-\d{2}$/);
const localized = z.object({ ja: words, 'ja-easy': z.string().optional(), en: z.string().optional() });
const grades = z.tuple([z.int().min(1).max(6), z.int().min(1).max(6)]);
const id = z.string().regex(/^[A-Za-z0-9_]{1,60}$/, '半角の英数字と _ で入力してください。');

const criterion = z.object({
  id,
  title: words,
  guidance: words,
  appliesWhen: z.record(z.string(), z.unknown()).optional(),
  required: z.boolean(),
  fields: z.array(z.string()),
  documents: z.array(z.string()),
  reasons: z.array(z.object({ code: id, label: words, applicantText: localized })),
});

const yen = z
  .int('金額を整数で入力してください。')
  .min(0, '0円以上で入力してください。')
  .max(1_000_000, '1,000,000円以下で入力してください。');
const percent = z
  .int('0〜100の整数で入力してください。')
  .min(0, '0〜100の整数で入力してください。')
  .max(100, '0〜100の整数で入力してください。');
const takenOff = z.object({ monthly: percent, extended: percent });
const goesOn = z.enum(['applyAgain', 'continues']);

const unique = (list: readonly { id: string }[]) => new Set(list.map((one) => one.id)).size === list.length;

/** What each key's value must look like; messages are for the ward's screen. */
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  exportProfiles: exportProfilesSchema,
  exportReplacements: exportReplacementsSchema,
  exportRetention: exportRetentionSchema,
  calendar: z.object({
    version: words,
    closedDates: z.array(day),
    yearEnd: z.object({ from: monthDay, to: monthDay }),
    knownUntil: day,
  }),
  deadlines: z.object({
    requestDays: daysOf(1, 60),
    letterDays: daysOf(1, 60),
    chaserDays: daysOf(1, 60),
    reminderDaysBefore: daysOf(0, 30),
    reminderTime: time,
  }),
  office: z.object({
    name: words,
    postalCode: z.string().regex(/^\d{3}-\d{4}$/, '郵便番号は 000-0000 の形で入力してください。'),
    address: words,
    phone: words,
    hours: words,
  }),
  fees: z
    .object({
      monthly: yen,
      extendedMonthly: yen,
      extendedDaily: yen,
      extendedDailyCap: yen,
      partMonth: z.enum(['full', 'halfWhenJoining', 'halfUpTo15Days']),
      reductions: z.object({
        publicAssistance: takenOff,
        taxExempt: takenOff,
        schoolExpense: takenOff,
        longAbsence: takenOff,
      }),
    })
    .refine((fees) => fees.extendedDailyCap >= fees.extendedDaily, {
      path: ['extendedDailyCap'],
      message: '1か月の上限は、1日の額以上にしてください。',
    }),
  yearChange: z.object({
    admission: goesOn,
    extendedUse: goesOn,
    reductionsThatContinue: z.array(
      z.enum(['publicAssistance', 'taxExempt', 'schoolExpense', 'longAbsence']),
    ),
    lastGrade: z.int().min(1).max(6),
  }),
  mail: z.object({ footer: words.nullable() }),
  'letter.deficiency': z.object({
    title: words,
    opening: z.array(words),
    listTitle: words,
    closing: z.array(words),
    sender: z.array(words).min(1, '差出人を1行以上入力してください。'),
  }),
  extendedPlaces: z.object({
    places: z.int().min(0).max(500),
    priorities: z.array(z.enum(PRIORITIES)).refine((list) => new Set(list).size === list.length),
    dailyTakesPlace: z.boolean(),
    byBop: z.record(z.string().max(10), z.int().min(0).max(500)),
  }),
  envelopeWindow: noticeSchemas.envelopeWindow,
  notice: noticeSchemas.notice,
  criteria: z.array(criterion).min(1).refine(unique, '同じコードの審査項目があります。'),
  parameters: z.object({
    minWorkDaysPerWeek: z.number().min(0).max(7),
    minWorkHoursPerWeek: z.number().min(0).max(100),
    workEndsAt: time,
    breaksCount: z.boolean(),
    commuteCounts: z.boolean(),
    certificateMaxAgeMonths: z.int().min(1).max(24),
    regularGrades: grades,
    consideredGrades: grades,
  }),
  periods: z.array(
    z.object({
      fiscalYear: z.int().min(2020).max(2099),
      round: id,
      opensOn: day.nullable(),
      closesOn: day.nullable(),
      noticesOn: day.nullable(),
    }),
  ),
};

/** The check of a key's value. @throws Error for a key that there is none of */
export function settingSchema(key: string): z.ZodType {
  const schema = SCHEMAS[key] ?? SCHEMAS[key.split(':')[0] ?? ''];
  if (!schema) throw new Error(`no setting "${key}"`);
  return schema;
}

/** Procedures that are taken in the April rounds too; the others are open all year (Q23). */
const IN_ROUNDS: readonly string[] = ['admission', 'extendedUse'];

/**
 * The contract's dates for one fiscal year's April rounds, and applications all year round beside them (Q23). What follows an
 * admission, or undoes it, is open at any time for the present fiscal year and the next.
 * @param procedure its code
 */
export function defaultPeriods(today: LocalDate, procedure = 'admission'): readonly Period[] {
  const year = fiscalYearOf(today);
  const next = year + 1;
  const period = (
    fiscalYear: number,
    round: string,
    opensOn: string | null,
    closesOn: string | null,
    noticesOn: string | null,
  ) => ({ fiscalYear, round, opensOn, closesOn, noticesOn });
  const anytime = period(year, 'anytime', null, null, null);
  if (!IN_ROUNDS.includes(procedure)) return [anytime, period(next, 'anytime', null, null, null)];
  return [
    anytime,
    period(next, 'first', `${year}-11-02`, `${year}-12-15`, `${next}-01-31`),
    period(next, 'second', `${next}-01-15`, `${next}-02-10`, `${next}-03-05`),
    period(next, 'anytime', `${next}-02-11`, null, null),
  ];
}

const OFFICE: Office = {
  name: USUAL_OFFICE.name.ja,
  postalCode: '154-0000',
  address: '東京都世田谷区（窓口の所在地を設定してください）',
  phone: '03-0000-0000',
  hours: USUAL_OFFICE.hours.ja,
};

const DEFICIENCY_LETTER: LetterTemplate = {
  title: '新BOP学童クラブ{procedure}に係る書類等の不備について（お願い）',
  opening: [
    '日頃より、世田谷区の放課後児童健全育成事業にご理解とご協力をいただき、ありがとうございます。',
    'ご提出いただいた申請（受付番号 {receiptNumber}）について確認したところ、次のとおり、書類の追加または内容の訂正が必要であることがわかりました。お手数ですが、{deadline}までにご対応くださいますようお願いいたします。',
  ],
  listTitle: '追加・訂正をお願いしたいこと',
  closing: [
    'インターネットで申請された方は、{url} にログインして、訂正の入力や書類の添付ができます。郵送の場合は、この文書の写しを添えて下記の窓口へお送りください。',
    '期限までの対応が難しい場合や、ご不明な点がある場合は、下記の窓口までご連絡ください。',
  ],
  sender: ['世田谷区 子ども・若者部 児童課'],
};

/** The values that a new installation begins with: public facts and placeholders, marked as defaults until the ward sets its own. */
export function defaultSettings(now: Date): Readonly<SettingValues> {
  const today = tokyoDate(now.toISOString());
  const year = Number(today.slice(0, 4));
  const perProcedure = PROCEDURES.flatMap((procedure) => [
    [`criteria:${procedure.code}`, procedure.criteria],
    [`parameters:${procedure.code}`, DEFAULT_PARAMETERS],
    [`periods:${procedure.code}`, defaultPeriods(today, procedure.code)],
  ]);
  return {
    // Kept short: every application takes it with it.
    calendar: defaultCalendar(year - 1, year + 2),
    deadlines: DEFAULT_DEADLINES,
    office: OFFICE,
    mail: { footer: null },
    'letter.deficiency': DEFICIENCY_LETTER,
    fees: DEFAULT_FEE_TABLE,
    yearChange: DEFAULT_YEAR_CHANGE,
    extendedPlaces: { ...DEFAULT_PLACE_RULES, byBop: {} },
    exportProfiles: DEFAULT_EXPORT_PROFILES,
    exportReplacements: DEFAULT_REPLACEMENTS,
    exportRetention: { days: 400 },
    envelopeWindow: DEFAULT_ENVELOPE_WINDOW,
    ...defaultNoticeSettings(),
    ...Object.fromEntries(perProcedure),
  } as SettingValues;
}
