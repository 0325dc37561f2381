/** From a query to SQL over an app's table of records, with kintone's rules for each field type. */
import { sql } from 'kysely';
import { KIND_OF_FIELD } from '../entities.ts';
import { errors } from '../errors.ts';
import type { DaySpan } from './dates.ts';
import { daySpan } from './dates.ts';
import type { Comparison, Condition, Operand, Query } from './ast.ts';
import type { Day } from '../fields/datetime.ts';
import {
  addDays,
  formatDay,
  formatInstant,
  normaliseDate,
  normaliseTime,
  parseInstant,
  startOfDay,
  toMinute,
} from '../fields/datetime.ts';
import { normaliseNumber } from '../fields/number.ts';
import { fieldType } from '../fields/types.ts';
import { isOption } from '../fields/value.ts';
import type { FieldDef } from '../apps/model.ts';
import { syntaxError } from './lexer.ts';
import { parseQuery } from './parser.ts';
import type { RelatedTests } from './related.ts';
import { compileRelated, isRelated } from './related.ts';
import type { FieldRef, Scope, Sql } from './scope.ts';
import { jsonOf, numberOf, resolveField, textOf } from './scope.ts';

const NEGATIVE = new Set(['!=', 'not in', 'not like', 'is empty']);
const DATA = sql`data`;
const TABLE_ROW = sql`(line.value->'v')`;

/** The condition of a query as a boolean SQL expression; true for none. */
export function compileCondition(condition: Condition | null, scope: Scope): Sql {
  if (!condition) return sql`true`;
  if (condition.kind === 'compare') return compileComparison(condition, scope);
  if (condition.kind === 'or') {
    return sql`(${sql.join(
      condition.parts.map((part) => compileCondition(part, scope)),
      sql` or `,
    )})`;
  }
  return sql`(${sql.join(compileAll(condition.parts, scope), sql` and `)})`;
}

/** Conditions on the same table that are joined by `and` have to hold in one row of it. */
function compileAll(parts: Condition[], scope: Scope): Sql[] {
  const rowConditions = new Map<FieldDef, Sql[]>();
  const compiled: Sql[] = [];
  for (const part of parts) {
    if (part.kind === 'compare' && !NEGATIVE.has(part.operator) && !isRelated(scope, part.field)) {
      const ref = resolveField(scope, part.field);
      if (ref.table) {
        const list = rowConditions.get(ref.table) ?? [];
        rowConditions.set(ref.table, [...list, test(part, ref, TABLE_ROW, scope)]);
        continue;
      }
    }
    compiled.push(compileCondition(part, scope));
  }
  for (const [table, conditions] of rowConditions)
    compiled.push(someRow(table, sql.join(conditions, sql` and `)));
  return compiled;
}

function someRow(table: FieldDef, condition: Sql): Sql {
  return sql`exists (select 1 from jsonb_array_elements(${jsonOf(DATA, table)}) as line(value) where ${condition})`;
}

const RELATED: RelatedTests = {
  // As in tables, `in` takes the place of `=`.
  test: (comparison, field, scope) => test(comparison, { field, table: field }, DATA, scope),
  condition: (text, scope) => compileCondition(parseQuery(text).condition, { ...scope, mayRead: () => true }),
};

const POSITIVE: Partial<Record<Comparison['operator'], Comparison['operator']>> = {
  'not in': 'in',
  'not like': 'like',
};

function compileComparison(comparison: Comparison, scope: Scope): Sql {
  if (isRelated(scope, comparison.field)) return compileRelated(comparison, scope, RELATED);
  const ref = resolveField(scope, comparison.field);
  if (!ref.table) return test(comparison, ref, DATA, scope);
  const positive = POSITIVE[comparison.operator];
  if (!positive) return someRow(ref.table, test(comparison, ref, TABLE_ROW, scope));
  // A negative condition holds for a table with at least one row, none of which matches.
  const match = someRow(ref.table, test({ ...comparison, operator: positive }, ref, TABLE_ROW, scope));
  return sql`(jsonb_array_length(coalesce(${jsonOf(DATA, ref.table)}, '[]')) > 0 and not ${match})`;
}

