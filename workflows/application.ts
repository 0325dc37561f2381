import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ApplicationEvent } from '../domain/application/events.ts';
import type { Stage } from '../domain/application/state.ts';
import { checkIntake, loadSettings } from './application/activities.ts';
import { untilWake } from './application/clock.ts';
import { ApplicationProcess, type Resume } from './application/process.ts';
import {
  actUpdate,
  mailFailedSignal,
  settingsChangedSignal,
  stateQuery,
  submitUpdate,
  type ActInput,
  type ApplicationInput,
} from './messages.ts';

/** Settings in force at receipt (Q10), then the first event. */
async function receive(process: ApplicationProcess, input: ApplicationInput): Promise<void> {
  const { procedure, applicationId, receivedAt } = input;
  const { settings } = await loadSettings({ procedure, applicationId, at: receivedAt });
  const by = input.enteredBy
    ? ({ kind: 'staff', id: input.enteredBy, role: 'operator' } as const)
    : input.applicantId
      ? ({ kind: 'applicant', id: input.applicantId } as const)
      : ({ kind: 'system' } as const);
  const event: ApplicationEvent = { ...input, type: 'received', settings, seq: 1, at: receivedAt, by };
  await process.receive(event);
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
  setHandler(settingsChangedSignal, async () => {
    await condition(() => process.stateOrNone !== undefined);
    const { procedure, applicationId } = input;
    const { settings } = await loadSettings({ procedure, applicationId, at: new Date().toISOString() });
    const { calendar, deadlines } = settings;
    await process.actAsSystem({ type: 'changeSettings', calendar, deadlines });
  });

  let finished = false;
  const carrying = process.keepCarrying(() => finished);
  if (!resume) {
    await receive(process, input);
    const { lookAlikes, hints } = await checkIntake({ applicationId: input.applicationId });
    if (!process.ended) await process.actAsSystem({ type: 'reportIntakeCheck', lookAlikes, hints });
  }

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
        carriedSeq: process.carriedSeq,
      });
    }
  }

  await condition(quiet);
  finished = true;
  await carrying;
  return { stage: process.state.stage };
}
