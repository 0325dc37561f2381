/** Lists of related records (関連レコード一覧) on a record's page: what a person sees there is what they may see in the other app. */
import { may } from '../acl/app.ts';
import { mayReadField } from '../acl/field.ts';
import type { App, FieldDef } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { KintoneError } from '../errors.ts';
import type { ResponseRecord } from '../fields/respond.ts';
import { plainText } from '../params.ts';
import { answerRecord, queryRecords } from '../records/read.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { listValue } from './pages.ts';

/** The lists of a record's page, by field code. */
export async function relatedLists(
  ctx: Ctx,
  app: App,
  record: ResponseRecord,
): Promise<ReadonlyMap<string, Html>> {
  const lists = new Map<string, Html>();
  for (const field of Object.values(app.config.fields)) {
    if (field.type !== 'REFERENCE_TABLE' || !mayReadField(ctx, app, field.code)) continue;
    lists.set(field.code, await relatedList(ctx, field, record));
  }
  return lists;
}

const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;

async function relatedList(ctx: Ctx, field: FieldDef, record: ResponseRecord): Promise<Html> {
  const setting = field.referenceTable;
  const other = setting && ctx.services.apps.liveOrNone(Number(setting.relatedApp.app));
  if (!other) return html`<p>参照先のアプリがありません。</p>`;
  if (!may(ctx, other, 'view')) return html`<p>参照先のアプリを見る権限がありません。</p>`;
  const { condition, filterCond, sort, displayFields, size } = setting;
  const value = plainText(record[condition.field]?.value);
  if (value === '') return html`<p>関連するレコードはありません。</p>`;
  const filter = filterCond === '' ? '' : `and (${filterCond})`;
  const order = sort === '' ? '' : `order by ${sort}`;
  const text = `${condition.relatedField} in (${quoted(value)}) ${filter} ${order} limit ${size}`;
  try {
    const { rows, totalCount } = await queryRecords(ctx, other, text, true);
    const records = rows.map((row) => answerRecord(ctx, other, row));
    const columns = displayFields
      .flatMap((code) => other.config.fields[code] ?? [])
      .filter(({ code }) => mayReadField(ctx, other, code));
    return table(other, columns, records, totalCount ?? records.length);
  } catch (error) {
    if (error instanceof KintoneError && error.status === 403)
      return html`<p>参照先のフィールドを見る権限がありません。</p>`;
    throw error;
  }
}

function table(other: App, columns: FieldDef[], records: ResponseRecord[], total: number): Html {
  if (records.length === 0) return html`<p>関連するレコードはありません。</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${other.config.name}">
      <table>
        <thead>
          <tr>
            <th scope="col">番号</th>
            ${columns.map((column) => html`<th scope="col">${column.label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${records.map((record) => {
            const id = String(record['$id']?.value);
            return html`<tr>
              <td><a href="/k/${other.id}/show?record=${id}">${id}</a></td>
              ${columns.map((column) => html`<td>${listValue(other, record[column.code])}</td>`)}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    <p><a href="/k/${other.id}/">${other.config.name}</a>（${total}件）</p>`;
}
