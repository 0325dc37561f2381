import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { bopOf, hallOfBop, BOPS } from '../../domain/facilities/facilities.ts';
import { monthsOfYear } from '../../domain/enrolment/months.ts';
import { PRIORITY_LABELS, monthName, proposalInWords, rankInWords } from '../../domain/texts/rounds.ts';
import { listApplications } from '../../store/application-lists.ts';
import {
  BopPlacesResponse,
  PlaceOfApplication,
  PlaceRulesView,
  PlacesQuery,
  PlacesResponse,
  RoundParams,
  RoundResponse,
  RoundsResponse,
  SetDatesRequest,
  SetPlaceRulesRequest,
} from '../contract/rounds.ts';
import { openApplication } from '../access.ts';
import { Id } from '../contract/common.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { notFound } from '../problems.ts';
import { placeOfApplication } from '../services/place-of.ts';
import { namesOf } from '../services/content.ts';
import { placesByBop, rulesView, setPlaceRules } from '../services/places.ts';
import { roundDetail, roundRows, setRoundDates } from '../services/rounds.ts';
import { unaudited } from '../unaudited.ts';

/** The ward decides, leaders watch (Q23, Q24). */
const WATCH = { access: ['leader', 'ward'] as const };
/** How many and when, nobody by name. */
const COUNTS = { ...WATCH, ...unaudited.nothingPersonal };
const DECIDE = { access: ['ward'] as const };

/** Intake rounds and the places of extended use. */
export const roundRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const tags = ['rounds'];

    app.get(
      '/api/staff/rounds',
      { config: COUNTS, schema: { tags, summary: '受付回の一覧', response: { 200: RoundsResponse } } },
      async () => ({ rounds: await roundRows(deps) }),
    );

    app.get(
      '/api/staff/rounds/:fiscalYear/:round',
      {
        config: COUNTS,
        schema: { tags, summary: '受付回', params: RoundParams, response: { 200: RoundResponse } },
      },
      (request) => roundDetail(deps, request.params),
    );

    app.put(
      '/api/staff/rounds/:fiscalYear/:round/dates',
      {
        config: DECIDE,
        schema: {
          tags,
          summary: '受付回の日程の変更',
          params: RoundParams,
          body: SetDatesRequest,
          response: { 200: RoundResponse },
        },
      },
      async (request) => {
        const { params, body } = request;
        const { procedure, opensOn, closesOn, noticesOn } = body;
        await audit(request, deps, {
          action: 'settingChanged',
          subject: { kind: 'round', id: `${String(params.fiscalYear)}:${params.round}` },
          detail: { procedure, opensOn, closesOn, noticesOn },
        });
        await setRoundDates(deps, params, body, staffOf(request).id);
        return roundDetail(deps, params);
      },
    );

    app.get(
      '/api/staff/places',
      {
        config: COUNTS,
        schema: {
          tags,
          summary: '延長利用の枠',
          querystring: PlacesQuery,
          response: { 200: PlacesResponse },
        },
      },
      async (request) => {
        const { fiscalYear } = request.query;
        const { setting, bops } = await placesByBop(deps, { fiscalYear });
        const all = [...bops.values()];
        return {
          fiscalYear,
          rules: rulesView(setting),
          bops: BOPS.flatMap(({ code, name }) => {
            const here = bops.get(code);
            if (!here) return [];
            const left = [...here.taken].filter(([month]) => month >= here.from);
            return [
              {
                code,
                name,
                hallName: hallOfBop(code)?.name ?? '',
                places: here.rules.places,
                taken: Math.max(0, ...left.map(([, count]) => count)),
                asking: here.proposals.length + here.unread,
                waiting: here.proposals.filter((one) => one.waiting).length,
                movingUp: here.proposals.filter((one) => one.waiting && one.offered).length,
              },
            ];
          }),
          notice: all.some((one) => one.unread > 0) ? ('kintoneAway' as const) : null,
        };
      },
    );

    app.put(
      '/api/staff/places/rules',
      {
        config: DECIDE,
        schema: {
          tags,
          summary: '延長利用の枠と優先順位の変更',
          body: SetPlaceRulesRequest,
          response: { 200: PlaceRulesView },
        },
      },
      async (request) => {
        const { note: _note, ...detail } = request.body;
        await audit(request, deps, {
          action: 'settingChanged',
          subject: { kind: 'setting', id: 'extendedPlaces' },
          detail,
        });
        return setPlaceRules(deps, request.body, staffOf(request).id);
      },
    );

    app.get(
      '/api/staff/applications/:id/place',
      {
        config: WATCH,
        schema: {
          tags,
          summary: '申請から見た延長利用の枠と順位',
          params: z.object({ id: Id }),
          response: { 200: PlaceOfApplication },
        },
      },
      async (request) => {
        const application = await openApplication(request, deps, request.params.id, {
          action: 'read',
          detail: { part: 'place' },
        });
        return placeOfApplication(deps, application);
      },
    );

    app.get(
      '/api/staff/places/:bop',
      {
        config: WATCH,
        schema: {
          tags,
          summary: '新BOPの延長利用の枠・順位・待機',
          params: z.object({ bop: z.string().max(10) }),
          querystring: PlacesQuery,
          response: { 200: BopPlacesResponse },
        },
      },
      async (request) => {
        const { fiscalYear } = request.query;
        const { bop: code } = request.params;
        const bop = bopOf(code);
        if (!bop) throw notFound();
        const { bops } = await placesByBop(deps, { fiscalYear, bopCodes: [code] });
        const here = bops.get(code);
        if (!here) throw notFound();
        const ids = here.proposals.map((one) => one.applicationId);
        const names = await childNamesOf(deps, ids);
        await audit(request, deps, {
          action: 'list',
          subject: { kind: 'list', id: 'places' },
          detail: { fiscalYear, bop: code, applications: ids },
        });
        return {
          fiscalYear,
          code,
          name: bop.name,
          hallName: hallOfBop(code)?.name ?? '',
          places: here.rules.places,
          priorities: here.rules.priorities.map((one) => PRIORITY_LABELS[one]),
          from: here.from,
          months: monthsOfYear(fiscalYear).map((month) => ({
            month,
            name: monthName(month),
            taken: here.taken.get(month) ?? 0,
          })),
          claims: here.proposals.map((one) => ({
            applicationId: one.applicationId,
            receiptNumber: one.receiptNumber,
            childName: names.get(one.applicationId) ?? null,
            rank: one.rank,
            waiting: one.waiting,
            offered: one.offered,
            waitingRank: one.waitingRank,
            rankReason: rankInWords(one),
            outcome: proposalInWords(one),
          })),
          inReview: here.inReview,
          unread: here.unread,
        };
      },
    );
  };

async function childNamesOf(
  deps: ApiDeps,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | undefined>> {
  if (ids.length === 0) return new Map();
  const { items } = await listApplications(deps.db, { bops: 'all', filter: { ids }, limit: 500 });
  const names = await namesOf(deps, items);
  return new Map(ids.map((id) => [id, names.value.get(id)?.childName]));
}
