import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { roundClient } from '../api/temporal-rounds.ts';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import type { RoundDates } from '../domain/rounds/assign.ts';
import type { RoundActivities, RoundId } from '../domain/rounds/ports.ts';
import {
  quietTemporal,
  RecordingActivities,
  TEST_TASK_QUEUE,
  testWorker,
} from '../testing/application-worker.ts';
import { startTimeSkipping } from '../testing/temporal.ts';
import { datesChangedSignal, nextMilestoneQuery, ROUND_WORKFLOW, roundWorkflowId } from './round-messages.ts';

/** What a round asks for, remembered. */
class RecordingRound {
  dates: RoundDates[] = [];
  armed: RoundDates[] | undefined;
  recorded: { key: string; at: string }[] = [];
  told = 0;
  untold = 0;
  ended = 0;

  readonly activities: Partial<RoundActivities> = {
    loadRound: async () => ({
      dates: this.dates,
      releaseTime: '09:00',
      changed: JSON.stringify(this.armed) !== JSON.stringify(this.dates),
    }),
    armRound: async ({ dates }) => {
      this.armed = [...dates];
    },
    // Two pages.
    tellApplications: async ({ after }) => {
      this.told += 1;
      return { after: after === null ? 'half' : null };
    },
    recordMilestone: async ({ milestone }) => {
      this.recorded.push({ key: milestone.key, at: new Date(await env.currentTimeMs()).toISOString() });
    },
    countUntold: async () => ({ untold: this.untold }),
    endRound: async () => {
      this.ended += 1;
    },
  };
}

let env: TestWorkflowEnvironment;
let round: RecordingRound;
let worker: Worker;
let running: Promise<void>;
let today: string;
let next = 2100;

beforeAll(async () => {
  quietTemporal();
  env = await startTimeSkipping();
});
afterAll(() => env.teardown());
beforeEach(async () => {
  round = new RecordingRound();
  worker = await testWorker(env, new RecordingActivities(), round.activities);
  running = worker.run();
  today = tokyoDate(new Date(await env.currentTimeMs()).toISOString());
});
afterEach(async () => {
  worker.shutdown();
  await running;
});

const day = (days: number) => addDays(today, days);
const datesIn = (opens: number, closes: number, notices: number): RoundDates => ({
  procedure: 'admission',
  opensOn: day(opens),
  closesOn: day(closes),
  noticesOn: day(notices),
});

function start(id: RoundId = { fiscalYear: (next += 1), round: 'first' }) {
  return env.client.workflow.signalWithStart(ROUND_WORKFLOW, {
    workflowId: roundWorkflowId(id),
    taskQueue: TEST_TASK_QUEUE,
    args: [id],
    signal: datesChangedSignal,
  });
}

describe('a round (Q23)', () => {
  it('opens, closes and is released on its days, and ends when everybody has been told', async () => {
    round.dates = [datesIn(5, 40, 80)];
    const handle = await start();
    await handle.result();
    expect(round.recorded.map((one) => one.key)).toEqual([
      `admission/opened/${day(5)}`,
      `admission/closed/${day(40)}`,
      `admission/released/${day(80)}`,
    ]);
    const [opened, closed, released] = round.recorded.map((one) => one.at.slice(0, 13));
    expect(opened).toBe(`${day(4)}T15`);
    expect(closed).toBe(`${day(40)}T15`);
    expect(released).toBe(`${day(80)}T00`);
    expect(round).toMatchObject({ told: 2, ended: 1, armed: round.dates });
  });

  it('waits until everybody has been told', async () => {
    round.dates = [datesIn(-50, -20, -1)];
    round.untold = 3;
    const handle = await start();
    await env.sleep('1 hour');
    expect(round.recorded).toHaveLength(3);
    expect(round.ended).toBe(0);
    round.untold = 0;
    await handle.result();
    expect(round.ended).toBe(1);
  });

  it('follows a day that the ward moves, later or earlier, and has the applications follow', async () => {
    round.dates = [datesIn(-30, 10, 60)];
    const handle = await start();
    await env.sleep('20 days');
    expect(await handle.query(nextMilestoneQuery)).toMatchObject({ kind: 'released', on: day(60) });
    const before = round.told;
    round.dates = [{ ...round.dates[0]!, noticesOn: day(90) }];
    await handle.signal(datesChangedSignal);
    await env.sleep('50 days');
    expect(round.told).toBe(before + 2);
    expect(round.recorded.map((one) => one.key)).not.toContain(`admission/released/${day(60)}`);
    round.dates = [{ ...round.dates[0]!, noticesOn: day(75) }];
    await handle.signal(datesChangedSignal);
    await handle.result();
    const released = round.recorded.filter((one) => one.key.includes('/released/'));
    expect(released.map((one) => [one.key, one.at.slice(0, 13)])).toEqual([
      [`admission/released/${day(75)}`, `${day(75)}T00`],
    ]);
  });

  it('opens again where the ward lengthens it after its end', async () => {
    round.dates = [datesIn(-30, -1, 60)];
    const handle = await start();
    await env.sleep('1 hour');
    round.dates = [datesIn(-30, 7, 60)];
    await handle.signal(datesChangedSignal);
    await env.sleep('9 days');
    expect(round.recorded.map((one) => one.key)).toEqual([
      `admission/opened/${day(-30)}`,
      `admission/closed/${day(-1)}`,
      `admission/closed/${day(7)}`,
    ]);
    round.dates = [datesIn(-30, 7, 8)];
    await handle.signal(datesChangedSignal);
    await handle.result();
  });

  it('is started twice and runs once; a signal without a change tells nobody', async () => {
    const id = { fiscalYear: (next += 1), round: 'second' };
    round.dates = [datesIn(1, 2, 3)];
    // As the API does it: a server may refuse one of two starts at the same moment.
    const rounds = roundClient(env.client, { taskQueue: TEST_TASK_QUEUE });
    await Promise.all([rounds.armRound(id), rounds.armRound(id)]);
    await env.sleep('4 days');
    await env.client.workflow.getHandle(roundWorkflowId(id)).result();
    expect(round.recorded).toHaveLength(3);
    expect(round.told).toBe(2);
  });
});
