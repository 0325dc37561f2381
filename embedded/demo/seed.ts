import { tokyoDate } from '../../domain/calendar/dates.ts';
import type { DeadlinePolicy } from '../../domain/application/settings.ts';
import { newestSetting } from '../../store/settings.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { Db } from '../../store/db.ts';
import {
  DEMO_STAFF,
  demoId,
  ensureDemoStaff,
  ensureFamily,
  familyClient,
  type DemoStaffName,
} from './accounts.ts';
import { ApiClient } from './client.ts';
import { COURSES, followCourse, type Course } from './courses.ts';
import { demoFamily, forThisYear } from './families.ts';
import { STORIES, type Cast, type Story } from './stories.ts';

/** How many admissions the demo files for the next year: every 新BOP has some, every state several. */
const ADMISSIONS = 80;
/** How many steps the demo has: after those admissions, a course of applications in the present year for each procedure. */
export const DEMO_STEPS = ADMISSIONS + COURSES.length;

export interface DemoOptions {
  /** E.g. `http://localhost:3000`. */
  apiUrl: string;
  db: Db;
  keyring: Keyring;
  /** The API's SESSION_SECRET. */
  sessionSecret: string;
  /** The demo's password, made for this data folder. */
  password: string;
  say: (sentence: string) => void;
  signal: AbortSignal;
  /** How many steps were done before the last stop. */
  done: number;
  /** Called after each step; a later start goes on from there. */
  onProgress: (done: number) => Promise<void>;
}

/**
 * A deadline in the past is not to be had by waiting. While such a story is told, the ward's deadline is "one working day
 * ago", which its screens would refuse; before and after, the setting is as it was, and all editions stay in its history.
 */
export async function withPastDeadline<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const before = await newestSetting(db, 'deadlines');
  if (!before) throw new Error('the settings have not been written yet');
  const edition = (version: number, value: DeadlinePolicy, note: string) =>
    db
      .insertInto('settings')
      .values({
        key: 'deadlines',
        version,
        value: JSON.stringify(value),
        note,
        changed_by: demoId('staff', DEMO_STAFF.ward.login),
        changed_at: new Date(),
      })
      .execute();
  await edition(
    before.version + 1,
    { ...before.value, requestDays: -1 },
    '見本データ: 期限を過ぎた申請を作るため',
  );
  try {
    return await work();
  } finally {
    await edition(before.version + 2, before.value, '元に戻した');
  }
}

const today = () => tokyoDate(new Date().toISOString());

async function tell(options: DemoOptions, cast: Cast, index: number, story: Story): Promise<void> {
  const { db, keyring, password } = options;
  const family = story.thisYear ? forThisYear(demoFamily(index), today()) : demoFamily(index);
  const withoutMail = story.withoutMail ?? false;
  await ensureFamily(db, keyring, index, { password, withoutMail });
  const guardian = await familyClient(db, index, options);
  const documents = family.documents.slice(story.withholds ?? 0);
  const answers = withoutMail ? { ...family.answers, guardian1_email: '' } : family.answers;
  const file = async () => {
    const { applicationId } = story.onPaper
      ? await cast.aoki.enterPaper(demoId('paper', index), { answers, receivedOn: today() })
      : await guardian.fileAdmission({ answers }, documents, demoId('submission', index));
    const begun = (await cast.aoki.open(applicationId)).seq > 2;
    // Broken off in the middle of its story at the last start: it stays as it is, for a story is not told twice.
    if (!begun) await story.play?.({ ...cast, guardian, family, applicationId });
  };
  await (story.pastDeadline ? withPastDeadline(options.db, file) : file());
}

async function follow(options: DemoOptions, cast: Cast, index: number, course: Course): Promise<void> {
  const { db, keyring, password } = options;
  await ensureFamily(db, keyring, index, { password });
  const guardian = await familyClient(db, index, options);
  await followCourse(course, index, { ...cast, guardian }, tokyoDate(new Date().toISOString()));
}

async function signIn({ apiUrl, password }: DemoOptions, name: DemoStaffName): Promise<ApiClient> {
  const client = new ApiClient(apiUrl);
  await client.signIn(DEMO_STAFF[name].login, password);
  return client;
}

/**
 * Files and handles made-up applications through the API, as people would (issue: "filed through the same code as real
 * ones"). Takes up a broken-off seeding where it stopped.
 */
export async function seedDemo(options: DemoOptions): Promise<void> {
  const { db, keyring, password, say, signal } = options;
  await ensureDemoStaff(db, keyring, password);
  if (options.done >= DEMO_STEPS) return;
  say(
    `見本の申請を作っています（${options.done} / ${DEMO_STEPS}） (filing made-up applications; you can begin)`,
  );
  const cast: Cast = {
    aoki: await signIn(options, 'aoki'),
    baba: await signIn(options, 'baba'),
    leader: await signIn(options, 'chiba'),
    ward: await signIn(options, 'ward'),
  };
  for (let index = options.done; index < DEMO_STEPS; index += 1) {
    if (signal.aborted) return;
    const story = STORIES[index % STORIES.length];
    const course = COURSES[index - ADMISSIONS];
    if (course) await follow(options, cast, index, course);
    else if (story) await tell(options, cast, index, story);
    await options.onProgress(index + 1);
  }
  say('見本の申請ができました (the made-up applications are there)');
}
