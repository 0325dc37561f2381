import type { OpenApplication } from '../domain/enrolment/needs.ts';
import { selectApplications, type Application } from './applications.ts';
import type { DbOrTransaction } from './db.ts';

/** An application with the child that it is for. */
export interface ChildApplication extends Application {
  /** The keyed hash of the child's identity. */
  childKey: string;
  /** What one open application of its procedure is about, where it can be filed several times a year. */
  period: string | undefined;
}

function withChild(row: Application & { child_key: string; lock_key: string }): ChildApplication {
  const { child_key: childKey, lock_key: lock, ...application } = row;
  return { ...application, childKey, period: lock.split(':')[3] };
}

/** A child's applications, the newest first; of one fiscal year, where given. */
export async function applicationsOfChild(
  db: DbOrTransaction,
  childKey: string,
  fiscalYear?: number,
): Promise<readonly ChildApplication[]> {
  let query = selectApplications(db)
    .select(['child_key', 'lock_key'])
    .where('child_key', '=', childKey)
    .orderBy('received_at', 'desc')
    .orderBy('id');
  if (fiscalYear !== undefined) query = query.where('fiscal_year', '=', fiscalYear);
  return (await query.execute()).map(withChild);
}

/** The other applications of the same child and fiscal year, the newest first. */
export async function siblingsOf(
  db: DbOrTransaction,
  applicationId: string,
): Promise<readonly ChildApplication[]> {
  const rows = await selectApplications(db)
    .select(['child_key', 'lock_key'])
    .where((eb) =>
      eb(
        eb.refTuple('child_key', 'fiscal_year'),
        'in',
        eb
          .selectFrom('applications as own')
          .select(['own.child_key', 'own.fiscal_year'])
          .where('own.id', '=', applicationId)
          .$asTuple('child_key', 'fiscal_year'),
      ),
    )
    .where('id', '!=', applicationId)
    .orderBy('received_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(withChild);
}

/** The child of an application; undefined for an unknown one. */
export async function childKeyOf(db: DbOrTransaction, applicationId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('applications')
    .select('child_key')
    .where('id', '=', applicationId)
    .executeTakeFirst();
  return row?.child_key;
}

/** The child's name, kana or birthday was corrected: the application belongs to the child that it now names. */
export async function setChildKey(
  db: DbOrTransaction,
  applicationId: string,
  childKey: string,
): Promise<void> {
  await db
    .updateTable('applications')
    .set({ child_key: childKey })
    .where('id', '=', applicationId)
    .where('child_key', '!=', childKey)
    .execute();
}

/** The child's applications that have not ended, as the rules about needs look at them. */
export function openOnes(applications: readonly ChildApplication[]): readonly OpenApplication[] {
  return applications
    .filter(({ stage }) => stage !== 'approved' && stage !== 'refused' && stage !== 'cancelled')
    .map(({ id, receiptNumber, procedure, period }) => ({
      applicationId: id,
      receiptNumber,
      procedure,
      ...(period === undefined ? {} : { period }),
    }));
}
