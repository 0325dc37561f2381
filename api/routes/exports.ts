import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { fiscalYearOf, tokyoDate } from '../../domain/calendar/dates.ts';
import { EXPORT_ROLES, EXPORT_WARD_ROLES } from '../../domain/exports/runs.ts';
import {
  listExportRuns,
  moveRun,
  readExportBytes,
  sealReason,
  unconfirmedRuns,
  type ExportRun,
} from '../../store/exports.ts';
import {
  exportRecords,
  handleRejection,
  hasConfirmedRun,
  openRejections,
} from '../../store/export-results.ts';
import { newestSetting } from '../../store/settings.ts';
import { Id, Nothing } from '../contract/common.ts';
import {
  ExportDetailResponse,
  ExportListResponse,
  ExportRecordsQuery,
  ExportRecordsResponse,
  ExportRunResponse,
  ImportAnswersResponse,
  NewExportRequest,
  WithdrawExportRequest,
} from '../contract/exports.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { notFound, ProblemError } from '../problems.ts';
import { importAnswers } from '../services/export-answers.ts';
import {
  assertMay,
  beginRun,
  makeRun,
  moving,
  peopleOfRuns,
  runById,
  runDetail,
  runInfo,
} from '../services/export-runs.ts';
import { unaudited } from '../unaudited.ts';
import { loadPeople } from '../views/people.ts';
import { sendBytes } from './files.ts';

const PAGE = 20;
const RECORDS_PAGE = 50;
const REJECTIONS = 100;
/** An answer file of 10,000 lines has some hundred kilobytes. */
const ANSWER_BYTES = 10 * 1024 * 1024;

const OneRun = z.object({ id: Id });
const config = { access: EXPORT_ROLES };
const tags = ['exports'];

