import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApplicationEvent } from '../domain/application/events.ts';
import { projectStep } from '../store/applications.ts';
import { receiveSubmission } from '../store/receive.ts';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';
import { receivedEvent, stepOf, testSubmission } from '../testing/store.ts';

describe('what is opened is in the audit trail before anything is answered or done (Q45)', () => {
  let api: TestApi;
  let clerk: TestBrowser;
  let id: string;
  let acted: number;
  beforeAll(async () => {
    acted = 0;
    const act = () => {
      acted += 1;
      return Promise.reject(new Error('Temporal is away'));
    };
    api = await startTestApi(() => ({ ...partsAway, temporal: { ...partsAway.temporal, act } }));
    await api.createAccount({ role: 'operator', login: 'clerk' });
    clerk = await api.signedIn('clerk');
    const submission = testSubmission({ answers: { child_family_name: 'ひみつ' } });
    const outcome = await receiveSubmission(api.db, api.keyring, submission);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    ({ id } = outcome.application);
    const events: ApplicationEvent[] = [receivedEvent(submission, outcome.application.receiptNumber)];
    await projectStep(api.db, stepOf(events));
    await sql`
      create function no_trail() returns trigger language plpgsql as
        'begin raise exception ''the disk is full''; end'`.execute(api.db);
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    await sql`drop trigger if exists no_trail on audit`.execute(api.db);
  });

  const breakTrail = () =>
    sql`create trigger no_trail before insert on audit execute function no_trail()`.execute(api.db);
  const entries = async (action: 'read' | 'act') =>
    (
      await api.db
        .selectFrom('audit')
        .select('seq')
        .where('action', '=', action)
        .where('subject_id', '=', id)
        .execute()
    ).length;
  const note = () =>
    clerk.post(`/api/staff/applications/${id}/actions`, {
      actionId: randomUUID(),
      action: { type: 'addNote', note: 'ひみつの覚書' },
    });

  it('a reading', async () => {
    const response = await clerk.get(`/api/staff/applications/${id}`);
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('ひみつ');
    expect(await entries('read')).toBe(1);
  });

  it('a reading that could not be recorded is not answered', async () => {
    await breakTrail();
    const response = await clerk.get(`/api/staff/applications/${id}`);
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('ひみつ');
  });

  it('an action', async () => {
    const before = acted;
    await note();
    expect(acted).toBe(before + 1);
    expect(await entries('act')).toBe(1);
  });

  it('an action that could not be recorded does not reach the workflow, and nothing of it is kept', async () => {
    await breakTrail();
    const [before, texts] = [acted, await countTexts()];
    expect((await note()).statusCode).toBe(500);
    expect(acted).toBe(before);
    expect(await countTexts()).toBe(texts);
  });

  it('an action that is not well made is in the trail too', async () => {
    const before = await entries('act');
    const response = await clerk.post(`/api/staff/applications/${id}/actions`, {
      actionId: randomUUID(),
      action: { type: 'assign', assigneeId: randomUUID() },
    });
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(await entries('act')).toBe(before + 1);
  });

  const countTexts = async () => (await api.db.selectFrom('texts').select('id').execute()).length;
});
