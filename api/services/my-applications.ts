import type { ApplicationEvent } from '../../domain/application/events.ts';
import { offeredActions } from '../../domain/application/decide.ts';
import { openItems, type ApplicationState, type DeficiencyItem } from '../../domain/application/state.ts';
import { applicantStatus, applicantTimeline, applicantView } from '../../domain/application/timeline.ts';
import type { Answers, Criterion, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { fieldOf } from '../../domain/procedures/fields.ts';
import type { Localized } from '../../domain/texts/locale.ts';
import type { Application } from '../../store/applications.ts';
import { filesOfApplication, type FileRecord } from '../../store/files.ts';
import type { MyApplication, MyApplicationRow, MyItem, MyRequest } from '../contract/applicant.ts';
import type { TimelineEntry } from '../contract/common.ts';
import type { ApiDeps } from '../deps.ts';
import { fileInfo } from '../views/files.ts';
import { currentAnswers, namesOf, textsOf } from './content.ts';
import { definitionOf, historyOf } from './state.ts';

function statusOf(state: ApplicationState): MyApplicationRow['status'] {
  const { code, label, explanation, nextStep } = applicantStatus(state);
  return { code, label, explanation, next: nextStep };
}

/** What ties an application to others is added by the route (`tiesOf`). */
type Row = Omit<MyApplicationRow, 'childKey' | 'batchId'>;

function rowOf(application: Application, state: ApplicationState, childName: string | null): Row {
  return {
    id: application.id,
    receiptNumber: application.receiptNumber,
    procedure: application.procedure,
    fiscalYear: application.fiscalYear,
    childName,
    receivedAt: application.receivedAt,
    stage: state.stage,
    status: statusOf(state),
    deadline: state.stage === 'awaitingApplicant' ? (state.request?.deadline ?? null) : null,
    openItems: openItems(state).length,
  };
}

/** One's own applications, the newest first (Q11). */
export async function myRows(
  deps: ApiDeps,
  applications: readonly Application[],
): Promise<{ rows: Row[]; away: boolean }> {
  const names = await namesOf(deps, applications);
  const rows = await Promise.all(
    applications.map(async (application) => {
      const { state: whole } = await historyOf(deps, application);
      const state = applicantView(whole);
      return rowOf(application, state, names.value.get(application.id)?.childName ?? null);
    }),
  );
  return { rows, away: names.away };
}

function joined(labels: readonly Localized[]): Localized {
  return {
    ja: labels.map((l) => l.ja).join('、'),
    'ja-easy': labels.map((l) => l['ja-easy'] ?? l.ja).join('、'),
    en: labels.map((l) => l.en ?? l.ja).join(', '),
  };
}

function itemView(
  item: DeficiencyItem,
  from: {
    definition: ProcedureDefinition;
    criteria: readonly Criterion[];
    answers: Answers | null;
    files: readonly FileRecord[];
    notes: ReadonlyMap<string, string>;
  },
): MyItem {
  const criterion = from.criteria.find((c) => c.id === item.criterionId);
  const labels = item.targets.map((target): Localized =>
    target.kind === 'document'
      ? (from.definition.documents.find((d) => d.type === target.type)?.label ?? { ja: target.type })
      : (fieldOf(from.definition, target.code)?.label ?? { ja: target.code }),
  );
  return {
    id: item.id,
    status: item.status,
    label: labels.length > 0 ? joined(labels) : { ja: criterion?.title ?? item.criterionId },
    reason: criterion?.reasons.find((r) => r.code === item.reasonCode)?.applicantText ?? { ja: '' },
    note: item.applicantNote === undefined ? null : (from.notes.get(item.applicantNote) ?? null),
    targets: item.targets.map((target) =>
      target.kind === 'field'
        ? { kind: 'field', code: target.code, value: (from.answers?.[target.code] ?? null) as never }
        : {
            kind: 'document',
            type: target.type,
            files: from.files.filter((file) => file.documentType === target.type).map(fileInfo),
          },
    ),
  };
}

function timelineOf(events: readonly ApplicationEvent[]): TimelineEntry[] {
  return applicantTimeline(events).map(({ seq, at, type, by, title }) => ({
    seq,
    at,
    type,
    by: {
      kind: by === 'you' ? 'applicant' : 'staff',
      id: null,
      role: by === 'ward' ? 'ward' : null,
      name: null,
    },
    title,
    detail: null,
  }));
}

/** One's own application with all that concerns the applicant, and nothing that does not (Q11). */
export async function myApplication(
  deps: ApiDeps,
  application: Application,
  applicantId: string,
): Promise<Omit<MyApplication, 'childKey' | 'batchId'>> {
  const definition = definitionOf(application);
  const { events, state: whole } = await historyOf(deps, application);
  const state = applicantView(whole);
  const [answers, files, criteria] = await Promise.all([
    currentAnswers(deps, application),
    filesOfApplication(deps.db, deps.keyring, application.id),
    deps.settings.criteria(definition, editionOf(state)),
  ]);
  const asked = state.stage === 'awaitingApplicant' ? state.request : undefined;
  const { decision } = state;
  const refs = [
    ...(asked?.items.map((item) => item.applicantNote) ?? []),
    ...(decision?.outcome === 'refused' ? [decision.reason] : []),
  ].filter((ref) => ref !== undefined);
  const notes = await textsOf(deps, application, refs);
  const { roles } = definition;
  const childName = answers.value
    ? [roles.childFamilyName, roles.childGivenName]
        .flatMap((code) => {
          const part = answers.value?.[code];
          return typeof part === 'string' && part !== '' ? [part] : [];
        })
        .join(' ')
    : null;
  const request: MyRequest | null = asked
    ? {
        id: asked.id,
        round: asked.round,
        method: asked.method,
        requestedAt: asked.requestedAt,
        deadline: asked.deadline,
        overdue: asked.overdue,
        items: asked.items.map((item) =>
          itemView(item, { definition, criteria, answers: answers.value, files, notes: notes.value }),
        ),
      }
    : null;
  const offered = offeredActions(state, { kind: 'applicant', id: applicantId });
  return {
    ...rowOf(application, state, childName),
    round: application.round,
    bopCode: application.bopCode,
    answers: answers.value as never,
    documents: files.map(fileInfo),
    request,
    decision: decision
      ? {
          outcome: decision.outcome,
          decidedAt: decision.decidedAt,
          effectiveFrom: decision.effectiveFrom ?? null,
          reasonLabel: definition.refusalReasons.find((r) => r.code === decision.reasonCode)?.label ?? null,
          reason: decision.reason === undefined ? null : (notes.value.get(decision.reason) ?? null),
        }
      : null,
    timeline: timelineOf(events),
    offered: (['answer', 'cancel'] as const).filter((type) => offered.includes(type)),
    notice: answers.away || notes.away ? 'kintoneAway' : null,
  };
}

/** The edition of criteria that an application is judged by; undefined while its workflow has not read it yet. */
export function editionOf(state: ApplicationState): string | undefined {
  const { criteriaVersion } = state.settings;
  return criteriaVersion === 'unknown' ? undefined : criteriaVersion;
}
