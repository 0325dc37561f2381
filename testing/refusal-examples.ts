import type { Action, RefusalCode } from '../domain/application/actions.ts';
import type { Actor } from '../domain/people/actor.ts';
import { changedInKintone, deletedForGood } from './application-kintone.ts';
import {
  agree,
  answer,
  asked,
  back,
  cancelled,
  chase,
  decided,
  escalated,
  extend,
  first,
  LEADER_2,
  letter,
  overdue,
  paper,
  recorded,
  second,
  told,
} from './application-states.ts';
import {
  AOKI,
  BABA,
  CHIBA,
  contact,
  findings,
  GUARDIAN,
  LEADER,
  Run,
  staffActor,
  SYSTEM,
  WARD,
} from './domain.ts';
import { RELEASE_EXAMPLES } from './application-release.ts';
import { WAITLIST_EXAMPLES } from './application-waitlist.ts';

/** For each refusal: who tries what in which state. */
export const REFUSAL_EXAMPLES: Readonly<
  Record<RefusalCode, readonly (readonly [string, () => Run, Actor, Action])[]>
> = {
  cannotRestore: [
    [
      'what nothing is kept of any more',
      deletedForGood,
      CHIBA,
      { type: 'settleKintoneChange', changeId: 'change-1', choice: 'restore' },
    ],
  ],
  changedInKintone: [
    ['a review while nobody has said which answers are right', changedInKintone, CHIBA, first()],
  ],
  ended: [
    ['review after the decision', decided, CHIBA, first()],
    ['cancellation after the decision', decided, GUARDIAN, { type: 'cancel' }],
    ['a second cancellation', cancelled, GUARDIAN, { type: 'cancel' }],
    ['an answer after the cancellation', cancelled, GUARDIAN, answer(['1-documents'])],
    [
      'an instruction after the end',
      cancelled,
      WARD,
      { type: 'instruct', escalationId: 'x', instruction: 'text-1' },
    ],
  ],
  notYourRole: [
    ['the ward reviews', () => new Run(), WARD, first()],
    [
      'the contractor decides',
      () => new Run().reviewed(),
      LEADER,
      { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' },
    ],
    [
      'a hall writes a note',
      () => new Run(),
      staffActor('hall', 'hall'),
      { type: 'addNote', note: 'text-1' },
    ],
    [
      'a 新BOP records a contact',
      () => new Run(),
      staffActor('bop', 'bop'),
      { type: 'recordContact', contact: contact() },
    ],
    ['staff answer for the applicant', asked, LEADER, answer(['1-documents'])],
    ['an operator extends a deadline', asked, AOKI, extend('2026-12-15')],
    ['a person passes the deadline', asked, WARD, { type: 'passDeadline' }],
    ['the system cancels', () => new Run(), SYSTEM, { type: 'cancel', reason: 'text-1' }],
    [
      "an operator takes back another's question",
      escalated,
      BABA,
      { type: 'withdrawEscalation', escalationId: 'escalation-1' },
    ],
  ],
  notYourApplication: [
    ['another guardian answers', asked, { kind: 'applicant', id: 'guardian-2' }, answer(['1-documents'])],
  ],
  wrongStage: [
    ['the second review comes first', () => new Run(), BABA, agree()],
    ['an answer nobody asked for', () => new Run(), GUARDIAN, answer(['1-documents'])],
    [
      'a decision before the reviews',
      () => new Run(),
      WARD,
      { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' },
    ],
    ['the deadline passes twice', overdue, SYSTEM, { type: 'passDeadline' }],
    ['an entry check of an online application', () => new Run(), BABA, { type: 'confirmEntry' }],
  ],
  samePerson: [
    ['the first reviewer does the second', second, AOKI, agree()],
    ['… also in another role', second, staffActor('aoki', 'leader'), agree()],
    ['… or takes it', second, AOKI, { type: 'claim' }],
    [
      'a first reviewer before the return',
      () =>
        second()
          .do(BABA, back({ documents: 'deficient' }))
          .do(CHIBA, first()),
      AOKI,
      agree(),
    ],
  ],
  enteredByYou: [
    ['who entered checks the entry', paper, AOKI, { type: 'confirmEntry' }],
    [
      'who corrected it',
      () => paper().do(BABA, { type: 'correctEntry', correctionId: 'c-1' }),
      BABA,
      { type: 'confirmEntry' },
    ],
    [
      'who corrected for the applicant does the second review',
      () =>
        new Run()
          .reviewed({ documents: 'deficient' })
          .do(LEADER, {
            type: 'correctMinor',
            itemId: '1-documents',
            correctionId: 'c-1',
            contact: contact(),
          })
          .do(AOKI, first()),
      LEADER,
      agree(),
    ],
  ],
  assignedToOther: [
    ['somebody else has it', () => new Run().do(AOKI, { type: 'claim' }), BABA, first()],
    ['… and it is not taken away', () => new Run().do(AOKI, { type: 'claim' }), BABA, { type: 'claim' }],
  ],
  notAssigned: [['nobody has it', () => new Run(), LEADER, { type: 'unassign' }]],
  assigneeNotAllowed: [
    ['the ward', () => new Run(), LEADER, { type: 'assign', assignee: { id: 'ward', role: 'ward' } }],
    [
      'the first reviewer for the second review',
      second,
      LEADER,
      { type: 'assign', assignee: { id: 'aoki', role: 'operator' } },
    ],
    [
      'who entered, for the check',
      paper,
      LEADER,
      { type: 'assign', assignee: { id: 'aoki', role: 'operator' } },
    ],
  ],
  openEscalation: [['a question is open', escalated, AOKI, first()]],
  noSuchEscalation: [
    [
      'none is open',
      () => new Run(),
      WARD,
      { type: 'instruct', escalationId: 'escalation-1', instruction: 'text-1' },
    ],
    ['another', escalated, WARD, { type: 'instruct', escalationId: 'escalation-2', instruction: 'text-1' }],
    ['another is taken back', escalated, AOKI, { type: 'withdrawEscalation', escalationId: 'escalation-2' }],
  ],
  noDifference: [
    [
      'an entry is returned without saying what differs',
      paper,
      BABA,
      { type: 'returnEntry', differences: [] },
    ],
  ],
  findingsIncomplete: [
    ['one is missing', () => new Run(), AOKI, { type: 'completeFirstReview', findings: findings().slice(1) }],
    ['none in the second review', second, BABA, { type: 'agreeSecondReview', findings: [] }],
  ],
  findingsUnknown: [
    [
      'a criterion that was not in force',
      () => new Run(),
      AOKI,
      { type: 'completeFirstReview', findings: [...findings(), { criterionId: 'new', result: 'met' }] },
    ],
    [
      'one twice',
      () => new Run(),
      AOKI,
      { type: 'completeFirstReview', findings: [...findings(), ...findings()] },
    ],
    [
      'a question about one',
      () => new Run(),
      AOKI,
      { type: 'escalate', escalationId: 'e', criterionId: 'new', question: 'text-1' },
    ],
    [
      'a return about one',
      second,
      BABA,
      { type: 'returnToFirst', findings: [{ criterionId: 'new', result: 'deficient' }], reason: 'text-1' },
    ],
  ],
  alwaysApplies: [
    ['"not applicable" where it always applies', () => new Run(), AOKI, first({ identity: 'notApplicable' })],
    ['… in the second review', second, BABA, agree({ identity: 'notApplicable' })],
  ],
  doubtUnresolved: [
    ['the first reviewer is in doubt', () => new Run(), AOKI, first({ guardian: 'inDoubt' })],
    ['the second', second, BABA, agree({ guardian: 'inDoubt' })],
  ],
  deficiencyIncomplete: [
    [
      'no reason',
      () => new Run(),
      AOKI,
      {
        type: 'completeFirstReview',
        findings: [
          ...findings().slice(0, 2),
          { criterionId: 'documents', result: 'deficient', targets: [{ kind: 'field', code: 'grade' }] },
        ],
      },
    ],
    [
      'no place',
      () => new Run(),
      AOKI,
      {
        type: 'completeFirstReview',
        findings: [
          ...findings().slice(0, 2),
          { criterionId: 'documents', result: 'deficient', reasonCode: 'missing', targets: [] },
        ],
      },
    ],
  ],
  disagreementNeedsReturn: [
    ['the second finds a deficiency', second, BABA, agree({ documents: 'deficient' })],
    ['… or the requirement not met', second, BABA, agree({ guardian: 'notMet' })],
  ],
  returnNeedsDisagreement: [['all agreed', second, BABA, back()]],
  reasonMissing: [
    ['a return', second, BABA, back({ documents: 'deficient' }, '')],
    ['a question', () => new Run(), AOKI, { type: 'escalate', escalationId: 'e', question: '' }],
    ['an instruction', escalated, WARD, { type: 'instruct', escalationId: 'escalation-1', instruction: '' }],
    ['a note', () => new Run(), AOKI, { type: 'addNote', note: '' }],
    ['a contact', () => new Run(), AOKI, { type: 'recordContact', contact: contact('c', '') }],
    ['a longer deadline', asked, LEADER, extend('2026-12-15', '')],
    ['a chaser by phone', overdue, AOKI, chase({ method: 'phone' })],
    ['a waiver', asked, LEADER, { type: 'waiveItem', itemId: '1-documents', reason: '' }],
    ['going on without an answer', overdue, LEADER, { type: 'proceedWithoutAnswer', reason: '' }],
    [
      'a refusal without a reason',
      () => new Run().reviewed(),
      WARD,
      { type: 'decide', outcome: 'refused', reasonCode: 'other' },
    ],
    [
      'a refusal without its code',
      () => new Run().reviewed(),
      WARD,
      { type: 'decide', outcome: 'refused', reason: 'text-1' },
    ],
    ['a return by the ward', () => new Run().reviewed(), WARD, { type: 'returnToReview', reason: '' }],
    ['a cancellation by staff', () => new Run(), LEADER, { type: 'cancel' }],
  ],
  noSuchItem: [['another item', asked, GUARDIAN, answer(['1-documents', '1-identity'])]],
  itemNotOpen: [
    [
      'one is answered twice',
      () => asked().do(GUARDIAN, answer(['1-documents'])),
      GUARDIAN,
      answer(['1-documents']),
    ],
    [
      'one was waived',
      () => asked().do(WARD, { type: 'waiveItem', itemId: '1-guardian', reason: 'text-1' }),
      GUARDIAN,
      answer(['1-guardian']),
    ],
  ],
  nothingAnswered: [['an empty answer', asked, GUARDIAN, answer([])]],
  deadlineNotLater: [
    ['the same day', asked, LEADER, extend('2026-11-24')],
    ['an earlier one', asked, LEADER, extend('2026-11-10')],
    ['one that has gone by', () => asked().at('2027-01-20T00:00:00.000Z'), LEADER, extend('2027-01-15')],
    ['a chaser', overdue, AOKI, chase({ deadline: '2026-12-28' })],
  ],
  deadlineNotWorkingDay: [
    ['a Sunday', asked, LEADER, extend('2026-12-13')],
    ['the New Year closing', asked, LEADER, extend('2026-12-29')],
    ['no day at all', asked, LEADER, extend('soon')],
  ],
  notOverdue: [
    ['a chaser too early', asked, AOKI, chase()],
    [
      'going on without an answer too early',
      asked,
      LEADER,
      { type: 'proceedWithoutAnswer', reason: 'text-1' },
    ],
    ['the timer too early', () => asked().at('2026-11-24T14:59:59.999Z'), SYSTEM, { type: 'passDeadline' }],
  ],
  noMailAddress: [['a chaser by mail', () => overdue({ hasMail: false }), AOKI, chase()]],
  notLetter: [
    ['a request by mail is not posted', asked, AOKI, { type: 'markLetterPosted', postedOn: '2026-11-09' }],
  ],
  notPhone: [['a request by mail is not told by phone', asked, AOKI, told]],
  alreadyPosted: [
    [
      'posted twice',
      () => letter().do(AOKI, { type: 'markLetterPosted', postedOn: '2026-11-09' }),
      AOKI,
      { type: 'markLetterPosted', postedOn: '2026-11-09' },
    ],
  ],
  postedInFuture: [
    ['tomorrow', letter, AOKI, { type: 'markLetterPosted', postedOn: '2026-11-10' }],
    ['before it was asked', letter, AOKI, { type: 'markLetterPosted', postedOn: '2026-11-06' }],
    ['no day', letter, AOKI, { type: 'markLetterPosted', postedOn: 'today' }],
  ],
  effectiveDateMissing: [
    ['an approval from no day', () => new Run().reviewed(), WARD, { type: 'decide', outcome: 'approved' }],
    [
      '… or from none that exists',
      () => new Run().reviewed(),
      WARD,
      { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-31' },
    ],
  ],
  noSuchContact: [
    ['none is there', () => new Run(), LEADER, { type: 'confirmContact', contactId: 'contact-1' }],
    ['only the own', recorded, LEADER, { type: 'confirmContact', contactId: 'contact-1' }],
    ['another', recorded, LEADER_2, { type: 'confirmContact', contactId: 'contact-2' }],
  ],
  ownContact: [
    [
      "the own beside another's",
      () => recorded().do(AOKI, { type: 'recordContact', contact: contact('contact-2') }),
      LEADER,
      { type: 'confirmContact', contactId: 'contact-1' },
    ],
  ],
  alreadyConfirmed: [
    [
      'confirmed twice',
      () =>
        recorded()
          .do(AOKI, { type: 'recordContact', contact: contact('contact-2') })
          .do(LEADER_2, { type: 'confirmContact', contactId: 'contact-1' }),
      LEADER_2,
      { type: 'confirmContact', contactId: 'contact-1' },
    ],
    [
      'told twice',
      () => new Run({ hasMail: false }).reviewed({ documents: 'deficient' }).do(AOKI, told),
      BABA,
      told,
    ],
  ],
  noFailedMail: [['every mail arrived', () => new Run(), AOKI, { type: 'followUpMail', contact: contact() }]],
  alreadyReminded: [
    [
      'the timer fires twice',
      () => asked().do(SYSTEM, { type: 'remind', kind: 'before' }),
      SYSTEM,
      { type: 'remind', kind: 'before' },
    ],
  ],
  ...RELEASE_EXAMPLES,
  ...WAITLIST_EXAMPLES,
};
