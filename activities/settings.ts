import type { ApplicationActivities } from '../domain/application/ports.ts';
import { replay } from '../domain/application/evolve.ts';
import { applicationById } from '../store/applications.ts';
import { eventsOf } from '../store/events.ts';
import { applicationSettingsAt } from '../store/settings.ts';
import type { ActivityDeps } from './deps.ts';

/** The ward's settings in force at an instant (Q10). */
export function createLoadSettings({ db }: Pick<ActivityDeps, 'db'>): ApplicationActivities['loadSettings'] {
  return async ({ procedure, applicationId, at }) => {
    const application = await applicationById(db, applicationId, 'all');
    return { settings: await applicationSettingsAt(db, procedure, at, application) };
  };
}

/** The state of an ended application, for what is recorded after its end. */
export function createLoadState({ db }: Pick<ActivityDeps, 'db'>): ApplicationActivities['loadState'] {
  return async ({ applicationId }) => replay(await eventsOf(db, applicationId));
}
