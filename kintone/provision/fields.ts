import { isDeepStrictEqual } from 'node:util';
import { propertiesOf, type FieldProperty, type ReferenceTable } from '../apps/form.ts';
import type { Change, Compare } from './changes.ts';
import type { Properties } from './state.ts';

/** Missing fields are added, others corrected; what people added (fields, columns, choices) stays. */
export const compareFields: Compare = ({ app, ids, moveAside }, { properties: current }) => {
  const changes: Change[] = [];
  const missing = new Set<string>();
  const differing: Record<string, FieldProperty> = {};
  for (const [code, field] of Object.entries(propertiesOf(app, ids))) {
    const there = current[code];
    const named = `${field.type === 'REFERENCE_TABLE' ? '関連レコード一覧' : 'フィールド'}「${field.label}」(${code})`;
    if (!there) {
      missing.add(code);
      changes.push({ effect: 'add', what: named });
    } else if (there.type !== field.type) {
      const aside = freeCode(code, current);
      changes.push({
        effect: 'loss',
        what: `${named}: kintone では ${there.type} ですが ${field.type} が必要です。今のフィールドと値は ${aside} として残り、システムからは読まれなくなります`,
      });
      if (!moveAside) continue;
      differing[code] = { ...there, code: aside, label: `${there.label}（旧）` };
      missing.add(code);
    } else {
      const merged = merge(there, field);
      if (!merged) continue;
      differing[code] = merged;
      changes.push({ effect: 'change', what: `${named}: ${differences(there, field).join('、')}` });
    }
  }
  if (changes.length === 0) return undefined;
  return {
    changes,
    run: async (client, id) => {
      // What is put aside frees its code first. Read again: apps that related records are in may have been made since.
      const now = propertiesOf(app, ids);
      const asNow = Object.entries(differing).map(
        ([code, field]) => [code, field.referenceTable ? now[code] : field] as const,
      );
      if (asNow.length > 0) {
        await client.app.updateFormFields({ app: id, properties: Object.fromEntries(asNow) as never });
      }
      if (missing.size === 0) return;
      const properties = Object.entries(now).filter(([code]) => missing.has(code));
      await client.app.addFormFields({ app: id, properties: Object.fromEntries(properties) as never });
    },
  };
};

/** The fields that the form has once the step is done: what layouts and titles are made with. */
export function fieldsAfter(
  ...[{ app, moveAside }, { properties: current }]: Parameters<Compare>
): Properties {
  const after: Properties = { ...current };
  for (const [code, field] of Object.entries(propertiesOf(app))) {
    const there = current[code];
    if (there && there.type !== field.type && moveAside) {
      const aside = freeCode(code, current);
      after[aside] = { ...there, code: aside };
    }
    if (!there || there.type === field.type || moveAside) after[code] = field;
  }
  return after;
}

function freeCode(code: string, current: Properties): string {
  for (let i = 1; ; i += 1) if (!current[`${code}_old${i}`]) return `${code}_old${i}`;
}

function differences(there: FieldProperty, wanted: FieldProperty): string[] {
  const found: string[] = [];
  if (there.label !== wanted.label) found.push(`名前「${there.label}」→「${wanted.label}」`);
  if ((there.unique ?? false) !== (wanted.unique ?? false)) {
    found.push(wanted.unique ? '重複を禁止する（重複した値があると反映に失敗します）' : '重複の禁止をやめる');
  }
  const added = Object.keys(wanted.options ?? {}).filter((name) => !there.options?.[name]);
  if (added.length > 0) found.push(`選択肢を追加（${added.join('、')}）`);
  else if (!sameOptions(there.options, wanted.options && mergeOptions(there.options ?? {}, wanted.options))) {
    found.push('選択肢の順番');
  }
  if (wanted.referenceTable && !sameReference(there.referenceTable, wanted.referenceTable)) {
    found.push('参照するアプリ・条件・項目・並び順');
  }
  for (const column of Object.values(wanted.fields ?? {})) {
    const now = there.fields?.[column.code];
    if (!now) found.push(`列「${column.label}」を追加`);
    else if (now.type !== column.type) found.push(`列「${column.label}」の種類が違います（直せません）`);
    else found.push(...differences(now, column).map((what) => `列「${column.label}」の${what}`));
  }
  return found;
}

/** kintone may space what sorts in its own way, and names the app's code too. */
function sameReference(there: ReferenceTable | undefined, wanted: ReferenceTable): boolean {
  const shape = (one: ReferenceTable) => [
    one.relatedApp?.app,
    one.condition.field,
    one.condition.relatedField,
    one.filterCond.trim(),
    one.displayFields,
    one.sort.replace(/\s+/g, ' ').trim(),
    one.size,
  ];
  return there !== undefined && isDeepStrictEqual(shape(there), shape(wanted));
}

/** The field as it is to be, or undefined where it is so already. */
function merge(there: FieldProperty, wanted: FieldProperty): FieldProperty | undefined {
  if (differences(there, wanted).length === 0) return undefined;
  const options = wanted.options && mergeOptions(there.options ?? {}, wanted.options);
  const fields = wanted.fields && mergeColumns(there.fields ?? {}, wanted.fields);
  return { ...wanted, ...(options ? { options } : {}), ...(fields ? { fields } : {}) };
}

type Options = NonNullable<FieldProperty['options']>;

function mergeOptions(there: Options, wanted: Options): Options {
  const names = [...Object.keys(wanted), ...Object.keys(there).filter((name) => !(name in wanted))];
  return Object.fromEntries(names.map((name, i) => [name, { label: name, index: String(i) }]));
}

function sameOptions(a: Options = {}, b: Options = {}): boolean {
  const order = (options: Options) =>
    Object.entries(options)
      .sort(([, x], [, y]) => Number(x.index) - Number(y.index))
      .map(([name, { label }]) => [name, label]);
  return isDeepStrictEqual(order(a), order(b));
}

/** All columns of a table: kintone takes the whole table. */
function mergeColumns(there: Properties, wanted: Properties): Properties {
  const columns = Object.values(wanted).map((column) => {
    const now = there[column.code];
    return [column.code, now ? (merge(now, column) ?? now) : column] as const;
  });
  return { ...there, ...Object.fromEntries(columns) };
}
