import type { Criterion, ProcedureDefinition, Section } from '../definition.ts';
import { ADDRESS_AGAIN, APPLICANT_AGAIN } from './applicant.ts';
import { CHILD, CLUB } from './child.ts';
import { CONFIRMATION } from './consents.ts';
import { APPLICANT_CRITERION, CHILD_AGAIN } from './criteria.ts';
import { OTHER_DOCUMENT } from './documents.ts';
import { gradeHints } from './hints.ts';
import { SHARED_ROLES } from './roles.ts';

/** What a short procedure after the admission states of its own. */
export type FollowUp = Omit<
  ProcedureDefinition,
  'roles' | 'sections' | 'documents' | 'criteria' | 'intakeHints'
> & {
  /** Its one page of questions; child, club, applicant and address are asked as everywhere. */
  section: Section;
  /** What is judged besides the child and the applicant. */
  judged: readonly Criterion[];
  /** What the machine sees besides the grade. */
  hints?: ProcedureDefinition['intakeHints'];
};

/** The form in which 取り下げ, 延長利用辞退, 退会, 退会日変更 and 証明書 are stated: one question page, no documents of their own. */
export function followUp({ section, judged, hints, ...own }: FollowUp): ProcedureDefinition {
  return {
    ...own,
    roles: SHARED_ROLES,
    sections: [section, CHILD, CLUB, APPLICANT_AGAIN, ADDRESS_AGAIN, CONFIRMATION],
    documents: [OTHER_DOCUMENT],
    criteria: [CHILD_AGAIN, ...judged, APPLICANT_CRITERION],
    intakeHints: (answers, attached, context) => [
      ...gradeHints(answers, 'child_identity'),
      ...(hints?.(answers, attached, context) ?? []),
    ],
  };
}
