import { refusalOf } from '../../domain/application/decide.ts';
import type { ActionOf } from '../../domain/application/actions.ts';
import type { StaffActor } from '../../domain/people/actor.ts';
import { changedFields, fixedFields, pickTargets } from '../../domain/procedures/changes.ts';
import type { Answers, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { cleanAnswers } from '../../domain/procedures/fields.ts';
import { validateAnswers } from '../../domain/procedures/validate.ts';
import type { Application } from '../../store/applications.ts';
import { ownFiles } from '../../store/files.ts';
import { addChange, FilesNotAvailableError } from '../../store/versions.ts';
import type { StaffAction } from '../contract/staff-actions.ts';
import { keepWish } from '../../store/places.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError, refusalProblem } from '../problems.ts';
import { currentAnswers } from './content.ts';
import { dotted } from './form-check.ts';
import { definitionOf, historyOf } from './state.ts';
import { today } from './ward-settings.ts';

/** Problems that only say that something is not filled in. */
const LEFT_OPEN: readonly string[] = ['required', 'chooseOne', 'yesNo', 'tick', 'tooFewRows'];

export type CorrectionBody = Extract<StaffAction, { type: 'correctEntry' | 'correctMinor' }>;
type Correction = ActionOf<'correctEntry' | 'correctMinor'>;

/**
 * Keeps what a correction changes (Q14, Q18) before the workflow hears of it, under the correction's id: a repeat is harmless,
 * and an accepted correction never lacks its content.
 * @throws {ProblemError} `notAsked`, `invalidAnswers`, `unchanged`, `fileGone`, `kintoneAway`, or the refusal where it can be
 *   seen already that the workflow will not take it
 */
export async function keepCorrection(
  deps: ApiDeps,
  application: Application,
  actor: StaffActor,
  action: Correction,
  body: CorrectionBody,
): Promise<void> {
  const { events, state } = await historyOf(deps, application);
  const { correctionId } = action;
  const done = events.some((event) => 'correctionId' in event && event.correctionId === correctionId);
  if (done) return;
  // What it would be applied to is not there: there is nothing to prepare it from.
  const refusal = refusalOf(state, actor, action, { now: deps.now().toISOString() });
  if (refusal) throw refusalProblem(refusal);
  const definition = definitionOf(application);
  const before = (await currentAnswers(deps, application)).value;
  if (!before) throw new ProblemError('kintoneAway', { retryAfterSeconds: 30 });
  const files = body.type === 'correctMinor' ? body.files : [];
  let answers: Answers;
  if (body.type === 'correctEntry') {
    answers = corrected(definition, before, body.changes);
  } else {
    const item = state.request?.items.find((one) => one.id === body.itemId);
    answers = withinItem(definition, item?.targets ?? [], before, body);
    await checkFiles(deps, actor.id, files);
  }
  const changed = changedFields(definition, before, answers);
  checkValues(deps, definition, answers, changed);
  if (changed.length === 0 && files.length === 0) throw new ProblemError('unchanged');
  try {
    await addChange(deps.db, deps.keyring, {
      applicationId: application.id,
      sourceId: correctionId,
      kind: 'correction',
      changes: pick(answers, changed),
      before: pick(before, changed),
      by: actor.id,
      at: deps.now().toISOString(),
      fileIds: files.map((file) => file.fileId),
    });
  } catch (error) {
    if (!(error instanceof FilesNotAvailableError)) throw error;
    throw filesGone(error.fileIds);
  }
  await keepWish(deps.db, deps.keyring, application, answers, application.dataVersion + 1);
}

/** An entry may be corrected everywhere but in what the application was filed under. */
function corrected(definition: ProcedureDefinition, before: Answers, changes: Answers): Answers {
  const fixed = fixedFields(definition).filter(
    (code) => Object.hasOwn(changes, code) && changes[code] !== (before[code] ?? null),
  );
  if (fixed.length > 0) {
    const message = '受付後は変更できません。取り下げてから、正しい内容で受け付け直してください。';
    throw new ProblemError('notAsked', {
      errors: fixed.map((code) => ({ path: `changes.${code}`, message })),
    });
  }
  return cleanAnswers(definition, { ...before, ...changes });
}

function withinItem(
  definition: ProcedureDefinition,
  targets: Parameters<typeof pickTargets>[1],
  before: Answers,
  body: Extract<CorrectionBody, { type: 'correctMinor' }>,
): Answers {
  const { answers, refused } = pickTargets(definition, targets, before, body.changes);
  const types = body.files.map((file) => file.documentType);
  const strange = types.filter((type) => !targets.some((t) => t.kind === 'document' && t.type === type));
  if (refused.length > 0 || strange.length > 0) {
    throw new ProblemError('notAsked', {
      errors: [
        ...refused.map((code) => ({
          path: `changes.${code}`,
          message: 'この不備の対象ではない項目は変更できません。',
        })),
        ...strange.map((type) => ({
          path: `files.${type}`,
          message: 'この不備の対象ではない書類は添付できません。',
        })),
      ],
    });
  }
  return answers;
}

async function checkFiles(
  deps: ApiDeps,
  accountId: string,
  files: readonly { documentType: string; fileId: string }[],
): Promise<void> {
  const ids = files.map((file) => file.fileId);
  const own = new Map((await ownFiles(deps.db, deps.keyring, accountId, ids)).map((file) => [file.id, file]));
  const wrong = files.filter((file) => own.get(file.fileId)?.documentType !== file.documentType);
  if (wrong.length > 0) throw filesGone(wrong.map((file) => file.fileId));
}

function filesGone(ids: readonly string[]): ProblemError {
  const message = '添付した書類が見つかりません。もう一度添付してください。';
  return new ProblemError('fileGone', { errors: ids.map((id) => ({ path: `files.${id}`, message })) });
}

/** What was changed has to be right; a paper form may leave open what the online form asks for. */
function checkValues(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  answers: Answers,
  changed: readonly string[],
): void {
  const problems = validateAnswers(definition, answers, 'ja', { today: today(deps.now()) }).filter(
    ({ field, code }) =>
      !LEFT_OPEN.includes(code) && changed.some((one) => field === one || field.startsWith(`${one}[`)),
  );
  if (problems.length === 0) return;
  const errors = problems.map(({ field, message }) => ({ path: `changes.${dotted(field)}`, message }));
  throw new ProblemError('invalidAnswers', { errors });
}

function pick(answers: Answers, codes: readonly string[]): Answers {
  return Object.fromEntries(codes.map((code) => [code, answers[code] ?? null]));
}
