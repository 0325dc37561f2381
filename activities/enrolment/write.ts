import { ApplicationFailure } from '@temporalio/common';
import { replay } from '../../domain/application/evolve.ts';
import type { DeliveryParts } from '../../domain/application/ports.ts';
import { decidedEffect } from '../../domain/enrolment/decided.ts';
import { childIdentity } from '../../domain/intake/identity.ts';
import type { Answers, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import type { EnrolledChild } from '../../kintone/apps/enrolments.ts';
import { setChildKey } from '../../store/children.ts';
import { entryCarried, markEntryCarried, recordEntry } from '../../store/enrolment-entries.ts';
import { enrolmentIdOf } from '../../store/enrolments.ts';
import { eventsOf } from '../../store/events.ts';
import { answersOf } from '../content.ts';
import type { ActivityDeps } from '../deps.ts';
import { carryIfWaiting } from './carry.ts';
import { writeFold } from './folded.ts';

type Deps = Pick<ActivityDeps, 'db' | 'keyring' | 'gateway'>;

function textOf(answers: Answers, code: string): string {
  const value = answers[code];
  return typeof value === 'string' ? value : '';
}

function childOf({ roles }: ProcedureDefinition, answers: Answers): EnrolledChild {
  return {
    name: `${textOf(answers, roles.childFamilyName)} ${textOf(answers, roles.childGivenName)}`.trim(),
    kana: `${textOf(answers, roles.childFamilyKana)} ${textOf(answers, roles.childGivenKana)}`.trim(),
    birthDate: textOf(answers, roles.childBirthDate),
  };
}

/**
 * Has an approval take effect on the child's enrolment (docs/adr/0010): one entry an application in PostgreSQL, then the whole
 * fold in kintone. A process that dies in between repeats the second step only; where two applications of one child are carried
 * at the same moment, whoever wrote an older fold sees that there is a newer one and writes that.
 */
export function createWriteEnrolment(deps: Deps): DeliveryParts['writeEnrolment'] {
  const { db, keyring } = deps;
  return async ({ applicationId, seq }) => {
    if (await entryCarried(db, applicationId)) return;
    const state = replay(await eventsOf(db, applicationId, seq));
    const { decision, receiptNumber, fiscalYear } = state;
    const definition = procedureOf(state.procedure);
    if (!definition) throw ApplicationFailure.nonRetryable(`no procedure ${state.procedure}`, 'NoProcedure');
    if (state.stage !== 'approved' || !decision) return;
    const answers = await answersOf(deps, state);
    if (!answers)
      throw ApplicationFailure.retryable(`answers of ${receiptNumber} are not there`, 'NoAnswers');
    const effect = decidedEffect(definition, answers, decision);
    if (!effect) return;

    // By the data that were decided on: a corrected name or birthday belongs to the corrected child.
    const childKey = keyring.lookupKey('child', childIdentity(definition, answers));
    await setChildKey(db, applicationId, childKey);
    const { decidedAt } = decision;
    const entry = { applicationId, receiptNumber, decidedAt, effect };
    const id = await recordEntry(db, { childKey, fiscalYear, entry });

    const child = childOf(definition, answers);
    const { fiscalYear: year } = await writeFold(deps, { id, applicationId, seq, child });
    // A next year that was carried over follows what this one's decision changes.
    await carryIfWaiting(deps, enrolmentIdOf(year + 1, id.slice(id.indexOf(':') + 1)));
    await markEntryCarried(db, applicationId);
  };
}
