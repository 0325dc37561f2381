import type { Actor, PersonId } from '../../people/actor.ts';
import type { Refusal } from '../actions.ts';
import { requestDeadline } from '../deadlines.ts';
import type { EventBody } from '../events.ts';
import {
  openEscalations,
  type ApplicationState,
  type DeficiencyItem,
  type DeficiencyRequest,
  type Finding,
  type RequestMethod,
  type Review,
} from '../state.ts';
import { byRole, firstOf, idOf, inStage, refuse, type Rule, type RuleContext } from './common.ts';

/**
 * Who may not do the present step, whatever role they hold now (Q14, Q17, invariant of four eyes): the second reviewer is
 * nobody who did a first review in this cycle, nor who corrected data for the applicant; who entered a paper application
 * does not check its entry. Identity is the person's id, so renaming or a new role changes nothing.
 */
export function barred(state: ApplicationState, person: PersonId): Refusal | null {
  if (state.stage === 'entryCheck' && state.enterers.includes(person)) return refuse('enteredByYou');
  if (state.stage !== 'secondReview') return null;
  if (state.cycle.firstReviewers.includes(person)) return refuse('samePerson');
  if (state.cycle.correctors.includes(person)) return refuse('enteredByYou');
  return null;
}

/** Somebody else has taken this review: it needs a leader to give it to another person. */
function takenByOther(state: ApplicationState, actor: Actor): Refusal | null {
  return state.assignee && state.assignee !== idOf(actor) ? refuse('assignedToOther') : null;
}

function mayReview(
  state: ApplicationState,
  actor: Actor,
  stage: 'firstReview' | 'secondReview',
): Refusal | null {
  return firstOf(
    () => byRole(actor, 'operator', 'leader'),
    () => inStage(state, stage),
    () => barred(state, idOf(actor)),
    () => takenByOther(state, actor),
    () => (openEscalations(state).length > 0 ? refuse('openEscalation') : null),
  );
}

/** Every criterion that was in force at receipt is answered once, none besides, and none is left out that always applies (Q16). */
function answersAll(state: ApplicationState, findings: readonly Finding[]): Refusal | null {
  const known = new Set(state.settings.criteria.map((c) => c.id));
  const answered = new Set<string>();
  for (const finding of findings) {
    if (!known.has(finding.criterionId) || answered.has(finding.criterionId)) {
      return refuse('findingsUnknown', finding.criterionId);
    }
    answered.add(finding.criterionId);
  }
  const missing = state.settings.criteria.find((c) => !answered.has(c.id));
  if (missing) return refuse('findingsIncomplete', missing.id);
  const required = new Set(state.settings.criteria.filter((c) => c.required).map((c) => c.id));
  const skipped = findings.find((f) => f.result === 'notApplicable' && required.has(f.criterionId));
  return skipped ? refuse('alwaysApplies', skipped.criterionId) : null;
}

/** A deficiency without a reason or a place cannot be asked of the applicant. */
function isAskable(finding: Finding): boolean {
  return finding.result !== 'deficient' || (!!finding.reasonCode && (finding.targets?.length ?? 0) > 0);
}

function checkFirst(state: ApplicationState, findings: readonly Finding[]): Refusal | null {
  return firstOf(
    () => answersAll(state, findings),
    () => {
      const vague = findings.find((f) => !isAskable(f));
      return vague ? refuse('deficiencyIncomplete', vague.criterionId) : null;
    },
    () => inDoubt(findings),
  );
}

/**
 * A finding of the second reviewer says whether they agree: `met` agrees, `deficient` does not, and `notMet` only does where
 * the first found so too.
 */
function disagrees(finding: Finding, first: Review | undefined): boolean {
  if (finding.result !== 'notMet') return finding.result === 'deficient';
  return first?.findings.find((f) => f.criterionId === finding.criterionId)?.result !== 'notMet';
}

function inDoubt(findings: readonly Finding[]): Refusal | null {
  const doubt = findings.find((f) => f.result === 'inDoubt');
  return doubt ? refuse('doubtUnresolved', doubt.criterionId) : null;
}

/**
 * How the applicant is asked: the first time by mail, or by phone where there is no address; what is still deficient after
 * a new review by a posted deficiency letter (Q18, Q20).
 */
