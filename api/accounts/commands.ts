import { bopOf, hallOf } from '../../domain/facilities/facilities.ts';
import { ROLE_LABELS } from '../../domain/people/actor.ts';
import type { StaffEntryText } from '../../domain/people/staff-entry.ts';
import type { AccountRecord } from '../../store/accounts.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { Db } from '../../store/db.ts';
import {
  addStaff,
  allStaff,
  changeStaff,
  resetStaffPassword,
  staffByLogin,
  type FirstPassword,
} from '../../store/staff-accounts.ts';
import { EntryError, entriesOf, rowsOf } from './entries.ts';

/** What a command works with: the store, the word behind the command (a login or a file), and the options given. */
export interface CommandInput {
  db: Db;
  keyring: Keyring;
  subject: string | undefined;
  given: StaffEntryText;
}
/** @returns what it says, a line each */
type Command = (input: CommandInput) => Promise<readonly string[]>;

function passwordsInWords(made: readonly FirstPassword[]): readonly string[] {
  return [
    ...made.map(({ login, password }) => `${login}\t${password}`),
    '仮パスワードはこの表示だけです。本人に安全な方法で渡してください。最初のログインで変更します。',
  ];
}

function loginOf({ subject }: CommandInput): string {
  if (subject === undefined) throw new EntryError('ログインIDを指定してください。');
  return subject;
}

function placeName({ place }: AccountRecord): string {
  if (!place) return '';
  return (place.kind === 'hall' ? hallOf(place.code) : bopOf(place.code))?.name ?? place.code;
}

const STATUS_LABELS = { active: '有効', disabled: '停止', unverified: '未確認' } as const;
const tokyoTime = new Intl.DateTimeFormat('ja-JP', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Asia/Tokyo',
});

const list: Command = async ({ db, keyring }) => {
  const accounts = await allStaff(db, keyring);
  const rows = accounts.map((account) => {
    const { login, name, role, status, lastSignInAt, passwordTemporary } = account;
    const state = passwordTemporary ? `${STATUS_LABELS[status]}（仮パスワード）` : STATUS_LABELS[status];
    const last = lastSignInAt === null ? 'なし' : tokyoTime.format(new Date(lastSignInAt));
    return [login, name, ROLE_LABELS[role], placeName(account), state, last];
  });
  return [['ログインID', '氏名', '役割', '所属', '状態', '最後のログイン'], ...rows].map((row) =>
    row.join('\t'),
  );
};

/** What is not given stays as it is; role and place are judged together. */
const change: Command = async (input) => {
  const { db, keyring, given } = input;
  const login = loginOf(input);
  if (Object.keys(given).length === 0) throw new EntryError('変更する項目を指定してください。');
  const account = await staffByLogin(db, keyring, login);
  const text: StaffEntryText = {
    login,
    name: account.name,
    role: account.role,
    // A new role brings its own place, or none.
    ...(given.role === undefined && account.place ? { place: account.place.code } : {}),
    ...given,
  };
  for (const { name, role, place, email } of entriesOf([{ where: '', text }])) {
    const moved = given.role !== undefined || given.place !== undefined;
    await changeStaff(db, keyring, login, {
      ...(given.name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
      ...(moved ? { role, place: place ?? null } : {}),
    });
  }
  return [`${login} を変更しました。`];
};

function setStatus(status: 'active' | 'disabled', done: string): Command {
  return async (input) => {
    const login = loginOf(input);
    await changeStaff(input.db, input.keyring, login, { status });
    return [`${login} ${done}`];
  };
}

/** The commands of `npm run accounts` by their names; each throws what the caller puts into words. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'add',
    async ({ db, keyring, given }) =>
      passwordsInWords(await addStaff(db, keyring, entriesOf([{ where: '', text: given }]))),
  ],
  [
    'import',
    async ({ db, keyring, subject }) => {
      if (subject === undefined) throw new EntryError('CSV ファイルを指定してください。');
      return passwordsInWords(await addStaff(db, keyring, entriesOf(await rowsOf(subject))));
    },
  ],
  ['list', list],
  ['change', change],
  [
    'reset',
    async (input) => passwordsInWords([await resetStaffPassword(input.db, input.keyring, loginOf(input))]),
  ],
  ['disable', setStatus('disabled', 'を使えなくしました。')],
  ['enable', setStatus('active', 'を使えるようにしました。')],
]);
