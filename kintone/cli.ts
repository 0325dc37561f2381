import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from '../config/env.ts';
import { createClient } from './client.ts';
import { provision, ProvisionError } from './provision.ts';

const USAGE = `npm run kintone -- apply [--prefix 名前の先頭] [--space スペースの番号]

  apply   kintone にアプリを作り、フィールド・レイアウト・一覧をコードのとおりにします。
          何度実行しても同じ結果になります。フィールドやアプリを削除することはありません。

接続先は環境変数 KINTONE_BASE_URL、KINTONE_USERNAME、KINTONE_PASSWORD などで指定します。`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { prefix: { type: 'string' }, space: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help || positionals.length !== 1 || positionals[0] !== 'apply') {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const { kintone } = loadConfig();
  const ids = await provision(createClient(kintone, { use: 'provisioning', timeoutMs: 60_000 }), {
    appIds: kintone.appIds,
    ...(values.prefix === undefined ? {} : { namePrefix: values.prefix }),
    ...(values.space === undefined ? {} : { spaceId: values.space }),
    say: (line) => console.log(line),
  });
  console.log(`\n環境変数に設定してください:\nKINTONE_APP_IDS='${JSON.stringify(ids)}'`);
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof ConfigError || error instanceof ProvisionError;
    console.error(known ? error.message : error);
    process.exitCode = 1;
  },
);
