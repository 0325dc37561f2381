import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { applicationById } from '../../store/applications.ts';
import {
  deleteDraft,
  draftMayBe,
  draftsOf,
  getDraft,
  saveDraft,
  type DraftRecord,
} from '../../store/drafts.ts';
import { ownFiles } from '../../store/files.ts';
import { childIdentity } from '../../domain/intake/identity.ts';
import type { Answers, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { PROCEDURES } from '../../domain/procedures/registry.ts';
import {
  CheckDraftRequest,
  CheckDraftResponse,
  Draft,
  DraftsResponse,
  DraftSummary,
  ProceduresResponse,
  SaveDraftRequest,
  type ExistingApplication,
} from '../contract/applicant.ts';
import { Id } from '../contract/common.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, authOfRequest } from '../plugins/session.ts';
import { notFound, ProblemError } from '../problems.ts';
import { namesFromAnswers } from '../services/content.ts';
import { checkForm, hintsForApplicant } from '../services/form-check.ts';
import { shareWithBatch } from '../services/prefill.ts';
import { fieldsOfRefusal, needOf, type FiledWith } from '../services/needs.ts';
import { filedInOneGo } from '../services/submit-batch.ts';
import { definitionNamed, existingFor, lockFor } from '../services/submit.ts';
import { announced, isOpen, roundLabel, today } from '../services/ward-settings.ts';
import { unaudited } from '../unaudited.ts';
import { fileInfo } from '../views/files.ts';

const params = z.object({ id: Id });

/** What can be filed, and forms that are not finished. */
export const draftRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { access: ['applicant'] } as const;

    app.get(
      '/api/procedures',
      {
        config: { access: 'public' },
        schema: { tags: ['applicant'], summary: '受付中の申請', response: { 200: ProceduresResponse } },
      },
      async () => {
        const day = today(deps.now());
        const procedures = PROCEDURES.map(async (definition) => {
          const periods = announced(await deps.settings.periods(definition, day), day).map((period) => ({
            ...period,
            roundLabel: roundLabel(period.round),
            open: isOpen(period, day),
          }));
          const open = periods.some((period) => period.open);
          return { code: definition.code, name: definition.name, summary: definition.summary, open, periods };
        });
        return { today: day, procedures: await Promise.all(procedures) };
      },
    );

    app.get(
      '/api/drafts',
      { config, schema: { tags: ['applicant'], summary: '下書きの一覧', response: { 200: DraftsResponse } } },
      async (request) => {
        const { account } = authOfRequest(request);
        await audit(request, deps, { action: 'list', subject: { kind: 'list', id: 'drafts' } });
        const drafts = await draftsOf(deps.db, deps.keyring, account.id);
        return { drafts: drafts.map(summaryOf) };
      },
    );

    app.get(
      '/api/drafts/:id',
      { config, schema: { tags: ['applicant'], summary: '下書き', params, response: { 200: Draft } } },
      async (request) => {
        const { account } = authOfRequest(request);
        const draft = await getDraft(deps.db, deps.keyring, account.id, request.params.id);
        if (!draft) throw notFound();
        await audit(request, deps, { action: 'read', subject: { kind: 'draft', id: draft.id } });
        const ids = draft.content.files.map((file) => file.fileId);
        const files = (await ownFiles(deps.db, deps.keyring, account.id, ids)).filter(
          (f) => f.sourceId === null,
        );
        return {
          ...summaryOf(draft),
          answers: draft.content.answers as Draft['answers'],
          files: files.map(fileInfo),
          taken: (draft.content.taken ?? []) as Draft['taken'],
        };
      },
    );

    app.put(
      '/api/drafts/:id',
      {
        config: { ...config, ...unaudited.ownWords },
        schema: {
          tags: ['applicant'],
          summary: '下書きの保存',
          params,
          body: SaveDraftRequest,
          response: { 200: DraftSummary },
        },
      },
      async (request) => {
        const { account } = authOfRequest(request);
        const { id } = request.params;
        const { procedure, ...content } = request.body;
        definitionNamed(procedure);
        const saved = await saveDraft(deps.db, deps.keyring, {
          id,
          accountId: account.id,
          procedure,
          content,
        });
        if (saved === 'notYours') throw notFound();
        if (saved === 'tooMany') throw new ProblemError('tooManyDrafts');
        await shareWithBatch(deps, account.id, { id, procedure, content });
        return summaryOf({ id, procedure, content, ...saved });
      },
    );

    app.delete(
      '/api/drafts/:id',
      {
        config,
        schema: { tags: ['applicant'], summary: '下書きの削除', params, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const { account } = authOfRequest(request);
        const { id } = request.params;
        if (!(await deleteDraft(deps.db, deps.keyring, account.id, id))) throw notFound();
        await audit(request, deps, { action: 'draftDeleted', subject: { kind: 'draft', id } });
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/drafts/:id/check',
      {
        config,
        schema: {
          tags: ['applicant'],
          summary: '送信前の点検',
          params,
          body: CheckDraftRequest,
          response: { 200: CheckDraftResponse },
        },
      },
      async (request) => {
        const { account } = authOfRequest(request);
        const { id } = request.params;
        if (!(await draftMayBe(deps.db, account.id, id))) throw notFound();
        // It tells how the child that is named here stands with the clubs.
        await audit(request, deps, {
          action: 'read',
          subject: { kind: 'draft', id },
          detail: { part: 'check' },
        });
        const { procedure, answers, files, section, together } = request.body;
        const definition = definitionNamed(procedure);
        const documentTypes = files.map((file) => file.documentType);
        const check = await checkForm(deps, definition, { answers, documentTypes, section });
        return {
          problems: [...check.problems],
          hints: hintsForApplicant(check.hints),
          missingDocuments: check.missing.map(({ type, label, mayFollow }) => ({ type, label, mayFollow })),
          existing: await ownExisting(definition, check.answers, account.id),
          need:
            section === undefined
              ? await needRefusal(definition, check.answers, together ? await others(account.id, id) : [])
              : null,
        };
      },
    );

    /** What the child's enrolment or other applications do not allow; null while the child is not named yet. */
    async function needRefusal(
      definition: ProcedureDefinition,
      answers: Answers,
      together: readonly FiledWith[],
    ): Promise<CheckDraftResponse['need']> {
      try {
        childIdentity(definition, answers);
      } catch {
        return null;
      }
      if (!Number.isInteger(answers[definition.roles.fiscalYear])) return null;
      const answer = await needOf(deps, { definition, answers }, { together });
      if (answer.kind !== 'refused') return null;
      const { code, message, instead = null } = answer;
      return { code, message, instead, fields: [...fieldsOfRefusal(definition, code)] };
    }

    /** The other drafts of the filing that a draft belongs to, as far as their child is named. */
    async function others(accountId: string, id: string): Promise<readonly FiledWith[]> {
      const drafts = await draftsOf(deps.db, deps.keyring, accountId);
      const batchId = drafts.find((one) => one.id === id)?.content.batchId;
      if (batchId === undefined) return [];
      const rest = drafts.filter((one) => one.id !== id && one.content.batchId === batchId);
      return filedInOneGo(rest.map(({ procedure, content }) => ({ procedure, answers: content.answers })));
    }

    /** One's own application of the same child, procedure and period; another account's shows at filing only. */
    async function ownExisting(
      definition: ProcedureDefinition,
      answers: Answers,
      accountId: string,
    ): Promise<ExistingApplication | null> {
      let key: string;
      try {
        childIdentity(definition, answers);
        key = lockFor(deps, definition, answers);
      } catch {
        // Name, birthday or year are not there yet.
        return null;
      }
      const row = await deps.db
        .selectFrom('applications')
        .select('id')
        .where('lock_key', '=', key)
        .where('applicant_id', '=', accountId)
        .where('stage', 'not in', ['approved', 'refused', 'cancelled'])
        .executeTakeFirst();
      const existing = row && (await applicationById(deps.db, row.id, 'all'));
      return existing ? existingFor(accountId, existing) : null;
    }
  };

function summaryOf(draft: DraftRecord): DraftSummary {
  return {
    id: draft.id,
    procedure: draft.procedure,
    step: draft.content.step,
    childName: namesFromAnswers(draft.procedure, draft.content.answers).childName.trim(),
    updatedAt: draft.updatedAt,
    batchId: draft.content.batchId ?? null,
  };
}
