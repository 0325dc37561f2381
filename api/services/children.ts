import { fiscalYearOf, type LocalDate } from '../../domain/calendar/dates.ts';
import type { AdmissionPeriod, Enrolment } from '../../domain/enrolment/enrolment.ts';
import { checkNeed, type NeedAnswer, type NeedView } from '../../domain/enrolment/needs.ts';
import type { ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { PROCEDURES } from '../../domain/procedures/registry.ts';
import { text } from '../../domain/texts/locale.ts';
import { familyApplications, type FamilyApplication } from '../../store/family.ts';
import type { ChildYear, MyChild, ProcedureForChild } from '../contract/family.ts';
import type { ApiDeps } from '../deps.ts';
import { needViewOf } from './need-view.ts';
import { isOpen, today } from './ward-settings.ts';

/** What a cancellation can end: the procedures that it has a choice for. */
const CANCELLABLE = ['admission', 'extendedUse', 'feeReduction'];

const OPEN_ALREADY = text(
  'すでに申請しています。状況は「申請の一覧」で確認できます。',
  'もう {申請|しんせい}しています。「わたしの {申請|しんせい}」で {見|み}られます。',
  'This has been applied for already. See “My applications”.',
);

/**
 * The children of an account's own applications, with their membership and what can be filed for each, year by year (Q05, Q11).
 * Children of whom all applications were cancelled or refused stay: the family may want to apply again.
 */
export async function myChildren(deps: ApiDeps, accountId: string): Promise<MyChild[]> {
  const applications = await familyApplications(deps.db, deps.keyring, accountId);
  const ids = new Set(applications.map((one) => one.id));
  const day = today(deps.now());
  const open = await openYears(deps, day);
  const keys = [...new Set(applications.map((one) => one.childKey))].filter((key) => key !== '');
  return Promise.all(
    keys.map(async (key): Promise<MyChild> => {
      const own = applications.filter((one) => one.childKey === key);
      const child = own.find((one) => one.child)?.child;
      return {
        key,
        name: child ? `${child.familyName} ${child.givenName}`.trim() : '',
        birthDate: child?.birthDate ?? '',
        years: await Promise.all(
          yearsOf(own, open, day).map(async (fiscalYear) => {
            const view = await needViewOf(deps, { childKey: key, fiscalYear, today: day });
            return yearOf(fiscalYear, view, day, ids);
          }),
        ),
      };
    }),
  );
}

/** The years that anything can be filed for today. */
async function openYears(deps: ApiDeps, day: LocalDate): Promise<readonly number[]> {
  const periods = await Promise.all(PROCEDURES.map((definition) => deps.settings.periods(definition, day)));
  return periods.flatMap((list) => list.filter((one) => isOpen(one, day)).map((one) => one.fiscalYear));
}

function yearsOf(
  own: readonly FamilyApplication[],
  open: readonly number[],
  day: LocalDate,
): readonly number[] {
  const filed = own.map((one) => one.fiscalYear).filter((year) => year >= fiscalYearOf(day));
  return [...new Set([...filed, ...open])].sort((a, b) => a - b);
}

/**
 * What is shown is what applications of this account brought about: who only knows a child's name and birthday, and files
 * something for it, learns nothing of its membership.
 */
function yearOf(fiscalYear: number, view: NeedView, day: LocalDate, own: ReadonlySet<string>): ChildYear {
  const mine = view.enrolment?.history.some(({ entry }) => own.has(entry.applicationId)) === true;
  const enrolment = mine ? view.enrolment : undefined;
  const period = presentPeriod(enrolment, day);
  const underWay = view.open.some((one) => one.procedure === 'admission' && own.has(one.applicationId));
  const membership = period ? (period.to >= day ? 'member' : 'ended') : underWay ? 'underWay' : 'none';
  return {
    fiscalYear,
    membership,
    bopCode: period?.bop ?? null,
    from: enrolment?.admission[0]?.from ?? null,
    lastDay: enrolment?.withdrawal?.lastDay ?? null,
    extendedUse: (enrolment?.extendedUse ?? []).map(({ mode, from, to }) => ({ mode, from, to })),
    reductions: (enrolment?.reductions ?? []).map(({ reason, from, to }) => ({ reason, from, to })),
    procedures: PROCEDURES.map((definition) => forChild(definition, view)),
  };
}

/** Where the child is on this day, or will be next; the last one, where all is over. */
function presentPeriod(enrolment: Enrolment | undefined, day: LocalDate): AdmissionPeriod | undefined {
  return enrolment?.admission.find(({ to }) => to >= day) ?? enrolment?.admission.at(-1);
}

function forChild(definition: ProcedureDefinition, view: NeedView): ProcedureForChild {
  const { code: procedure } = definition;
  // Only one of them can be open, so that a second could not be filed (Q08).
  if (!definition.lockPeriod && view.open.some((one) => one.procedure === procedure)) {
    return { procedure, may: false, reason: OPEN_ALREADY, instead: null };
  }
  const answer = answerFor(definition, view);
  if (answer.kind === 'refused') {
    return { procedure, may: false, reason: answer.message, instead: answer.instead ?? null };
  }
  return { procedure, may: true, reason: null, instead: null };
}

function answerFor(definition: ProcedureDefinition, view: NeedView): NeedAnswer {
  if (definition.needs.kind !== 'openApplication') return checkNeed(definition.needs, view);
  const answers = CANCELLABLE.map((procedure) =>
    checkNeed(definition.needs, { ...view, cancels: { procedure } }),
  );
  // Any of them will do; of the refusals, one that names what to do instead.
  return (
    answers.find((one) => one.kind !== 'refused') ??
    answers.find((one) => one.kind === 'refused' && one.code === 'beingReleased') ??
    answers.at(-1) ?? { kind: 'ok' }
  );
}
