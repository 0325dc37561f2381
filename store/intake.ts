import { sql } from 'kysely';
import { comparableKana } from '../domain/intake/identity.ts';
import { comparableAddress, type ChildSketch } from '../domain/intake/look-alikes.ts';
import { toAscii } from '../domain/procedures/normalise.ts';
import type { IntakeHint } from '../domain/procedures/definition.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import type { LookAlike } from './schema.ts';

export type { LookAlike };

/** The child as an application names them, and what else look-alikes are found by. */
export type ChildIdentity = ChildSketch;

const place = (applicationId: string) => ({ table: 'child_index', column: 'child_ct', id: applicationId });

/** One key for each thing that two applications of one child or family have in common. */
function keysOf(keyring: Keyring, child: ChildIdentity): string[] {
  const things = {
    birth: child.birthDate,
    kana: comparableKana(child.familyKana + child.givenKana),
    guardian: comparableKana(child.guardianKana ?? ''),
    phone: toAscii(child.phone ?? '').replace(/\D/g, ''),
    address: comparableAddress(child.address ?? ''),
  };
  return Object.entries(things).flatMap(([purpose, text]) =>
    text === '' ? [] : [keyring.lookupKey(purpose, text)],
  );
}

/** @internal A row of `child_index`. */
export function sealChild(keyring: Keyring, applicationId: string, child: ChildIdentity) {
  return {
    application_id: applicationId,
    keys: keysOf(keyring, child),
    child_ct: keyring.encryptJson(child, place(applicationId)),
  };
}

/** @internal The child in a row of `child_index`. */
export function openChild(keyring: Keyring, applicationId: string, sealed: Buffer): ChildIdentity {
  return keyring.decryptJson(sealed, place(applicationId)) as ChildIdentity;
}

/** The child of an application as it was filed; undefined for an unknown application. */
export async function childOf(
  db: DbOrTransaction,
  keyring: Keyring,
  applicationId: string,
): Promise<ChildIdentity | undefined> {
  const row = await db
    .selectFrom('child_index')
    .select('child_ct')
    .where('application_id', '=', applicationId)
    .executeTakeFirst();
  return row && openChild(keyring, applicationId, row.child_ct);
}

export interface Candidate {
  applicationId: string;
  receiptNumber: string;
  procedure: string;
  fiscalYear: number;
  applicantId: string | null;
  bopCode: string;
  child: ChildIdentity;
}

/**
 * Other applications, not cancelled, that have something in common with this one: birthday, kana, guardian, telephone or
 * address. `similarity` of the domain says which of them are worth a look. The newest first, at most `limit`.
 */
export async function lookAlikeCandidates(
  db: DbOrTransaction,
  keyring: Keyring,
  { applicationId, child, limit = 500 }: { applicationId: string; child: ChildIdentity; limit?: number },
): Promise<readonly Candidate[]> {
  const rows = await db
    .selectFrom('child_index')
    .innerJoin('applications', 'applications.id', 'child_index.application_id')
    .select([
      'applications.id as applicationId',
      'receipt_number as receiptNumber',
      'procedure',
      'fiscal_year as fiscalYear',
      'applicant_id as applicantId',
      'bop_code as bopCode',
      'child_ct',
    ])
    .where(sql<boolean>`keys && ${keysOf(keyring, child)}::text[]`)
    .where('applications.id', '!=', applicationId)
    .where('stage', '!=', 'cancelled')
    .orderBy('received_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ child_ct: sealed, ...row }) => ({
    ...row,
    child: openChild(keyring, row.applicationId, sealed),
  }));
}

/** Corrected data change what look-alikes are found by. */
export async function updateChild(
  db: DbOrTransaction,
  keyring: Keyring,
  applicationId: string,
  child: ChildIdentity,
): Promise<void> {
  const { application_id: _id, ...columns } = sealChild(keyring, applicationId, child);
  await db.updateTable('child_index').set(columns).where('application_id', '=', applicationId).execute();
}

export interface IntakeFindings {
  hints: readonly IntakeHint[];
  lookAlikes: readonly LookAlike[];
  at: string;
}

const hintsPlace = (applicationId: string) => ({
  table: 'intake_hints',
  column: 'hints_ct',
  id: applicationId,
});

/** Keeps what the machine saw at intake (Q15), for the reviewer. Writing it again replaces it. */
export async function saveIntake(
  db: Db,
  keyring: Keyring,
  applicationId: string,
  findings: IntakeFindings,
): Promise<void> {
  const columns = {
    hints_ct: keyring.encryptJson(findings.hints, hintsPlace(applicationId)),
    look_alikes: JSON.stringify(findings.lookAlikes),
    at: findings.at,
  };
  await db
    .insertInto('intake_hints')
    .values({ application_id: applicationId, ...columns })
    .onConflict((conflict) => conflict.column('application_id').doUpdateSet(columns))
    .execute();
}

/** What the machine saw at intake; undefined before the check. */
export async function intakeOf(
  db: Db,
  keyring: Keyring,
  applicationId: string,
): Promise<IntakeFindings | undefined> {
  const row = await db
    .selectFrom('intake_hints')
    .select(['hints_ct', 'look_alikes', 'at'])
    .where('application_id', '=', applicationId)
    .executeTakeFirst();
  if (!row) return undefined;
  const hints = keyring.decryptJson(row.hints_ct, hintsPlace(applicationId)) as readonly IntakeHint[];
  return { hints, lookAlikes: row.look_alikes, at: row.at };
}
