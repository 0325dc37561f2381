import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import type { EnrolmentActivities } from '../domain/enrolment/year-run.ts';
import {
  CARRY_ENROLMENT_WORKFLOW,
  carryEnrolmentWorkflowId,
  lookAgainSignal,
  TELL_SETTINGS_WORKFLOW,
  tellSettingsWorkflowId,
  YEAR_CHANGE_WORKFLOW,
  yearChangeWorkflowId,
} from '../workflows/enrolment-messages.ts';
import { quietTemporal, RecordingActivities, TEST_TASK_QUEUE, testWorker } from './application-worker.ts';
import { HISTORIES, toJson } from './record-histories.ts';
import { startTimeSkipping } from './temporal.ts';

/** Runs a change of the year, a change of school that waits for its day, and changed settings, and writes their histories. */
export async function recordEnrolmentHistories(version: string): Promise<readonly string[]> {
  quietTemporal();
  const env = await startTimeSkipping();
  const moveOn = addDays(tokyoDate(new Date(await env.currentTimeMs()).toISOString()), 20);
  let left = 250;
  let carried = 0;
  const activities: EnrolmentActivities = {
    writeYearBatch: async ({ size }) => ({ left: (left = Math.max(0, left - size)) }),
    endYearRun: async () => undefined,
    carryEnrolment: async () => ({ nextOn: (carried += 1) < 3 ? moveOn : null }),
    tellSettings: async ({ after }) => ({ after: after === null ? 'page-1' : null }),
    markSettingsTold: async () => undefined,
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
  const start = (type: string, workflowId: string, input: object) =>
    env.client.workflow.start(type, { workflowId, taskQueue: TEST_TASK_QUEUE, args: [input] });

  // First what sleeps: once a workflow has ended, the server's clock may run on by years.
  const enrolmentId = '2027:child-1';
  const move = await start(CARRY_ENROLMENT_WORKFLOW, carryEnrolmentWorkflowId(enrolmentId), { enrolmentId });
  await env.sleep('2 days');
  await move.signal(lookAgainSignal);
  await env.sleep('2 days');
  await keep('open-school-move', move);
  await move.result();
  await keep('school-move', move);

  const year = await start(YEAR_CHANGE_WORKFLOW, yearChangeWorkflowId('run-1'), { runId: 'run-1' });
  await year.result();
  await keep('year-change', year);

  const told = await start(TELL_SETTINGS_WORKFLOW, tellSettingsWorkflowId('v2'), { version: 'v2' });
  await told.result();
  await keep('settings-told', told);

  worker.shutdown();
  await running;
  await env.teardown();
  return written;
}
