import type { z } from 'zod';
import { missingDocuments, offeredDocuments } from '../../domain/procedures/documents.ts';
import { cleanAnswers } from '../../domain/procedures/fields.ts';
import { validateAnswers, validateSection } from '../../domain/procedures/validate.ts';
import type {
  Answers,
  DocumentType,
  IntakeHint,
  ProcedureDefinition,
} from '../../domain/procedures/definition.ts';
import { LOCALES, type Localized } from '../../domain/texts/locale.ts';
import type { FieldProblem, HintForApplicant } from '../contract/applicant.ts';
import type { ApiDeps } from '../deps.ts';
import { atMost, words } from '../problem-words.ts';
import type { ProblemPart } from '../problems.ts';
import { announced, today } from './ward-settings.ts';

type Problem = z.output<typeof FieldProblem>;

/** Everything that can be said of a form before it is filed. */
export interface FormCheck {
  /** As they would be kept. */
  answers: Answers;
  problems: readonly Problem[];
  missing: readonly DocumentType[];
  hints: readonly IntakeHint[];
}

/**
 * Checks answers and attached documents by the procedure's own rules: what is wrong, what is missing, what the machine sees.
 * @param section one step only; documents and hints are then left out
 */
export async function checkForm(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  given: {
    answers: Readonly<Record<string, unknown>>;
    documentTypes: readonly string[];
    section?: string | undefined;
  },
): Promise<FormCheck> {
  const day = today(deps.now());
  const section = definition.sections.find((one) => one.id === given.section);
  const [known, seenBy] = await Promise.all([
    deps.settings.periods(definition, day),
    section ? undefined : Promise.all([deps.settings.calendar(), deps.settings.parameters(definition)]),
  ]);
  const periods = announced(known, day);
  const fiscalYears = [...new Set(periods.map((period) => period.fiscalYear))];
  const answers = cleanAnswers(definition, given.answers);
  const problems = inAllLanguages((locale) =>
    section
      ? validateSection(definition, section, given.answers, locale, { today: day, fiscalYears })
      : validateAnswers(definition, given.answers, locale, { today: day, fiscalYears }),
  );
  if (!seenBy) return { answers, problems, missing: [], hints: [] };
  const [calendar, parameters] = seenBy;
  const hints = definition.intakeHints(answers, given.documentTypes, {
    today: day,
    parameters,
    ...(calendar ? { calendar } : {}),
  });
  const missing = missingDocuments(definition, answers, given.documentTypes);
  return { answers, problems, missing, hints };
}

/** Problems of answers with their sentences in every language. */
export function inAllLanguages(
  check: (locale: (typeof LOCALES)[number]) => readonly { field: string; code: string; message: string }[],
): readonly Problem[] {
  const [first, ...others] = LOCALES;
  const japanese = check(first);
  // Nothing wrong is nothing wrong in any language; checking is the dearest part of a submission.
  if (japanese.length === 0) return [];
  const [easy, english] = others.map(check);
  return japanese.map((problem, index) => {
    const message: Localized = { ja: problem.message };
    const [simple, other] = [easy?.[index]?.message, english?.[index]?.message];
    if (simple !== undefined) message['ja-easy'] = simple;
    if (other !== undefined) message.en = other;
    return { path: dotted(problem.field), code: problem.code, message };
  });
}

/** `guardians[0].name` as forms name it: `guardians.0.name`. */
export function dotted(path: string): string {
  return path.replace(/\[(\d+)\]/g, '.$1');
}

/** Problems with answers as parts of a problem body. */
export function asParts(problems: readonly Problem[], prefix: string): readonly ProblemPart[] {
  return problems.map((problem) => ({ path: `${prefix}.${problem.path}`, message: problem.message }));
}

/** The hints that are for the family. */
export function hintsForApplicant(hints: readonly IntakeHint[]): z.output<typeof HintForApplicant>[] {
  return hints.flatMap((hint) =>
    hint.forApplicant
      ? [
          {
            code: hint.code,
            severity: hint.severity,
            field: hint.field ?? null,
            document: hint.document ?? null,
            text: hint.forApplicant,
          },
        ]
      : [],
  );
}

/** What is wrong with the documents that somebody wants to attach; empty if nothing is. */
export function documentProblems(
  definition: ProcedureDefinition,
  answers: Answers,
  types: readonly string[],
): readonly ProblemPart[] {
  const offered = new Map(offeredDocuments(definition, answers).map((one) => [one.type, one]));
  const parts: ProblemPart[] = [];
  for (const type of new Set(types)) {
    const document = offered.get(type);
    const count = types.filter((one) => one === type).length;
    if (!document) {
      parts.push({
        path: `documents.${type}`,
        message: words.documentNotOffered,
      });
    } else if (count > document.maxFiles) {
      parts.push({ path: `documents.${type}`, message: atMost(document.label, document.maxFiles) });
    }
  }
  return parts;
}
