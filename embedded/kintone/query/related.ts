/** Conditions on the fields of related records: `related.field in (…)`. */
import { sql } from 'kysely';
import type { FieldDef } from '../apps/model.ts';
import { recordTable } from '../database.ts';
import { errors } from '../errors.ts';
import { fieldType } from '../fields/types.ts';
import type { Comparison } from './ast.ts';
import type { Scope, Sql } from './scope.ts';
import { findField, numberOf, textOf } from './scope.ts';

/** Whether a code names a field of related records. */
export function isRelated(scope: Scope, code: string): boolean {
  return relatedField(scope, code) !== undefined;
}

function relatedField(scope: Scope, code: string): { field: FieldDef; inner: string } | undefined {
  const dot = code.indexOf('.');
  const field = dot < 0 ? undefined : scope.app.config.fields[code.slice(0, dot)];
  return field?.type === 'REFERENCE_TABLE' ? { field, inner: code.slice(dot + 1) } : undefined;
}

export interface RelatedTests {
  /** The comparison over one related record, whose columns are those in sight. */
  test: (comparison: Comparison, field: FieldDef, scope: Scope) => Sql;
  condition: (text: string, scope: Scope) => Sql;
}

/**
 * True where one of the related records meets the comparison; for a negative one, where there are some and none does. Only
 * records count that the asker may see.
 */
export function compileRelated(comparison: Comparison, scope: Scope, tests: RelatedTests): Sql {
  const named = relatedField(scope, comparison.field);
  const setting = named?.field.referenceTable;
  if (!named || !setting) throw errors.noFieldInQuery(comparison.field);
  if (!scope.mayRead(named.field.code)) throw errors.forbidden();
  const related = scope.related(named.field);
  if (!related) throw errors.forbidden();
  const found = findField(related.scope.app, named.inner);
  const own = findField(scope.app, setting.condition.field)?.field;
  const other = findField(related.scope.app, setting.condition.relatedField)?.field;
  if (!found || found.table || !own || !other) throw errors.noFieldInQuery(comparison.field);
  if (!related.scope.mayRead(found.field.code)) throw errors.forbidden();
  const outer = sql`${recordTable(scope.app.id)}`;
  const some = (condition: Sql): Sql =>
    sql`exists (select 1 from ${recordTable(related.scope.app.id)} as related
      where ${linked(own, other, outer)} and ${tests.condition(setting.filterCond, related.scope)}
        and ${related.permitted} and ${condition})`;
  const { operator } = comparison;
  const positive = operator === 'not in' ? 'in' : operator === 'not like' ? 'like' : undefined;
  if (!positive) return some(tests.test(comparison, found.field, related.scope));
  const match = some(tests.test({ ...comparison, operator: positive }, found.field, related.scope));
  return sql`(${some(sql`true`)} and not ${match})`;
}

/** The related record's field holds what the record's own field holds. */
function linked(own: FieldDef, other: FieldDef, outer: Sql): Sql {
  const data = sql`related.data`;
  const isNumber = (field: FieldDef): boolean => fieldType(field.type).kind === 'number';
  const value = (field: FieldDef, row: Sql, doc: Sql): Sql =>
    field.type === 'RECORD_NUMBER' || field.type === '__ID__'
      ? sql`${row}.id::numeric`
      : isNumber(field)
        ? numberOf(doc, field)
        : textOf(doc, field);
  const mine = value(own, outer, sql`${outer}.data`);
  const theirs = value(other, sql`related`, data);
  return isNumber(own) === isNumber(other)
    ? sql`${theirs} = ${mine}`
    : sql`(${theirs})::text collate "C" = (${mine})::text collate "C"`;
}
