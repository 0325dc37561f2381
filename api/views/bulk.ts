import { tokyoDate } from '../../domain/calendar/dates.ts';
import { bopOf } from '../../domain/facilities/facilities.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import type { Exclusion } from '../../domain/rounds/bulk.ts';
import { exclusionInWords, PLAN_LABELS, resultInWords } from '../../domain/texts/rounds.ts';
import { listApplications } from '../../store/application-lists.ts';
import {
  bulkCounts,
  bulkItems,
  bulkReason,
  NO_COUNTS,
  type BulkDecision,
  type BulkItem,
  type ItemGroup,
} from '../../store/bulk-decisions.ts';
import { roundPlan } from '../../store/rounds.ts';
import type { BulkItemsResponse, BulkItemView, BulkResponse, BulkRow } from '../contract/rounds.ts';
import type { ApiDeps } from '../deps.ts';
import { namesOf } from '../services/content.ts';
import { procedureName } from '../services/rounds.ts';
import { csvOf } from './csv.ts';
import { loadPeople } from './people.ts';

/** Rows of the list of bulk decisions. */
export async function bulkRows(deps: ApiDeps, list: readonly BulkDecision[]): Promise<BulkRow[]> {
  const [counts, people] = await Promise.all([
    bulkCounts(
      deps.db,
      list.map((one) => one.id),
    ),
    loadPeople(
      deps,
      list.flatMap((one) => [one.createdBy, one.confirmedBy]),
    ),
  ]);
  return list.map(({ criteria, ...bulk }) => ({
    id: bulk.id,
    title: bulk.title,
    status: bulk.status,
    procedure: criteria.procedure,
    procedureName: procedureName(criteria.procedure),
    fiscalYear: criteria.fiscalYear,
    round: criteria.round ?? null,
    plan: criteria.plan,
    createdBy: people.ref(bulk.createdBy),
    createdAt: bulk.createdAt,
    confirmedBy: people.refOrNull(bulk.confirmedBy),
    confirmedAt: bulk.confirmedAt,
    finishedAt: bulk.finishedAt,
    counts: counts.get(bulk.id) ?? NO_COUNTS,
  }));
}

/** A bulk decision with what it will do, or has done. */
export async function bulkView(deps: ApiDeps, bulk: BulkDecision): Promise<BulkResponse> {
  const { criteria } = bulk;
  const [[row], reason, groups] = await Promise.all([
    bulkRows(deps, [bulk]),
    bulkReason(deps.db, deps.keyring, bulk.id),
    plansAndExclusions(deps, bulk.id),
  ]);
  if (!row) throw new Error(`no row of bulk decision ${bulk.id}`);
  const label = procedureOf(criteria.procedure)?.refusalReasons.find((r) => r.code === criteria.reasonCode);
  const { effective } = criteria;
  return {
    ...row,
    bops: [...(criteria.bopCodes ?? [])],
    effective: effective?.kind === 'date' ? effective.date : (effective?.kind ?? null),
    reasonLabel: label?.label ?? null,
    reason: reason ?? null,
    exclusions: groups.exclusions,
    summary: await summaryOf(deps, bulk, groups.plans),
  };
}

async function plansAndExclusions(deps: ApiDeps, id: string) {
  const rows = await deps.db
    .selectFrom('bulk_decision_items')
    .select(({ fn }) => ['plan', 'excluded', fn.countAll<number>().as('count')])
    .where('bulk_id', '=', id)
    .groupBy(['plan', 'excluded'])
    .execute();
  const plans = new Map<string, number>();
  const exclusions = new Map<Exclusion, number>();
  for (const { plan, excluded, count } of rows) {
    if (excluded === null) plans.set(plan, (plans.get(plan) ?? 0) + count);
    else exclusions.set(excluded, (exclusions.get(excluded) ?? 0) + count);
  }
  return {
    plans,
    exclusions: [...exclusions].map(([code, count]) => ({ code, label: exclusionInWords(code), count })),
  };
}