function test(comparison: Comparison, ref: FieldRef, doc: Sql, scope: Scope): Sql {
  const { field, table } = ref;
  const type = fieldType(field.type);
  const { operator } = comparison;
  if (table && (operator === '=' || operator === '!=')) throw errors.operatorNotInTable(field.code, operator);
  if (!type.operators.has(operator)) throw errors.operatorNotAllowed(type.label, operator);
  switch (type.kind) {
    case 'number':
      return testNumber(comparison, field, doc, scope);
    case 'text':
      return testText(comparison, textOf(doc, field));
    case 'choice':
      checkOptions(comparison, field, scope);
      return testText(
        comparison,
        field.type === 'STATUS' ? sql`(status collate "C")` : textOf(doc, field),
        false,
      );
    case 'list':
      checkOptions(comparison, field, scope);
      return testList(operator, plainValues(comparison), jsonOf(doc, field));
    case 'codes':
      return testCodes(comparison, field, doc, scope);
    case 'date':
      return testDate(comparison, textOf(doc, field), scope);
    case 'time':
      return compare(textOf(doc, field), operator, plainMoment(comparison, normaliseTime));
    case 'datetime':
      return testInstant(comparison, field, doc, scope);
    case 'files':
      return testFiles(comparison, jsonOf(doc, field));
    default:
      throw errors.operatorNotAllowed(type.label, operator);
  }
}

/** A comparison that takes "no value" for different from every value. */
function compare(expression: Sql, operator: Comparison['operator'], value: unknown): Sql {
  if (value === null) return operator === '!=' ? sql`${expression} is not null` : sql`${expression} is null`;
  if (operator === '!=') return sql`${expression} is distinct from ${value}`;
  return sql`${expression} ${sql.raw(operator)} ${value}`;
}

function plainValues(comparison: Comparison): string[] {
  return comparison.operands.map((operand) => {
    if (operand.kind === 'call') throw syntaxError();
    return operand.value;
  });
}

function testNumber(comparison: Comparison, field: FieldDef, doc: Sql, scope: Scope): Sql {
  const isId = field.type === '__ID__' || field.type === 'RECORD_NUMBER';
  const expression = isId ? sql`id` : numberOf(doc, field);
  const cast = sql.raw(isId ? 'bigint' : 'numeric');
  const values = plainValues(comparison).map((text) => {
    const bare = isId && scope.app.code !== '' ? text.replace(`${scope.app.code}-`, '') : text;
    const number = normaliseNumber(bare);
    if (number === undefined || (isId && !/^-?\d{0,18}$/.test(number))) throw syntaxError();
    return number === '' ? null : number;
  });
  if (comparison.operator === 'in' || comparison.operator === 'not in') {
    const some = sql`${expression} = any(${values.filter((value) => value !== null)}::${cast}[])`;
    const match = values.includes(null) ? sql`(${some} or ${expression} is null)` : some;
    return comparison.operator === 'in' ? match : sql`not coalesce(${match}, false)`;
  }
  const value = values[0] ?? null;
  if (value === null) return compare(expression, comparison.operator, null);
  return compare(expression, comparison.operator, sql`${value}::${cast}`);
}

function testText(comparison: Comparison, expression: Sql, emptyIsText = true): Sql {
  const { operator } = comparison;
  const values = plainValues(comparison);
  const first = values[0] ?? '';
  const isEmpty = sql`coalesce(${expression}, '') = ''`;
  switch (operator) {
    case '=':
      return first === '' ? isEmpty : sql`${expression} = ${first}`;
    case '!=':
      return sql`coalesce(${expression}, '') <> ${first}`;
    case 'in':
    case 'not in': {
      const some = sql`${expression} = any(${values.filter((value) => value !== '')}::text[])`;
      const match = values.includes('') ? sql`(${some} or ${isEmpty})` : some;
      return operator === 'in' ? match : sql`not coalesce(${match}, false)`;
    }
    case 'like':
      return sql`(${likeText(expression, first)})`;
    case 'not like':
      return sql`not (${likeText(expression, first)})`;
    case 'is empty':
    case 'is not empty': {
      const blank = emptyIsText ? sql`coalesce(${expression}, '') ~ '^[[:space:]\u3000]*$'` : isEmpty;
      return operator === 'is empty' ? blank : sql`not (${blank})`;
    }
    default:
      throw syntaxError();
  }
}

