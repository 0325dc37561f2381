import { isLocalDate, tokyoDate } from '../../domain/calendar/dates.ts';
import { yearStart } from '../../domain/enrolment/months.ts';
import {
  continuesNextYear,
  yearExclusion,
  type LeavingReason,
  type YearChangePolicy,
  type YearExclusion,
} from '../../domain/enrolment/year-change.ts';
import { planOf, type YearItemResult, type YearPlan } from '../../domain/enrolment/year-run.ts';
import { bopOf } from '../../domain/facilities/facilities.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import {
  APPLY_AGAIN_TEXTS,
  effectText,
  REDUCTION_LABELS,
  YEAR_PLAN_LABELS,
  YEAR_REASON_TEXTS,
  YEAR_RESULT_LABELS,
} from '../../domain/texts/enrolment.ts';
import { yearChangeOn } from '../../store/dated-settings.ts';
import { childrenOfEnrolments, enrolmentsOfYear, listEnrolments } from '../../store/enrolment-lists.ts';
import {
  createYearRun,
  yearCounts,
  yearItems,
  type YearItem,
  type YearRun,
} from '../../store/year-changes.ts';
import type { YearRunItem, YearRunItemsResponse, YearRunResponse } from '../contract/enrolment-changes.ts';
import type { ApiDeps } from '../deps.ts';
import { csvOf } from '../views/csv.ts';
import { loadPeople } from '../views/people.ts';
import { namesOfChild } from './enrolments.ts';

/** More than the ward has in a year. */
const ALL = 100_000;

/** The ward's rule for the change of the year, in words. */
export function policyInWords(policy: YearChangePolicy): string[] {
  const { admission, extendedUse, reductionsThatContinue, lastGrade } = policy;
  if (admission === 'applyAgain') {
    return ['入会：年度ごとに申請が必要', '延長利用・減免：入会と合わせて申請が必要'];
  }
  const reductions = reductionsThatContinue.map((reason) => REDUCTION_LABELS[reason].ja);
  return [
    `入会：申請なしで続く（翌年度に${String(lastGrade)}年生までの児童）`,
    `延長利用：${extendedUse === 'continues' ? '申請なしで続く' : '申請が必要'}`,
    `減免：${reductions.length === 0 ? '申請が必要' : `${reductions.join('・')}は申請なしで続き、ほかは申請が必要`}`,
  ];
}

/**
 * Keeps what a change of the year would do, child by child, by the rule that the ward has set for the year that begins: the preview
 * that is confirmed or dropped. Nothing is written to any enrolment.
 */
export async function previewYearRun(
  deps: ApiDeps,
  { id, fiscalYear, by }: { id: string; fiscalYear: number; by: string },
): Promise<void> {
  const { db, keyring } = deps;
  const [{ items }, next, policy, applied] = await Promise.all([
    listEnrolments(db, keyring, {
      bops: 'all',
      today: tokyoDate(deps.now().toISOString()),
      filter: { fiscalYear },
      limit: ALL,
      offset: 0,
    }),
    enrolmentsOfYear(db, fiscalYear + 1),
    yearChangeOn(db, yearStart(fiscalYear + 1)),
    admissionsFiled(deps, fiscalYear + 1),
  ]);
  const nextOf = new Map(next.map((one) => [one.childKey, one.enrolment]));
  const planned = items.map(({ id: enrolmentId, enrolment, child, childKey }) => {
    const change = isLocalDate(child.birthDate)
      ? continuesNextYear(enrolment, child.birthDate, policy)
      : undefined;
    const exclusion = yearExclusion({
      enrolment: nextOf.get(childKey),
      admissionOpen: applied.has(childKey),
    });
    return { enrolmentId, continues: change?.continues ?? [], ...planOf(change, exclusion) };
  });
  await createYearRun(db, { id, fiscalYear, policy, createdBy: by }, planned);
}

/** Children with an admission for a year that was not cancelled. */
async function admissionsFiled({ db }: ApiDeps, fiscalYear: number): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('applications')
    .select('child_key')
    .where('fiscal_year', '=', fiscalYear)
    .where('procedure', '=', 'admission')
    .where('stage', '!=', 'cancelled')
    .execute();
  return new Set(rows.map((row) => row.child_key));
}

export async function yearRunView(deps: ApiDeps, run: YearRun): Promise<YearRunResponse> {
  const [counts, people] = await Promise.all([
    yearCounts(deps.db, run.id),
    loadPeople(deps, [run.createdBy, run.confirmedBy]),
  ]);
  const { id, fiscalYear, status, createdAt, confirmedAt, finishedAt } = run;
  return {
    id,
    fiscalYear,
    status,
    policy: policyInWords(run.policy),
    createdBy: people.ref(run.createdBy),
    createdAt,
    confirmedBy: people.refOrNull(run.confirmedBy),
    confirmedAt,
    finishedAt,
    counts,
  };
}

async function itemViews(deps: ApiDeps, items: readonly YearItem[]): Promise<YearRunItem[]> {
  const children = await childrenOfEnrolments(
    deps.db,
    deps.keyring,
    items.map((item) => item.enrolmentId),
  );
  return items.map(({ enrolmentId, plan, continues, again, reason, result }) => {
    const known = children.get(enrolmentId);
    const { name, kana } = namesOfChild(known?.child);
    const bop = known?.bop;
    return {
      enrolmentId,
      childName: name,
      childKana: kana,
      bop: bop === undefined ? null : { code: bop, name: bopOf(bop)?.name ?? bop },
      plan,
      continues: continues.map((effect) => effectText(effect).ja),
      again: again.map(({ procedure, why }) => ({
        name: procedureOf(procedure)?.name.ja ?? procedure,
        why: APPLY_AGAIN_TEXTS[why],
      })),
      reason: reason === null ? null : YEAR_REASON_TEXTS[reason as LeavingReason | YearExclusion],
      result,
    };
  });
}

/** A page of a run's children, by 新BOP and kana. */
export async function yearRunItems(
  deps: ApiDeps,
  id: string,
  { show, page, pageSize }: { show: YearPlan | YearItemResult | 'all'; page: number; pageSize: number },
): Promise<YearRunItemsResponse> {
  const items = (await yearItems(deps.db, id)).filter(
    (item) =>
      show === 'all' ||
      item.plan === show ||
      item.result === show ||
      // Who goes on with a part may have to apply for the rest.
      (show === 'applyAgain' && item.again.length > 0),
  );
  const rows = await itemViews(deps, items.slice((page - 1) * pageSize, page * pageSize));
  return { rows, page, pageSize, total: items.length };
}

const HEADER = [
  '在籍ID',
  '新BOP',
  '児童氏名',
  'フリガナ',
  '扱い',
  '翌年度の在籍',
  '申請し直すもの（理由）',
  '続かない・作らない理由',
  '結果',
];

/** The whole run as CSV, child by child. */
export async function yearRunCsv(deps: ApiDeps, id: string): Promise<string> {
  const lines = [HEADER];
  const items = await yearItems(deps.db, id);
  const PAGE = 500;
  for (let begin = 0; begin < items.length; begin += PAGE) {
    for (const row of await itemViews(deps, items.slice(begin, begin + PAGE))) {
      lines.push([
        row.enrolmentId,
        row.bop?.name ?? '',
        row.childName,
        row.childKana,
        YEAR_PLAN_LABELS[row.plan],
        row.continues.join('、'),
        row.again.map(({ name, why }) => `${name}（${why}）`).join('、'),
        row.reason ?? '',
        row.result === null ? '' : YEAR_RESULT_LABELS[row.result],
      ]);
    }
  }
  return csvOf(lines);
}
