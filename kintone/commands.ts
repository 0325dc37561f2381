import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { variables } from '../config/variables.ts';
import { SYSTEM_GROUP } from './access/people.ts';
import { problemsOfTable } from './access/problems.ts';
import { readAccessTable, type AccessTable } from './access/table.ts';
import { APPS, type AppKey } from './apps/index.ts';
import { createClient, type KintoneConnection } from './client.ts';
import {
  domainOf,
  environmentFile,
  type Environment,
  type EnvironmentFile,
  type EnvironmentName,
} from './environments.ts';
import { apply } from './provision/apply.ts';
import { ProvisionError, type Change } from './provision/changes.ts';
import { checkApps, checkTokens, checkWebhooks, type Finding, type Purpose } from './provision/check.ts';
import { createDirectory, planDirectory, type DirectoryPlan } from './provision/directory.ts';
import { findRemains, highestApp, type Making, type Remains } from './provision/making.ts';
import { changesOf, planApps } from './provision/plan.ts';

const TIMEOUT_MS = 60_000;

export interface CommandOptions {
  environment: EnvironmentName;
  /** Where the environments' files are. */
  dir?: string;
  env: Readonly<Record<string, string | undefined>>;
  say: (line: string) => void;
  moveAside?: boolean;
  /** Needed for `apply` on production. */
  yes?: boolean;
  /** Ids that the environment's file lacks. */
  prefix?: string;
  spaceId?: string;
}

/** What a command works with. */
interface Session {
  file: EnvironmentFile;
  connection: KintoneConnection;
  appIds: Readonly<Record<string, string>>;
  namePrefix: string;
  spaceId: string | undefined;
  table: AccessTable;
  directory: DirectoryPlan;
  /** What an earlier run was making when it broke off, and what became of it. */
  remains: { making: Making; remains: Remains } | undefined;
}

/** The part of the configuration that is about kintone; the rest need not be set to set kintone up. */
export function kintoneVariables(env: CommandOptions['env']) {
  const read = <N extends keyof typeof variables>(name: N) => {
    const raw = env[name]?.trim();
    const result = variables[name].schema.safeParse(raw === '' ? undefined : raw);
    if (!result.success) {
      throw new ProvisionError(
        `${name} が正しくありません: ${result.error.issues.map((i) => i.message).join(', ')}`,
      );
    }
    return result.data as ReturnType<(typeof variables)[N]['schema']['parse']>;
  };
  const login = (username: string | undefined, password: string | undefined) =>
    username === undefined || password === undefined ? undefined : { username, password };
  return {
    baseUrl: env['KINTONE_BASE_URL'] === undefined ? undefined : read('KINTONE_BASE_URL'),
    password: login(read('KINTONE_USERNAME'), read('KINTONE_PASSWORD')),
    basicAuth: login(read('KINTONE_BASIC_USERNAME'), read('KINTONE_BASIC_PASSWORD')),
    guestSpaceId: read('KINTONE_GUEST_SPACE_ID'),
    apiTokens: read('KINTONE_API_TOKENS'),
    appIds: read('KINTONE_APP_IDS'),
  };
}