/**
 * kintone searches words, not parts of words: `like "key"` does not find "keyword". Japanese has no spaces between words, so
 * only letters and digits of ASCII make a boundary. Upper and lower case and character width do not matter.
 */
function likeText(expression: Sql, text: string): Sql {
  const wanted = text.normalize('NFKC').trim();
  if (wanted === '') return sql`true`;
  const escaped = wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s+/g, '\\s+');
  const before = /^[a-z0-9]/i.test(wanted) ? '(?<![a-z0-9])' : '';
  const after = /[a-z0-9]$/i.test(wanted) ? '(?![a-z0-9])' : '';
  return sql`normalize(coalesce(${expression}, ''), NFKC) ~* ${before + escaped + after}`;
}

function testList(operator: Comparison['operator'], values: string[], json: Sql): Sql {
  const some = sql`coalesce(${json} ?| ${values.filter((value) => value !== '')}::text[], false)`;
  const match = values.includes('') ? sql`(${some} or coalesce(${json}, '[]') = '[]')` : some;
  return operator === 'in' ? match : sql`not (${match})`;
}

function testCodes(comparison: Comparison, field: FieldDef, doc: Sql, scope: Scope): Sql {
  const codes = comparison.operands.map((operand) => code(operand, field, scope));
  // Who has no primary organisation asks for nothing by it: the condition is passed over.
  const byPrimary =
    field.type === 'ORGANIZATION_SELECT' && comparison.operands.some(({ kind }) => kind === 'call');
  if (byPrimary && scope.primaryOrganization === null) return sql`true`;
  const { operator } = comparison;
  const single =
    field.type === 'CREATOR' ? sql`created_by` : field.type === 'MODIFIER' ? sql`updated_by` : null;
  if (single) {
    const match = sql`${single} = any(${codes}::text[])`;
    return operator === 'in' ? match : sql`not (${match})`;
  }
  if (field.type === 'STATUS_ASSIGNEE') return testList(operator, codes, sql`to_jsonb(assignees)`);
  return testList(operator, codes, jsonOf(doc, field));
}

function code(operand: Operand, field: FieldDef, scope: Scope): string {
  if (operand.kind === 'value') {
    const kind = KIND_OF_FIELD[field.type];
    if (operand.value !== '' && kind) scope.demandEntity?.(kind, operand.value);
    return operand.value;
  }
  const { name, args } = operand.call;
  if (args.length > 0) throw errors.badArgumentCount();
  if (
    name === 'LOGINUSER' &&
    ['USER_SELECT', 'CREATOR', 'MODIFIER', 'STATUS_ASSIGNEE'].includes(field.type)
  ) {
    return scope.userCode;
  }
  if (name === 'PRIMARY_ORGANIZATION' && field.type === 'ORGANIZATION_SELECT') {
    return scope.primaryOrganization ?? '';
  }
  throw syntaxError();
}

function checkOptions(comparison: Comparison, field: FieldDef, scope: Scope): void {
  for (const value of plainValues(comparison)) {
    if (value === '') continue;
    const known =
      field.type === 'STATUS'
        ? Object.values(scope.app.config.status.states ?? {}).some((state) => state.name === value)
        : isOption(field, value);
    if (!known) throw errors.noOption(field.code, value);
  }
}

function plainMoment(comparison: Comparison, normalise: (text: string) => string | undefined): string | null {
  const [operand] = comparison.operands;
  if (operand?.kind !== 'value') throw syntaxError();
  if (operand.value === '') return null;
  const value = normalise(operand.value);
  if (value === undefined) throw syntaxError();
  return value;
}

/** `= span` means inside it, `<` before its first, `>` after its last moment. `after` is the first moment behind the span. */
function compareSpan(expression: Sql, operator: Comparison['operator'], first: unknown, after: unknown): Sql {
  switch (operator) {
    case '=':
      return sql`(${expression} >= ${first} and ${expression} < ${after})`;
    case '!=':
      return sql`(${expression} < ${first} or ${expression} >= ${after} or ${expression} is null)`;
    case '<':
      return sql`${expression} < ${first}`;
    case '<=':
      return sql`${expression} < ${after}`;
    case '>':
      return sql`${expression} >= ${after}`;
    default:
      return sql`${expression} >= ${first}`;
  }
}

