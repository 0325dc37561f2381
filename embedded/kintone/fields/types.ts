/** What kintone's field types have in common and where they differ: name, kind of value, operators in queries. */
import type { LocalText } from '../errors.ts';

/** How a value is stored and compared. */
export type ValueKind =
  'text' | 'number' | 'date' | 'time' | 'datetime' | 'choice' | 'list' | 'codes' | 'files' | 'table' | 'none';

export type Operator =
  '=' | '!=' | '>' | '<' | '>=' | '<=' | 'in' | 'not in' | 'like' | 'not like' | 'is empty' | 'is not empty';

export interface FieldType {
  label: LocalText;
  kind: ValueKind;
  operators: ReadonlySet<Operator>;
  sortable: boolean;
  /** Whether a "no duplicates" setting is kept. */
  uniqueAllowed: boolean;
}

const ops = (...list: Operator[]): ReadonlySet<Operator> => new Set(list);
const COMPARE: Operator[] = ['=', '!=', '>', '<', '>=', '<='];
const IN: Operator[] = ['in', 'not in'];
const LIKE: Operator[] = ['like', 'not like'];
const EMPTY: Operator[] = ['is empty', 'is not empty'];

function type(
  ja: string,
  en: string,
  kind: ValueKind,
  operators: ReadonlySet<Operator>,
  options: { sortable?: boolean; unique?: boolean } = {},
): FieldType {
  return {
    label: { ja, en },
    kind,
    operators,
    sortable: options.sortable ?? true,
    uniqueAllowed: options.unique ?? false,
  };
}

const NOT_SORTABLE = { sortable: false };

export const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  RECORD_NUMBER: type('レコード番号', 'Record number', 'number', ops(...COMPARE, ...IN)),
  __ID__: type('レコードID', 'Record ID', 'number', ops(...COMPARE, ...IN)),
  __REVISION__: type('リビジョン', 'Revision', 'number', ops(), NOT_SORTABLE),
  SINGLE_LINE_TEXT: type('文字列（1行）', 'Text', 'text', ops('=', '!=', ...IN, ...LIKE), { unique: true }),
  LINK: type('リンク', 'Link', 'text', ops('=', '!=', ...IN, ...LIKE), { unique: true }),
  MULTI_LINE_TEXT: type('文字列（複数行）', 'Text area', 'text', ops(...LIKE, ...EMPTY), NOT_SORTABLE),
  RICH_TEXT: type('リッチエディター', 'Rich text', 'text', ops(...LIKE, ...EMPTY), NOT_SORTABLE),
  NUMBER: type('数値', 'Number', 'number', ops(...COMPARE, ...IN), { unique: true }),
  CALC: type('計算', 'Calculated', 'number', ops(...COMPARE, ...IN)),
  CHECK_BOX: type('チェックボックス', 'Check box', 'list', ops(...IN), NOT_SORTABLE),
  MULTI_SELECT: type('複数選択', 'Multi-choice', 'list', ops(...IN), NOT_SORTABLE),
  RADIO_BUTTON: type('ラジオボタン', 'Radio button', 'choice', ops(...IN)),
  DROP_DOWN: type('ドロップダウン', 'Drop-down', 'choice', ops(...IN)),
  DATE: type('日付', 'Date', 'date', ops(...COMPARE), { unique: true }),
  TIME: type('時刻', 'Time', 'time', ops(...COMPARE)),
  DATETIME: type('日時', 'Date and time', 'datetime', ops(...COMPARE), { unique: true }),
  FILE: type('添付ファイル', 'Attachment', 'files', ops(...LIKE, ...EMPTY), NOT_SORTABLE),
  USER_SELECT: type('ユーザー選択', 'User selection', 'codes', ops(...IN), NOT_SORTABLE),
  ORGANIZATION_SELECT: type('組織選択', 'Department selection', 'codes', ops(...IN), NOT_SORTABLE),
  GROUP_SELECT: type('グループ選択', 'Group selection', 'codes', ops(...IN), NOT_SORTABLE),
  CREATOR: type('作成者', 'Created by', 'codes', ops(...IN)),
  MODIFIER: type('更新者', 'Updated by', 'codes', ops(...IN)),
  CREATED_TIME: type('作成日時', 'Created datetime', 'datetime', ops(...COMPARE)),
  UPDATED_TIME: type('更新日時', 'Updated datetime', 'datetime', ops(...COMPARE)),
  STATUS: type('ステータス', 'Status', 'choice', ops('=', '!=', ...IN)),
  STATUS_ASSIGNEE: type('作業者', 'Assignee', 'codes', ops(...IN), NOT_SORTABLE),
  CATEGORY: type('カテゴリー', 'Categories', 'list', ops(...IN), NOT_SORTABLE),
  SUBTABLE: type('テーブル', 'Table', 'table', ops(), NOT_SORTABLE),
  GROUP: type('グループ', 'Field group', 'none', ops(), NOT_SORTABLE),
  REFERENCE_TABLE: type('関連レコード一覧', 'Related records', 'none', ops(), NOT_SORTABLE),
};

/** The type of a field; every stored field has one of the known types. */
export function fieldType(name: string): FieldType {
  const found = FIELD_TYPES[name];
  if (!found) throw new Error(`Unknown field type ${name}`);
  return found;
}
