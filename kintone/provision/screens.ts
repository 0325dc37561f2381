import { isDeepStrictEqual } from 'node:util';
import { layoutOf, propertiesOf, type LayoutItem } from '../apps/form.ts';
import type { KintoneApp } from '../apps/index.ts';
import type { Change, Compare, Wanted } from './changes.ts';
import { fieldsAfter } from './fields.ts';
import { SYSTEM_TYPES, type AppState, type ListView } from './state.ts';

/** The order of the form: ours first, then what people added, so that nothing disappears from it. */
export const compareLayout: Compare = (wanted, state) => {
  const ours = propertiesOf(wanted.app);
  const added = Object.values(fieldsAfter(wanted, state)).filter(
    ({ code, type }) => !(code in ours) && !SYSTEM_TYPES.has(type),
  );
  // Groups and tables of others stay as they stand, at the end.
  const foreign = state.layout.filter((item) => item.type !== 'ROW' && !(item.code in ours));
  const inForeign = new Set(foreign.flatMap((item) => codesOf([item])));
  const rows = layoutOf(
    wanted.app,
    added.filter(({ type, code }) => type !== 'GROUP' && type !== 'SUBTABLE' && !inForeign.has(code)),
  );
  const whole = [...rows, ...foreign];
  if (isDeepStrictEqual(shape(state.layout), shape(whole))) return undefined;
  return {
    changes: [{ effect: state.layout.length === 0 ? 'add' : 'change', what: 'フォームの並び' }],
    run: async (client, id) => {
      await client.app.updateFormLayout({ app: id, layout: whole as never });
    },
  };
};

function codesOf(items: readonly LayoutItem[]): readonly string[] {
  return items.flatMap((item) =>
    item.type === 'GROUP' ? codesOf(item.layout) : item.fields.map((field) => field.code),
  );
}

/** What we decide about a layout: order and grouping, not the widths that people may drag. */
function shape(items: readonly LayoutItem[]): unknown {
  return items.map((item) =>
    item.type === 'GROUP'
      ? { group: item.code, rows: item.layout.map((row) => row.fields.map((field) => field.code)) }
      : { type: item.type, fields: item.fields.map((field) => field.code) },
  );
}

function viewsOf(app: KintoneApp): Required<Omit<ListView, 'builtinType'>>[] {
  return app.views.map((view, i) => ({
    type: 'LIST',
    index: String(i),
    name: view.name,
    fields: [...view.fields],
    filterCond: view.condition,
    sort: view.sort,
  }));
}

/** kintone may space a condition in its own way. */
const plainly = (condition: string | undefined) => (condition ?? '').replace(/\s+/g, ' ').trim();

/** Our lists come first, in our order; lists of others stay behind them. */
export const compareViews: Compare = ({ app }, { views: current }) => {
  const wanted = viewsOf(app);
  const names = new Set(wanted.map((view) => view.name));
  const others = Object.entries(current)
    .filter(([name]) => !names.has(name))
    .sort(([, a], [, b]) => Number(a.index) - Number(b.index));
  const pick = (one: ListView) => [one.type, one.fields, plainly(one.filterCond), plainly(one.sort)];
  const changes: Change[] = [];
  for (const view of wanted) {
    const now = current[view.name];
    if (!now) changes.push({ effect: 'add', what: `一覧「${view.name}」` });
    else if (!isDeepStrictEqual(pick(now), pick(view))) {
      changes.push({ effect: 'change', what: `一覧「${view.name}」の項目・条件・並び順` });
    } else if (now.index !== view.index) {
      changes.push({ effect: 'change', what: `一覧「${view.name}」の順番` });
    }
  }
  if (changes.length === 0) return undefined;
  const all = [
    ...wanted.map((view) => [view.name, view] as const),
    ...others.map(([name, view], i) => [name, { ...view, index: String(wanted.length + i) }] as const),
  ];
  return {
    changes,
    run: async (client, id) => {
      await client.app.updateViews({ app: id, views: Object.fromEntries(all) as never });
    },
  };
};

