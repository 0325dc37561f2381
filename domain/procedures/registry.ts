import { ADMISSION } from './admission.ts';
import { CANCELLATION_PROCEDURE } from './cancellation.ts';
import { CERTIFICATE_PROCEDURE } from './certificate.ts';
import { DECLINE_EXTENDED_USE } from './decline-extended-use.ts';
import type { ProcedureDefinition } from './definition.ts';
import { EXTENDED_USE } from './extended-use/index.ts';
import { FEE_REDUCTION } from './fee-reduction/index.ts';
import { WITHDRAWAL_DATE_CHANGE } from './withdrawal-date-change.ts';
import { WITHDRAWAL_PROCEDURE } from './withdrawal.ts';

/** Procedures that are known together: no two with one code, or one letter of receipt numbers. */
export interface ProcedureRegistry {
  all: readonly ProcedureDefinition[];
  /** The procedure with this code, or undefined. */
  of(code: string): ProcedureDefinition | undefined;
}

/**
 * Makes a registry of these procedures.
 * @throws RangeError where two have the same code or letter, or a letter is none of A–J (for which alone the check digit of a
 *   receipt number finds every wrong letter)
 */
export function registryOf(procedures: readonly ProcedureDefinition[]): ProcedureRegistry {
  const byCode = new Map<string, ProcedureDefinition>();
  const letters = new Set<string>();
  for (const procedure of procedures) {
    const { code, letter } = procedure;
    if (byCode.has(code)) throw new RangeError(`two procedures have the code ${code}`);
    if (!/^[A-J]$/u.test(letter)) throw new RangeError(`${code}: the letter has to be one of A to J`);
    if (letters.has(letter)) throw new RangeError(`two procedures have the letter ${letter}`);
    byCode.set(code, procedure);
    letters.add(letter);
  }
  return { all: procedures, of: (code) => byCode.get(code) };
}

const REGISTRY = registryOf([
  ADMISSION,
  EXTENDED_USE,
  DECLINE_EXTENDED_USE,
  WITHDRAWAL_PROCEDURE,
  WITHDRAWAL_DATE_CHANGE,
  FEE_REDUCTION,
  CERTIFICATE_PROCEDURE,
  CANCELLATION_PROCEDURE,
]);

/** Every procedure there is (Q05). A further one is one more entry above (design 1, docs/procedures.md). */
export const PROCEDURES: readonly ProcedureDefinition[] = REGISTRY.all;

/** The procedure with this code, or undefined. */
export function procedureOf(code: string): ProcedureDefinition | undefined {
  return REGISTRY.of(code);
}
