import { PROCEDURES } from '../../domain/procedures/registry.ts';
import { applicationAppOf } from './application.ts';
import { CONTACTS_APP, DOCUMENTS_APP, REVIEWS_APP } from './common.ts';
import { ENROLMENTS_APP } from './enrolments.ts';
import { FACILITIES_APP } from './facilities.ts';
import { LEDGER_APP } from './ledger.ts';
import type { AppKey, KintoneApp } from './model.ts';
import { NOTICES_APP } from './notices.ts';

export type { AppKey, KintoneApp, KintoneRecord } from './model.ts';

/** Every app that this system has on a kintone domain. */
export const APPS: readonly KintoneApp[] = [
  ...PROCEDURES.map(applicationAppOf),
  DOCUMENTS_APP,
  REVIEWS_APP,
  CONTACTS_APP,
  ENROLMENTS_APP,
  NOTICES_APP,
  LEDGER_APP,
  FACILITIES_APP,
];

/** The app with this key. @throws Error for a key that no app has */
export function appByKey(key: AppKey): KintoneApp {
  const app = APPS.find((one) => one.key === key);
  if (!app) throw new Error(`no kintone app "${key}"`);
  return app;
}
