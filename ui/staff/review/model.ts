import type { FindingInput, ReviewDraftRequest, StaffApplication } from '../../../api/contract/index.ts';
import type { FindingResult } from '../../../domain/application/state.ts';
import { REFUSAL_TEXTS } from '../../../domain/texts/application.ts';
import { targetKey, targetOf } from '../application/context.tsx';

export type ChecklistItem = StaffApplication['checklist'][number];
export type FindingView = StaffApplication['reviews'][number]['findings'][number];
export type DraftKind = 'firstReview' | 'secondReview';

/** What has been filled in for one criterion so far. Targets are keys (`field:…`, `document:…`). */
export interface Finding {
  readonly result: FindingResult | '';
  readonly reasonCode: string;
  readonly targets: readonly string[];
  readonly applicantNote: string;
  readonly internalNote: string;
  /** The question to the ward while it is being written; becomes an escalation, not part of the finding. */
  readonly question: string;
}
export type Findings = Readonly<Record<string, Finding>>;

export const NO_FINDING: Finding = {
  result: '',
  reasonCode: '',
  targets: [],
  applicantNote: '',
  internalNote: '',
  question: '',
};

/** The parts of a finding that its result has: what was typed for another result is kept on screen but not sent. */
const ASKED: Readonly<Record<FindingResult, { readonly deficiency: boolean }>> = {
  met: { deficiency: false },
  deficient: { deficiency: true },
  notApplicable: { deficiency: false },
  inDoubt: { deficiency: false },
  notMet: { deficiency: false },
};

/** Does this result ask for a reason, a place and words to the applicant? */
export function asksForDeficiency(result: FindingResult | ''): boolean {
  return result !== '' && ASKED[result].deficiency;
}

/** An untouched checklist: what does not concern this application is proposed as not applicable. */
export function proposedFindings(checklist: readonly ChecklistItem[]): Findings {
  return Object.fromEntries(
    checklist.map((item) => [
      item.criterionId,
      item.applies ? NO_FINDING : { ...NO_FINDING, result: 'notApplicable' as const },
    ]),
  );
}

type StoredFinding = ReviewDraftRequest['findings'][number];

function fromStored(stored: StoredFinding | FindingView): Finding {
  return {
    result: stored.result ?? '',
    reasonCode: stored.reasonCode ?? '',
    targets: (stored.targets ?? []).map(targetKey),
    applicantNote: stored.applicantNote ?? '',
    internalNote: stored.internalNote ?? '',
    question: '',
  };
}

/** A saved draft over the criteria of this application; criteria that it does not know are left as they are. */
export function withStored(findings: Findings, stored: readonly (StoredFinding | FindingView)[]): Findings {
  const own = stored.filter(({ criterionId }) => Object.hasOwn(findings, criterionId));
  return { ...findings, ...Object.fromEntries(own.map((one) => [one.criterionId, fromStored(one)])) };
}

/** An earlier review put into what has not been judged yet. What has been judged stays. */
export function carriedOver(findings: Findings, earlier: readonly FindingView[]): Findings {
  const open = earlier.filter(({ criterionId }) => findings[criterionId]?.result === '');
  return withStored(findings, open);
}

function text(value: string): string | undefined {
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

function toInput(criterionId: string, finding: Finding): StoredFinding {
  const { result } = finding;
  const asked = asksForDeficiency(result);
  const applicantNote = asked ? text(finding.applicantNote) : undefined;
  const internalNote = text(finding.internalNote);
  return {
    criterionId,
    ...(result === '' ? {} : { result }),
    ...(asked && finding.reasonCode !== '' ? { reasonCode: finding.reasonCode } : {}),
    ...(asked && finding.targets.length > 0 ? { targets: finding.targets.map(targetOf) } : {}),
    ...(applicantNote === undefined ? {} : { applicantNote }),
    ...(internalNote === undefined ? {} : { internalNote }),
  };
}

/** What is saved as a draft: everything that has been filled in. */
export function toStored(findings: Findings): StoredFinding[] {
  return Object.entries(findings).map(([criterionId, finding]) => toInput(criterionId, finding));
}

function isJudged(stored: StoredFinding): stored is FindingInput {
  return stored.result !== undefined;
}

/** What is sent: the criteria that have been judged. */
export function toFindings(findings: Findings): FindingInput[] {
  return toStored(findings).filter(isJudged);
}

/** A finding of a review that is done, as the API takes it. */
export function asInput(view: FindingView): FindingInput {
  const { criterionId, result, reasonCode, targets, applicantNote, internalNote } = view;
  return {
    criterionId,
    result,
    targets,
    ...(reasonCode === null ? {} : { reasonCode }),
    ...(applicantNote === null ? {} : { applicantNote }),
    ...(internalNote === null ? {} : { internalNote }),
  };
}

/** Element id of a part of a criterion, for the error summary. */
export function partId(
  criterionId: string,
  part: 'result' | 'reason' | 'targets' | 'question' | 'note',
): string {
  return `criterion-${criterionId}-${part}`;
}

export interface Incomplete {
  readonly criterionId: string;
  readonly part: 'result' | 'reason' | 'targets' | 'question';
  readonly fieldId: string;
  readonly message: string;
}

function incompleteParts(finding: Finding): readonly [Incomplete['part'], string][] {
  if (finding.result === '') return [['result', '判定を選んでください。']];
  if (finding.result === 'inDoubt') return [['question', REFUSAL_TEXTS.doubtUnresolved]];
  if (!asksForDeficiency(finding.result)) return [];
  return [
    ...(finding.reasonCode === '' ? [['reason', '不備の理由を選んでください。'] as const] : []),
    ...(finding.targets.length === 0
      ? [['targets', '申請者に直してもらう項目または書類を選んでください。'] as const]
      : []),
  ].map(([part, message]) => [part, message]);
}

/** What is still missing before a first review can be completed, in the order of the checklist. */
export function incompleteOf(checklist: readonly ChecklistItem[], findings: Findings): readonly Incomplete[] {
  return checklist.flatMap(({ criterionId, title }) =>
    incompleteParts(findings[criterionId] ?? NO_FINDING).map(([part, message]) => ({
      criterionId,
      part,
      fieldId: partId(criterionId, part),
      message: `「${title}」：${message}`,
    })),
  );
}

/** How many criteria have which result. */
export function countResults(
  findings: readonly { readonly result?: FindingResult | '' | undefined }[],
): ReadonlyMap<FindingResult, number> {
  const counts = new Map<FindingResult, number>();
  for (const { result } of findings) {
    if (result !== undefined && result !== '') counts.set(result, (counts.get(result) ?? 0) + 1);
  }
  return counts;
}

/** Which checklist this person can fill in now, by what the server offers; also while the ward's answer is awaited. */
export function draftKindOf(application: Pick<StaffApplication, 'actions'>): DraftKind | undefined {
  const fillable = (type: string) =>
    application.actions.some(
      (action) => action.type === type && (action.offered || action.refusal?.code === 'openEscalation'),
    );
  if (fillable('completeFirstReview')) return 'firstReview';
  return fillable('agreeSecondReview') ? 'secondReview' : undefined;
}
