/** `npm run accounts`: accounts of staff, made and changed on request by whoever runs the host (Q41). */
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from '../../config/env.ts';
import { ROLE_LABELS, STAFF_ROLES } from '../../domain/people/actor.ts';
import { STAFF_ENTRY_FIELDS, type StaffEntryText } from '../../domain/people/staff-entry.ts';
import { LoginTakenError } from '../../store/accounts.ts';
import { Keyring } from '../../store/crypto.ts';
import { migrate, openDatabase } from '../../store/db.ts';
import { NoSuchStaffError } from '../../store/staff-accounts.ts';
import { COMMANDS } from './commands.ts';
import { COLUMNS, EntryError } from './entries.ts';

const ROLES = STAFF_ROLES.map((role) => ROLE_LABELS[role]);

const USAGE = `npm run accounts -- COMMAND

  add      アカウントを作ります。仮パスワードを表示します（最初のログインで変更します）。
             --login ID --name 氏名 --role ${ROLES.join('|')}
             --place 名前または番号   児童館と新BOPのときだけ（別紙1のとおり）
             --email アドレス         なくてもかまいません
  import   表からまとめて作ります。1件でも誤りがあれば、1件も作りません。
             FILE.csv   1行目は ${COLUMNS}（UTF-8）
  list     すべてのアカウントと役割、最後のログインを表示します（権限の定期的な確認に）。
  change   LOGIN --name | --role | --place | --email   変更します。役割か所属を変えると、ログインし直しになります。
  reset    LOGIN   仮パスワードを新しく発行し、ロックを解除します。
  disable  LOGIN   使えなくします。ログイン中でもすぐに終わります。記録は残ります。
  enable   LOGIN   また使えるようにします。

接続先と暗号鍵は環境変数 DATABASE_URL、DATA_KEYS などで指定します（docs/operations.md）。`;

const OPTIONS = Object.fromEntries(
  Object.keys(STAFF_ENTRY_FIELDS).map((field) => [field, { type: 'string' }] as const),
);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { ...OPTIONS, help: { type: 'boolean' } },
  });
  const { help = false, ...given } = values as { help?: boolean } & StaffEntryText;
  const [name = '', subject, ...rest] = positionals;
  const command = COMMANDS.get(name);
  if (help || !command || rest.length > 0) {
    console.log(USAGE);
    return help ? 0 : 2;
  }
  const config = loadConfig();
  const db = openDatabase(config.database.url, { max: 2 });
  try {
    await migrate(db);
    const said = await command({ db, keyring: new Keyring(config.dataKeys), subject, given });
    console.log(said.join('\n'));
    return 0;
  } finally {
    await db.destroy();
  }
}

/** A mistake in words that say what to do; undefined for anything unforeseen. */
function inWords(error: unknown): string | undefined {
  if (error instanceof EntryError || error instanceof ConfigError) return error.message;
  if (error instanceof NoSuchStaffError)
    return `「${error.login}」という職員のアカウントはありません。list で確認してください。`;
  if (error instanceof LoginTakenError)
    return `ログインID「${error.login}」はもう使われています。何も作りませんでした。別のIDにしてください。`;
  // Node's own words name the option that it does not know.
  const code = error instanceof TypeError && 'code' in error ? String(error.code) : '';
  return code.startsWith('ERR_PARSE_ARGS') ? `${(error as TypeError).message}\n\n${USAGE}` : undefined;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(inWords(error) ?? error);
    process.exit(1);
  },
);
