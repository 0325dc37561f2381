import { ApplicationFailure } from '@temporalio/common';
import { KintoneError } from '../kintone/gateway/index.ts';

/**
 * A failure as Temporal's retries need it: kintone's final refusals are not retried, limits come again when kintone says, all
 * else is retried as it is. Messages carry codes and field names, never what people wrote.
 */
export function asFailure(error: unknown): Error {
  if (!(error instanceof KintoneError)) return error instanceof Error ? error : new Error(String(error));
  return ApplicationFailure.create({
    message: error.message,
    type: `Kintone.${error.kind}`,
    nonRetryable: error.kind === 'final',
    ...(error.retryAfterMs === undefined ? {} : { nextRetryDelay: error.retryAfterMs }),
  });
}
