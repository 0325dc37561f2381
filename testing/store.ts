import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { ApplicationEvent } from '../domain/application/events.ts';
import { replay } from '../domain/application/evolve.ts';
import type { ProjectionStep } from '../domain/application/ports.ts';
import { lockKey } from '../domain/intake/identity.ts';
import { DEFAULT_DEADLINES } from '../domain/application/settings.ts';
import { summaryOf } from '../domain/application/summary.ts';
import { Keyring } from '../store/crypto.ts';
import { migrate, openDatabase, type Db } from '../store/db.ts';
import type { Submission } from '../store/receive.ts';
import { createTestDatabase } from './postgres.ts';

export const testKeyring = new Keyring([{ id: 'test', key: Buffer.alloc(32, 7) }]);

/** A migrated database with a pool; `close()` in afterAll. */
export async function openTestStore(): Promise<{ db: Db; url: string; close: () => Promise<void> }> {
  const database = await createTestDatabase({
    template: {
      key: `store-${migrationsHash()}`,
      prepare: async (url) => {
        const db = openDatabase(url, { max: 1 });
        await migrate(db);
        await db.destroy();
      },
    },
  });
  const db = openDatabase(database.url, { max: 10 });
  return {
    db,
    url: database.url,
    close: async () => {
      await db.destroy();
      await database.drop();
    },
  };
}

/** Changed migrations make a template of their own. */
function migrationsHash(): string {
  const folder = new URL('../store/migrations/', import.meta.url);
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort())
    hash.update(name).update(readFileSync(new URL(name, folder)));
  return hash.digest('hex').slice(0, 12);
}

/** An account row as the sign-in would make it. Made-up people only. */
export async function addTestAccount(
  db: Db,
  given: {
    id?: string;
    role?: 'applicant' | 'operator' | 'leader' | 'ward';
    name?: string;
    email?: string;
  } = {},
): Promise<string> {
  const id = given.id ?? randomUUID();
  const seal = (column: string, text: string) =>
    testKeyring.encryptText(text, { table: 'accounts', column, id });
  await db
    .insertInto('accounts')
    .values({
      id,
      kind: given.role === undefined || given.role === 'applicant' ? 'applicant' : 'staff',
      role: given.role ?? 'applicant',
      login_key: testKeyring.lookupKey('login', id),
      login_ct: seal('login_ct', id),
      name_ct: seal('name_ct', given.name ?? '試験 太郎'),
      email_ct: seal('email_ct', given.email ?? `${id}@example.test`),
      password_hash: 'none',
      status: 'active',
      place_kind: null,
      place_code: null,
    })
    .execute();
  return id;
}

let children = 0;

/** A submission of a made-up child; a new child each time unless given. */
export function testSubmission(given: Partial<Submission> = {}): Submission {
  children += 1;
  const child = given.child ?? {
    familyName: '髙橋',
    givenName: `花子${String(children)}`,
    familyKana: 'タカハシ',
    givenKana: `ハナコ${'ア'.repeat(children % 40)}${String(children)}`,
    birthDate: '2020-05-05',
  };
  const procedure = given.procedure ?? 'admission';
  const fiscalYear = given.fiscalYear ?? 2027;
  return {
    applicationId: randomUUID(),
    submissionId: randomUUID(),
    workflowId: `application-${randomUUID()}`,
    lockKey: lockKey({
      procedure,
      fiscalYear,
      childKey: testKeyring.lookupKey('child', JSON.stringify(child)),
    }),
    procedure,
    letter: 'A',
    fiscalYear,
    round: 'first',
    bopCode: '2',
    channel: 'online',
    applicantId: null,
    enteredBy: null,
    hasMail: true,
    receivedAt: '2026-11-02T01:00:00.000Z',
    answers: { child_family_name: child.familyName, child_given_name: child.givenName },
    fileIds: [],
    child,
    ...given,
  };
}

/** The event that begins an application, as the workflow makes it of a submission. */
export function receivedEvent(submission: Submission, receiptNumber: string): ApplicationEvent {
  const { applicationId, procedure, fiscalYear, round, bopCode, channel, applicantId, hasMail, receivedAt } =
    submission;
  return {
    type: 'received',
    seq: 1,
    at: receivedAt,
    by: applicantId === null ? { kind: 'system' } : { kind: 'applicant', id: applicantId },
    applicationId,
    receiptNumber,
    procedure,
    fiscalYear,
    round,
    bopCode,
    channel,
    applicantId,
    hasMail,
    receivedAt,
    settings: {
      calendar: {
        version: 'test',
        closedDates: [],
        yearEnd: { from: '12-29', to: '01-03' },
        knownUntil: '2027-12-31',
      },
      deadlines: DEFAULT_DEADLINES,
      criteriaVersion: '1',
      criteria: [{ id: 'eligibility', required: true }],
    },
  };
}

/** The step that the workflow projects after the last `count` of these events. */
export function stepOf(events: readonly ApplicationEvent[], count = 1): ProjectionStep {
  const state = replay(events);
  return { applicationId: state.applicationId, events: events.slice(-count), summary: summaryOf(state) };
}
