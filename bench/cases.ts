import { randomUUID } from 'node:crypto';
import { ApiClient } from '../embedded/demo/client.ts';
import { ensureFamily, DEMO_STAFF } from '../embedded/demo/accounts.ts';
import { demoFamily, forThisYear } from '../embedded/demo/families.ts';
import { tokyoDate } from '../domain/calendar/dates.ts';
import { answerAll, firstReview, secondReview, type Scene } from '../embedded/demo/stories.ts';
import { cpuPerApplication, cpuSeconds } from './cpu.ts';
import { databaseWork, workPerApplication, type DatabaseWork } from './database.ts';
import { inParallel, Latencies } from './measure.ts';
import type { BenchSystem } from './system.ts';

export interface CaseOptions extends BenchSystem {
  count: number;
  atOnce: number;
  /** The first family's number, so that a second run has families of its own. */
  from?: number;
  /** What a person takes to read and think before each step, about; milliseconds, not counted. */
  pauseMs?: number;
}

export interface CaseResult {
  seconds: number;
  perSecond: number;
  submission: Latencies;
  reviewStep: Latencies;
  applicationIds: string[];
  /** CPU milliseconds an application, by part. */
  cpu: Record<string, number>;
  /** What PostgreSQL did for an application. */
  database: DatabaseWork;
}

/** A family of the year that runs: what is decided of it is told at once, so that the application ends. */
const familyOf = (index: number) => forThisYear(demoFamily(index), tokyoDate(new Date().toISOString()));

/** A family ready to file: signed in, with its documents uploaded. */
interface Prepared {
  guardian: ApiClient;
  index: number;
  files: { documentType: string; fileId: string }[];
  draftId: string;
}

async function prepare(options: CaseOptions, index: number): Promise<Prepared> {
  const { apiUrl, db, keyring, password } = options;
  const login = await ensureFamily(db, keyring, index, { password });
  const guardian = new ApiClient(apiUrl);
  await guardian.signIn(login, password);
  const { answers, documents } = familyOf(index);
  const draftId = randomUUID();
  await guardian.call('PUT', `/api/drafts/${draftId}`, { procedure: 'admission', answers, step: 'check' });
  const files = [];
  for (const documentType of documents) {
    const { id } = await guardian.upload(documentType, { draftId });
    files.push({ documentType, fileId: id });
  }
  return { guardian, index, files, draftId };
}

/** So many transactions in two seconds, and fewer, are the system's own housekeeping. */
const HOUSEKEEPING = 40;

/** PostgreSQL's counters once what is carried beside the last steps is done, and the counters know of it; after a minute in any case. */
async function settledWork(options: CaseOptions): Promise<DatabaseWork> {
  let work = await databaseWork(options);
  for (let round = 0; round < 30; round += 1) {
    const before = totalOf(work);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    work = await databaseWork(options);
    if (totalOf(work) - before < HOUSEKEEPING) break;
  }
  return work;
}

const totalOf = ({ transactions }: DatabaseWork) =>
  Object.values(transactions).reduce((sum, count) => sum + count, 0);

/** Each clerk of the bench has a browser of their own, as twenty people have. */
async function staffOf(options: CaseOptions): Promise<Omit<Scene, 'guardian' | 'family' | 'applicationId'>> {
  const signIn = async (name: keyof typeof DEMO_STAFF) => {
    const client = new ApiClient(options.apiUrl);
    await client.signIn(DEMO_STAFF[name].login, options.password);
    return client;
  };
  return {
    aoki: await signIn('aoki'),
    baba: await signIn('baba'),
    leader: await signIn('chiba'),
    ward: await signIn('ward'),
  };
}

/**
 * Whole applications through HTTP: submission, first and second review with a deficiency, the answer with a new document, both
 * reviews again, the ward's decision. Signing in and uploading the first documents are not counted; reading each page before
 * acting, as a clerk does, is.
 */
export async function runCases(options: CaseOptions): Promise<CaseResult> {
  const submission = new Latencies();
  const reviewStep = new Latencies();
  const applicationIds: string[] = [];
  const staff = await staffOf(options);
  const prepared: Prepared[] = [];
  await inParallel(options.count, 4, async (at) => {
    prepared.push(await prepare(options, (options.from ?? 0) + at));
  });
  // Between half and one and a half of it: people do not act in step.
  const pause = () =>
    new Promise<void>((resolve) => setTimeout(resolve, (options.pauseMs ?? 0) * (0.5 + Math.random())));
  const timed = (client: ApiClient): ApiClient =>
    new Proxy(client, {
      get(target, property) {
        if (property === 'act') {
          return async (...args: Parameters<ApiClient['act']>) => {
            await pause();
            return reviewStep.time(() => target.act(...args));
          };
        }
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  const cast = { ...staff, aoki: timed(staff.aoki), baba: timed(staff.baba), ward: timed(staff.ward) };
  const workBefore = await settledWork(options);
  const before = cpuSeconds(options);
  const seconds = await inParallel(options.count, options.atOnce, async (at) => {
    const family = prepared[at];
    if (!family) throw new Error(`no family ${at}`);
    const { guardian, index, files, draftId } = family;
    const household = familyOf(index);
    const { answers } = household;
    await pause();
    const { applicationId } = await submission.time(() =>
      guardian.submit({ submissionId: draftId, answers, files, draftId }),
    );
    applicationIds.push(applicationId);
    const scene: Scene = { ...cast, guardian, family: household, applicationId };
    await firstReview(scene, 1);
    await secondReview(scene);
    await answerAll(scene);
    await firstReview(scene);
    await secondReview(scene);
    await cast.ward.act(applicationId, {
      type: 'decide',
      outcome: 'approved',
      effectiveFrom: answers['start_date'] as string,
    });
  });
  const cpu = cpuPerApplication(before, cpuSeconds(options), options.count);
  const database = workPerApplication(workBefore, await settledWork(options), options.count);
  return {
    cpu,
    database,
    seconds,
    perSecond: options.count / seconds,
    submission,
    reviewStep,
    applicationIds,
  };
}
