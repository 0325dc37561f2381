import type { Found, LookDeps, LookResult } from '../../activities/reconcile/found.ts';
import { lookForChanges } from '../../activities/reconcile/look.ts';
import {
  keepFacilities,
  type FacilityDifference,
  type UpkeepDeps,
} from '../../activities/reconcile/upkeep.ts';
import { loadConfig } from '../../config/env.ts';
import { KINTONE_BOOK_LABELS } from '../../domain/texts/application.ts';
import { createGateway } from '../../kintone/gateway/index.ts';
import { behindKintone } from '../../store/applications.ts';
import { Keyring } from '../../store/crypto.ts';
import { openDatabase } from '../../store/db.ts';
import { alone } from '../../store/kintone.ts';
import { countKintoneRequests } from '../../store/kintone-requests.ts';
import { shareKintone, type KintoneShare } from '../../store/kintone-share.ts';
import { systemUsers, temporalClient } from './client.ts';
import { reportChanges, type ReportDeps } from './report.ts';

const KINDS: Readonly<Record<Found['kind'], string>> = {
  answers: '申請の内容が変更されています',
  record: 'レコードが変更されています',
  deleted: 'レコードが削除されています',
  system: 'システムの項目が変更されています',
};
const ASKED = '確認する人に回しました';
const TOLD = '申請に伝えてあります（確認する人の判断か、書き込みを待っています）';
const MENDED: Readonly<Record<Found['kind'], string>> = {
  answers: ASKED,
  record: ASKED,
  deleted: '書き込み直します',
  system: '元に戻します',
};

/** The differences in words. Values are left out: this is printed on a terminal. */
export function differencesInWords({ found, unknown }: LookResult, mended: boolean): readonly string[] {
  return [
    ...found.map(({ receiptNumber, kind, detail, told }) => {
      const { who, fields, record, restorable } = detail;
      const about = record ? `${KINTONE_BOOK_LABELS[record.app]}「${record.title}」の` : '';
      const words = [...fields.map(({ label }) => label), ...(who === null ? [] : [`操作した人: ${who}`])];
      const what = words.length === 0 ? '' : `（${words.join('、')}）`;
      const asked = restorable === false && kind === 'deleted' ? ASKED : MENDED[kind];
      const lost = restorable === false ? '（元の内容は残っていません）' : '';
      const then = told ? TOLD : mended ? asked : '';
      return `${receiptNumber}: ${about}${KINDS[kind]}${what}${lost}${then === '' ? '' : ` → ${then}`}`;
    }),
    ...unknown.map(
      ({ app, recordId, key, receiptNumber }) =>
        `${app} のレコード ${recordId}: どの申請にも対応しません（受付番号「${receiptNumber}」、キー「${key}」）。内容を確認し、不要なら kintone で削除してください`,
    ),
  ];
}

const FACILITY_WORDS = {
  missing: 'レコードがありません',
  changed: '別紙1と違います',
  unknown: '別紙1にありません。内容を確認し、不要なら kintone で削除してください',
} as const;

/** The halls and 新BOPs that are not as 別紙1 says, in words. */
function facilitiesInWords(differences: readonly FacilityDifference[], mended: boolean): readonly string[] {
  return differences.map(({ name, kind, who }) => {
    const by = who === '' ? '' : `（最後の変更: ${who}）`;
    const what = `施設「${name}」: ${FACILITY_WORDS[kind]}${by}`;
    return mended && kind !== 'unknown' ? `${what} → 書き込みました` : what;
  });
}

/** Prints what differs between the applications and kintone, and mends it where asked to. @returns the exit code */
export async function reconcile(
  deps: LookDeps & ReportDeps & UpkeepDeps,
  { mend, say }: { mend: boolean; say: (line: string) => void },
): Promise<number> {
  const { db } = deps;
  let result: LookResult | undefined;
  let facilities: readonly FacilityDifference[] = [];
  const look = async () => {
    result = await lookForChanges(deps, { whole: true, sweep: true, dry: !mend });
    facilities = await keepFacilities(deps, { dry: !mend });
  };
  if (!mend) await look();
  else if (!(await alone(db, look))) {
    say('ワーカーが同じ点検をしています。しばらくしてからもう一度実行してください。');
  }
  if (!result) return 1;
  const lines = [...differencesInWords(result, mend), ...facilitiesInWords(facilities, mend)];
  for (const line of lines) say(line);
  for (const app of result.deferred)
    say(`${app}: 今日の kintone への要求が上限に近いため、点検しませんでした。`);
  const behind = await behindKintone(db);
  if (behind.count > 0) {
    say(`kintone に書き込み中の申請が ${behind.count} 件あります（最も古いもの: ${behind.since ?? '-'}）。`);
  }
  if (lines.length === 0) say('申請と kintone に違いはありません。');
  else if (!mend) {
    const waiting = result.found.filter(({ told }) => told).length;
    const rest = lines.length - waiting;
    const what = rest > 0 ? '--mend を付けて実行すると、直せるものを直します。' : '';
    say(`\n${lines.length} 件の違いがあります（うち ${waiting} 件は申請に伝え済み）。${what}`);
  }
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
  // Counted and shared like everybody's: the limits are the domain's, not a process's.
  const budget = countKintoneRequests(db, { dailyLimit: config.kintone.dailyLimit });
  let share: KintoneShare | undefined;
  const gateway = createGateway({
    ...config.kintone,
    budget: budget.level,
    onRequest: budget.count,
    onLimiter: (limiter) => {
      share = shareKintone(db, limiter, { total: config.kintone.totalRequests, atMost: 2 });
    },
  });
  const client = temporalClient(config);
  try {
    const keyring = new Keyring(config.dataKeys, undefined, config.noticeKeys);
    const { taskQueue } = config.temporal;
    const { copyDays } = config.kintone;
    const look = { db, keyring, gateway, now: () => new Date(), systemUsers: systemUsers(config), copyDays };
    return await reconcile({ ...look, client, taskQueue }, options);
  } finally {
    await client.connection.close();
    await gateway.close();
    await share?.close();
    await budget.close();
    await db.destroy();
  }
}
