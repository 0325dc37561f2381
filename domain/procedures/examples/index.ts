import type { Answers } from '../definition.ts';
import { ADMISSION_EXAMPLE, ADMISSION_EXAMPLE_DOCUMENTS } from './admission.ts';
import { AFTER_ADMISSION } from './after-admission.ts';

/** A made-up application with nothing wrong in it, on 2027-04-10: for tests, demo data and benches to start from. */
export interface ProcedureExample {
  procedure: string;
  /** What sets it apart from others of the procedure. */
  name: string;
  answers: Answers;
  /** Types of the documents that it needs. */
  documents: readonly string[];
}

/** At least one of every procedure, and one for each of its ways (reasons, kinds, times). */
export const EXAMPLES: readonly ProcedureExample[] = [
  {
    procedure: 'admission',
    name: '4月から',
    answers: ADMISSION_EXAMPLE,
    documents: ADMISSION_EXAMPLE_DOCUMENTS,
  },
  ...AFTER_ADMISSION,
];

/** The first example of a procedure, or the one of this name. @throws Error where it has none */
export function exampleOf(procedure: string, name?: string): ProcedureExample {
  const example = EXAMPLES.find(
    (one) => one.procedure === procedure && (name === undefined || one.name === name),
  );
  if (!example) throw new Error(`no example ${name ?? ''} of ${procedure}`);
  return example;
}
