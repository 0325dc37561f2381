import { offeredDocuments } from './documents.ts';
import type { Answers, DocumentType, ProcedureDefinition } from './definition.ts';

/** The scan of the application form itself (Q12): every paper application has it, whatever its procedure. */
export const PAPER_FORM: DocumentType = {
  type: 'paper_form',
  label: { ja: '申請書（紙）' },
  mayFollow: false,
  maxFiles: 20,
};

/** The documents that a paper application with these answers may bring: its own scan, and what the procedure knows. */
export function paperDocuments(definition: ProcedureDefinition, answers: Answers): readonly DocumentType[] {
  return [PAPER_FORM, ...offeredDocuments(definition, answers)];
}

/** The name of a kind of document as staff read it; its code where nobody knows it (an older edition of the form). */
export function documentLabel(definition: ProcedureDefinition | undefined, type: string): string {
  if (type === PAPER_FORM.type) return PAPER_FORM.label.ja;
  return definition?.documents.find((document) => document.type === type)?.label.ja ?? type;
}

/**
 * What a paper application cannot be received without: by these its child, its place and its year are known. Everything else
 * may be left open as the paper leaves it open, and is a deficiency for the review.
 */
export function paperNeeds({ roles }: ProcedureDefinition): readonly string[] {
  return [
    roles.childFamilyName,
    roles.childGivenName,
    roles.childFamilyKana,
    roles.childGivenKana,
    roles.childBirthDate,
    roles.fiscalYear,
    roles.bop,
  ];
}
