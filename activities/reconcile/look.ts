import { KINTONE_BOOKS } from '../../domain/application/kintone-changes.ts';
import { PROCEDURES } from '../../domain/procedures/registry.ts';
import { applicationApp, type AppKey } from '../../kintone/apps/model.ts';
import type { Found, LookDeps, LookOptions, LookResult, Unknown } from './found.ts';
import { AppLook } from './look-app.ts';

/** The apps whose records are compared with what was written there. */
export const APPS_LOOKED_AT: readonly AppKey[] = [
  ...PROCEDURES.map(({ code }) => applicationApp(code)),
  ...KINTONE_BOOKS,
];

/**
 * Looks through kintone for what people changed there: by what webhooks told, and by what was written since the last look.
 * Webhooks are hints that may never come; the look finds all the same. Whatever is seen is kept, sealed, and found again until
 * the application knows of it.
 */
export async function lookForChanges(deps: LookDeps, options: LookOptions = {}): Promise<LookResult> {
  const found: Found[] = [];
  const unknown: Unknown[] = [];
  const deferred: string[] = [];
  for (const app of APPS_LOOKED_AT) {
    // Looking can wait; writing what families filed cannot.
    if (deps.gateway.budget(app) === 'defer') deferred.push(app);
    else await new AppLook(deps, app, options, { found, unknown }).run();
  }
  return { found, unknown, deferred };
}
