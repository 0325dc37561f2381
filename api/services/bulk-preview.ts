import { replay } from '../../domain/application/evolve.ts';
import { isLocalDate, type LocalDate } from '../../domain/calendar/dates.ts';
import { hasEffectiveDate } from '../../domain/enrolment/decided.ts';
import { firstDayOf, isMonth } from '../../domain/enrolment/months.ts';
import { bopOf } from '../../domain/facilities/facilities.ts';
import type { StaffActor } from '../../domain/people/actor.ts';
import type { Answers, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { exclusionOf, type BulkCriteria, type PlannedItem } from '../../domain/rounds/bulk.ts';
import type { Proposal } from '../../domain/rounds/places.ts';
import { PLAN_LABELS, roundName } from '../../domain/texts/rounds.ts';
import { eachApplication, type ApplicationFilter } from '../../store/application-lists.ts';
import type { Application } from '../../store/applications.ts';
import { createBulk, type NewBulkItem } from '../../store/bulk-decisions.ts';
import { eventsOfMany } from '../../store/events.ts';
import { EXTENDED_USE } from '../../store/places.ts';
import type { CreateBulkRequest } from '../contract/rounds.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';
import { answersOfMany } from './content.ts';
import { placesByBop } from './places.ts';
import { procedureName } from './rounds.ts';

/** What an application would be decided as; null: it stays as it is. */
type Planner = (application: Application) => Promise<Omit<PlannedItem, 'seq'> | null>;

/**
 * Puts a bulk decision together for the ward to look at: the applications of the list that await its decision, each judged by the
 * rules that its workflow will ask. Nothing is decided. The same id again gives the same preview.
 * @throws {ProblemError} `invalid`, `nothingToDecide`, `kintoneAway` where the starting days cannot be read
 */
export async function createPreview(deps: ApiDeps, ward: StaffActor, body: CreateBulkRequest): Promise<void> {
  const definition = procedureOf(body.procedure);
  if (!definition) throw invalid('procedure', '手続きが正しくありません。');
  const { plan } = body;
  if (body.procedure === EXTENDED_USE && plan.type === 'approve') {
    throw invalid('plan', '延長利用は枠があるため、枠と順位に沿った決定を選んでください。');
  }
  if (body.procedure !== EXTENDED_USE && plan.type === 'places') {
    throw invalid('plan', '枠があるのは延長利用だけです。');
  }
  if (plan.type === 'refuse' && !definition.refusalReasons.some((one) => one.code === plan.reasonCode)) {
    throw invalid('reasonCode', '不承認の理由を選んでください。');
  }
  const unknown = (body.bops ?? []).filter((code) => !bopOf(code));
  if (unknown.length > 0) throw invalid('bops', '新BOPが正しくありません。');
  const criteria = criteriaOf(body);
  const items = await itemsOf(deps, ward, definition, criteria);
  if (items.length === 0) throw new ProblemError('nothingToDecide');
  await createBulk(
    deps.db,
    deps.keyring,
    {
      id: body.id,
      title: titleOf(criteria),
      criteria,
      createdBy: ward.id,
      ...(plan.type === 'refuse' ? { reason: plan.reason } : {}),
    },
    items,
  );
}

function invalid(path: string, message: string): ProblemError {
  return new ProblemError('invalid', { errors: [{ path, message }] });
}

function criteriaOf({ procedure, fiscalYear, round, bops, plan }: CreateBulkRequest): BulkCriteria {
  return {
    procedure,
    fiscalYear,
    plan: plan.type,
    ...(round === undefined ? {} : { round }),
    ...(bops === undefined || bops.length === 0 ? {} : { bopCodes: bops }),
    ...(plan.type === 'approve' && plan.effective ? { effective: plan.effective } : {}),
    ...(plan.type === 'refuse' ? { reasonCode: plan.reasonCode } : {}),
  };
}

function titleOf({ procedure, fiscalYear, round, bopCodes, plan }: BulkCriteria): string {
  const [bop, ...more] = bopCodes ?? [];
  const where =
    bop === undefined
      ? ''
      : `${bopOf(bop)?.name ?? bop}${more.length > 0 ? ` ほか${String(more.length)}か所` : ''}`;
  const what = plan === 'places' ? '枠と順位に沿った決定' : `${PLAN_LABELS[plan]}の決定`;
  return [
    `${String(fiscalYear)}年度`,
    round === undefined ? '' : roundName(round),
    procedureName(procedure),
    where,
    what,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

async function itemsOf(
  deps: ApiDeps,
  ward: StaffActor,
  definition: ProcedureDefinition,
  criteria: BulkCriteria,
): Promise<readonly NewBulkItem[]> {
  const { procedure, fiscalYear, round, bopCodes } = criteria;
  const filter: ApplicationFilter = {
    procedure,
    fiscalYear,
    stages: ['awaitingDecision'],
    ...(round === undefined ? {} : { round }),
    ...(bopCodes === undefined ? {} : { bopCodes }),
  };
  const proposals = criteria.plan === 'places' ? await proposalsOf(deps, criteria) : undefined;
  const items: NewBulkItem[] = [];
  const now = deps.now().toISOString();
  for await (const page of eachApplication(deps.db, { bops: 'all', filter })) {
    const plannerOfPage = await planner(deps, definition, criteria, page, proposals);
    const histories = await eventsOfMany(
      deps.db,
      page.map((one) => one.id),
    );
    for (const application of page) {
      const planned = await plannerOfPage(application);
      const events = histories.get(application.id) ?? [];
      if (!planned || events.length === 0) continue;
      const state = replay(events);
      items.push({
        applicationId: application.id,
        receiptNumber: application.receiptNumber,
        bopCode: application.bopCode,
        seq: state.seq,
        plan: planned.plan,
        effectiveFrom: planned.effectiveFrom,
        rank: planned.rank,
        excluded: exclusionOf(state, ward, { ...planned, seq: state.seq }, now),
      });
    }
  }
  return inOrder(items);
}

/** By 新BOP where there are ranks: who gets a place by rank, then who waits, each counted from one. Otherwise as they came. */
function inOrder(items: readonly NewBulkItem[]): readonly NewBulkItem[] {
  if (items.every((item) => item.rank === null)) return items;
  const waits = ({ plan }: NewBulkItem) => (plan === 'waitlist' ? 1 : 0);
  return items.toSorted(
    (a, b) => Number(a.bopCode) - Number(b.bopCode) || waits(a) - waits(b) || (a.rank ?? 0) - (b.rank ?? 0),
  );
}

async function proposalsOf(deps: ApiDeps, criteria: BulkCriteria): Promise<ReadonlyMap<string, Proposal>> {
  const { fiscalYear, bopCodes } = criteria;
  const { bops } = await placesByBop(deps, { fiscalYear, ...(bopCodes ? { bopCodes } : {}) });
  return new Map(
    [...bops.values()].flatMap(({ proposals }) => proposals.map((one) => [one.applicationId, one] as const)),
  );
}

async function planner(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  criteria: BulkCriteria,
  page: readonly Application[],
  proposals: ReadonlyMap<string, Proposal> | undefined,
): Promise<Planner> {
  if (proposals) return async ({ id }) => placed(proposals.get(id));
  const { reasonCode } = criteria;
  if (criteria.plan === 'refuse') {
    const refusal = { plan: 'refuse', effectiveFrom: null, rank: null } as const;
    return async () => ({ ...refusal, ...(reasonCode === undefined ? {} : { reasonCode }) });
  }
  const approval = { plan: 'approve', rank: null } as const;
  if (!hasEffectiveDate(definition)) return async () => ({ ...approval, effectiveFrom: null });
  const { effective } = criteria;
  if (effective?.kind === 'date') return async () => ({ ...approval, effectiveFrom: effective.date });
  const answers = await answersOfMany(deps, page);
  if (answers.away) throw new ProblemError('kintoneAway');
  return async ({ id }) => ({ ...approval, effectiveFrom: askedStart(definition, answers.value.get(id)) });
}

/** From when a family asks for it. */
function askedStart(definition: ProcedureDefinition, answers: Answers | undefined): LocalDate | null {
  const asked = answers?.[definition.roles.startDate ?? ''];
  if (isLocalDate(asked)) return asked;
  return isMonth(asked) ? firstDayOf(asked) : null;
}

/** Extended use: a place, the waiting list, or to wait on. */
function placed(proposal: Proposal | undefined): Omit<PlannedItem, 'seq'> | null {
  if (!proposal) return null;
  const { offered, months, rank, waiting, waitingRank } = proposal;
  const [begin] = months;
  // Who moves up in the middle of the year begins then, not in the month that was asked for.
  if (offered && begin !== undefined) return { plan: 'approve', rank, effectiveFrom: firstDayOf(begin) };
  if (waiting) return null;
  return { plan: 'waitlist', rank: waitingRank ?? rank, effectiveFrom: null };
}
