/**
 * The items of the national employment certificate (様式第1号, research: its layouts and numbers differ between towns and years,
 * so they are found by their names). Order matters: what comes first wins where two would fit.
 */
export const SIMPLE_ITEMS = {
  certifiedOn: { name: '証明日', label: /^証明(?:年月)?日/u, kind: 'day' },
  employer: {
    name: '事業所名',
    label: /^(?:事業所名|事業者名|事業所の名称|勤務先名|会社名|法人名|事業所\(会社\)名)/u,
    kind: 'text',
  },
  phone: { name: '電話番号', label: /^(?:電話番号|事業所電話番号|電話|TEL)$/iu, kind: 'phone' },
  personName: {
    name: '本人氏名',
    label: /^(?:本人氏名|就労者氏名|従業員氏名|氏名|本人の氏名)$/u,
    kind: 'text',
  },
  birthDate: { name: '生年月日', label: /^(?:本人)?生年月日/u, kind: 'day' },
} as const;
export type SimpleItem = keyof typeof SIMPLE_ITEMS;

/** Items that take several cells or rows. */
export const SECTIONS = {
  employment: { name: '雇用（予定）期間等', label: /^雇用\(?(?:予定)?\)?期間/u },
  fixed: { name: '就労時間（固定就労の場合）', label: /^(?:就労|勤務)時間.*固定/u },
  variable: { name: '就労時間（変則就労の場合）', label: /^(?:就労|勤務)時間.*変則/u },
  plain: { name: '就労時間', label: /^(?:就労|勤務)(?:時間|日数|曜日)/u },
  maternity: { name: '産前・産後休業の取得', label: /^産前.*産後/u },
  childcare: { name: '育児休業の取得', label: /^育児休業の取得/u },
  returning: { name: '復職（予定）年月日', label: /^復職/u },
  posting: { name: '単身赴任期間', label: /^単身赴任/u },
} as const;
export type SectionItem = keyof typeof SECTIONS;

/** Where a passage ends: names of items that stand at the beginning of a line of the form. */
const OTHERS =
  /^(?:業種|フリガナ|本人就労先|雇用の?形態|就労実績|産休・育休以外|休業の取得|育児のための短時間|短時間勤務|保育士等|満了後の更新|入所内定時|育休延長|備考|児童名|保護者記載欄|担当者名|記載者|代表者|所在地|住所|宛先|宛$)/u;

/** Is this label the name of any item? Then it is no value of the one before it. */
export function isItemLabel(label: string): boolean {
  return (
    OTHERS.test(label) ||
    Object.values(SIMPLE_ITEMS).some((item) => item.label.test(label)) ||
    Object.values(SECTIONS).some((item) => item.label.test(label))
  );
}
