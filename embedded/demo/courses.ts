import { setTimeout as delay } from 'node:timers/promises';
import { fiscalYearOf, type LocalDate } from '../../domain/calendar/dates.ts';
import { addMonths, lastDayOf, monthOf, yearEnd } from '../../domain/enrolment/months.ts';
import type { Answers } from '../../domain/procedures/definition.ts';
import { exampleOf } from '../../domain/procedures/examples/index.ts';
import { askedFields, fieldsOf } from '../../domain/procedures/fields.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { textAnswer } from '../../domain/procedures/shared/answers.ts';
import { demoId } from './accounts.ts';
import { ApiError, type ApiClient } from './client.ts';
import { demoFamily, type DemoFamily } from './families.ts';
import { firstReview, secondReview, type Cast } from './stories.ts';

/** One application of a course: filed, and approved or left as it is. */
export interface CourseStep {
  procedure: string;
  approved: boolean;
}
/** What one family files in the present year, one after the other. */
export interface Course {
  title: string;
  steps: readonly CourseStep[];
}

const approved = (procedure: string): CourseStep => ({ procedure, approved: true });
const filed = (procedure: string): CourseStep => ({ procedure, approved: false });

/** What comes after an admission: every procedure once, as the last step of a course. */
export const COURSES: readonly Course[] = [
  { title: '入会と延長利用を一緒に申請', steps: [filed('admission'), filed('extendedUse')] },
  {
    title: '延長利用をやめる',
    steps: [approved('admission'), approved('extendedUse'), filed('declineExtendedUse')],
  },
  { title: '退会', steps: [approved('admission'), filed('withdrawal')] },
  {
    title: '退会の取りやめ',
    steps: [approved('admission'), approved('withdrawal'), filed('withdrawalDateChange')],
  },
  { title: '減免', steps: [approved('admission'), filed('feeReduction')] },
  { title: '証明書', steps: [approved('admission'), approved('certificate')] },
  {
    title: '延長利用の取り下げ',
    steps: [approved('admission'), filed('extendedUse'), filed('cancellation')],
  },
];

/** What of the examples has to be of the present year. */
function ownAnswers(procedure: string, today: LocalDate): Answers {
  const month = monthOf(today);
  const last = monthOf(yearEnd(fiscalYearOf(today)));
  const next = month === last ? month : addMonths(month, 1);
  switch (procedure) {
    case 'admission':
      return { start_date: today };
    case 'extendedUse':
      return { extended_from: month, extended_to: last };
    case 'declineExtendedUse':
      return { decline_from: next };
    case 'withdrawal':
      return { withdrawal_date: lastDayOf(next) };
    case 'withdrawalDateChange':
      return { current_withdrawal_date: lastDayOf(next), change_kind: 'stay', new_withdrawal_date: null };
    case 'feeReduction':
      return { reduction_from: month, reduction_to: last, assistance_since: addMonths(month, -12) + '-01' };
    case 'cancellation':
      return { cancel_target: 'extendedUse' };
    default:
      return {};
  }
}

/** A family's made-up answers to a procedure on a day: its first example, with the family's own child and the present year. */
export function courseAnswers(procedure: string, family: DemoFamily, today: LocalDate): Answers {
  const definition = procedureOf(procedure);
  if (!definition) throw new Error(`no procedure ${procedure}`);
  const fiscalYear = fiscalYearOf(today);
  const birthday = textAnswer(family.answers, 'child_birth_date').slice(4);
  const answers: Answers = {
    ...exampleOf(procedure).answers,
    ...family.answers,
    fiscal_year: fiscalYear,
    // In the first grade this year; families' children are, at the earliest, in that of 2027.
    grade: 1,
    child_birth_date: `${fiscalYear - 7}${birthday}`,
    ...ownAnswers(procedure, today),
  };
  const known = new Set(fieldsOf(definition).map(({ code }) => code));
  const asked = new Set(askedFields(definition, answers).map(({ code }) => code));
  return Object.fromEntries(
    Object.entries(answers).filter(([code, value]) => known.has(code) && asked.has(code) && value !== null),
  );
}

/** An approval reaches the enrolment a moment later: what needs it is filed as soon as it can be. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409) || attempt === 60) throw error;
      await delay(500);
    }
  }
}

/**
 * Files what one family files, and has approved what is to be. What an earlier start has done already is found by its
 * submission and not done again.
 * @param index the family's
 */
export async function followCourse(
  course: Course,
  index: number,
  cast: Cast & { guardian: ApiClient },
  today: LocalDate,
): Promise<void> {
  const family = demoFamily(index);
  for (const { procedure, approved: wanted } of course.steps) {
    const documents = procedure === 'admission' ? family.documents : exampleOf(procedure).documents;
    const submissionId = demoId('submission', `${index}-${procedure}`);
    const answers = courseAnswers(procedure, family, today);
    const { applicationId } = await patiently(() =>
      cast.guardian.file({ procedure, answers, documents, submissionId }),
    );
    if (!wanted) continue;
    const scene = { ...cast, family, applicationId };
    const { stage } = await cast.ward.open(applicationId);
    if (stage === 'firstReview') await firstReview(scene);
    if (stage === 'firstReview' || stage === 'secondReview') await secondReview(scene);
    if (stage === 'approved') continue;
    const dated = procedureOf(procedure)?.roles.startDate !== undefined;
    await cast.ward.act(applicationId, {
      type: 'decide',
      outcome: 'approved',
      ...(dated ? { effectiveFrom: today } : {}),
    });
  }
}
