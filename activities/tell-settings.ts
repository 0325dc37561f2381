import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { EnrolmentActivities } from '../domain/enrolment/year-run.ts';
import { markSettingsTold, openApplicationsAfter } from '../store/settings-told.ts';
import type { ActivityDeps } from './deps.ts';
import { inParallel } from './rounds/parallel.ts';

/** Signals at one time: the applications' workflows have other things to do. */
const AT_ONCE = 10;
const PAGE = 200;
/** Name of `settingsChangedSignal` in workflows/messages.ts. */
const SETTINGS_CHANGED = 'settingsChanged';

type Deps = Pick<ActivityDeps, 'db'> & { client: Client };

/** Has a page of the open applications read the ward's settings again. */
export function createTellSettings({ db, client }: Deps): EnrolmentActivities['tellSettings'] {
  return async ({ after }) => {
    const page = await openApplicationsAfter(db, { after, limit: PAGE });
    await inParallel(page, AT_ONCE, async ({ workflowId }) => {
      try {
        await client.workflow.getHandle(workflowId).signal(SETTINGS_CHANGED);
      } catch (error) {
        // Ended by now: nothing waits any more.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    });
    return { after: page.length < PAGE ? null : (page.at(-1)?.id ?? null) };
  };
}

export function createMarkSettingsTold({ db }: Pick<Deps, 'db'>): EnrolmentActivities['markSettingsTold'] {
  return ({ version }) => markSettingsTold(db, version);
}
