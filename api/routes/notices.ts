import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NOTICE_LABELS } from '../../domain/notices/kinds.ts';
import { maskName } from '../../domain/notices/mask.ts';
import { normaliseCheckCode, normaliseReference, parseToken } from '../../domain/notices/reference.ts';
import { seesAll, visibleBops, type StaffActor } from '../../domain/people/actor.ts';
import { charactersMissing } from '../../printing/notice.ts';
import { listNotices, visibleNotice, type NoticeRow } from '../../store/notice-lists.ts';
import {
  checkCodeIsTrue,
  noticeById,
  noticeByReference,
  noticesOf,
  tokenIsTrue,
  type Notice,
} from '../../store/notices.ts';
import { openApplication } from '../access.ts';
import { Id } from '../contract/common.ts';
import {
  MyNoticesResponse,
  NoticeId,
  NoticesQuery,
  NoticesResponse,
  NoticeView,
  StaffNotice,
  VerifyNoticeRequest,
  VerifyNoticeResponse,
} from '../contract/notices.ts';
import type { ApiDeps } from '../deps.ts';
import { sensitive } from '../plugins/security.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { notFound, ProblemError } from '../problems.ts';
import { contentOf, contentsOf, noticeView, pdfOfNotice } from '../services/notice-content.ts';
import { given, noticeRow } from '../services/notice-runs.ts';
import { sendBytes } from './files.ts';

const OneNotice = z.object({ id: NoticeId });
const Download = z.object({ download: z.stringbool().optional() });
const mine = { access: ['applicant'] as const };
const staff = { access: 'staff' as const };

