import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  bulkById,
  bulkCounts,
  confirmBulk,
  dropPreview,
  excludeItems,
  listBulk,
  type BulkDecision,
} from '../../store/bulk-decisions.ts';
import { Id, Nothing } from '../contract/common.ts';
import {
  BulkCommandRequest,
  BulkCommandResponse,
  BulkItemsQuery,
  BulkItemsResponse,
  BulkListResponse,
  BulkResponse,
  ConfirmBulkRequest,
  CreateBulkRequest,
  ExcludeRequest,
} from '../contract/rounds.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { notFound, ProblemError } from '../problems.ts';
import { createPreview } from '../services/bulk-preview.ts';
import { unaudited } from '../unaudited.ts';
import { bulkItemsView, bulkRows, bulkView, protocolCsv } from '../views/bulk.ts';

const WATCH = { access: ['leader', 'ward'] as const };
/** How many, nobody by name. */
const COUNTS = { ...WATCH, ...unaudited.nothingPersonal };
const DECIDE = { access: ['ward'] as const };
const BASE = '/api/staff/bulk-decisions';

/** Bulk decisions of the ward (まとめて決定): preview, exceptions, confirmation, progress, protocol. */
export const bulkDecisionRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = deps;
    const tags = ['rounds'];
    const params = z.object({ id: Id });

    /** A preview is its maker's own until it is confirmed. */
    const open = async (request: Parameters<typeof staffOf>[0], id: string): Promise<BulkDecision> => {
      const bulk = await bulkById(db, id);
      if (!bulk || (bulk.status === 'preview' && bulk.createdBy !== staffOf(request).id)) throw notFound();
      return bulk;
    };
    const record = (
      request: Parameters<typeof staffOf>[0],
      id: string,
      detail: Readonly<Record<string, unknown>>,
    ) => audit(request, deps, { action: 'bulkDecision', subject: { kind: 'bulkDecision', id }, detail });

    app.get(
      BASE,
      {
        config: COUNTS,
        schema: { tags, summary: 'まとめて決定の一覧', response: { 200: BulkListResponse } },
      },
      async (request) => ({ rows: await bulkRows(deps, await listBulk(db, staffOf(request).id)) }),
    );

    app.post(
      BASE,
      {
        // The same request again makes nothing new.
        config: { ...DECIDE, ...unaudited.nothingPersonal },
        schema: {
          tags,
          summary: 'まとめて決定の下見を作る',
          body: CreateBulkRequest,
          response: { 201: BulkResponse },
        },
      },
      async (request, reply) => {
        const { id, plan, ...criteria } = request.body;
        const earlier = await bulkById(db, id);
        if (!earlier) {
          await record(request, id, { step: 'preview', plan: plan.type, ...criteria });
          await createPreview(deps, staffOf(request), request.body);
        }
        return reply.code(201).send(await bulkView(deps, await open(request, id)));
      },
    );

    app.get(
      `${BASE}/:id`,
      {
        config: COUNTS,
        schema: { tags, summary: 'まとめて決定', params, response: { 200: BulkResponse } },
      },
      async (request) => bulkView(deps, await open(request, request.params.id)),
    );

    app.get(
      `${BASE}/:id/items`,
      {
        config: WATCH,
        schema: {
          tags,
          summary: 'まとめて決定の対象',
          params,
          querystring: BulkItemsQuery,
          response: { 200: BulkItemsResponse },
        },
      },
      async (request) => {
        const { id } = await open(request, request.params.id);
        const view = await bulkItemsView(deps, id, request.query);
        await audit(request, deps, {
          action: 'list',
          subject: { kind: 'bulkDecision', id },
          detail: { applications: view.rows.map((row) => row.applicationId) },
        });
        return view;
      },
    );

    app.post(
      `${BASE}/:id/exclusions`,
      {
        config: DECIDE,
        schema: {
          tags,
          summary: '下見から外す・戻す',
          params,
          body: ExcludeRequest,
          response: { 200: BulkResponse },
        },
      },
      async (request) => {
        const { id } = await open(request, request.params.id);
        const { applicationIds, leaveOut } = request.body;
        await record(request, id, { step: leaveOut ? 'leaveOut' : 'takeBack', applicationIds });
        await excludeItems(db, id, applicationIds, leaveOut);
        return bulkView(deps, await open(request, id));
      },
    );

    app.post(
      `${BASE}/:id/confirm`,
      {
        config: DECIDE,
        schema: {
          tags,
          summary: 'まとめて決定を確定する',
          params,
          body: ConfirmBulkRequest,
          response: { 200: BulkResponse },
        },
      },
      async (request) => {
        const bulk = await open(request, request.params.id);
        const { id } = bulk;
        const ward = staffOf(request);
        if (bulk.status === 'preview') {
          const counts = (await bulkCounts(db, [id])).get(id);
          if (!counts || counts.planned === 0) throw new ProblemError('nothingToDecide');
          if (counts.planned !== request.body.planned) throw new ProblemError('bulkChanged');
          await record(request, id, { step: 'confirm', planned: counts.planned });
          await confirmBulk(db, id, ward.id);
        } else {
          await record(request, id, { step: 'confirmAgain' });
        }
        try {
          await deps.rounds.startBulk(id);
        } catch (error) {
          // Confirmed is safe: the keeper starts it as soon as Temporal answers.
          deps.log.warn({ err: error, bulkId: id }, 'the bulk decision starts later');
        }
        return bulkView(deps, await open(request, id));
      },
    );

    app.post(
      `${BASE}/:id/commands`,
      {
        config: DECIDE,
        schema: {
          tags,
          summary: '一時停止・再開・中止',
          params,
          body: BulkCommandRequest,
          response: { 200: BulkCommandResponse },
        },
      },
      async (request) => {
        const { id, status } = await open(request, request.params.id);
        const { command } = request.body;
        if (status === 'preview') throw new ProblemError('bulkEnded');
        await record(request, id, { step: command });
        return { status: await deps.rounds.commandBulk(id, command) };
      },
    );

    app.delete(
      `${BASE}/:id`,
      {
        config: DECIDE,
        schema: { tags, summary: '下見を捨てる', params, response: { 204: Nothing } },
      },
      async (request, reply) => {
        const { id } = await open(request, request.params.id);
        if (!(await dropPreview(db, id))) throw new ProblemError('bulkEnded');
        await record(request, id, { step: 'drop' });
        return reply.code(204).send(null);
      },
    );

    app.get(
      `${BASE}/:id/protocol.csv`,
      { config: WATCH, schema: { tags, summary: 'まとめて決定の記録（CSV）', params } },
      async (request, reply) => {
        const { id } = await open(request, request.params.id);
        await audit(request, deps, { action: 'export', subject: { kind: 'bulkDecision', id } });
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="bulk-decision-${id}.csv"`)
          .header('cache-control', 'no-store')
          .send(await protocolCsv(deps, id));
      },
    );
  };
