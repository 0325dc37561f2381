import type { Latencies } from './measure.ts';

interface Timestamp {
  seconds?: { toString(): string } | null;
  nanos?: number | null;
}

/** What is read of an event of a history. */
export interface HistoryEvent {
  eventId?: { toString(): string } | null;
  eventTime?: Timestamp | null;
  workflowTaskStartedEventAttributes?: { scheduledEventId?: { toString(): string } | null } | null;
  activityTaskScheduledEventAttributes?: { activityType?: { name?: string | null } | null } | null;
  activityTaskStartedEventAttributes?: { scheduledEventId?: { toString(): string } | null } | null;
  workflowExecutionUpdateAcceptedEventAttributes?: object | null;
  workflowExecutionUpdateCompletedEventAttributes?: {
    acceptedEventId?: { toString(): string } | null;
  } | null;
}

/** Where a person's step spends its time at Temporal and the worker, milliseconds. */
export interface Waits {
  /** A workflow's task, until the worker takes it. */
  workflowTask: Latencies;
  /** The projection, which an answer waits for, until the worker takes it. */
  projection: Latencies;
  /** From the moment that the workflow has accepted an action until its result is there. */
  update: Latencies;
}

/** The activity that the answer to an action waits for (ADR 0003). */
const AWAITED = 'project';

function millis(event: HistoryEvent | undefined): number {
  const { seconds, nanos } = event?.eventTime ?? {};
  return Number(seconds ?? 0) * 1000 + (nanos ?? 0) / 1_000_000;
}

/** Adds what one history tells. */
export function addWaits(waits: Waits, events: readonly HistoryEvent[]): void {
  const byId = new Map(events.map((event) => [String(event.eventId), event]));
  for (const event of events) {
    const since = (id: { toString(): string } | null | undefined) => byId.get(String(id));
    const task = event.workflowTaskStartedEventAttributes;
    const activity = event.activityTaskStartedEventAttributes;
    const update = event.workflowExecutionUpdateCompletedEventAttributes;
    if (task) waits.workflowTask.add(millis(event) - millis(since(task.scheduledEventId)));
    if (activity) {
      const scheduled = since(activity.scheduledEventId);
      const { activityType } = scheduled?.activityTaskScheduledEventAttributes ?? {};
      if (activityType?.name === AWAITED) waits.projection.add(millis(event) - millis(scheduled));
    }
    if (update) waits.update.add(millis(event) - millis(since(update.acceptedEventId)));
  }
}
