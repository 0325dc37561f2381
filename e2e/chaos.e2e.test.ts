import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiError, type ApiClient } from '../embedded/demo/client.ts';
import { tokyoDate } from '../domain/calendar/dates.ts';
import { demoFamily, forThisYear } from '../embedded/demo/families.ts';
import { answerAll, firstReview, secondReview, type Scene } from '../embedded/demo/stories.ts';
import { applicationById } from '../store/applications.ts';
import { eventsOf } from '../store/events.ts';
import { mailsOf } from '../store/mails.ts';
import { startTestSystem, type TestSystem } from '../testing/system.ts';

/**
 * The whole system, with parts killed or frozen at the worst moments. Nothing is lost, nothing happens twice (design,
 * invariants).
 */
let system: TestSystem;
let cast: Omit<Scene, 'guardian' | 'family' | 'applicationId'>;
let families = 100;

beforeAll(async () => {
  system = await startTestSystem();
  const [aoki, baba, leader, ward] = await Promise.all([
    system.signedIn('aoki'),
    system.signedIn('baba'),
    system.signedIn('chiba'),
    system.signedIn('ward'),
  ]);
  cast = { aoki, baba, leader, ward };
});
afterAll(() => system.stop());

/** Repeats what the person would: the same call with the same id, until it is answered. */
async function untilConfirmed<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      const unconfirmed = !(error instanceof ApiError) || error.status >= 500;
      if (!unconfirmed || tries > 20) throw error;
      await delay(300);
    }
  }
}

/** A client whose calls are repeated by the same ids, as the screens do. */
function persistent(client: ApiClient): ApiClient {
  return new Proxy(client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      if (property === 'act') {
        return (...[id, action, actionId = randomUUID()]: Parameters<ApiClient['act']>) =>
          untilConfirmed(() => target.act(id, action, actionId));
      }
      if (property === 'answer') {
        return (id: string, body: Record<string, unknown>) => {
          const answerId = randomUUID();
          return untilConfirmed(() => target.answer(id, { answerId, ...body }));
        };
      }
      if (['open', 'mine', 'upload'].includes(String(property))) {
        return (...args: unknown[]) =>
          untilConfirmed(() => (value as (...a: unknown[]) => Promise<unknown>).apply(target, args));
      }
      return value.bind(target) as unknown;
    },
  });
}

async function file(): Promise<Scene> {
  const index = (families += 1);
  // Of the year that runs: what is decided is told at once, not on the day of a round.
  const family = forThisYear(demoFamily(index), tokyoDate(new Date().toISOString()));
  const guardian = await system.guardian(index);
  const { applicationId } = await guardian.fileAdmission(family, family.documents);
  const people = {
    aoki: persistent(cast.aoki),
    baba: persistent(cast.baba),
    leader: persistent(cast.leader),
    ward: persistent(cast.ward),
  };
  return { ...people, guardian: persistent(guardian), family, applicationId };
}

/** Runs a step while a part is killed in the middle of it. */
async function during(part: string, afterMs: number, step: () => Promise<unknown>): Promise<void> {
  const going = step();
  await delay(afterMs);
  await system.kill(part);
  await going;
}

const stages = async (id: string) => (await eventsOf(system.db, id)).map((event) => event.type);
const MAIN = [
  'received',
  'firstReviewCompleted',
  'secondReviewAgreed',
  'deficiencyRequested',
  'answered',
  'reviewReopened',
  'decided',
];

async function untilCarried(id: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const application = await applicationById(system.db, id, 'all');
      expect(application?.kintoneSeq).toBe(application?.seq);
    },
    { timeout: 90_000, interval: 200 },
  );
}

async function recordsInKintone(app: string, receiptNumber: string) {
  const { kintone } = system.config;
  const client = new KintoneRestAPIClient({ baseUrl: kintone.baseUrl, auth: kintone.password! });
  const query = `receipt_number = "${receiptNumber}"`;
  return (await client.record.getRecords({ app: kintone.appIds[app]!, query })).records;
}

/** What must be true of every application that ended, whatever was killed on its way. */
async function expectWhole(id: string): Promise<void> {
  await untilCarried(id);
  const application = await applicationById(system.db, id, 'all');
  const types = (await stages(id)).filter((type) => MAIN.includes(type));
  expect(types).toEqual([
    'received',
    'firstReviewCompleted',
    'secondReviewAgreed',
    'deficiencyRequested',
    'answered',
    'reviewReopened',
    'firstReviewCompleted',
    'secondReviewAgreed',
    'decided',
  ]);
  const { receiptNumber } = application!;
  const [record, ...more] = await recordsInKintone('application_admission', receiptNumber);
  expect(more).toEqual([]);
  expect(record!['decision']!.value).toBe('承認');
  expect(await recordsInKintone('reviews', receiptNumber)).toHaveLength(4);
  const documents = await recordsInKintone('documents', receiptNumber);
  expect(new Set(documents.map((d) => d['doc_id']!.value)).size).toBe(documents.length);
  await vi.waitFor(
    async () => {
      const mails = await mailsOf(system.db, id);
      expect(mails.map((mail) => [mail.template, mail.status])).toEqual([
        ['received', 'sent'],
        ['deficiencyRequested', 'sent'],
        ['answerReceived', 'sent'],
        ['decided', 'sent'],
      ]);
    },
    { timeout: 60_000, interval: 200 },
  );
}

