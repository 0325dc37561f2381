import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { fiscalYearOf, tokyoDate } from '../../domain/calendar/dates.ts';
import { mayView, visibleBops } from '../../domain/people/actor.ts';
import { applicationsOfChild, childKeyOf } from '../../store/children.ts';
import { enrolmentsOfChildren } from '../../store/enrolments.ts';
import { openApplication } from '../access.ts';
import { Id } from '../contract/common.ts';
import {
  ChildResponse,
  EnrolmentResponse,
  EnrolmentsQuery,
  EnrolmentsResponse,
  MyEnrolmentsResponse,
  YearChangeQuery,
  YearChangeResponse,
} from '../contract/enrolments.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, authOfRequest, staffOf } from '../plugins/session.ts';
import { notFound } from '../problems.ts';
import {
  applicationView,
  enrolmentInWords,
  enrolmentPage,
  mayViewEnrolment,
  myEnrolments,
  placesOf,
  staffEnrolments,
  visibleEnrolment,
} from '../services/enrolments.ts';
import { yearChange } from '../services/year-change.ts';

const Params = z.object({ id: Id });
const EnrolmentParams = z.object({ id: z.string().max(120) });

/** Enrolments (在籍) for staff, each inside their place (Q03, 別紙1), and a family's own. Every look is in the audit trail. */
export const enrolmentRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const today = () => tokyoDate(deps.now().toISOString());

    app.get(
      '/api/staff/enrolments',
      {
        config: { access: 'staff' },
        schema: {
          tags: ['staff'],
          summary: '在籍の一覧',
          querystring: EnrolmentsQuery,
          response: { 200: EnrolmentsResponse },
        },
      },
      async (request) => {
        const { q, month, bop, hall, extended, reduced, withdrawn, page, pageSize } = request.query;
        const fiscalYear = request.query.fiscalYear ?? fiscalYearOf(today());
        const present = today().slice(0, 7);
        const usual = fiscalYear === fiscalYearOf(today()) ? present : `${String(fiscalYear)}-04`;
        const bopCodes = placesOf({ bop, hall });
        const name = q?.trim();
        const response = await staffEnrolments(deps, staffOf(request), {
          fiscalYear,
          month: month === 'all' ? undefined : (month ?? usual),
          ...(bopCodes === undefined ? {} : { bopCodes }),
          ...(extended === undefined ? {} : { extended }),
          ...(reduced === undefined ? {} : { reduced }),
          ...(withdrawn === undefined ? {} : { withdrawn }),
          ...(name === undefined || name === '' ? {} : { name }),
          page,
          pageSize,
        });
        const { q: _name, ...codes } = request.query;
        await audit(request, deps, {
          action: 'list',
          subject: { kind: 'list', id: 'enrolments' },
          // The search may be a name; that there was one is enough.
          detail: {
            ...codes,
            search: name !== undefined && name !== '',
            enrolments: response.rows.map((row) => row.id),
          },
        });
        return response;
      },
    );

    app.get(
      '/api/staff/enrolments/:id',
      {
        config: { access: 'staff' },
        schema: {
          tags: ['staff'],
          summary: '児童の在籍',
          params: EnrolmentParams,
          response: { 200: EnrolmentResponse },
        },
      },
      async (request) => {
        const reader = staffOf(request);
        const { id } = request.params;
        const stored = await visibleEnrolment(deps, reader, id);
        await audit(request, deps, {
          action: stored ? 'read' : 'denied',
          subject: { kind: 'enrolment', id },
          ...(stored ? {} : { detail: { for: 'read' } }),
        });
        if (!stored) throw notFound();
        return enrolmentPage(deps, reader, stored);
      },
    );

    app.get(
      '/api/staff/applications/:id/child',
      {
        config: { access: 'staff' },
        schema: {
          tags: ['staff'],
          summary: 'この児童の在籍とほかの申請',
          params: Params,
          response: { 200: ChildResponse },
        },
      },
      async (request) => {
        const reader = staffOf(request);
        const application = await openApplication(request, deps, request.params.id, {
          action: 'read',
          detail: { part: 'child' },
        });
        const childKey = await childKeyOf(deps.db, application.id);
        if (childKey === undefined) return { enrolments: [], applications: [] };
        const [stored, applications] = await Promise.all([
          enrolmentsOfChildren(deps.db, [childKey]),
          applicationsOfChild(deps.db, childKey),
        ]);
        const bops = visibleBops(reader);
        return {
          enrolments: stored
            .filter(({ enrolment }) => mayViewEnrolment(bops, enrolment, today()))
            .map((one) => ({
              id: one.id,
              fiscalYear: one.fiscalYear,
              text: enrolmentInWords(one, today()),
            })),
          applications: applications
            .filter((one) => one.id !== application.id && mayView(reader, one))
            .map(applicationView),
        };
      },
    );

    app.get(
      '/api/staff/year-change',
      {
        config: { access: 'staff' },
        schema: {
          tags: ['staff'],
          summary: '年度替わり：継続する児童と、申請し直す児童',
          querystring: YearChangeQuery,
          response: { 200: YearChangeResponse },
        },
      },
      async (request) => {
        const { fiscalYear = fiscalYearOf(today()), bop, hall, show, page, pageSize } = request.query;
        const bopCodes = placesOf({ bop, hall });
        const response = await yearChange(deps, staffOf(request), {
          fiscalYear,
          ...(bopCodes === undefined ? {} : { bopCodes }),
          show,
          page,
          pageSize,
        });
        await audit(request, deps, {
          action: 'list',
          subject: { kind: 'list', id: 'yearChange' },
          detail: { ...request.query, enrolments: response.rows.map((row) => row.id) },
        });
        return response;
      },
    );

    app.get(
      '/api/my/enrolments',
      {
        config: { access: ['applicant'] as const },
        schema: {
          tags: ['applicant'],
          summary: '自分の子どもの在籍',
          response: { 200: MyEnrolmentsResponse },
        },
      },
      async (request) => {
        const { account } = authOfRequest(request);
        await audit(request, deps, { action: 'list', subject: { kind: 'list', id: 'my/enrolments' } });
        return { enrolments: await myEnrolments(deps, account.id) };
      },
    );
  };
