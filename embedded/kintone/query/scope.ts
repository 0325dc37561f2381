/** What a query is compiled against: the fields of one app, the person asking and the time. */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { App, FieldDef } from '../apps/model.ts';
import type { EntityKind } from '../entities.ts';
import { errors } from '../errors.ts';

export type Sql = RawBuilder<unknown>;

export interface Scope {
  app: App;
  now: Date;
  /** The user behind LOGINUSER(); the Administrator for tokens. */
  userCode: string;
  /** Of the person asking; null where the person has none. Empty in settings, where that finds nothing. */
  primaryOrganization: string | null;
  /** Whether the asker may see a field; who may not, may not search by it either. */
  mayRead: (code: string) => boolean;
  /** Refuses a user, group or organisation that does not exist; settings may name such as are gone. */
  demandEntity?: (kind: EntityKind, code: string) => void;
  /** The app of a field of related records, and which of its records the asker may see; undefined where none. */
  related: (field: FieldDef) => { scope: Scope; permitted: Sql } | undefined;
}

export interface FieldRef {
  field: FieldDef;
  /** The table the field lies in. */
  table: FieldDef | null;
}

const ID_FIELD: FieldDef = { fid: 0, type: '__ID__', code: '$id', label: '$id' };

/** The field of a code, also inside tables. */
export function findField(app: App, code: string): FieldRef | undefined {
  if (code === '$id') return { field: ID_FIELD, table: null };
  const field = app.config.fields[code];
  if (field) return { field, table: null };
  for (const table of Object.values(app.config.fields)) {
    const inner = table.fields?.[code];
    if (inner) return { field: inner, table };
  }
  return undefined;
}

/** The field a query names; refuses unknown ones and ones the asker may not see. */
export function resolveField(scope: Scope, code: string): FieldRef {
  const found = findField(scope.app, code);
  if (!found) {
    const [head] = code.split('.');
    if (head !== code && scope.app.config.fields[head ?? '']?.type === 'SUBTABLE') {
      throw errors.dottedTableField(head ?? '');
    }
    throw errors.noFieldInQuery(code);
  }
  if (!scope.mayRead((found.table ?? found.field).code)) throw errors.forbidden();
  return found;
}

const literalKey = (field: FieldDef): Sql => sql.raw(`'f${field.fid}'`);

/** The JSON value of a field in a document. */
export function jsonOf(doc: Sql, field: FieldDef): Sql {
  return sql`(${doc}->${literalKey(field)})`;
}

/** The text of a field in a document, null where empty; ordered by code points. Indexes are on this very expression. */
export function textOf(doc: Sql, field: FieldDef): Sql {
  return sql`(nullif(${doc}->>${literalKey(field)}, '') collate "C")`;
}

/** The number of a field in a document, null where empty. */
export function numberOf(doc: Sql, field: FieldDef): Sql {
  return sql`(nullif(${doc}->>${literalKey(field)}, '')::numeric)`;
}
