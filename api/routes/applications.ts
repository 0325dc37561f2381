import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { updateAccount } from '../../store/accounts.ts';
import { deleteDraft } from '../../store/drafts.ts';
import { SubmitRequest, SubmitResponse } from '../contract/applicant.ts';
import { BatchRequest, BatchResponse } from '../contract/family.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, authOfRequest } from '../plugins/session.ts';
import { namesFromAnswers } from '../services/content.ts';
import { submitApplication } from '../services/submit.ts';
import { submitBatch } from '../services/submit-batch.ts';

/** Filing an application (Q05, Q08). */
export const applicationRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/applications',
      {
        config: { access: ['applicant'] },
        schema: {
          tags: ['applicant'],
          summary: '申請の送信',
          body: SubmitRequest,
          response: { 200: SubmitResponse, 201: SubmitResponse },
        },
      },
      async (request, reply) => {
        const { account } = authOfRequest(request);
        const { draftId, locale, ...body } = request.body;
        await audit(request, deps, { action: 'submit', detail: { submissionId: body.submissionId } });
        const { application, repeated } = await submitApplication(deps, account, body);
        if (locale !== undefined && locale !== account.locale) {
          await updateAccount(deps.db, deps.keyring, account.id, { locale });
        }
        if (draftId !== undefined) {
          await deleteDraft(deps.db, deps.keyring, account.id, draftId, { keepFiles: false });
        }
        return reply.code(repeated ? 200 : 201).send({
          applicationId: application.id,
          receiptNumber: application.receiptNumber,
          receivedAt: application.receivedAt,
        });
      },
    );

    app.post(
      '/api/applications/batch',
      {
        config: { access: ['applicant'] },
        schema: {
          tags: ['applicant'],
          summary: '複数の申請をまとめて送信',
          body: BatchRequest,
          response: { 200: BatchResponse, 201: BatchResponse },
        },
      },
      async (request, reply) => {
        const { account } = authOfRequest(request);
        const { batchId, locale } = request.body;
        const filings = request.body.applications;
        const submissionIds = filings.map((one) => one.submissionId);
        await audit(request, deps, { action: 'submit', detail: { batchId, submissionIds } });
        const { applications, repeated } = await submitBatch(deps, account, request.body);
        if (locale !== undefined && locale !== account.locale) {
          await updateAccount(deps.db, deps.keyring, account.id, { locale });
        }
        for (const { draftId } of filings) {
          if (draftId !== undefined) await deleteDraft(deps.db, deps.keyring, account.id, draftId);
        }
        return reply.code(repeated ? 200 : 201).send({
          batchId,
          applications: applications.map((application, index) => ({
            applicationId: application.id,
            receiptNumber: application.receiptNumber,
            receivedAt: application.receivedAt,
            submissionId: filings[index]?.submissionId ?? '',
            procedure: application.procedure,
            childName: namesFromAnswers(
              application.procedure,
              filings[index]?.answers ?? {},
            ).childName.trim(),
          })),
        });
      },
    );
  };
