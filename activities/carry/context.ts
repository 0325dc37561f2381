import type { ApplicationEvent } from '../../domain/application/events.ts';
import type { ApplicationState } from '../../domain/application/state.ts';
import type { ActorRef, PersonId } from '../../domain/people/actor.ts';
import { bopOf, hallOfBop } from '../../domain/facilities/facilities.ts';
import type { Criterion, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { fieldOf } from '../../domain/procedures/fields.ts';
import type { DeficiencyTarget } from '../../domain/application/state.ts';
import type { KintoneRecord } from '../../kintone/apps/index.ts';
import type { PaperEntry } from '../../store/paper-entries.ts';

/** What the records of one application are made from. */
export interface CarryContext {
  state: ApplicationState;
  /** Events that kintone does not have yet. */
  fresh: readonly ApplicationEvent[];
  definition: ProcedureDefinition;
  /** The same for all of a child's applications; empty for an application that names none. */
  childId: string;
  /** The receipt stamp of a paper application (Q14). */
  paper: PaperEntry | undefined;
  /** The criteria in force at receipt. */
  criteria: readonly Criterion[];
  /** The content of a text that waits here; empty where it has been carried before. */
  textOf: (ref: string | undefined) => string;
  nameOf: (person: PersonId | undefined) => string;
}

export function nameOfActor({ nameOf }: CarryContext, by: ActorRef): string {
  if (by.kind === 'system') return 'システム';
  return by.kind === 'applicant' ? '申請者' : nameOf(by.id);
}

/** What shows in documents, reviews and contacts to which application they belong, and who may see them (別紙1). */
export function belongs({ state, definition }: CarryContext): KintoneRecord {
  return {
    receipt_number: { value: state.receiptNumber },
    procedure: { value: definition.name.ja },
    bop_code: { value: state.bopCode },
    bop_name: { value: bopOf(state.bopCode)?.name ?? '' },
    hall_code: { value: hallOfBop(state.bopCode)?.code ?? '' },
  };
}

/** Fields and documents of a finding, by their names. */
export function targetsInWords({ definition }: CarryContext, targets: readonly DeficiencyTarget[]): string {
  return targets
    .map((target) =>
      target.kind === 'document'
        ? (definition.documents.find((d) => d.type === target.type)?.label.ja ?? target.type)
        : (fieldOf(definition, target.code)?.label.ja ?? target.code),
    )
    .join('、');
}
