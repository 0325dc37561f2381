import fc from 'fast-check';
import type { Action } from '../domain/application/actions.ts';
import { decideAction, type Outcome } from '../domain/application/decide.ts';
import type { ApplicationEvent } from '../domain/application/events.ts';
import { evolve } from '../domain/application/evolve.ts';
import { DEFAULT_DEADLINES, type ApplicationSettings } from '../domain/application/settings.ts';
import type { ApplicationState, Finding, FindingResult } from '../domain/application/state.ts';
import { addDays } from '../domain/calendar/dates.ts';
import { defaultCalendar } from '../domain/calendar/holidays.ts';
import type { Actor, StaffRole } from '../domain/people/actor.ts';

/** Helpers for tests of the state machine: made-up people, settings, applications. */
export const SETTINGS: ApplicationSettings = {
  calendar: defaultCalendar(2026, 2028),
  deadlines: DEFAULT_DEADLINES,
  criteriaVersion: 'test-1',
  criteria: [
    { id: 'identity', required: true },
    { id: 'guardian', required: true },
    { id: 'documents', required: false },
  ],
};

export const staffActor = (id: string, role: StaffRole = 'operator'): Actor => ({ kind: 'staff', id, role });
export const GUARDIAN: Actor = { kind: 'applicant', id: 'guardian-1' };
export const SYSTEM: Actor = { kind: 'system' };
export const AOKI = staffActor('aoki');
export const BABA = staffActor('baba');
export const CHIBA = staffActor('chiba');
export const LEADER = staffActor('leader', 'leader');
export const WARD = staffActor('ward', 'ward');

type Received = Extract<ApplicationEvent, { type: 'received' }>;

export function received(over: Partial<Received> = {}): Received {
  const at = over.receivedAt ?? '2026-11-09T01:00:00.000Z';
  return {
    type: 'received',
    seq: 1,
    at,
    by: { kind: 'applicant', id: 'guardian-1' },
    applicationId: 'application-1',
    receiptNumber: 'A27-000001-0',
    procedure: 'admission',
    fiscalYear: 2027,
    round: 'first',
    bopCode: '2',
    channel: 'online',
    applicantId: 'guardian-1',
    hasMail: true,
    receivedAt: at,
    settings: SETTINGS,
    ...over,
  };
}

export function findings(over: Readonly<Partial<Record<string, FindingResult>>> = {}): Finding[] {
  return SETTINGS.criteria.map(({ id }) => {
    const result = over[id] ?? 'met';
    return result === 'deficient'
      ? { criterionId: id, result, reasonCode: 'missing', targets: [{ kind: 'field', code: 'grade' }] }
      : { criterionId: id, result };
  });
}

/** An application under test: acts, keeps all events, and takes time with it. */
export class Run {
  events: ApplicationEvent[];
  state: ApplicationState;
  now: string;

  constructor(over: Partial<Received> = {}) {
    const first = received(over);
    this.events = [first];
    this.state = evolve(undefined, first);
    this.now = first.at;
  }

  at(now: string): this {
    this.now = now;
    return this;
  }

  /** Tries an action; a refusal changes nothing. */
  try(actor: Actor, action: Action): Outcome {
    const outcome = decideAction(this.state, actor, action, { now: this.now });
    if (outcome.ok) {
      this.events.push(...outcome.events);
      this.state = outcome.state;
    }
    return outcome;
  }

  /** Acts; a refusal fails the test. */
  do(actor: Actor, action: Action): this {
    const outcome = this.try(actor, action);
    if (!outcome.ok) throw new Error(`${action.type} refused: ${JSON.stringify(outcome.refusal)}`);
    return this;
  }

  /** The code of the refusal, or undefined. */
  refusal(actor: Actor, action: Action): string | undefined {
    const outcome = decideAction(this.state, actor, action, { now: this.now });
    return outcome.ok ? undefined : outcome.refusal.code;
  }

  /** Through both reviews, with these criteria deficient. */
  reviewed(over: Readonly<Partial<Record<string, FindingResult>>> = {}): this {
    return this.do(AOKI, { type: 'completeFirstReview', findings: findings(over) }).do(BABA, {
      type: 'agreeSecondReview',
      findings: findings(),
    });
  }
}

export const contact = (id = 'contact-1', content = 'text-contact') =>
  ({
    id,
    kind: 'phone',
    direction: 'toApplicant',
    content,
    occurredAt: '2026-11-09T01:00:00.000Z',
  }) as const;

const STAFF_IDS = ['aoki', 'baba', 'chiba', 'leader', 'ward', 'hall'] as const;
/** A person can hold another role from one action to the next: identity is the id. */
export const anyActor: fc.Arbitrary<Actor> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...STAFF_IDS),
        fc.constantFrom<StaffRole>('operator', 'operator', 'leader', 'ward', 'hall', 'bop'),
      )
      .map(([id, role]) => staffActor(id, role)),
  },
  { weight: 3, arbitrary: fc.constant(GUARDIAN) },
  { weight: 1, arbitrary: fc.constant<Actor>({ kind: 'applicant', id: 'guardian-2' }) },
  { weight: 2, arbitrary: fc.constant(SYSTEM) },
);

/** One of each, for walks that look for somebody who may do something. */
export const ACTORS: readonly Actor[] = [
  AOKI,
  BABA,
  CHIBA,
  LEADER,
  staffActor('leader-2', 'leader'),
  WARD,
  staffActor('hall', 'hall'),
  GUARDIAN,
  SYSTEM,
];

/** A day of the years that applications are about. */
export const anyDay: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 3 * 365 })
  .map((days) => addDays('2025-12-01', days));
