import type { StaffRole } from '../domain/people/actor.ts';
import type { StaffEntry, StaffPlace } from '../domain/people/staff-entry.ts';
import { createAccount, findAccountByLogin, openAccount, type AccountRecord } from './accounts.ts';
import { appendAudit } from './audit.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import { hashPassword, temporaryPassword } from './passwords.ts';
import { endOtherSessions } from './sessions.ts';

/** No member of staff signs in with this. */
export class NoSuchStaffError extends Error {
  readonly login: string;

  constructor(login: string) {
    super(`no member of staff has the login ${login}`);
    this.name = 'NoSuchStaffError';
    this.login = login;
  }
}

/** A password that its owner has to change at the first sign-in (Q44); it is stored as a hash only and cannot be shown again. */
export interface FirstPassword {
  login: string;
  password: string;
}

/** What may change of an account; its id stays, so that four eyes hold whatever somebody is called or does (design 5). */
export interface StaffChange {
  name?: string;
  role?: StaffRole;
  /** Null takes the place away. */
  place?: StaffPlace | null;
  email?: string;
  status?: 'active' | 'disabled';
}

/** Every change leaves an entry; who sat at the host's command line is for the host's own log to say (Q45). */
async function record(db: DbOrTransaction, id: string, detail: Readonly<Record<string, unknown>>) {
  await appendAudit(db, {
    actor: undefined,
    action: 'accountChanged',
    subject: { kind: 'account', id },
    detail: { ...detail, by: 'commandLine' },
  });
}

/** @throws {NoSuchStaffError} */
export async function staffByLogin(
  db: DbOrTransaction,
  keyring: Keyring,
  login: string,
): Promise<AccountRecord> {
  const account = await findAccountByLogin(db, keyring, login);
  if (account?.kind !== 'staff') throw new NoSuchStaffError(login);
  return account;
}

/**
 * Makes accounts, all or none, each with a temporary password (Q41, Q44).
 * @throws {LoginTakenError}
 */
export async function addStaff(
  db: Db,
  keyring: Keyring,
  entries: readonly StaffEntry[],
): Promise<readonly FirstPassword[]> {
  return db.transaction().execute(async (trx) => {
    const made: FirstPassword[] = [];
    for (const entry of entries) {
      const password = temporaryPassword();
      const id = await createAccount(trx, keyring, { ...entry, password, passwordTemporary: true });
      await record(trx, id, { change: 'added', role: entry.role, place: entry.place ?? null });
      made.push({ login: entry.login, password });
    }
    return made;
  });
}

/** All accounts of staff, by role, place and login (Q41: the periodic check of rights). */
export async function allStaff(db: DbOrTransaction, keyring: Keyring): Promise<readonly AccountRecord[]> {
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where('kind', '=', 'staff')
    .orderBy('role')
    .orderBy('place_code')
    .execute();
  return rows.map((row) => openAccount(keyring, row));
}

/**
 * Changes an account. Whoever may see or do less from now on is signed out at once (Q41).
 * @throws {NoSuchStaffError}
 */
export async function changeStaff(
  db: Db,
  keyring: Keyring,
  login: string,
  change: StaffChange,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { id } = await staffByLogin(trx, keyring, login);
    const seal = (column: string, text: string) =>
      keyring.encryptText(text, { table: 'accounts', column, id });
    const { name, role, place, email, status } = change;
    await trx
      .updateTable('accounts')
      .set({
        ...(name === undefined ? {} : { name_ct: seal('name_ct', name) }),
        ...(email === undefined ? {} : { email_ct: seal('email_ct', email) }),
        ...(role === undefined ? {} : { role }),
        ...(place === undefined ? {} : { place_kind: place?.kind ?? null, place_code: place?.code ?? null }),
        ...(status === undefined ? {} : { status }),
        id,
      })
      .where('id', '=', id)
      .execute();
    if (role !== undefined || place !== undefined || status === 'disabled') await endOtherSessions(trx, id);
    await record(trx, id, {
      changed: Object.keys(change).sort(),
      ...(role === undefined ? {} : { role }),
      ...(place === undefined ? {} : { place }),
      ...(status === undefined ? {} : { status }),
    });
  });
}

/**
 * Gives somebody who has lost their password a temporary one; locks are lifted, and whoever is signed in is signed out.
 * @throws {NoSuchStaffError}
 */
export async function resetStaffPassword(db: Db, keyring: Keyring, login: string): Promise<FirstPassword> {
  const password = temporaryPassword();
  await db.transaction().execute(async (trx) => {
    const { id } = await staffByLogin(trx, keyring, login);
    await trx
      .updateTable('accounts')
      .set({
        password_hash: await hashPassword(password),
        password_temporary: true,
        failed_attempts: 0,
        locked_until: null,
      })
      .where('id', '=', id)
      .execute();
    await endOtherSessions(trx, id);
    await record(trx, id, { change: 'passwordReset' });
  });
  return { login, password };
}
