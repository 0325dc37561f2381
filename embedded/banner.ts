/** Somebody who can sign in to the stand-in system. */
export interface DemoAccount {
  /** In words, e.g. 「従事者（一次審査）」. */
  role: string;
  name: string;
  /** Login name or mail address. */
  login: string;
  password: string;
}

export interface Addresses {
  portal: string;
  staff: string;
  mails: string;
  temporalUi: string | undefined;
  kintone: string;
  openApi: string;
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

/** The width of text on a terminal: Japanese characters take two columns. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += wide.test(character) ? 2 : 1;
  return columns;
}

function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

function table(rows: readonly (readonly string[])[]): string[] {
  const columns =
    rows[0]?.map((_cell, index) => Math.max(...rows.map((row) => width(row[index] ?? '')))) ?? [];
  return rows.map((row) =>
    `    ${row.map((cell, index) => pad(cell, columns[index] ?? 0)).join('  ')}`.trimEnd(),
  );
}

/** What a person needs to begin: addresses, accounts, three things to try. */
export function banner(addresses: Addresses, accounts: readonly DemoAccount[], dataDir: string): string {
  const places = [
    ['申請ポータル（保護者）', addresses.portal],
    ['審査画面（職員）', addresses.staff],
    ['届いたメール', addresses.mails],
    ...(addresses.temporalUi === undefined ? [] : [['Temporal の画面', addresses.temporalUi]]),
    ['kintone（代わりのサーバー）', addresses.kintone],
    ['API の説明', addresses.openApi],
  ];
  const people = accounts.map(({ role, name, login, password }) => [role, name, login, password]);
  return [
    '',
    '  新BOP学童クラブ利用手続きシステム  動いています (ready)',
    '',
    ...table(places),
    ...(people.length === 0
      ? []
      : [
          '',
          '  見本の利用者 (demo accounts)',
          ...table([['役割', '氏名', 'ログイン', 'パスワード'], ...people]),
        ]),
    '',
    '  まず試すこと (three things to try)',
    `    1. ${addresses.portal} から入会申請を出す。受付番号がすぐに出て、${addresses.mails} に確認メールが届く。`,
    `    2. ${addresses.staff} に従事者で入り、一次審査で書類の不備を選んで申請者に返す。別の人で二次審査をする。`,
    `    3. Ctrl-C で止めて、もう一度 npm start する。申請も期限もそのまま続く。`,
    '',
    `  データ (data): ${dataDir}    止める (stop): Ctrl-C    初めから (begin anew): npm start -- --fresh`,
    '',
  ].join('\n');
}
