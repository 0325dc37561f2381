import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { letterPdf } from '../../store/letters.ts';
import { getReviewDraft, saveReviewDraft } from '../../store/review-drafts.ts';
import { openApplication, openWhile } from '../access.ts';
import { Id, Nothing } from '../contract/common.ts';
import { StaffApplication } from '../contract/staff.ts';
import {
  MailPreviewRequest,
  MailPreviewResponse,
  ReviewDraftRequest,
  ReviewDraftResponse,
} from '../contract/staff-actions.ts';
import type { ApiDeps } from '../deps.ts';
import { staffOf } from '../plugins/session.ts';
import { notFound } from '../problems.ts';
import { mailPreview } from '../services/mail-preview.ts';
import { staffApplication } from '../services/staff-application.ts';
import { sendBytes } from './files.ts';

const Params = z.object({ id: Id });
const DraftQuery = z.object({ stage: ReviewDraftRequest.shape.stage });

/** One application for staff: its page, the unfinished checklist, what the applicant would be sent, the letters to print. */
export const staffApplicationRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, keyring } = deps;
    const contractor = { access: ['operator', 'leader'] as const };
    const handlers = { access: ['operator', 'leader', 'ward'] as const };

    app.get(
      '/api/staff/applications/:id',
      {
        config: { access: 'staff' },
        schema: {
          tags: ['staff'],
          summary: '申請の内容と経過',
          params: Params,
          response: { 200: StaffApplication },
        },
      },
      async (request) => {
        const reader = staffOf(request);
        return openWhile(request, deps, request.params.id, { action: 'read' }, (application) =>
          staffApplication(request, deps, application, reader),
        );
      },
    );

    app.get(
      '/api/staff/applications/:id/review-draft',
      {
        config: contractor,
        schema: {
          tags: ['staff'],
          summary: '書きかけの審査',
          params: Params,
          querystring: DraftQuery,
          response: { 200: ReviewDraftResponse },
        },
      },
      async (request) => {
        const { stage } = request.query;
        const application = await openApplication(request, deps, request.params.id, {
          action: 'read',
          detail: { part: 'reviewDraft', stage },
        });
        const key = { applicationId: application.id, stage, reviewerId: staffOf(request).id };
        const kept = await getReviewDraft(db, keyring, key);
        if (!kept) return { draft: null };
        return { draft: { ...ReviewDraftRequest.parse(kept.content), updatedAt: kept.updatedAt } };
      },
    );

    app.put(
      '/api/staff/applications/:id/review-draft',
      {
        config: contractor,
        schema: {
          tags: ['staff'],
          summary: '書きかけの審査の保存',
          params: Params,
          body: ReviewDraftRequest,
          response: { 204: Nothing },
        },
      },
      async (request, reply) => {
        const { stage } = request.body;
        const application = await openApplication(request, deps, request.params.id, {
          action: 'draftSaved',
          detail: { part: 'reviewDraft', stage },
        });
        const key = { applicationId: application.id, stage, reviewerId: staffOf(request).id };
        await saveReviewDraft(db, keyring, key, request.body);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/staff/applications/:id/mail-preview',
      {
        config: handlers,
        schema: {
          tags: ['staff'],
          summary: '申請者に伝える文面',
          params: Params,
          body: MailPreviewRequest,
          response: { 200: MailPreviewResponse },
        },
      },
      async (request) => {
        const application = await openApplication(request, deps, request.params.id, { action: 'preview' });
        return mailPreview(deps, application, request.body.findings);
      },
    );

    app.get(
      '/api/staff/applications/:id/letters/:letterId',
      {
        config: handlers,
        schema: {
          tags: ['staff'],
          summary: '不備連絡文書（PDF）',
          params: Params.extend({ letterId: z.string().max(120) }),
          querystring: z.object({ download: z.stringbool().optional() }),
        },
      },
      async (request, reply) => {
        const { id, letterId } = request.params;
        const application = await openApplication(request, deps, id, {
          action: 'download',
          detail: { letter: letterId },
        });
        const pdf = await letterPdf(db, keyring, { applicationId: application.id, letterId });
        if (!pdf) throw notFound();
        const file = {
          name: `不備連絡文書_${application.receiptNumber}.pdf`,
          contentType: 'application/pdf',
          size: pdf.length,
        };
        return sendBytes(reply, file, Readable.from([pdf]), request.query.download === true);
      },
    );
  };
