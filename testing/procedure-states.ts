import type { FindingResult, Finding, Stage } from '../domain/application/state.ts';
import type { ApplicationSettings } from '../domain/application/settings.ts';
import { hasEffectiveDate } from '../domain/enrolment/decided.ts';
import { criterionRefs } from '../domain/procedures/criteria.ts';
import type { ProcedureDefinition } from '../domain/procedures/definition.ts';
import { AOKI, BABA, GUARDIAN, Run, SETTINGS, WARD } from './domain.ts';

/** The day on which a round's decisions are told, in {@link inStageOf}. */
export const TOLD_ON = '2027-01-29';

/** A procedure's own settings: its criteria, and whether an approval has a day. */
export function settingsOf(definition: ProcedureDefinition): ApplicationSettings {
  return {
    ...SETTINGS,
    criteria: criterionRefs(definition.criteria),
    ...(hasEffectiveDate(definition) ? {} : { effectiveDate: false }),
  };
}

function judged(definition: ProcedureDefinition, result: FindingResult = 'met'): Finding[] {
  return definition.criteria.map(({ id, fields, reasons }, index): Finding => {
    const [field] = fields;
    const [reason] = reasons;
    if (index > 0 || result !== 'deficient' || field === undefined || !reason)
      return { criterionId: id, result: 'met' };
    const targets = [{ kind: 'field', code: field }] as const;
    return { criterionId: id, result, reasonCode: reason.code, targets };
  });
}

/** An application of a procedure that stands in a stage, come there as applications do. */
export function inStageOf(definition: ProcedureDefinition, stage: Stage): Run {
  const settings = settingsOf(definition);
  const run = (over: ConstructorParameters<typeof Run>[0] = {}) =>
    new Run({ procedure: definition.code, settings, ...over });
  const looked = (one: Run, result?: FindingResult) =>
    one.do(AOKI, { type: 'completeFirstReview', findings: judged(definition, result) });
  const reviewed = (one: Run, result?: FindingResult) =>
    looked(one, result).do(BABA, { type: 'agreeSecondReview', findings: judged(definition) });
  const day = hasEffectiveDate(definition) ? { effectiveFrom: '2027-04-01' } : {};
  const approve = { type: 'decide', outcome: 'approved', ...day } as const;
  switch (stage) {
    case 'entryCheck':
      return run({ channel: 'paper', enteredBy: 'chiba', applicantId: null, hasMail: false });
    case 'firstReview':
      return run();
    case 'secondReview':
      return looked(run());
    case 'awaitingApplicant':
      return reviewed(run(), 'deficient');
    case 'awaitingDecision':
      return reviewed(run());
    case 'awaitingRelease':
      return reviewed(run({ settings: { ...settings, noticesOn: TOLD_ON } })).do(WARD, approve);
    case 'approved':
      return reviewed(run()).do(WARD, approve);
    case 'refused':
      return reviewed(run()).do(WARD, {
        type: 'decide',
        outcome: 'refused',
        reasonCode: definition.refusalReasons[0]?.code ?? '',
        reason: 'text-1',
      });
    case 'cancelled':
      return run().do(GUARDIAN, { type: 'cancel' });
  }
}
