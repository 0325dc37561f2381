import type { LocalDate } from '../calendar/dates.ts';
import { isEnded, openEscalations, type ApplicationState } from './state.ts';
import { needsTelling, toldSince } from './told.ts';

/** Something that a person of the office centre or the ward has to do for an application. Derived, never stored. */
export type Task =
  | { kind: 'checkEntry' }
  | { kind: 'firstReview'; returned: boolean }
  | { kind: 'secondReview' }
  | { kind: 'instruct'; escalationId: string }
  | { kind: 'tellByPhone'; deadline: LocalDate }
  | { kind: 'remindByPhone'; deadline: LocalDate }
  | { kind: 'postLetter'; requestId: string }
  | { kind: 'consultAndChase'; since: LocalDate }
  | { kind: 'followUpMail'; count: number }
  | { kind: 'confirmContacts'; count: number }
  | { kind: 'tellDecision' }
  | { kind: 'decide' };

export type TaskKind = Task['kind'];

/** Queues of the staff console. One application can stand in several; each is derived from the state (Q07). */
export const QUEUES = [
  'checkEntry',
  'firstReview',
  'secondReview',
  'escalated',
  'contact',
  'letters',
  'overdue',
  'awaitingApplicant',
  'decision',
  'confirmContacts',
  'ended',
] as const;
export type Queue = (typeof QUEUES)[number];

function requestTasks(state: ApplicationState): readonly Task[] {
  const { request } = state;
  if (state.stage !== 'awaitingApplicant' || !request) return [];
  const tasks: Task[] = [];
  if (needsTelling(state)) tasks.push({ kind: 'tellByPhone', deadline: request.deadline });
  if (request.method === 'letter' && !request.postedOn)
    tasks.push({ kind: 'postLetter', requestId: request.id });
  if (request.overdue) tasks.push({ kind: 'consultAndChase', since: request.deadline });
  else if (!state.hasMail && request.remindedAt && !toldSince(state, request.remindedAt)) {
    tasks.push({ kind: 'remindByPhone', deadline: request.deadline });
  }
  return tasks;
}

/** What people have to do next for this application (Q07, Q20, Q21). Empty when only the applicant can go on, or nobody. */
export function tasksOf(state: ApplicationState): readonly Task[] {
  const tasks: Task[] = [];
  for (const escalation of openEscalations(state))
    tasks.push({ kind: 'instruct', escalationId: escalation.id });
  const asked = tasks.length > 0;
  if (state.stage === 'entryCheck') tasks.push({ kind: 'checkEntry' });
  if (state.stage === 'firstReview' && !asked)
    tasks.push({ kind: 'firstReview', returned: !!state.cycle.returned });
  if (state.stage === 'secondReview' && !asked) tasks.push({ kind: 'secondReview' });
  tasks.push(...requestTasks(state));
  if (state.stage === 'awaitingDecision') tasks.push({ kind: 'decide' });
  if (state.decision && !state.hasMail && !toldSince(state, state.decision.decidedAt)) {
    tasks.push({ kind: 'tellDecision' });
  }
  if (state.failedMails.length > 0) tasks.push({ kind: 'followUpMail', count: state.failedMails.length });
  const unconfirmed = state.contacts.filter((c) => !c.confirmedBy).length;
  if (unconfirmed > 0) tasks.push({ kind: 'confirmContacts', count: unconfirmed });
  return tasks;
}

const QUEUE_OF: Readonly<Record<TaskKind, Queue>> = {
  checkEntry: 'checkEntry',
  firstReview: 'firstReview',
  secondReview: 'secondReview',
  instruct: 'escalated',
  tellByPhone: 'contact',
  remindByPhone: 'contact',
  tellDecision: 'contact',
  followUpMail: 'contact',
  postLetter: 'letters',
  consultAndChase: 'overdue',
  confirmContacts: 'confirmContacts',
  decide: 'decision',
};

/** The queues that an application stands in. Every application that has not ended stands in at least one. */
export function queuesOf(state: ApplicationState): readonly Queue[] {
  const queues = new Set<Queue>(tasksOf(state).map((task) => QUEUE_OF[task.kind]));
  if (state.stage === 'awaitingApplicant') queues.add('awaitingApplicant');
  if (isEnded(state)) queues.add('ended');
  return QUEUES.filter((queue) => queues.has(queue));
}
