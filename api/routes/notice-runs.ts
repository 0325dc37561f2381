import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { bopOf } from '../../domain/facilities/facilities.ts';
import { NOTICE_LABELS, isNoticeKind } from '../../domain/notices/kinds.ts';
import { parseToken } from '../../domain/notices/reference.ts';
import type { ScanResult } from '../../domain/notices/scanning.ts';
import {
  listRuns,
  printsOf,
  recordScan,
  runById,
  runItems,
  scanCounts,
  scansOf,
  type NoticeRun,
} from '../../store/notice-runs.ts';
import { noticeByReference, tokenIsTrue } from '../../store/notices.ts';
import { Id } from '../contract/common.ts';
import {
  CheckResponse,
  NewRunRequest,
  RunDetail,
  RunListResponse,
  RunsResponse,
  ScanRequest,
  ScanResponse,
} from '../contract/notices.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { notFound } from '../problems.ts';
import { csvOfRun } from '../services/notice-csv.ts';
import {
  choiceInWords,
  groupsOf,
  LEFT_OUT_LABELS,
  makeRun,
  printRun,
  runList,
  runTitle,
} from '../services/notice-runs.ts';
import { scanMessage, SCAN_LABELS } from '../services/notice-scans.ts';
import { contentDisposition } from '../services/uploads.ts';
import { loadPeople, type People } from '../views/people.ts';

const OneRun = z.object({ id: Id });
const config = { access: ['operator', 'leader', 'ward'] as const };
const tags = ['staff'];
/** Missing sheets on the page of a check; the list to tick off has them all. */
const MISSING_SHOWN = 100;

