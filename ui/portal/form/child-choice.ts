import type { DraftSummary, MyChild, ProcedureForChild } from '../../../api/contract/index.ts';
import type { ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { NEED_REFUSAL_TEXTS } from '../../../domain/enrolment/need-texts.ts';
import type { Localized } from '../../../domain/texts/locale.ts';
import type { Text } from '../../i18n/index.tsx';
import { together as g } from '../texts/together.ts';

/** One child that a procedure can be begun for. */
export interface ChildChoice {
  /** `child` of the address: a key, a draft's id, or `new`. */
  readonly value: string;
  readonly label: string | Text;
  readonly hint?: Text;
  readonly child?: string | undefined;
  readonly childDraft?: string | undefined;
  readonly years: MyChild['years'];
  /** Is an admission of the child part of the same filing? */
  readonly admissionBeside: boolean;
}

export const NEW_CHILD = 'new';

/** The children that can be chosen: known ones, those of the same filing, and one more. */
export function choicesOf(
  definition: ProcedureDefinition,
  children: readonly MyChild[],
  inBatch: readonly DraftSummary[],
): readonly ChildChoice[] {
  const named = inBatch.filter((draft) => draft.childName !== '');
  const admitted = new Set(
    named.filter((draft) => draft.procedure === 'admission').map((draft) => draft.childName),
  );
  const known = children.map((child): ChildChoice => ({
    value: child.key,
    label: child.name,
    child: child.key,
    years: child.years,
    admissionBeside: admitted.has(child.name),
  }));
  const names = new Set(children.map((child) => child.name));
  const drafted = [...new Map(named.map((draft) => [draft.childName, draft])).values()]
    .filter((draft) => !names.has(draft.childName))
    .map((draft): ChildChoice => ({
      value: draft.id,
      label: draft.childName,
      childDraft: draft.id,
      years: [],
      admissionBeside: admitted.has(draft.childName),
    }));
  const follows = definition.needs.kind !== 'none';
  const another: ChildChoice = {
    value: NEW_CHILD,
    label: follows ? g.notListedChild : g.newChild,
    hint: follows ? g.notListedHint : g.newChildHint,
    years: [],
    admissionBeside: false,
  };
  return [...known, ...drafted, another];
}

/** Why this cannot be filed for the child, and what to do instead; undefined where it can, or where only the office knows. */
export function refusalFor(
  { code, needs }: ProcedureDefinition,
  choice: ChildChoice,
  fiscalYear: number,
): { reason: Localized; instead: string | null } | undefined {
  const waits = needs.kind === 'admitted' && needs.orUnderWay;
  if (waits && choice.admissionBeside) return undefined;
  const known: ProcedureForChild | undefined = choice.years
    .find((one) => one.fiscalYear === fiscalYear)
    ?.procedures.find((one) => one.procedure === code);
  if (known) return known.may || !known.reason ? undefined : { reason: known.reason, instead: known.instead };
  // A child that exists only in this filing has nothing yet that could be declined, withdrawn or cancelled.
  if (choice.childDraft === undefined || needs.kind === 'none') return undefined;
  return { reason: NEED_REFUSAL_TEXTS.notAdmitted, instead: 'admission' };
}

/** The only year that comes into question: one is open, or the child is (or will be) a member in one. Undefined: to be asked. */
export function yearOfChoice(
  { needs }: ProcedureDefinition,
  choices: readonly ChildChoice[],
  value: string,
  open: readonly number[],
): number | undefined {
  if (open.length === 1) return open[0];
  if (needs.kind === 'none') return undefined;
  const own = (choices.find((one) => one.value === value)?.years ?? []).filter(
    (year) => open.includes(year.fiscalYear) && year.membership !== 'none',
  );
  return own.length === 1 ? own[0]?.fiscalYear : undefined;
}
