import type { z } from 'zod';
import type { AccountRecord } from '../../store/accounts.ts';
import type { Application } from '../../store/applications.ts';
import { deleteUnsentFile, ownFiles } from '../../store/files.ts';
import { receiveBatch, type ReceiveBatchResult, type Submission } from '../../store/receive.ts';
import { FilesNotAvailableError } from '../../store/versions.ts';
import type { ExistingApplication } from '../contract/applicant.ts';
import type { BatchProblem, BatchRequest } from '../contract/family.ts';
import type { ApiDeps } from '../deps.ts';
import type { Told } from '../locale.ts';
import { ProblemError } from '../problems.ts';
import { childIdentity } from '../../domain/intake/identity.ts';
import { cleanAnswers } from '../../domain/procedures/fields.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import type { Localized } from '../../domain/texts/locale.ts';
import type { FiledWith } from './needs.ts';
import { copyOwnFile } from './reuse.ts';
import {
  definitionNamed,
  duplicate,
  earlierSubmission,
  existingFor,
  filesLost,
  prepareSubmission,
  startNow,
} from './submit.ts';

type Batch = z.output<typeof BatchRequest>;
type Filing = Batch['applications'][number];
type Trouble = z.output<typeof BatchProblem>['problems'][number];

/**
 * Files several applications in one go (Q05, Q08): each is checked as it would be alone, and all are committed in one
 * transaction or none is. What is wrong is told at the application that it is wrong with. Sent again it gives the same receipts.
 * @returns the applications in the order of the request; `repeated` where all of them had been received before
 * @throws {ProblemError} `batchRefused`
 */
export async function submitBatch(
  deps: ApiDeps,
  account: AccountRecord,
  batch: Batch,
): Promise<{ applications: readonly Application[]; repeated: boolean }> {
  const filings = batch.applications;
  const earlier = new Map<string, Application>();
  for (const { submissionId } of filings) {
    const application = await earlierSubmission(deps, account, submissionId);
    if (application) earlier.set(submissionId, application);
  }
  const fresh = filings.filter((one) => !earlier.has(one.submissionId));
  if (fresh.length === 0) return { applications: inOrder(filings, earlier), repeated: true };
  const copies: string[] = [];
  try {
    const own = await withOwnFiles(deps, account, fresh, copies);
    const submissions = await prepareAll(deps, account, batch, own);
    const received = await receiveAll(deps, account, own, submissions);
    for (const one of received) earlier.set(one.submissionId, one.application);
    await Promise.all(received.filter((one) => one.isNew).map((one) => startNow(deps, one.application)));
    return { applications: inOrder(filings, earlier), repeated: received.every((one) => !one.isNew) };
  } catch (error) {
    // Copies that nothing was filed with.
    for (const id of copies) await deleteUnsentFile(deps.db, account.id, id);
    throw error;
  }
}

function inOrder(filings: readonly Filing[], known: ReadonlyMap<string, Application>): Application[] {
  return filings.flatMap((one) => known.get(one.submissionId) ?? []);
}

/** A file that stands in several applications is handed in with the first, and as a copy of its own with each other one. */
async function withOwnFiles(
  deps: ApiDeps,
  account: AccountRecord,
  filings: readonly Filing[],
  copies: string[],
): Promise<readonly Filing[]> {
  const used = new Set<string>();
  const result: Filing[] = [];
  for (const filing of filings) {
    const files: Filing['files'] = [];
    for (const file of filing.files) {
      const again = used.has(file.fileId) && (await isOwnUnsent(deps, account, file));
      used.add(file.fileId);
      if (!again) files.push(file);
      else {
        const copy = await copyOwnFile(deps, account.id, file.fileId, file.documentType);
        copies.push(copy.id);
        files.push({ ...file, fileId: copy.id });
      }
    }
    result.push({ ...filing, files });
  }
  return result;
}

/** Anything else is for the check of the filing to refuse. */
async function isOwnUnsent(
  deps: ApiDeps,
  account: AccountRecord,
  { fileId, documentType }: Filing['files'][number],
): Promise<boolean> {
  const [file] = await ownFiles(deps.db, deps.keyring, account.id, [fileId]);
  return file?.sourceId === null && file.documentType === documentType;
}

