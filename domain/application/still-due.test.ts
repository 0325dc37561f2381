import { describe, expect, it } from 'vitest';
import { answer, asked, extend } from '../../testing/application-states.ts';
import { GUARDIAN, LEADER, SYSTEM, type Run } from '../../testing/domain.ts';
import { isStillDue } from './still-due.ts';
import type { MailTemplate } from './effects.ts';
import type { EventType } from './events.ts';

const due = ({ events }: Run, template: MailTemplate, type: EventType) => {
  const seq = events.findLast((event) => event.type === type)?.seq;
  if (seq === undefined) throw new Error(`no ${type}`);
  return isStillDue(events, template, seq);
};
const all = answer(['1-guardian', '1-documents']);
const reminded = () => asked().do(SYSTEM, { type: 'remind', kind: 'before' });

describe('mails that waited for the mail server', () => {
  it('asks and reminds as long as nothing has changed', () => {
    const run = reminded();
    expect(due(run, 'deficiencyRequested', 'deficiencyRequested')).toBe(true);
    expect(due(run, 'reminder', 'reminded')).toBe(true);
  });

  it('neither asks nor reminds once the whole answer has come', () => {
    const run = reminded().do(GUARDIAN, all);
    expect(due(run, 'deficiencyRequested', 'deficiencyRequested')).toBe(false);
    expect(due(run, 'reminder', 'reminded')).toBe(false);
  });

  it('still reminds of the rest after a part of the answer', () => {
    const run = reminded().do(GUARDIAN, answer(['1-guardian']));
    expect(due(run, 'reminder', 'reminded')).toBe(true);
  });

  it('names no deadline that was moved', () => {
    const run = reminded().do(LEADER, extend('2026-12-15'));
    expect(due(run, 'reminder', 'reminded')).toBe(false);
    expect(due(run, 'deadlineExtended', 'deadlineExtended')).toBe(true);
    expect(due(run.do(LEADER, extend('2026-12-22')), 'deadlineExtended', 'deadlineExtended')).toBe(true);
    const first = run.events.find((event) => event.type === 'deadlineExtended')?.seq ?? 0;
    expect(isStillDue(run.events, 'deadlineExtended', first)).toBe(false);
  });

  it('tells of the deficiency also when its deadline has passed meanwhile, but does not remind', () => {
    const run = reminded().at('2026-12-31T00:00:00.000Z').do(SYSTEM, { type: 'passDeadline' });
    expect(due(run, 'deficiencyRequested', 'deficiencyRequested')).toBe(true);
    expect(due(run, 'reminder', 'reminded')).toBe(false);
  });

  it('always confirms what was received, answered, cancelled', () => {
    const run = reminded().do(GUARDIAN, all).do(GUARDIAN, { type: 'cancel' });
    expect(due(run, 'received', 'received')).toBe(true);
    expect(due(run, 'answerReceived', 'answered')).toBe(true);
    expect(due(run, 'cancelled', 'cancelled')).toBe(true);
    expect(due(run, 'deficiencyRequested', 'deficiencyRequested')).toBe(false);
  });
});
