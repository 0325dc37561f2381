import { ADMISSION } from './admission.ts';
import type { ProcedureDefinition } from './definition.ts';

/** Every procedure there is. A further one is one more entry (design 1). */
export const PROCEDURES: readonly ProcedureDefinition[] = [ADMISSION];

/** The procedure with this code, or undefined. */
export function procedureOf(code: string): ProcedureDefinition | undefined {
  return PROCEDURES.find((procedure) => procedure.code === code);
}
