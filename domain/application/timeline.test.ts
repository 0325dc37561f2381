import { describe, expect, it } from 'vitest';
import {
  AOKI,
  BABA,
  CHIBA,
  contact,
  findings,
  GUARDIAN,
  LEADER,
  Run,
  SETTINGS,
  SYSTEM,
  WARD,
} from '../../testing/domain.ts';
import type { EventType } from './events.ts';
import { effectsOf } from './effects.ts';
import { summaryOf } from './summary.ts';
import { queuesOf, tasksOf } from './tasks.ts';
import { applicantStatus, applicantTimeline, timelineEntry, type ApplicantEntry } from './timeline.ts';

const phone = { hasMail: false, applicantId: 'guardian-1' };
const answer = (itemIds: readonly string[] = ['1-documents']) =>
  ({ type: 'answer', answerId: 'answer-1', itemIds, unchanged: false }) as const;
const asked = (over = {}) => new Run(over).reviewed({ documents: 'deficient' });
const kinds = (run: Run) => tasksOf(run.state).map(({ kind }) => kind);
const mails = (run: Run) =>
  effectsOf(run.state, run.events).flatMap((e) => (e.kind === 'mail' ? [e.template] : []));
const story = (run: Run) => applicantTimeline(run.events).map(({ by, title }) => `${by}: ${title.ja}`);