function inJapanese(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${String(year)}年${String(month)}月${String(date)}日`;
}

/** What will happen when the ward confirms, in words. */
async function summaryOf(
  deps: ApiDeps,
  { criteria }: BulkDecision,
  plans: ReadonlyMap<string, number>,
): Promise<string[]> {
  const lines: string[] = [];
  const { effective, round, fiscalYear } = criteria;
  const from =
    effective?.kind === 'date'
      ? `利用開始日は${inJapanese(effective.date)}です。`
      : effective?.kind === 'asked'
        ? '利用開始日は、それぞれの申請者の希望日です。'
        : '';
  const [approve = 0, refuse = 0, wait = 0] = ['approve', 'refuse', 'waitlist'].map((p) => plans.get(p) ?? 0);
  if (approve > 0) lines.push(`${String(approve)}件を承認します。${from}`);
  if (refuse > 0) lines.push(`${String(refuse)}件を不承認にします。`);
  if (wait > 0) lines.push(`${String(wait)}件を待機にします。枠が空くまで、決定は保留のままです。`);
  const plan = round === undefined ? undefined : await roundPlan(deps.db, { fiscalYear, round });
  const on = plan?.dates.find((dates) => dates.procedure === criteria.procedure)?.noticesOn;
  const today = tokyoDate(deps.now().toISOString());
  lines.push(
    on && on > today
      ? `申請者には、通知日の${inJapanese(on)}にまとめて知らせます。それまでは「区の決定待ち」と表示されます。`
      : round === undefined
        ? '申請者には、それぞれの申請の受付回の通知日に、通知日のないものは決定するとすぐに知らせます。'
        : '申請者には、決定するとすぐに知らせます。',
  );
  return lines;
}

function itemView(item: BulkItem, childName: string | null): BulkItemView {
  const { applicationId, receiptNumber, plan, effectiveFrom, rank, excluded, result, resultAt } = item;
  return {
    applicationId,
    receiptNumber,
    childName,
    bopName: bopOf(item.bopCode)?.name ?? item.bopCode,
    plan,
    effectiveFrom,
    rank,
    excluded:
      excluded === null
        ? null
        : { code: excluded, label: exclusionInWords(excluded), byWard: excluded === 'byWard' },
    result,
    resultLabel: result === null ? null : resultInWords(plan, result, item.resultCode),
    resultAt,
  };
}

async function childNames(
  deps: ApiDeps,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const { items } = await listApplications(deps.db, { bops: 'all', filter: { ids }, limit: 500 });
  const names = await namesOf(deps, items);
  return new Map(ids.map((id) => [id, names.value.get(id)?.childName ?? null]));
}

/** A page of a bulk decision's applications with the children's names. */
export async function bulkItemsView(
  deps: ApiDeps,
  id: string,
  { group, page, pageSize }: { group?: ItemGroup | undefined; page: number; pageSize: number },
): Promise<BulkItemsResponse> {
  const { items, total } = await bulkItems(deps.db, id, {
    group,
    limit: pageSize,
    offset: (page - 1) * pageSize,
  });
  const names = await childNames(
    deps,
    items.map((item) => item.applicationId),
  );
  const rows = items.map((item) => itemView(item, names.get(item.applicationId) ?? null));
  return { rows, page, pageSize, total };
}

const HEADER = ['番号', '受付番号', '児童名', '新BOP', '予定', '利用開始日', '順位', '結果', '理由', '日時'];

function tokyoTime(instant: string): string {
  return new Date(Date.parse(instant) + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function line(item: BulkItem, view: BulkItemView): string[] {
  const outcome =
    view.excluded !== null
      ? '対象外'
      : item.result === null
        ? '未決定'
        : { decided: '決定', changed: '変更のため除外', refused: '決定できず' }[item.result];
  return [
    String(item.position + 1),
    item.receiptNumber,
    view.childName ?? '',
    view.bopName,
    PLAN_LABELS[item.plan],
    item.effectiveFrom ?? '',
    item.rank === null ? '' : String(item.rank),
    outcome,
    view.excluded?.label ?? view.resultLabel ?? '',
    item.resultAt === null ? '' : tokyoTime(item.resultAt),
  ];
}

/** The protocol of a bulk decision (Q13): every application of its list and what became of it. */
export async function protocolCsv(deps: ApiDeps, id: string): Promise<string> {
  const lines = [HEADER];
  const PAGE = 500;
  for (let offset = 0; ; offset += PAGE) {
    const { items } = await bulkItems(deps.db, id, { limit: PAGE, offset });
    const names = await childNames(
      deps,
      items.map((item) => item.applicationId),
    );
    for (const item of items) {
      lines.push(line(item, itemView(item, names.get(item.applicationId) ?? null)));
    }
    if (items.length < PAGE) break;
  }
  return csvOf(lines);
}
