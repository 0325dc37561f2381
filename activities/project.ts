import { ApplicationFailure } from '@temporalio/common';
import type { ApplicationActivities } from '../domain/application/ports.ts';
import { projectStep } from '../store/applications.ts';
import { ProjectionConflictError } from '../store/events.ts';
import type { ActivityDeps } from './deps.ts';

/** Writes a step to the projection, before the person gets the answer (design 8). */
export function createProject({ db }: Pick<ActivityDeps, 'db'>): ApplicationActivities['project'] {
  return async (step) => {
    try {
      await projectStep(db, step);
    } catch (error) {
      // Another history stands there: no retry mends that, and writing over it would lose what people were told.
      if (error instanceof ProjectionConflictError) {
        throw ApplicationFailure.nonRetryable(error.message, 'ProjectionConflict');
      }
      throw error;
    }
  };
}
