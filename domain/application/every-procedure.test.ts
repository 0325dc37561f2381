import { describe, expect, it } from 'vitest';
import { checkHistory, checkState } from '../../testing/application-invariants.ts';
import { AOKI, BABA, GUARDIAN, LEADER, staffActor, SYSTEM, WARD } from '../../testing/domain.ts';
import { inStageOf, TOLD_ON } from '../../testing/procedure-states.ts';
import { decidedEffect } from '../enrolment/decided.ts';
import { noticesDue } from '../notices/due.ts';
import { noticeKindOf } from '../notices/kinds.ts';
import type { Actor } from '../people/actor.ts';
import type { ProcedureDefinition } from '../procedures/definition.ts';
import { EXAMPLES } from '../procedures/examples/index.ts';
import { PROCEDURES } from '../procedures/registry.ts';
import type { ActionType } from './actions.ts';
import { nextWake } from './deadlines.ts';
import { offeredActions } from './decide.ts';
import { effectsOf, type MailTemplate } from './effects.ts';
import { STAGES, type Stage } from './state.ts';
import { summaryOf } from './summary.ts';
import { queuesOf, tasksOf, type Queue, type TaskKind } from './tasks.ts';
import { applicantStatus, applicantTimeline, applicantView } from './timeline.ts';

/** What is true of a stage for every procedure, written by hand: who may go on with what, and who is told. */
interface Expected {
  queues: readonly Queue[];
  tasks: readonly TaskKind[];
  /** What gets the application on. Notes and contacts, which staff may always write, are left out. */
  clerk: readonly ActionType[];
  leader: readonly ActionType[];
  ward: readonly ActionType[];
  family: readonly ActionType[];
  clock: readonly ActionType[];
  mails: readonly MailTemplate[];
  notice: 'none' | 'held' | 'told';
}

const ENDED: Expected = {
  queues: ['ended'],
  tasks: [],
  clerk: [],
  leader: [],
  ward: [],
  family: [],
  clock: [],
  mails: ['received', 'decided'],
  notice: 'told',
};

const EXPECTED: Readonly<Record<Stage, Expected>> = {
  // On paper, without an account: nobody is mailed, and nobody but staff can cancel it.
  entryCheck: {
    queues: ['checkEntry'],
    tasks: ['checkEntry'],
    clerk: ['confirmEntry', 'correctEntry', 'returnEntry', 'claim', 'escalate'],
    leader: ['confirmEntry', 'correctEntry', 'returnEntry', 'claim', 'assign', 'escalate', 'cancel'],
    ward: ['cancel'],
    family: [],
    clock: [],
    mails: [],
    notice: 'none',
  },
  firstReview: {
    queues: ['firstReview'],
    tasks: ['firstReview'],
    clerk: ['claim', 'completeFirstReview', 'escalate'],
    leader: ['claim', 'assign', 'completeFirstReview', 'escalate', 'cancel'],
    ward: ['cancel'],
    family: ['cancel'],
    clock: [],
    mails: ['received'],
    notice: 'none',
  },
  secondReview: {
    queues: ['secondReview'],
    tasks: ['secondReview'],
    clerk: ['claim', 'agreeSecondReview', 'returnToFirst', 'escalate'],
    leader: ['claim', 'assign', 'agreeSecondReview', 'returnToFirst', 'escalate', 'cancel'],
    ward: ['cancel'],
    family: ['cancel'],
    clock: [],
    mails: ['received'],
    notice: 'none',
  },
  awaitingApplicant: {
    queues: ['awaitingApplicant'],
    tasks: [],
    clerk: ['escalate'],
    leader: ['escalate', 'extendDeadline', 'waiveItem', 'correctMinor', 'cancel'],
    ward: ['extendDeadline', 'waiveItem', 'correctMinor', 'cancel'],
    family: ['answer', 'cancel'],
    clock: ['remind', 'passDeadline'],
    mails: ['received', 'deficiencyRequested'],
    notice: 'none',
  },
  awaitingDecision: {
    queues: ['decision'],
    tasks: ['decide'],
    clerk: [],
    leader: ['cancel'],
    ward: ['decide', 'returnToReview', 'cancel'],
    family: ['cancel'],
    clock: [],
    mails: ['received'],
    notice: 'none',
  },
  awaitingRelease: {
    queues: ['awaitingRelease'],
    tasks: [],
    clerk: [],
    leader: ['cancel'],
    ward: ['reviseDecision', 'cancel'],
    family: ['cancel'],
    clock: ['release'],
    mails: ['received'],
    notice: 'held',
  },
  approved: ENDED,
  refused: ENDED,
  cancelled: { ...ENDED, mails: ['received', 'cancelled'], notice: 'none' },
};

