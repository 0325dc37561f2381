import type { Action } from '../domain/application/actions.ts';
import { offeredActions } from '../domain/application/decide.ts';
import { chaserDeadline } from '../domain/application/deadlines.ts';
import { isEnded, openItems, type ApplicationState, type Finding } from '../domain/application/state.ts';
import { tasksOf, type Task } from '../domain/application/tasks.ts';
import { tokyoDate } from '../domain/calendar/dates.ts';
import type { Actor, StaffRole } from '../domain/people/actor.ts';
import { WARD } from '../testing/enrolment-system.ts';

/** Repeatable chance: the same seed gives the same season (mulberry32). */
export function chance(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How a family behaves when something is missing. */
export const TEMPERS = ['prompt', 'partial', 'late', 'silent', 'givesUp'] as const;
export type Temper = (typeof TEMPERS)[number];

/** What somebody does next, and who. */
export interface Move {
  actor: Actor;
  action: Action;
}

const staff = (id: string, role: StaffRole): Actor => ({ kind: 'staff', id, role });
const person = (digit: number) => '00000000-0000-4000-8000-000000000000'.replaceAll('0', String(digit));
const [CLERK_1, CLERK_2, CLERK_3] = [person(1), person(2), person(3)] as const;
const CLERKS = [CLERK_1, CLERK_2, CLERK_3];
const [LEADER_1, LEADER_2] = [person(5), person(6)] as const;

export interface Office {
  /** Chance that a first review finds a deficiency. */
  strictness: number;
  random: () => number;
  now: string;
  newId: () => string;
}

function findingsFor(state: ApplicationState, office: Office): Finding[] {
  const wanting = office.random() < (state.cycle.number === 1 ? office.strictness : office.strictness / 3);
  const criteria = state.settings.criteria;
  const at = Math.floor(office.random() * criteria.length);
  return criteria.map(({ id }, index) =>
    wanting && (index === at || index === (at + 3) % criteria.length)
      ? {
          criterionId: id,
          result: 'deficient',
          reasonCode: 'missing',
          targets: [{ kind: 'document', type: `${id}_paper` }],
        }
      : { criterionId: id, result: 'met' },
  );
}

const contact = (office: Office) => ({
  id: office.newId(),
  kind: 'phone' as const,
  direction: 'toApplicant' as const,
  content: office.newId(),
  occurredAt: office.now,
});

const refusal = (office: Office): Action => ({
  type: 'decide',
  outcome: 'refused',
  reasonCode: 'other',
  reason: office.newId(),
});

function approvalOf({ settings, fiscalYear }: ApplicationState): Action {
  const day = settings.effectiveDate === false ? {} : { effectiveFrom: `${fiscalYear}-04-01` };
  return { type: 'decide', outcome: 'approved', ...day };
}

/** The clerk who may do the present review: the domain says who not. */
function clerkFor(
  state: ApplicationState,
  office: Office,
  type: 'completeFirstReview' | 'agreeSecondReview',
): Actor | undefined {
  const start = Math.floor(office.random() * CLERKS.length);
  const clerks = CLERKS.map((_, index) => staff(CLERKS[(start + index) % CLERKS.length] ?? '', 'operator'));
  // Where each of them has done a first review already, a leader does the second one.
  return [...clerks, staff(LEADER_1, 'leader')].find((actor) => offeredActions(state, actor).includes(type));
}

function moveFor(task: Task, state: ApplicationState, office: Office): Move | undefined {
  const leader = staff(LEADER_1, 'leader');
  switch (task.kind) {
    case 'firstReview': {
      const actor = clerkFor(state, office, 'completeFirstReview');
      if (office.random() < 0.08) {
        return (
          actor && {
            actor,
            action: { type: 'escalate', escalationId: office.newId(), question: office.newId() },
          }
        );
      }
      return (
        actor && { actor, action: { type: 'completeFirstReview', findings: findingsFor(state, office) } }
      );
    }
    case 'secondReview': {
      const actor = clerkFor(state, office, 'agreeSecondReview');
      const findings: Finding[] = state.settings.criteria.map(({ id }) => ({
        criterionId: id,
        result: 'met',
      }));
      if (office.random() < 0.1) {
        const [doubtful, ...rest] = findings;
        const differing = doubtful ? [{ ...doubtful, result: 'deficient' as const }, ...rest] : [];
        return (
          actor && { actor, action: { type: 'returnToFirst', findings: differing, reason: office.newId() } }
        );
      }
      return actor && { actor, action: { type: 'agreeSecondReview', findings } };
    }
    case 'instruct':
      return {
        actor: WARD,
        action: { type: 'instruct', escalationId: task.escalationId, instruction: office.newId() },
      };
    case 'tellByPhone':
      return {
        actor: staff(CLERK_1, 'operator'),
        action: { type: 'confirmTold', contact: contact(office) },
      };
    case 'remindByPhone':
    case 'tellDecision':
    case 'tellWaitlisted':
      return {
        actor: staff(CLERK_1, 'operator'),
        action: { type: 'recordContact', contact: contact(office) },
      };
    case 'postLetter':
      return {
        actor: staff(CLERK_2, 'operator'),
        action: { type: 'markLetterPosted', postedOn: tokyoDate(office.now) },
      };
    case 'consultAndChase': {
      if ((state.request?.chasers ?? 0) >= 1)
        return { actor: leader, action: { type: 'proceedWithoutAnswer', reason: office.newId() } };
      const deadline = chaserDeadline(office.now, state.settings);
      return {
        actor: leader,
        action: { type: 'chase', method: 'phone', deadline, contact: contact(office) },
      };
    }
    case 'confirmContacts': {
      const open = state.contacts.find((c) => !c.confirmedBy && c.recordedBy !== LEADER_2);
      return (
        open && { actor: staff(LEADER_2, 'leader'), action: { type: 'confirmContact', contactId: open.id } }
      );
    }
    case 'decide':
      // What was to be cancelled has been decided meanwhile.
      if (office.random() < 0.06 || state.cancels?.every(({ ended }) => ended))
        return { actor: WARD, action: refusal(office) };
      // No place is free, now and then; one falls free, and they move up.
      if (state.procedure === 'extendedUse' && office.random() < 0.25)
        return { actor: WARD, action: { type: 'waitlist', rank: 1 } };
      return { actor: WARD, action: approvalOf(state) };
    // What it waited for came to nothing: the ward refuses it, for the system does not.
    case 'admissionFailed':
      return { actor: WARD, action: refusal(office) };
    // Told by phone which procedure to use instead.
    case 'cancelledTooLate':
      return isEnded(state)
        ? { actor: staff(CLERK_1, 'operator'), action: { type: 'recordContact', contact: contact(office) } }
        : { actor: WARD, action: refusal(office) };
    case 'followUpMail':
      return {
        actor: staff(CLERK_1, 'operator'),
        action: { type: 'followUpMail', contact: contact(office) },
      };
    case 'checkEntry':
      return { actor: staff(CLERK_3, 'operator'), action: { type: 'confirmEntry' } };
    // Neither comes up in what is simulated: filed online, kintone left alone.
    case 'correctEntry':
    case 'settleKintoneChange':
      return undefined;
  }
}

/** What the office centre and the ward do today: the first task that somebody can do. */
export function officeMove(state: ApplicationState, office: Office): Move | undefined {
  for (const task of tasksOf(state)) {
    const move = moveFor(task, state, office);
    if (move) return move;
  }
  // A place falls free some day.
  const { waitlist, stage } = state;
  if (stage === 'awaitingDecision' && waitlist?.toldAt && office.random() < 0.05)
    return { actor: WARD, action: approvalOf(state) };
  return undefined;
}

/** What the family does today about what was asked of it. */
export function familyMove(state: ApplicationState, temper: Temper, office: Office): Move | undefined {
  const items = openItems(state);
  const { request, applicantId } = state;
  if (state.stage !== 'awaitingApplicant' || !request || !applicantId || items.length === 0) return undefined;
  const actor: Actor = { kind: 'applicant', id: applicantId };
  const all = items.map((item) => item.id);
  const answer = (itemIds: string[]): Move => ({
    actor,
    action: { type: 'answer', answerId: office.newId(), itemIds, unchanged: false },
  });
  switch (temper) {
    case 'prompt':
      return office.random() < 0.5 ? answer(all) : undefined;
    case 'partial':
      return office.random() < 0.4 ? answer(all.slice(0, 1)) : undefined;
    case 'late':
      return request.overdue || request.chasers > 0 ? answer(all) : undefined;
    case 'givesUp':
      return request.reminders.length > 0 ? { actor, action: { type: 'cancel' } } : undefined;
    case 'silent':
      return undefined;
  }
}
