import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { layoutOf, propertiesOf, type FieldProperty, type LayoutItem } from './apps/form.ts';
import { APPS, type AppKey, type KintoneApp } from './apps/index.ts';

export interface ProvisionOptions {
  /** Ids of apps that are there already, by key; the others are found by their name, or made. */
  appIds?: Readonly<Record<string, string>>;
  /** Put in front of every app's name, to tell environments on one domain apart. */
  namePrefix?: string;
  /** The space that new apps go into. */
  spaceId?: string;
  apps?: readonly KintoneApp[];
  say?: (line: string) => void;
}

/** What a person has to settle before provisioning can go on. */
export class ProvisionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProvisionError';
  }
}

export type AppIds = Readonly<Record<AppKey, string>>;

/** Made by kintone itself; they are not placed on the form by us. */
const SYSTEM_TYPES = new Set([
  'RECORD_NUMBER',
  'CREATOR',
  'CREATED_TIME',
  'MODIFIER',
  'UPDATED_TIME',
  'STATUS',
  'STATUS_ASSIGNEE',
  'CATEGORY',
]);

/**
 * Brings the apps of a kintone domain to what the code says: finds or makes each app, adds fields, columns and choices that
 * are missing, corrects labels, layout, views and settings, deploys what changed and waits for it. Deletes nothing, neither
 * fields nor apps nor choices nor views that people added. Run again, it changes nothing. Needs a user who may make apps
 * (API tokens may not).
 * @throws {ProvisionError} where a field is there with another type, an app's name is there twice, or the deployment fails
 */
export async function provision(
  client: KintoneRestAPIClient,
  options: ProvisionOptions = {},
): Promise<AppIds> {
  const say = options.say ?? (() => undefined);
  const ids: Record<string, string> = {};
  const changed: string[] = [];
  for (const app of options.apps ?? APPS) {
    const found =
      options.appIds?.[app.key] ?? (await findApp(client, `${options.namePrefix ?? ''}${app.name}`));
    const id = found ?? (await makeApp(client, app, options));
    ids[app.key] = id;
    const changes = await bringUpToDate(client, id, app, `${options.namePrefix ?? ''}${app.name}`);
    if (changes.length > 0) changed.push(id);
    say(`${app.key}: app ${id}${found ? '' : ' (new)'}: ${changes.join(', ') || 'nothing to change'}`);
  }
  await deploy(client, changed);
  return ids as AppIds;
}

async function findApp(client: KintoneRestAPIClient, name: string): Promise<string | undefined> {
  const found: string[] = [];
  for (let offset = 0; ; offset += 100) {
    const { apps } = await client.app.getApps({ name, offset, limit: 100 });
    found.push(...apps.filter((app) => app.name === name).map((app) => app.appId));
    if (apps.length < 100) break;
  }
  if (found.length > 1) {
    throw new ProvisionError(
      `「${name}」という名前のアプリが複数あります（番号 ${found.join(', ')}）。使うアプリの番号を KINTONE_APP_IDS に設定してください。`,
    );
  }
  return found[0];
}

/** Deployed at once: an app that was never deployed is not found by the next run. */
async function makeApp(
  client: KintoneRestAPIClient,
  app: KintoneApp,
  { namePrefix = '', spaceId }: ProvisionOptions,
): Promise<string> {
  const name = `${namePrefix}${app.name}`;
  const { app: id } = await client.app.addApp({ name, ...(spaceId === undefined ? {} : { space: spaceId }) });
  await deploy(client, [id]);
  return id;
}

async function bringUpToDate(
  client: KintoneRestAPIClient,
  id: string,
  app: KintoneApp,
  name: string,
): Promise<readonly string[]> {
  return [
    ...(await updateFields(client, id, app)),
    ...(await updateLayout(client, id, app)),
    ...(await updateViews(client, id, app)),
    ...(await updateSettings(client, id, app, name)),
  ];
}

type Properties = Record<string, FieldProperty>;

async function currentFields(client: KintoneRestAPIClient, app: string): Promise<Properties> {
  const { properties } = await client.app.getFormFields({ app, preview: true });
  return properties;
}

async function updateFields(client: KintoneRestAPIClient, id: string, app: KintoneApp) {
  const current = await currentFields(client, id);
  const wanted = propertiesOf(app);
  const missing: Properties = {};
  const differing: Properties = {};
  for (const [code, field] of Object.entries(wanted)) {
    const there = current[code];
    if (!there) missing[code] = field;
    else {
      const merged = merge(there, field, app);
      if (merged) differing[code] = merged;
    }
  }
  const changes: string[] = [];
  if (Object.keys(missing).length > 0) {
    await client.app.addFormFields({ app: id, properties: missing as never });
    changes.push(`${Object.keys(missing).length} fields added`);
  }
  if (Object.keys(differing).length > 0) {
    await client.app.updateFormFields({ app: id, properties: differing as never });
    changes.push(`${Object.keys(differing).length} fields changed`);
  }
  return changes;
}

/** The field as it is to be, or undefined where it is so already. What people added to it stays. */
function merge(there: FieldProperty, wanted: FieldProperty, app: KintoneApp): FieldProperty | undefined {
  if (there.type !== wanted.type) {
    throw new ProvisionError(
      `アプリ「${app.name}」のフィールド ${wanted.code} は ${there.type} ですが、${wanted.type} が必要です。` +
        'フィールドコードを変えるか削除してから、もう一度実行してください。',
    );
  }
  const options = wanted.options && mergeOptions(there.options ?? {}, wanted.options);
  const fields = wanted.fields && mergeColumns(there.fields ?? {}, wanted.fields, app);
  const same =
    there.label === wanted.label &&
    (there.unique ?? false) === (wanted.unique ?? false) &&
    sameOptions(there.options, options) &&
    fields === undefined;
  if (same) return undefined;
  return { ...wanted, ...(options ? { options } : {}), ...(fields ? { fields } : {}) };
}

