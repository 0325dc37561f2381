import {
  fiscalYearOf,
  gradeIn,
  isLocalDate,
  tokyoDate,
  type LocalDate,
} from '../../domain/calendar/dates.ts';
import {
  admissionOn,
  bopsConcerned,
  bopShownOn,
  extendedUseIn,
  reductionsIn,
  type Enrolment,
} from '../../domain/enrolment/enrolment.ts';
import { monthlyFees, yearlyFee, type Fees, type MonthlyFee } from '../../domain/enrolment/fees.ts';
import { entryIdOf } from '../../domain/enrolment/effects.ts';
import { lastDayOf, monthOf } from '../../domain/enrolment/months.ts';
import { MOVE_REASON_LABELS, MOVE_REASONS, MOVE_ROLES } from '../../domain/enrolment/school-move.ts';
import { bopCodesOfHall, bopOf } from '../../domain/facilities/facilities.ts';
import { mayView, visibleBops, type StaffActor } from '../../domain/people/actor.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import {
  effectText,
  NO_EFFECT_TEXTS,
  RECORD_LABELS,
  REDUCTION_LABELS,
} from '../../domain/texts/enrolment.ts';
import type { Application, VisibleBops } from '../../store/applications.ts';
import { applicationsOfChild } from '../../store/children.ts';
import { feesNow } from '../../store/dated-settings.ts';
import { listEnrolments, type EnrolmentFilter, type EnrolmentListed } from '../../store/enrolment-lists.ts';
import { recordNotes } from '../../store/enrolment-entries.ts';
import { enrolmentById, enrolmentsOfChildren, type StoredEnrolment } from '../../store/enrolments.ts';
import { familyApplications } from '../../store/family.ts';
import { childOf, type ChildIdentity } from '../../store/intake.ts';
import type {
  ChildApplicationView,
  EnrolmentResponse,
  EnrolmentRow,
  EnrolmentsResponse,
  FeeView,
  MyEnrolment,
} from '../contract/enrolments.ts';
import type { ApiDeps } from '../deps.ts';
import { loadPeople } from '../views/people.ts';

type Deps = Pick<ApiDeps, 'db' | 'keyring' | 'now'>;

const place = (code: string) => ({ code, name: bopOf(code)?.name ?? code });

export function feeView(fee: MonthlyFee): FeeView {
  return {
    month: fee.month,
    bop: fee.bop === undefined ? null : place(fee.bop),
    mode: fee.mode ?? null,
    base: fee.base,
    extended: fee.extended,
    reductions: [...fee.reductions],
    reduced: fee.reduced,
    total: fee.total,
    totalAtMost: fee.totalAtMost,
  };
}

export function namesOfChild(child: ChildIdentity | undefined) {
  return {
    name: child ? `${child.familyName} ${child.givenName}`.trim() : '',
    kana: child ? `${child.familyKana} ${child.givenKana}`.trim() : '',
  };
}

export function gradeOf(child: ChildIdentity | undefined, fiscalYear: number): number | null {
  return child && isLocalDate(child.birthDate) ? gradeIn(child.birthDate, fiscalYear) : null;
}

/** The 新BOPs that a query names, where it names any. */
export function placesOf({ bop, hall }: { bop?: string | undefined; hall?: string | undefined }) {
  if (bop !== undefined) return [bop];
  return hall === undefined ? undefined : bopCodesOfHall(hall);
}

/**
 * May this person see the enrolment: is the child a member at one of their places, will it be, or was it there last (別紙1)? After
 * a change of school, the 新BOP that it has left no longer may.
 */
export function mayViewEnrolment(bops: VisibleBops, enrolment: Enrolment, today: LocalDate): boolean {
  return bops === 'all' || bopsConcerned(enrolment, today).some((bop) => bops.includes(bop));
}

/** The years of which there are enrolments, and the present one, newest first. */
export async function yearsOfEnrolments({ db, now }: Deps): Promise<number[]> {
  const rows = await db.selectFrom('enrolments').select('fiscal_year').distinct().execute();
  const present = fiscalYearOf(tokyoDate(now().toISOString()));
  return [...new Set([...rows.map((row) => row.fiscal_year), present])].sort((a, b) => b - a);
}

