import { sql } from 'kysely';
import type { Channel, Stage } from '../domain/application/state.ts';
import { sketchOf } from '../domain/intake/look-alikes.ts';
import { receiptNumberOf } from '../domain/intake/receipt-number.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import { selectApplications, type Application } from './applications.ts';
import type { Keyring } from './crypto.ts';
import { uniqueViolation, type Db } from './db.ts';
import { sealChild, type ChildIdentity } from './intake.ts';
import { attachFiles, insertVersion } from './versions.ts';

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
  hasMail: boolean;
  receivedAt: string;
  answers: Answers;
  fileIds: readonly string[];
  child: ChildIdentity;
}

export type ReceiveResult =
  | { kind: 'received'; application: Application }
  /** This very submission was received before. */
  | { kind: 'same'; application: Application }
  /** Another open or approved application of the same child, procedure and period is there (Q08). */
  | { kind: 'duplicate'; existing: Application };

/** The next receipt number of a procedure and fiscal year. Numbers may be missing, none comes twice. */
export async function nextReceiptNumber(db: Db, letter: string, fiscalYear: number): Promise<string> {
  // On its own, not in the submission's transaction: submissions would wait for one another's commit.
  const row = await db
    .insertInto('serials')
    .values({ name: `receipt:${letter}:${fiscalYear}`, value: 1 })
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
    await insert(db, keyring, submission, receiptNumber);
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error;
    const other = await alreadyThere(db, submission);
    if (!other) throw error;
    return other;
  }
  const application = await selectApplications(db)
    .where('id', '=', submission.applicationId)
    .executeTakeFirstOrThrow();
  return { kind: 'received', application };
}

async function alreadyThere(db: Db, submission: Submission): Promise<ReceiveResult | undefined> {
  const ended: readonly Stage[] = ['refused', 'cancelled'];
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
  db: Db,
  keyring: Keyring,
  submission: Submission,
  receiptNumber: string,
): Promise<void> {
  const { applicationId, submissionId, receivedAt } = submission;
  const by = submission.enteredBy ?? submission.applicantId;
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('applications')
      .values({
        id: applicationId,
        receipt_number: receiptNumber,
        submission_id: submissionId,
        workflow_id: submission.workflowId,
        lock_key: submission.lockKey,
        procedure: submission.procedure,
        fiscal_year: submission.fiscalYear,
        round: submission.round,
        bop_code: submission.bopCode,
        channel: submission.channel,
        applicant_id: submission.applicantId,
        entered_by: submission.enteredBy,
        has_mail: submission.hasMail,
        received_at: receivedAt,
        // Until the workflow's first step is projected; it then says the same.
        stage: submission.channel === 'paper' ? 'entryCheck' : 'firstReview',
      })
      .execute();
    await insertVersion(trx, keyring, {
      applicationId,
      sourceId: submissionId,
      kind: 'filed',
      version: 1,
      content: { answers: submission.answers },
      by,
      at: receivedAt,
    });
    if (by !== null) {
      const to = { applicationId, sourceId: submissionId, version: 1, ownerId: by };
      await attachFiles(trx, to, submission.fileIds);
    }
    await trx
      .insertInto('child_index')
      .values(sealChild(keyring, applicationId, sketch(submission)))
      .execute();
  });
}

/** What look-alikes are found by: the guardian, telephone and address of the answers too. */
function sketch({ procedure, answers, child }: Submission): ChildIdentity {
  const definition = procedureOf(procedure);
  return definition ? { ...sketchOf(definition, answers), ...child } : child;
}

/** The workflow of this application has been started; the sweeper need not look after it. */
export async function markStarted(db: Db, applicationId: string): Promise<void> {
  await db
    .updateTable('applications')
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
