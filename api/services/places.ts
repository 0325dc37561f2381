import { monthOf } from '../../domain/enrolment/months.ts';
import type { Month } from '../../domain/enrolment/effects.ts';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import {
  proposePlaces,
  rulesAtBop,
  type Claim,
  type PlaceRules,
  type Proposal,
} from '../../domain/rounds/places.ts';
import { listApplications } from '../../store/application-lists.ts';
import type { Application } from '../../store/applications.ts';
import { childOf } from '../../store/intake.ts';
import { EXTENDED_USE, takenPlaces, waitlisted, wishOf, type TakenByBop } from '../../store/places.ts';
import { keepClaim, knownClaims, type ClaimFacts } from '../../store/rounds.ts';
import { newestSetting, saveSetting, SettingChangedError, type Setting } from '../../store/settings.ts';
import type { PlaceRulesView, SetPlaceRulesRequest } from '../contract/rounds.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';
import { answersOfMany } from './content.ts';

const READ_AT_ONCE = 100;

type PlacesSetting = Setting<'extendedPlaces'>;

async function placesSetting(deps: ApiDeps): Promise<PlacesSetting> {
  const setting = await newestSetting(deps.db, 'extendedPlaces');
  if (!setting) throw new Error('setting extendedPlaces has no value; has the system been set up?');
  return setting;
}

export function rulesView({ value, version, changedBy }: PlacesSetting): PlaceRulesView {
  const { places, byBop, priorities, dailyTakesPlace } = value;
  return {
    version,
    places,
    byBop: { ...byBop },
    priorities: [...priorities],
    dailyTakesPlace,
    setByWard: changedBy !== null,
  };
}

/** The ward sets its rules. @throws {ProblemError} `settingChanged` */
export async function setPlaceRules(
  deps: ApiDeps,
  { basedOn, note, ...value }: SetPlaceRulesRequest,
  changedBy: string,
): Promise<PlaceRulesView> {
  try {
    return rulesView(await saveSetting(deps.db, { key: 'extendedPlaces', value, basedOn, note, changedBy }));
  } catch (error) {
    if (error instanceof SettingChangedError) throw new ProblemError('settingChanged', { cause: error });
    throw error;
  }
}

/** All applications for extended use of a year that stand in these stages. */
async function allIn(
  deps: ApiDeps,
  fiscalYear: number,
  stages: readonly Application['stage'][],
  bopCodes?: readonly string[],
): Promise<readonly Application[]> {
  const all: Application[] = [];
  const filter = { procedure: EXTENDED_USE, fiscalYear, stages, ...(bopCodes ? { bopCodes } : {}) };
  for (;;) {
    const { items } = await listApplications(deps.db, {
      bops: 'all',
      filter,
      limit: 500,
      offset: all.length,
    });
    all.push(...items);
    if (items.length < 500) return all;
  }
}

/**
 * What applications for extended use ask for: mode, months, grade. Read from the answers once a version, and kept without
 * anything personal. Those that cannot be read now (kintone is away) are missing.
 */
export async function claimFacts(
  deps: ApiDeps,
  applications: readonly Application[],
): Promise<ReadonlyMap<string, ClaimFacts>> {
  const known = new Map(await knownClaims(deps.db, applications));
  const missing = applications.filter((one) => !known.has(one.id));
  for (let begin = 0; begin < missing.length; begin += READ_AT_ONCE) {
    const page = missing.slice(begin, begin + READ_AT_ONCE);
    const answers = await answersOfMany(deps, page);
    for (const application of page) {
      const own = answers.value.get(application.id);
      const child = await childOf(deps.db, deps.keyring, application.id);
      const facts = own && wishOf(application, own, child?.birthDate);
      if (!facts) continue;
      await keepClaim(deps.db, application, facts);
      known.set(application.id, facts);
    }
  }
  return known;
}

export interface BopPlaces {
  bopCode: string;
  rules: PlaceRules;
  /** The first month that can still be given. */
  from: Month;
  taken: ReadonlyMap<Month, number>;
  proposals: readonly Proposal[];
  /** In review: not in the order yet. */
  inReview: number;
  /** Whose wishes could not be read. */
  unread: number;
}

const REVIEWING = ['entryCheck', 'firstReview', 'secondReview', 'awaitingApplicant'] as const;

/** The first month of a fiscal year that is not over. */
function firstMonth(deps: ApiDeps, fiscalYear: number): Month {
  const now = monthOf(tokyoDate(deps.now().toISOString()));
  const april = `${String(fiscalYear)}-04`;
  return now > april ? now : april;
}

/** Places, claims and the order that is proposed, for each 新BOP asked for, or for all that have any. */
export async function placesByBop(
  deps: ApiDeps,
  { fiscalYear, bopCodes }: { fiscalYear: number; bopCodes?: readonly string[] },
): Promise<{ setting: PlacesSetting; bops: ReadonlyMap<string, BopPlaces> }> {
  const setting = await placesSetting(deps);
  const [asking, reviewing, approved, waiting] = await Promise.all([
    allIn(deps, fiscalYear, ['awaitingDecision'], bopCodes),
    allIn(deps, fiscalYear, REVIEWING, bopCodes),
    // Their claims are needed for what is taken.
    allIn(deps, fiscalYear, ['awaitingRelease'], bopCodes),
    waitlisted(deps.db, fiscalYear),
  ]);
  const facts = await claimFacts(deps, [...asking, ...approved]);
  const { dailyTakesPlace } = setting.value;
  const taken: TakenByBop = await takenPlaces(deps.db, { fiscalYear, dailyTakesPlace });
  const codes = bopCodes ?? [
    ...new Set([...asking, ...reviewing].map((one) => one.bopCode).concat([...taken.keys()])),
  ];
  const from = firstMonth(deps, fiscalYear);
  const bops = new Map<string, BopPlaces>();
  for (const bopCode of codes) {
    const here = asking.filter((one) => one.bopCode === bopCode);
    const claims = here.flatMap((one): Claim[] => {
      const own = facts.get(one.id);
      if (!own) return [];
      const { id: applicationId, receiptNumber, receivedAt } = one;
      return [{ applicationId, receiptNumber, receivedAt, waiting: waiting.has(one.id), ...own }];
    });
    const rules = rulesAtBop(setting.value, bopCode);
    const takenHere = taken.get(bopCode) ?? new Map<Month, number>();
    bops.set(bopCode, {
      bopCode,
      rules,
      from,
      taken: takenHere,
      proposals: proposePlaces({ claims, taken: takenHere, rules, from }),
      inReview: reviewing.filter((one) => one.bopCode === bopCode).length,
      unread: here.length - claims.length,
    });
  }
  return { setting, bops };
}
