/** 3,000 notices in one print file (Q22): time and memory. The API's own code on a PostgreSQL of its own; kintone is away. */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DEFAULT_FEE_TABLE } from '../domain/enrolment/fees.ts';
import { BOPS } from '../domain/facilities/facilities.ts';
import { DEFAULT_TEMPLATES } from '../domain/notices/default-templates.ts';
import { exampleNotice } from '../domain/notices/example.ts';
import { noticeReference } from '../domain/notices/reference.ts';
import { documentNumber } from '../domain/notices/values.ts';
import { ADMISSION } from '../domain/procedures/admission.ts';
import { startTestApi, partsAway } from '../testing/api.ts';
import { makeRun, printRun } from '../api/services/notice-runs.ts';
import { startTestPostgres, testPostgresEnv } from '../testing/postgres.ts';
import { noticeMaker } from '../testing/notices.ts';
import { DEFAULT_ENVELOPE_WINDOW } from '../store/notice-settings.ts';
import { createNotice } from '../store/notices.ts';
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

const TEMPLATE = DEFAULT_TEMPLATES.admissionApproved;
const EXAMPLE = exampleNotice('admissionApproved', ADMISSION, {
  template: { value: TEMPLATE, version: 1 },
  office: {
    value: {
      name: '手続き窓口',
      postalCode: '154-8504',
      address: '世田谷',
      phone: '03-0000-0000',
      hours: '平日',
    },
    version: 1,
  },
  window: DEFAULT_ENVELOPE_WINDOW,
  fees: DEFAULT_FEE_TABLE,
});

const count = Number(values.notices);
const postgres = await startTestPostgres();
process.env[testPostgresEnv] = postgres.adminUrl;
const api = await startTestApi(async ({ db }) => {
  await seedSettings(db, new Date('2026-01-01T00:00:00Z'));
  return { ...partsAway, settings: wardSettings(db) };
});
try {
  const ward = await api.createAccount({ role: 'ward', login: 'ward' });
  const { applicationId } = await noticeMaker(api.db, api.keyring, ward)({ round: 'none' });
  let seconds = timer();
  await inParallel(count, 8, (n) => addNotice(applicationId, n));
  const made = seconds();

  seconds = timer();
  const run = await runById(
    api.db,
    await makeRun(
      api.deps,
      { kind: 'staff', id: ward, role: 'ward' },
      { round: 'first', onlyNew: true, together: false },
    ),
  );
  const chosen = seconds();
  if (!run) throw new Error('no run');

  // The memory of what was set up for the bench is not the print file's.
  collectGarbage();
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
      value: prints.map((one) => `${one.seconds.toFixed(1)} s (CPU ${one.cpu.toFixed(1)} s)`).join(', '),
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

  /** A notice of a made-up child, as the worker would make it: of one application, which printing does not look at. */
  async function addNotice(application: string, n: number): Promise<void> {
    const id = `${application}-${n + 100}`;
    const family = FAMILY[n % FAMILY.length] ?? '';
    const child = `${family}　${GIVEN[n % GIVEN.length] ?? ''}`;
    await createNotice(api.db, api.keyring, {
      id,
      applicationId: application,
      decidedSeq: n + 100,
      kind: 'admissionApproved',
      issuedOn: '2027-01-29',
      channel: 'online',
      delivery: 'post',
      missingCharacters: () => 0,
      make: (serial) => ({
        ...EXAMPLE,
        noticeId: id,
        reference: noticeReference('admissionApproved', '2027-01-29', serial),
        number: documentNumber(TEMPLATE.number, '2027-01-29', serial),
        bop: { code: BOPS[n % BOPS.length]?.code ?? '2', name: BOPS[n % BOPS.length]?.name ?? '' },
        child: { name: child, kana: `カナ${n % 97}` },
        to: {
          postalCode: '154-0017',
          lines: [
            `東京都世田谷区世田谷${(n % 9) + 1}丁目${(n % 30) + 1}番${(n % 20) + 1}号`,
            `見本マンション${n}号室`,
          ],
          name: `${family}　${GIVEN[(n * 5) % GIVEN.length] ?? ''}`,
        },
        rows: EXAMPLE.rows.map((row) => (row.label === '児童の氏名' ? { ...row, value: child } : row)),
      }),
    });
  }

  async function print() {
    if (!run) throw new Error('no run');
    const took = timer();
    const cpu = process.cpuUsage();
    let size = 0;
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 50);
    for await (const chunk of await printRun(api.deps, run, ward)) size += (chunk as Buffer).length;
    clearInterval(watch);
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: took(), cpu: (user + system) / 1e6, size, peak };
  }
} finally {
  await api.close();
  await postgres.stop();
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** Seconds since it was made. */
function timer(): () => number {
  const begin = performance.now();
  return () => (performance.now() - begin) / 1000;
}
