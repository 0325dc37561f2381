import type { ApplicationRow, ListResponse } from '../../../api/contract/index.ts';
import type { RefusalCode } from '../../../domain/application/actions.ts';
import { ApiProblem, api } from '../../lib/index.ts';
import { newId } from '../lib/ids.ts';
import { toQuery } from './filters.ts';
import type { ListFilters } from './filters.ts';

/** Refusals after which the next one in the list may still be for this person. */
const TRY_NEXT: readonly string[] = [
  'samePerson',
  'enteredByYou',
  'assignedToOther',
  'ended',
] satisfies readonly RefusalCode[];

const LOOK_AT = 20;

/**
 * The next application of a list that nobody has taken: takes it for oneself where it is to be taken at all, and skips
 * those that this person may not review or that somebody else took at the same moment. Undefined where there is none.
 */
export async function takeNext(filters: ListFilters): Promise<ApplicationRow | undefined> {
  const query = toQuery({ ...filters, assignee: 'none', page: 1 }, LOOK_AT);
  const { rows } = await api.get<ListResponse>('staff/applications', { query });
  for (const row of rows) {
    try {
      await api.post(`staff/applications/${row.id}/actions`, {
        actionId: newId(),
        action: { type: 'claim' },
      });
      return row;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.isNetwork || error.status >= 500) throw error;
      // Not something to be taken (a letter to post, a contact to confirm): it is only opened.
      if (!TRY_NEXT.includes(error.code)) return row;
    }
  }
  return undefined;
}
