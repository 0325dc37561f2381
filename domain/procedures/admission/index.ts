import { text } from '../../texts/locale.ts';
import type { ProcedureDefinition } from '../definition.ts';
import { textAnswer } from '../shared/answers.ts';
import { APPLICANT } from '../shared/applicant.ts';
import { CHILD } from '../shared/child.ts';
import { SHARED_ROLES } from '../shared/roles.ts';
import { CARE } from './care.ts';
import { CRITERIA, REFUSAL_REASONS } from './criteria.ts';
import { DOCUMENTS } from './documents.ts';
import { CONSENTS, CONTACTS, WAY_HOME } from './everyday.ts';
import { HOUSEHOLD } from './household.ts';
import { intakeHints } from './intake.ts';
import { ADDRESS, GUARDIAN2 } from './people.ts';
import { reasonSection } from './reasons.ts';
import { SCHOOL, USE } from './school.ts';

/** 入会申請: admission of a child to a 新BOP学童クラブ (Q05). The rules are Setagaya's public ones, as defaults. */
export const ADMISSION: ProcedureDefinition = {
  code: 'admission',
  letter: 'A',
  name: text('入会申請', '{入会|にゅうかい}の {申請|しんせい}', 'Application for admission'),
  summary: text(
    '新BOP学童クラブの利用を申し込みます。',
    '{新|しん}BOP{学童|がくどう}クラブを {使|つか}うための {申請|しんせい}です。',
    'Apply for a place in a Shin-BOP after-school club.',
  ),
  roles: { ...SHARED_ROLES, startDate: 'start_date' },
  sections: [
    USE,
    CHILD,
    SCHOOL,
    CARE,
    APPLICANT,
    ADDRESS,
    reasonSection(1),
    GUARDIAN2,
    reasonSection(2),
    HOUSEHOLD,
    CONTACTS,
    WAY_HOME,
    CONSENTS,
  ],
  documents: DOCUMENTS,
  criteria: CRITERIA,
  refusalReasons: REFUSAL_REASONS,
  intakeHints,
  needs: { kind: 'none', unlessAdmitted: true },
  effectOf: (answers) => ({
    kind: 'admit',
    bop: textAnswer(answers, 'bop'),
    from: textAnswer(answers, 'start_date'),
  }),
};
