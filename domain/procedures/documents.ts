import { holds } from './condition.ts';
import type { Answers, DocumentType, ProcedureDefinition } from './definition.ts';

/** The documents that may be attached to an application with these answers. */
export function offeredDocuments(definition: ProcedureDefinition, answers: Answers): readonly DocumentType[] {
  return definition.documents.filter((d) => !d.offeredWhen || holds(d.offeredWhen, answers));
}

/** The documents that an application with these answers needs before it is complete. */
export function requiredDocuments(
  definition: ProcedureDefinition,
  answers: Answers,
): readonly DocumentType[] {
  return definition.documents.filter((d) => d.requiredWhen && holds(d.requiredWhen, answers));
}

/** The needed documents that are not attached. Those with `mayFollow` do not stop the filing. */
export function missingDocuments(
  definition: ProcedureDefinition,
  answers: Answers,
  attachedTypes: readonly string[],
): readonly DocumentType[] {
  return requiredDocuments(definition, answers).filter((d) => !attachedTypes.includes(d.type));
}
