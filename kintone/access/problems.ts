import { APPS } from '../apps/index.ts';
import { fieldsOfApp } from '../apps/model.ts';
import { appInTable, LEVELS, type AccessTable } from './table.ts';

/**
 * What the ward's table names and kintone will not have: a name that is mistyped would close an app, or show a field, without a
 * word. In Japanese, for whoever changed the table.
 */
export function problemsOfTable(table: AccessTable): readonly string[] {
  const apps = new Set(APPS.map(({ key }) => appInTable(key)));
  const fields = new Set(APPS.flatMap(fieldsOfApp).map(({ code }) => code));
  return LEVELS.flatMap((level) => {
    const { apps: given, hiddenFields } = table.levels[level];
    return [
      ...Object.keys(given)
        .filter((app) => !apps.has(app))
        .map((app) => `${level}: アプリ「${app}」はありません（使えるのは ${[...apps].join('、')}）`),
      ...hiddenFields
        .filter((code) => !fields.has(code))
        .map((code) => `${level}: フィールド「${code}」は、どのアプリにもありません`),
    ];
  });
}
