import { randomUUID } from 'node:crypto';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import { isFilled } from '../../domain/procedures/condition.ts';
import type { Answers, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import type { StaffActor } from '../../domain/people/actor.ts';
import { applicationById, type Application } from '../../store/applications.ts';
import { ownFiles } from '../../store/files.ts';
import { forgetPaperContent, type PaperEntry } from '../../store/paper-entries.ts';
import { receiveSubmission } from '../../store/receive.ts';
import { FilesNotAvailableError } from '../../store/versions.ts';
import type { z } from 'zod';
import type { SavePaperRequest } from '../contract/paper.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';
import { assertComplete, receivedAtOf, roundOf } from './paper.ts';
import { childOfAnswers, lockFor, startApplication } from './submit.ts';

/** An answer is awaited from Temporal for so long; the application is safe already (design 6). */
const START_TIMEOUT_MS = 3000;

type Typed = z.output<typeof SavePaperRequest>;

/**
 * Receives a paper application that has been entered: from here on it goes the way of every application, beginning with the
 * check of the entry by somebody else (Q12, Q14). Sent again it gives the application that it became.
 * @throws {ProblemError} `invalidAnswers`, `missingDocuments`, `fileGone`, `closed`, `duplicate`
 */
export async function submitPaper(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  { entry, by, typed }: { entry: PaperEntry; by: StaffActor; typed: Typed },
): Promise<Application> {
  const answers = assertComplete(deps, definition, typed);
  await checkFiles(deps, by, typed);
  const { roles } = definition;
  const fiscalYear = Number(answers[roles.fiscalYear]);
  const round = await roundOf(deps, definition, fiscalYear, typed.receivedOn);
  if (!round) {
    const message = 'この年度の申請は受け付けていません。年度を確認してください。';
    throw new ProblemError('closed', { errors: [{ path: `answers.${roles.fiscalYear}`, message }] });
  }
  const key = lockFor(deps, definition, answers);
  const hands = [...new Set([...entry.hands, by.id])];
  const result = await receiveSubmission(deps.db, deps.keyring, {
    applicationId: randomUUID(),
    submissionId: entry.id,
    workflowId: `application:${key}`,
    lockKey: key,
    procedure: definition.code,
    letter: definition.letter,
    fiscalYear,
    round: round.round,
    bopCode: textOf(answers, roles.bop),
    channel: 'paper',
    applicantId: null,
    enteredBy: by.id,
    enteredRole: by.role === 'leader' ? 'leader' : 'operator',
    ...(hands.length > 1 ? { enterers: hands } : {}),
    hasMail: roles.email !== undefined && isFilled(answers[roles.email]),
    receivedAt: receivedAtOf(entry, typed.receivedOn),
    answers,
    fileIds: typed.files.map((file) => file.fileId),
    child: childOfAnswers(definition, answers),
  }).catch((error: unknown) => {
    throw error instanceof FilesNotAvailableError ? filesGone(error.fileIds, typed) : error;
  });
  if (result.kind === 'duplicate') throw duplicate(result.existing);
  await forgetPaperContent(deps.db, entry.id);
  await startNow(deps, result.application);
  return (await applicationById(deps.db, result.application.id, 'all')) ?? result.application;
}

async function checkFiles(deps: ApiDeps, by: StaffActor, { files }: Typed): Promise<void> {
  const ids = files.map((file) => file.fileId);
  const own = await ownFiles(deps.db, deps.keyring, by.id, ids);
  const types = new Map(own.filter((one) => one.sourceId === null).map((one) => [one.id, one.documentType]));
  const gone = files.filter((file) => types.get(file.fileId) !== file.documentType);
  if (gone.length > 0) {
    throw filesGone(
      gone.map((file) => file.fileId),
      { files },
    );
  }
}

function filesGone(ids: readonly string[], { files }: Pick<Typed, 'files'>): ProblemError {
  const types = new Set(files.filter((file) => ids.includes(file.fileId)).map((file) => file.documentType));
  const message = '登録した画像が見つかりません。もう一度登録してください。';
  return new ProblemError('fileGone', {
    errors: [...types].map((type) => ({ path: `documents.${type}`, message })),
  });
}

/** Staff of the office see every application, so the number is told, whosever it is (Q08). */
function duplicate(existing: Application): ProblemError {
  const on = tokyoDate(existing.receivedAt);
  const detail = `同じお子さんの同じ申請を、受付番号${existing.receiptNumber}で${on}に受け付けています。この紙を登録せずに終えるか、内容の違いを受付番号${existing.receiptNumber}の申請に反映してください。`;
  return new ProblemError('duplicate', {
    detail,
    extensions: {
      existing: { applicationId: existing.id, receiptNumber: existing.receiptNumber, receivedOn: on },
    },
  });
}

/** Starts the workflow within the request where Temporal answers; the sweeper does it later where not. */
async function startNow(deps: ApiDeps, application: Application): Promise<void> {
  if (application.startedAt !== null) return;
  try {
    await startApplication(deps, application, START_TIMEOUT_MS);
  } catch (error) {
    deps.log.warn({ err: error, applicationId: application.id }, 'received; the workflow starts later');
  }
}

function textOf(answers: Answers, code: string): string {
  const value = answers[code];
  return typeof value === 'string' ? value : '';
}
