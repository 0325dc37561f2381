import { ADMISSION } from './admission.ts';
import { CANCELLATION_PROCEDURE } from './cancellation.ts';
import { CERTIFICATE_PROCEDURE } from './certificate.ts';
import { DECLINE_EXTENDED_USE } from './decline-extended-use.ts';
import type { ProcedureDefinition } from './definition.ts';
import { EXTENDED_USE } from './extended-use/index.ts';
import { FEE_REDUCTION } from './fee-reduction/index.ts';
import { WITHDRAWAL_DATE_CHANGE } from './withdrawal-date-change.ts';
import { WITHDRAWAL_PROCEDURE } from './withdrawal.ts';

/** Every procedure there is (Q05). A further one is one more entry (design 1, docs/procedures.md). */
export const PROCEDURES: readonly ProcedureDefinition[] = [
  ADMISSION,
  EXTENDED_USE,
  DECLINE_EXTENDED_USE,
  WITHDRAWAL_PROCEDURE,
  WITHDRAWAL_DATE_CHANGE,
  FEE_REDUCTION,
  CERTIFICATE_PROCEDURE,
  CANCELLATION_PROCEDURE,
];

/** The procedure with this code, or undefined. */
export function procedureOf(code: string): ProcedureDefinition | undefined {
  return PROCEDURES.find((procedure) => procedure.code === code);
}
