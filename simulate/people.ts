import type { Action } from '../domain/application/actions.ts';
import { offeredActions } from '../domain/application/decide.ts';
import { chaserDeadline } from '../domain/application/deadlines.ts';
import { openItems, type ApplicationState, type Finding } from '../domain/application/state.ts';
import { tasksOf, type Task } from '../domain/application/tasks.ts';
import { tokyoDate } from '../domain/calendar/dates.ts';
import type { Actor, StaffRole } from '../domain/people/actor.ts';

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
const CLERKS = ['clerk-1', 'clerk-2', 'clerk-3'];

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

const contact = (office: Office, content = 'text') => ({
  id: office.newId(),
  kind: 'phone' as const,
  direction: 'toApplicant' as const,
  content,
  occurredAt: office.now,
});

/** The clerk who may do the present review: the domain says who not. */
function clerkFor(
  state: ApplicationState,
  office: Office,
  type: 'completeFirstReview' | 'agreeSecondReview',
): Actor | undefined {
  const start = Math.floor(office.random() * CLERKS.length);
  return CLERKS.map((_, index) => staff(CLERKS[(start + index) % CLERKS.length] ?? '', 'operator')).find(
    (actor) => offeredActions(state, actor).includes(type),
  );
}

function moveFor(task: Task, state: ApplicationState, office: Office): Move | undefined {
  const leader = staff('leader-1', 'leader');
  const ward = staff('ward-1', 'ward');
  switch (task.kind) {
    case 'firstReview': {
      const actor = clerkFor(state, office, 'completeFirstReview');
      if (office.random() < 0.08) {
        return (
          actor && { actor, action: { type: 'escalate', escalationId: office.newId(), question: 'text' } }
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
        return actor && { actor, action: { type: 'returnToFirst', findings: differing, reason: 'text' } };
      }
      return actor && { actor, action: { type: 'agreeSecondReview', findings } };
    }
    case 'instruct':
      return {
        actor: ward,
        action: { type: 'instruct', escalationId: task.escalationId, instruction: 'text' },
      };
    case 'tellByPhone':
      return {
        actor: staff('clerk-1', 'operator'),
        action: { type: 'confirmTold', contact: contact(office) },
      };
    case 'remindByPhone':
    case 'tellDecision':
    case 'tellWaitlisted':
      return {
        actor: staff('clerk-1', 'operator'),
        action: { type: 'recordContact', contact: contact(office) },
      };
    case 'postLetter':
      return {
        actor: staff('clerk-2', 'operator'),
        action: { type: 'markLetterPosted', postedOn: tokyoDate(office.now) },
      };
    case 'consultAndChase': {
      if ((state.request?.chasers ?? 0) >= 1)
        return { actor: leader, action: { type: 'proceedWithoutAnswer', reason: 'text' } };
      const deadline = chaserDeadline(office.now, state.settings);
      return {
        actor: leader,
        action: { type: 'chase', method: 'phone', deadline, contact: contact(office) },
      };
    }
    case 'confirmContacts': {
      const open = state.contacts.find((c) => !c.confirmedBy && c.recordedBy !== 'leader-2');
      return (
        open && { actor: staff('leader-2', 'leader'), action: { type: 'confirmContact', contactId: open.id } }
      );
    }
    case 'decide':
      if (office.random() < 0.08) {
        return {
          actor: ward,
          action: { type: 'decide', outcome: 'refused', reasonCode: 'requirements', reason: 'text' },
        };
      }
      return {
        actor: ward,
        action: { type: 'decide', outcome: 'approved', effectiveFrom: `${state.fiscalYear}-04-01` },
      };
    case 'followUpMail':
      return {
        actor: staff('clerk-1', 'operator'),
        action: { type: 'followUpMail', contact: contact(office) },
      };
    case 'checkEntry':
      return { actor: staff('clerk-3', 'operator'), action: { type: 'confirmEntry' } };
    // None of these comes up in what is simulated: admissions filed online, kintone left alone.
    case 'correctEntry':
    case 'admissionFailed':
    case 'cancelledTooLate':
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
