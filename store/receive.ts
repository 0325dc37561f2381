import { sql } from 'kysely';
import type { Channel, Stage } from '../domain/application/state.ts';
import { sketchOf } from '../domain/intake/look-alikes.ts';
import { receiptNumberOf } from '../domain/intake/receipt-number.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import { APPLICATION_COLUMNS, selectApplications, type Application } from './applications.ts';
import type { Keyring } from './crypto.ts';
import { uniqueViolation, withoutWaiting, type Db, type DbOrTransaction } from './db.ts';
import { sealChild, type ChildIdentity } from './intake.ts';
import { attachFiles, versionRow } from './versions.ts';

export interface Submission {
  applicationId: string;
  /** Made by the browser once a form, so that the same submission sent twice is one. */
  submissionId: string;
  workflowId: string;
  /** From `lockKey` of the domain. */
  lockKey: string;
  procedure: string;
  /** The letter that the procedure's receipt numbers begin with. */
  letter: string;
  fiscalYear: number;
  round: string;
  bopCode: string;
  channel: Channel;
  /** The account that files; null for paper without one. */
  applicantId: string | null;
  /** For paper: the clerk who entered it. */
  enteredBy: string | null;
  enteredRole?: 'operator' | 'leader';
  /** Everybody whose hand is in the entry, where it was more than one. */
  enterers?: readonly string[];
  hasMail: boolean;
  receivedAt: string;
  answers: Answers;
  fileIds: readonly string[];
  child: ChildIdentity;
  /** Set where it is filed together with others. */
  batchId?: string;
  /** Of those, the application whose mail tells of the receipt of all. */
  toldWith?: string;
}

export type ReceiveResult =
  | { kind: 'received'; application: Application }
  /** This very submission was received before. */
  | { kind: 'same'; application: Application }
  /** Another open application of the same child, procedure and period is there (Q08). */
  | { kind: 'duplicate'; existing: Application };

