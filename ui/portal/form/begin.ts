import type { PrefillResponse, SaveDraftRequest } from '../../../api/contract/index.ts';
import { fiscalYearsOn } from '../../../domain/procedures/fields.ts';
import type { ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { api } from '../../lib/index.ts';
import { newId } from '../shared/ids.ts';
import { CONFIRM_STEP, knownSections, prefilled, stepsOf, stepsToGo } from './steps.ts';

export interface Beginning {
  readonly definition: ProcedureDefinition;
  readonly account: { readonly email: string | null; readonly phone: string | null };
  /** A key of the family's children. */
  readonly child?: string | undefined;
  /** A draft about the same child, where it has no application yet. */
  readonly childDraft?: string | undefined;
  readonly fiscalYear?: number | undefined;
  readonly batchId?: string | undefined;
  readonly today: string;
}

/** Makes a draft with what the family entered before. @returns the path of its first page that is to be filled in */
export async function beginDraft(given: Beginning): Promise<string> {
  const { definition, account, child, childDraft, fiscalYear, batchId, today } = given;
  const found = await api.get<PrefillResponse>('my/prefill', {
    query: { procedure: definition.code, child, childDraft, fiscalYear, batch: batchId },
  });
  const answers = prefilled(definition, account, found.answers) as SaveDraftRequest['answers'];
  const id = newId();
  const fiscalYears = fiscalYear === undefined ? fiscalYearsOn(today) : [fiscalYear];
  const known = knownSections(definition, answers, found.taken, { today, fiscalYears });
  const first = stepsToGo(stepsOf(definition, answers, known))[0]?.id ?? CONFIRM_STEP;
  const body: SaveDraftRequest = {
    procedure: definition.code,
    answers,
    files: [],
    step: first,
    taken: found.taken,
    ...(batchId === undefined ? {} : { batchId }),
  };
  await api.put(`drafts/${id}`, body);
  return `/drafts/${id}/${first}`;
}
