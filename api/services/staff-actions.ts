import type { Action, ContactInput } from '../../domain/application/actions.ts';
import type { Finding } from '../../domain/application/state.ts';
import { strangeToCriterion } from '../../domain/procedures/criteria.ts';
import { STRANGE_TEXTS } from '../../domain/texts/application.ts';
import { getAccount } from '../../store/accounts.ts';
import type { Application } from '../../store/applications.ts';
import type { NewText, TextKind } from '../../store/texts.ts';
import type { z } from 'zod';
import type { ContactBody, FindingInput, StaffAction } from '../contract/staff-actions.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError, refusalProblem } from '../problems.ts';
import { derivedId } from './derived-id.ts';
import { waitingRankOf } from './place-of.ts';
import { editionOf } from './my-applications.ts';
import { definitionOf, historyOf } from './state.ts';

type Findings = readonly z.output<typeof FindingInput>[];

/** An action with references in place of its texts, and the texts to keep before it is sent (design 5). */
export interface PreparedAction {
  action: Action;
  texts: readonly NewText[];
}

/** Takes the texts out of an action; every id follows from the action's own and the text's place in it. */
class TextTaker {
  readonly texts: NewText[] = [];
  readonly #application: Application;
  readonly #authorId: string;
  readonly #actionId: string;

  constructor(application: Application, authorId: string, actionId: string) {
    this.#application = application;
    this.#authorId = authorId;
    this.#actionId = actionId;
  }

