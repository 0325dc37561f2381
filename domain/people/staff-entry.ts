import { BOPS, HALLS } from '../facilities/facilities.ts';
import { ROLE_LABELS, STAFF_ROLES, type StaffRole } from './actor.ts';

/** A member of staff who is to get an account (Q41). */
export interface StaffEntry {
  login: string;
  name: string;
  role: StaffRole;
  /** What a hall or a 新BOP may see (別紙1). */
  place?: StaffPlace;
  email?: string;
}
export type StaffPlace = { kind: 'hall' | 'bop'; code: string };

/** The parts of an entry as somebody writes them, by the names of the table's columns. */
export const STAFF_ENTRY_FIELDS = {
  login: 'ログインID',
  name: '氏名',
  role: '役割',
  place: '所属',
  email: 'メール',
} as const;
export type StaffEntryField = keyof typeof STAFF_ENTRY_FIELDS;
export type StaffEntryText = Readonly<Partial<Record<StaffEntryField, string>>>;

export interface StaffEntryProblem {
  field: StaffEntryField;
  /** What to do, in Japanese. */
  message: string;
}

const ROLE_WORDS = STAFF_ROLES.map((role) => ROLE_LABELS[role]).join('、');
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9._@+-]{2,99}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const tidy = (text: string | undefined) => (text ?? '').normalize('NFKC').trim();

/** The role with this name (従事者) or code (`operator`); undefined where there is none. */
export function staffRoleNamed(text: string): StaffRole | undefined {
  return STAFF_ROLES.find((role) => role === text || tidy(ROLE_LABELS[role]) === text);
}

/** The hall or 新BOP with this code or name, `新BOP` and `児童館` left out or not; undefined where there is none. */
export function staffPlaceNamed(kind: StaffPlace['kind'], text: string): StaffPlace | undefined {
  const ending = kind === 'hall' ? '児童館' : '新BOP';
  const places = kind === 'hall' ? HALLS : BOPS;
  // Codes of halls have two digits, those of 新BOPs no leading zero; tables lose or gain zeros.
  const number = /^\d+$/.test(text) ? Number(text) : undefined;
  const found = places.find(({ code, name }) =>
    number === undefined ? tidy(name) === text || tidy(name) === text + ending : Number(code) === number,
  );
  return found && { kind, code: found.code };
}

/**
 * An account to be made, from what somebody wrote on a command line or in a table: the office's and the ward's people have no
 * place, a hall's and a 新BOP's have theirs (別紙1, Q03).
 * @returns the entry, or everything that is wrong with it
 */
export function readStaffEntry(
  text: StaffEntryText,
): { entry: StaffEntry; problems?: never } | { entry?: never; problems: readonly StaffEntryProblem[] } {
  const problems: StaffEntryProblem[] = [];
  const wrong = (field: StaffEntryField, message: string) => problems.push({ field, message });
  const login = tidy(text.login);
  const email = tidy(text.email);
  const place = tidy(text.place);
  // A name keeps its characters: NFKC would change some of family registers.
  const name = (text.name ?? '').trim();
  const role = staffRoleNamed(tidy(text.role));

  if (!LOGIN.test(login))
    wrong('login', 'ログインIDは、半角の英数字と . _ - @ + で3文字以上にしてください。');
  if (name === '' || name.length > 100) wrong('name', '氏名を100文字以内で入力してください。');
  if (email !== '' && !EMAIL.test(email)) wrong('email', 'メールアドレスの形が正しくありません。');
  let at: StaffPlace | undefined;
  if (role === undefined) {
    wrong('role', `役割は、${ROLE_WORDS} のどれかにしてください。`);
  } else if (role === 'hall' || role === 'bop') {
    at = staffPlaceNamed(role, place);
    if (!at) wrong('place', `${ROLE_LABELS[role]}の名前または番号を、別紙1のとおりに入力してください。`);
  } else if (place !== '') {
    wrong('place', `${ROLE_LABELS[role]}には所属を入力しないでください。すべての申請を見る役割です。`);
  }

  if (problems.length > 0 || role === undefined) return { problems };
  return { entry: { login, name, role, ...(at ? { place: at } : {}), ...(email === '' ? {} : { email }) } };
}
