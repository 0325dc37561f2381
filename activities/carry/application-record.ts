import { isEnded } from '../../domain/application/state.ts';
import { queuesOf } from '../../domain/application/tasks.ts';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import { PAPER_WAY_LABELS } from '../../domain/intake/paper.ts';
import { QUEUE_LABELS, STAGE_LABELS } from '../../domain/texts/application.ts';
import { DECISION_LABELS, ownFields } from '../../kintone/apps/application.ts';
import { CHANNEL_LABELS } from '../../kintone/apps/ledger.ts';
import { applicationApp, type KintoneRecord } from '../../kintone/apps/model.ts';
import { placeOf } from '../../kintone/apps/places.ts';
import { NO, recordOf, toKintone, YES } from '../../kintone/apps/values.ts';
import type { GatewayWrite } from '../../kintone/gateway/index.ts';
import { applyChanges, type WaitingVersion } from '../../store/versions.ts';
import type { CarryContext } from './context.ts';

/** How the application stands: written whole at each step, so that no step's order matters. */
function header({ state, childId, paper, nameOf }: CarryContext): KintoneRecord {
  const asking = state.stage === 'awaitingApplicant' ? state.request : undefined;
  // Halls and 新BOPs see the record: a decision stands there once the family has been told.
  const decision = isEnded(state) ? state.decision : undefined;
  const values: Record<string, unknown> = {
    stage: STAGE_LABELS[state.stage],
    queues: queuesOf(state).map((queue) => QUEUE_LABELS[queue]),
    assignee: nameOf(state.assignee),
    deadline: asking?.deadline ?? '',
    overdue: asking?.overdue ? YES : NO,
    decision: decision ? DECISION_LABELS[decision.outcome] : '',
    decided_on: decision ? tokyoDate(decision.decidedAt) : '',
    effective_from: decision?.effectiveFrom ?? '',
    received_at: state.receivedAt,
    channel: CHANNEL_LABELS[state.channel],
    fiscal_year: state.fiscalYear,
    round: state.round,
    paper_serial: paper?.serial ?? '',
    paper_received_on: paper?.receivedOn ?? null,
    paper_arrived_by: paper ? PAPER_WAY_LABELS[paper.arrivedBy] : '',
    paper_receiver: nameOf(paper?.receiverId),
    data_version: state.dataVersion,
    seq: state.seq,
    application_id: state.applicationId,
    child_id: childId,
  };
  const written = Object.entries(values).map(([code, value]) => [code, { value }] as const);
  return { ...Object.fromEntries(written), ...placeOf(state.bopCode) };
}

/** Only what changed, so that what the ward's staff corrected in kintone itself stays. */
function changedFields({ definition }: CarryContext, versions: readonly WaitingVersion[]): KintoneRecord {
  const changed: Record<string, WaitingVersion['content']['answers'][string]> = {};
  for (const { content } of versions) Object.assign(changed, content.answers);
  const fields = ownFields(definition).filter((field) => field.code in changed);
  return Object.fromEntries(fields.map((field) => [field.code, toKintone(field, changed[field.code])]));
}

/** The application's own record: its state, and the answers as far as kintone lacks them. */
export function applicationWrite(context: CarryContext, versions: readonly WaitingVersion[]): GatewayWrite {
  const { definition, state } = context;
  const filed = versions.find((version) => version.kind === 'filed');
  const later = versions.filter((version) => version !== filed);
  const answers = filed
    ? recordOf(ownFields(definition), applyChanges(filed.content.answers, later))
    : changedFields(context, later);
  return {
    app: applicationApp(definition.code),
    key: state.receiptNumber,
    record: { ...answers, ...header(context) },
  };
}
