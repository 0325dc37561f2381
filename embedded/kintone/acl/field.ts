/** Field permissions: which fields of a record a user reads and writes. API tokens are not concerned. */
import type { App, AppConfig, FieldRight } from '../apps/model.ts';
import type { Ctx, Principal } from '../context.ts';
import type { RecordRow } from '../records/model.ts';
import { docKey } from '../records/model.ts';
import type { Identity } from './identity.ts';
import { byPriority, identityOf, isMeant } from './identity.ts';

type Accessibility = FieldRight['entities'][number]['accessibility'];

const rightsByCode = new WeakMap<readonly FieldRight[], ReadonlyMap<string, FieldRight>>();

function rightOf(app: App, code: string): FieldRight | undefined {
  const rights = app.config.fieldAcl;
  let byCode = rightsByCode.get(rights);
  if (!byCode) rightsByCode.set(rights, (byCode = new Map(rights.map((right) => [right.code, right]))));
  return byCode.get(code);
}

/** The sender's access to a field, in a given record where one is given (a right may depend on who a field names). */
export function fieldAccess(ctx: Ctx, app: App, code: string, row?: RecordRow): Accessibility {
  const right = rightOf(app, code);
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

type Visible = (code: string, row: RecordRow) => boolean;
const visibility = new WeakMap<Principal, WeakMap<AppConfig, Visible>>();

/** A test for the fields of a record; undefined where all may be read. */
export function visibleFields(ctx: Ctx, app: App): Visible | undefined {
  if (ctx.who.kind !== 'user' || app.config.fieldAcl.length === 0) return undefined;
  let byApp = visibility.get(ctx.who);
  if (!byApp) visibility.set(ctx.who, (byApp = new WeakMap()));
  let visible = byApp.get(app.config);
  if (!visible) byApp.set(app.config, (visible = visibilityOf(ctx, app)));
  return visible;
}

/** What does not depend on the record is looked at once for all records of a page. */
function visibilityOf(ctx: Ctx, app: App): Visible {
  const fixed = new Map<string, boolean>();
  return (code, row) => {
    const known = fixed.get(code);
    if (known !== undefined) return known;
    const visible = fieldAccess(ctx, app, code, row) !== 'NONE';
    const depends = rightOf(app, code)?.entities.some(({ entity }) => entity.type === 'FIELD_ENTITY');
    if (!depends) fixed.set(code, visible);
    return visible;
  };
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
