import type { LocalDate } from '../calendar/dates.ts';
import type { StaffRole } from '../people/actor.ts';
import type { KintoneChangeKind } from './kintone-changes.ts';
import { isEnded, openEscalations, type ApplicationState } from './state.ts';
import { needsTelling, toldSince } from './told.ts';

/** Something that a person of the office centre or the ward has to do for an application. Derived, never stored. */
export type Task =
  | { kind: 'checkEntry' }
  | { kind: 'correctEntry' }
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
  | { kind: 'tellWaitlisted' }
  | { kind: 'settleKintoneChange'; changeId: string; change: KintoneChangeKind }
  | { kind: 'decide' }
  /** The admission that this application waited for was refused or cancelled. */
  | { kind: 'admissionFailed'; receiptNumber: string }
  /** What was to be cancelled has been decided: the family needs another procedure. */
  | { kind: 'cancelledTooLate'; receiptNumber: string };

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
  'waiting',
  'awaitingRelease',
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

/** Is the decision held up by an admission that is not decided yet? */
export function waitsForAdmission(state: ApplicationState): boolean {
  return !isEnded(state) && state.waitsFor?.outcome === 'undecided';
}

/** What comes of another application on which this one depends (domain.md, "Effects between applications"). */
function relatedTasks(state: ApplicationState): readonly Task[] {
  const { waitsFor, cancels, cancelledTooLate } = state;
  const failed = waitsFor?.outcome === 'refused' || waitsFor?.outcome === 'cancelled';
  const untold = !state.decision?.releasedAt || !toldSince(state, state.decision.releasedAt);
  const late = (cancels ?? []).filter(({ applicationId, ended, outcome }) =>
    isEnded(state) ? untold && cancelledTooLate?.includes(applicationId) : ended && outcome !== 'cancelled',
  );
  return [
    ...(failed && !isEnded(state)
      ? [{ kind: 'admissionFailed', receiptNumber: waitsFor.receiptNumber } as const]
      : []),
    ...late.map(({ receiptNumber }) => ({ kind: 'cancelledTooLate', receiptNumber }) as const),
  ];
}

/** What people have to do next for this application (Q07, Q20, Q21). Empty when only the applicant can go on, or nobody. */
export function tasksOf(state: ApplicationState): readonly Task[] {
  const tasks: Task[] = [];
  for (const escalation of openEscalations(state))
    tasks.push({ kind: 'instruct', escalationId: escalation.id });
  const asked = tasks.length > 0;
  if (state.stage === 'entryCheck') tasks.push({ kind: state.entryReturned ? 'correctEntry' : 'checkEntry' });
  if (state.stage === 'firstReview' && !asked)
    tasks.push({ kind: 'firstReview', returned: !!state.cycle.returned });
  if (state.stage === 'secondReview' && !asked) tasks.push({ kind: 'secondReview' });
  tasks.push(...requestTasks(state));
  if (state.stage === 'awaitingDecision' && !waitsForAdmission(state) && !state.waitlist) {
    tasks.push({ kind: 'decide' });
  }
  tasks.push(...relatedTasks(state));
  const waitingSince = isEnded(state) ? undefined : state.waitlist?.toldAt;
  if (waitingSince !== undefined && !state.hasMail && !toldSince(state, waitingSince)) {
    tasks.push({ kind: 'tellWaitlisted' });
  }
  for (const { id, kind } of state.kintoneChanges ?? [])
    tasks.push({ kind: 'settleKintoneChange', changeId: id, change: kind });
  const releasedAt = state.decision?.releasedAt;
  if (releasedAt !== undefined && !state.hasMail && !toldSince(state, releasedAt)) {
    tasks.push({ kind: 'tellDecision' });
  }
  if (state.failedMails.length > 0) tasks.push({ kind: 'followUpMail', count: state.failedMails.length });
  const unconfirmed = state.contacts.filter((c) => !c.confirmedBy).length;
  if (unconfirmed > 0) tasks.push({ kind: 'confirmContacts', count: unconfirmed });
  return tasks;
}

const QUEUE_OF: Readonly<Record<TaskKind, Queue>> = {
  checkEntry: 'checkEntry',
  correctEntry: 'checkEntry',
  firstReview: 'firstReview',
  secondReview: 'secondReview',
  instruct: 'escalated',
  tellByPhone: 'contact',
  remindByPhone: 'contact',
  tellDecision: 'contact',
  tellWaitlisted: 'contact',
  followUpMail: 'contact',
  postLetter: 'letters',
  consultAndChase: 'overdue',
  confirmContacts: 'confirmContacts',
  decide: 'decision',
  settleKintoneChange: 'checkEntry',
  admissionFailed: 'decision',
  cancelledTooLate: 'contact',
};

/** The queues that an application stands in. Every application that has not ended stands in at least one. */
export function queuesOf(state: ApplicationState): readonly Queue[] {
  const queues = new Set<Queue>(tasksOf(state).map((task) => QUEUE_OF[task.kind]));
  if (state.stage === 'awaitingApplicant') queues.add('awaitingApplicant');
  if (state.stage === 'awaitingRelease') queues.add('awaitingRelease');
  if (state.stage === 'awaitingDecision' && (waitsForAdmission(state) || state.waitlist))
    queues.add('waiting');
  if (isEnded(state)) queues.add('ended');
  return QUEUES.filter((queue) => queues.has(queue));
}

const CLERKS: readonly StaffRole[] = ['operator', 'leader'];
const WARD: readonly StaffRole[] = ['ward'];

const ROLES_OF: Readonly<Record<TaskKind, readonly StaffRole[]>> = {
  checkEntry: CLERKS,
  correctEntry: CLERKS,
  firstReview: CLERKS,
  secondReview: CLERKS,
  instruct: WARD,
  tellByPhone: CLERKS,
  remindByPhone: CLERKS,
  tellDecision: CLERKS,
  tellWaitlisted: CLERKS,
  followUpMail: CLERKS,
  postLetter: CLERKS,
  consultAndChase: CLERKS,
  confirmContacts: ['leader'],
  decide: WARD,
  settleKintoneChange: CLERKS,
  admissionFailed: WARD,
  cancelledTooLate: CLERKS,
};

/** Is a task for people of this role? The others wait for it, and are told so in other words. */
export function isTaskOf(kind: TaskKind, role: StaffRole): boolean {
  return ROLES_OF[kind].includes(role);
}
