import type { RefusalCode } from '../domain/application/actions.ts';
import { REFUSAL_TEXTS } from '../domain/texts/application.ts';
import { PLACE_TEXTS } from '../domain/texts/rounds.ts';

export interface Kind {
  status: number;
  title: string;
}

/** Every problem besides the refusals of the domain: status and what a person is told. */
const KINDS = {
  invalid: { status: 400, title: '送られた内容の形が正しくありません。' },
  signInNeeded: {
    status: 401,
    title: 'ログインしてください。有効時間が過ぎた場合は、もう一度ログインが必要です。',
  },
  signInFailed: { status: 401, title: 'ログインできません。ログインIDとパスワードを確認してください。' },
  csrf: {
    status: 403,
    title: '画面の有効期限が切れました。画面を読み直してから、もう一度操作してください。',
  },
  passwordChangeRequired: {
    status: 403,
    title: '仮のパスワードです。はじめに新しいパスワードに変更してください。',
  },
  forbidden: { status: 403, title: 'この操作を行う権限がありません。' },
  unverified: {
    status: 403,
    title: 'メールアドレスの確認が終わっていません。メールで届いた6桁の確認コードを入力してください。',
  },
  notFound: { status: 404, title: '見つかりません。削除されたか、閲覧できない情報です。' },
  duplicate: { status: 409, title: '同じお子さんの同じ申請が、すでに受け付けられています。' },
  twiceInBatch: {
    status: 409,
    title: '同じお子さんの同じ申請が2つ含まれています。どちらかを外してください。',
  },
  batchRefused: {
    status: 422,
    title: 'まだ1件も申請していません。確認が必要な申請があります。',
  },
  /** What the child's enrolment or other applications do not allow; the detail says which, and what to use instead. */
  needNotMet: { status: 409, title: 'お子さんの在籍またはほかの申請の状況により、この申請はできません。' },
  closed: { status: 409, title: '現在、この申請は受け付けていません。受付期間を確認してください。' },
  fileGone: { status: 409, title: '添付した書類が見つかりません。もう一度添付してください。' },
  alreadySent: { status: 409, title: '送信済みの書類は削除できません。' },
  tooManyDrafts: { status: 409, title: '下書きが多すぎます。使わない下書きを削除してください。' },
  tooManyFiles: { status: 409, title: '添付した書類が多すぎます。使わない書類を削除してください。' },
  loginTaken: { status: 409, title: 'このログインIDは使われています。別のログインIDにしてください。' },
  paperNotYours: {
    status: 409,
    title: 'ほかの人が入力している紙の申請です。続きを入力する場合は、引き継いでください。',
  },
  paperChanged: {
    status: 409,
    title: '別の画面でこの入力が更新されました。画面を読み直して、最新の内容から続けてください。',
  },
  paperClosed: { status: 409, title: 'この紙の申請の入力は終わっています。一覧を読み直してください。' },
  exportMovedOn: { status: 409, title: 'この出力では、いまその操作はできません。画面を読み直してください。' },
  exportOutdated: { status: 409, title: 'この準備の内容は古くなっています。もう一度、準備してください。' },
  exportErased: {
    status: 410,
    title: '保存期間を過ぎたため、ファイルは消去されています。件数と確認用の値は残っています。',
  },
  answerFile: { status: 422, title: '回答ファイルを読み取れません。' },
  bulkEnded: { status: 409, title: 'このまとめて決定は、すでに終わっています。画面を読み直してください。' },
  bulkChanged: {
    status: 409,
    title: '確認した内容から変わっています。画面を読み直して、件数を確かめてください。',
  },
  noPlace: { status: 409, title: PLACE_TEXTS.noPlace },
  placeOutOfTurn: { status: 409, title: PLACE_TEXTS.placeOutOfTurn },
  placePast: { status: 409, title: PLACE_TEXTS.placePast },
  nothingToDecide: { status: 409, title: '決定できる申請がありません。条件を確認してください。' },
  noticesNone: {
    status: 409,
    title: '条件に当てはまる通知書がありません。期間や種類を変えてください。',
  },
  noticeDamaged: {
    status: 500,
    title:
      '保管されている通知書の内容を確認できませんでした。内容が作成時と違うため、表示も印刷もしません。管理者に連絡してください。',
  },
  enrolmentChanged: {
    status: 409,
    title: 'この児童の在籍が、画面を開いた後に変わりました。画面を読み直して、内容を確認してください。',
  },
  movePlacesFull: {
    status: 409,
    title:
      '移る先の新BOPに延長利用の枠がない月があります。児童課が枠を超えることを確認したうえで記録してください。',
  },
  nothingToCarry: { status: 409, title: '申請なしで続く児童がいないため、確定するものがありません。' },
  yearRunning: {
    status: 409,
    title: 'この年度の年度替わりの書き込みが、いま進んでいます。終わってから確定してください。',
  },
  settingChanged: {
    status: 409,
    title: 'ほかの人が先に変更しました。画面を読み直して、最新の内容から変更してください。',
  },
  unchanged: { status: 409, title: '前回から変わっていません。このままでよいか確認してください。' },
  nothingToAsk: { status: 409, title: '申請者への依頼はありません。' },
  tooLarge: { status: 413, title: '送られた内容が大きすぎます。' },
  fileTooLarge: { status: 413, title: 'ファイルが大きすぎます。' },
  fileType: {
    status: 415,
    title: 'この形式のファイルは使えません。PDF、JPEG、PNG、HEIC（iPhoneの写真）のファイルを選んでください。',
  },
  workbookUnreadable: {
    status: 422,
    title: 'このExcelファイルの内容を表示できません。ダウンロードして確認してください。',
  },
  fileEmpty: { status: 422, title: 'ファイルが空です。別のファイルを選んでください。' },
  invalidAnswers: { status: 422, title: '入力内容を確認してください。' },
  missingDocuments: { status: 422, title: '必要な書類が添付されていません。' },
  hintsUnread: { status: 422, title: '送信する前に確認していただきたいことがあります。' },
  notAsked: { status: 422, title: '依頼していない項目は変更できません。画面を読み直してください。' },
  wrongPassword: { status: 422, title: '現在のパスワードが違います。' },
  weakPassword: { status: 422, title: 'このパスワードは使えません。' },
  wrongCode: {
    status: 422,
    title: '確認コードが違うか、有効期限が切れています。もう一度入力するか、新しいコードを送ってください。',
  },
  locked: {
    status: 429,
    title: 'ログインの失敗が続いたため、しばらくログインできません。時間をおいてからお試しください。',
  },
  tooMany: { status: 429, title: '操作が続いたため、少し時間をおいてからお試しください。' },
  internal: { status: 500, title: '処理できませんでした。しばらくしてから、もう一度お試しください。' },
  unavailable: { status: 503, title: 'ただいま処理できません。しばらくしてから、もう一度お試しください。' },
  notConfirmed: {
    status: 503,
    title:
      '操作が完了したか確認できませんでした。もう一度同じ操作をしてください（二重に処理されることはありません）。',
  },
  kintoneAway: {
    status: 503,
    title: '書類・内容を読み出せません。しばらくしてから、もう一度お試しください。',
  },
  mailUnavailable: {
    status: 503,
    title: '確認のメールを送れませんでした。しばらくしてから、もう一度お試しください。',
  },
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof KINDS | RefusalCode;

const FORBIDDEN: readonly RefusalCode[] = [
  'notYourRole',
  'notYourApplication',
  'samePerson',
  'enteredByYou',
  'ownContact',
];
const CONFLICTS: readonly RefusalCode[] = [
  'ended',
  'wrongStage',
  'assignedToOther',
  'notAssigned',
  'openEscalation',
  'noSuchEscalation',
  'noSuchItem',
  'itemNotOpen',
  'notOverdue',
  'notLetter',
  'notPhone',
  'alreadyPosted',
  'noSuchContact',
  'alreadyConfirmed',
  'noFailedMail',
  'alreadyReminded',
  'alreadyWaiting',
  'changedSince',
  'waitsForAdmission',
  'admissionNotApproved',
  'nothingToCancel',
  'releaseNotDue',
];

/** What stands behind a code: status and Japanese title. */
export function kindOf(code: ProblemCode): Kind {
  if (code in KINDS) return KINDS[code as keyof typeof KINDS];
  const refusal = code as RefusalCode;
  const status = FORBIDDEN.includes(refusal) ? 403 : CONFLICTS.includes(refusal) ? 409 : 422;
  return { status, title: REFUSAL_TEXTS[refusal] };
}