function spanOf(comparison: Comparison, now: Date): DaySpan | undefined {
  const [operand] = comparison.operands;
  return operand?.kind === 'call' ? daySpan(operand.call, now) : undefined;
}

function testDate(comparison: Comparison, expression: Sql, scope: Scope): Sql {
  const span = spanOf(comparison, scope.now);
  if (span) {
    return compareSpan(
      expression,
      comparison.operator,
      formatDay(span.first),
      formatDay(addDays(span.last, 1)),
    );
  }
  return compare(expression, comparison.operator, plainMoment(comparison, normaliseDate));
}

function testInstant(comparison: Comparison, field: FieldDef, doc: Sql, scope: Scope): Sql {
  const column =
    field.type === 'CREATED_TIME' ? sql`created_at` : field.type === 'UPDATED_TIME' ? sql`updated_at` : null;
  const expression = column ?? textOf(doc, field);
  const literal = (instant: Date): unknown => (column ? instant : formatInstant(instant));
  const span = spanOf(comparison, scope.now);
  if (span) {
    const start = (day: Day): unknown => literal(startOfDay(day));
    return compareSpan(expression, comparison.operator, start(span.first), start(addDays(span.last, 1)));
  }
  const [operand] = comparison.operands;
  if (operand?.kind === 'call') {
    if (operand.call.name !== 'NOW') throw syntaxError();
    return compare(expression, comparison.operator, literal(toMinute(scope.now)));
  }
  if (!operand || operand.value === '') return compare(expression, comparison.operator, null);
  const instant = parseInstant(operand.value);
  if (!instant) throw syntaxError();
  return compare(expression, comparison.operator, literal(instant));
}

function testFiles(comparison: Comparison, json: Sql): Sql {
  const { operator } = comparison;
  const blank = sql`coalesce(${json}, '[]') = '[]'`;
  if (operator === 'is empty') return blank;
  if (operator === 'is not empty') return sql`not (${blank})`;
  const [text] = plainValues(comparison);
  const name = sql`(file.value->>'name')`;
  const match = sql`exists (select 1 from jsonb_array_elements(coalesce(${json}, '[]')) as file(value)
    where ${likeText(name, text ?? '')})`;
  return operator === 'like' ? match : sql`not ${match}`;
}

/** The `order by` of a query; records that are equal in it come newest first. */
export function compileOrder(query: Pick<Query, 'orderBy'>, scope: Scope): Sql {
  const keys = query.orderBy.map(({ field: fieldCode, descending }) => {
    const { field, table } = resolveField(scope, fieldCode);
    if (table || !fieldType(field.type).sortable) throw errors.badSort(fieldCode);
    // Columns are never null, and the planner uses their indexes only where nulls are not mentioned.
    const nulls = COLUMN_TYPES.has(field.type) ? '' : descending ? 'nulls last' : 'nulls first';
    return sql`${sortKey(field)} ${sql.raw(`${descending ? 'desc' : 'asc'} ${nulls}`)}`;
  });
  const idIsLast = query.orderBy.some(({ field }) => field === '$id');
  return sql.join(idIsLast ? keys : [...keys, sql`id desc`]);
}

const COLUMN_TYPES = new Set([
  '__ID__',
  'RECORD_NUMBER',
  'CREATOR',
  'MODIFIER',
  'CREATED_TIME',
  'UPDATED_TIME',
]);

function sortKey(field: FieldDef): Sql {
  switch (field.type) {
    case '__ID__':
    case 'RECORD_NUMBER':
      return sql`id`;
    case 'CREATOR':
      return sql`created_by`;
    case 'MODIFIER':
      return sql`updated_by`;
    case 'CREATED_TIME':
      return sql`created_at`;
    case 'UPDATED_TIME':
      return sql`updated_at`;
    case 'STATUS':
      return sql`(status collate "C")`;
    default:
      return fieldType(field.type).kind === 'number' ? numberOf(DATA, field) : textOf(DATA, field);
  }
}
