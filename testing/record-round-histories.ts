import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import type { RoundDates } from '../domain/rounds/assign.ts';
import type { RoundActivities } from '../domain/rounds/ports.ts';
import {
  BULK_WORKFLOW,
  bulkCommandUpdate,
  bulkWorkflowId,
  datesChangedSignal,
  ROUND_WORKFLOW,
  roundWorkflowId,
} from '../workflows/round-messages.ts';
import { quietTemporal, RecordingActivities, TEST_TASK_QUEUE, testWorker } from './application-worker.ts';
import { HISTORIES, toJson } from './record-histories.ts';
import { startTimeSkipping } from './temporal.ts';

/** Runs a round with a moved day, and a bulk decision with a pause, and writes their histories beside the applications'. */
export async function recordRoundHistories(version: string): Promise<readonly string[]> {
  quietTemporal();
  const env = await startTimeSkipping();
  const today = tokyoDate(new Date(await env.currentTimeMs()).toISOString());
  const dates: RoundDates = {
    procedure: 'admission',
    opensOn: addDays(today, 2),
    closesOn: addDays(today, 20),
    noticesOn: addDays(today, 40),
  };
  let [now, armed, left, untold] = [dates, '', 60, 1];
  const activities: Partial<RoundActivities> = {
    loadRound: async () => ({
      dates: [now],
      releaseTime: '09:00',
      changed: armed !== JSON.stringify(now),
    }),
    armRound: async ({ dates: [one] }) => {
      armed = JSON.stringify(one);
    },
    tellApplications: async ({ after }) => ({ after: after === null ? 'page-1' : null }),
    recordMilestone: async () => undefined,
    countUntold: async () => ({ untold: (untold -= 1) + 1 }),
    endRound: async () => undefined,
    decideBatch: async ({ size }) => ({ left: (left -= size) }),
    markBulk: async () => undefined,
  };
  const worker = await testWorker(env, new RecordingActivities(), activities);
  const running = worker.run();
  const folder = path.join(HISTORIES, version);
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  const keep = async (
    name: string,
    handle: { fetchHistory: () => Promise<Parameters<typeof toJson>[0]> },
  ) => {
    const file = path.join(folder, `${name}.json`);
    await writeFile(file, toJson(await handle.fetchHistory()));
    written.push(file);
  };

  const id = { fiscalYear: 2027, round: 'first' };
  const round = await env.client.workflow.signalWithStart(ROUND_WORKFLOW, {
    workflowId: roundWorkflowId(id),
    taskQueue: TEST_TASK_QUEUE,
    args: [id],
    signal: datesChangedSignal,
  });
  await env.sleep('30 days');
  now = { ...dates, noticesOn: addDays(today, 50) };
  await round.signal(datesChangedSignal);
  await env.sleep('1 day');
  await keep('open-round', round);
  await env.sleep('30 days');
  await round.result();
  await keep('round-moved-released', round);

  const bulkId = 'bulk-1';
  const bulk = await env.client.workflow.start(BULK_WORKFLOW, {
    workflowId: bulkWorkflowId(bulkId),
    taskQueue: TEST_TASK_QUEUE,
    args: [{ bulkId }],
    startDelay: '1 hour',
  });
  const command = (one: 'pause' | 'resume') =>
    bulk.executeUpdate(bulkCommandUpdate, { args: [{ command: one }] });
  await command('pause');
  await env.sleep('1 day');
  await keep('open-bulk-decision-paused', bulk);
  await command('resume');
  await bulk.result();
  await keep('bulk-decision', bulk);

  worker.shutdown();
  await running;
  await env.teardown();
  return written;
}
