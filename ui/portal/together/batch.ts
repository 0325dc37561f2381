import { useQueries } from '@tanstack/react-query';
import type { Draft } from '../../../api/contract/index.ts';
import type { Answers, ProcedureDefinition, Section } from '../../../domain/procedures/definition.ts';
import { offeredDocuments, requiredDocuments } from '../../../domain/procedures/documents.ts';
import { cleanAnswers, fiscalYearsOn, visibleSections } from '../../../domain/procedures/fields.ts';
import { PROCEDURES, procedureOf } from '../../../domain/procedures/registry.ts';
import type { Language } from '../../i18n/index.tsx';
import { api, dateInTokyo } from '../../lib/index.ts';
import { openSections } from '../form/steps.ts';
import { useDrafts, useProcedures } from '../shared/queries.ts';

/** One of the applications that are filed in one go. */
export interface Filing {
  readonly draft: Draft;
  readonly definition: ProcedureDefinition;
  /** Cleaned. */
  readonly answers: Answers;
  /** Sections in which something is missing or wrong, with how many things. */
  readonly open: readonly { section: Section; count: number }[];
  /** Documents that have to be there and are not. */
  readonly blocking: ReturnType<typeof requiredDocuments>;
}

export interface Batch {
  readonly filings: readonly Filing[];
  readonly pending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** How many things are still to be done. */
export function openCount({ open, blocking }: Filing): number {
  return open.reduce((sum, one) => sum + one.count, 0) + blocking.length;
}

/** The files to hand in: those of documents that these answers still call for. */
export function filesOf({ draft, definition, answers }: Filing) {
  const offered = offeredDocuments(definition, answers).map((one) => one.type);
  return draft.files.filter((file) => offered.includes(file.documentType));
}

/** All drafts of a filing with their content, oldest first, as they were entered. */
export function useBatch(batchId: string, language: Language): Batch {
  const procedures = useProcedures();
  const drafts = useDrafts();
  const own = (drafts.data?.drafts ?? []).filter((draft) => draft.batchId === batchId);
  const loaded = useQueries({
    queries: own.map((draft) => ({
      // A later save is another content.
      queryKey: ['batch-draft', draft.id, draft.updatedAt],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Draft>(`drafts/${draft.id}`, { signal }),
      staleTime: 0,
    })),
  });
  const today = procedures.data?.today ?? dateInTokyo(new Date());
  const filings = loaded.flatMap(({ data }): Filing[] => {
    const definition = data && procedureOf(data.procedure);
    if (!definition) return [];
    const years = procedures.data?.procedures
      .find((one) => one.code === definition.code)
      ?.periods.filter((period) => period.open)
      .map((period) => period.fiscalYear);
    const fiscalYears = years && years.length > 0 ? [...new Set(years)] : fiscalYearsOn(today);
    const answers = cleanAnswers(definition, data.answers);
    const types = new Set(data.files.map((file) => file.documentType));
    return [
      {
        draft: data,
        definition,
        answers,
        open: openSections(definition, data.answers, language, { today, fiscalYears }),
        blocking: requiredDocuments(definition, answers).filter(
          (one) => !one.mayFollow && !types.has(one.type),
        ),
      },
    ];
  });
  // Child by child, in the order of the procedures: an admission before what follows it.
  const order = filings.toSorted(
    (a, b) =>
      a.draft.childName.localeCompare(b.draft.childName, 'ja') ||
      PROCEDURES.indexOf(a.definition) - PROCEDURES.indexOf(b.definition) ||
      (a.draft.id < b.draft.id ? -1 : 1),
  );
  const failed = [procedures, drafts, ...loaded].filter((one) => one.error && !one.data);
  return {
    filings: order,
    pending:
      procedures.isPending ||
      !drafts.isFetchedAfterMount ||
      drafts.isPending ||
      loaded.some((one) => one.isPending),
    error: failed[0]?.error,
    retry: () => failed.forEach((one) => void one.refetch()),
  };
}

/** Summaries or filings together by child, in the order in which the children come up. */
export function byChild<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
): readonly { name: string; items: readonly T[] }[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item]);
  return [...groups].map(([name, own]) => ({ name, items: own }));
}

/** Sections of the family that two or more filings ask and answer alike: they are looked over once. */
export function sharedSections(filings: readonly Filing[]): ReadonlySet<string> {
  const seen = new Map<string, string[]>();
  for (const filing of filings) {
    for (const section of visibleSections(filing.definition, filing.answers)) {
      if (section.family !== true) continue;
      seen.set(section.id, [...(seen.get(section.id) ?? []), contentOf(filing, section)]);
    }
  }
  const shared = [...seen].filter(
    ([, contents]) => contents.length > 1 && contents.every((one) => one === contents[0]),
  );
  return new Set(shared.map(([id]) => id));
}

/** What a section says, whatever further questions another procedure's section of that name has. */
function contentOf({ answers }: Filing, section: Section): string {
  return JSON.stringify(section.fields.map((field) => [field.code, answers[field.code] ?? null]));
}
