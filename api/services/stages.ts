import type { Stage } from '../../domain/application/state.ts';

const ENDED: readonly Stage[] = ['approved', 'refused', 'cancelled'];

/** Has an application in this stage ended? As `isEnded` of the domain, for who has the stage only. */
export function isEndedStage(stage: Stage): boolean {
  return ENDED.includes(stage);
}
