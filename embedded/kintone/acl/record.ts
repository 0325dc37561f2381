/** Record permissions: which records of an app a user sees, edits and deletes, as SQL. */
import { sql } from 'kysely';
import type { App, FieldDef, RecordRight } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { actorCode } from '../context.ts';
import { ADMINISTRATOR } from '../directory.ts';
import { demandEntity } from '../entities.ts';
import { compileCondition } from '../query/compile.ts';
import { fieldType } from '../fields/types.ts';
import type { Condition, Operand } from '../query/ast.ts';
import { parseQuery } from '../query/parser.ts';
import type { Scope, Sql } from '../query/scope.ts';
import { findField, jsonOf } from '../query/scope.ts';
import { may } from './app.ts';
import type { Identity } from './identity.ts';
import { byPriority, identityOf, isMeant } from './identity.ts';
import { mayReadField } from './field.ts';

export type RecordPermission = 'viewable' | 'editable' | 'deletable';

/** What queries of this sender are compiled against. */
export function queryScope(ctx: Ctx, app: App): Scope {
  return {
    ...settingsScope(ctx, app),
    primaryOrganization: ctx.who.kind === 'user' ? ctx.who.person.primaryOrganization : null,
    mayRead: (code) => mayReadField(ctx, app, code),
    demandEntity: (kind, code) => {
      if (code !== ADMINISTRATOR) demandEntity(ctx.services.directory, kind, code);
    },
    related: (field) => relatedScope(ctx, field),
  };
}

/** The other side of related records, as this sender sees it. */
function relatedScope(ctx: Ctx, field: FieldDef): ReturnType<Scope['related']> {
  const app = ctx.services.apps.liveOrNone(Number(field.referenceTable?.relatedApp.app));
  if (!app || !may(ctx, app, 'view')) return undefined;
  const scope = { ...settingsScope(ctx, app), mayRead: (code: string) => mayReadField(ctx, app, code) };
  return { scope, permitted: recordPermission(ctx, app, 'viewable') };
}

/** The same for conditions that stand in the app's own settings, which field permissions do not concern. */
export function settingsScope(ctx: Ctx, app: App): Scope {
  return {
    app,
    now: ctx.now,
    userCode: actorCode(ctx),
    primaryOrganization: (ctx.who.kind === 'user' ? ctx.who.person.primaryOrganization : null) ?? '',
    mayRead: () => true,
    related: () => undefined,
  };
}

/**
 * Whether the sender has a permission for a row of the app's table, as a boolean SQL expression. The first right whose
 * condition a record meets decides; a record that meets none is open to whoever the app is open to.
 */
export function recordPermission(ctx: Ctx, app: App, permission: RecordPermission): Sql {
  const who = identityOf(ctx);
  if (!who || app.config.recordAcl.length === 0) return sql`true`;
  const scope = settingsScope(ctx, app);
  const rights = app.config.recordAcl.map((right) => ({
    filterCond: right.filterCond,
    granted: entitiesPermission(right, permission, who, app),
  }));
  // Nothing behind a right without a condition is ever asked, and a last right that says what else would be said is none.
  const last = rights.findIndex(({ filterCond }) => filterCond.trim() === '');
  const otherwise = rights[last]?.granted ?? true;
  const asked = last < 0 ? rights : rights.slice(0, last);
  while (typeof otherwise === 'boolean' && asked.at(-1)?.granted === otherwise) asked.pop();
  const asSql = (granted: boolean | Sql): Sql => (typeof granted === 'boolean' ? sql.lit(granted) : granted);
  if (asked.length === 0) return asSql(otherwise);
  const parsed = asked.map((right) => ({ ...right, condition: parseQuery(right.filterCond).condition }));
  const simple = typeof otherwise === 'boolean' ? oneQuestion(parsed, otherwise, scope) : undefined;
  if (simple) return simple;
  const branches = parsed.map(({ condition, granted }) => ({
    granted,
    condition: compileCondition(condition, scope),
  }));
  const whens = branches.map(({ condition, granted }) => sql`when ${condition} then ${asSql(granted)}`);
  const decided = sql`(case ${sql.join(whens, sql` `)} else ${asSql(otherwise)} end)`;
  if (otherwise !== false) return decided;
  // Said once more without an order, so that an index of what the conditions ask for can be used.
  const possible = branches
    .filter(({ granted }) => granted !== false)
    .map(({ condition }) => sql`(${condition})`);
  return sql`((${sql.join(possible, sql` or `)}) and ${decided})`;
}

