import type { ApplicationState } from '../application/state.ts';
import { tasksOf } from '../application/tasks.ts';
import { METHOD_LABELS, REFUSAL_TEXTS, STAGE_LABELS, TASK_LABELS } from './application.ts';

/** Refusals as they stand in Temporal's history. */
export const REFUSALS_IN_WORDS = REFUSAL_TEXTS;

/**
 * An application's present state in words (Markdown) for Temporal's web UI: stage, deadline, what has to be done next. No
 * personal data: staff appear by their ids (design 5, 8).
 */
export function currentDetails(state: ApplicationState): string {
  const lines = [
    `**${state.receiptNumber}** ${STAGE_LABELS[state.stage]}（審査 ${state.cycle.number} 巡目、データ第 ${state.dataVersion} 版）`,
  ];
  if (state.assignee) lines.push(`担当: ${state.assignee}`);
  if (state.stage === 'awaitingApplicant' && state.request) {
    const { round, method, deadline, overdue, items } = state.request;
    const left = items.filter((item) => item.status === 'open').length;
    lines.push(
      `不備の依頼 ${round} 回目（${METHOD_LABELS[method]}）: 残り ${left} 件、期限 ${deadline}${overdue ? '（超過）' : ''}`,
    );
  }
  for (const task of tasksOf(state)) lines.push(`- ${TASK_LABELS[task.kind]}`);
  return lines.join('\n\n');
}
