import path from 'node:path';
import { parseArgs } from 'node:util';
import { StartError } from './start-error.ts';
import { rootDir } from './tools/paths.ts';

export interface StartOptions {
  /** Of the application; undefined: the one this data folder had before, or 3000. */
  port: number | undefined;
  /** Absolute path. */
  dataDir: string;
  /** Delete the data folder first. */
  fresh: boolean;
  /** File the made-up families once. */
  demo: boolean;
  /** Show what the parts log. */
  verbose: boolean;
  help: boolean;
  /** Further variables for api and worker; for benches and tests. */
  env?: Readonly<Record<string, string>>;
}

export const usage = `使い方 (usage): npm start -- [選択 options]

  --port N     申請ポータルのポート。初めは 3000（port of the application）
  --data DIR   データを置くフォルダ。初めは .data（folder for all data）
  --fresh      データを消して初めからやり直す（delete the data and begin anew）
  --no-demo    見本の申請を作らない（no made-up applications）
  --verbose    各部分のログも表示する（show the logs of all parts）
`;

/** Reads the command line. @throws {StartError} for an option that does not exist or a bad port */
export function readOptions(args: readonly string[]): StartOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        'no-demo': { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`指定が正しくありません。\n${usage}`, reason);
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_535)) {
    throw new StartError('--port には 1 から 65535 までの数を指定してください。', 'not a port number');
  }
  return {
    port,
    dataDir: path.resolve(rootDir, values.data ?? '.data'),
    fresh: values.fresh,
    demo: !values['no-demo'],
    verbose: values.verbose,
    help: values.help,
  };
}
