import {
  allHandlersFinished,
  condition,
  continueAsNew,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { receivedBy } from '../domain/application/events.ts';
import type { Stage } from '../domain/application/state.ts';
import { checkIntake, loadSettings } from './application/activities.ts';
import { now, untilWake } from './application/clock.ts';
import { ApplicationProcess, type Resume } from './application/process.ts';
import {
  actUpdate,
  mailFailedSignal,
  relatedSignal,
  settingsChangedSignal,
  stateQuery,
  submitUpdate,
  type ActInput,
  type ApplicationInput,
} from './messages.ts';

/** Settings in force at receipt (Q10) and what the machine sees (Q15), then the first two events, together. */
async function receive(process: ApplicationProcess, input: ApplicationInput): Promise<void> {
  const { procedure, applicationId, receivedAt } = input;
  const [{ settings }, { lookAlikes, hints, related = [] }] = await Promise.all([
    loadSettings({ procedure, applicationId, at: receivedAt }),
    checkIntake({ applicationId }),
  ]);
  await process.receive([
    { ...input, type: 'received', settings, seq: 1, at: receivedAt, by: receivedBy(input) },
    { type: 'intakeChecked', lookAlikes, hints, seq: 2, at: now(), by: { kind: 'system' } },
    ...related.map((one, index) => ({
      ...one,
      type: 'relatedChanged' as const,
      seq: index + 3,
      at: now(),
      by: { kind: 'system' as const },
    })),
  ]);
}

/**
 * One application from its filing to its end (design: "The way of one application"). All rules are the domain's; this file
 * wires messages, the clock and the activities. Ends with the decision or the cancellation, when everything has gone out.
 */
export async function application(input: ApplicationInput, resume?: Resume): Promise<{ stage: Stage }> {
  const process = new ApplicationProcess();
  if (resume) process.resume(resume);

  setHandler(stateQuery, () => process.stateOrNone);
  setHandler(submitUpdate, () => ({
    applicationId: input.applicationId,
    receiptNumber: input.receiptNumber,
    stage: process.stateOrNone?.stage ?? (input.channel === 'paper' ? 'entryCheck' : 'firstReview'),
  }));
  setHandler(actUpdate, ({ actor, action }) => process.act(actor, action), {
    validator: ({ actor, action }: ActInput) => process.assertAllowed(actor, action),
  });
  setHandler(mailFailedSignal, async ({ mailId, template }) => {
    await condition(() => process.stateOrNone !== undefined);
    await process.actAsSystem({ type: 'reportMailFailure', mailId, template });
  });
  setHandler(relatedSignal, async ({ to, role, related }) => {
    if (to !== input.applicationId) return;
    await condition(() => process.stateOrNone !== undefined);
    await process.actAsSystem({ type: 'reportRelated', role, related });
  });
  setHandler(settingsChangedSignal, async () => {
    await condition(() => process.stateOrNone !== undefined);
    const { procedure, applicationId } = input;
    const { settings } = await loadSettings({ procedure, applicationId, at: new Date().toISOString() });
    const { calendar, deadlines, noticesOn } = settings;
    // Histories from before this rule moved a deadline only off a closed day.
    const keepsDays = patched('deadline-keeps-days');
    await process.actAsSystem({
      type: 'changeSettings',
      calendar,
      deadlines,
      ...(noticesOn === undefined ? {} : { noticesOn }),
      ...(keepsDays ? { keepsDays } : {}),
    });
  });

  let finished = false;
  const delivering = process.keepDelivering(() => finished);
  if (!resume) await receive(process, input);

  const quiet = () => process.settled && allHandlersFinished();
  const tooLong = () => !process.ended && workflowInfo().continueAsNewSuggested && quiet();
  while (!process.ended) {
    const due = await untilWake(
      () => process.state,
      () => process.ended || tooLong(),
    );
    if (due) await process.actAsSystem(due);
    else if (tooLong()) {
      await continueAsNew<typeof application>(input, {
        state: process.state,
        deliveredSeq: process.deliveredSeq,
      });
    }
  }

  await condition(quiet);
  finished = true;
  await delivering;
  return { stage: process.state.stage };
}
