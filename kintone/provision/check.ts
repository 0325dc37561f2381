import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { KINTONE_BOOKS } from '../../domain/application/kintone-changes.ts';
import type { AppKey } from '../apps/index.ts';
import type { Environment } from '../environments.ts';
import type { PlanOptions } from './plan.ts';
import { changesOf, compareApp, planApps, readLive } from './plan.ts';
import { additionsOf } from './screens.ts';

/** `ok`; `own`: people's own additions, which stay; `todo`: differs from the code, or is still to be done by hand. */
export type FindingKind = 'ok' | 'own' | 'todo';
export interface Finding {
  /** The app's name, or what else it is about. */
  about: string;
  kind: FindingKind;
  what: string;
}

/** Compares what is live on a domain with the code, and says who changed it last where somebody did by hand. */
export async function checkApps(
  client: KintoneRestAPIClient,
  options: PlanOptions,
  environment: Pick<Environment, 'applied'>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const plan of await planApps(client, options)) {
    const about = plan.name;
    if (plan.id === undefined) {
      findings.push({ about, kind: 'todo', what: 'アプリがありません（apply で作ります）' });
      continue;
    }
    if (plan.unfinished) {
      findings.push({
        about,
        kind: 'todo',
        what: `作りかけです（アプリ ${plan.id}。apply で続きを進めます）`,
      });
      continue;
    }
    if (plan.undeployed && plan.steps.length === 0) {
      for (const { what } of changesOf(plan)) findings.push({ about, kind: 'todo', what });
      continue;
    }
    const live = await readLive(client, plan.id);
    if (typeof live === 'string') {
      findings.push({
        about,
        kind: 'todo',
        what: '反映済みの設定を読めません。アプリを作ったユーザーか、グループ gakudo-system のユーザーで実行してください',
      });
      continue;
    }
    const differing = compareApp(plan.wanted, live).flatMap((step) => step.changes);
    const additions = additionsOf(plan.wanted, live);
    const applied = environment.applied[plan.app.key];
    if (applied && applied.revision !== live.revision) {
      const { modifier, modifiedAt } = await client.app.getApp({ id: plan.id });
      findings.push({
        about,
        kind: differing.length > 0 ? 'todo' : 'own',
        what: `最後の apply（${applied.at}）のあとに、kintone で設定が変更されています（最後の変更: ${modifier.name} ${modifiedAt}）`,
      });
    }
    for (const { what } of differing)
      findings.push({ about, kind: 'todo', what: `コードと違います: ${what}` });
    for (const what of additions)
      findings.push({ about, kind: 'own', what: `kintone で追加されています: ${what}` });
    if (differing.length === 0) findings.push({ about, kind: 'ok', what: 'コードのとおりです' });
  }
  return findings;
}

/** What a token is for: the processes that read, and those that write. Nobody needs to delete or to manage an app. */
export const PURPOSES = {
  api: { label: '画面（api）', needs: ['view'] },
  worker: { label: '書き込み（worker）', needs: ['view', 'add', 'edit'] },
} as const;
export type Purpose = keyof typeof PURPOSES;

type Bit = 'view' | 'add' | 'edit' | 'delete' | 'manage';
const BIT_LABELS: Readonly<Record<Bit, string>> = {
  view: 'レコード閲覧',
  add: 'レコード追加',
  edit: 'レコード編集',
  delete: 'レコード削除',
  manage: 'アプリ管理',
};

/** An id that no record has. */
const NOBODY = '9007199254740000';

/**
 * Which permissions an API token has, found by calls that change nothing: empty lists to add and to update, a deletion of
 * a record that cannot be there. Undefined where kintone does not know the token (wrong, or its app not updated since).
 */
