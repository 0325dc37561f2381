import type { Action, RefusalCode } from '../domain/application/actions.ts';
import type { Actor } from '../domain/people/actor.ts';
import { ROUND_SETTINGS } from './application-release.ts';
import { Run, WARD } from './domain.ts';

/** Applications for extended use without a free place. */
export const reviewedExtendedUse = (over: ConstructorParameters<typeof Run>[0] = {}) =>
  new Run({ procedure: 'extendedUse', ...over }).reviewed();
export const inRoundExtendedUse = () => reviewedExtendedUse({ settings: ROUND_SETTINGS });
export const wait: Action = { type: 'waitlist', rank: 3 };

/** Refusals of these, as `rules.test.ts` tries them. */
export const WAITLIST_EXAMPLES = {
  noWaitingList: [['an admission, which has no places', () => new Run().reviewed(), WARD, wait]],
  alreadyWaiting: [['put on the list twice', () => reviewedExtendedUse().do(WARD, wait), WARD, wait]],
} as const satisfies Partial<
  Readonly<Record<RefusalCode, readonly (readonly [string, () => Run, Actor, Action])[]>>
>;
