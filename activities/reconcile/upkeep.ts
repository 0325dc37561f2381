import { tokyoDate } from '../../domain/calendar/dates.ts';
import { facilityRecords } from '../../kintone/apps/facilities.ts';
import type { AppKey } from '../../kintone/apps/model.ts';
import { fieldsOfApp, type KintoneRecord } from '../../kintone/apps/model.ts';
import { appByKey } from '../../kintone/apps/index.ts';
import type { Gateway, GatewayWrite } from '../../kintone/gateway/index.ts';
import { peopleByIds } from '../../store/accounts.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { Db } from '../../store/db.ts';
import { keepLook, lookOf } from '../../store/kintone.ts';
import { keepHashes, keptTooLong } from '../../store/kintone-kept.ts';
import { markPaperInLedger, papersNotInLedger } from '../../store/paper-ledger.ts';
import { paperLedgerWrite } from '../carry/ledger-record.ts';
import { refreshFees } from '../enrolment/folded.ts';
import { comparable, hashed } from './compare.ts';

export interface UpkeepDeps {
  db: Db;
  keyring: Keyring;
  gateway: Pick<Gateway, 'changes' | 'budget' | 'upsert'>;
  now: () => Date;
  /** How long after an application's last step its content is kept, so that what is changed in kintone can be put back. */
  copyDays: number;
}

const AT_ONCE = 100;
const FACILITIES_EVERY_MS = 6 * 60 * 60_000;

/** A record of 別紙1 that is not as the code says. */
export interface FacilityDifference {
  /** The facility's name, or the key of a record that 別紙1 does not know. */
  name: string;
  kind: 'missing' | 'changed' | 'unknown';
  /** kintone's name of who changed it; empty where nobody is known. */
  who: string;
}

const nameIn = (record: KintoneRecord | undefined) => {
  const value = record?.['name']?.value;
  return typeof value === 'string' ? value : '';
};

/**
 * Compares the halls and 新BOPs in kintone with 別紙1, and writes what is missing or was changed. Records that people added stay.
 * @param dry only compares
 */
export async function keepFacilities(
  { gateway }: Pick<UpkeepDeps, 'gateway'>,
  { dry = false } = {},
): Promise<readonly FacilityDifference[]> {
  const app = 'facilities' as const;
  const wanted = facilityRecords();
  const fields = fieldsOfApp(appByKey(app));
  const there = new Map((await gateway.changes.all(app)).map((record) => [record.key, record]));
  const found: FacilityDifference[] = [];
  const writes: GatewayWrite[] = [];
  for (const [key, record] of wanted) {
    const now = there.get(key);
    const same = fields.every(
      (field) =>
        !(field.code in record) ||
        comparable(field, record[field.code]?.value) === comparable(field, now?.values[field.code]),
    );
    if (now && same) continue;
    writes.push({ app, key, record });
    found.push({
      name: nameIn(record),
      kind: now ? 'changed' : 'missing',
      who: now?.modifier.name ?? '',
    });
  }
  for (const [key, { modifier }] of there) {
    if (!wanted.has(key)) found.push({ name: key, kind: 'unknown', who: modifier.name });
  }
  if (!dry && writes.length > 0) await gateway.upsert(writes);
  return found;
}

async function facilitiesNowAndThen(deps: UpkeepDeps): Promise<void> {
  const { db, now } = deps;
  const at = now();
  const last = await lookOf(db, 'facilities');
  if (last && Date.parse(last.since) > at.getTime() - FACILITIES_EVERY_MS) return;
  await keepFacilities(deps);
  await keepLook(db, 'facilities', at);
}

/** Papers that have their stamp and are no application yet, or never will be: the receipt ledger shows them too. */
export async function keepPapersInLedger({ db, keyring, gateway }: UpkeepDeps): Promise<number> {
  let count = 0;
  for (;;) {
    const papers = await papersNotInLedger(db, AT_ONCE);
    if (papers.length === 0) return count;
    const names = await peopleByIds(
      db,
      keyring,
      papers.map(({ receiverId }) => receiverId),
    );
    await gateway.upsert(
      papers.map((paper) => paperLedgerWrite(paper, names.get(paper.receiverId)?.name ?? '')),
    );
    for (const { id, state } of papers) await markPaperInLedger(db, id, state);
    count += papers.length;
    if (papers.length < AT_ONCE) return count;
  }
}

/**
 * Puts keyed hashes in the place of what kintone was given, some time after the end: a change is seen then too, and can no longer
 * be put back. @returns how many
 */
export async function eraseOldCopies({
  db,
  keyring,
  now,
  copyDays,
}: Pick<UpkeepDeps, 'db' | 'keyring' | 'now' | 'copyDays'>): Promise<number> {
  const today = tokyoDate(now().toISOString());
  const before = new Date(now().getTime() - copyDays * 24 * 60 * 60_000);
  const old = await keptTooLong(db, keyring, { before, today, limit: 5 * AT_ONCE });
  let count = 0;
  for (const record of old) {
    const hashes = hashed(keyring, record.app as AppKey, record.content);
    if (await keepHashes(db, keyring, record, hashes)) count += 1;
  }
  return count;
}

/**
 * What kintone needs beside the applications' own deliveries: 別紙1, papers in the receipt ledger, the ward's present fees; and what is
 * no longer needed here goes. Each by itself: one that fails does not hold up the others.
 */
export async function upkeep(
  deps: UpkeepDeps,
  onError: (error: unknown, what: string) => void,
): Promise<void> {
  const free = (app: AppKey) => deps.gateway.budget(app) !== 'defer';
  const work: Record<string, () => Promise<unknown>> = {
    facilities: async () => free('facilities') && facilitiesNowAndThen(deps),
    ledger: () => keepPapersInLedger(deps),
    fees: async () => free('enrolments') && refreshFees(deps, deps.now()),
    copies: () => eraseOldCopies(deps),
  };
  for (const [what, run] of Object.entries(work)) {
    try {
      await run();
    } catch (error) {
      onError(error, what);
    }
  }
}
