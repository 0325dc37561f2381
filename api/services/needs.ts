import { tokyoDate } from '../../domain/calendar/dates.ts';
import { cancellationTarget } from '../../domain/enrolment/decided.ts';
import { checkNeed, type NeedAnswer } from '../../domain/enrolment/needs.ts';
import type { NeedRefusalCode } from '../../domain/enrolment/need-texts.ts';
import { childIdentity } from '../../domain/intake/identity.ts';
import type { Answers, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { needView } from '../../store/needs.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';

/** An application that is filed together with the one in question (Q05). */
export interface FiledWith {
  definition: ProcedureDefinition;
  answers: Answers;
}

/** The opaque key of the child that the answers name. @throws Error where name or birthday are not there */
export function childKeyOf(deps: Pick<ApiDeps, 'keyring'>, { definition, answers }: FiledWith): string {
  return deps.keyring.lookupKey('child', childIdentity(definition, answers));
}

/**
 * Can this be filed for the child as things stand (domain.md, "Effects between applications")? What is filed in the same go
 * counts as open: admission and extended use come together.
 * @param except the application itself, where it has been filed already
 */
export async function needOf(
  deps: Pick<ApiDeps, 'db' | 'keyring' | 'now'>,
  filing: FiledWith,
  { together = [], except }: { together?: readonly FiledWith[]; except?: string } = {},
): Promise<NeedAnswer> {
  const { definition, answers } = filing;
  const fiscalYear = Number(answers[definition.roles.fiscalYear]);
  const childKey = childKeyOf(deps, filing);
  const view = await needView(deps.db, {
    childKey,
    fiscalYear,
    today: tokyoDate(deps.now().toISOString()),
    cancels: cancellationTarget(definition, answers),
    ...(except === undefined ? {} : { except }),
  });
  const alongside = together.filter(
    (one) =>
      one !== filing &&
      childKeyOf(deps, one) === childKey &&
      Number(one.answers[one.definition.roles.fiscalYear]) === fiscalYear,
  );
  const open = alongside.map((one) => ({
    applicationId: '',
    receiptNumber: '',
    procedure: one.definition.code,
    ...(one.definition.lockPeriod ? { period: one.definition.lockPeriod(one.answers) } : {}),
  }));
  // What is filed together cannot be cancelled by it.
  const counted = definition.needs.kind === 'openApplication' ? [] : open;
  return checkNeed(definition.needs, { ...view, open: [...view.open, ...counted] });
}

/** Refusals that come of a slip in the child's name, its birthday or the year: nothing is known of the child so named. */
const MAYBE_MISTAKEN: readonly NeedRefusalCode[] = [
  'notAdmitted',
  'noExtendedUse',
  'noWithdrawal',
  'nothingToCancel',
];

/** The answers at which a refusal is shown: whom it is about, and which year. Empty where they are not the matter. */
export function fieldsOfRefusal({ roles }: ProcedureDefinition, code: NeedRefusalCode): readonly string[] {
  return MAYBE_MISTAKEN.includes(code) ? [roles.childFamilyName, roles.childBirthDate, roles.fiscalYear] : [];
}

/** @throws {ProblemError} `needNotMet`: why it cannot be filed, in three languages, and which procedure to use instead */
export async function assertNeed(
  deps: Pick<ApiDeps, 'db' | 'keyring' | 'now'>,
  filing: FiledWith,
  together: readonly FiledWith[] = [],
): Promise<void> {
  const answer = await needOf(deps, filing, { together });
  if (answer.kind !== 'refused') return;
  const { code, message, instead } = answer;
  throw new ProblemError('needNotMet', {
    detail: message,
    extensions: { need: { code, message, instead: instead ?? null } },
  });
}