/** A page of enrolments inside the reader's place. */
export async function staffEnrolments(
  deps: Deps,
  reader: StaffActor,
  query: Omit<EnrolmentFilter, 'month'> & { month: string | undefined; page: number; pageSize: number },
): Promise<EnrolmentsResponse> {
  const { page, pageSize, month, ...filter } = query;
  const [{ items, total, counts }, table, years] = await Promise.all([
    listEnrolments(deps.db, deps.keyring, {
      bops: visibleBops(reader),
      today: tokyoDate(deps.now().toISOString()),
      filter: { ...filter, ...(month === undefined ? {} : { month }) },
      limit: pageSize,
      offset: (page - 1) * pageSize,
    }),
    feesNow(deps.db),
    yearsOfEnrolments(deps),
  ]);
  return {
    fiscalYear: filter.fiscalYear,
    month: month ?? null,
    years,
    rows: items.map((one) => rowOf(one, month, table)),
    page,
    pageSize,
    total,
    counts,
  };
}

function rowOf(item: EnrolmentListed, month: string | undefined, table: Fees): EnrolmentRow {
  const { enrolment, child, id, fiscalYear } = item;
  const { admission } = enrolment;
  const fee =
    month === undefined ? undefined : monthlyFees(enrolment, table).find((one) => one.month === month);
  const bop = fee?.bop ?? admission.at(-1)?.bop;
  const shown = month ?? monthOf(admission.at(-1)?.to ?? `${String(fiscalYear)}-04-01`);
  const { name, kana } = namesOfChild(child);
  return {
    id,
    fiscalYear,
    childName: name,
    childKana: kana,
    grade: gradeOf(child, fiscalYear),
    bop: bop === undefined ? null : place(bop),
    from: admission[0]?.from ?? null,
    to: admission.at(-1)?.to ?? null,
    withdrawn: enrolment.withdrawal !== null,
    mode: extendedUseIn(enrolment, shown) ?? null,
    reductions: [...reductionsIn(enrolment, shown)],
    fee: fee === undefined ? null : feeView(fee),
  };
}

/** An enrolment that the reader may see; undefined otherwise. */
export async function visibleEnrolment(
  { db, now }: Pick<ApiDeps, 'db' | 'now'>,
  reader: StaffActor,
  id: string,
): Promise<StoredEnrolment | undefined> {
  const stored = await enrolmentById(db, id);
  const today = tokyoDate(now().toISOString());
  return stored && mayViewEnrolment(visibleBops(reader), stored.enrolment, today) ? stored : undefined;
}

export function applicationView(application: Application): ChildApplicationView {
  const { id, receiptNumber, procedure, fiscalYear, receivedAt, stage } = application;
  const procedureName = procedureOf(procedure)?.name.ja ?? procedure;
  return { id, receiptNumber, procedure, procedureName, fiscalYear, receivedAt, stage };
}

/** A child's year with all that led to it. */
export async function enrolmentPage(
  deps: ApiDeps,
  reader: StaffActor,
  stored: StoredEnrolment,
): Promise<EnrolmentResponse> {
  const { db, keyring } = deps;
  const { id, fiscalYear, childKey, applicationId, enrolment } = stored;
  const recorders = enrolment.history.map(({ entry }) => entry.record?.by);
  const [child, applications, others, table, notes, people] = await Promise.all([
    childOf(db, keyring, applicationId),
    applicationsOfChild(db, childKey),
    enrolmentsOfChildren(db, [childKey]),
    feesNow(deps.db),
    recordNotes(db, keyring, id),
    loadPeople(deps, recorders),
  ]);
  const today = tokyoDate(deps.now().toISOString());
  const mine = applications.filter((one) => mayView(reader, one));
  const openable = new Set(mine.map((one) => one.id));
  const fees = monthlyFees(enrolment, table);
  const bops = visibleBops(reader);
  return {
    id,
    fiscalYear,
    child: {
      ...namesOfChild(child),
      birthDate: child?.birthDate ?? '',
      grade: gradeOf(child, fiscalYear),
    },
    periods: enrolment.admission.map(({ bop, from, to }) => ({ bop: place(bop), from, to })),
    extendedUse: enrolment.extendedUse.map(({ mode, from, to }) => ({ mode, from, to })),
    reductions: enrolment.reductions.map(({ reason, from, to }) => ({ reason, from, to })),
    withdrawal: enrolment.withdrawal && {
      lastDay: enrolment.withdrawal.lastDay,
      receiptNumber: enrolment.withdrawal.receiptNumber,
    },
    fees: fees.map(feeView),
    year: yearlyFee(fees),
    revision: stored.revision,
    mayMove: MOVE_ROLES.includes(reader.role) && enrolment.admission.length > 0,
    history: enrolment.history.map(({ entry, noEffect }) => ({
      id: entryIdOf(entry),
      applicationId: !entry.record && openable.has(entry.applicationId) ? entry.applicationId : null,
      receiptNumber: entry.receiptNumber,
      record: entry.record
        ? {
            label: RECORD_LABELS[entry.record.source],
            by: people.refOrNull(entry.record.by),
            note: noteOf(notes.get(entry.record.id)),
          }
        : null,
      decidedAt: entry.decidedAt,
      text: effectText(entry.effect).ja,
      noEffect: noEffect ? NO_EFFECT_TEXTS[noEffect] : null,
    })),
    applications: mine.map(applicationView),
    otherYears: others
      .filter((one) => one.id !== id && mayViewEnrolment(bops, one.enrolment, today))
      .map((one) => ({ id: one.id, fiscalYear: one.fiscalYear })),
  };
}