export async function permissionsOfToken(
  client: KintoneRestAPIClient,
  app: string,
): Promise<ReadonlySet<Bit> | undefined> {
  const has = new Set<Bit>();
  const probe = async (bit: Bit, call: () => Promise<unknown>): Promise<boolean> => {
    try {
      await call();
      has.add(bit);
    } catch (error) {
      const { code, status } = error as { code?: string; status?: number };
      if (code === 'GAIA_IA02' || code === 'CB_AU01') return false;
      // Any other refusal came after the permission: there is nothing to update or to delete.
      if (status === undefined) throw error;
      if (status !== 403) has.add(bit);
    }
    return true;
  };
  if (!(await probe('view', () => client.record.getRecords({ app, query: 'limit 1', fields: ['$id'] })))) {
    return undefined;
  }
  await probe('add', () => client.record.addRecords({ app, records: [] }));
  await probe('edit', () => client.record.updateRecords({ app, records: [{ id: NOBODY, record: {} }] }));
  await probe('delete', () => client.record.deleteRecords({ app, ids: [NOBODY] }));
  await probe('manage', () => client.app.getFormFields({ app, preview: true }));
  return has;
}

/** Says of each app whether its token was made, works, and has the permissions of its purpose and no more. */
export async function checkTokens(
  clientFor: (token: string) => KintoneRestAPIClient,
  given: {
    purpose: Purpose;
    appIds: Readonly<Record<string, string>>;
    tokens: Readonly<Record<string, string>>;
    names: Readonly<Record<AppKey, string>>;
  },
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const { label, needs } = PURPOSES[given.purpose];
  const list = (bits: readonly Bit[]) => bits.map((bit) => BIT_LABELS[bit]).join('、');
  for (const [key, name] of Object.entries(given.names)) {
    const about = `${name} の API トークン（${label}）`;
    const token = given.tokens[key];
    const app = given.appIds[key];
    if (token === undefined || app === undefined) {
      findings.push({
        about,
        kind: 'todo',
        what: 'まだ設定されていません（手順: docs/kintone-setup.md の 4）',
      });
      continue;
    }
    const has = await permissionsOfToken(clientFor(token), app);
    if (!has) {
      findings.push({
        about,
        kind: 'todo',
        what: 'kintone がこのトークンを認めません。値を確かめ、アプリの設定画面で［アプリを更新］を押してください',
      });
      continue;
    }
    const lacks = needs.filter((bit) => !has.has(bit));
    const extra = [...has].filter((bit) => !(needs as readonly Bit[]).includes(bit));
    if (lacks.length > 0) findings.push({ about, kind: 'todo', what: `権限が足りません: ${list(lacks)}` });
    if (extra.length > 0)
      findings.push({ about, kind: 'todo', what: `不要な権限があります: ${list(extra)}` });
    if (lacks.length === 0 && extra.length === 0) {
      findings.push({ about, kind: 'ok', what: `設定済みです（${list(needs)}）` });
    }
  }
  return findings;
}

/** Apps whose webhooks are listened to: those that are compared with what was written there. */
const isCompared = (key: string) =>
  key.startsWith('application_') || (KINTONE_BOOKS as readonly string[]).includes(key);

/** Webhooks cannot be read by REST: what tells that one is set is that it has come. */
export function checkWebhooks(
  names: Readonly<Record<AppKey, string>>,
  lastReceived: ReadonlyMap<string, string> | undefined,
): readonly Finding[] {
  const compared = Object.entries(names).filter(([key]) => isCompared(key));
  return compared.map(([key, name]): Finding => {
    const about = `${name} の Webhook`;
    if (!lastReceived) {
      return {
        about,
        kind: 'todo',
        what: '届いたかどうかを確認できません（DATABASE_URL を設定してください）',
      };
    }
    const at = lastReceived.get(key);
    return at === undefined
      ? {
          about,
          kind: 'todo',
          what: 'まだ届いたことがありません。設定したら、kintone でレコードを 1 件保存してください（手順: docs/kintone-setup.md の 5）',
        }
      : { about, kind: 'ok', what: `届いています（最後: ${at}）` };
  });
}