/** The next receipt number of a procedure and fiscal year. Numbers may be missing, none comes twice. */
export async function nextReceiptNumber(db: Db, letter: string, fiscalYear: number): Promise<string> {
  // On its own, not in the submission's transaction: submissions would wait for one another's commit. Nor does anybody wait here
  // for the disk: the submission's own commit, which comes after it in the log, has the number on the disk too.
  const row = await withoutWaiting(db)
    .insertInto('serials')
    .columns(['name', 'value'])
    .expression((query) =>
      query
        .selectFrom('relaxed')
        .select([
          sql<string>`${`receipt:${letter}:${fiscalYear}`}::text`.as('name'),
          sql<number>`1`.as('value'),
        ]),
    )
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`serials.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return receiptNumberOf(letter, fiscalYear, row.value);
}

/**
 * Accepts a submission: from the commit on it is safe (design 6). One transaction: the application, its first version
 * encrypted, its files, the child's entry for look-alikes.
 * @throws {FilesNotAvailableError}
 */
export async function receiveSubmission(
  db: Db,
  keyring: Keyring,
  submission: Submission,
): Promise<ReceiveResult> {
  const before = await alreadyThere(db, submission);
  if (before) return before;
  const receiptNumber = await nextReceiptNumber(db, submission.letter, submission.fiscalYear);
  try {
    const application = await db
      .transaction()
      .execute((trx) => insert(trx, keyring, submission, receiptNumber));
    return { kind: 'received', application };
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error;
    const other = await alreadyThere(db, submission);
    if (!other) throw error;
    return other;
  }
}

export type ReceiveBatchResult =
  /** In the order of the submissions; `fresh` are those that this call has received. */
  | { kind: 'received'; applications: readonly Application[]; fresh: ReadonlySet<string> }
  /** Nothing was received: these submissions (by id) collide with what is there. */
  | { kind: 'duplicate'; existing: ReadonlyMap<string, Application> };

/**
 * Accepts several submissions in one transaction, all or none, each with its own receipt number. The same ones again give the
 * same applications.
 * @throws {FilesNotAvailableError}
 */
export async function receiveBatch(
  db: Db,
  keyring: Keyring,
  submissions: readonly Submission[],
): Promise<ReceiveBatchResult> {
  const before = await allAlreadyThere(db, submissions);
  if (before.duplicates.size > 0) return { kind: 'duplicate', existing: before.duplicates };
  const wanted = submissions.filter((one) => !before.same.has(one.submissionId));
  const numbered: { submission: Submission; receiptNumber: string }[] = [];
  for (const submission of wanted) {
    const receiptNumber = await nextReceiptNumber(db, submission.letter, submission.fiscalYear);
    numbered.push({ submission: { ...submission, ...oneMail(wanted, submission) }, receiptNumber });
  }
  try {
    await db.transaction().execute(async (trx) => {
      // In one order for everybody, so that two filings of the same children do not wait for one another.
      const order = numbered.toSorted((a, b) => (a.submission.lockKey < b.submission.lockKey ? -1 : 1));
      for (const { submission, receiptNumber } of order)
        await insert(trx, keyring, submission, receiptNumber);
    });
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error;
    // Somebody was faster, perhaps this very batch sent twice: look again.
    const now = await allAlreadyThere(db, submissions);
    if (now.duplicates.size > 0) return { kind: 'duplicate', existing: now.duplicates };
    if (now.same.size < submissions.length) throw error;
    return { kind: 'received', applications: inOrder(submissions, now.same), fresh: new Set() };
  }
  const { same } = await allAlreadyThere(db, submissions);
  return {
    kind: 'received',
    applications: inOrder(submissions, same),
    fresh: new Set(wanted.map((one) => one.applicationId)),
  };
}

/** One mail tells of the receipt of all that is filed in one go: that of the first. */
function oneMail(all: readonly Submission[], { hasMail }: Submission): Pick<Submission, 'toldWith'> {
  const [leader, ...others] = all.filter((one) => one.hasMail);
  return hasMail && leader && others.length > 0 ? { toldWith: leader.applicationId } : {};
}

function inOrder(
  submissions: readonly Submission[],
  same: ReadonlyMap<string, Application>,
): readonly Application[] {
  return submissions.flatMap((one) => same.get(one.submissionId) ?? []);
}

async function allAlreadyThere(db: Db, submissions: readonly Submission[]) {
  const same = new Map<string, Application>();
  const duplicates = new Map<string, Application>();
  for (const submission of submissions) {
    const there = await alreadyThere(db, submission);
    if (there?.kind === 'same') same.set(submission.submissionId, there.application);
    if (there?.kind === 'duplicate') duplicates.set(submission.submissionId, there.existing);
  }
  return { same, duplicates };
}

async function alreadyThere(db: Db, submission: Submission): Promise<ReceiveResult | undefined> {
  const ended: readonly Stage[] = ['approved', 'refused', 'cancelled'];
  const found = await selectApplications(db)
    .select(['submission_id', 'lock_key'])
    .where((where) =>
      where.or([
        where('submission_id', '=', submission.submissionId),
        where.and([where('lock_key', '=', submission.lockKey), where('stage', 'not in', ended)]),
      ]),
    )
    .execute();
  const same = found.find((row) => row.submission_id === submission.submissionId);
  const row = same ?? found[0];
  if (!row) return undefined;
  const { submission_id: _submission, lock_key: _lock, ...application } = row;
  return same ? { kind: 'same', application } : { kind: 'duplicate', existing: application };
}

async function insert(
  trx: DbOrTransaction,
  keyring: Keyring,
  submission: Submission,
  receiptNumber: string,
): Promise<Application> {
  const { applicationId, submissionId, receivedAt } = submission;
  const by = submission.enteredBy ?? submission.applicantId;
  const version = versionRow(keyring, {
    applicationId,
    sourceId: submissionId,
    kind: 'filed',
    version: 1,
    content: { answers: submission.answers },
    by,
    at: receivedAt,
  });
  const application = await trx
    .with('version', (cte) => cte.insertInto('application_versions').values(version))
    .with('child', (cte) =>
      cte.insertInto('child_index').values(sealChild(keyring, applicationId, sketch(submission))),
    )
    .insertInto('applications')
    .values(rowOf(submission, receiptNumber))
    .returning(APPLICATION_COLUMNS)
    .executeTakeFirstOrThrow();
  if (by !== null) {
    const to = { applicationId, sourceId: submissionId, version: 1, ownerId: by };
    await attachFiles(trx, to, submission.fileIds);
  }
  return application;
}

function rowOf(submission: Submission, receiptNumber: string) {
  return {
    id: submission.applicationId,
    receipt_number: receiptNumber,
    submission_id: submission.submissionId,
    workflow_id: submission.workflowId,
    lock_key: submission.lockKey,
    child_key: submission.lockKey.split(':')[2] ?? '',
    procedure: submission.procedure,
    fiscal_year: submission.fiscalYear,
    round: submission.round,
    bop_code: submission.bopCode,
    channel: submission.channel,
    applicant_id: submission.applicantId,
    entered_by: submission.enteredBy,
    entered_role: submission.enteredRole ?? null,
    ...(submission.enterers === undefined ? {} : { enterers: [...submission.enterers] }),
    has_mail: submission.hasMail,
    received_at: submission.receivedAt,
    batch_id: submission.batchId ?? null,
    told_with: submission.toldWith ?? null,
    // Until the workflow's first step is projected; it then says the same.
    stage: submission.channel === 'paper' ? ('entryCheck' as const) : ('firstReview' as const),
  };
}

/** What look-alikes are found by: the guardian, telephone and address of the answers too. */
function sketch({ procedure, answers, child }: Submission): ChildIdentity {
  const definition = procedureOf(procedure);
  return definition ? { ...sketchOf(definition, answers), ...child } : child;
}

/** The workflow of this application has been started; the sweeper need not look after it. */
export async function markStarted(db: Db, applicationId: string): Promise<void> {
  // Lost in a power cut, the sweeper starts it once more, and finds it running.
  await withoutWaiting(db)
    .updateTable('applications')
    .from('relaxed')
    .set({ started_at: new Date() })
    .where('id', '=', applicationId)
    .where('started_at', 'is', null)
    .execute();
}

/** Received applications whose workflow is not known to run: the process died between commit and start. Oldest first. */
export async function unstarted(
  db: Db,
  olderThanSeconds: number,
  limit = 100,
): Promise<readonly Application[]> {
  return selectApplications(db)
    .where('started_at', 'is', null)
    .where('received_at', '<', new Date(Date.now() - olderThanSeconds * 1000).toISOString())
    .orderBy('received_at')
    .limit(limit)
    .execute();
}
