import type { RoundActivities } from '../../domain/rounds/ports.ts';
import { setBulkStatus, announceTopic } from '../../store/bulk-decisions.ts';
import { createDecideBatch } from './decide-batch.ts';
import type { RoundDeps } from './deps.ts';
import { createRoundParts } from './round.ts';

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
