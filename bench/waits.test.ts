import { expect, it } from 'vitest';
import { Latencies } from './measure.ts';
import { addWaits } from './waits.ts';

it('reads from a history how long a step waited for the worker', () => {
  const at = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 });
  const waits = { workflowTask: new Latencies(), projection: new Latencies(), update: new Latencies() };
  addWaits(waits, [
    { eventId: 1, eventTime: at(990) },
    { eventId: 2, eventTime: at(1010), workflowTaskStartedEventAttributes: { scheduledEventId: 1 } },
    { eventId: 3, eventTime: at(1020), workflowExecutionUpdateAcceptedEventAttributes: {} },
    {
      eventId: 4,
      eventTime: at(1020),
      activityTaskScheduledEventAttributes: { activityType: { name: 'project' } },
    },
    {
      eventId: 5,
      eventTime: at(1020),
      activityTaskScheduledEventAttributes: { activityType: { name: 'carry' } },
    },
    { eventId: 6, eventTime: at(1025), activityTaskStartedEventAttributes: { scheduledEventId: 4 } },
    { eventId: 7, eventTime: at(1900), activityTaskStartedEventAttributes: { scheduledEventId: 5 } },
    {
      eventId: 8,
      eventTime: at(2050),
      workflowExecutionUpdateCompletedEventAttributes: { acceptedEventId: 3 },
    },
  ]);
  expect(waits.workflowTask.summary()).toMatchObject({ count: 1, p99: 20 });
  expect(waits.projection.summary()).toMatchObject({ count: 1, p99: 5 });
  expect(waits.update.summary()).toMatchObject({ count: 1, p99: 1030 });
});
