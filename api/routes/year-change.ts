import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  confirmYearRun,
  dropYearRun,
  yearCounts,
  yearRunById,
  yearRunsOf,
  type YearRun,
} from '../../store/year-changes.ts';
import { Id, Nothing } from '../contract/common.ts';
import {
  ConfirmYearRunRequest,
  CreateYearRunRequest,
  YearRunItemsQuery,
  YearRunItemsResponse,
  YearRunResponse,
  YearRunsQuery,
  YearRunsResponse,
} from '../contract/enrolment-changes.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { notFound, ProblemError } from '../problems.ts';
import { previewYearRun, yearRunCsv, yearRunItems, yearRunView } from '../services/year-runs.ts';
import { unaudited } from '../unaudited.ts';

const WATCH = { access: ['leader', 'ward'] as const };
/** How many, nobody by name. */
const COUNTS = { ...WATCH, ...unaudited.nothingPersonal };
const DECIDE = { access: ['ward'] as const };
const BASE = '/api/staff/year-change/runs';

/** The change of the year (年度替わり): preview, confirmation, progress, protocol. The ward's, watched by leaders. */
export const yearChangeRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = deps;
    const tags = ['enrolments'];
    const params = z.object({ id: Id });
    const record = (request: Parameters<typeof staffOf>[0], id: string, detail: Record<string, unknown>) =>
      audit(request, deps, { action: 'yearChange', subject: { kind: 'yearChange', id }, detail });

    /** A preview is its maker's own until it is confirmed. */
    const open = async (request: Parameters<typeof staffOf>[0], id: string): Promise<YearRun> => {
      const run = await yearRunById(db, id);
      if (!run || (run.status === 'preview' && run.createdBy !== staffOf(request).id)) throw notFound();
      return run;
    };

    app.get(
      BASE,
      {
        config: COUNTS,
        schema: {
          tags,
          summary: '年度替わりの記録',
          querystring: YearRunsQuery,
          response: { 200: YearRunsResponse },
        },
      },
      async (request) => {
        const { id } = staffOf(request);
        const runs = await yearRunsOf(db, request.query.fiscalYear);
        const mine = runs.filter((run) => run.status !== 'preview' || run.createdBy === id);
        return { runs: await Promise.all(mine.map((run) => yearRunView(deps, run))) };
      },
    );

    app.post(
      BASE,
      {
        // The same request again makes nothing new.
        config: { ...DECIDE, ...unaudited.nothingPersonal },
        schema: {
          tags,
          summary: '年度替わりの下見を作る',
          body: CreateYearRunRequest,
          response: { 201: YearRunResponse },
        },
      },
      async (request, reply) => {
        const { id, fiscalYear } = request.body;
        if (!(await yearRunById(db, id))) {
          await record(request, id, { step: 'preview', fiscalYear });
          await previewYearRun(deps, { id, fiscalYear, by: staffOf(request).id });
        }
        return reply.code(201).send(await yearRunView(deps, await open(request, id)));
      },
    );

    app.get(
      `${BASE}/:id`,
      { config: COUNTS, schema: { tags, summary: '年度替わり', params, response: { 200: YearRunResponse } } },
      async (request) => yearRunView(deps, await open(request, request.params.id)),
    );

    app.get(
      `${BASE}/:id/items`,
      {
        config: WATCH,
        schema: {
          tags,
          summary: '年度替わりの対象の児童',
          params,
          querystring: YearRunItemsQuery,
          response: { 200: YearRunItemsResponse },
        },
      },
      async (request) => {
        const { id } = await open(request, request.params.id);
        const view = await yearRunItems(deps, id, request.query);
        await audit(request, deps, {
          action: 'list',
          subject: { kind: 'yearChange', id },
          detail: { enrolments: view.rows.map((row) => row.enrolmentId) },
        });
        return view;
      },
    );

    app.post(
      `${BASE}/:id/confirm`,
      {
        config: DECIDE,
        schema: {
          tags,
          summary: '年度替わりを確定する',
          params,
          body: ConfirmYearRunRequest,
          response: { 200: YearRunResponse },
        },
      },
      async (request) => {
        const run = await open(request, request.params.id);
        const { id } = run;
        if (run.status === 'preview') {
          const { continues } = await yearCounts(db, id);
          if (continues === 0) throw new ProblemError('nothingToCarry');
          if (continues !== request.body.planned) throw new ProblemError('bulkChanged');
          await record(request, id, { step: 'confirm', planned: continues });
          const outcome = await confirmYearRun(db, id, staffOf(request).id);
          if (outcome === 'running') throw new ProblemError('yearRunning');
        } else {
          await record(request, id, { step: 'confirmAgain' });
        }
        try {
          await deps.enrolments.startYearChange(id);
        } catch (error) {
          // Confirmed is safe: the keeper starts it as soon as Temporal answers.
          deps.log.warn({ err: error, runId: id }, 'the change of the year starts later');
        }
        return yearRunView(deps, await open(request, id));
      },
    );

    app.delete(
      `${BASE}/:id`,
      {
        config: DECIDE,
        schema: { tags, summary: '年度替わりの下見を捨てる', params, response: { 204: Nothing } },
      },
      async (request, reply) => {
        const { id } = await open(request, request.params.id);
        await record(request, id, { step: 'drop' });
        if (!(await dropYearRun(db, id))) throw notFound();
        return reply.code(204).send(null);
      },
    );

    app.get(
      `${BASE}/:id/protocol.csv`,
      { config: WATCH, schema: { tags, summary: '年度替わりの記録（CSV）', params } },
      async (request, reply) => {
        const { id } = await open(request, request.params.id);
        await audit(request, deps, { action: 'export', subject: { kind: 'yearChange', id } });
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="year-change-${id}.csv"`)
          .header('cache-control', 'no-store')
          .send(await yearRunCsv(deps, id));
      },
    );
  };
