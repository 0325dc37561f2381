import { condition, continueAsNew, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import { tokyoInstant } from '../domain/calendar/dates.ts';
import { lookAgainSignal } from './enrolment-messages.ts';
import { carry } from './enrolments/activities.ts';

/**
 * Carries what staff have recorded of an enrolment (転校) to kintone: now, and again on the day on which the child belongs to
 * another 新BOP, for the record is that 新BOP's from then on (Q03).
 */
export async function carryEnrolment(input: { enrolmentId: string }): Promise<void> {
  let again = true;
  setHandler(lookAgainSignal, () => {
    again = true;
  });
  for (;;) {
    again = false;
    const { nextOn } = await carry(input);
    setCurrentDetails(nextOn === null ? '' : `${nextOn} に新BOPが変わります`);
    if (again as boolean) continue;
    if (nextOn === null) return;
    const left = Date.parse(tokyoInstant(nextOn, '00:05')) - Date.now();
    if (left > 0) await condition(() => again, left);
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof carryEnrolment>(input);
  }
}
