import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { quietTemporal } from '../testing/application-worker.ts';
import { runBare } from './bare.ts';
import { runCases, type CaseResult } from './cases.ts';
import { costsOf } from './costs.ts';
import { measureMemory } from './memory.ts';
import { startBenchSystem } from './system.ts';
import { printTable, type Row } from './table.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    applications: { type: 'string', default: '200' },
    users: { type: 'string', default: '20' },
    pause: { type: 'string', default: '5' },
    open: { type: 'string', default: '0,1000,5000' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(`npm run bench -- [--applications 200] [--users 20] [--pause 5] [--open 0,1000,5000] [--out FILE]

Starts the whole system on a data folder of its own, files and handles made-up applications through HTTP, and prints what it
measured; JSON goes to FILE. --pause: seconds that each user takes before a step, in a second run that measures latency as people meet it (0 leaves it out).
--open: how many open applications the worker's memory is measured with ("" leaves it out).`);
  process.exit(0);
}

quietTemporal();

function latencyRows(cases: CaseResult, atOnce: number, pause: string): Row[] {
  const steps = [
    ['申請の送信 submission', cases.submission.summary()],
    ['審査の操作 review step', cases.reviewStep.summary()],
  ] as const;
  return steps.map(([what, { p50, p99 }]) => ({
    what: `${what}, ${atOnce} people with a pause of ${pause} s, p50 / p99 ms`,
    value: `${p50} / ${p99}`,
    aim: 'p99 < 350',
    met: p99 < 350,
  }));
}

const count = Number(values.applications);
const atOnce = Number(values.users);
const say = (sentence: string) => {
  console.log(sentence);
};
const system = await startBenchSystem(say);
try {
  say(`${count} 件の申請を ${atOnce} 人で処理しています (whole applications through HTTP)`);
  const cases = await runCases({ ...system, count, atOnce });
  const cpu = cases.cpu;
  const costs = await costsOf(system, cases.applicationIds);
  say(`同じ数の更新・タイマー・空のアクティビティだけのワークフロー (bare workflow of the same shape)`);
  const pauseMs = Number(values.pause) * 1000;
  let people: Awaited<ReturnType<typeof runCases>> | undefined;
  if (pauseMs > 0) {
    say(
      `${atOnce} 人が、操作ごとに約 ${values.pause} 秒考えながら処理しています (the same with a pause before each step)`,
    );
    people = await runCases({ ...system, count: atOnce * 2, atOnce, from: count, pauseMs });
  }
  const shape = {
    updates: costs.shape.updates,
    activities: costs.shape.activities,
    timers: costs.shape.timers,
  };
  const bare = await runBare(system.temporal, shape, { count, atOnce });
  const open = values.open
    .split(',')
    .map((n) => n.trim())
    .filter(Boolean)
    .map(Number);
  const memory = open.length > 0 ? await measureMemory(system, open, say) : undefined;

  const submission = cases.submission.summary();
  const review = cases.reviewStep.summary();
  const ratio = cases.perSecond / bare.perSecond;
  const rows: Row[] = [
    { what: '申請の全体（1秒あたり） whole applications a second', value: cases.perSecond.toFixed(2) },
    {
      what: `同じ形の空のワークフロー bare (${shape.updates} updates, ${shape.activities} activities, ${shape.timers} timers, ${bare.events} events)`,
      value: bare.perSecond.toFixed(2),
    },
    { what: '比 ratio', value: ratio.toFixed(2), aim: '>= 0.6', met: ratio >= 0.6 },
    {
      what: `申請の送信 submission, ${atOnce} at once without pause, p50 / p99 ms`,
      value: `${submission.p50} / ${submission.p99}`,
      aim: 'p99 < 350',
      met: submission.p99 < 350,
    },
    {
      what: `審査の操作 review step, ${atOnce} at once without pause, p50 / p99 ms`,
      value: `${review.p50} / ${review.p99}`,
      aim: 'p99 < 350',
      met: review.p99 < 350,
    },
    ...(people ? latencyRows(people, atOnce, values.pause) : []),
    ...Object.entries(cpu).map(([part, ms]) => ({
      what: `CPU ${part}, ms an application`,
      value: ms.toFixed(0),
    })),
    {
      what: 'kintone の要求（申請1件あたり） requests a finished application, all apps',
      value: costs.kintone.total.toFixed(2),
      aim: '<= 6',
      met: costs.kintone.total <= 6,
    },
    ...Object.entries(costs.kintone.byApp).map(([app, n]) => ({ what: `    ${app}`, value: n.toFixed(2) })),
    {
      what: 'Temporal の履歴（申請1件あたり） history events, max',
      value: String(costs.events.max),
      aim: '< 150',
      met: costs.events.max < 150,
    },
    ...(memory?.steps ?? []).map(({ openApplications, rssMiB }) => ({
      what: `ワーカーのメモリ worker RSS with ${openApplications} open`,
      value: `${rssMiB.toFixed(0)} MiB`,
    })),
    ...(memory
      ? [
          {
            what: `キャッシュ中の申請1件 a cached workflow (limit ${memory.cacheLimit})`,
            value: `${memory.kibPerCached.toFixed(0)} KiB`,
            aim: '< 500',
            met: memory.kibPerCached < 500,
          },
        ]
      : []),
  ];
  printTable(rows);
  if (values.out) {
    const machine = { cpus: os.cpus().length, model: os.cpus()[0]?.model, node: process.version };
    const result = {
      at: new Date().toISOString(),
      machine,
      applications: count,
      atOnce,
      perSecond: cases.perSecond,
      bare: { perSecond: bare.perSecond, update: bare.update.summary(), shape, events: bare.events },
      ratio,
      submission,
      review,
      withPause: people && {
        seconds: Number(values.pause),
        submission: people.submission.summary(),
        review: people.reviewStep.summary(),
      },
      cpuMsPerApplication: cpu,
      kintone: costs.kintone,
      events: costs.events,
      memory,
    };
    await writeFile(values.out, JSON.stringify(result, null, 2));
    say(`JSON: ${values.out}`);
  }
} finally {
  await system.stop();
}
process.exit(0);
