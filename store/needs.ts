import type { LocalDate } from '../domain/calendar/dates.ts';
import type { CancellationTarget, NeedView } from '../domain/enrolment/needs.ts';
import { applicationsOfChild, openOnes } from './children.ts';
import type { DbOrTransaction } from './db.ts';
import { enrolmentById, enrolmentIdOf } from './enrolments.ts';

export interface NeedQuestion {
  childKey: string;
  fiscalYear: number;
  today: LocalDate;
  /** For a cancellation. */
  cancels?: CancellationTarget | undefined;
  /** The application that asks: it does not count itself. */
  except?: string;
}

/**
 * What the rules about needs look at (`checkNeed` of the domain): the child's enrolment and open applications of the year. A
 * decision that waits for the day of its round counts as open: the family cannot know of it.
 */
export async function needView(db: DbOrTransaction, question: NeedQuestion): Promise<NeedView> {
  const { childKey, fiscalYear, today, cancels, except } = question;
  const [stored, applications] = await Promise.all([
    enrolmentById(db, enrolmentIdOf(fiscalYear, childKey)),
    applicationsOfChild(db, childKey, fiscalYear),
  ]);
  return {
    today,
    enrolment: stored?.enrolment,
    open: openOnes(applications.filter(({ id }) => id !== except)),
    ...(cancels === undefined ? {} : { cancels }),
  };
}
