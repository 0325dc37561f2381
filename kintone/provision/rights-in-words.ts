import type { AppRight, FieldRight, RecordRight } from '../access/acl.ts';

/** How many details a line names; the others are counted. */
const NAMED = 5;

const CAN = {
  appEditable: 'アプリ管理',
  recordViewable: '閲覧',
  recordAddable: '追加',
  recordEditable: '編集',
  recordDeletable: '削除',
  recordImportable: '読み込み',
  recordExportable: '書き出し',
} as const satisfies Partial<Record<keyof AppRight, string>>;

const MAY = { viewable: '閲覧', editable: '編集', deletable: '削除' } as const;
const FIELD_WORDS = { READ: '閲覧のみ', WRITE: '編集できる', NONE: '見せない' } as const;

interface OfEntity {
  entity: { type: string; code: string | null };
}

const nameOf = ({ entity }: OfEntity) => (entity.type === 'CREATOR' ? 'アプリの作成者' : (entity.code ?? ''));

/** The details of a change, the first few of them in words. */
function some(details: readonly string[]): string {
  if (details.length === 0) return '順番';
  const rest = details.length - NAMED;
  return `${details.slice(0, NAMED).join('、')}${rest > 0 ? `、ほか ${rest} 件` : ''}`;
}

/** Whose rights become what: `gakudo-hall に閲覧を許可、編集を禁止`. */
function ofEntities<T extends OfEntity>(
  now: readonly T[],
  wanted: readonly T[],
  bits: Readonly<Record<string, string>>,
): readonly string[] {
  const names = [...new Set([...now, ...wanted].map(nameOf))];
  return names.flatMap((name) => {
    const bit = (list: readonly T[], code: string) => {
      const found = list.find((one) => nameOf(one) === name) as Record<string, unknown> | undefined;
      return found?.[code] === true;
    };
    const given = Object.keys(bits).filter((code) => !bit(now, code) && bit(wanted, code));
    const taken = Object.keys(bits).filter((code) => bit(now, code) && !bit(wanted, code));
    const words = (codes: readonly string[], what: string) =>
      codes.length === 0 ? [] : [`${codes.map((code) => bits[code]).join('・')}を${what}`];
    const changes = [...words(given, '許可'), ...words(taken, '禁止')];
    return changes.length === 0 ? [] : [`${name} に${changes.join('、')}`];
  });
}

/** What changes in the rights of an app. */
export function appRightsInWords(now: readonly AppRight[], wanted: readonly AppRight[]): string {
  return some(ofEntities(now, wanted, CAN));
}

/** What changes in the rights of records: for how many conditions, and for whom. */
export function recordRightsInWords(now: readonly RecordRight[], wanted: readonly RecordRight[]): string {
  const plain = (condition: string) => condition.replace(/\s+/g, ' ').trim();
  const before = new Map(now.map((right) => [plain(right.filterCond), right.entities]));
  const changes = new Map<string, number>();
  for (const { filterCond, entities } of wanted) {
    for (const change of ofEntities(before.get(plain(filterCond)) ?? [], entities, MAY))
      changes.set(change, (changes.get(change) ?? 0) + 1);
  }
  const gone = now.filter(
    ({ filterCond }) => !wanted.some((one) => plain(one.filterCond) === plain(filterCond)),
  );
  const words = [...changes].map(([change, count]) => `${change}（${count} 件の条件）`);
  return some([...words, ...gone.map(({ filterCond }) => `条件「${filterCond}」をなくす`)]);
}

/** What changes in the rights of fields: which field for whom. @param labelOf a field's label by its code */
export function fieldRightsInWords(
  now: readonly FieldRight[],
  wanted: readonly FieldRight[],
  labelOf: (code: string) => string,
): string {
  const entitiesOf = (list: readonly FieldRight[], code: string) =>
    list.find((one) => one.code === code)?.entities;
  const codes = [...new Set([...wanted, ...now].map(({ code }) => code))];
  const details = codes.flatMap((code) => {
    const [before, after] = [entitiesOf(now, code), entitiesOf(wanted, code)];
    const field = `「${labelOf(code)}」(${code})`;
    if (!after) return [`${field}の制限をなくす`];
    const lost = (before ?? []).filter((one) => !after.some((other) => nameOf(other) === nameOf(one)));
    const changed = after.flatMap((one) => {
      const was = before?.find((other) => nameOf(other) === nameOf(one));
      if (was?.accessibility === one.accessibility) return [];
      return [`${nameOf(one)} は${FIELD_WORDS[one.accessibility]}`];
    });
    const words = [...changed, ...lost.map((one) => `${nameOf(one)} は見せない`)];
    return words.length === 0 ? [] : [`${field}: ${words.join('・')}`];
  });
  return some(details);
}