/**
 * Rights by the place a record belongs to each ask for values of one and the same field: one question is enough, instead of one
 * a place for every record. Undefined where the rights are of another kind.
 */
function oneQuestion(
  rights: readonly { granted: boolean | Sql; condition: Condition | null }[],
  otherwise: boolean,
  scope: Scope,
): Sql | undefined {
  const fields = new Set<string>();
  const decided = new Map<string, boolean>();
  for (const { granted, condition } of rights) {
    if (typeof granted !== 'boolean' || condition?.kind !== 'compare') return undefined;
    if (condition.operator !== 'in' && condition.operator !== '=') return undefined;
    fields.add(condition.field);
    for (const operand of condition.operands) {
      if (operand.kind !== 'value') return undefined;
      // The first right that a record meets decides.
      if (!decided.has(operand.value)) decided.set(operand.value, granted);
    }
  }
  const [field = '', another] = fields;
  const found = findField(scope.app, field);
  const single = found && !found.table && ['text', 'choice'].includes(fieldType(found.field.type).kind);
  if (!single || another !== undefined) return undefined;
  const operands = [...decided].flatMap(([value, granted]): Operand[] =>
    granted === otherwise ? [] : [{ kind: 'value', value }],
  );
  if (operands.length === 0) return sql.lit(otherwise);
  const match = compileCondition({ kind: 'compare', field, operator: 'in', operands }, scope);
  // A record without a value is none of them, and not unknown.
  return otherwise ? sql`not coalesce(${match}, false)` : sql`(${match} and (${match}) is not null)`;
}

/** What a right grants this user: always the same, or depending on who a field of the record names. */
function entitiesPermission(
  right: RecordRight,
  permission: RecordPermission,
  who: Identity,
  app: App,
): boolean | Sql {
  const branches: Sql[] = [];
  let otherwise = false;
  for (const item of byPriority(right.entities)) {
    const granted = item[permission];
    if (item.entity.type === 'FIELD_ENTITY') {
      branches.push(
        sql`when ${fieldNames(app, item.entity.code ?? '', item.includeSubs, who)} then ${sql.lit(granted)}`,
      );
    } else if (isMeant(item.entity, item.includeSubs, who, app)) {
      otherwise = granted;
      break;
    }
  }
  if (branches.length === 0) return otherwise;
  return sql`case ${sql.join(branches, sql` `)} else ${sql.lit(otherwise)} end`;
}

/** Whether a field of the record names this user, one of the user's groups or organisations. */
function fieldNames(app: App, code: string, includeSubs: boolean, who: Identity): Sql {
  const found = findField(app, code);
  if (!found || found.table) return sql`false`;
  const { field } = found;
  const data = sql`data`;
  switch (field.type) {
    case 'CREATOR':
      return sql`created_by = ${who.code}`;
    case 'MODIFIER':
      return sql`updated_by = ${who.code}`;
    case 'STATUS_ASSIGNEE':
      return sql`${who.code} = any(assignees)`;
    case 'USER_SELECT':
      return sql`coalesce(${jsonOf(data, field)} ?| ${[who.code]}::text[], false)`;
    case 'GROUP_SELECT':
      return sql`coalesce(${jsonOf(data, field)} ?| ${[...who.groups]}::text[], false)`;
    case 'ORGANIZATION_SELECT': {
      const codes = [...(includeSubs ? who.organizationsAbove : who.organizations)];
      return sql`coalesce(${jsonOf(data, field)} ?| ${codes}::text[], false)`;
    }
    default:
      return sql`false`;
  }
}
