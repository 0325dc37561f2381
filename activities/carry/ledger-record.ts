import { replay } from '../../domain/application/evolve.ts';
import type { ApplicationEvent } from '../../domain/application/events.ts';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import { PAPER_WAY_LABELS } from '../../domain/intake/paper.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { STAGE_LABELS } from '../../domain/texts/application.ts';
import { CHANNEL_LABELS, PAPER_LEDGER_LABELS } from '../../kintone/apps/ledger.ts';
import { placeOf } from '../../kintone/apps/places.ts';
import type { KintoneRecord } from '../../kintone/apps/model.ts';
import type { GatewayWrite } from '../../kintone/gateway/index.ts';
import type { PaperEntry } from '../../store/paper-entries.ts';
import type { CarryContext } from './context.ts';

const valued = (values: Record<string, unknown>): KintoneRecord =>
  Object.fromEntries(Object.entries(values).map(([code, value]) => [code, { value }]));

function ofPaper(paper: PaperEntry, receiver: string): Record<string, unknown> {
  return {
    serial: paper.serial,
    received_on: paper.receivedOn,
    received_at: paper.stampedAt,
    channel: CHANNEL_LABELS.paper,
    arrived_by: PAPER_WAY_LABELS[paper.arrivedBy],
    receiver,
  };
}

/** The application's line of the receipt ledger, where it is new, or has come to another stage, or to other answers. */
export function ledgerWrites(
  { state, definition, childId, paper, nameOf }: CarryContext,
  history: readonly ApplicationEvent[],
  carriedSeq: number,
): GatewayWrite[] {
  const carried = history.filter(({ seq }) => seq <= carriedSeq);
  // Other answers may name another child.
  const before = carried.length > 0 ? replay(carried) : undefined;
  if (before && before.stage === state.stage && before.dataVersion === state.dataVersion) return [];
  const received = paper
    ? ofPaper(paper, nameOf(paper.receiverId))
    : {
        serial: '',
        received_on: tokyoDate(state.receivedAt),
        received_at: state.receivedAt,
        channel: CHANNEL_LABELS[state.channel],
        arrived_by: '',
        receiver: nameOf(state.enteredBy),
      };
  return [
    {
      app: 'ledger',
      key: paper?.id ?? state.applicationId,
      record: {
        ...valued({
          ...received,
          receipt_number: state.receiptNumber,
          procedure: definition.name.ja,
          fiscal_year: state.fiscalYear,
          state: STAGE_LABELS[state.stage],
          child_id: childId,
        }),
        ...placeOf(state.bopCode),
      },
    },
  ];
}

/** The line of a paper that has its stamp and is no application: being entered, or given up. */
export function paperLedgerWrite(paper: PaperEntry, receiver: string): GatewayWrite {
  return {
    app: 'ledger',
    key: paper.id,
    record: valued({
      ...ofPaper(paper, receiver),
      receipt_number: '',
      procedure: procedureOf(paper.procedure)?.name.ja ?? paper.procedure,
      state: PAPER_LEDGER_LABELS[paper.state === 'discarded' ? 'discarded' : 'entering'],
    }),
  };
}
