import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { quietTemporal } from '../testing/application-worker.ts';
import { runBare } from './bare.ts';
import { runCases, type CaseResult } from './cases.ts';
import { costsOf } from './costs.ts';
import { measureMemory } from './memory.ts';
import { startBenchSystem } from './system.ts';
import { costRows, latencyRows, memoryRows, throughputRows } from './report.ts';
import { printTable } from './table.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    applications: { type: 'string', default: '200' },
    users: { type: 'string', default: '20' },
    pause: { type: 'string', default: '5' },
    open: { type: 'string', default: '0,100,1000,5000' },
    'only-memory': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(`npm run bench -- [--applications 200] [--users 20] [--pause 5] [--open 0,100,1000,5000] [--only-memory] [--out FILE]

Starts the whole system on a data folder of its own, files and handles made-up applications through HTTP, and prints what it
measured; JSON goes to FILE. --pause: seconds that each user takes before a step, in a second run that measures latency as people meet it (0 leaves it out).
--open: how many open applications the worker's memory is measured with ("" leaves it out); 5000 take some ten minutes on a quiet machine.
--only-memory: nothing but that.
Each part is printed when it is known.`);
  process.exit(0);
}

quietTemporal();

const count = Number(values.applications);
const atOnce = Number(values.users);
const say = (sentence: string) => {
  console.log(sentence);
};
const system = await startBenchSystem(say);
try {
  const results = values['only-memory'] ? undefined : await measureCases();
  const open = values.open
    .split(',')
    .map((n) => n.trim())
    .filter(Boolean)
    .map(Number);
  const memory = open.length > 0 ? await measureMemory(system, open, say) : undefined;
  if (memory) printTable(memoryRows(memory));
  if (values.out) {
    const machine = { cpus: os.cpus().length, model: os.cpus()[0]?.model, node: process.version };
    const result = { at: new Date().toISOString(), machine, ...results, memory };
    await writeFile(values.out, JSON.stringify(result, null, 2));
    say(`JSON: ${values.out}`);
  }
} finally {
  await system.stop();
}
process.exit(0);

/** Throughput, latency, CPU, requests to kintone and events; printed as soon as each is known. */
async function measureCases() {
  say(`${count} 件の申請を ${atOnce} 人で処理しています (whole applications through HTTP)`);
  const cases = await runCases({ ...system, count, atOnce });
  const costs = await costsOf(system, cases.applicationIds);
  printTable([...latencyRows(cases, `${atOnce} at once without pause`), ...costRows(cases, costs)]);
  say('同じ数の更新・タイマー・空のアクティビティだけのワークフロー (bare workflow of the same shape)');
  const { shape } = costs;
  const bare = await runBare(system, shape, { count, atOnce });
  printTable(throughputRows(cases, costs, bare));
  const pauseMs = Number(values.pause) * 1000;
  let people: CaseResult | undefined;
  if (pauseMs > 0) {
    const how = `${atOnce} people with a pause of ${values.pause} s`;
    say(`${atOnce} 人が、操作ごとに約 ${values.pause} 秒考えながら処理しています (${how})`);
    people = await runCases({ ...system, count: atOnce * 2, atOnce, from: count, pauseMs });
    printTable(latencyRows(people, how));
  }
  return {
    applications: count,
    atOnce,
    perSecond: cases.perSecond,
    bare: { ...bare, update: bare.update.summary(), shape },
    ratio: cases.perSecond / bare.perSecond,
    submission: cases.submission.summary(),
    review: cases.reviewStep.summary(),
    withPause: people && {
      seconds: Number(values.pause),
      submission: people.submission.summary(),
      review: people.reviewStep.summary(),
    },
    cpuMsPerApplication: cases.cpu,
    databasePerApplication: cases.database,
    waits: {
      workflowTask: costs.waits.workflowTask.summary(),
      projection: costs.waits.projection.summary(),
      action: costs.waits.update.summary(),
    },
    kintone: costs.kintone,
    events: costs.events,
  };
}