function mergeOptions(
  there: NonNullable<FieldProperty['options']>,
  wanted: NonNullable<FieldProperty['options']>,
): NonNullable<FieldProperty['options']> {
  const names = [...Object.keys(wanted), ...Object.keys(there).filter((name) => !(name in wanted))];
  return Object.fromEntries(names.map((name, i) => [name, { label: name, index: String(i) }]));
}

function sameOptions(a: FieldProperty['options'] = {}, b: FieldProperty['options'] = {}): boolean {
  const order = (options: NonNullable<FieldProperty['options']>) =>
    Object.entries(options)
      .sort(([, x], [, y]) => Number(x.index) - Number(y.index))
      .map(([name, { label }]) => [name, label]);
  return isDeepStrictEqual(order(a), order(b));
}

/** All columns of a table, or undefined where nothing changes: kintone takes the whole table. */
function mergeColumns(there: Properties, wanted: Properties, app: KintoneApp): Properties | undefined {
  const changed = Object.values(wanted).some((column) => {
    const now = there[column.code];
    return !now || merge(now, column, app) !== undefined;
  });
  if (!changed) return undefined;
  const columns = Object.values(wanted).map((column) => {
    const now = there[column.code];
    return [column.code, now ? (merge(now, column, app) ?? now) : column] as const;
  });
  return { ...there, ...Object.fromEntries(columns) };
}

async function updateLayout(client: KintoneRestAPIClient, id: string, app: KintoneApp) {
  const fields = await currentFields(client, id);
  const ours = propertiesOf(app);
  const added = Object.values(fields).filter(({ code, type }) => !(code in ours) && !SYSTEM_TYPES.has(type));
  const wanted = layoutOf(
    app,
    added.filter(({ type }) => type !== 'GROUP' && type !== 'SUBTABLE'),
  );
  const { layout } = await client.app.getFormLayout({ app: id, preview: true });
  const current = layout as unknown as LayoutItem[];
  // Groups and tables of others stay as they stand, at the end.
  const foreign = current.filter((item) => item.type !== 'ROW' && !(item.code in ours));
  const inForeign = new Set(foreign.flatMap((item) => codesOf([item])));
  const whole = [
    ...wanted.filter(
      (item) => item.type !== 'ROW' || !item.fields.some((field) => inForeign.has(field.code)),
    ),
    ...foreign,
  ];
  if (isDeepStrictEqual(shape(current), shape(whole))) return [];
  await client.app.updateFormLayout({ app: id, layout: whole as never });
  return ['layout'];
}

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

interface ListView {
  type: string;
  index: string;
  name: string;
  fields?: string[];
  filterCond?: string;
  sort?: string;
}

async function updateViews(client: KintoneRestAPIClient, id: string, app: KintoneApp) {
  const { views } = await client.app.getViews({ app: id, preview: true });
  const current = views as unknown as Record<string, ListView & { builtinType?: string }>;
  const wanted = app.views.map((view, i) => ({
    type: 'LIST',
    index: String(i),
    name: view.name,
    fields: [...view.fields],
    filterCond: view.condition,
    sort: view.sort,
  }));
  const names = new Set(wanted.map((view) => view.name));
  const others = Object.entries(current).filter(([name]) => !names.has(name));
  const differs = wanted.some((view) => {
    const now = current[view.name];
    const pick = (one: ListView) => [one.type, one.fields, one.filterCond, one.sort, Number(one.index)];
    return !now || !isDeepStrictEqual(pick(now), pick(view));
  });
  if (!differs) return [];
  const all = [
    ...wanted.map((view) => [view.name, view] as const),
    ...others.map(([name, view], i) => [name, { ...view, index: String(wanted.length + i) }] as const),
  ];
  await client.app.updateViews({ app: id, views: Object.fromEntries(all) as never });
  return ['views'];
}

async function updateSettings(client: KintoneRestAPIClient, id: string, app: KintoneApp, name: string) {
  const current = await client.app.getAppSettings({ app: id, preview: true });
  if (current.name === name && plain(current.description) === app.description) return [];
  await client.app.updateAppSettings({ app: id, name, description: app.description });
  return ['settings'];
}

/** kintone gives the description as HTML. */
function plain(html: string): string {
  return html.replace(/<[^>]*>/g, '').trim();
}

/** Deploys apps and waits until kintone has done so. @throws {ProvisionError} */
async function deploy(client: KintoneRestAPIClient, apps: readonly string[]): Promise<void> {
  if (apps.length === 0) return;
  await client.app.deployApp({ apps: apps.map((app) => ({ app })) });
  for (let wait = 50; ; wait = Math.min(wait * 2, 2000)) {
    const { apps: states } = await client.app.getDeployStatus({ apps: [...apps] });
    const failed = states.filter(({ status }) => status === 'FAIL' || status === 'CANCEL');
    if (failed.length > 0) {
      throw new ProvisionError(
        `アプリの反映に失敗しました（番号 ${failed.map(({ app }) => app).join(', ')}）。kintone のアプリ設定画面で理由を確認してください。`,
      );
    }
    if (states.every(({ status }) => status === 'SUCCESS')) return;
    await delay(wait);
  }
}
