import type { z } from 'zod';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import { childIdentity } from '../../domain/intake/identity.ts';
import { sharedAnswers, takeOver, type TakeOverSource } from '../../domain/intake/take-over.ts';
import type { Answers, AnswerValue, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { cleanAnswers } from '../../domain/procedures/fields.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { draftsOf, getDraft, saveDraft, type DraftRecord } from '../../store/drafts.ts';
import { familyApplications } from '../../store/family.ts';
import type { TakenPart } from '../contract/applicant.ts';
import type { PrefillQuery, PrefillResponse } from '../contract/family.ts';
import type { ApiDeps } from '../deps.ts';
import { answersOfMany, namesFromAnswers } from './content.ts';

/** So many of the family's newest applications are looked at. */
const MOST_SOURCES = 12;

interface Source extends TakeOverSource {
  part: Omit<TakenPart, 'fields' | 'documents'>;
}

/** The opaque key of the child that these answers are about; undefined while its name or birthday are not there. */
export function childKeyOfAnswers(
  deps: Pick<ApiDeps, 'keyring'>,
  definition: ProcedureDefinition,
  answers: Answers,
): string | undefined {
  try {
    return deps.keyring.lookupKey('child', childIdentity(definition, answers));
  } catch {
    return undefined;
  }
}

/**
 * What a new draft can begin with, from the account's own applications and, for several in one go, from the drafts of the same
 * filing (Q05, Q06). The drafts come first: they are what the person says today.
 */
export async function prefill(
  deps: ApiDeps,
  accountId: string,
  definition: ProcedureDefinition,
  query: z.output<typeof PrefillQuery>,
): Promise<PrefillResponse> {
  const child = query.child ?? (await childOfDraft(deps, accountId, query.childDraft));
  const drafts = await draftSources(deps, accountId, query.batch, child, query.childDraft);
  const filed = await filedSources(deps, accountId, child);
  const sources = [...drafts, ...filed.sources];
  const { answers, from } = takeOver(definition, sources, query.fiscalYear);
  const taken = sources.flatMap((source, index): TakenPart[] => {
    const fields = Object.keys(from).filter((code) => from[code] === index);
    return fields.length === 0 ? [] : [{ ...source.part, fields, documents: [] }];
  });
  const { fiscalYear: yearField } = definition.roles;
  const year = query.fiscalYear === undefined ? {} : { [yearField]: query.fiscalYear };
  return {
    answers: { ...answers, ...year } as PrefillResponse['answers'],
    taken,
    notice: filed.away ? 'kintoneAway' : null,
  };
}

async function childOfDraft(
  deps: ApiDeps,
  accountId: string,
  id: string | undefined,
): Promise<string | undefined> {
  const draft = id === undefined ? undefined : await getDraft(deps.db, deps.keyring, accountId, id);
  const definition = draft && procedureOf(draft.procedure);
  return draft && definition && childKeyOfAnswers(deps, definition, draft.content.answers);
}

async function draftSources(
  deps: ApiDeps,
  accountId: string,
  batch: string | undefined,
  child: string | undefined,
  childDraft: string | undefined,
): Promise<readonly Source[]> {
  if (batch === undefined) return [];
  const drafts = await draftsOf(deps.db, deps.keyring, accountId);
  return drafts.flatMap((draft): Source[] => {
    const definition = procedureOf(draft.procedure);
    if (!definition || draft.content.batchId !== batch) return [];
    const answers = cleanAnswers(definition, draft.content.answers);
    const own = childKeyOfAnswers(deps, definition, answers);
    const year = answers[definition.roles.fiscalYear];
    return [
      {
        definition,
        answers,
        sameChild: draft.id === childDraft || (own !== undefined && own === child),
        fiscalYear: typeof year === 'number' ? year : undefined,
        part: {
          from: { kind: 'draft', id: draft.id },
          procedure: draft.procedure,
          childName: namesFromAnswers(draft.procedure, answers).childName.trim(),
          receivedOn: null,
        },
      },
    ];
  });
}

async function filedSources(
  deps: ApiDeps,
  accountId: string,
  child: string | undefined,
): Promise<{ sources: readonly Source[]; away: boolean }> {
  const all = await familyApplications(deps.db, deps.keyring, accountId);
  const own = all.filter((one) => one.childKey === child);
  const others = all.filter((one) => one.childKey !== child);
  const chosen = [...own, ...others].slice(0, MOST_SOURCES);
  const { value, away } = await answersOfMany(deps, chosen);
  const sources = chosen
    .toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
    .flatMap((one): Source[] => {
      const definition = procedureOf(one.procedure);
      const answers = value.get(one.id);
      if (!definition || !answers) return [];
      return [
        {
          definition,
          answers,
          sameChild: one.childKey === child,
          fiscalYear: one.fiscalYear,
          part: {
            from: { kind: 'application', id: one.id },
            procedure: one.procedure,
            childName: one.child ? `${one.child.familyName} ${one.child.givenName}` : '',
            receivedOn: tokyoDate(one.receivedAt),
          },
        },
      ];
    });
  return { sources, away };
}

/**
 * After a draft of a filing was saved: the family's answers are the same in its other drafts, so that an address changed in one
 * is changed in all. What those drafts say of their child stays.
 */
export async function shareWithBatch(
  deps: ApiDeps,
  accountId: string,
  saved: Pick<DraftRecord, 'id' | 'procedure' | 'content'>,
): Promise<void> {
  const { batchId } = saved.content;
  const from = procedureOf(saved.procedure);
  if (batchId === undefined || !from) return;
  for (const draft of await draftsOf(deps.db, deps.keyring, accountId)) {
    const to = procedureOf(draft.procedure);
    if (draft.id === saved.id || draft.content.batchId !== batchId || !to) continue;
    const answers = mergedAnswers(draft.content.answers, sharedAnswers(from, saved.content.answers, to));
    if (JSON.stringify(answers) === JSON.stringify(draft.content.answers)) continue;
    const { id, procedure } = draft;
    const content = { ...draft.content, answers };
    await saveDraft(deps.db, deps.keyring, { id, accountId, procedure, content });
  }
}

function mergedAnswers(
  answers: Readonly<Record<string, AnswerValue>>,
  shared: Readonly<Record<string, AnswerValue | null>>,
): Record<string, AnswerValue> {
  const merged: Record<string, AnswerValue> = { ...answers };
  for (const [code, value] of Object.entries(shared)) {
    if (value === null) Reflect.deleteProperty(merged, code);
    else merged[code] = value;
  }
  return merged;
}
