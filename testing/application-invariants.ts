import { expect } from 'vitest';
import { nextWake, releaseInstant } from '../domain/application/deadlines.ts';
import { effectsOf } from '../domain/application/effects.ts';
import type { ApplicationEvent, EventType } from '../domain/application/events.ts';
import { replay } from '../domain/application/evolve.ts';
import { isEnded, openEscalations, openItems, type ApplicationState } from '../domain/application/state.ts';
import { summaryOf } from '../domain/application/summary.ts';
import { queuesOf } from '../domain/application/tasks.ts';
import { applicantStatus, applicantTimeline, applicantView } from '../domain/application/timeline.ts';
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
  'cancelledTooLate',
  'changedInKintone',
  'kintoneChangeSettled',
];
/**
 * All that the system may do: nothing that ends an application or gets it on in review, but telling on its day what the ward
 * has decided, and ending what an approved cancellation asks to end.
 */
const BY_SYSTEM: readonly EventType[] = [
  'reminded',
  'deadlinePassed',
  'mailFailed',
  'intakeChecked',
  'changedInKintone',
  'settingsChanged',
  'released',
  'relatedChanged',
  'cancelledTooLate',
  'cancelled',
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
    if (event.type === 'cancelled') expect(event.by.kind === 'system').toBe(event.onRequest !== undefined);
    if (event.type === 'released') {
      expect(ofType(earlier, 'decided').at(-1)?.outcome).toBe(event.outcome);
      expect(releaseInstant(before.decision!.releaseOn!, before.settings) <= event.at).toBe(true);
    }
    if (event.type === 'decided') expect(before.waitsFor?.outcome).not.toBe('undecided');
    if (event.type === 'reminded') {
      expect(before.stage).toBe('awaitingApplicant');
      expect(openItems(before).length).toBeGreaterThan(0);
    }
    if (event.type === 'deadlinePassed') expect(tokyoDate(event.at) > event.deadline).toBe(true);
    if (event.type === 'entryConfirmed') {
      const hands = [before.enteredBy, ...ofType(earlier, 'entryCorrected').map(idOf), ...enterers(run)];
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

function enterers(run: Run): readonly (string | undefined)[] {
  const [first] = run.events;
  return first?.type === 'received' ? [first.enteredBy, ...(first.enterers ?? [])] : [];
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
  if (wake) expect(wake.at > now || wake.action.type !== 'remind').toBe(true);
  if (state.stage === 'awaitingRelease') expect(wake?.action.type).toBe('release');
  else if (state.stage === 'awaitingDecision' && state.waitlist && !state.waitlist.toldAt)
    expect(wake?.action.type).toBe('tellWaitlisted');
  else if (state.stage !== 'awaitingApplicant') expect(wake).toBeUndefined();
  checkNothingLeaks(run);
  if (state.stage === 'awaitingApplicant') {
    expect(openItems(state).length).toBeGreaterThan(0);
    if (!state.request?.overdue) expect(wake).toBeDefined();
  }
  // What the applicant is told is what the staff see.
  expect(applicantStatus(state).deadline ?? null).toBe(summaryOf(state).deadline);
}

/** Until the day of the round the applicant sees nothing of a decision, and gets no mail of it. */
function checkNothingLeaks({ state, events }: Run): void {
  // Nothing decided, nothing to leak; and this is dear.
  if (!events.some(({ type }) => type === 'decided')) return;
  const decisions = effectsOf(state, events).filter((e) => e.kind === 'mail' && e.template === 'decided');
  const told = state.stage === 'approved' || state.stage === 'refused';
  if (state.hasMail) expect(decisions.length).toBe(told ? 1 : 0);
  if (told) return;
  expect(applicantView(state)).not.toHaveProperty('decision');
  const seen = JSON.stringify([
    applicantView(state).stage,
    applicantStatus(state),
    applicantTimeline(events),
  ]);
  expect(seen).not.toMatch(/"decided"|"released"|awaitingRelease|承認され|不承認/u);
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