  id(path: string): string {
    return derivedId(this.#actionId, `${this.#application.id}/${path}`);
  }

  text(path: string, kind: TextKind, content: string): string {
    const id = this.id(path);
    this.texts.push({ id, applicationId: this.#application.id, kind, authorId: this.#authorId, content });
    return id;
  }

  reason(content: string): string {
    return this.text('reason', 'reason', content);
  }

  contact(body: z.output<typeof ContactBody>): ContactInput {
    const { kind, direction, occurredAt, content } = body;
    const ref = this.text('contact.content', 'contact', content);
    return { id: this.id('contact'), kind, direction, occurredAt, content: ref };
  }

  findings(findings: Findings): readonly Finding[] {
    return findings.map((finding, index) => {
      const { criterionId, result, reasonCode, targets, applicantNote, internalNote } = finding;
      // Only a deficiency has a reason, a place and a note that the applicant reads.
      const asked = result === 'deficient';
      const path = `findings.${String(index)}`;
      return {
        criterionId,
        result,
        ...(asked && reasonCode !== undefined ? { reasonCode } : {}),
        ...(asked && targets !== undefined ? { targets } : {}),
        ...(asked && applicantNote !== undefined
          ? { applicantNote: this.text(`${path}.applicantNote`, 'applicantNote', applicantNote) }
          : {}),
        ...(internalNote !== undefined
          ? { internalNote: this.text(`${path}.internalNote`, 'internalNote', internalNote) }
          : {}),
      };
    });
  }
}

/**
 * What a member of staff wants to do, as the workflow takes it. Decides nothing: the workflow does.
 * @throws {ProblemError} `assigneeNotAllowed` for somebody who is not there, `invalidAnswers` for findings that do not fit
 */
export async function prepareAction(
  deps: ApiDeps,
  application: Application,
  authorId: string,
  { actionId, action }: { actionId: string; action: StaffAction },
): Promise<PreparedAction> {
  if (action.type === 'completeFirstReview') await checkFindings(deps, application, action.findings);
  const take = new TextTaker(application, authorId, actionId);
  return { action: await prepared(deps, application, take, action), texts: take.texts };
}

async function prepared(
  deps: ApiDeps,
  application: Application,
  take: TextTaker,
  action: StaffAction,
): Promise<Action> {
  switch (action.type) {
    case 'assign':
      return { type: action.type, assignee: await assigneeOf(deps, action.assigneeId) };
    case 'waitlist': {
      const seen = action.expectedSeq === undefined ? {} : { expectedSeq: action.expectedSeq };
      return { type: action.type, rank: await waitingRankOf(deps, application), ...seen };
    }
    default:
      return withReferences(take, action);
  }
}

/**
 * The state machine knows the criteria by their ids; which reasons and places belong to each is the ward's data (Q10, Q16).
 * @throws {ProblemError} `invalidAnswers` at the finding that asks for something else
 */
async function checkFindings(deps: ApiDeps, application: Application, findings: Findings): Promise<void> {
  const { state } = await historyOf(deps, application);
  const criteria = await deps.settings.criteria(definitionOf(application), editionOf(state));
  const strange = strangeToCriterion(criteria, findings);
  if (strange.length === 0) return;
  throw new ProblemError('invalidAnswers', {
    errors: strange.map(({ index, part }) => ({
      path: `action.findings.${String(index)}.${part}`,
      message: STRANGE_TEXTS[part],
    })),
  });
}

async function assigneeOf(deps: ApiDeps, id: string) {
  const account = await getAccount(deps.db, deps.keyring, id);
  if (account?.status !== 'active' || account.role === 'applicant') {
    throw refusalProblem({ code: 'assigneeNotAllowed', at: 'assigneeId' });
  }
  return { id: account.id, role: account.role };
}

function withReferences(
  take: TextTaker,
  action: Exclude<StaffAction, { type: 'assign' | 'waitlist' }>,
): Action {
  switch (action.type) {
    case 'confirmEntry':
    case 'claim':
    case 'unassign':
    case 'withdrawEscalation':
    case 'markLetterPosted':
    case 'confirmContact':
    case 'settleKintoneChange':
      return action;
    case 'correctEntry':
      return { type: action.type, correctionId: take.id('correction') };
    case 'returnEntry':
      return {
        type: action.type,
        differences: action.differences.map(({ field, note }, index) => ({
          field,
          ...(note === undefined
            ? {}
            : { note: take.text(`differences.${String(index)}.note`, 'internalNote', note) }),
        })),
      };
    case 'completeFirstReview':
    case 'agreeSecondReview':
      return { type: action.type, findings: take.findings(action.findings) };
    case 'returnToFirst':
      return {
        type: action.type,
        findings: take.findings(action.findings),
        reason: take.reason(action.reason),
      };
    case 'escalate': {
      const question = take.text('question', 'question', action.question);
      const about = action.criterionId === undefined ? {} : { criterionId: action.criterionId };
      return { type: action.type, escalationId: take.id('escalation'), ...about, question };
    }
    case 'instruct': {
      const instruction = take.text('instruction', 'instruction', action.instruction);
      return { type: action.type, escalationId: action.escalationId, instruction };
    }
    case 'confirmTold':
    case 'recordContact':
    case 'followUpMail':
      return { type: action.type, contact: take.contact(action.contact) };
    case 'extendDeadline':
      return { type: action.type, deadline: action.deadline, reason: take.reason(action.reason) };
    case 'chase': {
      const contact = action.contact === undefined ? {} : { contact: take.contact(action.contact) };
      return { type: action.type, method: action.method, deadline: action.deadline, ...contact };
    }
    case 'waiveItem':
      return { type: action.type, itemId: action.itemId, reason: take.reason(action.reason) };
    case 'correctMinor':
      return {
        type: action.type,
        itemId: action.itemId,
        correctionId: take.id('correction'),
        contact: take.contact(action.contact),
      };
    case 'proceedWithoutAnswer':
    case 'reviseDecision':
    case 'returnToReview':
    case 'cancel':
      return { type: action.type, reason: take.reason(action.reason) };
    case 'decide': {
      const seen = action.expectedSeq === undefined ? {} : { expectedSeq: action.expectedSeq };
      // An approval has a beginning, a refusal a reason; what belongs to the other one is not kept.
      return action.outcome === 'approved'
        ? {
            type: action.type,
            outcome: action.outcome,
            ...seen,
            ...(action.effectiveFrom === undefined ? {} : { effectiveFrom: action.effectiveFrom }),
          }
        : {
            type: action.type,
            outcome: action.outcome,
            ...seen,
            ...(action.reasonCode === undefined ? {} : { reasonCode: action.reasonCode }),
            ...(action.reason === undefined ? {} : { reason: take.reason(action.reason) }),
          };
    }
    case 'addNote':
      return { type: action.type, note: take.text('note', 'note', action.note) };
  }
}
