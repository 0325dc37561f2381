import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Runtime, makeTelemetryFilterString, type Worker } from '@temporalio/worker';
import type { Action } from '../domain/application/actions.ts';
import type { ApplicationEvent } from '../domain/application/events.ts';
import { replay } from '../domain/application/evolve.ts';
import type { EnrolmentActivities } from '../domain/enrolment/year-run.ts';
import type { RoundActivities } from '../domain/rounds/ports.ts';
import { effectsOf } from '../domain/application/effects.ts';
import type {
  ApplicationActivities,
  Delivery,
  DeliveryParts,
  IntakeResult,
} from '../domain/application/ports.ts';
import { DEFAULT_DEADLINES, type ApplicationSettings } from '../domain/application/settings.ts';
import type { ApplicationState, Finding, FindingResult } from '../domain/application/state.ts';
import type { Actor, StaffRole } from '../domain/people/actor.ts';
import {
  actUpdate,
  APPLICATION_WORKFLOW,
  submitUpdate,
  type ActResult,
  type ApplicationInput,
} from '../workflows/messages.ts';
import { bundleWorkflows } from '../worker/bundle.ts';
import { createWorker } from '../worker/create.ts';

export const TEST_TASK_QUEUE = 'test-applications';

/** Three criteria are enough for the machinery; the real ones are the domain's. */
export const TEST_SETTINGS: ApplicationSettings = {
  calendar: {
    version: 'test-1',
    closedDates: [
      '2026-11-03',
      '2026-11-23',
      '2027-01-01',
      '2027-01-11',
      '2027-02-11',
      '2027-02-23',
      '2027-03-22',
    ],
    yearEnd: { from: '12-29', to: '01-03' },
    knownUntil: '2028-03-31',
  },
  deadlines: DEFAULT_DEADLINES,
  criteriaVersion: 'test-1',
  criteria: ['child', 'guardian', 'documents'].map((id) => ({ id, required: true })),
};

/** Activities that remember what they were asked; `fail` makes some of them fail first, as a part that is away does. */
export class RecordingActivities implements ApplicationActivities {
  readonly events = new Map<string, ApplicationEvent[]>();
  readonly mails: { mailId: string; template: string }[] = [];
  readonly letters: string[] = [];
  readonly carried: { applicationId: string; seq: number }[] = [];
  settings: ApplicationSettings = TEST_SETTINGS;
  /** What every intake finds that the application depends on. */
  related: NonNullable<IntakeResult['related']> = [];
  /** What every delivery after an approval finds decided that was to be cancelled. */
  cancelledTooLate: readonly string[] = [];
  mailOutcome: 'sent' | 'failed' = 'sent';
  fail: (activity: keyof ApplicationActivities | keyof DeliveryParts) => void = () => {};

  async loadSettings() {
    this.fail('loadSettings');
    return { settings: this.settings };
  }
  async loadState({ applicationId }: { applicationId: string }) {
    return replay(this.events.get(applicationId) ?? []);
  }
  async checkIntake() {
    this.fail('checkIntake');
    return { lookAlikes: 0, hints: 0, ...(this.related.length > 0 ? { related: this.related } : {}) };
  }
  async project({ applicationId, events }: Parameters<ApplicationActivities['project']>[0]) {
    this.fail('project');
    const known = this.events.get(applicationId) ?? [];
    this.events.set(applicationId, [...known, ...events.filter((e) => !known.some((k) => k.seq === e.seq))]);
  }
  /** Does what the real one does: mails and letters by their ids, once; kintone up to the last event. */
  async deliver({ applicationId }: { applicationId: string }): Promise<Delivery> {
    const events = this.events.get(applicationId) ?? [];
    const failedMails: Delivery['failedMails'][number][] = [];
    for (const effect of effectsOf(replay(events), events)) {
      if (effect.kind === 'letter') {
        if (!this.letters.includes(effect.letterId)) this.letters.push(effect.letterId);
      } else if (!this.mails.some((mail) => mail.mailId === effect.mailId)) {
        this.fail('sendMail');
        const { mailId, template } = effect;
        this.mails.push({ mailId, template });
        if (this.mailOutcome === 'failed') failedMails.push({ mailId, template });
      }
    }
    this.fail('carryToKintone');
    const seq = events.length;
    this.carried.push({ applicationId, seq });
    const late = replay(events).stage === 'approved' ? this.cancelledTooLate : [];
    return { seq, failedMails, ...(late.length > 0 ? { cancelledTooLate: late } : {}) };
  }

