import { sql } from 'kysely';
import type { FieldDef } from '../apps/model.ts';
import { fieldType } from '../fields/types.ts';
import { numberOf, textOf, type Sql } from './scope.ts';

/** The expression on which a field's values are compared, sorted and indexed. */
export function comparedExpression(field: FieldDef): Sql {
  const data = sql`data`;
  return fieldType(field.type).kind === 'number' ? numberOf(data, field) : textOf(data, field);
}
