import type { Action, ActionOf, RefusalCode } from '../domain/application/actions.ts';
import type { ApplicationSettings } from '../domain/application/settings.ts';
import type { RelatedApplication } from '../domain/application/state.ts';
import type { Actor } from '../domain/people/actor.ts';
import { Run, SETTINGS, SYSTEM, WARD } from './domain.ts';

/** Applications whose decision waits: for the day of the round, or for another application. */
export const NOTICES_ON = '2027-01-29';
export const ROUND_SETTINGS: ApplicationSettings = { ...SETTINGS, noticesOn: NOTICES_ON };
export const approve: ActionOf<'decide'> = {
  type: 'decide',
  outcome: 'approved',
  effectiveFrom: '2027-04-01',
};
export const refuse: ActionOf<'decide'> = {
  type: 'decide',
  outcome: 'refused',
  reasonCode: 'requirement_not_met',
  reason: 'text-1',
};
export const inRound = () => new Run({ settings: ROUND_SETTINGS }).reviewed();
export const held = (action: Action = approve) => inRound().do(WARD, action);

export const other = (over: Partial<RelatedApplication> = {}): RelatedApplication => ({
  applicationId: 'application-0',
  receiptNumber: 'A27-000009-0',
  procedure: 'admission',
  outcome: 'undecided',
  ended: false,
  seq: 1,
  ...over,
});
export const relate = (role: 'waitsFor' | 'cancels', over: Partial<RelatedApplication> = {}): Action => ({
  type: 'reportRelated',
  role,
  related: other(over),
});
export const waiting = () => new Run({ procedure: 'extendedUse' }).do(SYSTEM, relate('waitsFor')).reviewed();
export const cancelling = () =>
  new Run({ procedure: 'cancellation' }).do(SYSTEM, relate('cancels')).reviewed();

/** Refusals of these, as `rules.test.ts` tries them. */
export const RELEASE_EXAMPLES = {
  changedSince: [
    ['the reviews came in between', inRound, WARD, { ...approve, expectedSeq: 1 }],
    ['a number that is not there yet', inRound, WARD, { ...approve, expectedSeq: 99 }],
  ],
  waitsForAdmission: [
    ['approved before the admission', waiting, WARD, approve],
    ['refused before the admission', waiting, WARD, refuse],
  ],
  admissionNotApproved: [
    [
      'the admission was refused',
      () => waiting().do(SYSTEM, relate('waitsFor', { outcome: 'refused', seq: 9 })),
      WARD,
      approve,
    ],
    [
      'the admission was cancelled',
      () => waiting().do(SYSTEM, relate('waitsFor', { outcome: 'cancelled', ended: true, seq: 9 })),
      WARD,
      approve,
    ],
  ],
  nothingToCancel: [
    [
      'what was to be cancelled was decided',
      () => cancelling().do(SYSTEM, relate('cancels', { outcome: 'approved', ended: true, seq: 9 })),
      WARD,
      approve,
    ],
  ],
  releaseNotDue: [['the timer is early', held, SYSTEM, { type: 'release' }]],
} as const satisfies Partial<
  Readonly<Record<RefusalCode, readonly (readonly [string, () => Run, Actor, Action])[]>>
>;
