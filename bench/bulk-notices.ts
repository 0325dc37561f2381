import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { sql } from 'kysely';
import type { TestSystem } from '../testing/system.ts';

/** The notices that a bulk decision gives, counted. */
export interface NoticeCount {
  /** Made in all, those that are void because the day was moved included. */
  made: number;
  /** That stand, and can be read by the family. */
  valid: number;
  /** Decided applications without exactly one notice that stands. */
  notOne: number;
  /** Notices that stand and were not told, or that were told and are void. */
  toldWrong: number;
  /** Numbers that come twice; numbers that are left out between the first and the last of their kind and year. */
  doubles: number;
  gaps: number;
  /** Records in kintone; each with its PDF. */
  inKintone: number;
  withPdf: number;
}

/** How many notices are settled in kintone as they stand. */
export async function carriedNotices({ db }: Pick<TestSystem, 'db'>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from notices where voided_at is null and carried_as = 'released'
  `.execute(db);
  return rows[0]?.n ?? 0;
}

/** Counts them in the database and in kintone. */
export async function countNotices(system: TestSystem): Promise<NoticeCount> {
  const { rows } = await sql<Omit<NoticeCount, 'inKintone' | 'withPdf'>>`
    with numbered as (
      select *, split_part(reference, '-', 1) as kind_and_year, split_part(reference, '-', 2)::int as serial
      from notices
    ), runs as (
      select max(serial) - count(distinct serial) as gaps, count(*) - count(distinct serial) as doubles
      from numbered group by kind_and_year
    )
    select
      (select count(*) from notices)::int as made,
      (select count(*) from notices where voided_at is null and released_at is not null)::int as valid,
      (select count(*) from applications a where a.stage in ('approved', 'refused') and
        (select count(*) from notices n where n.application_id = a.id and n.voided_at is null) <> 1)::int
        as "notOne",
      (select count(*) from notices where (voided_at is null) <> (released_at is not null))::int as "toldWrong",
      (select coalesce(sum(doubles), 0) from runs)::int as doubles,
      (select coalesce(sum(gaps), 0) from runs)::int as gaps
  `.execute(system.db);
  const [row] = rows;
  if (!row) throw new Error('nothing counted');
  return { ...row, ...(await inKintone(system)) };
}

async function inKintone({ config }: TestSystem): Promise<Pick<NoticeCount, 'inKintone' | 'withPdf'>> {
  const { baseUrl, password, appIds } = config.kintone;
  const { notices: app } = appIds;
  if (!password || app === undefined) throw new Error('kintone has no app of notices');
  const client = new KintoneRestAPIClient({ baseUrl, auth: password });
  const records = await client.record.getAllRecordsWithCursor({ app, fields: ['file'] });
  const withPdf = records.filter((record) => (record['file']?.value as unknown[]).length === 1);
  return { inKintone: records.length, withPdf: withPdf.length };
}