/** What staff may write down, and what the machine may report, in nearly every stage. */
const ALWAYS: readonly string[] = ['addNote', 'recordContact'];
const CLOCK: readonly string[] = ['remind', 'passDeadline', 'release', 'tellWaitlisted'];

const cases = PROCEDURES.flatMap((definition) =>
  STAGES.map((stage) => [definition.code, stage, definition] as const),
);

describe.each(cases)('%s, %s', (code, stage, definition: ProcedureDefinition) => {
  const run = inStageOf(definition, stage);
  const { state, events } = run;
  const expected = EXPECTED[stage];

  it('stands there, and every view of it says so', () => {
    expect(state.stage).toBe(stage);
    checkState(run);
    checkHistory(run);
    expect(summaryOf(state)).toMatchObject({ stage, queues: expected.queues });
    expect(queuesOf(state)).toEqual(expected.queues);
    expect(tasksOf(state).map(({ kind }) => kind)).toEqual(expected.tasks);
    // Until the day of the round the family sees what it saw before.
    const shown = stage === 'awaitingRelease' ? inStageOf(definition, 'awaitingDecision').state : state;
    expect(applicantStatus(state).code).toBe(applicantStatus(shown).code);
    expect(applicantView(state).stage).toBe(shown.stage);
    const told = stage === 'awaitingRelease' ? inStageOf(definition, 'awaitingDecision').events : events;
    expect(applicantTimeline(events)).toEqual(applicantTimeline(told));
    expect(applicantTimeline(events).length).toBeGreaterThan(0);
  });

  it('lets those go on who may, and nobody else', () => {
    const offered = (actor: Actor) =>
      offeredActions(actor.kind === 'applicant' ? applicantView(state) : state, actor).filter(
        (type) => !ALWAYS.includes(type),
      );
    // A clerk who has not touched it; in the second review not the first reviewer.
    expect(offered(stage === 'secondReview' ? BABA : AOKI)).toEqual(expected.clerk);
    expect(offered(LEADER)).toEqual(expected.leader);
    const places = code === 'extendedUse' && stage === 'awaitingDecision' ? ['waitlist'] : [];
    expect([...offered(WARD)].sort()).toEqual([...expected.ward, ...places].sort());
    expect(offered(GUARDIAN)).toEqual(expected.family);
    expect(offered({ kind: 'applicant', id: 'guardian-2' })).toEqual([]);
    expect(offered(SYSTEM).filter((type) => CLOCK.includes(type))).toEqual(expected.clock);
    for (const role of ['hall', 'bop'] as const)
      expect(offeredActions(state, staffActor(role, role))).toEqual([]);
  });

  it('has told the family what is to be told, and waits for what it waits for', () => {
    const mails = effectsOf(state, events).flatMap((one) => (one.kind === 'mail' ? [one.template] : []));
    expect(mails).toEqual(expected.mails);
    const wake = nextWake(state, run.now)?.action.type;
    expect(wake).toBe(stage === 'awaitingApplicant' ? 'remind' : expected.clock[0]);
    const kind = noticeKindOf(code, stage === 'refused' ? 'refused' : 'approved');
    const due = noticesDue(events).map((one) => [one.kind, one.releasedAt === undefined ? 'held' : 'told']);
    expect(due).toEqual(expected.notice === 'none' || !kind ? [] : [[kind, expected.notice]]);
    if (stage === 'awaitingRelease') expect(state.decision?.releaseOn).toBe(TOLD_ON);
  });

  it('has its effect on the enrolment once approved, in each of its ways', () => {
    const ways = EXAMPLES.filter(({ procedure }) => procedure === code);
    expect(ways.length).toBeGreaterThan(0);
    for (const { answers, name } of ways) {
      const effect = state.decision && decidedEffect(definition, answers, state.decision);
      const has = (stage === 'approved' || stage === 'awaitingRelease') && definition.effectOf(answers);
      expect(effect !== undefined, name).toBe(Boolean(has));
    }
  });
});
