import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExportRunResponse } from '../api/contract/exports.ts';
import type { ApiClient, ApiError } from '../embedded/demo/client.ts';
import { tokyoDate } from '../domain/calendar/dates.ts';
import { demoFamily, forThisYear } from '../embedded/demo/families.ts';
import { answerAll, firstReview, secondReview, type Scene } from '../embedded/demo/stories.ts';
import { applicationById } from '../store/applications.ts';
import { eventsOf } from '../store/events.ts';
import { exportRun, readExportBytes } from '../store/exports.ts';
import { mailsOf } from '../store/mails.ts';
import { persistent, untilConfirmed } from '../testing/persistent.ts';
import { stopAt } from '../testing/stop-at.ts';
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
      // Before its workflow's first step both are 0.
      expect(application?.seq).toBeGreaterThan(0);
      expect(application?.kintoneSeq).toBe(application?.seq);
    },
    { timeout: 90_000, interval: 200 },
  );
}

async function recordsInKintone(app: string, key: string, field = 'receipt_number') {
  const { kintone } = system.config;
  const client = new KintoneRestAPIClient({ baseUrl: kintone.baseUrl, auth: kintone.password! });
  const query = `${field} = "${key}"`;
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
        { timeout: 20_000, interval: 10 },
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

describe('worker killed (kill -9) between two writes', () => {
  // Before the enrolment's entry is there; and after it, with kintone told, before that is noted.
  it.each(['insert', 'update'] as const)(
    'the effect of an approval, at the %s of its entry',
    async (event) => {
      const scene = await file();
      const { applicationId: id, ward, family } = scene;
      await firstReview(scene);
      await secondReview(scene);
      const stop = await stopAt(system.config.database.url, { table: 'enrolment_entries', event });
      try {
        const effectiveFrom = family.answers['start_date'] as string;
        await ward.act(id, { type: 'decide', outcome: 'approved', effectiveFrom });
        await stop.reached();
        await system.kill('worker');
      } finally {
        await stop.release();
      }
      const entriesOf = () =>
        system.db
          .selectFrom('enrolment_entries')
          .innerJoin('enrolments', 'enrolments.id', 'enrolment_id')
          .select(['enrolments.id', 'revision', 'carried_at'])
          .where('enrolment_entries.application_id', '=', id)
          .execute();
      const told = async () =>
        (await mailsOf(system.db, id)).flatMap(({ template, status }) =>
          template === 'decided' ? [status] : [],
        );
      const everything = async () => {
        expect((await entriesOf())[0]?.carried_at).toBeTruthy();
        expect(await told()).toEqual(['sent']);
      };
      await vi.waitFor(everything, { timeout: 90_000, interval: 200 });
      const entries = await entriesOf();
      expect(entries).toMatchObject([{ revision: 1 }]);
      const records = await recordsInKintone('enrolments', entries[0]!.id, 'enrolment_id');
      expect(records.map((record) => (record['history']!.value as unknown[]).length)).toEqual([1]);
    },
  );

  it('a file for the ward’s system, when it is written and not yet noted as ready', async () => {
    const when = "new.state = 'ready'";
    const stop = await stopAt(system.config.database.url, { table: 'export_runs', event: 'update', when });
    const body = { profileId: 'children', scope: 'full', fiscalYear: null };
    let runId = '';
    try {
      const { run } = await cast.ward.call<ExportRunResponse>('POST', '/api/staff/exports', body);
      runId = run.id;
      await stop.reached();
      await system.kill('worker');
    } finally {
      await stop.release();
    }
    const { run } = await vi.waitFor(
      async () => {
        const now = await cast.ward.call<ExportRunResponse>('GET', `/api/staff/exports/${runId}/progress`);
        expect(now.run.state).toBe('ready');
        return now;
      },
      { timeout: 90_000, interval: 200 },
    );
    const hash = createHash('sha256');
    for await (const part of readExportBytes(system.db, system.keyring, runId)) hash.update(part);
    const kept = await exportRun(system.db, runId);
    expect(hash.digest('hex')).toBe(kept?.sha256);
    const records = await system.db
      .selectFrom('export_records')
      .select(['line', 'receipt_number'])
      .where('run_id', '=', runId)
      .orderBy('line')
      .execute();
    expect(run.lines).toBeGreaterThanOrEqual(2);
    expect(records.map(({ line }) => line)).toEqual(Array.from({ length: run.lines! }, (_, at) => at + 1));
    expect(new Set(records.map((record) => record.receipt_number)).size).toBe(run.lines);
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