/** Print files for the post, and the check of the envelopes (Q22). */
export const noticeRunRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const open = async (id: string): Promise<NoticeRun> => {
      const run = await runById(deps.db, id);
      if (!run) throw notFound();
      return run;
    };

    const row = async (run: NoticeRun, people: People) => ({
      id: run.id,
      number: run.number,
      what: choiceInWords(run.choice as Partial<NewRunRequest>),
      together: run.together,
      envelopes: run.envelopes,
      notices: run.notices,
      counted: run.counted,
      voided: run.voided,
      leftOut: run.leftOut.length,
      madeBy: people.ref(run.madeBy),
      madeAt: run.madeAt,
      printedAt: (await printsOf(deps.db, run.id)).findLast(({ sha256 }) => sha256 !== null)?.at ?? null,
    });

    async function detail(run: NoticeRun): Promise<RunDetail> {
      const prints = await printsOf(deps.db, run.id);
      const people = await loadPeople(deps, [run.madeBy, ...prints.map((print) => print.byId)]);
      return {
        run: await row(run, people),
        sha256: run.sha256,
        size: run.size,
        leftOut: run.leftOut.map(({ reference, reason }) => ({
          reference,
          reason,
          label: reason in LEFT_OUT_LABELS ? LEFT_OUT_LABELS[reason as keyof typeof LEFT_OUT_LABELS] : reason,
        })),
        groups: groupsOf(await runItems(deps.db, run.id)),
        prints: prints.map(({ at, byId, sha256, same }) => ({ at, by: people.ref(byId), sha256, same })),
      };
    }

    app.get(
      '/api/staff/notice-runs',
      { config, schema: { tags, summary: '発送の一覧', response: { 200: RunsResponse } } },
      async (request) => {
        await audit(request, deps, { action: 'list', subject: { kind: 'list', id: 'noticeRuns' } });
        const runs = await listRuns(deps.db);
        const people = await loadPeople(
          deps,
          runs.map((run) => run.madeBy),
        );
        return { runs: await Promise.all(runs.map((run) => row(run, people))) };
      },
    );

    app.post(
      '/api/staff/notice-runs',
      {
        config,
        schema: { tags, summary: '印刷ファイルの作成', body: NewRunRequest, response: { 201: RunDetail } },
      },
      async (request, reply) => {
        const id = await makeRun(deps, staffOf(request), request.body);
        const run = await open(id);
        await audit(request, deps, {
          action: 'export',
          subject: { kind: 'noticeRun', id },
          detail: { number: run.number, notices: run.notices, ...request.body },
        });
        return reply.code(201).send(await detail(run));
      },
    );

    app.get(
      '/api/staff/notice-runs/:id',
      { config, schema: { tags, summary: '発送の内容', params: OneRun, response: { 200: RunDetail } } },
      async (request) => {
        const run = await open(request.params.id);
        await audit(request, deps, { action: 'read', subject: { kind: 'noticeRun', id: run.id } });
        return detail(run);
      },
    );

    app.get(
      '/api/staff/notice-runs/:id/pdf',
      { config, schema: { tags, summary: '印刷ファイル（PDF）', params: OneRun } },
      async (request, reply) => {
        const run = await open(request.params.id);
        const { id: byId } = staffOf(request);
        await audit(request, deps, {
          action: 'download',
          subject: { kind: 'noticeRun', id: run.id },
          detail: { number: run.number, notices: run.notices, part: 'printFile' },
        });
        const file = await printRun(deps, run, byId);
        return reply
          .type('application/pdf')
          .header('content-disposition', contentDisposition('attachment', `${runTitle(run.number)}.pdf`))
          .header('content-security-policy', "default-src 'none'; sandbox")
          .header('cache-control', 'private, no-store')
          .send(file);
      },
    );

    app.get(
      '/api/staff/notice-runs/:id/list',
      {
        config,
        schema: { tags, summary: '発送の照合表', params: OneRun, response: { 200: RunListResponse } },
      },
      async (request) => {
        const run = await open(request.params.id);
        await audit(request, deps, {
          action: 'read',
          subject: { kind: 'noticeRun', id: run.id },
          detail: { part: 'list', notices: run.notices },
        });
        const what = choiceInWords(run.choice as Partial<NewRunRequest>);
        return { number: run.number, what, rows: await runList(deps, run) };
      },
    );

    app.get(
      '/api/staff/notice-runs/:id/list.csv',
      { config, schema: { tags, summary: '発送の照合表（CSV）', params: OneRun } },
      async (request, reply) => {
        const run = await open(request.params.id);
        await audit(request, deps, {
          action: 'export',
          subject: { kind: 'noticeRun', id: run.id },
          detail: { part: 'csv', notices: run.notices },
        });
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', contentDisposition('attachment', `照合表_${run.number}.csv`))
          .header('cache-control', 'private, no-store')
          .send(csvOfRun(await runList(deps, run)));
      },
    );

    app.get(
      '/api/staff/notice-runs/:id/check',
      {
        config,
        schema: { tags, summary: '封入の確認', params: OneRun, response: { 200: CheckResponse } },
      },
      async (request) => {
        const run = await open(request.params.id);
        await audit(request, deps, {
          action: 'read',
          subject: { kind: 'noticeRun', id: run.id },
          detail: { part: 'check' },
        });
        const items = await runItems(deps.db, run.id);
        const scans = await scansOf(deps.db, run.id);
        const people = await loadPeople(
          deps,
          scans.map((scan) => scan.byId),
        );
        return {
          number: run.number,
          notices: run.notices,
          envelopes: run.envelopes,
          counted: run.counted,
          voided: run.voided,
          results: { ...(await scanCounts(deps.db, run.id)) },
          missing: items
            .filter(({ countedAt }) => countedAt === null)
            .slice(0, MISSING_SHOWN)
            .map(({ envelope, reference, kind, bopCode, voidedAt }) => ({
              envelope,
              reference,
              label: isNoticeKind(kind) ? NOTICE_LABELS[kind] : kind,
              bopName: bopOf(bopCode)?.name ?? '',
              voided: voidedAt !== null,
            })),
          protocol: scans.map(({ at, byId, result, reference, envelope }) => ({
            at,
            by: people.ref(byId),
            result: result as ScanResult,
            label: SCAN_LABELS[result as ScanResult],
            reference,
            envelope,
          })),
        };
      },
    );

    app.post(
      '/api/staff/notice-runs/:id/scans',
      {
        config,
        schema: {
          tags,
          summary: '封入の確認（読み取り）',
          params: OneRun,
          body: ScanRequest,
          response: { 200: ScanResponse },
        },
      },
      async (request) => {
        const run = await open(request.params.id);
        const { scanId, text } = request.body;
        const token = parseToken(text);
        const notice = token && (await noticeByReference(deps.db, token.reference));
        const known = notice && tokenIsTrue(deps.keyring, notice, token) ? notice : undefined;
        const scanned = await recordScan(deps.db, {
          scanId,
          runId: run.id,
          byId: staffOf(request).id,
          noticeOfToken: known?.id,
        });
        await audit(request, deps, {
          action: 'act',
          subject: { kind: 'noticeRun', id: run.id },
          detail: { part: 'scan', scanId, result: scanned.result, notice: scanned.noticeId },
        });
        const now = await open(run.id);
        return {
          result: scanned.result,
          message: scanMessage(scanned),
          reference: known?.reference ?? null,
          envelope: scanned.envelope,
          left: scanned.left && { envelope: scanned.left.envelope, references: [...scanned.left.references] },
          counted: now.counted,
          notices: now.notices,
        };
      },
    );
  };
