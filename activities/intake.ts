import { ApplicationFailure } from '@temporalio/common';
import type { ApplicationActivities } from '../domain/application/ports.ts';
import { tokyoDate } from '../domain/calendar/dates.ts';
import { similarity, worthALook } from '../domain/intake/look-alikes.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import { applicationById } from '../store/applications.ts';
import { filesOfApplication } from '../store/files.ts';
import { childOf, lookAlikeCandidates, saveIntake, type LookAlike } from '../store/intake.ts';
import { keepWish } from '../store/places.ts';
import { wardSettings } from '../store/settings.ts';
import { answersOf } from './content.ts';
import type { ActivityDeps } from './deps.ts';
import { relatedAtIntake } from './enrolment/related.ts';

type Deps = Pick<ActivityDeps, 'db' | 'keyring' | 'gateway'> & {
  /** Now, for what is there on this day; the machine's clock unless given. */
  now?: () => Date;
};

async function lookAlikesOf(
  { db, keyring }: Deps,
  application: { id: string; procedure: string; fiscalYear: number },
): Promise<readonly LookAlike[]> {
  const applicationId = application.id;
  const child = await childOf(db, keyring, applicationId);
  if (!child) return [];
  const candidates = await lookAlikeCandidates(db, keyring, { applicationId, child });
  return candidates.flatMap((candidate) => {
    const found = similarity(child, candidate.child);
    if (!found || !worthALook(found, application, candidate)) return [];
    const { applicationId: id, receiptNumber } = candidate;
    return [{ applicationId: id, receiptNumber, reasons: found.reasons }];
  });
}

/** The version of the answers as they were filed (`evolve.ts`). */
const FILED = 1;

/**
 * What the machine sees by itself at intake (Q15): hints of the procedure's definition and look-alikes. Kept for the reviewer;
 * the workflow only learns how many there are.
 */
export function createCheckIntake(deps: Deps): ApplicationActivities['checkIntake'] {
  return async ({ applicationId }) => {
    const { db, keyring, now = () => new Date() } = deps;
    const at = now().toISOString();
    const application = await applicationById(db, applicationId, 'all');
    const definition = application && procedureOf(application.procedure);
    if (!application || !definition) {
      throw ApplicationFailure.nonRetryable(`application ${applicationId} is not there`, 'NoApplication');
    }
    const answers = (await answersOf(deps, { ...application, applicationId })) ?? {};
    const documents = (await filesOfApplication(db, keyring, applicationId)).map((file) => file.documentType);
    const parameters = await wardSettings(db).parameters(definition);
    const today = tokyoDate(application.receivedAt);
    const { related, hints: needed } = await relatedAtIntake(
      deps,
      application,
      definition,
      answers,
      tokyoDate(at),
    );
    const hints = [...definition.intakeHints(answers, documents, { today, parameters }), ...needed];
    const lookAlikes = await lookAlikesOf(deps, application);
    await saveIntake(db, keyring, applicationId, { hints, lookAlikes, at });
    await keepWish(db, keyring, application, answers, FILED);
    return {
      lookAlikes: lookAlikes.length,
      hints: hints.length,
      ...(related.length > 0 ? { related } : {}),
    };
  };
}
