import { replay } from '../application/evolve.ts';
import type { ApplicationEvent } from '../application/events.ts';
import { openItems, type ApplicationState, type DeficiencyItem } from '../application/state.ts';
import type { Criterion, ProcedureDefinition } from '../procedures/definition.ts';
import { fieldsOf } from '../procedures/fields.ts';
import type { Localized } from '../texts/locale.ts';
import type { MailFacts } from './content.ts';

export interface FactSources {
  definition: ProcedureDefinition;
  /** The criteria in force at receipt. */
  criteria: readonly Criterion[];
  /** The content of a text, by its reference; undefined where it has none any more. */
  textOf: (ref: string) => string | undefined;
  portalUrl: string;
}

function join(labels: readonly Localized[]): Localized {
  const in1 = (pick: (label: Localized) => string) => labels.map(pick).join('、');
  return {
    ja: in1((l) => l.ja),
    'ja-easy': in1((l) => l['ja-easy'] ?? l.ja),
    en: labels.map((l) => l.en ?? l.ja).join(', '),
  };
}

/** A deficiency item in words: what it is about, why, and the reviewer's note. */
export function itemInWords(
  item: DeficiencyItem,
  { definition, criteria, textOf }: Omit<FactSources, 'portalUrl'>,
) {
  const criterion = criteria.find((c) => c.id === item.criterionId);
  const reason = criterion?.reasons.find((r) => r.code === item.reasonCode);
  const labels = item.targets.map((target): Localized | undefined =>
    target.kind === 'document'
      ? definition.documents.find((d) => d.type === target.type)?.label
      : fieldsOf(definition).find((f) => f.code === target.code)?.label,
  );
  const known = labels.filter((label) => label !== undefined);
  const note = item.applicantNote ? textOf(item.applicantNote) : undefined;
  return {
    what: known.length > 0 ? join(known) : { ja: criterion?.title ?? item.criterionId },
    reason: reason?.applicantText ?? { ja: '' },
    ...(note ? { note } : {}),
  };
}

/** The items that a mail lists: those open when it was caused. */
function itemsAt(state: ApplicationState): readonly DeficiencyItem[] {
  return state.stage === 'awaitingApplicant' ? openItems(state) : [];
}

/** The texts that a mail of this event quotes. */
export function notesAt(events: readonly ApplicationEvent[], seq: number): readonly string[] {
  const state = replay(events.filter((event) => event.seq <= seq));
  return itemsAt(state).flatMap((item) => (item.applicantNote ? [item.applicantNote] : []));
}

/** What a mail tells, as things stood at the event that caused it: a mail sent late says nothing that came after. */
export function factsAt(events: readonly ApplicationEvent[], seq: number, sources: FactSources): MailFacts {
  const state = replay(events.filter((event) => event.seq <= seq));
  const { decision, request } = state;
  return {
    receiptNumber: state.receiptNumber,
    procedure: sources.definition.name,
    url: `${sources.portalUrl}/applications/${state.applicationId}`,
    items: itemsAt(state).map((item) => itemInWords(item, sources)),
    ...(request && state.stage === 'awaitingApplicant' ? { deadline: request.deadline } : {}),
    ...(decision
      ? {
          decision: {
            outcome: decision.outcome,
            ...(decision.effectiveFrom ? { effectiveFrom: decision.effectiveFrom } : {}),
          },
        }
      : {}),
  };
}
