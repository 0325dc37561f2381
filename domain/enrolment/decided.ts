import type { Decision } from '../application/state.ts';
import type { Answers, ProcedureDefinition } from '../procedures/definition.ts';
import { normaliseReceiptNumber } from '../intake/receipt-number.ts';
import { fieldOf } from '../procedures/fields.ts';
import type { EnrolmentEffect } from './effects.ts';
import { monthOf } from './months.ts';
import type { CancellationTarget } from './needs.ts';

/** Does an approval of this procedure have a day from which it takes effect, which the ward fixes with its decision? */
export function hasEffectiveDate(definition: ProcedureDefinition): boolean {
  const { startDate } = definition.roles;
  return startDate !== undefined && fieldOf(definition, startDate)?.kind === 'date';
}

/** What was applied for, with the day that the ward has decided in place of the one that was asked for. */
function withDay(effect: EnrolmentEffect, day: string): EnrolmentEffect {
  switch (effect.kind) {
    case 'admit':
    case 'moveSchool':
      return { ...effect, from: day };
    case 'withdraw':
      return { ...effect, lastDay: day };
    case 'changeWithdrawal':
      // To stay after all has no day.
      return effect.lastDay === null ? effect : { ...effect, lastDay: day };
    case 'extend':
    case 'reduceFee': {
      const from = monthOf(day);
      return { ...effect, from, to: effect.to < from ? from : effect.to };
    }
    case 'declineExtended':
      return { ...effect, from: monthOf(day) };
  }
}

/**
 * What an approval does to the child's enrolment: the effect of the answers, from the day that the ward decided (domain.md,
 * "Effects between applications"). Undefined for a refusal, and for procedures that do nothing to it.
 */
export function decidedEffect(
  definition: ProcedureDefinition,
  answers: Answers,
  decision: Pick<Decision, 'outcome' | 'effectiveFrom'>,
): EnrolmentEffect | undefined {
  if (decision.outcome !== 'approved') return undefined;
  const effect = definition.effectOf(answers);
  const { effectiveFrom } = decision;
  // Extended use has no day of its own, but who moves up from the waiting list begins later than asked for.
  const dated = hasEffectiveDate(definition) || effect?.kind === 'extend';
  return effect && effectiveFrom !== undefined && dated ? withDay(effect, effectiveFrom) : effect;
}

/** Which application the answers of a cancellation (取り下げ) are about; undefined for other procedures. */
export function cancellationTarget(
  definition: ProcedureDefinition,
  answers: Answers,
): CancellationTarget | undefined {
  const procedure = definition.cancels?.(answers);
  if (procedure === undefined) return undefined;
  const periods = definition.cancelsPeriods?.(answers);
  // The family may name it; the check of the form has seen that it is a receipt number.
  const given = answers['cancel_receipt_number'];
  const receiptNumber = typeof given === 'string' ? normaliseReceiptNumber(given) : undefined;
  return {
    procedure,
    ...(periods === undefined ? {} : { periods }),
    ...(receiptNumber ? { receiptNumber } : {}),
  };
}