async function prepareAll(
  deps: ApiDeps,
  account: AccountRecord,
  batch: Batch,
  filings: readonly Filing[],
): Promise<readonly Submission[]> {
  const submissions: Submission[] = [];
  const troubles: Trouble[] = [];
  const locks = new Map<string, string>();
  const together = filedInOneGo(filings);
  for (const filing of filings) {
    try {
      const definition = definitionNamed(filing.procedure);
      const submission = await prepareSubmission(deps, definition, account, filing, together);
      if (locks.has(submission.lockKey)) throw new ProblemError('twiceInBatch');
      locks.set(submission.lockKey, filing.submissionId);
      submissions.push({ ...submission, batchId: batch.batchId });
    } catch (error) {
      troubles.push(troubleOf(filing, error));
    }
  }
  if (troubles.length > 0) throw refused(batch.applications, troubles);
  return submissions;
}

/** Applications that come together, as far as their child is named: each counts as filed for what the others need. */
export function filedInOneGo(
  filings: readonly { procedure: string; answers: Readonly<Record<string, unknown>> }[],
): readonly FiledWith[] {
  return filings.flatMap(({ procedure, answers }): FiledWith[] => {
    const definition = procedureOf(procedure);
    const filing = definition && { definition, answers: cleanAnswers(definition, answers) };
    return filing && isChildNamed(filing) ? [filing] : [];
  });
}

/** Where name or birthday are missing, the check of that filing says so. */
function isChildNamed({ definition, answers }: FiledWith): boolean {
  try {
    childIdentity(definition, answers);
    return true;
  } catch {
    return false;
  }
}

interface Received {
  submissionId: string;
  application: Application;
  isNew: boolean;
}

async function receiveAll(
  deps: ApiDeps,
  account: AccountRecord,
  filings: readonly Filing[],
  submissions: readonly Submission[],
): Promise<readonly Received[]> {
  let result: ReceiveBatchResult;
  try {
    result = await receiveBatch(deps.db, deps.keyring, submissions);
  } catch (error) {
    if (!(error instanceof FilesNotAvailableError)) throw error;
    const hit = filings.filter((one) => one.files.some((file) => error.fileIds.includes(file.fileId)));
    throw refused(
      filings,
      hit.map((filing) => troubleOf(filing, filesLost(error, filing))),
    );
  }
  if (result.kind === 'duplicate') {
    const { existing } = result;
    const hit = filings.filter((one) => existing.has(one.submissionId));
    throw refused(
      filings,
      hit.map((filing) => {
        const there = existing.get(filing.submissionId);
        return troubleOf(filing, there ? duplicate(existingFor(account.id, there)) : undefined);
      }),
    );
  }
  const { applications, fresh } = result;
  return submissions.flatMap((submission, index) => {
    const application = applications[index];
    // Somebody else's submission under the same id: an id is made at random, so this is nobody's mistake but an attempt.
    if (application?.applicantId !== account.id) throw new ProblemError('invalid');
    return [{ submissionId: submission.submissionId, application, isNew: fresh.has(application.id) }];
  });
}

/** @throws what is no fault of the filing */
function troubleOf({ submissionId }: Filing, error: unknown): Trouble {
  if (!(error instanceof ProblemError) || error.status >= 500) throw error;
  const { detail, errors = [], extensions } = error.options;
  const existing = (extensions?.['existing'] as ExistingApplication | undefined) ?? null;
  return {
    submissionId,
    code: error.code,
    message: localized(detail ?? error.told),
    errors: errors.map(({ path, message }) => ({ path, message: localized(message) })),
    existing,
  };
}

function localized(told: Told): Localized {
  return typeof told === 'string' ? { ja: told } : told;
}

function refused(filings: readonly Filing[], problems: readonly Trouble[]): ProblemError {
  const errors = problems.flatMap(({ submissionId, message, errors: parts }) => {
    const index = filings.findIndex((one) => one.submissionId === submissionId);
    const at = `applications.${String(index)}`;
    return parts.length === 0
      ? [{ path: at, message }]
      : parts.map((part) => ({ path: `${at}.${part.path}`, message: part.message }));
  });
  return new ProblemError('batchRefused', { errors, extensions: { problems } });
}
