import { gradeIn, isLocalDate, tokyoDate } from '../../domain/calendar/dates.ts';
import { continuesNextYear, type YearChange } from '../../domain/enrolment/year-change.ts';
import { yearStart } from '../../domain/enrolment/months.ts';
import { bopOf } from '../../domain/facilities/facilities.ts';
import { visibleBops, type StaffActor } from '../../domain/people/actor.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { APPLY_AGAIN_TEXTS, effectText, YEAR_REASON_TEXTS } from '../../domain/texts/enrolment.ts';
import type { Stage } from '../../domain/application/state.ts';
import { listEnrolments, type EnrolmentListed } from '../../store/enrolment-lists.ts';
import { yearChangeOn } from '../../store/dated-settings.ts';
import type { YearChangeResponse, YearChangeRow } from '../contract/enrolments.ts';
import type { ApiDeps } from '../deps.ts';
import { namesOfChild } from './enrolments.ts';

type Deps = Pick<ApiDeps, 'db' | 'keyring' | 'now'>;
type Show = 'all' | 'continues' | 'applyAgain' | 'notYet' | 'leaves';
type Filed = ReadonlyMap<string, { receiptNumber: string; stage: Stage }>;

/** More than the ward has in a year. */
const ALL = 100_000;

/** The applications for the next year, by child and procedure; a cancelled one counts as none. */
async function filedFor({ db }: Deps, fiscalYear: number): Promise<Filed> {
  const rows = await db
    .selectFrom('applications')
    .select(['child_key', 'procedure', 'receipt_number', 'stage'])
    .where('fiscal_year', '=', fiscalYear)
    .where('procedure', 'in', ['admission', 'extendedUse', 'feeReduction'])
    .where('stage', '!=', 'cancelled')
    .orderBy('received_at')
    .execute();
  return new Map(
    rows.map((row) => [
      `${row.child_key} ${row.procedure}`,
      { receiptNumber: row.receipt_number, stage: row.stage },
    ]),
  );
}

const FITS: Readonly<Record<Show, (row: YearChangeRow) => boolean>> = {
  all: () => true,
  continues: (row) => row.continues.length > 0,
  applyAgain: (row) => row.applyAgain.length > 0,
  notYet: (row) => row.applyAgain.some((one) => one.application === null),
  leaves: (row) => row.leaves !== null,
};

/**
 * Who goes on into the next fiscal year and who applies again, by the ward's rule, and which of the applications have come: what
 * the office writes to families by. Inside the reader's place.
 */
export async function yearChange(
  deps: Deps,
  reader: StaffActor,
  query: {
    fiscalYear: number;
    bopCodes?: readonly string[];
    show: Show;
    page: number;
    pageSize: number;
  },
): Promise<YearChangeResponse> {
  const { fiscalYear, bopCodes, show, page, pageSize } = query;
  const [{ items }, filed, policy] = await Promise.all([
    listEnrolments(deps.db, deps.keyring, {
      bops: visibleBops(reader),
      today: tokyoDate(deps.now().toISOString()),
      filter: { fiscalYear, ...(bopCodes ? { bopCodes } : {}) },
      limit: ALL,
      offset: 0,
    }),
    filedFor(deps, fiscalYear + 1),
    yearChangeOn(deps.db, yearStart(fiscalYear + 1)),
  ]);
  const rows = items.map((item) => rowOf(item, filed, policy));
  const shown = rows.filter(FITS[show]);
  const count = (kind: Show) => rows.filter(FITS[kind]).length;
  return {
    fiscalYear,
    rows: shown.slice((page - 1) * pageSize, page * pageSize),
    page,
    pageSize,
    total: shown.length,
    counts: {
      all: rows.length,
      continues: count('continues'),
      applyAgain: count('applyAgain'),
      notYet: count('notYet'),
      leaves: count('leaves'),
    },
  };
}

function rowOf(
  { id, enrolment, child, childKey, fiscalYear }: EnrolmentListed,
  filed: Filed,
  policy: Parameters<typeof continuesNextYear>[2],
): YearChangeRow {
  const born = isLocalDate(child.birthDate) ? child.birthDate : undefined;
  const { continues, applyAgain, leaves }: Omit<YearChange, 'fiscalYear'> =
    born === undefined ? { continues: [], applyAgain: [] } : continuesNextYear(enrolment, born, policy);
  const bop = enrolment.admission.at(-1)?.bop;
  const { name, kana } = namesOfChild(child);
  return {
    id,
    childName: name,
    childKana: kana,
    nextGrade: born === undefined ? null : gradeIn(born, fiscalYear + 1),
    bop: bop === undefined ? null : { code: bop, name: bopOf(bop)?.name ?? bop },
    continues: continues.map((effect) => effectText(effect).ja),
    leaves:
      leaves === undefined
        ? born === undefined
          ? YEAR_REASON_TEXTS.birthDateUnknown
          : null
        : YEAR_REASON_TEXTS[leaves],
    applyAgain: applyAgain.map(({ procedure, why }) => ({
      procedure,
      name: procedureOf(procedure)?.name.ja ?? procedure,
      why: APPLY_AGAIN_TEXTS[why],
      application: filed.get(`${childKey} ${procedure}`) ?? null,
    })),
  };
}
