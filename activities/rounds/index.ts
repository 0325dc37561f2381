import type { Client } from '@temporalio/client';
import type { RoundActivities } from '../../domain/rounds/ports.ts';
import { setBulkStatus, announceTopic } from '../../store/bulk-decisions.ts';
import type { ActivityDeps } from '../deps.ts';
import { createDecideBatch } from './decide-batch.ts';
import { createRoundParts } from './round.ts';

/** What rounds and bulk decisions work with: they ask the workflows of many applications. */
export type RoundDeps = Pick<ActivityDeps, 'db' | 'keyring' | 'log'> & { client: Client };

/** All activities of the workflows of rounds and bulk decisions. */
export function createRoundActivities(deps: RoundDeps): RoundActivities {
  const { db } = deps;
  return {
    ...createRoundParts(deps),
    decideBatch: createDecideBatch(deps),
    async markBulk({ bulkId, status }) {
      await setBulkStatus(db, bulkId, status);
      await announceTopic(db, 'bulk', bulkId);
    },
  };
}
