import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { AppRight, FieldRight, RecordRight } from '../access/acl.ts';
import type { FieldProperty, LayoutItem } from '../apps/form.ts';

export type Properties = Record<string, FieldProperty>;

export interface ListView {
  type: string;
  index: string;
  name: string;
  fields?: string[];
  filterCond?: string;
  sort?: string;
  builtinType?: string;
}

export interface Settings {
  name: string;
  description: string;
  titleField: { selectionMode: string; code?: string };
  enableBulkDeletion: boolean;
  enableDuplicateRecord: boolean;
}

export interface RecordNotification {
  filterCond: string;
  title: string;
  targets: { entity: { type: string; code: string | null }; includeSubs: boolean }[];
}

/** The settings of an app that this system decides about, as kintone gives them. */
export interface AppState {
  properties: Properties;
  layout: LayoutItem[];
  views: Record<string, ListView>;
  settings: Settings;
  appAcl: AppRight[];
  recordAcl: RecordRight[];
  fieldAcl: FieldRight[];
  notifications: RecordNotification[];
  /** Counts up with every change of the settings. */
  revision: string;
}

/** Reads an app's settings: as they will be after the next deployment, or as they are live. Eight requests. */
export async function readState(
  client: KintoneRestAPIClient,
  app: string,
  preview: boolean,
): Promise<AppState> {
  const of = { app, preview };
  const { properties } = await client.app.getFormFields(of);
  const { layout } = await client.app.getFormLayout(of);
  const { views } = await client.app.getViews(of);
  const { revision, ...settings } = await client.app.getAppSettings(of);
  const appAcl = await client.app.getAppAcl(of);
  const recordAcl = await client.app.getRecordAcl(of);
  const fieldAcl = await client.app.getFieldAcl(of);
  const { notifications } = await client.app.getPerRecordNotifications(of);
  return {
    properties,
    layout: layout as unknown as LayoutItem[],
    views: views as unknown as Record<string, ListView>,
    settings: settings as unknown as Settings,
    appAcl: appAcl.rights as AppRight[],
    recordAcl: recordAcl.rights as RecordRight[],
    fieldAcl: fieldAcl.rights as FieldRight[],
    notifications: notifications,
    revision,
  };
}

/** An app that has just been made, before anything is set. */
export function emptyState(): AppState {
  return {
    properties: {},
    layout: [],
    views: {},
    settings: {
      name: '',
      description: '',
      titleField: { selectionMode: 'AUTO', code: '' },
      enableBulkDeletion: false,
      enableDuplicateRecord: true,
    },
    appAcl: [],
    recordAcl: [],
    fieldAcl: [],
    notifications: [],
    revision: '',
  };
}

/** Made by kintone itself; they are not placed on the form by us. */
export const SYSTEM_TYPES: ReadonlySet<string> = new Set([
  'RECORD_NUMBER',
  'CREATOR',
  'CREATED_TIME',
  'MODIFIER',
  'UPDATED_TIME',
  'STATUS',
  'STATUS_ASSIGNEE',
  'CATEGORY',
]);
