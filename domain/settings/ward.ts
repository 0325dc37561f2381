import type { ProcedureDefinition } from '../procedures/definition.ts';
import { PROCEDURES, procedureOf } from '../procedures/registry.ts';
import { placeholdersIn } from '../notices/template.ts';
import { DATED_SETTING_LABELS, DATED_SETTINGS, validFromProblem, type DatedSettingKey } from './dated.ts';

/** Settings with a page of their own under 区の設定: those from a day on, and those that hold as soon as they are saved. */
export const PLAIN_WARD_SETTINGS = [
  ...DATED_SETTINGS,
  'calendar',
  'office',
  'deadlines',
  'letter.deficiency',
  'mail',
] as const;
type PlainWardSettingKey = (typeof PLAIN_WARD_SETTINGS)[number];
export type CriteriaKey = `criteria:${string}`;
export type WardSettingKey = PlainWardSettingKey | CriteriaKey;

/** The review criteria of each procedure; a ninth procedure has its own as well. */
export const CRITERIA_SETTINGS: readonly CriteriaKey[] = PROCEDURES.map(
  ({ code }) => `criteria:${code}` as const,
);

export const WARD_SETTINGS: readonly WardSettingKey[] = [...PLAIN_WARD_SETTINGS, ...CRITERIA_SETTINGS];

const LABELS: Readonly<Record<PlainWardSettingKey, string>> = {
  ...DATED_SETTING_LABELS,
  calendar: '開庁日・休業日',
  office: '窓口の連絡先',
  deadlines: '回答の期限とお知らせ',
  'letter.deficiency': '不備連絡文書の文面',
  mail: 'メールの末尾',
};

/** Is this the key of a procedure's review criteria? */
export function isCriteria(key: WardSettingKey): key is CriteriaKey {
  return key.startsWith('criteria:');
}

/** The procedure whose criteria a key holds. @throws Error for a procedure that there is none of */
export function procedureOfCriteria(key: CriteriaKey): ProcedureDefinition {
  const definition = procedureOf(key.slice('criteria:'.length));
  if (!definition) throw new Error(`no procedure for ${key}`);
  return definition;
}

/** What the setting is called on the ward's screens. */
export function wardSettingLabel(key: WardSettingKey): string {
  return isCriteria(key) ? `審査基準：${procedureOfCriteria(key).name.ja}` : LABELS[key];
}

/** Does it hold from a day of the ward's choosing? The others hold once saved. */
export function isDated(key: WardSettingKey): key is DatedSettingKey {
  return isCriteria(key) || (DATED_SETTINGS as readonly string[]).includes(key);
}

/** What is wrong with the day of a setting, in words at the field; undefined where nothing is, or where it has none. */
export function dayProblem(key: WardSettingKey, validFrom: string): string | undefined {
  return isDated(key) ? validFromProblem(key, validFrom) : undefined;
}

/** What the deficiency letter (不備連絡文書, Q20) can name in braces. */
export const LETTER_PLACEHOLDERS = {
  procedure: '手続きの名前',
  receiptNumber: '受付番号',
  deadline: '回答の期限',
  url: '申請ポータルのアドレス',
} as const;

/** Names in a letter's text that there are none of, each at its place (`opening.0`). Messages are for the ward's screen. */
export function letterProblems(template: {
  title: string;
  opening: readonly string[];
  closing: readonly string[];
}): readonly { path: string; message: string }[] {
  const texts: readonly (readonly [path: string, text: string])[] = [
    ['title', template.title],
    ...template.opening.map((text, index) => [`opening.${index}`, text] as const),
    ...template.closing.map((text, index) => [`closing.${index}`, text] as const),
  ];
  return texts.flatMap(([path, text]) =>
    placeholdersIn(text)
      .filter((name) => !(name in LETTER_PLACEHOLDERS))
      .map((name) => ({
        path,
        message: `{${name}} という差し込み項目はありません。差し込める項目の一覧から選んでください。`,
      })),
  );
}