describe('parts killed', () => {
  // Each kill at another moment: before the action is accepted, while it is written, while its effects go out.
  it('worker killed (kill -9) at each step', async () => {
    const scene = await file();
    const { applicationId, ward } = scene;
    await during('worker', 5, () => firstReview(scene, 1));
    await during('worker', 40, () => secondReview(scene));
    // A family answers a mail that it has got; one that is answered before it could go is not sent any more (Q18).
    await vi.waitFor(
      async () => {
        const asked = (await mailsOf(system.db, applicationId)).find(
          (m) => m.template === 'deficiencyRequested',
        );
        expect(asked?.status).toBe('sent');
      },
      { timeout: 60_000, interval: 200 },
    );
    await during('worker', 80, () => answerAll(scene));
    await during('worker', 0, () => firstReview(scene));
    await during('worker', 120, () => secondReview(scene));
    await during('worker', 20, () =>
      ward.act(applicationId, {
        type: 'decide',
        outcome: 'approved',
        effectiveFrom: scene.family.answers['start_date'] as string,
      }),
    );
    await expectWhole(applicationId);
  });

  it('API killed after the submission is committed and before the workflow has started', async () => {
    const index = (families += 1);
    const family = demoFamily(index);
    const guardian = await system.guardian(index);
    const submissionId = randomUUID();
    const temporal = system.place.pidOf('temporal')!;
    // Temporal frozen: the commit happens, the start cannot.
    process.kill(temporal, 'SIGSTOP');
    try {
      const first = guardian
        .submit({ submissionId, answers: family.answers, files: [], hints: await hintsOf(guardian, family) })
        .catch((e: unknown) => e);
      await vi.waitFor(
        async () => {
          const row = await system.db
            .selectFrom('applications')
            .select('id')
            .where('submission_id', '=', submissionId)
            .executeTakeFirst();
          expect(row).toBeDefined();
        },
        { interval: 10 },
      );
      await system.kill('api');
      await first;
    } finally {
      process.kill(temporal, 'SIGCONT');
    }
    const row = await vi.waitFor(
      async () => {
        const found = await system.db
          .selectFrom('applications')
          .select(['id', 'started_at'])
          .where('submission_id', '=', submissionId)
          .executeTakeFirstOrThrow();
        expect(found.started_at).not.toBeNull();
        return found;
      },
      { timeout: 60_000, interval: 200 },
    );
    // The family presses the button again: the same application, the same number.
    const again = await untilConfirmed(() =>
      guardian.submit({ submissionId, answers: family.answers, files: [] }),
    );
    expect(again.applicationId).toBe(row.id);
    await untilCarried(row.id);
    expect((await stages(row.id)).filter((type) => type === 'received')).toHaveLength(1);
  });
});

async function hintsOf(
  guardian: ApiClient,
  { answers }: { answers: ReturnType<typeof demoFamily>['answers'] },
): Promise<string[]> {
  const draftId = randomUUID();
  await guardian.call('PUT', `/api/drafts/${draftId}`, { procedure: 'admission', answers, step: 'check' });
  const checked = await guardian.call<{ hints: { code: string }[] }>('POST', `/api/drafts/${draftId}/check`, {
    procedure: 'admission',
    answers,
    files: [],
  });
  return checked.hints.map((hint) => hint.code);
}

/** Freezes a part: connections are taken and nothing answers, as with a server under a landslide. */
async function whileFrozen(part: string, work: () => Promise<void>): Promise<void> {
  const pid = system.place.pidOf(part)!;
  process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

describe('parts away', () => {
  it('kintone away: families file, reviewers see what was filed and decide; the records catch up, once', async () => {
    let scene: Scene | undefined;
    await whileFrozen('kintone', async () => {
      scene = await file();
      await firstReview(scene);
      await secondReview(scene);
      const seen = await cast.aoki.open(scene.applicationId);
      expect(seen.answers?.['child_given_name']).toBe(scene.family.answers['child_given_name']);
    });
    const { applicationId } = scene!;
    await untilCarried(applicationId);
    const { receiptNumber } = (await applicationById(system.db, applicationId, 'all'))!;
    expect(await recordsInKintone('application_admission', receiptNumber)).toHaveLength(1);
    expect(await recordsInKintone('reviews', receiptNumber)).toHaveLength(2);
  });

  it('mail server away: the mail goes out later, once', async () => {
    let scene: Scene | undefined;
    await whileFrozen('mail', async () => {
      scene = await file();
      await delay(500);
      expect((await mailsOf(system.db, scene.applicationId)).every((mail) => mail.status === 'sending')).toBe(
        true,
      );
    });
    await vi.waitFor(
      async () => {
        const mails = await mailsOf(system.db, scene!.applicationId);
        expect(mails.map((mail) => mail.status)).toEqual(['sent']);
      },
      { timeout: 90_000, interval: 500 },
    );
    const page = await (
      await fetch(`http://localhost:${system.place.ports.mailPage}/?q=${scene!.family.email}`)
    ).text();
    expect(page.match(/href="\/mails\//g) ?? []).toHaveLength(1);
  });

  it('both parents file at the same moment: one application, and the second is told (Q08)', async () => {
    const index = (families += 1);
    const { answers } = demoFamily(index);
    const [mother, father] = await Promise.all([system.guardian(index), system.guardian((families += 1))]);
    const hints = await hintsOf(mother, { answers });
    const results = await Promise.allSettled(
      [mother, father].map((parent) =>
        parent.submit({ submissionId: randomUUID(), answers, files: [], hints }),
      ),
    );
    const filed = results.filter((result) => result.status === 'fulfilled');
    const told = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as ApiError] : [],
    );
    expect(filed).toHaveLength(1);
    expect(told.map((error) => error.status)).toEqual([409]);
    expect(told[0]!.body).toMatchObject({ code: 'duplicate', existing: { own: false, receiptNumber: null } });
  });
});
