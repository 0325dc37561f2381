/** The pages: a portal of apps, a list by view, a record with its comments and its history. */
import type { App, FieldDef, LayoutRow, View } from '../apps/model.ts';
import { formatInstant } from '../fields/datetime.ts';
import type { ResponseField, ResponseRecord } from '../fields/respond.ts';
import type { Html } from './html.ts';
import { html, Html as RawHtml } from './html.ts';
import { STYLE } from './style.ts';

export interface Frame {
  title: string;
  userName?: string;
  formToken?: string;
  script?: string;
}

/** A whole page. */
export function page(frame: Frame, body: Html): string {
  return html`<!doctype html>
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${frame.title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${new RawHtml(STYLE)}
        </style>
        ${frame.script ? html`<script src="${frame.script}" defer></script>` : ''}
      </head>
      <body>
        <header>
          <a href="/k/">kintoneの代わりのサーバー</a>
          ${
            frame.userName === undefined
              ? ''
              : html`<span class="who">${frame.userName}</span>
                  <form method="post" action="/logout">
                    <input type="hidden" name="token" value="${frame.formToken}" />
                    <button>ログアウト</button>
                  </form>`
          }
        </header>
        <p class="notice">
          これは本物のkintoneではありません。1台の機械で試すための代わりのサーバー（stand-in）です。表示できる範囲は、
          アプリ・レコード・フィールドのアクセス権のとおりです。
        </p>
        <main>${body}</main>
      </body>
    </html>`.text;
}

export function loginPage(failed: boolean, next: string): string {
  return page(
    { title: 'ログイン' },
    html`<h1>ログイン</h1>
      <form class="login" method="post" action="/login">
        ${failed ? html`<p class="error" role="alert">ログイン名かパスワードが違います。</p>` : ''}
        <input type="hidden" name="next" value="${next}" />
        <label>ログイン名 <input name="user" autocomplete="username" required /></label>
        <label
          >パスワード <input name="password" type="password" autocomplete="current-password" required
        /></label>
        <button>ログイン</button>
      </form>`,
  );
}

export function portalPage(frame: Frame, apps: App[]): string {
  return page(
    frame,
    html`<h1>アプリ</h1>
      ${apps.length === 0 ? html`<p>表示できるアプリはありません。</p>` : ''}
      <ul class="apps">
        ${apps.map((app) => html`<li><a href="/k/${app.id}/">${app.config.name}</a></li>`)}
      </ul>`,
  );
}

export interface ListPage {
  app: App;
  view: View | null;
  columns: FieldDef[];
  records: ResponseRecord[];
  total: number;
  offset: number;
  size: number;
}

