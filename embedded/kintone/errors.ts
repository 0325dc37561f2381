/**
 * kintone's error answers: a code, an HTTP status and a message in the language of whoever asked.
 * The codes, statuses and texts are those measured on kintone; which call gives which is decided by the callers.
 */

import type { Language, LocalText } from './texts.ts';

export type { Language, LocalText } from './texts.ts';
export { texts } from './texts.ts';

/** Messages for one request path, e.g. `record.name.value` → texts; the body of a CB_VA01 answer. */
export type FieldErrors = Map<string, LocalText[]>;

/** The JSON body kintone sends with an error. */
export interface ErrorBody {
  code: string;
  id: string;
  message: string;
  errors?: Record<string, { messages: string[] }>;
}

/** A refusal that reaches the client as kintone would send it. */
export class KintoneError extends Error {
  override readonly name = 'KintoneError';
  readonly code: string;
  readonly status: number;
  readonly text: LocalText;
  readonly fields: FieldErrors | undefined;

  constructor(code: string, status: number, text: LocalText, fields?: FieldErrors) {
    super(`[${code}] ${text.en}`);
    this.code = code;
    this.status = status;
    this.text = text;
    this.fields = fields;
  }
}

const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A 20-character id as kintone puts on each error. */
export function errorId(): string {
  let id = '';
  for (let i = 0; i < 20; i += 1) id += ID_LETTERS.charAt(Math.floor(Math.random() * ID_LETTERS.length));
  return id;
}

/** The answer's body for an error, in the given language. */
export function errorBody(error: KintoneError, language: Language): ErrorBody {
  const body: ErrorBody = { code: error.code, id: errorId(), message: error.text[language] };
  if (error.fields && error.fields.size > 0) {
    body.errors = {};
    for (const [path, texts] of error.fields) {
      body.errors[path] = { messages: texts.map((text) => text[language]) };
    }
  }
  return body;
}

const make =
  (code: string, status: number) =>
  (ja: string, en: string): KintoneError =>
    new KintoneError(code, status, { ja, en });

/** CB_VA01 with its messages by path. */
export function validationError(fields: FieldErrors): KintoneError {
  return new KintoneError(
    'CB_VA01',
    400,
    { ja: '入力内容が正しくありません。', en: 'Missing or invalid input.' },
    fields,
  );
}

/** CB_VA01 for one path. */
export function invalid(path: string, text: LocalText): KintoneError {
  return validationError(new Map([[path, [text]]]));
}

