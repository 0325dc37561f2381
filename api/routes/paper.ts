import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { sketchOf } from '../../domain/intake/look-alikes.ts';
import type { ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { cleanAnswers } from '../../domain/procedures/fields.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { applicationById } from '../../store/applications.ts';
import type { AuditAction } from '../../store/audit.ts';
import { ownFiles } from '../../store/files.ts';
import {
  discardPaper,
  discardReason,
  paperContent,
  paperEntries,
  paperEntry,
  savePaper,
  stampPaper,
  takeOverPaper,
  type PaperEntry,
} from '../../store/paper-entries.ts';
import { Id } from '../contract/common.ts';
import {
  CheckPaperRequest,
  CheckPaperResponse,
  DiscardPaperRequest,
  PaperEntryView,
  PaperListQuery,
  PaperListResponse,
  SavePaperRequest,
  SavePaperResponse,
  StampPaperRequest,
  SubmitPaperResponse,
} from '../contract/paper.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { notFound, ProblemError } from '../problems.ts';
import { namesFromAnswers } from '../services/content.ts';
import { checkPaper, checkReceivedOn } from '../services/paper.ts';
import { submitPaper } from '../services/paper-submit.ts';
import { today } from '../services/ward-settings.ts';
import { fileInfo } from '../views/files.ts';
import { loadPeople, type People } from '../views/people.ts';

const params = z.object({ id: Id });
type Saved = z.output<typeof SavePaperRequest>;

/**
 * Paper applications, from the receipt stamp to the receipt number (Q12, Q14). The office enters them; the ward sees what has
 * come in. What becomes of them afterwards is an application like every other.
 */
export const paperRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, keyring } = deps;
    const office = { access: ['operator', 'leader'] as const };
    const tags = ['staff'];
    const base = '/api/staff/paper-applications';

    app.get(
      base,
      {
        config: { access: ['operator', 'leader', 'ward'] },
        schema: {
          tags,
          summary: '紙の申請の一覧',
          querystring: PaperListQuery,
          response: { 200: PaperListResponse },
        },
      },
      async (request) => {
        const { state, page, pageSize } = request.query;
        const limits = { state, limit: pageSize, offset: (page - 1) * pageSize };
        const { entries, total } = await paperEntries(db, limits);
        await audit(request, deps, {
          action: 'list',
          subject: { kind: 'list', id: 'paperApplications' },
          detail: { state, papers: entries.map((entry) => entry.id) },
        });
        const people = await peopleOf(entries);
        const rows = await Promise.all(entries.map((entry) => rowOf(request, entry, people)));
        return { rows, total, page, pageSize };
      },
    );

    app.post(
      base,
      {
        config: office,
        schema: {
          tags,
          summary: '紙の申請の受領',
          body: StampPaperRequest,
          response: { 201: PaperEntryView },
        },
      },
      async (request, reply) => {
        const { id, procedure, receivedOn, arrivedBy } = request.body;
        definitionOf(procedure);
        checkReceivedOn(deps, receivedOn);
        const now = deps.now();
        const entry = await stampPaper(db, keyring, {
          id,
          procedure,
          receivedOn,
          arrivedBy,
          receiverId: staffOf(request).id,
          today: today(now),
          at: now.toISOString(),
        });
        if (!entry) throw notFound();
        await record(request, entry, 'act', { type: 'stampPaper', serial: entry.serial });
        return reply.code(201).send(await viewOf(request, entry));
      },
    );

    app.get(
      `${base}/:id`,
      {
        config: office,
        schema: { tags, summary: '入力中の紙の申請', params, response: { 200: PaperEntryView } },
      },
      async (request) => viewOf(request, await opened(request, 'read')),
    );

    app.put(
      `${base}/:id`,
      {
        config: office,
        schema: {
          tags,
          summary: '紙の申請の入力の保存',
          params,
          body: SavePaperRequest,
          response: { 200: SavePaperResponse },
        },
      },
      async (request) => {
        const entry = await opened(request, 'draftSaved');
        const revision = await keep(request, entry, request.body);
        return { revision, updatedAt: deps.now().toISOString() };
      },
    );

    app.post(
      `${base}/:id/check`,
      {
        config: office,
        schema: {
          tags,
          summary: '紙の申請の点検',
          params,
          body: CheckPaperRequest,
          response: { 200: CheckPaperResponse },
        },
      },
      async (request) => {
        const entry = await opened(request, 'read', { part: 'check' });
        const found = await checkPaper(deps, definitionOf(entry.procedure), entry, request.body);
        for (const { applicationId } of found.lookAlikes) {
          if (applicationId === null) continue;
          await audit(request, deps, {
            action: 'read',
            subject: { kind: 'application', id: applicationId },
            detail: { as: 'lookAlike', beside: entry.id },
          });
        }
        return found;
      },
    );

    app.post(
      `${base}/:id/submit`,
      {
        config: office,
        schema: {
          tags,
          summary: '紙の申請の登録',
          params,
          body: SavePaperRequest,
          response: { 201: SubmitPaperResponse },
        },
      },
      async (request, reply) => {
        const entry = await opened(request, 'submit');
        const before =
          entry.applicationId === null ? undefined : await applicationById(db, entry.applicationId, 'all');
        if (before && entry.enteredBy !== staffOf(request).id) throw new ProblemError('paperClosed');
        if (!before) {
          assertMine(request, entry);
          checkReceivedOn(deps, request.body.receivedOn);
          if (entry.revision !== request.body.revision) throw new ProblemError('paperChanged');
        }
        const by = staffOf(request);
        const given = { entry, by, typed: request.body };
        const application = before ?? (await submitPaper(deps, definitionOf(entry.procedure), given));
        return reply.code(201).send({
          applicationId: application.id,
          receiptNumber: application.receiptNumber,
          stage: application.stage,
        });
      },
    );

    app.post(
      `${base}/:id/take-over`,
      {
        config: office,
        schema: { tags, summary: '紙の申請の入力の引き継ぎ', params, response: { 200: PaperEntryView } },
      },
      async (request) => {
        const entry = await opened(request, 'act', { type: 'takeOverPaper' });
        const by = staffOf(request).id;
        if (entry.enteredBy !== by && !(await takeOverPaper(db, entry.id, by, deps.now().toISOString()))) {
          throw new ProblemError('paperClosed');
        }
        return viewOf(request, await found(entry.id));
      },
    );

    app.post(
      `${base}/:id/discard`,
      {
        config: office,
        schema: {
          tags,
          summary: '紙の申請の入力の取りやめ',
          params,
          body: DiscardPaperRequest,
          response: { 200: PaperEntryView },
        },
      },
      async (request) => {
        const entry = await opened(request, 'draftDeleted', { type: 'discardPaper' });
        assertMine(request, entry);
        const at = deps.now().toISOString();
        const given = { id: entry.id, by: staffOf(request).id, reason: request.body.reason, at };
        if (entry.state !== 'entering' || !(await discardPaper(db, keyring, given))) {
          throw new ProblemError('paperClosed');
        }
        return viewOf(request, await found(entry.id));
      },
    );

    async function found(id: string): Promise<PaperEntry> {
      const entry = await paperEntry(db, id);
      if (!entry) throw notFound();
      return entry;
    }

    /** The entry, with its opening in the audit trail (Q45). */
    async function opened(
      request: FastifyRequest<{ Params: z.output<typeof params> }>,
      action: AuditAction,
      detail: Readonly<Record<string, unknown>> = {},
    ): Promise<PaperEntry> {
      const entry = await found(request.params.id);
      await record(request, entry, action, detail);
      return entry;
    }

    async function record(
      request: FastifyRequest,
      entry: PaperEntry,
      action: AuditAction,
      detail: Readonly<Record<string, unknown>>,
    ): Promise<void> {
      await audit(request, deps, {
        action,
        subject: { kind: 'draft', id: entry.id },
        detail: { paper: true, ...detail },
      });
    }

    function assertMine(request: FastifyRequest, entry: PaperEntry): void {
      if (entry.state !== 'entering') throw new ProblemError('paperClosed');
      if (entry.enteredBy !== staffOf(request).id) throw new ProblemError('paperNotYours');
    }

    async function keep(request: FastifyRequest, entry: PaperEntry, typed: Saved): Promise<number> {
      assertMine(request, entry);
      checkReceivedOn(deps, typed.receivedOn);
      const definition = definitionOf(entry.procedure);
      const { revision, receivedOn, arrivedBy, answers, files } = typed;
      const kept = await savePaper(db, keyring, {
        id: entry.id,
        by: staffOf(request).id,
        revision,
        receivedOn,
        arrivedBy,
        content: { answers, files },
        child: sketchOf(definition, cleanAnswers(definition, answers)),
        at: deps.now().toISOString(),
      });
      if (kept !== undefined) return kept;
      assertMine(request, await found(entry.id));
      throw new ProblemError('paperChanged');
    }

    async function peopleOf(entries: readonly PaperEntry[]): Promise<People> {
      const ids = entries.flatMap((entry) => [entry.receiverId, entry.enteredBy, ...entry.hands]);
      return loadPeople(deps, ids);
    }

    async function rowOf(request: FastifyRequest, entry: PaperEntry, people: People) {
      const content = await paperContent(db, keyring, entry.id);
      const { id, serial, procedure, receivedOn, arrivedBy, stampedAt, state, updatedAt } = entry;
      const name = content && namesFromAnswers(procedure, content.answers).childName.trim();
      return {
        id,
        serial,
        procedure,
        receivedOn,
        arrivedBy,
        stampedAt,
        state,
        updatedAt,
        receiver: people.ref(entry.receiverId),
        enteredBy: people.ref(entry.enteredBy),
        hands: entry.hands.map((hand) => people.ref(hand)),
        mine: entry.enteredBy === staffOf(request).id,
        childName: name === undefined || name === '' ? null : name,
        applicationId: entry.applicationId,
        receiptNumber: entry.receiptNumber,
      };
    }

    async function viewOf(request: FastifyRequest, entry: PaperEntry): Promise<PaperEntryView> {
      const row = await rowOf(request, entry, await peopleOf([entry]));
      const content = entry.state === 'entering' ? await paperContent(db, keyring, entry.id) : undefined;
      const ids = content?.files.map((file) => file.fileId) ?? [];
      const files = await ownFiles(db, keyring, entry.enteredBy, ids);
      return {
        ...row,
        revision: entry.revision,
        answers: (content?.answers ?? null) as PaperEntryView['answers'],
        files: files.filter((file) => file.sourceId === null).map(fileInfo),
        discardReason: await discardReason(db, keyring, entry.id),
      };
    }
  };

function definitionOf(procedure: string): ProcedureDefinition {
  const definition = procedureOf(procedure);
  if (definition) return definition;
  throw new ProblemError('invalid', {
    errors: [{ path: 'procedure', message: '申請の種類が正しくありません。' }],
  });
}