  typesOf(applicationId: string): string[] {
    return (this.events.get(applicationId) ?? []).map((event) => event.type);
  }
}

/** Warnings and errors only; call before the first environment of a file starts. */
export function quietTemporal(): void {
  Runtime.install({
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error },
  });
}

let bundle: Promise<Awaited<ReturnType<typeof bundleWorkflows>>> | undefined;

/** A worker on the environment with the real workflows; the bundle is made once a process. */
export async function testWorker(
  env: TestWorkflowEnvironment,
  activities: ApplicationActivities,
  rounds: Partial<RoundActivities & EnrolmentActivities> = {},
): Promise<Worker> {
  bundle ??= bundleWorkflows();
  return createWorker({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    taskQueue: TEST_TASK_QUEUE,
    // Temporal registers an object's own functions, not those of its class.
    activities: {
      ...Object.fromEntries(Object.entries(activities).filter(([, value]) => typeof value === 'function')),
      ...rounds,
      ...(Object.fromEntries(
        (['loadSettings', 'loadState', 'checkIntake', 'project', 'deliver'] as const).map((name) => [
          name,
          (input: never) => activities[name](input),
        ]),
      ) as unknown as ApplicationActivities),
    },
    dataConverter: {},
    workflowBundle: await bundle,
    limits: {
      maxCachedWorkflows: 200,
      maxConcurrentWorkflowTasks: 20,
      maxConcurrentActivities: 50,
      shutdownGraceSeconds: 1,
    },
  });
}

export const staff = (id: string, role: StaffRole = 'operator'): Actor => ({ kind: 'staff', id, role });
export const guardian = (id = 'guardian-1'): Actor => ({ kind: 'applicant', id });

/** Findings for every test criterion: `met` but where said otherwise. */
export function findings(results: Partial<Record<string, FindingResult>> = {}): Finding[] {
  return TEST_SETTINGS.criteria.map(({ id }) => {
    const result = results[id] ?? 'met';
    return result === 'deficient'
      ? {
          criterionId: id,
          result,
          reasonCode: 'missing',
          targets: [{ kind: 'document', type: `${id}-paper` }],
        }
      : { criterionId: id, result };
  });
}

/** A made-up application's start. */
export function inputOf(over: Partial<ApplicationInput> = {}): ApplicationInput {
  return {
    applicationId: randomUUID(),
    receiptNumber: 'A27-000001-0',
    procedure: 'admission',
    fiscalYear: 2027,
    round: 'first',
    bopCode: '5',
    channel: 'online',
    applicantId: 'guardian-1',
    hasMail: true,
    receivedAt: new Date().toISOString(),
    ...over,
  };
}

/** A client's handle on one running application. */
export async function submitForTest(
  env: TestWorkflowEnvironment,
  input: ApplicationInput,
  workflowId = input.applicationId,
) {
  const startWorkflowOperation = new WithStartWorkflowOperation(APPLICATION_WORKFLOW, {
    workflowId,
    taskQueue: TEST_TASK_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  });
  const submitted = await env.client.workflow.executeUpdateWithStart(submitUpdate, {
    startWorkflowOperation,
    args: [{ applicationId: input.applicationId }],
  });
  const handle = env.client.workflow.getHandle(workflowId);
  return {
    submitted,
    handle,
    act: (actor: Actor, action: Action, updateId: string = randomUUID()): Promise<ActResult> =>
      handle.executeUpdate(actUpdate, { args: [{ actor, action }], updateId }),
    /** Waits for the receipt, which comes a moment after the answer to the submission. */
    state: async (): Promise<ApplicationState> => {
      for (;;) {
        const state = await handle.query<ApplicationState | undefined>('state');
        if (state) return state;
      }
    },
  };
}
