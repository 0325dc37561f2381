import type { z } from 'zod';
import { addDays, tokyoDate, tokyoInstant, type LocalDate } from '../../domain/calendar/dates.ts';
import { LOOK_ALIKE_LABELS, similarity, sketchOf, worthALook } from '../../domain/intake/look-alikes.ts';
import { isFilled } from '../../domain/procedures/condition.ts';
import { assignRound } from '../../domain/rounds/assign.ts';
import type { Answers, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { missingDocuments } from '../../domain/procedures/documents.ts';
import { cleanAnswers } from '../../domain/procedures/fields.ts';
import { PAPER_FORM, paperDocuments, paperNeeds } from '../../domain/procedures/paper.ts';
import type { FieldProblem } from '../../domain/procedures/problems.ts';
import { validateAnswers } from '../../domain/procedures/validate.ts';
import { applicationById, type Application } from '../../store/applications.ts';
import { lookAlikeCandidates } from '../../store/intake.ts';
import { paperEntriesLike, type PaperEntry } from '../../store/paper-entries.ts';
import type { CheckPaperRequest, CheckPaperResponse } from '../contract/paper.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError, type ProblemPart } from '../problems.ts';
import { dotted } from './form-check.ts';
import { needOf } from './needs.ts';
import { lockFor } from './submit.ts';
import { roundLabel, today } from './ward-settings.ts';

/** Something is not filled in, or answers contradict one another: a paper may leave it so, and review finds it deficient. */
const LEFT_OPEN: readonly string[] = ['required', 'chooseOne', 'yesNo', 'tick', 'tooFewRows', 'inconsistent'];
/** The office does not enter papers that came in so long ago; a day further back is a slip of the pen. */
const OLDEST_DAYS = 120;

type Typed = Pick<z.output<typeof CheckPaperRequest>, 'answers' | 'files' | 'receivedOn'>;

/** @throws {ProblemError} for a day that lies ahead or far back */
export function checkReceivedOn(deps: ApiDeps, receivedOn: LocalDate): void {
  const day = today(deps.now());
  if (receivedOn <= day && receivedOn >= addDays(day, -OLDEST_DAYS)) return;
  const message = '受領日は、今日までの日（120日前まで）を入力してください。';
  throw new ProblemError('invalidAnswers', { errors: [{ path: 'receivedOn', message }] });
}

/**
 * When a paper counts as received: at the stamp's own time where it is of the same day, otherwise at the end of business on the
 * day that the clerk gave.
 */
export function receivedAtOf(entry: Pick<PaperEntry, 'stampedAt'>, receivedOn: LocalDate): string {
  return tokyoDate(entry.stampedAt) === receivedOn ? entry.stampedAt : tokyoInstant(receivedOn, '17:00');
}

/**
 * The round that a paper counts for: the one that is open on its day, or the next one of its year, for a paper that lies on the
 * desk has been received, whatever the day (Q23; never refused by the system).
 */
export async function roundOf(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  fiscalYear: number,
  receivedOn: LocalDate,
): Promise<{ round: string; outside: boolean } | undefined> {
  const periods = await deps.settings.periods(definition, receivedOn);
  const found = assignRound(periods, { fiscalYear, receivedOn });
  if (found.kind === 'round') return { round: found.round, outside: found.late };
  if (found.kind === 'early') return { round: found.round, outside: true };
  const last = periods.findLast((period) => period.fiscalYear === fiscalYear);
  return last && { round: last.round, outside: true };
}

/** What is wrong with the answers, and what stands open. */
function judge(deps: ApiDeps, definition: ProcedureDefinition, answers: Answers) {
  const needed = paperNeeds(definition);
  const found = validateAnswers(definition, answers, 'ja', { today: today(deps.now()) });
  const open = (problem: FieldProblem) => LEFT_OPEN.includes(problem.code) && !needed.includes(problem.field);
  return { problems: found.filter((one) => !open(one)), leftOpen: found.filter(open) };
}

const forScreen = (problems: readonly FieldProblem[]) =>
  problems.map(({ field, code, message }) => ({ path: dotted(field), code, message: { ja: message } }));

/** Everything that can be said of a paper application while it is being entered (Q08, Q14, Q15). */
export async function checkPaper(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  entry: PaperEntry,
  typed: Typed,
): Promise<CheckPaperResponse> {
  const answers = cleanAnswers(definition, typed.answers);
  const { problems, leftOpen } = judge(deps, definition, answers);
  const year = answers[definition.roles.fiscalYear];
  const round =
    typeof year === 'number' ? await roundOf(deps, definition, year, typed.receivedOn) : undefined;
  const existing = await openApplicationLike(deps, definition, answers);
  const types = typed.files.map((file) => file.documentType);
  return {
    problems: forScreen(problems),
    leftOpen: forScreen(leftOpen),
    missingDocuments: missingDocuments(definition, answers, types).map(({ type, label, mayFollow }) => ({
      type,
      label,
      mayFollow,
    })),
    round: round ? { label: roundLabel(round.round).ja, outside: round.outside } : null,
    existing: existing
      ? {
          applicationId: existing.id,
          receiptNumber: existing.receiptNumber,
          receivedOn: tokyoDate(existing.receivedAt),
          stage: existing.stage,
        }
      : null,
    need: await needRefusal(deps, definition, answers),
    lookAlikes: (await lookAlikesOf(deps, definition, entry, answers)).filter(
      (one) => one.applicationId === null || one.applicationId !== existing?.id,
    ),
  };
}

/** The open application of the same child, procedure and period; undefined also while the child is not typed. */
export async function openApplicationLike(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  answers: Answers,
): Promise<Application | undefined> {
  const key = paperNeeds(definition).every((code) => isFilled(answers[code]))
    ? lockOrNone(deps, definition, answers)
    : undefined;
  if (key === undefined) return undefined;
  const row = await deps.db
    .selectFrom('applications')
    .select('id')
    .where('lock_key', '=', key)
    .where('stage', 'not in', ['approved', 'refused', 'cancelled'])
    .executeTakeFirst();
  return row && applicationById(deps.db, row.id, 'all');
}

/** Why this would not be taken online; null also while child or year are not typed. */
async function needRefusal(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  answers: Answers,
): Promise<CheckPaperResponse['need']> {
  if (!paperNeeds(definition).every((code) => isFilled(answers[code]))) return null;
  const answer = await needOf(deps, { definition, answers });
  if (answer.kind !== 'refused') return null;
  return { code: answer.code, message: answer.message.ja, instead: answer.instead ?? null };
}

/** What the lock is about may stand open still. */
function lockOrNone(deps: ApiDeps, definition: ProcedureDefinition, answers: Answers): string | undefined {
  try {
    return lockFor(deps, definition, answers);
  } catch {
    return undefined;
  }
}

function yearOf({ roles }: ProcedureDefinition, answers: Answers): number | undefined {
  const year = answers[roles.fiscalYear];
  return typeof year === 'number' ? year : undefined;
}

async function lookAlikesOf(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  entry: PaperEntry,
  answers: Answers,
): Promise<CheckPaperResponse['lookAlikes']> {
  const { db, keyring } = deps;
  const child = sketchOf(definition, answers);
  const here = { procedure: definition.code, fiscalYear: yearOf(definition, answers) };
  const [applications, papers] = await Promise.all([
    lookAlikeCandidates(db, keyring, { applicationId: entry.id, child }),
    paperEntriesLike(db, keyring, { id: entry.id, child }),
  ]);
  const found = applications.flatMap((candidate) => {
    const like = similarity(child, candidate.child);
    if (!like || !worthALook(like, here, candidate)) return [];
    const { applicationId, receiptNumber: number } = candidate;
    return [{ like, applicationId, paperId: null, number, other: candidate.child }];
  });
  const others = papers.flatMap(({ entry: paper, content }) => {
    const other = sketchOf(definition, content.answers);
    const like = similarity(child, other);
    const there = { procedure: paper.procedure, fiscalYear: yearOf(definition, content.answers) };
    if (!like || !worthALook(like, here, there)) return [];
    return [{ like, applicationId: null, paperId: paper.id, number: paper.serial, other }];
  });
  return [...others, ...found]
    .toSorted((a, b) => Number(b.like.kind === 'duplicate') - Number(a.like.kind === 'duplicate'))
    .slice(0, 20)
    .map(({ like, other, ...where }) => ({
      ...where,
      kind: like.kind,
      childName: `${other.familyName} ${other.givenName}`.trim(),
      birthDate: other.birthDate,
      reasons: like.reasons.map((reason) => LOOK_ALIKE_LABELS[reason]),
    }));
}

/**
 * What a paper application has to have before it is received.
 * @returns the answers as they are kept
 * @throws {ProblemError} `invalidAnswers`, `missingDocuments`
 */
export function assertComplete(deps: ApiDeps, definition: ProcedureDefinition, typed: Typed): Answers {
  const answers = cleanAnswers(definition, typed.answers);
  const { problems } = judge(deps, definition, answers);
  const errors: ProblemPart[] = problems.map(({ field, message }) => ({
    path: `answers.${dotted(field)}`,
    message,
  }));
  const types = typed.files.map((file) => file.documentType);
  const offered = new Map(paperDocuments(definition, answers).map((one) => [one.type, one]));
  for (const type of new Set(types)) {
    const document = offered.get(type);
    if (!document) {
      const message = 'この書類は、今の回答では登録できません。種類を選び直してください。';
      errors.push({ path: `documents.${type}`, message });
    } else if (types.filter((one) => one === type).length > document.maxFiles) {
      const message = `${document.label.ja}は${String(document.maxFiles)}個までです。1つのPDFにまとめてください。`;
      errors.push({ path: `documents.${type}`, message });
    }
  }
  if (errors.length > 0) throw new ProblemError('invalidAnswers', { errors });
  if (!types.includes(PAPER_FORM.type)) {
    const message = '申請書をスキャンした画像（PDFまたはJPEG）を登録してください。';
    throw new ProblemError('missingDocuments', {
      errors: [{ path: `documents.${PAPER_FORM.type}`, message }],
    });
  }
  return answers;
}
