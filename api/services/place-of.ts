import type { ActionOf } from '../../domain/application/actions.ts';
import { firstDayOf } from '../../domain/enrolment/months.ts';
import { bopOf } from '../../domain/facilities/facilities.ts';
import { judgePlace, placeAllows, type PlaceVerdict, type Proposal } from '../../domain/rounds/places.ts';
import { monthName, proposalInWords, rankInWords, verdictInWords } from '../../domain/texts/rounds.ts';
import type { Application } from '../../store/applications.ts';
import { EXTENDED_USE, releasePlace, reservePlace } from '../../store/places.ts';
import type { PlaceOfApplication } from '../contract/rounds.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, ProblemError } from '../problems.ts';
import { placesByBop, type BopPlaces } from './places.ts';

/** What the clerk can do where the family's wish is not here and kintone is away. */
const UNREAD =
  'この申請の延長利用の希望（月と利用のしかた）をkintoneから読み出せないため、枠を確かめられません。不承認・審査への差し戻しはいまでもできます。承認・待機は、kintoneに接続できるようになってから、もう一度操作してください。';

interface Standing {
  here: BopPlaces;
  own: Proposal;
  verdict: PlaceVerdict;
}

/** @throws {ProblemError} `kintoneAway` where what it asks for cannot be read now */
async function standingOf(deps: ApiDeps, application: Application): Promise<Standing> {
  const { id, fiscalYear, bopCode } = application;
  const { bops } = await placesByBop(deps, { fiscalYear, bopCodes: [bopCode] });
  const here = bops.get(bopCode);
  const own = here?.proposals.find((one) => one.applicationId === id);
  const verdict = here && judgePlace(here.proposals, id, here);
  if (!here || !own || !verdict)
    throw new ProblemError('kintoneAway', { detail: UNREAD, retryAfterSeconds: 30 });
  return { here, own, verdict };
}

/**
 * Where an application for extended use stands among the places of its 新BOP, for the person who decides on it.
 * @throws {ProblemError} `notFound` where no decision about a place is open
 */
export async function placeOfApplication(
  deps: ApiDeps,
  application: Application,
): Promise<PlaceOfApplication> {
  const { procedure, stage, fiscalYear, bopCode } = application;
  if (procedure !== EXTENDED_USE || stage !== 'awaitingDecision') throw notFound();
  const { here, own, verdict } = await standingOf(deps, application);
  const full = verdict.kind === 'full' ? verdict.months : [];
  return {
    bop: { code: bopCode, name: bopOf(bopCode)?.name ?? bopCode },
    fiscalYear,
    places: here.rules.places,
    months: own.months.map((month) => ({
      month,
      name: monthName(month),
      taken: here.taken.get(month) ?? 0,
      full: full.includes(month),
    })),
    rank: own.rank,
    asking: here.proposals.length,
    rankReason: rankInWords(own),
    outcome: proposalInWords(own),
    waiting: own.waiting,
    verdict: verdict.kind,
    verdictText: verdictInWords(verdict),
  };
}

/** The rank that the order gives among those who get no place. */
export async function waitingRankOf(deps: ApiDeps, application: Application): Promise<number> {
  if (application.procedure !== EXTENDED_USE || application.stage !== 'awaitingDecision') return 1;
  const { own } = await standingOf(deps, application);
  return own.waitingRank ?? own.rank;
}

/** An approval with its place kept for it. */
export interface WithPlace {
  action: ActionOf<'decide'>;
  /** Once it is known what became of it. */
  release: () => Promise<void>;
}

/**
 * Keeps a place for the approval of one application for extended use; what the domain says of places holds for it as for a bulk
 * decision. Its use begins in the first month that is left. Undefined where no place is asked for, or where it has been decided.
 * @param outOfTurn the ward goes past the order knowingly
 * @throws {ProblemError} `noPlace`, `placeOutOfTurn`, `placePast`, `kintoneAway`
 */
export async function withPlace(
  deps: ApiDeps,
  application: Application,
  action: ActionOf<'decide'>,
  outOfTurn: boolean,
): Promise<WithPlace | undefined> {
  const { id: applicationId, procedure, stage, fiscalYear, bopCode } = application;
  if (procedure !== EXTENDED_USE || stage !== 'awaitingDecision' || action.outcome !== 'approved') {
    return undefined;
  }
  const { here, own, verdict } = await standingOf(deps, application);
  const refused = placeAllows(verdict, outOfTurn);
  if (refused !== undefined) throw new ProblemError(refused, { detail: verdictInWords(verdict) });
  const reserving = { applicationId, fiscalYear, bopCode, claim: own, from: here.from };
  const full = await reservePlace(deps.db, reserving);
  if (full.length > 0) {
    throw new ProblemError('noPlace', { detail: verdictInWords({ kind: 'full', months: full }) });
  }
  const [begin] = own.months;
  return {
    action: begin === undefined ? action : { ...action, effectiveFrom: firstDayOf(begin) },
    release: () => releasePlace(deps.db, applicationId),
  };
}
