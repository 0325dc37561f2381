/** The languages of answers, and what stands under `errors` of a CB_VA01 answer. */

export type Language = 'ja' | 'en';
export type LocalText = Readonly<Record<Language, string>>;

/** Texts that appear under `errors` of CB_VA01. */
export const texts = {
  requiredParam: { ja: '必須です。', en: 'Required field.' },
  required: { ja: '必須です。', en: 'Required.' },
  unique: { ja: '値がほかのレコードと重複しています。', en: 'This value already exists in another record.' },
  notNumber: { ja: '数字でなければなりません。', en: 'Only numbers are allowed.' },
  enumValue: { ja: 'Enum値のいずれかでなければなりません。', en: 'must be one of the enum value' },
  integer: { ja: '整数で指定してください。', en: 'Enter an integer value.' },
  boolean: { ja: 'true または false を指定してください。', en: 'must be boolean.' },
  digits: { ja: '有効桁数を超えています。', en: 'The number of digits exceeds the limit.' },
  badQuery: { ja: 'クエリ記法が間違っています。', en: 'unsupported query format' },
  badDate: { ja: '日付の形式が正しくありません。', en: 'Enter a valid date.' },
  badTime: { ja: '時刻の形式が正しくありません。', en: 'Enter a valid time.' },
  badDateTime: { ja: '日時の形式が正しくありません。', en: 'Enter a valid date and time.' },
  badFormat: { ja: '形式が正しくありません。', en: 'The format is incorrect.' },
  reserved: { ja: '予約語は使用できません。', en: 'Reserved words cannot be used.' },
  duplicateCode: { ja: 'フィールドコードが重複しています。', en: 'The field code is duplicated.' },
  duplicateApp: { ja: 'アプリIDが重複しています。', en: 'App ID is duplicated.' },
  spaceNeeded: {
    ja: 'スペースにアプリを作成する場合は、spaceパラメーターが必要です。',
    en: 'Space parameter is required to create an app in space.',
  },
  threadNeeded: {
    ja: 'スペースにアプリを作成する場合は、threadパラメーターが必要です。',
    en: 'Thread parameter is required to create an app in space.',
  },
  idOrKey: {
    ja: '更新するレコードは、「id」と「updateKey」のどちらか一方のパラメーターで指定します。',
    en: 'The record to be updated must be specified by one of the parameters "id" and "updateKey".',
  },
  nameLength: (max: number): LocalText => ({
    ja: `名前は1文字以上${max}文字以内で指定してください。`,
    en: `Name must be between 1 and ${max} characters.`,
  }),
  size: (min: number, max: number): LocalText => ({
    ja: `サイズは${min}以上${max}以下でなければなりません。`,
    en: `size must be between ${min} and ${max}`,
  }),
  min: (n: number): LocalText => ({
    ja: `最小でも${n}以上です。`,
    en: `must be greater than or equal to ${n}`,
  }),
  max: (n: number): LocalText => ({
    ja: `最大でも${n.toLocaleString('en-US')}以下です。`,
    en: `must be less than or equal to ${n.toLocaleString('en-US')}`,
  }),
  maxLength: (n: number): LocalText => ({
    ja: `${n + 1}文字より短くなければなりません。`,
    en: `Enter less than ${n + 1} characters.`,
  }),
  minLength: (n: number): LocalText => ({
    ja: `${n - 1}文字より長くなければなりません。`,
    en: `Enter more than ${n - 1} characters.`,
  }),
  maxValue: (n: string): LocalText => ({
    ja: `${n}以下である必要があります。`,
    en: `The value must be ${n} or less.`,
  }),
  minValue: (n: string): LocalText => ({
    ja: `${n}以上である必要があります。`,
    en: `The value must be ${n} or more.`,
  }),
  notInOptions: (value: string): LocalText => ({
    ja: `"${value}"は選択肢にありません。`,
    en: `The value, "${value}", is not in options.`,
  }),
  tooManyRecords: (verb: 'add' | 'update', max: number): LocalText => ({
    ja: `一度に${max}件までのレコードを${verb === 'add' ? '追加' : '更新'}できます。`,
    en: `A maximum of ${max} records can be ${verb === 'add' ? 'added' : 'updated'} at one time.`,
  }),
  deleteCount: (max: number): LocalText => ({
    ja: `一度に1件から${max}件までのレコードを削除できます。`,
    en: `Between 1 and ${max} records can be deleted at one time.`,
  }),
  layoutField: (code: string): LocalText => ({
    ja: `フォームの更新に失敗しました。フィールド（code: ${code}）が見つかりません。`,
    en: `Failed to update form. Field (code: ${code}) is not found.`,
  }),
  layoutType: (code: string): LocalText => ({
    ja: `フォームの更新に失敗しました。フィールド（code: ${code}）の種類がtypeパラメーターと一致しません。`,
    en: `Failed to update form. The type of the field (code: ${code}) does not match the type parameter.`,
  }),
  layoutTable: (code: string): LocalText => ({
    ja: `フォームの更新に失敗しました。テーブル ${code} の形式が正しくありません。フィールドが不足しているか、指定したフィールドがテーブルにない可能性があります。`,
    en: `Failed to update form. The format of table ${code} is not valid. Some fields may be missing or the specified fields may not exist in the table.`,
  }),
  noEntity: (kind: LocalText, code: string): LocalText => ({
    ja: `${kind.ja}（code：${code}）が見つかりません。無効化または削除されている可能性があります。`,
    en: `${kind.en} (code: ${code}) not found. It may have been disabled or deleted.`,
  }),
} as const;
