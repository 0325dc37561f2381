import { text } from '../../texts/locale.ts';
import type { ProcedureDefinition } from '../definition.ts';
import { CARE } from './care.ts';
import { CHILD, SCHOOL, USE } from './child.ts';
import { CRITERIA, REFUSAL_REASONS } from './criteria.ts';
import { DOCUMENTS } from './documents.ts';
import { CONSENTS, CONTACTS, WAY_HOME } from './everyday.ts';
import { HOUSEHOLD } from './household.ts';
import { intakeHints } from './intake.ts';
import { ADDRESS, APPLICANT, GUARDIAN2 } from './people.ts';
import { reasonSection } from './reasons.ts';

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
  roles: {
    childFamilyName: 'child_family_name',
    childGivenName: 'child_given_name',
    childFamilyKana: 'child_family_kana',
    childGivenKana: 'child_given_kana',
    childBirthDate: 'child_birth_date',
    bop: 'bop',
    fiscalYear: 'fiscal_year',
    startDate: 'start_date',
    applicantFamilyName: 'guardian1_family_name',
    applicantGivenName: 'guardian1_given_name',
    applicantFamilyKana: 'guardian1_family_kana',
    applicantGivenKana: 'guardian1_given_kana',
    email: 'guardian1_email',
    phone: 'guardian1_phone',
    postalCode: 'guardian1_postal_code',
    address: ['guardian1_address_city', 'guardian1_address_street', 'guardian1_address_building'],
  },
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
  needs: { kind: 'none' },
  effectOf: (answers) => ({ kind: 'admit', bop: String(answers['bop']), from: String(answers['start_date']) }),
};
