import {
  lookForChanges,
  type Found,
  type LookDeps,
  type LookResult,
} from '../../activities/reconcile/look.ts';
import { loadConfig } from '../../config/env.ts';
import { createGateway } from '../../kintone/gateway/index.ts';
import { behindKintone } from '../../store/applications.ts';
import { Keyring } from '../../store/crypto.ts';
import { openDatabase } from '../../store/db.ts';
import { alone } from '../../store/kintone.ts';
import { systemUsers, temporalClient } from './client.ts';
import { reportChanges, type ReportDeps } from './report.ts';

const KINDS: Readonly<Record<Found['kind'], string>> = {
  answers: '申請の内容が変更されています',
  deleted: 'レコードが削除されています',
  system: 'システムの項目が変更されています',
};
const MENDED: Readonly<Record<Found['kind'], string>> = {
  answers: '審査する人の確認に回しました',
  deleted: '書き込み直します',
  system: '元に戻します',
};

/** The differences in words. Values are left out: this is printed on a terminal. */
export function differencesInWords({ found, unknown }: LookResult, mended: boolean): readonly string[] {
  return [
    ...found.map(({ receiptNumber, kind, detail }) => {
      const who = detail.who === null ? '' : `、操作した人: ${detail.who}`;
      const fields = detail.fields.map(({ label }) => label).join('、');
      const what = fields === '' ? '' : `（${fields}${who}）`;
      return `${receiptNumber}: ${KINDS[kind]}${what}${mended ? ` → ${MENDED[kind]}` : ''}`;
    }),
    ...unknown.map(
      ({ app, recordId, receiptNumber }) =>
        `${app} のレコード ${recordId}: どの申請にも対応しません（受付番号「${receiptNumber}」）。内容を確認し、不要なら kintone で削除してください`,
    ),
  ];
}

/** Prints what differs between the applications and kintone, and mends it where asked to. @returns the exit code */
export async function reconcile(
  deps: LookDeps & ReportDeps,
  { mend, say }: { mend: boolean; say: (line: string) => void },
): Promise<number> {
  const { db } = deps;
  let result: LookResult | undefined;
  const look = async () => {
    result = await lookForChanges(deps, { whole: true, sweep: true, dry: !mend });
  };
  if (!mend) await look();
  else if (!(await alone(db, look))) {
    say('ワーカーが同じ点検をしています。しばらくしてからもう一度実行してください。');
  }
  if (!result) return 1;
  const lines = differencesInWords(result, mend);
  for (const line of lines) say(line);
  const behind = await behindKintone(db);
  if (behind.count > 0) {
    say(`kintone に書き込み中の申請が ${behind.count} 件あります（最も古いもの: ${behind.since ?? '-'}）。`);
  }
  if (lines.length === 0) say('申請と kintone に違いはありません。');
  else if (!mend) say(`\n${lines.length} 件の違いがあります。--mend を付けて実行すると直します。`);
  if (!mend) return lines.length > 0 ? 1 : 0;
  let failed = 0;
  const told = await reportChanges(deps, (error) => {
    failed += 1;
    say(`申請に伝えられませんでした（あとで自動的にやり直します）: ${String(error)}`);
  });
  if (told > 0) say(`${told} 件を申請に伝えました。`);
  return failed > 0 ? 1 : 0;
}

/** As {@link reconcile}, with what the environment configures. */
export async function reconcileCommand(options: {
  mend: boolean;
  say: (line: string) => void;
}): Promise<number> {
  const config = loadConfig();
  const db = openDatabase(config.database.url, { max: 4 });
  const gateway = createGateway({ ...config.kintone, limits: { concurrency: 2 } });
  const client = temporalClient(config);
  try {
    const keyring = new Keyring(config.dataKeys, undefined, config.noticeKeys);
    const { taskQueue } = config.temporal;
    const look = { db, keyring, gateway, now: () => new Date(), systemUsers: systemUsers(config) };
    return await reconcile({ ...look, client, taskQueue }, options);
  } finally {
    await client.connection.close();
    await gateway.close();
    await db.destroy();
  }
}