async function open(options: CommandOptions): Promise<Session> {
  const file = environmentFile(options.environment, options.dir);
  const environment = await file.read();
  const given = kintoneVariables(options.env);
  const baseUrl = domainOf(options.environment, environment, given.baseUrl);
  const guestSpaceId = environment.guestSpaceId ?? given.guestSpaceId;
  const connection: KintoneConnection = {
    baseUrl,
    password: given.password,
    basicAuth: given.basicAuth,
    guestSpaceId,
  };
  const table = readAccessTable(
    environment.accessTable === undefined
      ? undefined
      : path.resolve(path.dirname(file.file), environment.accessTable),
  );
  const problems = problemsOfTable(table);
  if (problems.length > 0) {
    throw new ProvisionError(
      `権限の表（${environment.accessTable ?? '標準の表'}）に誤りがあります。何も変更していません。\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
  const known = { ...given.appIds, ...environment.appIds };
  const remains = await remainsOf(connection, environment, known);
  const id = remains?.remains.id;
  return {
    file,
    connection,
    remains,
    appIds: { ...known, ...(remains && id !== undefined ? { [remains.making.key]: id } : {}) },
    namePrefix: options.prefix ?? environment.namePrefix,
    spaceId: options.spaceId ?? environment.spaceId,
    table,
    directory: await planDirectory(createDirectory(connection, TIMEOUT_MS), table),
  };
}

const clientOf = ({ connection }: Pick<Session, 'connection'>) =>
  createClient(connection, { use: 'provisioning', timeoutMs: TIMEOUT_MS });

async function remainsOf(
  connection: KintoneConnection,
  { making }: Environment,
  known: Readonly<Record<string, string>>,
): Promise<Session['remains']> {
  if (!making || known[making.key] !== undefined) return undefined;
  const key = making.key as AppKey;
  return {
    making: { ...making, key },
    remains: await findRemains(clientOf({ connection }), making, known),
  };
}

/** What became of an app that an earlier run was making; what is left where that cannot be known. */
function remainsInWords({
  making: { workName, after, at },
  remains,
}: NonNullable<Session['remains']>): string {
  return remains.id === undefined
    ? `注意: 前回の apply（${at}）は「${workName}」を作るところで止まりました。番号 ${Number(after) + 1} から ${remains.tried} までを調べましたが、ありません。作られなかったものとして進めます。kintone システム管理の［アプリ管理］に、この名前のアプリ（運用開始前）が残っていたら、削除してください。`
    : `前回の apply（${at}）が作りかけたアプリ「${workName}」（番号 ${remains.id}）を引き継ぎます。`;
}

const SIGNS = { add: '+', change: '~', loss: '!' } as const;
const lineOf = ({ effect, what }: Change) => `  ${SIGNS[effect]} ${what}`;

/** What a new app is made with: how many of each kind. Its several hundred lines would tell nobody anything. */
function contentsInWords(changes: readonly Change[]): string {
  const counts = new Map<string, number>();
  for (const { what } of changes) {
    const kind = what.split(/[「（]/u)[0] ?? '';
    if (kind !== 'アプリ' && kind !== 'アプリ名') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => (count === 1 ? kind : `${kind} ${count}`)).join('、');
}

/** Prints what `apply` would do. Changes nothing. @returns how many lines there are */
export async function planCommand(options: CommandOptions): Promise<number> {
  const session = await open(options);
  const { directory, table, appIds, namePrefix } = session;
  if (session.remains) options.say(remainsInWords(session.remains));
  let count = 0;
  const print = (title: string, changes: readonly Change[]) => {
    if (changes.length === 0) return;
    count += changes.length;
    options.say(title);
    for (const change of changes) options.say(lineOf(change));
  };
  print('グループと組織', directory.changes);
  const plans = await planApps(clientOf(session), {
    appIds,
    namePrefix,
    access: { table, known: directory.known },
    moveAside: options.moveAside ?? false,
  });
  for (const plan of plans) {
    const changes = changesOf(plan);
    if (plan.id !== undefined && !plan.unfinished) print(`${plan.name}（アプリ ${plan.id}）`, changes);
    else {
      count += changes.length;
      const begun = plan.id === undefined ? '' : `（アプリ ${plan.id}、作りかけ）`;
      options.say(`${plan.name}${begun}\n  + アプリ「${plan.name}」（${contentsInWords(changes)}）`);
    }
  }
  for (const line of directory.differing) options.say(`注意: ${line}（変更しません）`);
  const losses = plans.flatMap(changesOf).filter(({ effect }) => effect === 'loss').length;
  options.say(
    count === 0
      ? '変更はありません。'
      : `\n${count} 件の変更があります（+ 追加、~ 変更、! 値が使えなくなる: ${losses} 件）。apply で反映します。`,
  );
  return count;
}

/** Does what `plan` prints, deploys and waits. What was made is kept in the environment's file at once. */
export async function applyCommand(options: CommandOptions): Promise<Readonly<Record<AppKey, string>>> {
  const session = await open(options);
  if (options.environment === 'production' && options.yes !== true) {
    throw new ProvisionError('本番環境です。plan で内容を確認してから、--yes を付けて実行してください。');
  }
  const { file, connection, directory, table, namePrefix, spaceId } = session;
  if (session.remains) options.say(remainsInWords(session.remains));
  const { making: _done, ...before } = await file.read();
  const environment: Environment = { ...before, baseUrl: connection.baseUrl, namePrefix };
  environment.appIds = { ...session.appIds };
  await file.write(environment);
  let { known } = directory;
  const { missing } = directory;
  if (directory.changes.length > 0) {
    try {
      await createDirectory(connection, TIMEOUT_MS).add(missing);
      options.say(
        `グループ ${missing.groups.length} 件、組織 ${missing.organizations.length} 件を登録しました。`,
      );
    } catch (error) {
      if (!(error instanceof ProvisionError)) throw error;
      known = directory.knownNow;
      options.say(
        `注意: ${error.message}\nアプリは、登録されているグループと組織だけに開きます。登録したあと、もう一度実行してください。`,
      );
    }
  }
  const client = clientOf(session);
  const ids = await apply(client, {
    appIds: environment.appIds,
    namePrefix,
    ...(spaceId === undefined ? {} : { spaceId }),
    access: { table, known },
    moveAside: options.moveAside ?? false,
    say: options.say,
    notes: {
      making: async (key, workName) => {
        const after = await highestApp(client, environment.appIds);
        environment.making = { key, workName, after, at: new Date().toISOString() };
        await file.write(environment);
      },
      made: async (key, id) => {
        delete environment.making;
        environment.appIds = { ...environment.appIds, [key]: id };
        await file.write(environment);
      },
    },
  });
  const at = new Date().toISOString();
  const applied: typeof environment.applied = {};
  for (const app of APPS) {
    // Deployed just now: what is live is what the preview says, and may be read by whoever manages the app.
    const { revision } = await client.app.getAppSettings({ app: ids[app.key] ?? '', preview: true });
    applied[app.key] = { revision, at };
  }
  await file.write({ ...environment, appIds: { ...ids }, applied });
  options.say(`\nアプリの番号を ${file.file} に書きました。環境変数に設定してください:`);
  options.say(`KINTONE_APP_IDS='${JSON.stringify(ids)}'`);
  return ids;
}

/**
 * Says whether a domain is as the code wants it, what people changed by hand, and whether what REST cannot do has been done:
 * tokens, webhooks, the system's own user.
 * @param lastReceived when a webhook last came, by app key; undefined where that cannot be known
 * @returns how many things are to be done
 */
export async function checkCommand(
  options: CommandOptions & { purpose: Purpose; lastReceived: ReadonlyMap<string, string> | undefined },
): Promise<number> {
  const session = await open(options);
  if (session.remains) options.say(remainsInWords(session.remains));
  const { connection, directory, table, namePrefix, appIds } = session;
  const environment = await session.file.read();
  const given = kintoneVariables(options.env);
  const access = { table, known: directory.known };
  const names = Object.fromEntries(APPS.map((app) => [app.key, `${namePrefix}${app.name}`])) as Record<
    AppKey,
    string
  >;
  const findings: Finding[] = [
    ...directory.changes.map(({ what }) => ({
      about: 'グループと組織',
      kind: 'todo' as const,
      what: `まだありません: ${what}`,
    })),
    ...directory.differing.map((what) => ({ about: 'グループと組織', kind: 'own' as const, what })),
    ...(await checkApps(clientOf(session), { appIds, namePrefix, access }, environment)),
  ];
  if (Object.keys(given.apiTokens).length > 0) {
    const clientFor = (apiToken: string) =>
      createClient(
        { ...connection, password: undefined, apiTokens: { one: apiToken } },
        { use: 'records', timeoutMs: TIMEOUT_MS },
      );
    findings.push(
      ...(await checkTokens(clientFor, { purpose: options.purpose, appIds, tokens: given.apiTokens, names })),
    );
  } else {
    const user = connection.password?.username ?? '';
    const inGroup = (await createDirectory(connection, TIMEOUT_MS).groupsOfUser(user)).includes(
      SYSTEM_GROUP.code,
    );
    findings.push({
      about: 'API トークン',
      kind: 'todo',
      what: '設定されていません。パスワードでの接続は試験用です（手順: docs/kintone-setup.md の 4）',
    });
    if (!inGroup) {
      findings.push({
        about: `ユーザー ${user}`,
        kind: 'todo',
        what: `グループ「${SYSTEM_GROUP.name}」(${SYSTEM_GROUP.code}) に入れてください。パスワードで接続する場合に必要です`,
      });
    }
  }
  findings.push(...checkWebhooks(names, options.lastReceived));
  const signs = { ok: '○', own: '・', todo: '×' } as const;
  for (const { about, kind, what } of findings) options.say(`${signs[kind]} ${about}: ${what}`);
  const todo = findings.filter(({ kind }) => kind === 'todo').length;
  options.say(todo === 0 ? '\nすべて設定されています。' : `\n${todo} 件の作業が残っています（×）。`);
  return todo;
}

/** Writes the table of permissions as a file for the ward to change, and has the environment use it. */
export async function accessCommand(options: CommandOptions): Promise<string> {
  const file = environmentFile(options.environment, options.dir);
  const environment = await file.read();
  const name = environment.accessTable ?? `${options.environment}-access.json`;
  const target = path.resolve(path.dirname(file.file), name);
  if (environment.accessTable === undefined) {
    await file.write({ ...environment, accessTable: name });
    await writeFile(target, `${JSON.stringify(readAccessTable(), null, 2)}\n`, { flag: 'wx' });
  }
  readAccessTable(target);
  options.say(`権限の表: ${target}\n変更したら plan で確かめ、apply で反映してください。`);
  return target;
}