/** kintone gives the description as HTML. */
const plain = (html: string) => html.replace(/<[^>]*>/g, '').trim();

/** Name, description, title; people do not delete in bulk, nor copy a record with its receipt number. */
export const compareSettings: Compare = (wanted, { settings }) => {
  const { app, name } = wanted;
  const titleField = { selectionMode: 'MANUAL' as const, code: app.titleField ?? app.recordKey };
  const changes: Change[] = [];
  const change = (what: string) => changes.push({ effect: settings.name === '' ? 'add' : 'change', what });
  if (settings.name !== name) change(`アプリ名「${name}」`);
  if (plain(settings.description) !== app.description) change('アプリの説明');
  if (settings.titleField.selectionMode !== 'MANUAL' || settings.titleField.code !== titleField.code) {
    change(`レコードのタイトル（${titleField.code}）`);
  }
  if (settings.enableBulkDeletion) change('レコードの一括削除を禁止する');
  if (settings.enableDuplicateRecord) change('レコードの再利用を禁止する');
  if (changes.length === 0) return undefined;
  return {
    changes,
    run: async (client, id) => {
      await client.app.updateAppSettings({
        app: id,
        name,
        description: app.description,
        titleField,
        enableBulkDeletion: false,
        enableDuplicateRecord: false,
      });
    },
  };
};

/** Notifications by condition; the ward's own, known by another condition or title, stay. */
export const compareNotifications: Compare = ({ app, access }, { notifications: current }) => {
  if (!access) return undefined;
  const wanted = (app.notifications ?? []).map(({ condition, title, groups }) => ({
    filterCond: condition,
    title,
    targets: groups
      .map((code) => ({ entity: { type: 'GROUP' as const, code }, includeSubs: false }))
      .filter(({ entity }) => access.known(entity)),
  }));
  const usable = wanted.filter(({ targets }) => targets.length > 0);
  const keyOf = (one: { filterCond: string; title: string }) => `${plainly(one.filterCond)}\n${one.title}`;
  const others = current.filter((one) => !usable.some((ours) => keyOf(ours) === keyOf(one)));
  const changes = usable.flatMap((ours): Change[] => {
    const now = current.find((one) => keyOf(one) === keyOf(ours));
    const targets = (one: { targets: { entity: { type: string; code: string | null } }[] }) =>
      one.targets.map(({ entity }) => `${entity.type} ${entity.code ?? ''}`);
    if (!now) return [{ effect: 'add', what: `通知「${ours.title}」` }];
    return isDeepStrictEqual(targets(now), targets(ours))
      ? []
      : [{ effect: 'change', what: `通知「${ours.title}」の宛先` }];
  });
  if (changes.length === 0) return undefined;
  return {
    changes,
    run: async (client, id) => {
      await client.app.updatePerRecordNotifications({
        app: id,
        notifications: [...usable, ...others] as never,
      });
    },
  };
};

/** Fields, lists and notifications that are on the domain and not in the code: people's own. */
export function additionsOf({ app }: Wanted, state: AppState): readonly string[] {
  const ours = propertiesOf(app);
  const views = new Set(app.views.map((view) => view.name));
  const notifications = new Set((app.notifications ?? []).map(({ title }) => title));
  return [
    ...Object.values(state.properties)
      .filter(({ code, type }) => !(code in ours) && !SYSTEM_TYPES.has(type))
      .map(({ code, label }) => `フィールド「${label}」(${code})`),
    ...Object.values(state.views)
      .filter((view) => !views.has(view.name) && view.builtinType === undefined)
      .map((view) => `一覧「${view.name}」`),
    ...Object.values(state.properties).flatMap(({ code, label, options = {} }) => {
      const known = ours[code]?.options;
      const extra = known ? Object.keys(options).filter((name) => !(name in known)) : [];
      return extra.map((name) => `フィールド「${label}」の選択肢「${name}」`);
    }),
    ...state.notifications
      .filter(({ title }) => !notifications.has(title))
      .map(({ title }) => `通知「${title}」`),
  ];
}
