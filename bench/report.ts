import type { Bare } from './bare.ts';
import type { CaseResult } from './cases.ts';
import type { Costs } from './costs.ts';
import type { Memory } from './memory.ts';
import type { Row } from './table.ts';

/** Latency of both kinds of step; `how` says under what circumstances. */
export function latencyRows({ submission, reviewStep }: CaseResult, how: string): Row[] {
  const steps = [
    ['申請の送信 submission', submission.summary()],
    ['審査の操作 review step', reviewStep.summary()],
  ] as const;
  return steps.map(([what, { p50, p99 }]) => ({
    what: `${what}, ${how}, p50 / p99 ms`,
    value: `${p50} / ${p99}`,
    aim: 'p99 < 350',
    met: p99 < 350,
  }));
}

const cpuRows = (cpu: Record<string, number>): Row[] =>
  Object.entries(cpu).map(([part, ms]) => ({ what: `CPU ${part}, ms an application`, value: ms.toFixed(0) }));

/** What PostgreSQL did for an application, and where a person's step waits on its way. */
function detailRows({ database }: CaseResult, { waits }: Costs): Row[] {
  const { transactions, syncs, logBytes } = database;
  const waited = [
    ['ワークフロータスクの待ち a workflow task waits for the worker', waits.workflowTask],
    ['射影の待ち the projection waits for the worker', waits.projection],
    ['受理から結果まで an action, from accepted to done', waits.update],
  ] as const;
  return [
    ...Object.entries(transactions).map(([name, n]) => ({
      what: `PostgreSQL transactions an application, ${name}`,
      value: n.toFixed(0),
    })),
    ...(syncs === undefined
      ? []
      : [{ what: 'PostgreSQL waits for the disk, an application', value: syncs.toFixed(0) }]),
    { what: 'PostgreSQL log, KiB an application', value: (logBytes / 1024).toFixed(0) },
    ...waited.map(([what, latencies]) => {
      const { p50, p99 } = latencies.summary();
      return { what: `${what}, p50 / p99 ms`, value: `${p50} / ${p99}` };
    }),
  ];
}

/** What one finished application cost, by part. */
export function costRows(cases: CaseResult, costs: Costs): Row[] {
  const { kintone, events } = costs;
  return [
    ...cpuRows(cases.cpu),
    ...detailRows(cases, costs),
    {
      what: 'kintone の要求（申請1件あたり） requests a finished application, all apps',
      value: kintone.total.toFixed(2),
      aim: '<= 6',
      met: kintone.total <= 6,
    },
    ...Object.entries(kintone.byApp).map(([app, n]) => ({ what: `    ${app}`, value: n.toFixed(2) })),
    {
      what: 'Temporal の履歴（申請1件あたり） history events, max',
      value: String(events.max),
      aim: '< 150',
      met: events.max < 150,
    },
  ];
}

/** Throughput beside the bare workflow's. */
export function throughputRows({ perSecond }: CaseResult, { shape }: Costs, bare: Bare): Row[] {
  const ratio = perSecond / bare.perSecond;
  const { updates, activities, timers } = shape;
  return [
    { what: '申請の全体（1秒あたり） whole applications a second', value: perSecond.toFixed(2) },
    {
      what: `同じ形の空のワークフロー bare (${updates} updates, ${activities} activities, ${timers} timers, ${bare.events} events)`,
      value: bare.perSecond.toFixed(2),
    },
    { what: '比 ratio', value: ratio.toFixed(2), aim: '>= 0.6', met: ratio >= 0.6 },
    ...cpuRows(bare.cpu),
  ];
}

/** The worker's memory by open applications, and what a cached one takes. */
export function memoryRows({ steps, cacheLimit, kibPerCached, beyondLimit }: Memory): Row[] {
  return [
    ...steps.map(({ openApplications, rssMiB, heapMiB, minutes }) => ({
      what: `ワーカーのメモリ worker RSS (heap of its main thread) with ${openApplications} open, after ${minutes.toFixed(1)} min`,
      value: `${rssMiB.toFixed(0)} (${heapMiB.toFixed(0)}) MiB`,
    })),
    {
      what: `キャッシュ中の申請1件 a cached workflow (limit ${cacheLimit})`,
      value: `${kibPerCached.toFixed(0)} KiB`,
      aim: '< 500',
      met: kibPerCached < 500,
    },
    ...(beyondLimit ? [beyondRow(beyondLimit)] : []),
  ];
}

/** Flat: what is not cached takes less than a fiftieth of what a cached one may. */
const FLAT_KIB = 10;

function beyondRow({ from, to, grownMiB }: NonNullable<Memory['beyondLimit']>): Row {
  const kib = (grownMiB * 1024) / (to - from);
  return {
    what: `上限を超えた申請1件 an application beyond the limit (${from} to ${to})`,
    value: `${kib.toFixed(1)} KiB`,
    aim: `flat, < ${FLAT_KIB} KiB`,
    met: kib < FLAT_KIB,
  };
}
