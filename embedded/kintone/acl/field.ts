/** Field permissions: which fields of a record a user reads and writes. API tokens are not concerned. */
import type { App, FieldRight } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import type { RecordRow } from '../records/model.ts';
import { docKey } from '../records/model.ts';
import type { Identity } from './identity.ts';
import { byPriority, identityOf, isMeant } from './identity.ts';

type Accessibility = FieldRight['entities'][number]['accessibility'];

/** The sender's access to a field, in a given record where one is given (a right may depend on who a field names). */
export function fieldAccess(ctx: Ctx, app: App, code: string, row?: RecordRow): Accessibility {
  const right = app.config.fieldAcl.find((item) => item.code === code);
  const who = identityOf(ctx);
  if (!right || !who) return 'WRITE';
  for (const item of byPriority(right.entities)) {
    const meant =
      item.entity.type === 'FIELD_ENTITY'
        ? row !== undefined && names(app, row, item.entity.code ?? '', item.includeSubs, who)
        : isMeant(item.entity, item.includeSubs, who, app);
    if (meant) return item.accessibility;
  }
  return 'NONE';
}

/** Whether the sender may read a field in any record. */
export function mayReadField(ctx: Ctx, app: App, code: string): boolean {
  return fieldAccess(ctx, app, code) !== 'NONE';
}

/** A test for the fields of one record; undefined where all may be read. */
export function visibleFields(ctx: Ctx, app: App): ((code: string, row: RecordRow) => boolean) | undefined {
  if (ctx.who.kind !== 'user' || app.config.fieldAcl.length === 0) return undefined;
  return (code, row) => fieldAccess(ctx, app, code, row) !== 'NONE';
}

function names(app: App, row: RecordRow, code: string, includeSubs: boolean, who: Identity): boolean {
  const field = app.config.fields[code];
  if (!field) return false;
  switch (field.type) {
    case 'CREATOR':
      return row.createdBy === who.code;
    case 'MODIFIER':
      return row.updatedBy === who.code;
    case 'STATUS_ASSIGNEE':
      return row.assignees.includes(who.code);
    case 'USER_SELECT':
      return listed(row, field).includes(who.code);
    case 'GROUP_SELECT':
      return listed(row, field).some((group) => who.groups.has(group));
    case 'ORGANIZATION_SELECT':
      return listed(row, field).some((organization) =>
        (includeSubs ? who.organizationsAbove : who.organizations).has(organization),
      );
    default:
      return false;
  }
}

function listed(row: RecordRow, field: { fid: number }): string[] {
  const value = row.data[docKey(field)];
  return Array.isArray(value) ? (value as string[]) : [];
}
