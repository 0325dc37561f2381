/** Lookups: when a key is written, the values of the source record are copied over, once and for all. */
import { sql } from 'kysely';
import { may } from '../acl/app.ts';
import { recordPermission } from '../acl/record.ts';
import type { App, FieldDef } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { errors } from '../errors.ts';
import { formatInstant } from '../fields/datetime.ts';
import { recordNumber } from '../fields/respond.ts';
import { fieldType } from '../fields/types.ts';
import { emptyValue } from '../fields/value.ts';
import type { Draft } from './draft.ts';
import type { Doc, RecordRow, StoredRow, StoredValue } from './model.ts';
import { docKey } from './model.ts';
import { selectRows } from './read.ts';
import { comparedExpression } from '../query/compared.ts';
import { sure } from '../sure.ts';
import { plainText } from '../params.ts';

/** Fills what lookups of the drafts copy; refuses a key that the sender cannot see in the source. */
export async function applyLookups(ctx: Ctx, app: App, drafts: readonly Draft[]): Promise<void> {
  const copier = new Copier(ctx);
  for (const draft of drafts) {
    for (const field of Object.values(app.config.fields)) {
      if (field.lookup) {
        const { before, after, given } = draft;
        await copier.copy(app.config.fields, field, after.data, before?.data, given.has(field.code));
      }
      const inner = Object.values(field.fields ?? {}).filter((cell) => cell.lookup);
      if (inner.length > 0 && draft.given.has(field.code)) await copyInTable(copier, field, inner, draft);
    }
  }
}

async function copyInTable(copier: Copier, table: FieldDef, inner: FieldDef[], draft: Draft): Promise<void> {
  const key = docKey(table);
  const old = new Map(((draft.before?.data[key] ?? []) as StoredRow[]).map((row) => [row.id, row.v]));
  for (const row of (draft.after.data[key] ?? []) as StoredRow[]) {
    for (const field of inner) {
      const before = old.get(row.id);
      const changed = !before || before[docKey(field)] !== row.v[docKey(field)];
      await copier.copy(table.fields ?? {}, field, row.v, before, changed);
    }
  }
}

class Copier {
  private readonly ctx: Ctx;
  private readonly sources = new Map<string, RecordRow | null>();

  constructor(ctx: Ctx) {
    this.ctx = ctx;
  }

  /** Copies into `doc` what the key in it stands for; what a client sent for copied fields does not count. */
  async copy(
    siblings: Record<string, FieldDef>,
    field: FieldDef,
    doc: Doc,
    before: Doc | undefined,
    keyGiven: boolean,
  ): Promise<void> {
    const mappings = (field.lookup?.fieldMappings ?? []).flatMap((mapping) => {
      const target = siblings[mapping.field];
      return target ? [{ target, source: mapping.relatedField }] : [];
    });
    const key = plainText(doc[docKey(field)]);
    if (!keyGiven && (before || key === '')) {
      for (const { target } of mappings) doc[docKey(target)] = before?.[docKey(target)] ?? emptyValue(target);
      return;
    }
    const source = key === '' ? null : await this.source(field, key);
    for (const { target, source: code } of mappings) {
      doc[docKey(target)] = source ? sourceValue(source.app, source.row, code, target) : emptyValue(target);
    }
  }

  private async source(field: FieldDef, key: string): Promise<{ app: App; row: RecordRow }> {
    const lookup = sure(field.lookup);
    const { ctx } = this;
    const app = ctx.services.apps.live(Number(lookup.relatedApp.app));
    if (!may(ctx, app, 'view')) throw errors.lookupMissing(field.code, key);
    const cacheKey = `${app.id}\0${lookup.relatedKeyField}\0${key}`;
    let row = this.sources.get(cacheKey);
    if (row === undefined) {
      const keyField = app.config.fields[lookup.relatedKeyField];
      row = keyField ? await this.find(app, keyField, key) : null;
      this.sources.set(cacheKey, row);
    }
    if (!row) throw errors.lookupMissing(field.code, key);
    return { app, row };
  }

  private async find(app: App, keyField: FieldDef, key: string): Promise<RecordRow | null> {
    const { ctx } = this;
    const permitted = recordPermission(ctx, app, 'viewable');
    const match =
      keyField.type === 'RECORD_NUMBER'
        ? sql`id::text = ${app.code === '' ? key : key.replace(`${app.code}-`, '')}`
        : fieldType(keyField.type).kind === 'number'
          ? sql`${comparedExpression(keyField)} = ${key}::numeric`
          : sql`${comparedExpression(keyField)} = ${key}`;
    const [row] = await selectRows(ctx.db, app.id, sql`where ${match} and ${permitted} order by id limit 1`);
    return row ?? null;
  }
}

function sourceValue(app: App, row: RecordRow, code: string, target: FieldDef): StoredValue {
  const field = app.config.fields[code];
  if (!field) return emptyValue(target);
  switch (field.type) {
    case 'RECORD_NUMBER':
      return recordNumber(app, row.id);
    case 'CREATED_TIME':
      return formatInstant(row.createdAt);
    case 'UPDATED_TIME':
      return formatInstant(row.updatedAt);
    case 'CREATOR':
      return [row.createdBy];
    case 'MODIFIER':
      return [row.updatedBy];
    default:
      return row.data[docKey(field)] ?? emptyValue(target);
  }
}
