import { isDeepStrictEqual } from 'node:util';
import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { AccessTable } from '../access/table.ts';
import type { Known } from '../access/acl.ts';
import { APPS, type AppKey, type KintoneApp } from '../apps/index.ts';
import type { Change, Compare, Step, Wanted } from './changes.ts';
import { ProvisionError } from './changes.ts';
import { compareFields } from './fields.ts';
import { compareAppAcl, compareFieldAcl, compareRecordAcl } from './permissions.ts';
import { compareLayout, compareNotifications, compareSettings, compareViews } from './screens.ts';
import { emptyState, readState, type AppState } from './state.ts';

export interface PlanOptions {
  /** Ids of apps that are there already, by key; the others are found by their name, or made. */
  appIds?: Readonly<Record<string, string>>;
  /** Put in front of every app's name, to tell environments on one domain apart. */
  namePrefix?: string;
  apps?: readonly KintoneApp[];
  /** Undefined: permissions are left alone. */
  access?: { table: AccessTable; known: Known };
  moveAside?: boolean;
}

/** What there is to do for one app. */
export interface AppPlan {
  app: KintoneApp;
  /** The name in this environment. */
  name: string;
  /** Undefined: the app is yet to be made. */
  id: string | undefined;
  steps: readonly Step[];
  /** Settings that were changed but never deployed: an earlier run broke off, or somebody left them. */
  undeployed: boolean;
  /** The app is there and was never deployed: nobody but its maker sees it. */
  unfinished: boolean;
  /** For comparisons with the app as it is live. */
  wanted: Wanted;
}

/** In this order: fields before what names them, permissions before the app goes live with anything new. */
const COMPARISONS: readonly Compare[] = [
  compareFields,
  compareLayout,
  compareViews,
  compareSettings,
  compareAppAcl,
  compareRecordAcl,
  compareFieldAcl,
  compareNotifications,
];

/** The differences between the code and the settings of an app, each with the call that mends it. */
export function compareApp(wanted: Wanted, state: AppState): readonly Step[] {
  return COMPARISONS.flatMap((compare) => compare(wanted, state) ?? []);
}

/**
 * Compares the apps of a domain with the code. Changes nothing.
 * @param ids takes in the ids of the apps that are there
 * @throws {ProvisionError} where a name is there twice
 */
export async function planApps(
  client: KintoneRestAPIClient,
  options: PlanOptions,
  ids: Partial<Record<AppKey, string>> = {},
): Promise<readonly AppPlan[]> {
  const apps = options.apps ?? APPS;
  const nameOf = (app: KintoneApp) => `${options.namePrefix ?? ''}${app.name}`;
  for (const app of apps) {
    const id = options.appIds?.[app.key] ?? (await findApp(client, nameOf(app)));
    if (id !== undefined) ids[app.key] = id;
  }
  const plans: AppPlan[] = [];
  for (const app of apps) {
    const related = app.related?.filter((list) => apps.some(({ key }) => key === list.app));
    const wanted: Wanted = {
      app: related ? { ...app, related } : app,
      name: nameOf(app),
      ids,
      moveAside: options.moveAside ?? false,
      ...(options.access ? { access: options.access } : {}),
    };
    plans.push(await planApp(client, wanted));
  }
  return plans;
}

async function planApp(client: KintoneRestAPIClient, wanted: Wanted): Promise<AppPlan> {
  const { app, name, ids } = wanted;
  const id = ids[app.key];
  if (id === undefined) {
    return {
      app,
      name,
      id,
      steps: compareApp(wanted, emptyState()),
      undeployed: false,
      unfinished: false,
      wanted,
    };
  }
  const preview = await readState(client, id, true);
  const live = await readLive(client, id);
  return {
    app,
    name,
    id,
    steps: compareApp(wanted, preview),
    undeployed: live === 'none' || (live !== 'hidden' && !sameSettings(live, preview)),
    unfinished: live === 'none',
    wanted,
  };
}

/**
 * The live settings. `none`: the app was made but never deployed. `hidden`: this user may manage the app but not see its records,
 * without which kintone does not show what is live.
 */
export async function readLive(
  client: KintoneRestAPIClient,
  id: string,
): Promise<AppState | 'none' | 'hidden'> {
  try {
    return await readState(client, id, false);
  } catch (error) {
    const { code, status } = error as { code?: unknown; status?: unknown };
    if (code === 'GAIA_AP01') return 'none';
    if (status === 403) return 'hidden';
    throw error;
  }
}

function sameSettings(a: AppState, b: AppState): boolean {
  const { revision: _a, ...one } = a;
  const { revision: _b, ...other } = b;
  return isDeepStrictEqual(one, other);
}

/** The app of this name; undefined where none is live. */
export async function findApp(client: KintoneRestAPIClient, name: string): Promise<string | undefined> {
  const found: string[] = [];
  for (let offset = 0; ; offset += 100) {
    const { apps } = await client.app.getApps({ name, offset, limit: 100 });
    found.push(...apps.filter((app) => app.name === name).map((app) => app.appId));
    if (apps.length < 100) break;
  }
  if (found.length > 1) {
    throw new ProvisionError(
      `「${name}」という名前のアプリが複数あります（番号 ${found.join(', ')}）。使うアプリの番号を環境のファイル（または KINTONE_APP_IDS）に書いてください。`,
    );
  }
  return found[0];
}

/** All lines of an app's plan. */
export function changesOf(plan: AppPlan): readonly Change[] {
  return [
    ...(plan.id === undefined ? [{ effect: 'add' as const, what: `アプリ「${plan.name}」` }] : []),
    ...plan.steps.flatMap((step) => step.changes),
    ...(plan.undeployed && plan.steps.length === 0
      ? [{ effect: 'change' as const, what: '変更済みで、まだ反映されていない設定を反映する' }]
      : []),
  ];
}

export type { AppKey };
