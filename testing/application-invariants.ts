import { expect } from 'vitest';
import { nextWake } from '../domain/application/deadlines.ts';
import { effectsOf } from '../domain/application/effects.ts';
import type { ApplicationEvent, EventType } from '../domain/application/events.ts';
import { replay } from '../domain/application/evolve.ts';
import { isEnded, openEscalations, openItems, type ApplicationState } from '../domain/application/state.ts';
import { summaryOf } from '../domain/application/summary.ts';
import { queuesOf } from '../domain/application/tasks.ts';
import { applicantStatus, applicantTimeline } from '../domain/application/timeline.ts';
import { tokyoDate } from '../domain/calendar/dates.ts';
import type { Run } from './domain.ts';

/** What may still be recorded once an application has ended. */
const RECORDS: readonly EventType[] = [
  'noted',
  'contactRecorded',
  'contactConfirmed',
  'mailFailed',
  'mailFollowedUp',
  'intakeChecked',
];
/** All that the system may do: nothing that ends an application or gets it on in review. */
const BY_SYSTEM: readonly EventType[] = [
  'reminded',
  'deadlinePassed',
  'mailFailed',
  'intakeChecked',
  'settingsChanged',
];

const ofType = <T extends EventType>(events: readonly ApplicationEvent[], ...types: T[]) =>
  events.filter((e): e is Extract<ApplicationEvent, { type: T }> =>
    (types as readonly string[]).includes(e.type),
  );
const idOf = (event: ApplicationEvent) => (event.by.kind === 'system' ? 'system' : event.by.id);

/** What must be true of the events that an action has just added. */
export function checkNewEvents(run: Run, before: ApplicationState, from: number): void {
  for (const [index, event] of run.events.entries()) {
    if (index < from) continue;
    const earlier = run.events.slice(0, index);
    expect(event.seq).toBe(index + 1);
    if (isEnded(before)) expect(RECORDS).toContain(event.type);
    if (event.by.kind === 'system') expect(BY_SYSTEM).toContain(event.type);
    if (event.by.kind === 'applicant') {
      expect(event.by.id).toBe(before.applicantId);
      expect(['answered', 'reviewReopened', 'cancelled']).toContain(event.type);
    }
    if (event.by.kind === 'staff') expect(['operator', 'leader', 'ward']).toContain(event.by.role);
    if (event.type === 'decided') expect(event.by).toMatchObject({ kind: 'staff', role: 'ward' });
    if (event.type === 'reminded') {
      expect(before.stage).toBe('awaitingApplicant');
      expect(openItems(before).length).toBeGreaterThan(0);
    }
    if (event.type === 'deadlinePassed') expect(tokyoDate(event.at) > event.deadline).toBe(true);
    if (event.type === 'entryConfirmed') {
      const hands = [before.enteredBy, ...ofType(earlier, 'entryCorrected').map(idOf), enteredBy(run)];
      expect(hands).not.toContain(idOf(event));
    }
    if (event.type === 'secondReviewAgreed' || event.type === 'returnedToFirst') {
      const begin = earlier.findLastIndex((e) => e.type === 'reviewReopened' || e.type === 'received');
      const barred = [
        ...ofType(earlier.slice(begin), 'firstReviewCompleted').map(idOf),
        ...ofType(earlier, 'minorCorrected').map(idOf),
      ];
      expect(barred).not.toContain(idOf(event));
      expect(openEscalations(before)).toEqual([]);
    }
    if (event.type === 'contactConfirmed') {
      expect(before.contacts.find((c) => c.id === event.contactId)?.recordedBy).not.toBe(idOf(event));
    }
  }
}

function enteredBy(run: Run): string | undefined {
  const [first] = run.events;
  return first?.type === 'received' ? first.enteredBy : undefined;
}

/** What must be true of every state, in every stage. */
export function checkState(run: Run): void {
  const { state, now, events } = run;
  if (state.stage === 'approved' || state.stage === 'refused') {
    expect(ofType(events, 'decided').at(-1)).toMatchObject({ outcome: state.stage, by: { role: 'ward' } });
  }
  expect(queuesOf(state)).not.toEqual([]);
  expect(queuesOf(state).includes('ended')).toBe(isEnded(state));
  if (isEnded(state)) expect(queuesOf(state)).not.toContain('escalated');
  const wake = nextWake(state, now);
  if (wake) expect(wake.at > now || wake.action.type === 'passDeadline').toBe(true);
  if (state.stage !== 'awaitingApplicant') expect(wake).toBeUndefined();
  if (state.stage === 'awaitingApplicant') {
    expect(openItems(state).length).toBeGreaterThan(0);
    if (!state.request?.overdue) expect(wake).toBeDefined();
  }
  // What the applicant is told is what the staff see.
  expect(applicantStatus(state).deadline ?? null).toBe(summaryOf(state).deadline);
}

/** What must be true of a whole history. */
export function checkHistory({ events, state, now }: Run): void {
  expect(replay(events)).toStrictEqual(state);
  const copied = JSON.parse(JSON.stringify(events)) as ApplicationEvent[];
  expect(copied).toStrictEqual(events);
  expect(replay(copied)).toStrictEqual(state);
  expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
  const effects = effectsOf(state, events).map((e) => (e.kind === 'mail' ? e.mailId : e.letterId));
  expect(new Set(effects).size).toBe(effects.length);
  const told = JSON.stringify(applicantTimeline(events)) + JSON.stringify(applicantStatus(state));
  expect(told).not.toMatch(/aoki|baba|chiba|leader|text-|escalat|noted|returned/u);
  expect(now).toBeTruthy();
}