/** Exports to the ward's 学童クラブ管理システム (Q04): each making, download, answer and word on a file is in the trail. */
export const exportRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: ANSWER_BYTES },
      (_request, body, done) => done(null, body),
    );

    /** A run as an answer, after something was done with it. */
    async function answer(run: ExportRun, request: Parameters<typeof staffOf>[0]) {
      return { run: runInfo(run, await peopleOfRuns(deps, [run]), staffOf(request)) };
    }

    app.get(
      '/api/staff/exports',
      {
        config,
        schema: {
          tags,
          summary: '出力の一覧',
          querystring: z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) }),
          response: { 200: ExportListResponse },
        },
      },
      async (request) => {
        const reader = staffOf(request);
        const { page } = request.query;
        const [{ runs, total }, profiles, rejections] = await Promise.all([
          listExportRuns(deps.db, { limit: PAGE, offset: (page - 1) * PAGE }),
          newestSetting(deps.db, 'exportProfiles'),
          openRejections(deps.db, deps.keyring, REJECTIONS),
        ]);
        await audit(request, deps, {
          action: 'list',
          subject: { kind: 'list', id: 'exports' },
          detail: { page },
        });
        const people = await peopleOfRuns(deps, runs);
        const active = (profiles?.value ?? []).filter((one) => one.active);
        const year = fiscalYearOf(tokyoDate(deps.now().toISOString()));
        return {
          runs: runs.map((run) => runInfo(run, people, reader)),
          page,
          pageSize: PAGE,
          total,
          profiles: await Promise.all(
            active.map(async ({ id, name, note, subject }) => ({
              id,
              name,
              note,
              subject,
              isDefault: profiles?.changedBy === null,
              unconfirmed: [...(await unconfirmedRuns(deps.db, id))],
              hasConfirmed: await hasConfirmedRun(deps.db, id),
            })),
          ),
          fiscalYears: [year + 1, year, year - 1],
          rejections: {
            total: rejections.total,
            rows: rejections.rows.map(({ runId, number, line, applicationId, receiptNumber, reason }) => ({
              runId,
              number,
              line,
              applicationId,
              receiptNumber,
              reason,
            })),
          },
          mayEdit: EXPORT_WARD_ROLES.includes(reader.role),
        };
      },
    );

    app.post(
      '/api/staff/exports',
      {
        config,
        schema: { tags, summary: '出力の準備', body: NewExportRequest, response: { 201: ExportRunResponse } },
      },
      async (request, reply) => {
        const run = await beginRun(deps, staffOf(request), request.body);
        await audit(request, deps, {
          action: 'preview',
          subject: { kind: 'export', id: run.id },
          detail: { ...request.body, profileVersion: run.profileVersion },
        });
        return reply.code(201).send(await answer(run, request));
      },
    );

    app.get(
      '/api/staff/exports/:id/progress',
      {
        // The page asks every second or so: no sign of a person at work.
        config: { ...config, ...unaudited.nothingPersonal, passive: true },
        schema: { tags, summary: '準備の進み具合', params: OneRun, response: { 200: ExportRunResponse } },
      },
      async (request) => answer(await runById(deps, request.params.id), request),
    );

    app.get(
      '/api/staff/exports/:id',
      {
        config,
        schema: { tags, summary: '出力の内容', params: OneRun, response: { 200: ExportDetailResponse } },
      },
      async (request) => {
        const run = await runById(deps, request.params.id);
        await audit(request, deps, {
          action: 'read',
          subject: { kind: 'export', id: run.id },
          detail: { number: run.number, state: run.state, lines: run.lines },
        });
        return runDetail(deps, run, staffOf(request));
      },
    );

    app.post(
      '/api/staff/exports/:id/make',
      { config, schema: { tags, summary: '出力', params: OneRun, response: { 200: ExportRunResponse } } },
      async (request) => {
        const run = await runById(deps, request.params.id);
        const subject = { kind: 'export', id: run.id } as const;
        await audit(request, deps, { action: 'export', subject, detail: { step: 'make' } });
        const made = await makeRun(deps, run, staffOf(request));
        await audit(request, deps, {
          action: 'export',
          subject,
          detail: {
            step: 'made',
            number: made.number,
            profile: made.profileId,
            lines: made.lines,
            sha256: made.sha256,
          },
        });
        return answer(made, request);
      },
    );

    app.post(
      '/api/staff/exports/:id/discard',
      { config, schema: { tags, summary: '準備の取りやめ', params: OneRun, response: { 204: Nothing } } },
      async (request, reply) => {
        const run = await runById(deps, request.params.id);
        assertMay('discard', run, staffOf(request));
        await audit(request, deps, {
          action: 'export',
          subject: { kind: 'export', id: run.id },
          detail: { step: 'discarded' },
        });
        await moving(() =>
          moveRun(deps.db, run.id, ['preparing', 'failed', 'blocked', 'ready'], { state: 'discarded' }),
        );
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/staff/exports/:id/confirm',
      {
        config: { access: EXPORT_WARD_ROLES },
        schema: { tags, summary: '受入の確認', params: OneRun, response: { 200: ExportRunResponse } },
      },
      async (request) => {
        const reader = staffOf(request);
        const run = await runById(deps, request.params.id);
        assertMay('confirm', run, reader);
        const change = { state: 'confirmed', confirmed_by: reader.id, confirmed_at: deps.now() } as const;
        await audit(request, deps, {
          action: 'export',
          subject: { kind: 'export', id: run.id },
          detail: { step: 'confirmed', number: run.number },
        });
        const moved = await moving(() => moveRun(deps.db, run.id, ['made'], change));
        return answer(moved, request);
      },
    );

    app.post(
      '/api/staff/exports/:id/withdraw',
      {
        config: { access: EXPORT_WARD_ROLES },
        schema: {
          tags,
          summary: '出力の取消し',
          params: OneRun,
          body: WithdrawExportRequest,
          response: { 200: ExportRunResponse },
        },
      },
      async (request) => {
        const reader = staffOf(request);
        const run = await runById(deps, request.params.id);
        assertMay('withdraw', run, reader);
        await audit(request, deps, {
          action: 'export',
          subject: { kind: 'export', id: run.id },
          detail: { step: 'withdrawn', number: run.number },
        });
        const moved = await moving(() =>
          moveRun(deps.db, run.id, ['made', 'confirmed'], {
            state: 'withdrawn',
            withdrawn_by: reader.id,
            withdrawn_at: deps.now(),
            withdrawn_reason_ct: sealReason(deps.keyring, run.id, request.body.reason),
          }),
        );
        return answer(moved, request);
      },
    );

    app.get(
      '/api/staff/exports/:id/file',
      { config, schema: { tags, summary: 'ファイルのダウンロード', params: OneRun } },
      async (request, reply) => {
        const run = await runById(deps, request.params.id);
        assertMay('download', run, staffOf(request));
        if (run.erasedAt !== null) throw new ProblemError('exportErased');
        await audit(request, deps, {
          action: 'download',
          subject: { kind: 'export', id: run.id },
          detail: { number: run.number, lines: run.lines, sha256: run.sha256 },
        });
        const file = {
          name: run.fileName ?? 'export',
          contentType: 'application/octet-stream',
          size: run.size ?? 0,
        };
        return sendBytes(reply, file, readExportBytes(deps.db, deps.keyring, run.id), true);
      },
    );

    app.post(
      '/api/staff/exports/:id/answers',
      {
        config,
        schema: {
          tags,
          summary: '回答ファイルの取込み',
          consumes: ['application/octet-stream'],
          params: OneRun,
          response: { 200: ImportAnswersResponse },
        },
      },
      async (request) => {
        const run = await runById(deps, request.params.id);
        if (!Buffer.isBuffer(request.body)) throw new ProblemError('invalid');
        const subject = { kind: 'export', id: run.id } as const;
        await audit(request, deps, { action: 'export', subject, detail: { step: 'importAnswers' } });
        const result = await importAnswers(deps, run, staffOf(request), request.body);
        await audit(request, deps, {
          action: 'export',
          subject,
          detail: {
            step: 'answersImported',
            number: run.number,
            accepted: result.accepted,
            rejected: result.rejected,
            faults: result.faults.length,
          },
        });
        return result;
      },
    );

    app.get(
      '/api/staff/exports/:id/records',
      {
        config,
        schema: {
          tags,
          summary: '出力した記録と結果',
          params: OneRun,
          querystring: ExportRecordsQuery,
          response: { 200: ExportRecordsResponse },
        },
      },
      async (request) => {
        const run = await runById(deps, request.params.id);
        const { page, result } = request.query;
        await audit(request, deps, {
          action: 'list',
          subject: { kind: 'export', id: run.id },
          detail: { records: result ?? 'all', page },
        });
        const { rows, total } = await exportRecords(deps.db, deps.keyring, run.id, {
          ...(result === undefined ? {} : { result }),
          limit: RECORDS_PAGE,
          offset: (page - 1) * RECORDS_PAGE,
        });
        const people = await loadPeople(
          deps,
          rows.map((row) => row.handledBy),
        );
        return {
          rows: rows.map(({ runId: _runId, ...row }) => ({
            ...row,
            handledBy: people.refOrNull(row.handledBy),
          })),
          page,
          pageSize: RECORDS_PAGE,
          total,
        };
      },
    );

    app.post(
      '/api/staff/exports/:id/records/:line/handled',
      {
        config,
        schema: {
          tags,
          summary: '却下された記録を処理済みにする',
          params: z.object({ id: Id, line: z.coerce.number().int().min(1) }),
          response: { 204: Nothing },
        },
      },
      async (request, reply) => {
        const { id, line } = request.params;
        const run = await runById(deps, id);
        await audit(request, deps, {
          action: 'export',
          subject: { kind: 'export', id: run.id },
          detail: { step: 'rejectionHandled', number: run.number, line },
        });
        const done = await handleRejection(deps.db, {
          runId: run.id,
          line,
          by: staffOf(request).id,
          now: deps.now(),
        });
        if (!done) throw notFound();
        return reply.code(204).send(null);
      },
    );
  };
