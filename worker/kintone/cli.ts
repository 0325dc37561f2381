/** `npm run kintone`: sets kintone up, checks it, and mends what differs between kintone and the applications. */
import { parseArgs } from 'node:util';
import { ConfigError } from '../../config/env.ts';
import {
  accessCommand,
  applyCommand,
  checkCommand,
  planCommand,
  type CommandOptions,
} from '../../kintone/commands.ts';
import { ENVIRONMENTS, type EnvironmentName } from '../../kintone/environments.ts';
import { KintoneError } from '../../kintone/gateway/index.ts';
import { ProvisionError } from '../../kintone/provision.ts';
import { PURPOSES, type Purpose } from '../../kintone/provision/check.ts';
import { webhooksReceived } from '../../store/kintone.ts';
import { openDatabase } from '../../store/db.ts';
import { reconcileCommand } from './reconcile-command.ts';

const USAGE = `npm run kintone -- COMMAND [--env ${ENVIRONMENTS.join('|')}]

  plan       apply で何が変わるかを表示します。何も変更しません。
  apply      kintone をコードのとおりにします（グループ・組織、アプリ、フィールド、フォーム、一覧、通知、アクセス権）。
             何度実行しても同じ結果になります。途中で止まっても、もう一度実行すれば続きから進みます。
             フィールドやアプリを削除することはありません。
               --yes         本番環境で実行するとき
               --move-aside  種類の違うフィールドを別の名前で残し、正しいフィールドを作る
               --prefix 文字  アプリ名の先頭に付ける文字    --space 番号  アプリを作るスペース
  check      kintone がコードのとおりか、だれかが手で変えていないか、API トークンと Webhook の設定が済んでいるかを調べます。
               --purpose ${Object.keys(PURPOSES).join('|')}  どのプロセスのトークンを調べるか（既定 worker）
  access     権限の表（別紙1）を、区が変更できるファイルとして書き出します。
  reconcile  申請の状態と kintone のレコードの違いを表示します。
               --mend        違いを直します（手で変えられた回答は、審査する人の確認に回します）

接続先とパスワードは環境変数 KINTONE_BASE_URL、KINTONE_USERNAME、KINTONE_PASSWORD などで指定します。
環境ごとのアプリの番号は config/kintone/（環境）.json に残ります（--config で別のフォルダー）。手順は docs/kintone-setup.md にあります。`;

async function lastReceived(): Promise<ReadonlyMap<string, string> | undefined> {
  const url = process.env['DATABASE_URL'];
  if (!url) return undefined;
  const db = openDatabase(url, { max: 1 });
  try {
    return await webhooksReceived(db);
  } finally {
    await db.destroy();
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      env: { type: 'string' },
      prefix: { type: 'string' },
      space: { type: 'string' },
      purpose: { type: 'string', default: 'worker' },
      yes: { type: 'boolean' },
      'move-aside': { type: 'boolean' },
      mend: { type: 'boolean' },
      config: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [command, ...rest] = positionals;
  const environment = values.env ?? process.env['KINTONE_ENVIRONMENT'] ?? 'development';
  const known = (ENVIRONMENTS as readonly string[]).includes(environment) && values.purpose in PURPOSES;
  if (values.help || command === undefined || rest.length > 0 || !known) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const options: CommandOptions = {
    environment: environment as EnvironmentName,
    env: process.env,
    say: (line) => console.log(line),
    yes: values.yes ?? false,
    moveAside: values['move-aside'] ?? false,
    ...(values.config === undefined ? {} : { dir: values.config }),
    ...(values.prefix === undefined ? {} : { prefix: values.prefix }),
    ...(values.space === undefined ? {} : { spaceId: values.space }),
  };
  switch (command) {
    case 'plan':
      await planCommand(options);
      return 0;
    case 'apply':
      await applyCommand(options);
      return 0;
    case 'check': {
      const todo = await checkCommand({
        ...options,
        purpose: values.purpose as Purpose,
        lastReceived: await lastReceived(),
      });
      return todo === 0 ? 0 : 1;
    }
    case 'access':
      await accessCommand(options);
      return 0;
    case 'reconcile':
      return reconcileCommand({ mend: values.mend ?? false, say: options.say });
    default:
      console.log(USAGE);
      return 2;
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const known =
      error instanceof ConfigError || error instanceof ProvisionError || error instanceof KintoneError;
    console.error(known ? error.message : error);
    process.exit(1);
  },
);
