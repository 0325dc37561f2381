import type { KintoneConnection } from '../client.ts';
import type { Entity, Known } from '../access/acl.ts';
import { groups, organizations, type Group, type Organization } from '../access/people.ts';
import type { AccessTable } from '../access/table.ts';
import type { Change } from './changes.ts';
import { ProvisionError } from './changes.ts';

/**
 * Groups and organisations of the domain, by Cybozu's User API (`/v1/groups.json`, `/v1/organizations.json`). Adding some needs a
 * user who administers cybozu.com as a whole. Its CSV import is not used: that deletes every organisation not in the file.
 */
export interface Directory {
  /** Which groups and organisations there are. */
  read: () => Promise<{ groups: readonly Group[]; organizations: readonly Organization[] }>;
  add: (missing: { groups: readonly Group[]; organizations: readonly Organization[] }) => Promise<void>;
  /** The codes of the groups that a user is in. */
  groupsOfUser: (code: string) => Promise<readonly string[]>;
}

const PAGE = 100;

/** Opens the way to the domain's directory with the connection's password. */
export function createDirectory(connection: KintoneConnection, timeoutMs: number): Directory {
  const base64 = (user: { username: string; password: string }) =>
    Buffer.from(`${user.username}:${user.password}`, 'utf8').toString('base64');
  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const { password, basicAuth } = connection;
    if (!password) throw new ProvisionError('KINTONE_USERNAME と KINTONE_PASSWORD が必要です。');
    const response = await fetch(`${connection.baseUrl}${path}`, {
      method,
      headers: {
        'X-Cybozu-Authorization': base64(password),
        ...(basicAuth ? { Authorization: `Basic ${base64(basicAuth)}` } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (response.ok) return answer;
    const code = typeof answer['code'] === 'string' ? answer['code'] : String(response.status);
    throw new ProvisionError(
      response.status === 403
        ? 'グループと組織を登録する権限がありません。cybozu.com共通管理者のユーザーで実行するか、docs/kintone-setup.md の手順で先に登録してください。'
        : `グループと組織を読み書きできません（${code}）。接続先とユーザーを確認してください。`,
    );
  };
  const all = async <T>(path: string, key: string): Promise<T[]> => {
    const found: T[] = [];
    for (let offset = 0; ; offset += PAGE) {
      const answer = await call('GET', `${path}?offset=${offset}&size=${PAGE}`);
      const page = answer[key] as T[];
      found.push(...page);
      if (page.length < PAGE) return found;
    }
  };
  return {
    read: async () => ({
      groups: await all<Group>('/v1/groups.json', 'groups'),
      organizations: (
        await all<{ code: string; name: string; parentCode: string | null }>(
          '/v1/organizations.json',
          'organizations',
        )
      ).map(({ code, name, parentCode }) => ({ code, name, parent: parentCode })),
    }),
    add: async (missing) => {
      for (let i = 0; i < missing.groups.length; i += PAGE) {
        const part = missing.groups.slice(i, i + PAGE).map((group) => ({ ...group, type: 'static' }));
        await call('POST', '/v1/groups.json', { groups: part });
      }
      for (let i = 0; i < missing.organizations.length; i += PAGE) {
        const part = missing.organizations
          .slice(i, i + PAGE)
          .map(({ code, name, parent }) => ({ code, name, parentCode: parent }));
        await call('POST', '/v1/organizations.json', { organizations: part });
      }
    },
    groupsOfUser: async (code) => {
      const answer = await call('GET', `/v1/user/groups.json?code=${encodeURIComponent(code)}`);
      return (answer['groups'] as Group[]).map((group) => group.code);
    },
  };
}

export interface DirectoryPlan {
  changes: readonly Change[];
  missing: { groups: readonly Group[]; organizations: readonly Organization[] };
  /** What is named otherwise or stands elsewhere than 別紙1 says: told, never changed. */
  differing: readonly string[];
  /** What there will be once the missing are added. */
  known: Known;
  /** What there is now. */
  knownNow: Known;
}

/** What the directory lacks of the groups and organisations of 別紙1. */
export async function planDirectory(directory: Directory, table: AccessTable): Promise<DirectoryPlan> {
  const there = await directory.read();
  const wanted = { groups: groups(table), organizations: organizations() };
  const codes = (list: readonly { code: string }[]) => new Set(list.map(({ code }) => code));
  const now = { groups: codes(there.groups), organizations: codes(there.organizations) };
  const missing = {
    groups: wanted.groups.filter(({ code }) => !now.groups.has(code)),
    organizations: wanted.organizations.filter(({ code }) => !now.organizations.has(code)),
  };
  const after = {
    groups: new Set([...now.groups, ...codes(missing.groups)]),
    organizations: new Set([...now.organizations, ...codes(missing.organizations)]),
  };
  const knownIn =
    (set: typeof after): Known =>
    ({ type, code }: Entity) =>
      code === null ||
      code === 'everyone' ||
      (type === 'GROUP' ? set.groups.has(code) : set.organizations.has(code));
  const differing = wanted.organizations.flatMap(({ code, name, parent }) => {
    const one = there.organizations.find((organization) => organization.code === code);
    if (!one) return [];
    return [
      ...(one.name === name ? [] : [`組織 ${code} の名前は「${one.name}」です（別紙1では「${name}」）`]),
      ...(one.parent === parent
        ? []
        : [
            `組織 ${code}「${name}」の親組織は ${one.parent ?? 'なし'} です（別紙1では ${parent ?? 'なし'}）`,
          ]),
    ];
  });
  return {
    changes: [
      ...missing.groups.map(({ code, name }) => ({
        effect: 'add' as const,
        what: `グループ「${name}」(${code})`,
      })),
      ...missing.organizations.map(({ code, name }) => ({
        effect: 'add' as const,
        what: `組織「${name}」(${code})`,
      })),
    ],
    missing,
    differing,
    known: knownIn(after),
    knownNow: knownIn(now),
  };
}
