import { randomUUID } from 'node:crypto';
import type { Place, Role, StaffActor, StaffRole } from '../domain/people/actor.ts';
import type { Locale } from '../domain/texts/locale.ts';
import type { Keyring } from './crypto.ts';
import { uniqueViolation, type Db, type DbOrTransaction } from './db.ts';
import { hashPassword } from './passwords.ts';
import type { AccountsTable } from './schema.ts';
import type { Selectable } from 'kysely';

export type AccountStatus = AccountsTable['status'];

/** An account, opened. `passwordHash` never leaves the API's process. */
export interface AccountRecord {
  id: string;
  kind: 'staff' | 'applicant';
  role: Role;
  place: Exclude<Place, { kind: 'ward' }> | null;
  login: string;
  name: string;
  email: string | null;
  phone: string | null;
  passwordHash: string;
  passwordTemporary: boolean;
  status: AccountStatus;
  locale: Locale;
  failedAttempts: number;
  lockedUntil: string | null;
  lastSignInAt: string | null;
  lastSignOutAt: string | null;
}

export interface NewAccount {
  /** Given once, never reused; made here where absent. */
  id?: string;
  role: Role;
  /** For halls and 新BOPs only: what they may see (別紙1). */
  place?: { kind: 'hall' | 'bop'; code: string };
  /** What one signs in with: a mail address or a login id. */
  login: string;
  password: string;
  name: string;
  email?: string;
  phone?: string;
  locale?: Locale;
  status?: AccountStatus;
  /** Must be changed at the first sign-in (Q44). */
  passwordTemporary?: boolean;
}

/** The login is somebody's already. */
export class LoginTakenError extends Error {
  readonly login: string;

  constructor(login: string) {
    super('login taken');
    this.name = 'LoginTakenError';
    this.login = login;
  }
}

const place = (column: string, id: string) => ({ table: 'accounts', column, id });

/** Logins are the same whatever the case and width of their letters. */
export function normalizeLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

function loginKey(keyring: Keyring, login: string): string {
  return keyring.lookupKey('login', normalizeLogin(login));
}

/**
 * Creates an account; names, login, address and telephone are encrypted.
 * @throws {LoginTakenError}
 */
export async function createAccount(
  db: DbOrTransaction,
  keyring: Keyring,
  account: NewAccount,
): Promise<string> {
  const id = account.id ?? randomUUID();
  const seal = (column: string, text: string) => keyring.encryptText(text, place(column, id));
  try {
    await db
      .insertInto('accounts')
      .values({
        id,
        kind: account.role === 'applicant' ? 'applicant' : 'staff',
        role: account.role,
        place_kind: account.place?.kind ?? null,
        place_code: account.place?.code ?? null,
        login_key: loginKey(keyring, account.login),
        login_ct: seal('login_ct', account.login.trim()),
        name_ct: seal('name_ct', account.name),
        email_ct: account.email === undefined ? null : seal('email_ct', account.email),
        phone_ct: account.phone === undefined ? null : seal('phone_ct', account.phone),
        password_hash: await hashPassword(account.password),
        password_temporary: account.passwordTemporary ?? false,
        status: account.status ?? 'active',
        locale: account.locale ?? 'ja',
      })
      .execute();
  } catch (error) {
    if (uniqueViolation(error) === 'accounts_login_key_key') throw new LoginTakenError(account.login);
    throw error;
  }
  return id;
}

/** A row as the account it holds. What is encrypted is opened when it is asked for: most requests need the id and role only. */
export function openAccount(keyring: Keyring, row: Selectable<AccountsTable>): AccountRecord {
  const opened = new Map<string, string | null>();
  const read = (column: 'login_ct' | 'name_ct' | 'email_ct' | 'phone_ct') => {
    const known = opened.get(column);
    if (known !== undefined) return known;
    const sealed = row[column];
    const value = sealed === null ? null : keyring.decryptText(sealed, place(column, row.id));
    opened.set(column, value);
    return value;
  };
  return {
    id: row.id,
    kind: row.kind,
    role: row.role,
    place: row.place_kind && row.place_code ? { kind: row.place_kind, code: row.place_code } : null,
    get login() {
      return read('login_ct') ?? '';
    },
    get name() {
      return read('name_ct') ?? '';
    },
    get email() {
      return read('email_ct');
    },
    get phone() {
      return read('phone_ct');
    },
    passwordHash: row.password_hash,
    passwordTemporary: row.password_temporary,
    status: row.status,
    locale: row.locale,
    failedAttempts: row.failed_attempts,
    lockedUntil: row.locked_until,
    lastSignInAt: row.last_sign_in_at,
    lastSignOutAt: row.last_sign_out_at,
  };
}

