import { ADMISSION_EXAMPLE, ADMISSION_EXAMPLE_DOCUMENTS } from './admission.ts';
import { AFTER_ADMISSION } from './after-admission.ts';
import type { ProcedureExample } from './example.ts';

export type { ProcedureExample } from './example.ts';

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
