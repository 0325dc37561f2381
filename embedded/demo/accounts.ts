import { createHash } from 'node:crypto';
import { createAccount, findAccountByLogin, type NewAccount } from '../../store/accounts.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { Db } from '../../store/db.ts';
import { beginSession } from '../../store/sessions.ts';
import { ApiClient } from './client.ts';
import { demoFamily } from './families.ts';

/** Staff of the demo, by the names that stories use. */
export const DEMO_STAFF = {
  aoki: { login: 'aoki', name: '青木 見本', role: 'operator', title: '従事者（一次審査）' },
  baba: { login: 'baba', name: '馬場 見本', role: 'operator', title: '従事者（二次審査）' },
  chiba: { login: 'chiba', name: '千葉 見本', role: 'leader', title: 'リーダー（現場責任者）' },
  doi: { login: 'doi', name: '土井 見本', role: 'leader', title: 'リーダー（管理責任者）' },
  ward: { login: 'jidoka', name: '児童課 見本', role: 'ward', title: '区（児童課）' },
  hall: {
    login: 'ikejiri',
    name: '池尻児童館 見本',
    role: 'hall',
    place: { kind: 'hall', code: '01' },
    title: '児童館（池尻）',
  },
  bop: {
    login: 'mishuku',
    name: '三宿小新BOP 見本',
    role: 'bop',
    place: { kind: 'bop', code: '2' },
    title: '新BOP（三宿小）',
  },
} as const satisfies Record<string, Omit<NewAccount, 'password'> & { title: string }>;

export type DemoStaffName = keyof typeof DEMO_STAFF;

/**
 * Ids that are the same at every start: a broken-off seeding is taken up, not doubled. Shaped as a UUID of version 8 (RFC 9562).
 */
export function demoId(...parts: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function ensure(db: Db, keyring: Keyring, account: NewAccount): Promise<void> {
  if (await findAccountByLogin(db, keyring, account.login)) return;
  await createAccount(db, keyring, account);
}

/** The accounts of every staff role; one password for all, of this data folder alone. */
export async function ensureDemoStaff(db: Db, keyring: Keyring, password: string): Promise<void> {
  for (const { title: _title, ...account } of Object.values(DEMO_STAFF)) {
    await ensure(db, keyring, { ...account, id: demoId('staff', account.login), password });
  }
}

/** The login of a made-up family: its mail address, or a login id where it has none. */
export function familyLogin(index: number, withoutMail: boolean): string {
  return withoutMail ? `family${index}` : demoFamily(index).email;
}

/** The account of a made-up family. */
export async function ensureFamily(
  db: Db,
  keyring: Keyring,
  index: number,
  options: { password: string; withoutMail?: boolean },
): Promise<string> {
  const { guardianName, email, answers } = demoFamily(index);
  const login = familyLogin(index, options.withoutMail ?? false);
  await ensure(db, keyring, {
    id: demoId('family', index),
    role: 'applicant',
    login,
    password: options.password,
    name: guardianName,
    ...(options.withoutMail ? {} : { email }),
    phone: answers['guardian1_phone'] as string,
  });
  return login;
}

/**
 * A family at the API without the sign-in page: many families from one address would use up its limit of sign-ins, and lock
 * out the people who want to look at the demo.
 */
export async function familyClient(
  db: Db,
  index: number,
  { apiUrl, sessionSecret }: { apiUrl: string; sessionSecret: string },
): Promise<ApiClient> {
  const client = new ApiClient(apiUrl);
  client.useSession(await beginSession(db, sessionSecret, demoId('family', index), new Date()));
  return client;
}