/** Notices for who gets them, for staff, and for whoever holds one in hand (Q22). */
export const noticeRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/my/applications/:id/notices',
      {
        config: mine,
        schema: {
          tags: ['applicant'],
          summary: '自分の申請の通知書',
          params: z.object({ id: Id }),
          response: { 200: MyNoticesResponse },
        },
      },
      async (request) => {
        const application = await openApplication(request, deps, request.params.id, {
          action: 'list',
          detail: { part: 'notices' },
        });
        const notices = (await noticesOf(deps.db, application.id)).filter(isReadable);
        return {
          notices: notices.map(({ id, kind, number, reference, issuedOn, releasedAt }) => ({
            id,
            label: NOTICE_LABELS[kind],
            number,
            reference,
            issuedOn,
            releasedAt: releasedAt ?? '',
          })),
        };
      },
    );

    app.get(
      '/api/my/notices/:id',
      {
        config: mine,
        schema: {
          tags: ['applicant'],
          summary: '自分の通知書の内容',
          params: OneNotice,
          response: { 200: NoticeView },
        },
      },
      async (request) => {
        const notice = await ownNotice(request, 'read');
        return noticeView(deps, notice, await contentOf(deps, notice));
      },
    );

    app.get(
      '/api/my/notices/:id/pdf',
      {
        config: mine,
        schema: {
          tags: ['applicant'],
          summary: '自分の通知書（PDF）',
          params: OneNotice,
          querystring: Download,
        },
      },
      async (request, reply) => sendPdf(reply, await ownNotice(request, 'download'), request.query.download),
    );

    /** The applicant's own, once it may be read; otherwise the same 404 as for one that is not there. */
    async function ownNotice(
      request: FastifyRequest<{ Params: z.output<typeof OneNotice> }>,
      action: 'read' | 'download',
    ): Promise<Notice> {
      const { id } = request.params;
      await openApplication(request, deps, id.slice(0, 36), { action, detail: { notice: id } });
      const notice = await noticeById(deps.db, id);
      if (!notice || !isReadable(notice)) throw notFound();
      return notice;
    }

    async function sendPdf(
      reply: FastifyReply,
      notice: Notice,
      download: boolean | undefined,
    ): Promise<FastifyReply> {
      const pdf = await pdfOfNotice(deps, notice);
      const file = {
        name: `${NOTICE_LABELS[notice.kind]}_${notice.reference}.pdf`,
        contentType: 'application/pdf',
        size: pdf.length,
      };
      return sendBytes(reply, file, Readable.from([pdf]), download === true);
    }

    app.post(
      '/api/verify',
      {
        config: { access: 'public', ...sensitive(deps) },
        schema: {
          tags: ['applicant'],
          summary: '通知書の確認',
          body: VerifyNoticeRequest,
          response: { 200: VerifyNoticeResponse },
        },
      },
      async (request) => {
        const notice = await provenNotice(request.body);
        const standing = notice && (notice.voidedAt === null ? ('valid' as const) : ('voided' as const));
        await audit(request, deps, {
          action: 'read',
          subject: { kind: 'notice', id: notice?.id ?? 'unknown' },
          detail: { for: 'verify', result: standing ?? 'unknown' },
        });
        if (!notice || !standing) return { result: 'unknown' as const };
        return {
          result: standing,
          label: NOTICE_LABELS[notice.kind],
          number: notice.number,
          reference: notice.reference,
          issuedOn: notice.issuedOn,
          maskedName: await maskedName(notice),
        };
      },
    );

    /** The notice that was scanned or typed, if what proves it is right; whether the reference exists is told to nobody else. */
    async function provenNotice(given: z.output<typeof VerifyNoticeRequest>): Promise<Notice | undefined> {
      if ('token' in given) {
        const token = parseToken(given.token);
        const notice = token && (await noticeByReference(deps.db, token.reference));
        return notice && tokenIsTrue(deps.keyring, notice, token) ? notice : undefined;
      }
      const reference = normaliseReference(given.reference);
      const code = normaliseCheckCode(given.checkCode);
      if (reference === undefined || code === undefined) return undefined;
      const notice = await noticeByReference(deps.db, reference);
      return notice && checkCodeIsTrue(deps.keyring, notice, code) ? notice : undefined;
    }

    async function maskedName(notice: Notice): Promise<string | null> {
      try {
        return maskName((await contentOf(deps, notice)).child.name);
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'kintoneAway') return null;
        throw error;
      }
    }

    app.get(
      '/api/staff/notices',
      {
        config: staff,
        schema: {
          tags: ['staff'],
          summary: '通知書の一覧',
          querystring: NoticesQuery,
          response: { 200: NoticesResponse },
        },
      },
      async (request) => {
        const { page, pageSize, kind, ...rest } = request.query;
        const filter = given(rest);
        const { items, total } = await listNotices(deps.db, {
          bops: visibleBops(staffOf(request)),
          filter: {
            ...filter,
            ...(kind ? { kinds: [kind] } : {}),
            ...(mustBeReleased(staffOf(request)) ? { released: true } : {}),
          },
          limit: pageSize,
          offset: (page - 1) * pageSize,
        });
        await audit(request, deps, {
          action: 'list',
          subject: { kind: 'list', id: 'notices' },
          detail: { page, ids: items.map((item) => item.id) },
        });
        const { names, away } = await childNames(items);
        return {
          rows: items.map((row) => noticeRow(row, names.get(row.id) ?? null)),
          total,
          page,
          pageSize,
          notice: away ? ('kintoneAway' as const) : null,
        };
      },
    );

    async function childNames(
      items: readonly NoticeRow[],
    ): Promise<{ names: ReadonlyMap<string, string>; away: boolean }> {
      try {
        const contents = await contentsOf(deps, items);
        return { names: new Map([...contents].map(([id, { child }]) => [id, child.name])), away: false };
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        deps.log.warn({ err: error }, 'names of notices could not be read');
        return { names: new Map(), away: true };
      }
    }

    /** The one way to a notice for staff: inside their place, or the same 404 as for none. */
    async function staffNotice(
      request: FastifyRequest<{ Params: z.output<typeof OneNotice> }>,
      action: 'read' | 'download',
    ): Promise<NoticeRow> {
      const { id } = request.params;
      const notice = await visibleNotice(deps.db, id, visibleBops(staffOf(request)), {
        released: mustBeReleased(staffOf(request)),
      });
      const subject = { kind: 'notice', id } as const;
      if (!notice) {
        await audit(request, deps, { action: 'denied', subject, detail: { for: action } });
        throw notFound();
      }
      await audit(request, deps, { action, subject });
      return notice;
    }

    app.get(
      '/api/staff/notices/:id',
      {
        config: staff,
        schema: {
          tags: ['staff'],
          summary: '通知書の内容',
          params: OneNotice,
          response: { 200: StaffNotice },
        },
      },
      async (request) => {
        const notice = await staffNotice(request, 'read');
        const content = await contentOf(deps, notice);
        const { dataVersion, templateVersion, decidedAt } = content.basis;
        return {
          row: noticeRow(notice, content.child.name),
          view: noticeView(deps, notice, content),
          sha256: notice.sha256,
          pdfSha256: notice.pdfSha256,
          missing: [...charactersMissing(content)],
          basis: { dataVersion, templateVersion, decidedAt },
        };
      },
    );

    app.get(
      '/api/staff/notices/:id/pdf',
      {
        config: staff,
        schema: {
          tags: ['staff'],
          summary: '通知書（PDF）',
          params: OneNotice,
          querystring: Download,
        },
      },
      async (request, reply) =>
        sendPdf(reply, await staffNotice(request, 'download'), request.query.download),
    );
  };

/** Halls and 新BOPs learn of a decision when the families do, not before (Q23). */
function mustBeReleased(actor: StaffActor): boolean {
  return !seesAll(actor.role);
}

/** From the release day on, and a notice that was taken back is no notice any more. */
function isReadable(notice: Notice): boolean {
  return notice.releasedAt !== null && notice.voidedAt === null;
}
