import type { ProjectionSummary } from './ports.ts';
import type { ApplicationState } from './state.ts';
import { queuesOf, tasksOf } from './tasks.ts';

/** What lists and queues know of an application (design 8): derived from its state, without personal data. */
export function summaryOf(state: ApplicationState): ProjectionSummary {
  const asking = state.stage === 'awaitingApplicant' ? state.request : undefined;
  return {
    seq: state.seq,
    stage: state.stage,
    queues: queuesOf(state),
    tasks: tasksOf(state),
    assignee: state.assignee ?? null,
    firstReviewer: state.cycle.first?.reviewer ?? null,
    deadline: asking?.deadline ?? null,
    overdue: asking?.overdue ?? false,
    dataVersion: state.dataVersion,
  };
}
