import { receivedBy, type ApplicationEvent } from '../../domain/application/events.ts';
import { replay } from '../../domain/application/evolve.ts';
import { DEFAULT_DEADLINES } from '../../domain/application/settings.ts';
import type { ApplicationState } from '../../domain/application/state.ts';
import { criterionRefs } from '../../domain/procedures/criteria.ts';
import type { ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { receivedFacts, type Application } from '../../store/applications.ts';
import { eventsOf } from '../../store/events.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';

/** An application's procedure; every stored application has one. */
export function definitionOf(application: Application): ProcedureDefinition {
  const definition = procedureOf(application.procedure);
  if (!definition)
    throw new ProblemError('internal', { cause: new Error(`no procedure ${application.procedure}`) });
  return definition;
}

export interface History {
  events: readonly ApplicationEvent[];
  state: ApplicationState;
}

/** The application's events and the state that they give, from the projection. */
export async function historyOf(deps: ApiDeps, application: Application): Promise<History> {
  const stored = await eventsOf(deps.db, application.id);
  const events = stored.length > 0 ? stored : [await receivedEvent(deps, application)];
  return { events, state: replay(events) };
}

/** Committed while Temporal is away: nothing has happened yet but the receipt, as the workflow will find it. */
async function receivedEvent(deps: ApiDeps, application: Application): Promise<ApplicationEvent> {
  const facts = receivedFacts(application);
  const criteria = await deps.settings.criteria(definitionOf(application));
  const calendar = await deps.settings.calendar();
  return {
    type: 'received',
    seq: 1,
    at: application.receivedAt,
    by: receivedBy(facts),
    ...facts,
    settings: {
      calendar: calendar ?? {
        version: 'unknown',
        closedDates: [],
        yearEnd: { from: '12-29', to: '01-03' },
        knownUntil: application.receivedAt.slice(0, 10),
      },
      deadlines: DEFAULT_DEADLINES,
      criteriaVersion: 'unknown',
      criteria: criterionRefs(criteria),
    },
  };
}
