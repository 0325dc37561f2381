import { isDeepStrictEqual } from 'node:util';
import { ApplicationFailure } from '@temporalio/common';
import { isLocalDate } from '../../domain/calendar/dates.ts';
import { admittedBy } from '../../domain/enrolment/enrolment.ts';
import { carriedEntries, continuesNextYear, yearExclusion } from '../../domain/enrolment/year-change.ts';
import type { EnrolmentActivities, YearItemResult } from '../../domain/enrolment/year-run.ts';
import { lockEnrolment, recordEntries } from '../../store/enrolment-entries.ts';
import { enrolmentById, enrolmentIdOf } from '../../store/enrolments.ts';
import { childOf } from '../../store/intake.ts';
import {
  admissionOpen,
  finishYearRun,
  openYearItems,
  recordYearResult,
  yearCounts,
  yearRunById,
  type YearItem,
  type YearRun,
} from '../../store/year-changes.ts';
import type { ActivityDeps } from '../deps.ts';
import { inParallel } from '../rounds/parallel.ts';
import { carryIfWaiting } from './carry.ts';

type Deps = Pick<ActivityDeps, 'db' | 'keyring'> & { gateway: Pick<ActivityDeps['gateway'], 'upsert'> };
type Confirmed = YearRun & { confirmedBy: string; confirmedAt: string };

/** So many children at a time: what they bring to kintone goes there in few requests. */
const AT_ONCE = 20;

/** Writes a child's next year in PostgreSQL, or says why not. All of it, or nothing; again changes nothing. */
async function writeNextYear(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  run: Confirmed,
  { enrolmentId, continues }: YearItem,
): Promise<{ result: YearItemResult; nextId: string }> {
  return db.transaction().execute(async (trx) => {
    // Whoever withdraws or moves at this moment comes before or after: then the next year follows (`recordAndFollow`).
    await lockEnrolment(trx, enrolmentId);
    const ending = await enrolmentById(trx, enrolmentId);
    if (!ending) throw ApplicationFailure.nonRetryable(`no enrolment ${enrolmentId}`, 'NoEnrolment');
    const { childKey, applicationId } = ending;
    const fiscalYear = run.fiscalYear + 1;
    const nextId = enrolmentIdOf(fiscalYear, childKey);
    const admitted = admittedBy(ending.enrolment) ?? applicationId;
    const by = { applicationId: admitted, at: run.confirmedAt, by: run.confirmedBy };
    const entries = carriedEntries({ childKey, fiscalYear, continues }, by);
    const next = await enrolmentById(trx, nextId);
    const own = next?.enrolment.history.some(
      ({ entry }) => entry.record?.id === entries[0]?.record?.id && entry.decidedAt === run.confirmedAt,
    );
    if (own === true) return { result: 'written', nextId };

    const child = await childOf(trx, keyring, applicationId);
    const change =
      child && isLocalDate(child.birthDate)
        ? continuesNextYear(ending.enrolment, child.birthDate, run.policy)
        : undefined;
    if (!isDeepStrictEqual(change?.continues, continues)) return { result: 'changed', nextId };
    const open = await admissionOpen(trx, { childKey, fiscalYear });
    if (yearExclusion({ enrolment: next?.enrolment, admissionOpen: open }))
      return { result: 'already', nextId };
    const { written } = await recordEntries(
      trx,
      entries.map((entry) => ({ childKey, fiscalYear, entry })),
    );
    return { result: written ? 'written' : 'already', nextId };
  });
}

/**
 * Writes the next fiscal year of the next children of a confirmed run: the enrolment first, then kintone, then the protocol. A
 * process that dies in between is made up for by the next attempt, which finds what is there.
 */
export function createWriteYearBatch(deps: Deps): EnrolmentActivities['writeYearBatch'] {
  const { db } = deps;
  return async ({ runId, size }) => {
    const run = await yearRunById(db, runId);
    const { confirmedBy = null, confirmedAt = null } = run ?? {};
    if (!run || confirmedBy === null || confirmedAt === null) {
      throw ApplicationFailure.nonRetryable(`change of the year ${runId} is not confirmed`, 'NotConfirmed');
    }
    const items = await openYearItems(db, runId, size);
    await inParallel(items, AT_ONCE, async (item) => {
      const { result, nextId } = await writeNextYear(deps, { ...run, confirmedBy, confirmedAt }, item);
      if (result === 'written') await carryIfWaiting(deps, nextId);
      await recordYearResult(db, runId, item.enrolmentId, result);
    });
    return { left: (await yearCounts(db, runId)).open };
  };
}

export function createEndYearRun({ db }: Pick<Deps, 'db'>): EnrolmentActivities['endYearRun'] {
  return ({ runId }) => finishYearRun(db, runId);
}
