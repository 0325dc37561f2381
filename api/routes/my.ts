import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { applicationsOfApplicant } from '../../store/applications.ts';
import { deleteAnswerDraft } from '../../store/answer-drafts.ts';
import { tiesOf } from '../../store/family.ts';
import { addTexts } from '../../store/texts.ts';
import { openApplication, openWhile } from '../access.ts';
import {
  AnswerRequest,
  CancelRequest,
  MyActionResponse,
  MyApplication,
  MyApplicationsResponse,
} from '../contract/applicant.ts';
import { Id } from '../contract/common.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, authOfRequest } from '../plugins/session.ts';
import { ProblemError } from '../problems.ts';
import { prepareAnswer, takeBackAnswer } from '../services/answer.ts';
import { keepChildFindable } from '../services/child-index.ts';
import { myApplication, myRows } from '../services/my-applications.ts';

const Params = z.object({ id: Id });

/** The applicant's own applications: how they stand, what was asked, the answer, the cancellation (Q11, Q18). */
export const myRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const access = { config: { access: ['applicant'] as const } };

    app.get(
      '/api/my/applications',
      {
        ...access,
        schema: {
          tags: ['applicant'],
          summary: '自分の申請の一覧',
          response: { 200: MyApplicationsResponse },
        },
      },
      async (request) => {
        const { account } = authOfRequest(request);
        await audit(request, deps, { action: 'list', subject: { kind: 'list', id: 'my' } });
        const applications = await applicationsOfApplicant(deps.db, account.id);
        const { rows, away } = await myRows(deps, applications);
        const ties = await tiesOf(
          deps.db,
          rows.map((row) => row.id),
        );
        return {
          applications: rows.map((row) => tied(row, ties)),
          notice: away ? ('kintoneAway' as const) : null,
        };
      },
    );

    app.get(
      '/api/my/applications/:id',
      {
        ...access,
        schema: {
          tags: ['applicant'],
          summary: '自分の申請',
          params: Params,
          response: { 200: MyApplication },
        },
      },
      async (request) => {
        const { account } = authOfRequest(request);
        return openWhile(request, deps, request.params.id, { action: 'read' }, async (application) => {
          const [view, ties] = await Promise.all([
            myApplication(deps, application, account.id),
            tiesOf(deps.db, [application.id]),
          ]);
          return tied(view, ties);
        });
      },
    );

    app.post(
      '/api/my/applications/:id/answers',
      {
        ...access,
        schema: {
          tags: ['applicant'],
          summary: '不備への回答',
          params: Params,
          body: AnswerRequest,
          response: { 200: MyActionResponse },
        },
      },
      async (request) => {
        const { account, actor } = authOfRequest(request);
        const detail = { type: 'answer', answerId: request.body.answerId };
        const application = await openApplication(request, deps, request.params.id, {
          action: 'act',
          detail,
        });
        const action = await prepareAnswer(deps, application, account.id, request.body);
        try {
          const result = await deps.temporal.act(application, actor, action, request.body.answerId);
          await deleteAnswerDraft(deps.db, account.id, application.id);
          await keepChildFindable(deps, application);
          return { applicationId: application.id, ...result };
        } catch (error) {
          // Not confirmed may mean accepted: then the change has to stay, and the sweeper of changes looks after it.
          if (error instanceof ProblemError && error.code !== 'notConfirmed') {
            await takeBackAnswer(deps, request.body.answerId);
          }
          throw error;
        }
      },
    );

    app.post(
      '/api/my/applications/:id/cancel',
      {
        ...access,
        schema: {
          tags: ['applicant'],
          summary: '申請の取り下げ',
          params: Params,
          body: CancelRequest,
          response: { 200: MyActionResponse },
        },
      },
      async (request) => {
        const { account, actor } = authOfRequest(request);
        const { actionId, reason: content } = request.body;
        const detail = { type: 'cancel', actionId };
        const application = await openApplication(request, deps, request.params.id, {
          action: 'act',
          detail,
        });
        const reason = content === undefined ? undefined : actionId;
        if (content !== undefined) {
          const text = {
            id: actionId,
            applicationId: application.id,
            kind: 'reason',
            authorId: account.id,
            content,
          } as const;
          await addTexts(deps.db, deps.keyring, [text]);
        }
        const action = { type: 'cancel', ...(reason === undefined ? {} : { reason }) } as const;
        const result = await deps.temporal.act(application, actor, action, actionId);
        return { applicationId: application.id, ...result };
      },
    );
  };

function tied<T extends { id: string }>(row: T, ties: Awaited<ReturnType<typeof tiesOf>>) {
  return { ...row, ...(ties.get(row.id) ?? { childKey: '', batchId: null }) };
}