/** Why something was recorded, in words. */
function noteOf(given: { reason: string | null; note: string } | undefined): string {
  const reason = MOVE_REASONS.find((one) => one === given?.reason);
  return [reason === undefined ? '' : MOVE_REASON_LABELS[reason], given?.note ?? '']
    .filter((part) => part !== '')
    .join('：');
}

/** How a child stands on a day, in a few words: for the link from an application. */
export function enrolmentInWords({ enrolment, fiscalYear }: StoredEnrolment, day: string): string {
  const period = admissionOn(enrolment, day) ?? enrolment.admission.at(-1);
  if (!period) return '在籍なし';
  const ended = enrolment.withdrawal ? `（${enrolment.withdrawal.lastDay} 退会）` : '';
  const month = day > lastDayOf(monthOf(period.to)) ? monthOf(period.to) : monthOf(day);
  const mode = extendedUseIn(enrolment, month < `${String(fiscalYear)}-04` ? monthOf(period.from) : month);
  return `${place(period.bop).name}${ended}${mode ? '・延長利用あり' : ''}`;
}

/**
 * The membership of an account's own children (Q11): of those years in which an application of its own took effect. Whoever
 * only knows a child's name and birthday, and files something for it, sees nothing.
 */
export async function myEnrolments(deps: Deps, accountId: string): Promise<MyEnrolment[]> {
  const { db, keyring } = deps;
  const applications = await familyApplications(db, keyring, accountId);
  const own = new Set(applications.map((one) => one.id));
  const ids = [...own];
  if (ids.length === 0) return [];
  const keys = await db
    .selectFrom('enrolment_entries as entry')
    .innerJoin('enrolments as e', 'e.id', 'entry.enrolment_id')
    .select('e.child_key')
    .distinct()
    .where('entry.application_id', 'in', ids)
    .execute();
  const [stored, table] = await Promise.all([
    enrolmentsOfChildren(
      db,
      keys.map((row) => row.child_key),
    ),
    feesNow(deps.db),
  ]);
  const today = tokyoDate(deps.now().toISOString());
  const mine = stored.filter(({ enrolment }) =>
    enrolment.history.some(({ entry }) => own.has(entry.applicationId)),
  );
  return Promise.all(
    mine.map(async ({ enrolment, fiscalYear, applicationId }): Promise<MyEnrolment> => {
      const { admission } = enrolment;
      const last = admission.at(-1);
      const shown = bopShownOn(enrolment, today);
      return {
        childName: namesOfChild(await childOf(db, keyring, applicationId)).name,
        fiscalYear,
        bopName: shown === undefined ? null : place(shown).name,
        // Where there was a change of school, each with its days.
        places:
          admission.length > 1
            ? admission.map(({ bop, from, to }) => ({ bopName: place(bop).name, from, to }))
            : [],
        from: admission[0]?.from ?? null,
        to: last?.to ?? null,
        withdrawn: enrolment.withdrawal !== null,
        extendedUse: enrolment.extendedUse.map(({ mode, from, to }) => ({ mode, from, to })),
        reductions: enrolment.reductions.map(({ reason, from, to }) => ({
          label: REDUCTION_LABELS[reason],
          from,
          to,
        })),
        fees: monthlyFees(enrolment, table)
          .filter((fee) => fee.bop !== undefined)
          .map(feeView),
      };
    }),
  );
}
