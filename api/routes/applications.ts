import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { updateAccount } from '../../store/accounts.ts';
import { deleteDraft } from '../../store/drafts.ts';
import { SubmitRequest, SubmitResponse } from '../contract/applicant.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, authOfRequest } from '../plugins/session.ts';
import { submitApplication } from '../services/submit.ts';

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
  };
