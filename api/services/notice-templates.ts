import type { FastifyRequest } from 'fastify';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import { replay } from '../../domain/application/evolve.ts';
import { normaliseReceiptNumber } from '../../domain/intake/receipt-number.ts';
import { makeNotice } from '../../domain/notices/content.ts';
import { noticesDue } from '../../domain/notices/due.ts';
import { exampleNotice, exampleProcedure } from '../../domain/notices/example.ts';
import { NOTICE_KINDS, NOTICE_LABELS, type NoticeKind } from '../../domain/notices/kinds.ts';
import { sameNumberForm, templateProblems, type NoticeTemplate } from '../../domain/notices/template.ts';
import { visibleBops } from '../../domain/people/actor.ts';
import { PROCEDURES } from '../../domain/procedures/registry.ts';
import { noticeToPdf } from '../../printing/notice.ts';
import { applicationByReceipt } from '../../store/applications.ts';
import { enrolmentById, enrolmentIdOf } from '../../store/enrolments.ts';
import { feesAt, settingOn } from '../../store/dated-settings.ts';
import { settingAt } from '../../store/settings.ts';
import { settingSchema } from '../../store/setting-values.ts';
import { openApplication } from '../access.ts';
import type { TemplateBody } from '../contract/notices.ts';
import type { ApiDeps } from '../deps.ts';
import { staffOf } from '../plugins/session.ts';
import { notFound, ProblemError } from '../problems.ts';
import { currentAnswers, textsOf } from './content.ts';
import { definitionOf, historyOf } from './state.ts';

/**
 * A template that may be used, as it is kept.
 * @throws {ProblemError} `invalid` with what to put right, each at its place
 */
export async function checkTemplate(
  deps: ApiDeps,
  kind: NoticeKind,
  given: TemplateBody,
  use: 'save' | 'preview' = 'save',
): Promise<NoticeTemplate> {
  const parsed = settingSchema(`notice:${kind}`).safeParse(given);
  const problems = parsed.success
    ? [...templateProblems(kind, parsed.data as NoticeTemplate, PROCEDURES)]
    : parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  if (parsed.success && use === 'save') {
    for (const other of NOTICE_KINDS.filter((one) => one !== kind)) {
      const { value } = await settingAt(deps.db, `notice:${other}`, deps.now().toISOString());
      if (sameNumberForm(value.number, given.number)) {
        const message = `${NOTICE_LABELS[other]}と同じ形の文書番号です。同じ番号の文書が2つできないように変えてください。`;
        problems.push({ path: 'number', message });
      }
    }
  }
  if (problems.length > 0) {
    throw new ProblemError('invalid', {
      detail: '文面を確認してください。',
      errors: problems.map(({ path, message }) => ({ path: `template.${path}`, message })),
    });
  }
  return parsed.data as NoticeTemplate;
}

interface Preview {
  kind: NoticeKind;
  template: NoticeTemplate;
  receiptNumber?: string;
}

/** The PDF as it would be, marked as a sample: with made-up data, or with those of an application that was decided that way. */
export async function previewPdf(request: FastifyRequest, deps: ApiDeps, preview: Preview): Promise<Buffer> {
  const { kind, receiptNumber } = preview;
  const now = deps.now().toISOString();
  const sources = {
    template: { value: preview.template, version: 0 },
    office: await settingAt(deps.db, 'office', now),
    window: (await settingOn(deps.db, 'envelopeWindow', tokyoDate(now))).value,
    fees: await feesAt(deps.db),
  };
  const definition = exampleProcedure(kind, PROCEDURES);
  if (!definition) throw notFound();
  const content =
    receiptNumber === undefined
      ? exampleNotice(kind, definition, sources)
      : await realNotice(request, deps, { kind, receiptNumber, sources });
  const sample = { ...content, title: `【見本】${content.title}` };
  return noticeToPdf(sample, {
    url: `${deps.config.http.publicUrl}/verify#sample`,
    page: `${deps.config.http.publicUrl}/verify`,
    checkCode: '00000000',
  });
}

type Sources = Pick<Parameters<typeof makeNotice>[0], 'template' | 'office' | 'window' | 'fees'>;

async function realNotice(
  request: FastifyRequest,
  deps: ApiDeps,
  { kind, receiptNumber, sources }: { kind: NoticeKind; receiptNumber: string; sources: Sources },
) {
  const wrong = (message: string) =>
    new ProblemError('invalid', { detail: message, errors: [{ path: 'receiptNumber', message }] });
  const normal = normaliseReceiptNumber(receiptNumber);
  const found = normal && (await applicationByReceipt(deps.db, normal, visibleBops(staffOf(request))));
  if (!found) throw wrong('この受付番号の申請がありません。番号を確認してください。');
  const application = await openApplication(request, deps, found.id, { action: 'preview' });
  const { events } = await historyOf(deps, application);
  const due = noticesDue(events).findLast((one) => one.kind === kind);
  if (!due)
    throw wrong('この申請には、この種類の通知書になる決定がありません。ほかの受付番号を入力してください。');
  const state = replay(events.filter((event) => event.seq <= due.seq));
  const { value: answers } = await currentAnswers(deps, application);
  if (!answers) throw new ProblemError('kintoneAway', { retryAfterSeconds: 30 });
  const reason = state.decision?.reason;
  const texts = await textsOf(deps, application, reason === undefined ? [] : [reason]);
  const { child_key: childKey } = await deps.db
    .selectFrom('applications')
    .select('child_key')
    .where('id', '=', application.id)
    .executeTakeFirstOrThrow();
  const stored = await enrolmentById(deps.db, enrolmentIdOf(application.fiscalYear, childKey));
  return makeNotice({
    ...sources,
    noticeId: due.noticeId,
    kind,
    serial: 1,
    definition: definitionOf(application),
    state,
    answers,
    enrolled: stored && { enrolment: stored.enrolment, fees: sources.fees },
    issuedOn: due.issuedOn,
    textOf: (ref) => texts.value.get(ref),
  });
}
