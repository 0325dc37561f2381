import { Client, Connection } from '@temporalio/client';
import { sql } from 'kysely';
import { applicationById } from '../store/applications.ts';
import { Latencies, waitFor } from './measure.ts';
import type { BenchSystem } from './system.ts';
import { addWaits, type Waits } from './waits.ts';

export interface Costs {
  events: { max: number; mean: number };
  kintone: { total: number; byApp: Record<string, number> };
  shape: { updates: number; activities: number; timers: number };
  waits: Waits;
}

const EVENT = {
  timerStarted: 'timerStartedEventAttributes',
  activity: 'activityTaskScheduledEventAttributes',
} as const;

/** What finished applications cost: events of their histories, and requests to kintone, counted by the gateway. */
export async function costsOf(system: BenchSystem, applicationIds: readonly string[]): Promise<Costs> {
  const connection = await Connection.connect({ address: system.temporal.address });
  const client = new Client({
    connection,
    namespace: system.temporal.namespace,
    dataConverter: system.dataConverter,
  });
  const lengths: number[] = [];
  let shape = { updates: 0, activities: 0, timers: 0 };
  const waits: Waits = {
    workflowTask: new Latencies(),
    projection: new Latencies(),
    update: new Latencies(),
  };
  for (const id of applicationIds) {
    const application = await applicationById(system.db, id, 'all');
    if (!application) throw new Error(`application ${id} is not in the projection`);
    const handle = client.workflow.getHandle(application.workflowId);
    await handle.result();
    lengths.push((await handle.describe()).historyLength);
    const list = (await handle.fetchHistory()).events ?? [];
    addWaits(waits, list);
    if (lengths.length === 1) {
      shape = {
        updates: list.filter((e) => e.workflowExecutionUpdateAcceptedEventAttributes).length,
        activities: list.filter((e) => e[EVENT.activity]).length,
        timers: list.filter((e) => e[EVENT.timerStarted]).length,
      };
    }
  }
  await connection.close();
  // The worker writes its counts every few seconds.
  const byApp = await waitFor('the counts of requests to kintone to settle', async () => {
    const read = async () => {
      const { rows } = await sql<{ app: string; count: number }>`
        select app, sum(count)::float8 as count from kintone_requests group by app order by app`.execute(
        system.db,
      );
      return rows;
    };
    const before = JSON.stringify(await read());
    await new Promise((resolve) => setTimeout(resolve, 6000));
    const after = await read();
    return JSON.stringify(after) === before ? after : undefined;
  });
  const each = Object.fromEntries(byApp.map(({ app, count }) => [app, count / applicationIds.length]));
  return {
    events: { max: Math.max(...lengths), mean: lengths.reduce((a, b) => a + b, 0) / lengths.length },
    kintone: { total: Object.values(each).reduce((a, b) => a + b, 0), byApp: each },
    shape,
    waits,
  };
}
