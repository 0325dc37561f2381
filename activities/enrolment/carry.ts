import { tokyoDate } from '../../domain/calendar/dates.ts';
import type { EnrolmentActivities } from '../../domain/enrolment/year-run.ts';
import { childOf } from '../../store/intake.ts';
import { markRecordsCarried, recordsWaiting } from '../../store/enrolment-entries.ts';
import { enrolmentById } from '../../store/enrolments.ts';
import { keptByKeys } from '../../store/kintone-kept.ts';
import type { EnrolledChild } from '../../kintone/apps/enrolments.ts';
import type { ActivityDeps } from '../deps.ts';
import { writeFold } from './folded.ts';

type Deps = Pick<ActivityDeps, 'db' | 'keyring'> & { gateway: Pick<ActivityDeps['gateway'], 'upsert'> };

/** The child as the newest application that took effect has it; undefined where that is no longer known. */
export async function enrolledChild(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  applicationId: string,
): Promise<EnrolledChild | undefined> {
  const child = await childOf(db, keyring, applicationId);
  return (
    child && {
      name: `${child.familyName} ${child.givenName}`.trim(),
      kana: `${child.familyKana} ${child.givenKana}`.trim(),
      birthDate: child.birthDate,
    }
  );
}

/** Brings kintone an enrolment with all its records. A year that kintone does not have yet gets the child's data with it. */
export async function carryEnrolment(deps: Deps, id: string, now: Date) {
  const { db, keyring } = deps;
  const stored = await enrolmentById(db, id);
  if (!stored) return undefined;
  const known = (await keptByKeys(db, keyring, 'enrolments', [id])).has(id);
  const child = known ? undefined : await enrolledChild(deps, stored.applicationId);
  const today = tokyoDate(now.toISOString());
  const written = await writeFold(deps, { id, child, today });
  await markRecordsCarried(db, id, written.revision);
  return written.enrolment;
}

/** The same, only where there is a record that kintone has not. */
export async function carryIfWaiting(deps: Deps, id: string): Promise<void> {
  if (await recordsWaiting(deps.db, id)) await carryEnrolment(deps, id, new Date());
}

/** For the workflow of a change of school: now, and on the day on which the child belongs to another 新BOP. */
export function createCarryEnrolment(deps: Deps): EnrolmentActivities['carryEnrolment'] {
  return async ({ enrolmentId }) => {
    const now = new Date();
    const enrolment = await carryEnrolment(deps, enrolmentId, now);
    const today = tokyoDate(now.toISOString());
    const next = enrolment?.admission.slice(1).find(({ from }) => from > today);
    return { nextOn: next?.from ?? null };
  };
}
