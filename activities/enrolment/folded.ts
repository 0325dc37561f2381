import { ApplicationFailure } from '@temporalio/common';
import { fiscalYearOf, tokyoDate, type LocalDate } from '../../domain/calendar/dates.ts';
import { monthlyFees } from '../../domain/enrolment/fees.ts';
import { enrolmentRecord, feesRecord, type EnrolledChild } from '../../kintone/apps/enrolments.ts';
import type { KintoneRecord } from '../../kintone/apps/model.ts';
import type { GatewayWrite } from '../../kintone/gateway/index.ts';
import { feesNow } from '../../store/dated-settings.ts';
import {
  enrolmentById,
  enrolmentsWithOtherFees,
  markFees,
  revisionOf,
  type StoredEnrolment,
} from '../../store/enrolments.ts';
import { keepRecords, keptByKeys, type KeptRecord } from '../../store/kintone-kept.ts';
import { newestSetting } from '../../store/settings.ts';
import { keptAfter } from '../carry/keep.ts';
import type { ActivityDeps } from '../deps.ts';
import { asFailure } from '../failures.ts';

type Deps = Pick<ActivityDeps, 'db' | 'keyring'> & { gateway: Pick<ActivityDeps['gateway'], 'upsert'> };

/** Two approvals of one child at the same moment find each other out in two turns; more than this is a fault. */
const MAX_TURNS = 10;
/** One request of kintone's. */
const AT_ONCE = 100;

const APP = 'enrolments';
const OF_CHILD = ['child_id', 'child_name', 'child_kana', 'birth_date', 'grade'];

/** The fees of now, and which edition of the ward's they are. */
async function fees(db: Deps['db']) {
  return { table: await feesNow(db), version: (await newestSetting(db, 'fees'))?.version ?? 0 };
}

/**
 * Writes an enrolment's record whole, as its entries give it now. Where two do so at the same moment, whoever wrote an older fold
 * sees that there is a newer one and writes that.
 * @param child as the approved application says; absent: as kintone was last given it
 */
export async function writeFold(
  deps: Deps,
  {
    id,
    applicationId: given,
    seq,
    child,
    today = tokyoDate(new Date().toISOString()),
  }: {
    id: string;
    /** The application that took effect, and its event; absent for a record. */
    applicationId?: string;
    seq?: number;
    child?: EnrolledChild | undefined;
    /** The day by which the child's 新BOP is shown. */
    today?: LocalDate;
  },
): Promise<StoredEnrolment> {
  const { db, keyring, gateway } = deps;
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const stored = await enrolmentById(db, id);
    if (!stored) throw new Error(`the enrolment ${id} is gone`);
    const applicationId = given ?? stored.applicationId;
    const { table, version } = await fees(db);
    const before = (await keptByKeys(db, keyring, APP, [id])).get(id);
    const whole = enrolmentRecord({
      id,
      child: child ?? { name: '', kana: '', birthDate: '' },
      enrolment: stored.enrolment,
      fees: monthlyFees(stored.enrolment, table),
      today,
    });
    const record = child ? whole : sameChild(whole, before);
    const write: GatewayWrite = { app: APP, key: id, record };
    try {
      await gateway.upsert([write]);
    } catch (error) {
      throw asFailure(error);
    }
    const after = {
      write,
      applicationId,
      seq: seq ?? before?.seq ?? 0,
      before,
      whole: OF_CHILD.every((code) => code in record),
    };
    await keepRecords(db, keyring, [keptAfter(keyring, after)]);
    if (await markFees(db, { id, revision: stored.revision, version, shownOn: today })) return stored;
  }
  throw ApplicationFailure.retryable(`enrolment ${id} keeps changing`, 'KeepsChanging');
}

/** The record with the child as kintone was last given it; where that is not known, it stays as it is there. */
function sameChild(record: KintoneRecord, before: KeptRecord | undefined): KintoneRecord {
  const known = before?.hashed === true ? {} : (before?.content ?? {});
  const rest = Object.entries(record).filter(([code]) => !OF_CHILD.includes(code));
  const child = OF_CHILD.filter((code) => code in known).map(
    (code) => [code, { value: known[code] }] as const,
  );
  return Object.fromEntries([...rest, ...child]);
}

/**
 * Brings the fees that kintone shows to what the ward's table says now: a hundred enrolments a request, and none where the ward
 * has changed nothing.
 * @returns how many were written
 */
export async function refreshFees(deps: Deps, now: Date): Promise<number> {
  const { db, keyring, gateway } = deps;
  const { table, version } = await fees(db);
  const fiscalYear = fiscalYearOf(tokyoDate(now.toISOString()));
  let count = 0;
  for (;;) {
    const stale = await enrolmentsWithOtherFees(db, { version, fiscalYear, limit: AT_ONCE });
    if (stale.length === 0) return count;
    const write = ({ id, enrolment }: StoredEnrolment): GatewayWrite => ({
      app: APP,
      key: id,
      record: feesRecord(monthlyFees(enrolment, table)),
    });
    await gateway.upsert(stale.map(write));
    const before = await keptByKeys(
      db,
      keyring,
      APP,
      stale.map(({ id }) => id),
    );
    for (const one of stale) {
      // Somebody's approval has come in between: it is written again with the next turn.
      if ((await revisionOf(db, one.id)) !== one.revision) continue;
      const kept = before.get(one.id);
      const { applicationId } = one;
      const next = { write: write(one), applicationId, seq: kept?.seq ?? 0, whole: false, before: kept };
      await keepRecords(db, keyring, [keptAfter(keyring, next)]);
      await markFees(db, { id: one.id, revision: one.revision, version });
      count += 1;
    }
  }
}