/** Everything that can happen to one application inside the office, and then to the family. */
function everything(): Run {
  const run = new Run();
  run.do(SYSTEM, { type: 'reportIntakeCheck', lookAlikes: 2, hints: 3 });
  run.do(AOKI, { type: 'claim' });
  run.do(LEADER, { type: 'assign', assignee: { id: 'chiba', role: 'operator' } });
  run.do(LEADER, { type: 'unassign' });
  run.do(AOKI, { type: 'addNote', note: 'text-secret-note' });
  run.do(AOKI, {
    type: 'escalate',
    escalationId: 'e-1',
    criterionId: 'guardian',
    question: 'text-secret-question',
  });
  run.do(WARD, { type: 'instruct', escalationId: 'e-1', instruction: 'text-secret-instruction' });
  run.do(AOKI, { type: 'escalate', escalationId: 'e-2', question: 'text-secret-question' });
  run.do(AOKI, { type: 'withdrawEscalation', escalationId: 'e-2' });
  run.do(AOKI, { type: 'completeFirstReview', findings: findings() });
  run.do(BABA, {
    type: 'returnToFirst',
    findings: findings({ documents: 'deficient' }),
    reason: 'text-secret-return',
  });
  run.do(CHIBA, { type: 'completeFirstReview', findings: findings({ documents: 'deficient' }) });
  run.do(BABA, { type: 'agreeSecondReview', findings: findings() });
  run.do(SYSTEM, { type: 'reportMailFailure', mailId: 'mail-1', template: 'deficiencyRequested' });
  run.do(AOKI, { type: 'followUpMail', contact: contact('contact-1', 'text-secret-contact') });
  run.do(LEADER, { type: 'confirmContact', contactId: 'contact-1' });
  run.do(LEADER, { type: 'extendDeadline', deadline: '2026-12-15', reason: 'text-secret-reason' });
  run.do(GUARDIAN, answer());
  run.do(AOKI, { type: 'completeFirstReview', findings: findings() });
  run.do(BABA, { type: 'agreeSecondReview', findings: findings() });
  run.do(WARD, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' });
  return run;
}

describe('what the applicant is told (Q09, Q11)', () => {
  it('is their story: no reviewer, no note, no question to the ward, no return between reviewers', () => {
    const run = everything();
    expect(story(run)).toEqual([
      'you: 申請を受け付けました',
      'office: 審査を始めました',
      expect.stringMatching(/^office: .*1件.*11月24日/u),
      expect.stringMatching(/^office: .*12月15日/u),
      expect.stringMatching(/^you: /u),
      'office: もう一度審査します',
      'office: 審査が終わり、区が決定します',
      expect.stringMatching(/^ward: .*2027年4月1日/u),
    ]);
    const told = JSON.stringify(applicantTimeline(run.events));
    expect(told).not.toMatch(
      /secret|aoki|baba|chiba|leader|e-1|contact-1|mail-1|差し戻|照会|メモ|一次|二次/u,
    );
  });

  it('shows exactly these events, whatever else happens', () => {
    const shown = new Set(applicantTimeline(everything().events).map(({ type }) => type));
    const hidden: EventType[] = [
      'intakeChecked',
      'unassigned',
      'noted',
      'escalated',
      'instructed',
      'escalationWithdrawn',
      'returnedToFirst',
      'mailFailed',
      'mailFollowedUp',
      'contactRecorded',
      'contactConfirmed',
    ];
    const happened = new Set(everything().events.map(({ type }) => type));
    for (const type of hidden) {
      expect(happened, type).toContain(type);
      expect(shown, type).not.toContain(type);
    }
  });

  it('is said in three languages', () => {
    for (const { title } of applicantTimeline(everything().events) as ApplicantEntry[]) {
      expect([title.ja, title['ja-easy'], title.en].every((words) => /\S/u.test(words))).toBe(true);
    }
  });

  it('keeps to itself that an entry from paper was corrected', () => {
    const run = new Run({ channel: 'paper', enteredBy: 'aoki' });
    run.do(BABA, { type: 'correctEntry', correctionId: 'c-1' }).do(CHIBA, { type: 'confirmEntry' });
    expect(story(run)).toHaveLength(1);
  });

  it('names a deadline that moved with the calendar, and not a calendar that changed nothing', () => {
    const { deadlines, calendar } = SETTINGS;
    const run = asked();
    run.do(SYSTEM, { type: 'changeSettings', calendar, deadlines });
    const before = story(run).length;
    run.do(SYSTEM, {
      type: 'changeSettings',
      calendar: { ...calendar, closedDates: ['2026-11-24'] },
      deadlines,
    });
    expect(story(run)).toHaveLength(before + 1);
    expect(story(run).at(-1)).toContain('11月25日');
  });

  it('does not say that somebody was reminded who could not be written to', () => {
    const remind = { type: 'remind', kind: 'before' } as const;
    const reminded = (run: Run) => applicantTimeline(run.events).some(({ type }) => type === 'reminded');
    expect(reminded(asked().do(SYSTEM, remind))).toBe(true);
    expect(reminded(asked(phone).do(SYSTEM, remind))).toBe(false);
  });

  it('gives status, deadline and what to do at each stage', () => {
    const status = (run: Run) => applicantStatus(run.state).code;
    expect(status(new Run({ channel: 'paper', enteredBy: 'aoki' }))).toBe('received');
    expect(status(new Run())).toBe('received');
    expect(status(new Run().do(AOKI, { type: 'claim' }))).toBe('underReview');
    expect(applicantStatus(asked().state)).toMatchObject({ code: 'answerNeeded', deadline: '2026-11-24' });
    expect(applicantStatus(asked().state).nextStep?.ja).toContain('11月24日');
    const late = asked().at('2026-12-01T00:00:00.000Z').do(SYSTEM, { type: 'passDeadline' });
    expect(applicantStatus(late.state)).toMatchObject({ code: 'answerOverdue', deadline: '2026-11-24' });
    expect(status(new Run().reviewed())).toBe('awaitingDecision');
    expect(status(everything())).toBe('approved');
    expect(applicantStatus(everything().state).deadline).toBeUndefined();
    expect(status(new Run().do(GUARDIAN, { type: 'cancel' }))).toBe('cancelled');
  });
});

describe('what staff see of it (Q21)', () => {
  it('is every event, with who and what was written', () => {
    const run = everything();
    const names = {
      person: (id: string) => ({ aoki: '青木 花', 'guardian-1': '見本 花子' })[id],
      text: (ref: string) => `「${ref}」`,
      criterion: () => '保護者の要件',
    };
    const entries = run.events.map((event) => timelineEntry(event, names));
    const find = (type: EventType) => entries.find((entry) => entry.type === type);
    expect(find('noted')).toMatchObject({ who: '青木 花', detail: '「text-secret-note」' });
    expect(find('escalated')?.text).toBe('区に照会しました（保護者の要件）');
    expect(find('instructed')).toMatchObject({ who: '児童課', detail: '「text-secret-instruction」' });
    expect(find('answered')?.who).toBe('見本 花子');
    expect(find('intakeChecked')?.who).toBe('システム');
    expect(find('contactRecorded')?.detail).toBe('「text-secret-contact」');
    expect(find('claim' as EventType)).toBeUndefined();
    for (const entry of entries) expect(entry.text).toMatch(/\S/u);
  });
});

describe('what has to be done (Q07, Q20, Q21)', () => {
  it.each<[string, () => Run, readonly string[], readonly string[]]>([
    ['paper', () => new Run({ channel: 'paper', enteredBy: 'aoki' }), ['checkEntry'], ['checkEntry']],
    ['new', () => new Run(), ['firstReview'], ['firstReview']],
    [
      'first review done',
      () => new Run().do(AOKI, { type: 'completeFirstReview', findings: findings() }),
      ['secondReview'],
      ['secondReview'],
    ],
    [
      'a question to the ward',
      () => new Run().do(AOKI, { type: 'escalate', escalationId: 'e', question: 't' }),
      ['instruct'],
      ['escalated'],
    ],
    ['asked by mail', () => asked(), [], ['awaitingApplicant']],
    ['asked by phone', () => asked(phone), ['tellByPhone'], ['contact', 'awaitingApplicant']],
    [
      'told by phone',
      () => asked(phone).do(AOKI, { type: 'confirmTold', contact: contact() }),
      ['confirmContacts'],
      ['awaitingApplicant', 'confirmContacts'],
    ],
    [
      'deadline near, no mail',
      () =>
        asked(phone)
          .do(AOKI, { type: 'confirmTold', contact: contact() })
          .at('2026-11-19T00:00:00.000Z')
          .do(SYSTEM, { type: 'remind', kind: 'before' }),
      ['remindByPhone', 'confirmContacts'],
      ['contact', 'awaitingApplicant', 'confirmContacts'],
    ],
    [
      'overdue',
      () => asked().at('2026-12-01T00:00:00.000Z').do(SYSTEM, { type: 'passDeadline' }),
      ['consultAndChase'],
      ['overdue', 'awaitingApplicant'],
    ],
    [
      'still deficient',
      () => asked().do(GUARDIAN, answer()).reviewed({ documents: 'deficient' }),
      ['postLetter'],
      ['letters', 'awaitingApplicant'],
    ],
    [
      'a mail came back',
      () => asked().do(SYSTEM, { type: 'reportMailFailure', mailId: 'm', template: 'received' }),
      ['followUpMail'],
      ['contact', 'awaitingApplicant'],
    ],
    ['reviewed', () => new Run().reviewed(), ['decide'], ['decision']],
    [
      'decided, no mail',
      () =>
        new Run(phone)
          .reviewed()
          .do(WARD, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' }),
      ['tellDecision'],
      ['contact', 'ended'],
    ],
    ['cancelled', () => new Run().do(GUARDIAN, { type: 'cancel' }), [], ['ended']],
  ])('%s', (_what, run, tasks, queues) => {
    const given = run();
    expect(kinds(given)).toEqual(tasks);
    expect(queuesOf(given.state)).toEqual(queues);
    expect(summaryOf(given.state)).toMatchObject({
      tasks: tasksOf(given.state),
      queues,
      seq: given.events.length,
    });
  });

  it('says in the summary who has it, and until when the family has time', () => {
    const run = new Run().do(AOKI, { type: 'claim' });
    expect(summaryOf(run.state)).toMatchObject({ assignee: 'aoki', firstReviewer: null, deadline: null });
    expect(summaryOf(asked().state)).toMatchObject({
      assignee: null,
      firstReviewer: 'aoki',
      deadline: '2026-11-24',
      overdue: false,
      dataVersion: 1,
    });
    expect(summaryOf(asked().do(GUARDIAN, answer()).state)).toMatchObject({
      deadline: null,
      firstReviewer: null,
      dataVersion: 2,
    });
  });
});

describe('what follows (Q18, Q20)', () => {
  it('is a mail for everything that the family has to know', () => {
    expect(mails(everything())).toEqual([
      'received',
      'deficiencyRequested',
      'deadlineExtended',
      'answerReceived',
      'decided',
    ]);
    const chased = asked().at('2026-12-01T00:00:00.000Z').do(SYSTEM, { type: 'passDeadline' });
    chased.do(AOKI, { type: 'chase', method: 'mail', deadline: '2026-12-08' });
    chased.do(SYSTEM, { type: 'remind', kind: 'before' }).do(GUARDIAN, { type: 'cancel' });
    expect(mails(chased)).toEqual(['received', 'deficiencyRequested', 'chaser', 'reminder', 'cancelled']);
  });

  it('is a letter, announced by mail, for what is still deficient', () => {
    const run = asked().do(GUARDIAN, answer()).reviewed({ documents: 'deficient' });
    expect(mails(run).at(-1)).toBe('letterComing');
    const letters = effectsOf(run.state, run.events).filter(({ kind }) => kind === 'letter');
    expect(letters).toMatchObject([{ letterId: 'application-1-request-2', requestId: 'request-2' }]);
  });

  it('is no mail without an address, for paper, or for a chaser by phone', () => {
    expect(mails(asked(phone).do(GUARDIAN, { type: 'cancel' }))).toEqual([]);
    expect(mails(new Run({ channel: 'paper', enteredBy: 'aoki' }))).toEqual([]);
    const chased = asked().at('2026-12-01T00:00:00.000Z').do(SYSTEM, { type: 'passDeadline' });
    chased.do(AOKI, { type: 'chase', method: 'phone', deadline: '2026-12-08', contact: contact() });
    expect(mails(chased)).not.toContain('chaser');
  });

  it('has one id for one event, so that twice is once', () => {
    const run = everything();
    const ids = effectsOf(run.state, run.events).map((e) => (e.kind === 'mail' ? e.mailId : e.letterId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(effectsOf(run.state, run.events)).toEqual(effectsOf(run.state, run.events));
  });
});
