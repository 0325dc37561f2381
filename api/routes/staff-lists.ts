import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { refusalOf } from '../../domain/application/decide.ts';
import { STAGES } from '../../domain/application/state.ts';
import { QUEUES } from '../../domain/application/tasks.ts';
import { visibleBops, type StaffActor } from '../../domain/people/actor.ts';
import { toAscii } from '../../domain/procedures/normalise.ts';
import { REFUSAL_TEXTS } from '../../domain/texts/application.ts';
import { activeStaff } from '../../store/accounts.ts';
import {
  countByBopAndStage,
  countOpenByAssignee,
  listApplications,
  summariseQueues,
  type ApplicationFilter,
  type ApplicationOrder,
} from '../../store/application-lists.ts';
import { searchByChildName } from '../../store/application-search.ts';
import { openApplication } from '../access.ts';
import { Id } from '../contract/common.ts';
import { ListQuery, ListResponse, PeopleResponse, QueuesResponse } from '../contract/staff.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { historyOf } from '../services/state.ts';
import { unaudited } from '../unaudited.ts';
import { applicationRows } from '../views/rows.ts';

type Query = z.output<typeof ListQuery>;

const ORDERS: Readonly<Record<Query['sort'], ApplicationOrder>> = {
  receivedAt: 'receivedFirst',
  '-receivedAt': 'receivedLast',
  deadline: 'deadline',
  '-deadline': 'deadlineLast',
  updatedAt: 'changedFirst',
  '-updatedAt': 'changedLast',
};

const PlaceQuery = z.object({ hall: z.string().max(10).optional(), bop: z.string().max(10).optional() });

/** What is to be done, lists of applications, and who can be put in charge (Q07). Everything inside the reader's place (Q03). */
export const staffListRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/staff/queues',
      {
        config: { access: 'staff', ...unaudited.nothingPersonal },
        schema: {
          tags: ['staff'],
          summary: '処理待ちの件数',
          querystring: PlaceQuery,
          response: { 200: QueuesResponse },
        },
      },
      async (request) => {
        const reader = staffOf(request);
        const bops = visibleBops(reader);
        const filter = placeFilter(request.query);
        const [queues, places] = await Promise.all([
          summariseQueues(deps.db, { bops, filter, assignee: reader.id }),
          countByBopAndStage(deps.db, { bops, filter }),
        ]);
        const none = { count: 0, mine: 0, overdue: 0, oldestReceivedAt: null };
        const countIn = (stage: (typeof STAGES)[number]) =>
          places.filter((row) => row.stage === stage).reduce((sum, row) => sum + row.count, 0);
        return {
          total: places.reduce((sum, row) => sum + row.count, 0),
          queues: QUEUES.map((queue) => ({ queue, ...(queues.get(queue) ?? none) })),
          stages: STAGES.map((stage) => ({ stage, count: countIn(stage) })),
        };
      },
    );

    app.get(
      '/api/staff/applications',
      {
        config: { access: 'staff' },
        schema: {
          tags: ['staff'],
          summary: '申請の一覧',
          querystring: ListQuery,
          response: { 200: ListResponse },
        },
      },
      async (request) => {
        const reader = staffOf(request);
        const { page, pageSize, sort, q } = request.query;
        const bops = visibleBops(reader);
        const filter = await withSearch(deps, reader, filterOf(request.query, reader), q);
        const { items, total } = await listApplications(deps.db, {
          bops,
          filter,
          order: ORDERS[sort],
          limit: pageSize,
          offset: (page - 1) * pageSize,
        });
        const { q: searched, ...codes } = request.query;
        await audit(request, deps, {
          action: 'list',
          subject: { kind: 'list', id: 'applications' },
          // The search may be a name; that there was one is enough.
          detail: {
            ...codes,
            search: searched !== undefined && searched !== '',
            applications: items.map((one) => one.id),
          },
        });
        const rows = await applicationRows(deps, items, reader.role);
        return {
          rows: rows.value,
          page,
          pageSize,
          total,
          notice: rows.away ? ('kintoneAway' as const) : null,
        };
      },
    );

    app.get(
      '/api/staff/people',
      {
        config: { access: ['leader'] },
        schema: {
          tags: ['staff'],
          summary: '担当にできる人',
          querystring: z.object({ applicationId: Id.optional() }),
          response: { 200: PeopleResponse },
        },
      },
      async (request) => {
        const reader = staffOf(request);
        const { applicationId } = request.query;
        const application =
          applicationId === undefined
            ? undefined
            : await openApplication(request, deps, applicationId, {
                action: 'read',
                detail: { part: 'people' },
              });
        const state = application && (await historyOf(deps, application)).state;
        await audit(request, deps, { action: 'list', subject: { kind: 'list', id: 'people' } });
        const [staff, open] = await Promise.all([
          activeStaff(deps.db, deps.keyring, ['operator', 'leader']),
          countOpenByAssignee(deps.db),
        ]);
        const now = deps.now().toISOString();
        return {
          people: staff.flatMap(({ id, name, role }) => {
            if (role === 'applicant') return [];
            const assign = { type: 'assign', assignee: { id, role } } as const;
            const refusal = state ? refusalOf(state, reader, assign, { now }) : null;
            return [
              {
                id,
                name,
                role,
                open: open.get(id) ?? 0,
                refusal: refusal && { code: refusal.code, text: REFUSAL_TEXTS[refusal.code] },
              },
            ];
          }),
        };
      },
    );
  };

function placeFilter({ hall, bop }: z.output<typeof PlaceQuery>): ApplicationFilter {
  return {
    ...(hall === undefined ? {} : { hallCode: hall }),
    ...(bop === undefined ? {} : { bopCodes: [bop] }),
  };
}

function filterOf(query: Query, reader: StaffActor): ApplicationFilter {
  const { queue, stage, assignee, overdue, receivedFrom, receivedTo } = query;
  return {
    ...placeFilter(query),
    ...(queue === undefined ? {} : { queue }),
    ...(stage === undefined ? {} : { stages: [stage] }),
    ...(assignee === undefined ? {} : { assignee: assignee === 'me' ? reader.id : assignee }),
    ...(overdue === undefined ? {} : { overdue }),
    ...(receivedFrom === undefined ? {} : { receivedFrom }),
    ...(receivedTo === undefined ? {} : { receivedTo }),
  };
}

/** A receipt number or its beginning, however it is typed; anything else is a part of a name. */
async function withSearch(
  deps: ApiDeps,
  reader: StaffActor,
  filter: ApplicationFilter,
  q: string | undefined,
): Promise<ApplicationFilter> {
  if (q === undefined || q === '') return filter;
  const plain = toAscii(q).replace(/[\s-]/g, '');
  if (/^[A-Za-z]\d+$/.test(plain)) return { ...filter, receiptNumber: hyphenated(plain) };
  const bops = visibleBops(reader);
  return { ...filter, ids: await searchByChildName(deps.db, deps.keyring, { bops, filter, text: q }) };
}

/** `A27000123` as receipt numbers are written: `A27-000123`. */
function hyphenated(plain: string): string {
  return [plain.slice(0, 3), plain.slice(3, 9), plain.slice(9)].filter((part) => part !== '').join('-');
}
