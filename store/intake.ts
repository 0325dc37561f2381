import type { IntakeHint } from '../domain/procedures/definition.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import type { LookAlike } from './schema.ts';

export type { LookAlike };

/** The child as an application names them: what look-alikes are found by. */
export interface ChildIdentity {
  familyName: string;
  givenName: string;
  familyKana: string;
  givenKana: string;
  /** `YYYY-MM-DD`. */
  birthDate: string;
}

const place = (applicationId: string) => ({ table: 'child_index', column: 'child_ct', id: applicationId });

/** Kana as everybody writes it: full width, katakana, no spaces; so that ﾀﾅｶ, たなか and タナカ are one. */
export function normalizeKana(kana: string): string {
  return kana
    .normalize('NFKC')
    .replace(/[\s・]/g, '')
    .replace(/[ぁ-ゖ]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0x60));
}

/**
 * The key that only one open application of the same child, procedure and period holds, whoever files it (Q08, design 4).
 * A blind index: it names nobody. Also fit to build the workflow's id from.
 */
export function duplicateLockKey(
  keyring: Keyring,
  subject: { procedure: string; fiscalYear: number; child: ChildIdentity },
): string {
  const { child } = subject;
  const name = `${normalizeKana(child.familyKana)} ${normalizeKana(child.givenKana)}`;
  return keyring.lookupKey('lock', [subject.procedure, subject.fiscalYear, child.birthDate, name].join('|'));
}

/** @internal A row of `child_index`. */
export function sealChild(keyring: Keyring, applicationId: string, child: ChildIdentity) {
  return {
    application_id: applicationId,
    birth_key: keyring.lookupKey('birth', child.birthDate),
    child_ct: keyring.encryptJson(child, place(applicationId)),
  };
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
  return row && (keyring.decryptJson(row.child_ct, place(applicationId)) as ChildIdentity);
}

export interface SameBirthday {
  applicationId: string;
  receiptNumber: string;
  procedure: string;
  fiscalYear: number;
  applicantId: string | null;
  bopCode: string;
  child: ChildIdentity;
}

/** Other applications for a child of the same birthday that have not been cancelled. */
export async function sameBirthday(
  db: DbOrTransaction,
  keyring: Keyring,
  { applicationId, birthDate }: { applicationId: string; birthDate: string },
): Promise<readonly SameBirthday[]> {
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
    .where('birth_key', '=', keyring.lookupKey('birth', birthDate))
    .where('applications.id', '!=', applicationId)
    .where('stage', '!=', 'cancelled')
    .orderBy('received_at')
    .execute();
  return rows.map(({ child_ct: sealed, ...row }) => ({
    ...row,
    child: keyring.decryptJson(sealed, place(row.applicationId)) as ChildIdentity,
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
