import { sql } from 'kysely';
import { admittedBy, type Enrolment } from '../domain/enrolment/enrolment.ts';
import type { Db } from './db.ts';
import { folded } from './enrolments.ts';

/** An enrolment, or a child with the newest enrolment, for a line of a file. */
export interface ExportedEnrolment {
  /** The enrolment's id; of a child `child:` and the child's key. */
  key: string;
  /** The admission whose form has the child's data. */
  childApplicationId: string;
  enrolment: Enrolment;
}

type Subject = 'enrolments' | 'children';

interface Wanted {
  subject: Subject;
  fiscalYear: number | null;
}

/** Enrolments of a year or of all, or of each child the newest one. Those in which the child was never admitted are left out. */
function wantedRows(db: Db, { subject, fiscalYear }: Wanted) {
  const query = db
    .selectFrom('enrolments')
    .select([
      'id',
      'fiscal_year as fiscalYear',
      'child_key as childKey',
      'application_id as applicationId',
      'revision',
    ])
    .where('first_day', 'is not', null);
  const ofYear = fiscalYear === null ? query : query.where('fiscal_year', '=', fiscalYear);
  return subject === 'enrolments'
    ? ofYear
    : ofYear.distinctOn('child_key').orderBy('child_key').orderBy('fiscal_year', 'desc');
}

export async function countExportedEnrolments(db: Db, wanted: Wanted): Promise<number> {
  const { total } = await db
    .selectFrom(wantedRows(db, wanted).as('wanted'))
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
}

/** Page by page in the order of their ids; none twice, none left out while it runs. */
export async function* eachExportedEnrolment(
  db: Db,
  { limit, ...wanted }: Wanted & { limit: number },
): AsyncGenerator<readonly ExportedEnrolment[]> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom(wantedRows(db, wanted).as('wanted'))
      .selectAll()
      .where(sql<boolean>`id collate "C" > ${after}`)
      .orderBy(sql`id collate "C"`)
      .limit(limit)
      .execute();
    const stored = await folded(db, rows);
    if (stored.length > 0) {
      yield stored.map((one) => ({
        key: wanted.subject === 'children' ? `child:${one.childKey}` : one.id,
        childApplicationId: admittedBy(one.enrolment) ?? one.applicationId,
        enrolment: one.enrolment,
      }));
    }
    if (rows.length < limit) return;
    after = rows.at(-1)?.id ?? '';
  }
}
