import { sketchOf } from '../../domain/intake/look-alikes.ts';
import type { Application } from '../../store/applications.ts';
import { updateChild } from '../../store/intake.ts';
import type { ApiDeps } from '../deps.ts';
import { setChildKey } from '../../store/children.ts';
import { childKeyOf } from './needs.ts';
import { currentAnswers } from './content.ts';
import { definitionOf } from './state.ts';

/**
 * After a change of the answers: search and look-alikes find the child by what is right now. What was changed stays changed
 * whether this succeeds or not.
 */
export async function keepChildFindable(deps: ApiDeps, application: Application): Promise<void> {
  try {
    const { value: answers } = await currentAnswers(deps, application);
    if (!answers) throw new Error('the answers could not be read');
    const definition = definitionOf(application);
    const child = sketchOf(definition, answers);
    await updateChild(deps.db, deps.keyring, application.id, child);
    await setChildKey(deps.db, application.id, childKeyOf(deps, { definition, answers }));
  } catch (error) {
    deps.log.warn({ err: error, applicationId: application.id }, 'found by the former names only');
  }
}
