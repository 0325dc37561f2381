import { createHash } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { ApplicationEvent } from '../../domain/application/events.ts';
import { replay } from '../../domain/application/evolve.ts';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import type { DeliveryParts } from '../../domain/application/ports.ts';
import type { ApplicationState } from '../../domain/application/state.ts';
import { bopOf, hallOfBop } from '../../domain/facilities/facilities.ts';
import type { Fees } from '../../domain/enrolment/fees.ts';
import { canonicalJson } from '../../domain/notices/canonical.ts';
import { deliveryOf, makeNotice, type NoticeContent } from '../../domain/notices/content.ts';
import type { EnrolledFacts } from '../../domain/notices/enrolled.ts';
import { noticesDue, type DueNotice } from '../../domain/notices/due.ts';
import { NOTICE_LABELS } from '../../domain/notices/kinds.ts';
import { verifyUrl } from '../../domain/notices/reference.ts';
import type { ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { NOTICE_STATE_LABELS } from '../../kintone/apps/notices.ts';
import type { GatewayWrite } from '../../kintone/gateway/index.ts';
import { fontRecord } from '../../printing/fonts.ts';
import { charactersMissing, noticeToPdf } from '../../printing/notice.ts';
import { enrolmentById, enrolmentIdOf } from '../../store/enrolments.ts';
import { eventsOf } from '../../store/events.ts';
import {
  createNotice,
  markNoticeCarried,
  noticesOf,
  settleNotice,
  standing,
  waitingContents,
  type Notice,
} from '../../store/notices.ts';
import { settingAt } from '../../store/settings.ts';
import { feesAt, settingOn } from '../../store/dated-settings.ts';
import { markSettled } from '../../store/kintone.ts';
import { keepRecords, keptByNames, nameOf } from '../../store/kintone-kept.ts';
import { keptAfter } from '../carry/keep.ts';
import { answersOf, textsOf } from '../content.ts';
import type { ActivityDeps } from '../deps.ts';
import { asFailure } from '../failures.ts';
import { noticesToRemake, type NoticeToRemake } from './remake.ts';

type Deps = Pick<ActivityDeps, 'db' | 'keyring' | 'gateway' | 'config'>;

/**
 * Sees to an application's notices (通知書, Q22): each decision gives one, made once from the data that was decided on; the
 * release day and a decision taken back are noted on it; kintone gets it with its PDF, and then the copy here goes. What has
 * been done is known by its id, so a retry or another worker does what is left.
 */
export function createMakeNotices(deps: Deps): DeliveryParts['makeNotices'] {
  return async ({ applicationId, seq, events: known }) => {
    const events = known ?? (await eventsOf(deps.db, applicationId, seq));
    const due = noticesDue(events);
    if (due.length === 0) return;
    const made = new Set((await noticesOf(deps.db, applicationId)).map((notice) => notice.id));
    for (const notice of due) {
      // Taken back before it was ever made: there is nothing to keep.
      if (!made.has(notice.noticeId) && notice.voidedAt !== undefined) continue;
      if (!made.has(notice.noticeId)) await make(deps, events, notice);
      await settleNotice(deps.db, notice.noticeId, notice);
    }
    const again = await noticesToRemake(deps, applicationId, events);
    for (const notice of await noticesOf(deps.db, applicationId)) {
      const remake = again.get(notice.id);
      if (remake) await carry(deps, notice, seq, remake);
      else if (notice.carriedAs !== standing(notice)) await carry(deps, notice, seq);
    }
  };
}

function definitionOf(state: Pick<ApplicationState, 'procedure'>): ProcedureDefinition {
  const definition = procedureOf(state.procedure);
  if (!definition) throw ApplicationFailure.nonRetryable(`no procedure ${state.procedure}`, 'NoProcedure');
  return definition;
}

async function make(deps: Deps, events: readonly ApplicationEvent[], due: DueNotice): Promise<void> {
  const { db, keyring } = deps;
  const state = replay(events.filter((event) => event.seq <= due.seq));
  const definition = definitionOf(state);
  const { decision } = state;
  if (!decision) throw ApplicationFailure.nonRetryable(`no decision at event ${due.seq}`, 'NoDecision');
  const answers = await answersOf(deps, state);
  if (!answers) throw ApplicationFailure.nonRetryable('the record is gone from kintone', 'RecordGone');
  const textOf = await textsOf(deps, state, decision.reason ? [decision.reason] : []);
  const template = await settingAt(db, `notice:${due.kind}`, decision.decidedAt);
  const office = await settingAt(db, 'office', decision.decidedAt);
  const window = await settingOn(db, 'envelopeWindow', tokyoDate(decision.decidedAt), decision.decidedAt);
  const fees = await feesAt(db, decision.decidedAt);
  const enrolled = await enrolledFacts(deps, state, fees);
  await createNotice(db, keyring, {
    id: due.noticeId,
    applicationId: state.applicationId,
    decidedSeq: due.seq,
    kind: due.kind,
    issuedOn: due.issuedOn,
    channel: state.channel,
    delivery: deliveryOf(due.kind, template.value, state.channel, answers),
    missingCharacters: (content) => charactersMissing(content).length,
    make: (serial) =>
      makeNotice({
        noticeId: due.noticeId,
        kind: due.kind,
        serial,
        definition,
        state,
        answers,
        template,
        office,
        window: window.value,
        fees,
        enrolled,
        issuedOn: due.issuedOn,
        textOf,
      }),
  });
}

/** What the register says of the child in the application's year: what certificates certify. */
async function enrolledFacts(
  { db }: Deps,
  { applicationId, fiscalYear }: ApplicationState,
  fees: Fees,
): Promise<EnrolledFacts | undefined> {
  const row = await db
    .selectFrom('applications')
    .select('child_key')
    .where('id', '=', applicationId)
    .executeTakeFirstOrThrow();
  const stored = await enrolmentById(db, enrolmentIdOf(fiscalYear, row.child_key));
  return stored && { enrolment: stored.enrolment, fees };
}

/** How the notice stands, for kintone; with all that it says the first time, and where people changed it there. */
async function carry(deps: Deps, notice: Notice, seq: number, remake?: NoticeToRemake): Promise<void> {
  const { db, keyring, gateway } = deps;
  const content = remake?.content ?? (await waitingContents(db, keyring, [notice.id])).get(notice.id);
  const pdf = content && (await pdfOf(deps, notice, content));
  const as = standing(notice);
  const state = {
    state: { value: NOTICE_STATE_LABELS[as] },
    released_at: { value: notice.releasedAt ?? '' },
    voided_at: { value: notice.voidedAt ?? '' },
  };
  const write: GatewayWrite = {
    app: 'notices',
    key: notice.id,
    record: content && pdf ? { ...recordOf(notice, content, pdf.sha256), ...state } : state,
    ...(pdf ? { files: { file: pdf.file } } : {}),
  };
  try {
    await gateway.upsert([write]);
  } catch (error) {
    throw asFailure(error);
  }
  const { applicationId } = notice;
  const whole = pdf !== undefined;
  await db.transaction().execute(async (trx) => {
    // First: it locks the notice, so that two deliveries at the same moment keep what both have written.
    await markNoticeCarried(trx, notice.id, {
      as,
      ...(pdf ? { pdf: { sha256: pdf.sha256, fonts: fontRecord() } } : {}),
    });
    const before = (await keptByNames(trx, keyring, [write])).get(nameOf(write));
    await keepRecords(trx, keyring, [keptAfter(keyring, { write, applicationId, seq, whole, before })]);
    await markSettled(trx, remake?.changes ?? []);
  });
}

async function pdfOf({ config }: Deps, notice: Notice, content: NoticeContent) {
  const { publicUrl } = config.http;
  const bytes = await noticeToPdf(content, {
    url: verifyUrl(publicUrl, notice),
    page: `${publicUrl}/verify`,
    checkCode: notice.checkCode,
  });
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    file: {
      name: `${NOTICE_LABELS[notice.kind]}_${notice.reference}.pdf`,
      contentType: 'application/pdf',
      size: bytes.length,
      open: async function* () {
        yield bytes;
      },
    },
  };
}

function recordOf(notice: Notice, content: NoticeContent, pdfSha256: string): GatewayWrite['record'] {
  return {
    receipt_number: { value: content.receiptNumber },
    procedure: { value: definitionOf(content).name.ja },
    bop_code: { value: content.bop.code },
    bop_name: { value: bopOf(content.bop.code)?.name ?? '' },
    hall_code: { value: hallOfBop(content.bop.code)?.code ?? '' },
    reference: { value: content.reference },
    number: { value: content.number },
    kind: { value: NOTICE_LABELS[content.kind] },
    issued_on: { value: content.issuedOn },
    child_name: { value: content.child.name },
    guardian_name: { value: content.to.name },
    content: { value: canonicalJson(content) },
    sha256: { value: notice.sha256 },
    pdf_sha256: { value: pdfSha256 },
  };
}
