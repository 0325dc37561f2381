import { ApplicationFailure } from '@temporalio/common';
import type { ApplicationActivities } from '../domain/application/ports.ts';
import { projectStep } from '../store/applications.ts';
import { ProjectionConflictError } from '../store/events.ts';
import type { ActivityDeps } from './deps.ts';

/**
 * Writes a step to the projection, before the person gets the answer (design 8). Where another history stands there (a
 * database restored from another day, say), nothing is written over it, for people have been told of it, and the
 * application must not end by it either: the step keeps trying, seen in Temporal and in the log, until a person has settled
 * which history holds.
 */
export function createProject({
  db,
  log,
}: Pick<ActivityDeps, 'db' | 'log'>): ApplicationActivities['project'] {
  return async (step) => {
    try {
      await projectStep(db, step);
    } catch (error) {
      if (!(error instanceof ProjectionConflictError)) throw error;
      log.error({ applicationId: step.applicationId, seq: step.summary.seq }, error.message);
      throw ApplicationFailure.retryable(error.message, 'ProjectionConflict');
    }
  };
}
