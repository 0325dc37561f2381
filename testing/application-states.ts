import type { Action } from '../domain/application/actions.ts';
import type { FindingResult } from '../domain/application/state.ts';
import { AOKI, contact, findings, GUARDIAN, LEADER, Run, staffActor, SYSTEM, WARD } from './domain.ts';

/** Applications in states that tests of the rules begin with, and actions that they try. */
export const paper = () =>
  new Run({ channel: 'paper', enteredBy: 'aoki', applicantId: null, hasMail: false });
export const asked = () => new Run().reviewed({ guardian: 'deficient', documents: 'deficient' });
export const overdue = (over = {}) =>
  new Run(over)
    .reviewed({ documents: 'deficient' })
    .at('2026-12-31T00:00:00.000Z')
    .do(SYSTEM, { type: 'passDeadline' });
export const first = (over: Partial<Record<string, FindingResult>> = {}): Action => ({
  type: 'completeFirstReview',
  findings: findings(over),
});
export const agree = (over: Partial<Record<string, FindingResult>> = {}): Action => ({
  type: 'agreeSecondReview',
  findings: findings(over),
});
export const back = (over: Partial<Record<string, FindingResult>> = {}, reason = 'text-1'): Action => ({
  type: 'returnToFirst',
  findings: findings(over),
  reason,
});
export const second = (over: Partial<Record<string, FindingResult>> = {}) => new Run().do(AOKI, first(over));
export const letter = () => {
  const run = new Run().reviewed({ documents: 'deficient' });
  return run.do(GUARDIAN, answer(['1-documents'])).reviewed({ documents: 'deficient' });
};
export const answer = (itemIds: readonly string[]): Action => ({
  type: 'answer',
  answerId: 'answer-1',
  itemIds,
  unchanged: false,
});
export const escalated = () =>
  new Run().do(AOKI, { type: 'escalate', escalationId: 'escalation-1', question: 'text-1' });
export const recorded = () => new Run().do(LEADER, { type: 'recordContact', contact: contact('contact-1') });
export const decided = () =>
  new Run().reviewed().do(WARD, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' });
export const cancelled = () => new Run().do(GUARDIAN, { type: 'cancel' });
export const extend = (deadline: string, reason = 'text-1'): Action => ({
  type: 'extendDeadline',
  deadline,
  reason,
});
export const chase = (over: object = {}): Action => ({
  type: 'chase',
  method: 'mail',
  deadline: '2027-01-15',
  ...over,
});
export const LEADER_2 = staffActor('leader-2', 'leader');
export const told: Action = { type: 'confirmTold', contact: contact() };
