import type {
  ReviewDraftRequest,
  ReviewDraftResponse,
  StaffApplication,
} from '../../../api/contract/index.ts';
import type { Answers, Field, ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { visibleFields, visibleSections } from '../../../domain/procedures/fields.ts';

/** What a checker says of one field: the same as on the scan, or different, and what the scan says (Q14). */
export interface Mark {
  readonly result: '' | 'same' | 'different';
  readonly note: string;
}
export type Marks = Readonly<Record<string, Mark>>;
export const NO_MARK: Mark = { result: '', note: '' };

type Stored = ReviewDraftRequest['findings'][number];

/** The fields to compare with the scan, in the order of the form; also those that were left empty. */
export function fieldsToCheck(procedure: ProcedureDefinition, answers: Answers): readonly Field[] {
  return visibleSections(procedure, answers).flatMap((section) => visibleFields(section, answers));
}

/** Marks as they are kept on the server, in the form of a checklist. */
export function toStoredMarks(marks: Marks): Stored[] {
  return Object.entries(marks).flatMap(([code, { result, note }]) => {
    const internalNote = note.trim();
    if (result === '' && internalNote === '') return [];
    return [
      {
        criterionId: code,
        ...(result === '' ? {} : { result: result === 'same' ? ('met' as const) : ('deficient' as const) }),
        ...(internalNote === '' ? {} : { internalNote }),
      },
    ];
  });
}

function fromStored({ result, internalNote }: Stored): Mark {
  return {
    result: result === 'met' ? 'same' : result === 'deficient' ? 'different' : '',
    note: internalNote ?? '',
  };
}

type Versions = StaffApplication['versions'];

/**
 * Marks without those whose field was corrected since: what has changed is compared anew. Where it is not known any more what a
 * correction changed, nothing counts as compared.
 * @param since ISO 8601, when the marks were made
 */
export function stillGood(marks: Marks, versions: Versions, since: string): Marks {
  const later = versions.filter((version) => version.kind !== 'filed' && version.at > since);
  if (later.some((version) => version.changes.length === 0 && version.text !== null)) return {};
  const changed = new Set(later.flatMap((version) => version.changes.map(({ field }) => field)));
  return Object.fromEntries(Object.entries(marks).filter(([code]) => !changed.has(code)));
}

/** The marks of a kept draft, as far as they still hold. */
export function marksFrom(draft: ReviewDraftResponse['draft'], versions: Versions): Marks {
  if (!draft) return {};
  const marks = Object.fromEntries(draft.findings.map((one) => [one.criterionId, fromStored(one)]));
  return stillGood(marks, versions, draft.updatedAt);
}

/** What is sent back to who entered it. */
export function differencesOf(marks: Marks, fields: readonly Field[]): { field: string; note?: string }[] {
  return fields.flatMap(({ code }) => {
    const { result, note } = marks[code] ?? NO_MARK;
    if (result !== 'different') return [];
    return [note.trim() === '' ? { field: code } : { field: code, note: note.trim() }];
  });
}

/** The fields that nobody has compared yet. */
export function openFields(marks: Marks, fields: readonly Field[]): readonly Field[] {
  return fields.filter(({ code }) => (marks[code] ?? NO_MARK).result === '');
}
