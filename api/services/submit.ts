import { randomUUID } from 'node:crypto';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import { childIdentity, lockKey } from '../../domain/intake/identity.ts';
import { missingDocuments } from '../../domain/procedures/documents.ts';
import { isFilled } from '../../domain/procedures/condition.ts';
import type { Answers, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import type { AccountRecord } from '../../store/accounts.ts';
import { applicationById, type Application } from '../../store/applications.ts';
import { ownFiles } from '../../store/files.ts';
import type { ChildIdentity } from '../../store/intake.ts';
import { markStarted, receiveSubmission, type ReceiveResult, type Submission } from '../../store/receive.ts';
import { FilesNotAvailableError } from '../../store/versions.ts';
import type { ExistingApplication } from '../contract/applicant.ts';
import type { ApiDeps } from '../deps.ts';
import { attach, receivedBefore, receivedFromOther, words } from '../problem-words.ts';
import { ProblemError, type ProblemPart } from '../problems.ts';
import { asParts, checkForm, documentProblems, hintsForApplicant } from './form-check.ts';
import { assertNeed, type FiledWith } from './needs.ts';
import { openPeriod, today } from './ward-settings.ts';

/** An answer is awaited from Temporal for so long; the submission is safe already (design 6). */
const START_TIMEOUT_MS = 3000;

export interface SubmissionBody {
  submissionId: string;
  procedure: string;
  answers: Readonly<Record<string, unknown>>;
  files: readonly { documentType: string; fileId: string }[];
  acknowledgedHints: readonly string[];
}

/**
 * Files an application online (Q05, Q08, Q15): checks it, commits it, starts its workflow.
 * @throws {ProblemError} what is wrong with it, or what exists already
 */
export async function submitApplication(
  deps: ApiDeps,
  account: AccountRecord,
  body: SubmissionBody,
): Promise<{ application: Application; repeated: boolean }> {
  const definition = definitionNamed(body.procedure);
  const earlier = await earlierSubmission(deps, account, body.submissionId);
  if (earlier) return { application: earlier, repeated: true };
  const submission = await prepareSubmission(deps, definition, account, body);
  const result = await receive(deps, submission, body);
  if (result.kind === 'duplicate') throw duplicate(existingFor(account.id, result.existing));
  if (result.application.applicantId !== account.id) throw new ProblemError('invalid');
  if (result.kind === 'received') await startNow(deps, result.application);
  return { application: result.application, repeated: result.kind === 'same' };
}

/** @throws {ProblemError} where there is no such procedure */
export function definitionNamed(code: string): ProcedureDefinition {
  const definition = procedureOf(code);
  if (definition) return definition;
  throw new ProblemError('invalid', {
    errors: [{ path: 'procedure', message: words.procedureUnknown }],
  });
}

/**
 * Checks a filing whole and makes of it what is committed. Nothing is written.
 * @throws {ProblemError} what is wrong with it
 */
export async function prepareSubmission(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  account: AccountRecord,
  body: SubmissionBody,
  together: readonly FiledWith[] = [],
): Promise<Submission> {
  const answers = await checkSubmission(deps, definition, account, body);
  await assertNeed(deps, { definition, answers }, together);
  return submissionOf(deps, definition, account, body, answers);
}

/** The same submission, sent again by the same account. It is answered even where nothing can be filed any more. */
export async function earlierSubmission(
  deps: ApiDeps,
  account: AccountRecord,
  submissionId: string,
): Promise<Application | undefined> {
  const row = await deps.db
    .selectFrom('applications')
    .select('id')
    .where('submission_id', '=', submissionId)
    .where('applicant_id', '=', account.id)
    .executeTakeFirst();
  return row && applicationById(deps.db, row.id, 'all');
}

async function checkSubmission(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  account: AccountRecord,
  body: SubmissionBody,
): Promise<Answers> {
  const files = await ownFiles(
    deps.db,
    deps.keyring,
    account.id,
    body.files.map((file) => file.fileId),
  );
  const unsent = new Map(files.filter((file) => file.sourceId === null).map((file) => [file.id, file]));
  const gone = body.files.filter((file) => unsent.get(file.fileId)?.documentType !== file.documentType);
  if (gone.length > 0) throw filesGone(gone.map((file) => file.documentType));
  const types = body.files.map((file) => file.documentType);
  const check = await checkForm(deps, definition, { answers: body.answers, documentTypes: types });
  if (check.problems.length > 0) {
    throw new ProblemError('invalidAnswers', { errors: asParts(check.problems, 'answers') });
  }
  const wrong = documentProblems(definition, check.answers, types);
  if (wrong.length > 0) throw new ProblemError('invalidAnswers', { errors: wrong });
  const needed = missingDocuments(definition, check.answers, types).filter((one) => !one.mayFollow);
  if (needed.length > 0) {
    throw new ProblemError('missingDocuments', {
      errors: needed.map((one) => ({
        path: `documents.${one.type}`,
        message: attach(one.label),
      })),
    });
  }
  const unread = hintsForApplicant(check.hints).filter(
    (hint) => hint.severity === 'warning' && !body.acknowledgedHints.includes(hint.code),
  );
  if (unread.length > 0) {
    throw new ProblemError('hintsUnread', {
      errors: unread.map((hint) => ({ path: `hints.${hint.code}`, message: hint.text })),
    });
  }
  return check.answers;
}

function filesGone(types: readonly string[]): ProblemError {
  const errors: ProblemPart[] = types.map((type) => ({
    path: `documents.${type}`,
    message: words.fileMissing,
  }));
  return new ProblemError('fileGone', { errors });
}

async function submissionOf(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  account: AccountRecord,
  body: SubmissionBody,
  answers: Answers,
): Promise<Submission> {
  const { roles } = definition;
  const fiscalYear = Number(answers[roles.fiscalYear]);
  const now = deps.now();
  const day = today(now);
  const period = openPeriod(await deps.settings.periods(definition, day), fiscalYear, day);
  if (!period) throw new ProblemError('closed');
  const key = lockFor(deps, definition, answers);
  const hasMail = account.email !== null || (roles.email !== undefined && isFilled(answers[roles.email]));
  return {
    applicationId: randomUUID(),
    submissionId: body.submissionId,
    workflowId: `application:${key}`,
    lockKey: key,
    procedure: definition.code,
    letter: definition.letter,
    fiscalYear,
    round: period.round,
    bopCode: textOf(answers, roles.bop),
    channel: 'online',
    applicantId: account.id,
    enteredBy: null,
    hasMail,
    receivedAt: now.toISOString(),
    answers,
    fileIds: body.files.map((file) => file.fileId),
    child: childOfAnswers(definition, answers),
  };
}

async function receive(deps: ApiDeps, submission: Submission, body: SubmissionBody): Promise<ReceiveResult> {
  try {
    return await receiveSubmission(deps.db, deps.keyring, submission);
  } catch (error) {
    throw filesLost(error, body);
  }
}

/** Files that were handed in elsewhere in the meantime are told by their kind; any other error stays as it is. */
export function filesLost(error: unknown, { files }: Pick<SubmissionBody, 'files'>): unknown {
  if (!(error instanceof FilesNotAvailableError)) return error;
  const lost = files.filter((file) => error.fileIds.includes(file.fileId));
  return filesGone(lost.map((file) => file.documentType));
}

/** The key that only one open application of the same child, procedure and period has; it names nobody (design 4). */
export function lockFor(deps: ApiDeps, definition: ProcedureDefinition, answers: Answers): string {
  return lockKey({
    procedure: definition.code,
    fiscalYear: Number(answers[definition.roles.fiscalYear]),
    childKey: deps.keyring.lookupKey('child', childIdentity(definition, answers)),
    ...periodOf(definition, answers),
  });
}

/** What one open application is about, for procedures that can be filed several times a year. */
function periodOf(definition: ProcedureDefinition, answers: Answers): { period?: string } {
  const period = definition.lockPeriod?.(answers);
  return period === undefined || period === '' ? {} : { period };
}

function textOf(answers: Answers, code: string): string {
  const value = answers[code];
  return typeof value === 'string' ? value : '';
}

/** The child as the answers name them. */
export function childOfAnswers(definition: ProcedureDefinition, answers: Answers): ChildIdentity {
  const { roles } = definition;
  return {
    familyName: textOf(answers, roles.childFamilyName),
    givenName: textOf(answers, roles.childGivenName),
    familyKana: textOf(answers, roles.childFamilyKana),
    givenKana: textOf(answers, roles.childGivenKana),
    birthDate: textOf(answers, roles.childBirthDate),
  };
}

/** Starts the workflow within the request where Temporal answers; the sweeper does it later where not. */
export async function startNow(deps: ApiDeps, application: Application): Promise<void> {
  try {
    await startApplication(deps, application, START_TIMEOUT_MS);
  } catch (error) {
    deps.log.warn({ err: error, applicationId: application.id }, 'received; the workflow starts later');
  }
}

/**
 * Starts an application's workflow and notes it.
 * @returns false where the id is still held by an earlier application of the same child that is just ending: try again later
 */
export async function startApplication(
  deps: Pick<ApiDeps, 'db' | 'temporal'>,
  application: Application,
  timeoutMs: number,
): Promise<boolean> {
  const result = await deps.temporal.start(application, timeoutMs);
  if (result.applicationId !== application.id) return false;
  await markStarted(deps.db, application.id);
  return true;
}

/** What the person who filed second is told: number and link of their own, the day only of another's (Q08). */
export function existingFor(accountId: string, existing: Application): ExistingApplication {
  const own = existing.applicantId === accountId;
  return {
    own,
    receivedOn: tokyoDate(existing.receivedAt),
    applicationId: own ? existing.id : null,
    receiptNumber: own ? existing.receiptNumber : null,
  };
}

export function duplicate(existing: ExistingApplication): ProblemError {
  const detail = existing.own
    ? receivedBefore(existing.receiptNumber ?? '', existing.receivedOn)
    : receivedFromOther(existing.receivedOn);
  return new ProblemError('duplicate', { detail, extensions: { existing } });
}
