import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { statusAfter, type BulkCommand, type BulkStatus } from '../domain/rounds/bulk.ts';
import { bulkCommandUpdate, bulkStatusQuery, TOO_LATE } from './round-messages.ts';
import { decideBatch, markBulk } from './rounds/activities.ts';

/** So many at a time: a pause or a stop waits for no more than these. */
const BATCH = 20;

function assertPossible(status: BulkStatus, command: BulkCommand): BulkStatus {
  const after = statusAfter(status, command);
  if (after) return after;
  throw ApplicationFailure.create({
    message: `${command} after ${status}`,
    type: TOO_LATE,
    nonRetryable: true,
  });
}

/**
 * A bulk decision of the ward (まとめて決定), from its confirmation to its end. Each application is asked to decide by an Update
 * with an id of its own, so it is decided once, whatever is killed on the way; what changed since the preview is left out.
 * @param begun where an earlier run left it
 */
export async function bulkDecision(
  { bulkId }: { bulkId: string },
  begun: BulkStatus = 'running',
): Promise<{ status: BulkStatus }> {
  let status = begun;
  const now = () => status;
  setHandler(bulkStatusQuery, now);
  setHandler(
    bulkCommandUpdate,
    async ({ command }) => {
      const after = assertPossible(status, command);
      status = after;
      setCurrentDetails(after);
      await markBulk({ bulkId, status: after });
      return { status: after };
    },
    {
      validator: ({ command }: { command: BulkCommand }) => void assertPossible(status, command),
    },
  );

  let left = Number.POSITIVE_INFINITY;
  while (left > 0 && now() !== 'stopping') {
    if (now() === 'paused') {
      await condition(() => now() !== 'paused');
      continue;
    }
    ({ left } = await decideBatch({ bulkId, size: BATCH }));
    if (workflowInfo().continueAsNewSuggested && left > 0 && allHandlersFinished()) {
      await continueAsNew<typeof bulkDecision>({ bulkId }, now());
    }
  }
  await condition(allHandlersFinished);
  status = left > 0 ? 'stopped' : 'done';
  await markBulk({ bulkId, status });
  return { status };
}
