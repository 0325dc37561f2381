import { WorkflowNotFoundError } from '@temporalio/client';
import { joinedMails, markMailFailed } from '../../store/mails.ts';
import type { ActivityDeps } from '../deps.ts';
import type { TemporalOfActivity } from '../enrolment/related.ts';

/** Name of `mailFailedSignal` in workflows/messages.ts. */
const MAIL_FAILED = 'mailFailed';

/**
 * Tells the applications that were filed with this one that the mail for all of them has come to nothing, so that each has its
 * task to reach the family (Q18). One whose mail is not looked at yet finds out by itself. Telling it twice is telling it once.
 */
export function createFailedForAll(
  { db }: Pick<ActivityDeps, 'db'>,
  temporal: TemporalOfActivity,
): (applicationId: string) => Promise<void> {
  return async (applicationId) => {
    for (const { mailId, workflowId } of await joinedMails(db, applicationId)) {
      try {
        await temporal().workflow.getHandle(workflowId).signal(MAIL_FAILED, { mailId, template: 'received' });
      } catch (error) {
        // It has ended: nobody has to be reached about it any more.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
      // After the signal: a process that dies in between tells it again.
      await markMailFailed(db, mailId, 'the mail for all that was filed in one go has failed');
    }
  };
}
