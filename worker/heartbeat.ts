import type { Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** Half of what an activity's silence may last, and longer than most of them take. */
const EVERY_MS = 4000;

/**
 * Heartbeats for every running activity, so that one whose worker was killed is given to another within seconds, however long
 * it may take when all is well (its `heartbeatTimeout` is in workflows/application/activities.ts).
 */
export const heartbeats: ActivityInterceptorsFactory = (context: Context) => ({
  inbound: {
    async execute(input, next) {
      const timer = setInterval(() => {
        context.heartbeat();
      }, EVERY_MS);
      try {
        return await next(input);
      } finally {
        clearInterval(timer);
      }
    },
  },
});
