import { receiptNumberOf } from '../intake/receipt-number.ts';
import type { ProcedureDefinition } from '../procedures/definition.ts';
import type { Enrolment } from '../enrolment/enrolment.ts';
import { foldEnrolment } from '../enrolment/fold.ts';
import { EXAMPLES } from '../procedures/examples/index.ts';
import { makeNotice, type NoticeContent, type NoticeSources } from './content.ts';
import { noticeKindOf, type NoticeKind } from './kinds.ts';

/** A made-up child's membership of the whole year, for certificates. */
function exampleEnrolment(): Enrolment {
  return foldEnrolment(2027, [
    {
      applicationId: '00000000-0000-4000-8000-000000000000',
      receiptNumber: receiptNumberOf('A', 2027, 123),
      decidedAt: '2027-01-12T01:00:00.000Z',
      effect: { kind: 'admit', bop: '2', from: '2027-04-01' },
    },
  ]);
}

/** The procedure whose decisions an example of this kind is of: the first that gives it. */
export function exampleProcedure(
  kind: NoticeKind,
  procedures: readonly ProcedureDefinition[],
): ProcedureDefinition | undefined {
  const outcome = kind === 'refused' ? 'refused' : 'approved';
  return procedures.find(({ code }) => noticeKindOf(code, outcome) === kind) ?? procedures[0];
}

/** A notice of a made-up child, to look at a template with. */
export function exampleNotice(
  kind: NoticeKind,
  definition: ProcedureDefinition,
  sources: Pick<NoticeSources, 'template' | 'office' | 'window' | 'fees'>,
): NoticeContent {
  const refused = kind === 'refused';
  return makeNotice({
    ...sources,
    noticeId: '00000000-0000-4000-8000-000000000000-1',
    kind,
    serial: 123,
    definition,
    answers: EXAMPLES.find((one) => one.procedure === definition.code)?.answers ?? {},
    enrolled: { enrolment: exampleEnrolment(), fees: sources.fees },
    state: {
      applicationId: '00000000-0000-4000-8000-000000000000',
      receiptNumber: receiptNumberOf(definition.letter, 2027, 123),
      procedure: definition.code,
      fiscalYear: 2027,
      round: 'first',
      bopCode: '2',
      receivedAt: '2026-11-02T01:00:00.000Z',
      dataVersion: 1,
      seq: 1,
      decision: {
        outcome: refused ? 'refused' : 'approved',
        decidedBy: 'example',
        decidedAt: '2027-01-12T01:00:00.000Z',
        releaseOn: '2027-01-29',
        ...(refused ? { reason: 'example', ...reasonOf(definition) } : { effectiveFrom: '2027-04-01' }),
      },
    },
    textOf: () => '（区が書いた理由の説明がここに入ります。）',
  });
}

function reasonOf({ refusalReasons: [first] }: ProcedureDefinition): { reasonCode?: string } {
  return first ? { reasonCode: first.code } : {};
}
