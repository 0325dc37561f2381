import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { defaultSettings } from '../../store/setting-values.ts';
import { newestSetting } from '../../store/settings.ts';
import { answerDraftOf, deleteAnswerDraft, saveAnswerDraft } from '../../store/answer-drafts.ts';
import { ownFiles } from '../../store/files.ts';
import { visibleApplication } from '../access.ts';
import { Id } from '../contract/common.ts';
import {
  AnswerDraftBody,
  AnswerDraftResponse,
  ChildrenResponse,
  OfficeResponse,
  PrefillQuery,
  PrefillResponse,
  ReusableQuery,
  ReusableResponse,
} from '../contract/family.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, authOfRequest } from '../plugins/session.ts';
import { notFound } from '../problems.ts';
import { myChildren } from '../services/children.ts';
import { prefill } from '../services/prefill.ts';
import { reusableDocuments } from '../services/reuse.ts';
import { definitionNamed } from '../services/submit.ts';
import { unaudited } from '../unaudited.ts';
import { fileInfo } from '../views/files.ts';

const params = z.object({ id: Id });

/** What a family has here: its children, what it entered before, what it has not sent yet; and whom it can ask (Q05, Q06). */
export const familyRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { access: ['applicant'] } as const;

    app.get(
      '/api/office',
      {
        config: { access: 'public' },
        schema: { tags: ['applicant'], summary: 'お問い合わせ先', response: { 200: OfficeResponse } },
      },
      async () => (await newestSetting(deps.db, 'office'))?.value ?? defaultSettings(deps.now()).office,
    );

    app.get(
      '/api/my/children',
      {
        config,
        schema: {
          tags: ['applicant'],
          summary: 'お子さんと、できる手続き',
          response: { 200: ChildrenResponse },
        },
      },
      async (request) => {
        const { account } = authOfRequest(request);
        await audit(request, deps, { action: 'list', subject: { kind: 'list', id: 'my/children' } });
        return { children: await myChildren(deps, account.id) };
      },
    );

    app.get(
      '/api/my/prefill',
      {
        config,
        schema: {
          tags: ['applicant'],
          summary: '前に入力した内容',
          querystring: PrefillQuery,
          response: { 200: PrefillResponse },
        },
      },
      async (request) => {
        const { account } = authOfRequest(request);
        const definition = definitionNamed(request.query.procedure);
        await audit(request, deps, { action: 'read', subject: { kind: 'list', id: 'my/prefill' } });
        return prefill(deps, account.id, definition, request.query);
      },
    );

    app.get(
      '/api/my/documents',
      {
        config,
        schema: {
          tags: ['applicant'],
          summary: 'もう一度使える書類',
          querystring: ReusableQuery,
          response: { 200: ReusableResponse },
        },
      },
      async (request) => {
        const { account } = authOfRequest(request);
        const { procedure, draft } = request.query;
        await audit(request, deps, { action: 'list', subject: { kind: 'list', id: 'my/documents' } });
        return reusableDocuments(deps, account.id, definitionNamed(procedure), draft);
      },
    );

    const place = '/api/my/applications/:id/answer-draft';

    app.get(
      place,
      {
        config,
        schema: {
          tags: ['applicant'],
          summary: 'まだ送っていない回答',
          params,
          response: { 200: AnswerDraftResponse },
        },
      },
      async (request) => {
        const { account } = authOfRequest(request);
        if (!(await visibleApplication(request, deps, request.params.id))) throw notFound();
        await audit(request, deps, {
          action: 'read',
          subject: { kind: 'application', id: request.params.id },
          detail: { part: 'answerDraft' },
        });
        const draft = await answerDraftOf(deps.db, deps.keyring, account.id, request.params.id);
        if (!draft) return { draft: null };
        const ids = draft.files.map((file) => file.fileId);
        const files = (await ownFiles(deps.db, deps.keyring, account.id, ids)).filter(
          (file) => file.sourceId === null,
        );
        const { requestId, entries } = draft as z.output<typeof AnswerDraftBody>;
        return { draft: { requestId, entries, files: files.map(fileInfo) } };
      },
    );

    app.put(
      place,
      {
        config: { ...config, ...unaudited.ownWords },
        schema: {
          tags: ['applicant'],
          summary: 'まだ送っていない回答の保存',
          params,
          body: AnswerDraftBody,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { account } = authOfRequest(request);
        const application = await visibleApplication(request, deps, request.params.id);
        if (!application) throw notFound();
        await saveAnswerDraft(deps.db, deps.keyring, {
          accountId: account.id,
          applicationId: application.id,
          procedure: application.procedure,
          content: request.body,
        });
        return reply.code(204).send(null);
      },
    );

    app.delete(
      place,
      {
        config,
        schema: {
          tags: ['applicant'],
          summary: 'まだ送っていない回答の削除',
          params,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { account } = authOfRequest(request);
        if (!(await visibleApplication(request, deps, request.params.id))) throw notFound();
        await audit(request, deps, {
          action: 'draftDeleted',
          subject: { kind: 'application', id: request.params.id },
          detail: { part: 'answerDraft' },
        });
        await deleteAnswerDraft(deps.db, account.id, request.params.id);
        return reply.code(204).send(null);
      },
    );
  };
