import type { Action } from '../../domain/application/actions.ts';
import { changedFields, isUnchanged, pickTargets } from '../../domain/procedures/changes.ts';
import type { Answers } from '../../domain/procedures/definition.ts';
import { askedFields } from '../../domain/procedures/fields.ts';
import { validateAnswers } from '../../domain/procedures/validate.ts';
import type { Application } from '../../store/applications.ts';
import { ownFiles } from '../../store/files.ts';
import { addChange, discardChange, FilesNotAvailableError } from '../../store/versions.ts';
import type { AnswerRequest } from '../contract/applicant.ts';
import { keepWish } from '../../store/places.ts';
import type { ApiDeps } from '../deps.ts';
import { words } from '../problem-words.ts';
import { ProblemError } from '../problems.ts';
import { currentAnswers } from './content.ts';
import { asParts, inAllLanguages } from './form-check.ts';
import { definitionOf, historyOf } from './state.ts';
import { today } from './ward-settings.ts';
import type { z } from 'zod';

type AnswerBody = z.output<typeof AnswerRequest>;

/**
 * What an answer to a deficiency changes: only what its items ask about (Q18). Kept before the workflow hears of it, under the
 * answer's id, so that a repeat is harmless and nothing is lost in between.
 * @throws {ProblemError} `notAsked`, `invalidAnswers`, `unchanged`, `kintoneAway`, `fileGone`
 */
export async function prepareAnswer(
  deps: ApiDeps,
  application: Application,
  applicantId: string,
  body: AnswerBody,
): Promise<Action> {
  const definition = definitionOf(application);
  const { events, state } = await historyOf(deps, application);
  // Sent before, and accepted: the workflow gives the same result again, whatever has changed since.
  const repeated = events.find((event) => event.type === 'answered' && event.answerId === body.answerId);
  if (repeated?.type === 'answered') {
    const { answerId, itemIds, unchanged } = repeated;
    return { type: 'answer', answerId, itemIds, unchanged };
  }
  const items = state.request?.items.filter((item) => body.items.includes(item.id)) ?? [];
  const targets = items.flatMap((item) => item.targets);
  const before = (await currentAnswers(deps, application)).value;
  if (!before) throw new ProblemError('kintoneAway');
  const { answers, refused } = pickTargets(definition, targets, before, body.changes);
  const types = body.files.map((file) => file.documentType);
  const strange = types.filter((type) => !targets.some((t) => t.kind === 'document' && t.type === type));
  if (refused.length > 0 || strange.length > 0) {
    const errors = [
      ...refused.map((code) => ({
        path: `changes.${code}`,
        message: words.fieldNotAsked,
      })),
      ...strange.map((type) => ({ path: `files.${type}`, message: words.documentNotAsked })),
    ];
    throw new ProblemError('notAsked', { errors });
  }
  await checkFiles(deps, applicantId, body.files);
  const changed = changedFields(definition, before, answers);
  checkChanged(deps, definition, answers, [...changed, ...newlyAsked(definition, before, answers)]);
  const unchanged = isUnchanged(definition, targets, before, body.changes, types);
  if (unchanged && !body.confirmUnchanged) throw new ProblemError('unchanged');
  await keep(deps, application, applicantId, body, {
    changes: pick(answers, changed),
    before: pick(before, changed),
  });
  await keepWish(deps.db, deps.keyring, application, answers, application.dataVersion + 1);
  return { type: 'answer', answerId: body.answerId, itemIds: body.items, unchanged };
}

/** Questions that only come up because of the new answers: they have to be answered with them. */
function newlyAsked(definition: ReturnType<typeof definitionOf>, before: Answers, after: Answers): string[] {
  const asked = new Set(askedFields(definition, before).map((field) => field.code));
  return askedFields(definition, after).flatMap((field) => (asked.has(field.code) ? [] : [field.code]));
}

/** Only what the applicant was asked about has to be right now; the rest was judged by people. */
function checkChanged(
  deps: ApiDeps,
  definition: ReturnType<typeof definitionOf>,
  answers: Answers,
  changed: readonly string[],
): void {
  const problems = inAllLanguages((locale) =>
    validateAnswers(definition, answers, locale, { today: today(deps.now()) }).filter((problem) =>
      changed.some((code) => problem.field === code || problem.field.startsWith(`${code}[`)),
    ),
  );
  if (problems.length > 0) {
    throw new ProblemError('invalidAnswers', { errors: asParts(problems, 'changes') });
  }
}

/** The values of these fields, `null` for those without an answer. */
function pick(answers: Answers, codes: readonly string[]): Answers {
  return Object.fromEntries(codes.map((code) => [code, answers[code] ?? null]));
}

/** A file is what it was uploaded as: it cannot stand in for another document that was asked for. */
async function checkFiles(deps: ApiDeps, applicantId: string, files: AnswerBody['files']): Promise<void> {
  const ids = files.map((file) => file.fileId);
  const own = await ownFiles(deps.db, deps.keyring, applicantId, ids);
  const typeOf = new Map(own.map((file) => [file.id, file.documentType]));
  const wrong = files.filter((file) => typeOf.get(file.fileId) !== file.documentType);
  if (wrong.length > 0) throw filesGone(wrong);
}

function filesGone(files: AnswerBody['files']): ProblemError {
  return new ProblemError('fileGone', {
    errors: files.map((file) => ({ path: `files.${file.documentType}`, message: words.fileMissing })),
  });
}

async function keep(
  deps: ApiDeps,
  application: Application,
  applicantId: string,
  body: AnswerBody,
  content: { changes: Answers; before: Answers },
): Promise<void> {
  try {
    await addChange(deps.db, deps.keyring, {
      applicationId: application.id,
      sourceId: body.answerId,
      kind: 'answer',
      ...content,
      by: applicantId,
      at: deps.now().toISOString(),
      fileIds: body.files.map((file) => file.fileId),
    });
  } catch (error) {
    if (!(error instanceof FilesNotAvailableError)) throw error;
    throw filesGone(body.files.filter((file) => error.fileIds.includes(file.fileId)));
  }
}

/** The workflow has refused the answer: its files can be handed in again. */
export async function takeBackAnswer(deps: ApiDeps, answerId: string): Promise<void> {
  await discardChange(deps.db, answerId);
}