export function listPage(frame: Frame, list: ListPage): string {
  const { app, view, columns, records, total, offset, size } = list;
  const views = Object.values(app.config.views).filter((item) => item.type === 'LIST');
  const link = (to: number): string => `/k/${app.id}/?view=${view?.id ?? ''}&offset=${to}`;
  const tab = (id: string, name: string, current: boolean): Html =>
    html`<a href="/k/${app.id}/?view=${id}" ${current ? html`aria-current="page"` : ''}>${name}</a>`;
  return page(
    frame,
    html`<h1>${app.config.name}</h1>
      <nav aria-label="一覧">
        ${tab('', 'すべて', view === null)} ${views.map((item) => tab(item.id, item.name, item === view))}
      </nav>
      <p>
        ${total === 0 ? 'レコードはありません。' : `${offset + 1}–${offset + records.length} / ${total}件`}
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label="レコード">
        <table class="list">
          <thead>
            <tr>
              <th scope="col">番号</th>
              ${columns.map((field) => html`<th scope="col">${field.label}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${records.map((record) => {
              const id = String(record['$id']?.value);
              return html`<tr>
                <td><a href="/k/${app.id}/show?record=${id}">${id}</a></td>
                ${columns.map((field) => html`<td>${listValue(app, record[field.code])}</td>`)}
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
      <nav aria-label="ページ">
        ${offset > 0 ? html`<a href="${link(Math.max(0, offset - size))}">前へ</a>` : ''}
        ${offset + size < total ? html`<a href="${link(offset + size)}">次へ</a>` : ''}
      </nav>`,
  );
}

export interface HistoryEntry {
  revision: number;
  at: Date;
  by: string;
  operation: string;
  /** The labels of the fields that differ from the revision before, as far as the reader may see them. */
  changed: string[];
}

const OPERATIONS: Record<string, string> = {
  ADD: '追加',
  UPDATE: '編集',
  STATUS: 'ステータスの変更',
  ASSIGN: '作業者の変更',
};

export interface RecordPage {
  app: App;
  id: number;
  title: string;
  record: ResponseRecord;
  /** The record one revision earlier, where an old revision is shown. */
  compared: ResponseRecord | null;
  revision: number | null;
  history: HistoryEntry[];
  comments: { text: string; at: Date; by: string }[];
  mayDelete: boolean;
  /** Lists of related records, by field code. */
  related: ReadonlyMap<string, Html>;
}

export function recordPage(frame: Frame, shown: RecordPage): string {
  const { app, id, record, history } = shown;
  const link = (revision: number): string => `/k/${app.id}/show?record=${id}&revision=${revision}`;
  return page(
    { ...frame, script: '/k/_stand-in/show.js' },
    html`<p><a href="/k/${app.id}/">${app.config.name}</a></p>
      <h1>${shown.title}</h1>
      ${
        shown.revision === null
          ? ''
          : html`<p>
              変更履歴 ${shown.revision} の内容です。直前から変わったところに色がついています。
              <a href="/k/${app.id}/show?record=${id}">今の内容を見る</a>
            </p>`
      }
      ${showRows(shown, app.config.layout)} ${showSystemFields(app, record)}
      ${
        shown.mayDelete && shown.revision === null
          ? html`<details>
              <summary>このレコードを削除する</summary>
              <form method="post" action="/k/${app.id}/delete">
                <input type="hidden" name="token" value="${frame.formToken}" />
                <input type="hidden" name="record" value="${id}" />
                <p>ファイル、コメント、変更履歴もなくなります。元には戻せません。</p>
                <button>削除する</button>
              </form>
            </details>`
          : ''
      }
      <h2>コメント</h2>
      ${shown.comments.length === 0 ? html`<p>コメントはありません。</p>` : ''}
      ${shown.comments.map(
        (comment) => html`<p class="pre">${tokyo(comment.at)} ${comment.by}<br />${comment.text}</p>`,
      )}
      <h2>変更履歴</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="変更履歴">
        <table>
          <thead>
            <tr>
              <th scope="col">番号</th>
              <th scope="col">日時</th>
              <th scope="col">変更した人</th>
              <th scope="col">操作</th>
              <th scope="col">変わった項目</th>
            </tr>
          </thead>
          <tbody>
            ${history.map(
              (entry) =>
                html`<tr>
                  <td>
                    <a
                      href="${link(entry.revision)}"
                      ${entry.revision === shown.revision ? html`aria-current="page"` : ''}
                      >${entry.revision}</a
                    >
                  </td>
                  <td>${tokyo(entry.at)}</td>
                  <td>${entry.by}</td>
                  <td>${OPERATIONS[entry.operation] ?? entry.operation}</td>
                  <td class="wide">${entry.changed.join('、')}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
  );
}

function showRows(of: RecordPage, layout: LayoutRow[]): Html[] {
  const { app, record, compared, related } = of;
  const shown: Html[] = [];
  let codes: string[] = [];
  const close = (): void => {
    if (codes.length > 0) shown.push(showFields(app, codes, record, compared));
    codes = [];
  };
  for (const row of layout) {
    if (row.type === 'SUBTABLE') codes.push(row.code ?? '');
    else if (row.type === 'ROW') {
      for (const { code = '' } of row.fields ?? []) {
        const list = related.get(code);
        if (!list) codes.push(code);
        else {
          close();
          shown.push(html`<h2>${app.config.fields[code]?.label ?? code}</h2>`, list);
        }
      }
    } else {
      close();
      const label = app.config.fields[row.code ?? '']?.label ?? '';
      const inner = showRows(of, row.layout ?? []);
      shown.push(
        html`<details class="group" open>
          <summary>${label}</summary>
          ${inner}
        </details>`,
      );
    }
  }
  close();
  return shown;
}

function showFields(
  app: App,
  codes: string[],
  record: ResponseRecord,
  compared: ResponseRecord | null,
): Html {
  const shown = codes.filter((code) => record[code] !== undefined);
  if (shown.length === 0) return html``;
  return html`<dl>
    ${shown.map((code) => {
      const changed = compared && JSON.stringify(compared[code]) !== JSON.stringify(record[code]);
      return html`<dt>${app.config.fields[code]?.label ?? code}</dt>
        <dd class="${changed ? 'changed' : ''}">${showValue(app, record[code])}</dd>`;
    })}
  </dl>`;
}

const SYSTEM = [
  'STATUS',
  'STATUS_ASSIGNEE',
  'RECORD_NUMBER',
  'CREATOR',
  'CREATED_TIME',
  'MODIFIER',
  'UPDATED_TIME',
];

function showSystemFields(app: App, record: ResponseRecord): Html {
  const fields = SYSTEM.flatMap((type) =>
    Object.values(app.config.fields).filter((field) => field.type === type),
  );
  return showFields(
    app,
    fields.map((field) => field.code),
    record,
    null,
  );
}

/** The same in a list, where tables have no room. */
export function listValue(app: App, field: ResponseField | undefined): Html {
  if (field?.type !== 'SUBTABLE') return showValue(app, field);
  return html`${(field.value as unknown[]).length}行`;
}

const UNITS = ['B', 'KB', 'MB', 'GB'];

function fileSize(bytes: number, unit = 0): string {
  if (bytes < 1024 || unit === UNITS.length - 1) return `${Math.round(bytes * 10) / 10} ${UNITS[unit] ?? ''}`;
  return fileSize(bytes / 1024, unit + 1);
}

/** A value as a person reads it. */
function showValue(app: App, field: ResponseField | undefined): Html {
  if (!field) return html``;
  const { value } = field;
  if (field.type === 'SUBTABLE') return showTable(app, value as { value: ResponseRecord }[]);
  if (field.type === 'FILE') {
    const files = value as { fileKey: string; name: string; size: string }[];
    return html`${files.map(
      (file) =>
        html`<div>
          <a href="/k/${app.id}/file?fileKey=${file.fileKey}">${file.name}</a>
          (${fileSize(Number(file.size))})
        </div>`,
    )}`;
  }
  if (Array.isArray(value)) {
    return html`${value.map((item) => (typeof item === 'string' ? item : (item as { name: string }).name)).join('、')}`;
  }
  if (field.type === 'CREATOR' || field.type === 'MODIFIER') return html`${(value as { name: string }).name}`;
  if (typeof value === 'string' && value !== '' && /TIME$/.test(field.type) && field.type !== 'TIME') {
    return html`${tokyo(new Date(value))}`;
  }
  return html`<span class="pre">${typeof value === 'string' ? value : ''}</span>`;
}

const WIDE = new Set(['SINGLE_LINE_TEXT', 'MULTI_LINE_TEXT', 'RICH_TEXT', 'LINK', 'FILE']);

function showTable(app: App, lines: { value: ResponseRecord }[]): Html {
  const [first] = lines;
  if (!first) return html``;
  const inner = Object.assign(
    {},
    ...Object.values(app.config.fields).map((field) => field.fields ?? {}),
  ) as Record<string, FieldDef>;
  const codes = Object.keys(first.value);
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${codes.map((code) => html`<th scope="col">${inner[code]?.label ?? code}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          (line) =>
            html`<tr>
              ${codes.map(
                (code) =>
                  html`<td class="${WIDE.has(inner[code]?.type ?? '') ? 'wide' : ''}">
                    ${showValue(app, line.value[code])}
                  </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const clock = new Intl.DateTimeFormat('ja-JP', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Asia/Tokyo',
});

function tokyo(at: Date): Html {
  return html`<time datetime="${formatInstant(at)}">${clock.format(at)}</time>`;
}

export function errorPage(frame: Frame, message: string): string {
  return page(
    frame,
    html`<h1>表示できません</h1>
      <p>${message}</p>
      <p><a href="/k/">アプリの一覧へ</a></p>`,
  );
}
