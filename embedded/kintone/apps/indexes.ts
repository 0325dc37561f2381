/** Indexes on the fields of an app: for fields without duplicates, and for what views and permissions ask for. */
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { recordTable, rows } from '../database.ts';
import { fieldType } from '../fields/types.ts';
import type { Condition } from '../query/ast.ts';
import { parseQuery } from '../query/parser.ts';
import type { Query } from '../query/ast.ts';
import { jsonOf } from '../query/scope.ts';
import { comparedExpression } from '../query/compared.ts';
import type { App, AppConfig, FieldDef } from './model.ts';

type Kind = 'unique' | 'sorted' | 'contains';

interface Index {
  name: string;
  kind: Kind;
  field: FieldDef;
}

const indexName = (appId: number, field: FieldDef, kind: Kind): string =>
  `record_${appId}_f${field.fid}_${kind}`;

/** The index that serves searches by a field; undefined where there is none of use. */
export function indexFor(appId: number, field: FieldDef): Index | undefined {
  const kind = ((): Kind | undefined => {
    if (field.type === 'STATUS') return 'sorted';
    if (field.fid === 0 || field.type === 'RECORD_NUMBER') return undefined;
    switch (fieldType(field.type).kind) {
      case 'number':
      case 'choice':
      case 'date':
      case 'time':
        return 'sorted';
      case 'text':
        return field.type === 'SINGLE_LINE_TEXT' || field.type === 'LINK' ? 'sorted' : undefined;
      case 'datetime':
        return field.type === 'DATETIME' ? 'sorted' : undefined;
      case 'list':
      case 'codes':
        return ['CREATOR', 'MODIFIER', 'STATUS_ASSIGNEE', 'CATEGORY'].includes(field.type)
          ? undefined
          : 'contains';
      default:
        return undefined;
    }
  })();
  if (!kind) return undefined;
  return { name: indexName(appId, field, kind), kind, field };
}

/** Makes an index unless it is there. Without `concurrently` it runs inside a transaction. */
export async function createIndex(db: Db, appId: number, index: Index, concurrently = false): Promise<void> {
  const { field, kind } = index;
  const table = recordTable(appId);
  const name = sql.id(index.name);
  const how = sql.raw(concurrently ? 'concurrently' : '');
  if (kind === 'contains') {
    await sql`create index ${how} if not exists ${name} on ${table} using gin (${jsonOf(sql`data`, field)})`.execute(
      db,
    );
    return;
  }
  const expression = field.type === 'STATUS' ? sql`(status collate "C")` : comparedExpression(field);
  if (kind === 'unique') {
    await sql`create unique index ${how} if not exists ${name} on ${table} (${expression} nulls first)`.execute(
      db,
    );
    return;
  }
  // The id as well: records that are equal in the field come newest first, without another sort.
  await sql`create index ${how} if not exists ${name} on ${table} (${expression} nulls first, id desc)`.execute(
    db,
  );
}

/** Brings an app's indexes in line with its settings. Fails (SQLSTATE 23505) where a field holds duplicates. */
export async function alignIndexes(db: Db, appId: number, config: AppConfig): Promise<void> {
  const wanted = new Map<string, Index>();
  const add = (index: Index | undefined): void => {
    if (index) wanted.set(index.name, index);
  };
  const unique = Object.values(config.fields).filter((field) => field.unique === true);
  for (const field of unique) add({ name: indexName(appId, field, 'unique'), kind: 'unique', field });
  for (const field of askedFields(config)) if (field.unique !== true) add(indexFor(appId, field));
  const there = await rows<{ name: string }>(
    db,
    sql`select indexname as name from pg_indexes where schemaname = current_schema()
      and tablename = ${`record_${appId}`} and indexname ~ ${`^record_${appId}_f[0-9]+_`}`,
  );
  for (const { name } of there) {
    // An index made on demand stays useful; a unique one would go on refusing duplicates.
    if (!wanted.has(name) && name.endsWith('_unique')) await sql`drop index ${sql.id(name)}`.execute(db);
    wanted.delete(name);
  }
  for (const index of wanted.values()) await createIndex(db, appId, index);
}

/** The fields that conditions of views name, the first that they sort by, and those that decide who sees a record. */
function askedFields(config: AppConfig): FieldDef[] {
  const codes = new Set<string>();
  for (const view of Object.values(config.views)) {
    for (const code of conditionFields(parseQuery(view.filterCond).condition)) codes.add(code);
    const [first] = view.sort === '' ? [] : parseQuery(`order by ${view.sort}`).orderBy;
    if (first) codes.add(first.field);
  }
  for (const { filterCond, entities } of config.recordAcl) {
    for (const code of conditionFields(parseQuery(filterCond).condition)) codes.add(code);
    for (const { entity } of entities)
      if (entity.type === 'FIELD_ENTITY' && entity.code !== null) codes.add(entity.code);
  }
  return [...codes].flatMap((code) => config.fields[code] ?? []);
}

/** The codes of the fields in a condition. */
export function conditionFields(condition: Condition | null): string[] {
  if (!condition) return [];
  return condition.kind === 'compare' ? [condition.field] : condition.parts.flatMap(conditionFields);
}

/** Fewer records than this are found quickly enough without. */
const WORTH_AN_INDEX = 2000;
const MAX_ON_DEMAND = 20;

/** Makes indexes for what people really search and sort by, in the background. */
export class IndexKeeper {
  private readonly db: Db;
  private readonly background: (work: Promise<void>) => void;
  private readonly seen = new Set<string>();
  private readonly made = new Map<number, number>();
  private last: Promise<void> = Promise.resolve();

  constructor(db: Db, background: (work: Promise<void>) => void) {
    this.db = db;
    this.background = background;
  }

  /** Notes what a query uses; each field is looked at once while the server runs. */
  note(app: App, query: Pick<Query, 'condition' | 'orderBy'>): void {
    const [first] = query.orderBy;
    const codes = [...conditionFields(query.condition), ...(first ? [first.field] : [])];
    for (const code of new Set(codes)) {
      const field = app.config.fields[code];
      const index = field && field.unique !== true ? indexFor(app.id, field) : undefined;
      if (!index || this.seen.has(index.name) || (this.made.get(app.id) ?? 0) >= MAX_ON_DEMAND) continue;
      this.seen.add(index.name);
      // One after another: two that are built at once on a table wait for each other.
      this.last = this.last.then(() => this.make(app.id, index));
      this.background(this.last);
    }
  }

  private async make(appId: number, index: Index): Promise<void> {
    const table = `record_${String(appId)}`;
    const [found] = await rows<{ there: boolean; large: boolean }>(
      this.db,
      sql`select to_regclass(${index.name}) is not null as there,
        (select count(*) >= ${WORTH_AN_INDEX}
          from (select 1 from ${recordTable(appId)} limit ${WORTH_AN_INDEX}) as first_ones) as large`,
    ).catch(() => []);
    if (found?.there) return;
    if (!found?.large) {
      // It may have grown when somebody asks again.
      this.seen.delete(index.name);
      return;
    }
    this.made.set(appId, (this.made.get(appId) ?? 0) + 1);
    try {
      await createIndex(this.db, appId, index, true);
      await sql`analyze ${sql.table(table)}`.execute(this.db);
    } catch {
      // Interrupted half-way it would only cost; searches work without.
      await sql`drop index concurrently if exists ${sql.id(index.name)}`
        .execute(this.db)
        .catch(() => undefined);
    }
  }
}
