import { text } from '../../texts/locale.ts';
import type { ProcedureDefinition } from '../definition.ts';
import { textAnswer } from '../shared/answers.ts';
import { ADDRESS_AGAIN, APPLICANT_AGAIN } from '../shared/applicant.ts';
import { monthInYear, notBefore } from '../shared/checks.ts';
import { CHILD, CLUB } from '../shared/child.ts';
import { CONFIRMATION } from '../shared/consents.ts';
import { SHARED_ROLES } from '../shared/roles.ts';
import { CRITERIA, DOCUMENTS, intakeHints, REFUSAL_REASONS } from './review.ts';
import { PICKUP, REASON, USE } from './sections.ts';

/**
 * 延長利用申請: use from 18:15 to 19:00, monthly or by the day (Q05). Times, days, fees and priorities are Setagaya's public
 * ones; the questions about times and picking up are defaults of ours (forms.md, 3).
 */
export const EXTENDED_USE: ProcedureDefinition = {
  code: 'extendedUse',
  letter: 'B',
  name: text(
    '延長利用申請',
    '{延長|えんちょう}{利用|りよう}の {申請|しんせい}',
    'Application for extended use',
  ),
  summary: text(
    '午後7時までの延長利用を申し込みます。',
    '{午後|ごご}7{時|じ}まで {使|つか}うための {申請|しんせい}です。',
    'Apply for use of the club until 19:00.',
  ),
  roles: SHARED_ROLES,
  sections: [USE, CHILD, CLUB, REASON, PICKUP, APPLICANT_AGAIN, ADDRESS_AGAIN, CONFIRMATION],
  documents: DOCUMENTS,
  criteria: CRITERIA,
  refusalReasons: REFUSAL_REASONS,
  intakeHints,
  checks: [
    monthInYear('extended_from'),
    monthInYear('extended_to'),
    notBefore('extended_from', 'extended_to'),
  ],
  needs: { kind: 'admitted', orUnderWay: true },
  effectOf: (answers) => ({
    kind: 'extend',
    mode: answers['extended_mode'] === 'daily' ? 'daily' : 'monthly',
    from: textAnswer(answers, 'extended_from'),
    to: textAnswer(answers, 'extended_to'),
  }),
};
