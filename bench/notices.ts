/** 3,000 notices in one print file (Q22): time and memory. The API's own code on a PostgreSQL of its own; kintone is away. */
import { parseArgs } from 'node:util';
import { BOPS } from '../domain/facilities/facilities.ts';
import { startTestApi, partsAway } from '../testing/api.ts';
import { makeRun, printRun } from '../api/services/notice-runs.ts';
import { startTestPostgres, testPostgresEnv } from '../testing/postgres.ts';
import { noticeMaker } from '../testing/notices.ts';
import { runById } from '../store/notice-runs.ts';
import { seedSettings, wardSettings } from '../store/settings.ts';
import { inParallel } from './measure.ts';
import { printTable } from './table.ts';

const { values } = parseArgs({
  options: {
    notices: { type: 'string', default: '3000' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(`npm run bench:notices -- [--notices 3000]

Makes so many notices of made-up children as the worker makes them, chooses them for a print file and prints it twice: counts
time, memory and whether both files are the same bytes.`);
  process.exit(0);
}

/** Names of all sorts, external characters among them: the fonts embed what comes up. */
const FAMILY = [
  '髙橋',
  '山﨑',
  '𠮷田',
  '佐藤',
  '渡邊',
  '齋藤',
  '濵田',
  '駒繫',
  '鷗外',
  '中村',
  '小林',
  '加藤',
];
const GIVEN = ['花子', '太郎', '陽葵', '蓮', '凛', '湊', '結菜', '碧', '紬', '律', '杏', '樹', '澪', '朔'];

const count = Number(values.notices);
const postgres = await startTestPostgres();
process.env[testPostgresEnv] = postgres.adminUrl;
const api = await startTestApi(async ({ db }) => {
  await seedSettings(db, new Date('2026-01-01T00:00:00Z'));
  return { ...partsAway, settings: wardSettings(db) };
});
try {
  const ward = await api.createAccount({ role: 'ward', login: 'ward' });
  const make = noticeMaker(api.db, api.keyring, ward);
  let seconds = timer();
  await inParallel(count, 8, async (n) => {
    await make({
      bopCode: BOPS[n % BOPS.length]?.code ?? '2',
      change: {
        child_family_name: FAMILY[n % FAMILY.length] ?? '',
        child_given_name: GIVEN[n % GIVEN.length] ?? '',
        guardian1_family_name: FAMILY[n % FAMILY.length] ?? '',
        guardian1_address_street: `世田谷${(n % 9) + 1}丁目${(n % 30) + 1}番${(n % 20) + 1}号`,
        guardian1_address_building: `見本マンション${n}号室`,
      },
    });
  });
  const made = seconds();

  seconds = timer();
  const run = await runById(
    api.db,
    await makeRun(api.deps, { kind: 'staff', id: ward, role: 'ward' }, { onlyNew: true, together: false }),
  );
  const chosen = seconds();
  if (!run) throw new Error('no run');

  // The memory of what was set up for the bench is not the print file's.
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const prints = [await print(), await print()];
  const after = await runById(api.db, run.id);
  const [first, second] = prints;
  const most = Math.max(...prints.map((one) => one.peak)) / 2 ** 20;
  const slowest = Math.max(...prints.map((one) => one.seconds));
  printTable([
    { what: `${count} 件の作成 notices made`, value: `${made.toFixed(1)} s` },
    { what: `${run.notices} 件の選択と並べ替え chosen and sorted`, value: `${chosen.toFixed(1)} s` },
    {
      what: '1つの印刷ファイル print file',
      value: prints.map((one) => `${one.seconds.toFixed(1)} s`).join(', '),
      aim: 'under 20 s',
      met: slowest < 20,
    },
    {
      what: 'メモリの最大 peak memory of the process',
      value: `${most.toFixed(0)} MiB (${(before / 2 ** 20).toFixed(0)} before)`,
      aim: 'under 400 MiB',
      met: most < 400,
    },
    { what: '大きさ size', value: `${((first?.size ?? 0) / 2 ** 20).toFixed(1)} MiB` },
    {
      what: '2回とも同じ内容 the same bytes twice',
      value: first?.size === second?.size ? 'yes' : 'no',
      aim: 'yes',
      met: after?.sha256 !== null && first?.size === second?.size,
    },
  ]);

  async function print() {
    if (!run) throw new Error('no run');
    const took = timer();
    let size = 0;
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 50);
    for await (const chunk of await printRun(api.deps, run, ward)) size += (chunk as Buffer).length;
    clearInterval(watch);
    return { seconds: took(), size, peak };
  }
} finally {
  await api.close();
  await postgres.stop();
}

/** Seconds since it was made. */
function timer(): () => number {
  const begin = performance.now();
  return () => (performance.now() - begin) / 1000;
}