function methodFor(state: ApplicationState): RequestMethod {
  if (state.requestCount > 0) return 'letter';
  return state.hasMail ? 'mail' : 'phone';
}

/**
 * What the applicant is asked when the second reviewer agrees to these findings (Q18); also for showing it before.
 * @param context.now the instant from which the deadline counts
 */
export function requestFrom(
  state: ApplicationState,
  first: Pick<Review, 'findings'>,
  { now }: RuleContext,
): DeficiencyRequest {
  const round = state.requestCount + 1;
  const method = methodFor(state);
  const items: DeficiencyItem[] = first.findings
    .filter((f) => f.result === 'deficient')
    .map((f) => ({
      id: `${round}-${f.criterionId}`,
      criterionId: f.criterionId,
      reasonCode: f.reasonCode ?? '',
      targets: f.targets ?? [],
      ...(f.applicantNote ? { applicantNote: f.applicantNote } : {}),
      status: 'open',
    }));
  return {
    id: `request-${round}`,
    round,
    method,
    items,
    requestedAt: now,
    deadline: requestDeadline(method, now, state.settings),
    overdue: false,
    reminders: [],
    chasers: 0,
    answerIds: [],
  };
}

export const completeFirstReview: Rule<'completeFirstReview'> = {
  may: (state, actor) => mayReview(state, actor, 'firstReview'),
  check: (state, _actor, { findings }) => checkFirst(state, findings),
  events: (_state, _actor, { findings }) => [{ type: 'firstReviewCompleted', findings }],
};

/** Agreement passes the application on: to the applicant where the first review found deficiencies, else to the ward. */
export const agreeSecondReview: Rule<'agreeSecondReview'> = {
  may: (state, actor) => mayReview(state, actor, 'secondReview'),
  check: (state, _actor, { findings }) =>
    firstOf(
      () => answersAll(state, findings),
      () => {
        const other = findings.find((f) => disagrees(f, state.cycle.first));
        return other ? refuse('disagreementNeedsReturn', other.criterionId) : null;
      },
      () => inDoubt(findings),
    ),
  events: (state, _actor, { findings }, context) => {
    const agreed: EventBody = { type: 'secondReviewAgreed', findings };
    const { first } = state.cycle;
    if (!first?.findings.some((f) => f.result === 'deficient')) return [agreed];
    return [agreed, { type: 'deficiencyRequested', request: requestFrom(state, first, context) }];
  },
};

export const returnToFirst: Rule<'returnToFirst'> = {
  may: (state, actor) => mayReview(state, actor, 'secondReview'),
  check: (state, _actor, { findings, reason }) =>
    firstOf(
      () => (reason ? null : refuse('reasonMissing')),
      () => {
        const unknown = findings.find((f) => !state.settings.criteria.some((c) => c.id === f.criterionId));
        return unknown ? refuse('findingsUnknown', unknown.criterionId) : null;
      },
      () =>
        findings.some((f) => disagrees(f, state.cycle.first)) ? null : refuse('returnNeedsDisagreement'),
    ),
  events: (_state, _actor, { findings, reason }) => [{ type: 'returnedToFirst', findings, reason }],
};

export const confirmEntry: Rule<'confirmEntry'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader'),
      () => inStage(state, 'entryCheck'),
      () => barred(state, idOf(actor)),
      () => takenByOther(state, actor),
    ),
  events: () => [{ type: 'entryConfirmed' }],
};

/** Whoever finds the entry wrong corrects it, and becomes the one whose entry somebody else has to check. */
export const correctEntry: Rule<'correctEntry'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader'),
      () => inStage(state, 'entryCheck'),
      () => takenByOther(state, actor),
    ),
  events: (_state, _actor, { correctionId }) => [{ type: 'entryCorrected', correctionId }],
};

/** The checker found differences and leaves them to who entered the data, so that the checker can check again (Q14). */
export const returnEntry: Rule<'returnEntry'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader'),
      () => inStage(state, 'entryCheck'),
      () => barred(state, idOf(actor)),
      () => takenByOther(state, actor),
    ),
  check: (_state, _actor, { differences }) => (differences.length > 0 ? null : refuse('noDifference')),
  events: (_state, _actor, { differences }) => [{ type: 'entryReturned', differences }],
};