export async function findAccountByLogin(
  db: DbOrTransaction,
  keyring: Keyring,
  login: string,
): Promise<AccountRecord | undefined> {
  const row = await db
    .selectFrom('accounts')
    .selectAll()
    .where('login_key', '=', loginKey(keyring, login))
    .executeTakeFirst();
  return row && openAccount(keyring, row);
}

export async function getAccount(
  db: DbOrTransaction,
  keyring: Keyring,
  id: string,
): Promise<AccountRecord | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && openAccount(keyring, row);
}

/** Name and role of these people, by id: for timelines and lists. Unknown ids are left out. */
export async function peopleByIds(
  db: DbOrTransaction,
  keyring: Keyring,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { name: string; role: Role }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'name_ct', 'role'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      { name: keyring.decryptText(row.name_ct, place('name_ct', row.id)), role: row.role },
    ]),
  );
}

/** Active staff of these roles, in the order of their names' reading as the database has it. */
export async function activeStaff(
  db: DbOrTransaction,
  keyring: Keyring,
  roles: readonly StaffRole[],
): Promise<readonly AccountRecord[]> {
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where('kind', '=', 'staff')
    .where('status', '=', 'active')
    .where('role', 'in', roles)
    .execute();
  return rows.map((row) => openAccount(keyring, row)).sort((a, b) => a.name.localeCompare(b.name, 'ja'));
}

/** Changes of one's own account. */
export async function updateAccount(
  db: DbOrTransaction,
  keyring: Keyring,
  id: string,
  changes: { name?: string | undefined; phone?: string | undefined; locale?: Locale | undefined },
): Promise<void> {
  const seal = (column: string, text: string) => keyring.encryptText(text, place(column, id));
  await db
    .updateTable('accounts')
    .set({
      ...(changes.name === undefined ? {} : { name_ct: seal('name_ct', changes.name) }),
      ...(changes.phone === undefined ? {} : { phone_ct: seal('phone_ct', changes.phone) }),
      ...(changes.locale === undefined ? {} : { locale: changes.locale }),
      id,
    })
    .where('id', '=', id)
    .execute();
}

/** Sets a password of the person's own choice; failed attempts and locks are forgotten. */
export async function setPassword(db: DbOrTransaction, id: string, password: string): Promise<void> {
  await db
    .updateTable('accounts')
    .set({
      password_hash: await hashPassword(password),
      password_temporary: false,
      failed_attempts: 0,
      locked_until: null,
    })
    .where('id', '=', id)
    .execute();
}

export async function activateAccount(db: DbOrTransaction, id: string): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ status: 'active' })
    .where('id', '=', id)
    .where('status', '=', 'unverified')
    .execute();
}

/** A sign-up that was never verified makes room for a new one with the same address. */
export async function replaceUnverified(
  db: Db,
  keyring: Keyring,
  id: string,
  account: Pick<NewAccount, 'password' | 'name' | 'phone' | 'locale'>,
): Promise<void> {
  const hash = await hashPassword(account.password);
  await db
    .updateTable('accounts')
    .set({
      password_hash: hash,
      name_ct: keyring.encryptText(account.name, place('name_ct', id)),
      phone_ct:
        account.phone === undefined ? null : keyring.encryptText(account.phone, place('phone_ct', id)),
      locale: account.locale ?? 'ja',
    })
    .where('id', '=', id)
    .where('status', '=', 'unverified')
    .execute();
}

/** As the domain knows a signed-in member of staff. */
export function staffActor(account: AccountRecord): StaffActor {
  if (account.role === 'applicant') throw new Error('an applicant is not staff');
  return {
    kind: 'staff',
    id: account.id,
    role: account.role,
    ...(account.place ? { place: account.place } : {}),
  };
}