/** Every refusal with a code of its own. */
export const errors = {
  notLoggedIn: () => make('CB_AU01', 401)('ログインしてください。', 'Please login.'),
  badPassword: () =>
    make('CB_WA01', 401)(
      'ユーザーのパスワード認証に失敗しました。「X-Cybozu-Authorization」ヘッダーの値が正しくありません。',
      'Password authentication failed. The value in http header of X-Cybozu-Authorization is not valid.',
    ),
  badToken: () =>
    make('GAIA_IA02', 400)(
      '指定したAPIトークンは、アプリで生成されたAPIトークンと一致しません。',
      'The specified API token does not match the API token generated via an app.',
    ),
  tokensOfOneApp: () =>
    make('GAIA_DA03', 400)(
      '同じアプリのAPIトークンを重複して指定することはできません。',
      'You cannot specify a duplicate API token for the same app.',
    ),
  tokenForbidden: () =>
    make('GAIA_NO01', 403)(
      'このAPIトークンでは、指定したAPIを実行できません。',
      'Using this API token, you cannot run the specified API.',
    ),
  forbidden: () => make('CB_NO02', 403)('権限がありません。', 'No privilege to proceed.'),
  malformed: () => make('CB_IL02', 400)('不正なリクエストです。', 'Illegal request.'),
  badJson: () => make('CB_IJ01', 400)('不正なJSON文字列です。', 'Invalid JSON string.'),
  noApi: () => make('CB_IL02', 404)('不正なリクエストです。', 'Illegal request.'),
  noApp: (id: number | string) =>
    make('GAIA_AP01', 404)(
      `指定したアプリ（id: ${id}）が見つかりません。削除されている可能性があります。`,
      `The app (ID: ${id}) not found. The app may have been deleted.`,
    ),
  noRecord: (id: number | string) =>
    make('GAIA_RE01', 404)(
      `指定したレコード（id: ${id}）が見つかりません。`,
      `The specified record (ID: ${id}) is not found.`,
    ),
  noRecordByKey: () =>
    make('GAIA_RE20', 404)(
      '「updateKey」で指定した条件に一致するレコードがありません。',
      'No records match the conditions specified in the "updateKey" field.',
    ),
  keyNotUnique: (code: string) =>
    make('GAIA_IQ27', 400)(
      `レコードの更新に失敗しました。「updateKey」に指定したフィールド（code: ${code}）に「値の重複を禁止する」を設定する必要があります。`,
      `Failed to update record. The field (code: ${code}) set as "updateKey" must be set to "Prohibit duplicate values".`,
    ),
  staleRevision: () =>
    make('GAIA_CO02', 409)(
      '指定したrevisionは最新ではありません。ほかのユーザーがレコードを更新した可能性があります。',
      'The revision is not the latest. Someone may update a record.',
    ),
  staleSettings: (id: number) =>
    make('GAIA_CO03', 409)(
      `指定したrevisionは最新ではありません。ほかのユーザーがアプリ（id: ${id}）の設定を更新した可能性があります。`,
      `The revision is not the latest. Someone may update the app settings (ID: ${id}).`,
    ),
  notWritable: (type: string) =>
    make('GAIA_UN10', 400)(
      `${type}型のフィールドに値を設定することはできません。`,
      `Cannot update field whose type is ${type}.`,
    ),
  categoryNotWritable: () =>
    make('GA_UO01', 400)(
      'APIでは次の操作はできません：カテゴリーの値の編集',
      'The following operation is not available with the API: editing the value of the category',
    ),
  systemValueForbidden: (code: string) =>
    make('GAIA_BF02', 403)(
      `フィールド「${code}」の値を指定してレコードを追加するには、アプリの管理権限が必要です。`,
      `App permissions are required to add records with specifying a value in the "${code}" field.`,
    ),
  fieldForbidden: (code: string) =>
    make('GAIA_FU01', 403)(
      `フィールド「${code}」の編集権限がありません。`,
      `Edit permissions are required to edit field "${code}".`,
    ),
  noUser: (code: string) =>
    make('GAIA_IL26', 400)(
      `指定したユーザー（code：${code}）が見つかりません。`,
      `The specified user (code：${code}) not found.`,
    ),
  noGroup: (code: string) =>
    make('GAIA_IL27', 400)(
      `指定したグループ（code：${code}）が見つかりません。`,
      `The specified group (code：${code}) not found.`,
    ),
  noOrganization: (code: string) =>
    make('GAIA_IL28', 400)(
      `指定した組織（code：${code}）が見つかりません。`,
      `The specified organization (code：${code}) not found.`,
    ),
  lockFailed: () =>
    make('GAIA_DA02', 400)(
      'データベースのロックに失敗したため、変更を保存できませんでした。時間をおいて再度お試しください。',
      'Failed to save the changes because the database could not be locked. Please try again later.',
    ),
  tooManyRequests: () =>
    make('GAIA_TO04', 429)(
      'APIの同時リクエスト数が上限を超えています。',
      'The number of concurrent API requests exceeds the limit.',
    ),
  tooManyCursors: () =>
    make('GAIA_TM12', 429)(
      '作成できるカーソルの上限に達しているため、カーソルを作成できません。不要なカーソルを削除するか、しばらく経ってから再実行してください。',
      'The maximum number of cursors that can be created has been reached. Delete unnecessary cursors or try again later.',
    ),
  noCursor: () =>
    make('GAIA_CN01', 404)(
      '指定したカーソルは存在しないか、既に有効期限が切れています。',
      'The specified cursor does not exist or has already expired.',
    ),
  noFile: (key: string) =>
    make('GAIA_BL01', 404)(
      `指定したファイル（id: ${key}）が見つかりません。`,
      `The specified file (id: ${key}) not found.`,
    ),
  noComment: () =>
    make('GAIA_RE02', 400)(
      '指定したコメントが存在しません。削除された可能性があります。',
      'The specified comment does not exist. The comment may have been deleted.',
    ),
  commentOfOther: (id: number) =>
    make('GAIA_RE03', 403)(
      `コメント（id: ${id}）を削除できません。ほかのユーザーが投稿したコメントです。`,
      `Cannot delete the comment (ID: ${id}). The comment was posted by someone other than you.`,
    ),
  commentsOff: () => make('GAIA_RE12', 400)('コメント機能が無効です。', 'Comment feature is disabled.'),
  lookupMissing: (code: string, value: string) =>
    make('GAIA_LO04', 400)(
      `フィールド「${code}」の値「${value}」が、ルックアップの参照先のフィールドにないか、またはアプリやフィールドの閲覧権限がありません。`,
      `A value ${value} in the field ${code} does not exist in the datasource app for lookup, or you do not have permission to view the app or the field.`,
    ),
  lookupKeyNotUnique: () =>
    make('GAIA_LO03', 400)(
      'ルックアップの参照先から値をコピーできません。「コピー元のフィールド」に指定したフィールドの設定で「値の重複を禁止する」を選択しておく必要があります。',
      'Failed to copy the value from the datasource app for lookup. "Prohibit duplicate values" must be selected in the settings of the key field.',
    ),
  badFormula: (label: string, why: LocalText) =>
    make('GAIA_IL01', 400)(
      `フィールド「${label}」の計算式が正しくありません。(エラーの内容：${why.ja})`,
      `The formula of the field "${label}" is incorrect. (${why.en})`,
    ),
  statusFailed: () =>
    make('GAIA_IL03', 400)(
      'ステータスの変更に失敗しました。ほかのユーザーがステータス、またはステータスの設定を変更した可能性があります。',
      'Failed to update the status. The settings or the status itself may have been changed by someone.',
    ),
  noAssignee: () => make('GAIA_SA01', 400)('作業者を指定してください。', 'Assignee is required.'),
  assigneeNotAsked: () =>
    make('GAIA_SA04', 400)(
      'ステータスの更新に失敗しました。このアクションでは、作業者を指定できません。',
      'Failed to update status. Assignee cannot be specified by the action.',
    ),
  onlyAssignee: () =>
    make('GAIA_NT01', 403)('作業者のみがステータスを変更できます。', 'Only Assignee can change the status.'),
  viewKey: (key: string, name: string) =>
    make('GAIA_IN01', 400)(
      `一覧の更新に失敗しました。キー ${key} が name パラメーターの値 ${name} と一致しません。`,
      `Failed to update view. Key ${key} does not match the value of ${name} in the name parameter.`,
    ),
  oneAssignee: () =>
    make('GAIA_SA02', 400)(
      'このステータスの作業者には、1人だけを指定できます。',
      'Only one assignee can be specified for this status.',
    ),
  statusDisabled: () =>
    make('GAIA_ST02', 400)(
      '操作に失敗しました。プロセス管理機能が無効化されています。',
      'Your request failed. The process management feature has been disabled.',
    ),
  guestSpaceApp: () =>
    make('GAIA_IL23', 400)(
      'ゲストスペース内のアプリを操作する場合は、リクエストのURLを「/k/guest/（ゲストスペースのID）/v1/...」にします。',
      'To use an app in a guest space, specify the request URL as "/k/guest/(guest space ID)/v1/...".',
    ),
  noFieldInForm: (code: string) =>
    make('GAIA_FC01', 400)(
      `指定されたフィールド（code: ${code}）が見つかりません。`,
      `The field (code: ${code}) not found.`,
    ),
  limitTooLarge: () =>
    make('GAIA_QU01', 400)('limit には 500 以下の値を指定してください。', 'limit must be 500 or less.'),
  offsetTooLarge: () =>
    make('GAIA_QU02', 400)(
      'offset には 10,000 以下の値を指定してください。',
      'offset must be 10,000 or less.',
    ),
  operatorNotAllowed: (type: LocalText, operator: string) =>
    make('GAIA_IQ03', 400)(
      `${type.ja}フィールドのフィールドタイプには演算子${operator}を使用できません。`,
      `The operator ${operator} cannot be used with the field type ${type.en}.`,
    ),
  operatorNotInTable: (code: string, operator: string) =>
    make('GAIA_IQ07', 400)(
      `テーブルに設定している場合、${code}フィールドのフィールドタイプには、演算子${operator}を使用できません。`,
      `The operator ${operator} cannot be used with the field ${code} because it is in a table.`,
    ),
  noOption: (code: string, value: string) =>
    make('GAIA_IQ10', 400)(
      `フィールド「${code}」の項目に「${value}」は存在しません。`,
      `The option "${value}" does not exist in the field "${code}".`,
    ),
  noFieldInQuery: (code: string) =>
    make('GAIA_IQ11', 400)(
      `指定されたフィールド（${code}）が見つかりません。`,
      `Specified field (${code}) not found.`,
    ),
  badMonthDay: (day: string) =>
    make('GAIA_IQ23', 400)(
      `指定した日にち（${day}）は無効です。1から31までの整数で指定します。`,
      `The specified day (${day}) is invalid. Specify an integer between 1 and 31.`,
    ),
  badFromTodayUnit: () =>
    make('GAIA_IQ25', 400)(
      'FROM_TODAY()の第2引数には、「DAYS」「WEEKS」「MONTHS」「YEARS」のいずれかを指定します。',
      'Specify "DAYS", "WEEKS", "MONTHS" or "YEARS" as the second argument of FROM_TODAY().',
    ),
  badArgumentCount: () => make('GAIA_IL08', 400)('クエリの指定が不正です。', 'The query is invalid.'),
  dottedTableField: (code: string) =>
    make('GAIA_IR02', 400)(
      `フィールド「${code}」に指定したクエリが正しくありません。指定したクエリは、関連レコード一覧フィールドでのみ使用できます。`,
      `The query specified for the field "${code}" is invalid. It can be used for related records fields only.`,
    ),
  badSort: (code: string) =>
    make('GAIA_IQ07', 400)(
      `フィールド「${code}」はソート条件に使用できません。`,
      `The field "${code}" cannot be used for sorting.`,
    ),
  noSpace: (id: number | string) =>
    make('OC_NO01', 404)(
      `スペース（id: ${id}）が見つからないか、すでに削除されています。`,
      `The space (id: ${id}) could not be found, or no longer exists.`,
    ),
  noThread: (id: number | string) =>
    make('OC_NO02', 404)(
      `スレッド（id: ${id}）が見つからないか、すでに削除されています。`,
      `The thread (id: ${id}) could not be found, or no longer exists.`,
    ),
  tooManyParameters: (name: string, max: number) =>
    make('GAIA_TO03', 400)(
      `パラメーターの数が上限を超えています。 - ${name}[${max}]`,
      `The number of parameters exceeds the limit. - ${name}[${max}]`,
    ),
  internal: () =>
    make('CB_SY01', 500)(
      'サーバーの内部でエラーが発生しました。',
      'An internal error occurred on the server.',
    ),
} as const;
