import type { ActionType, RefusalCode } from '../application/actions.ts';
import type { KintoneBook } from '../application/kintone-changes.ts';
import type {
  ContactDirection,
  ContactKind,
  FindingResult,
  ItemStatus,
  ReminderKind,
  RequestMethod,
  Stage,
} from '../application/state.ts';
import type { Queue, TaskKind } from '../application/tasks.ts';

/** Names of the stages as staff see them (Q09). */
export const STAGE_LABELS: Readonly<Record<Stage, string>> = {
  entryCheck: '入力確認待ち',
  firstReview: '一次審査',
  secondReview: '二次審査',
  awaitingApplicant: '不備対応中',
  awaitingDecision: '区決定待ち',
  awaitingRelease: '決定済み（通知日待ち）',
  approved: '承認',
  refused: '不承認',
  cancelled: '取り下げ',
};

export const QUEUE_LABELS: Readonly<Record<Queue, string>> = {
  checkEntry: '入力確認待ち',
  firstReview: '一次審査待ち',
  secondReview: '二次審査待ち',
  escalated: '区照会中',
  contact: '電話・連絡が必要',
  letters: '不備連絡文書の発送',
  overdue: '期限超過（督促）',
  awaitingApplicant: '申請者の回答待ち',
  decision: '区決定待ち',
  waiting: '入会の決定・枠の空き待ち',
  awaitingRelease: '通知日待ち',
  confirmContacts: '対応記録の確認',
  ended: '完了',
};

/** What has to be done next, as an instruction (Q07). */
export const TASK_LABELS: Readonly<Record<TaskKind, string>> = {
  checkEntry: '入力内容を申請書の画像と照合してください',
  correctEntry: '照合で差し戻された項目を確かめ、入力を訂正してください',
  firstReview: '一次審査をしてください',
  secondReview: '二次審査をしてください（一次審査と別の人）',
  instruct: '区の指示を回答してください',
  tellByPhone: '不備の内容と期限を電話で伝えてください',
  remindByPhone: '期限が近いことを電話で伝えてください',
  postLetter: '不備連絡文書を印刷して発送してください',
  consultAndChase: '区と協議し、督促してください',
  followUpMail: 'メールが届いていません。電話などで連絡してください',
  confirmContacts: '対応記録を確認してください',
  tellDecision: '決定の内容を伝えてください',
  tellWaitlisted: '待機になったことを電話で伝えてください',
  decide: '承認または不承認を決定してください',
  settleKintoneChange: 'kintone でレコードが変更されました。変更を認めるか、元に戻すかを決めてください',
  admissionFailed: '入会申請が承認されませんでした。この申請の扱いを決めてください',
  cancelledTooLate: '取り下げる申請は決定済みです。代わりの手続き（退会・延長辞退など）を案内してください',
};

/** The same for those whose task it is not: what is being waited for. */
export const TASK_WAITING: Readonly<Record<TaskKind, string>> = {
  checkEntry: '事務センターの入力確認を待っています',
  correctEntry: '事務センターの入力の訂正を待っています',
  firstReview: '事務センターの一次審査を待っています',
  secondReview: '事務センターの二次審査を待っています',
  instruct: '区の指示を待っています',
  tellByPhone: '事務センターから不備の内容を電話で伝えます',
  remindByPhone: '事務センターから期限が近いことを電話で伝えます',
  postLetter: '事務センターの不備連絡文書の発送を待っています',
  consultAndChase: '回答の期限を過ぎています。事務センターが区と協議します',
  followUpMail: 'メールが届いていません。事務センターから連絡します',
  confirmContacts: 'リーダーによる対応記録の確認を待っています',
  tellDecision: '事務センターから決定の内容を伝えます',
  decide: '区の決定を待っています',
  settleKintoneChange: 'kintone で変更された内容の、事務センターの確認を待っています',
  admissionFailed: '入会申請が承認されませんでした。区がこの申請の扱いを決めます',
  cancelledTooLate: '取り下げる申請は決定済みです。事務センターが代わりの手続きを案内します',
  tellWaitlisted: '事務センターから待機となったことを伝えます',
};

export const FINDING_LABELS: Readonly<Record<FindingResult, string>> = {
  met: '適合',
  deficient: '不備あり',
  notApplicable: '該当なし',
  inDoubt: '判断に迷う',
  notMet: '要件を満たさない',
};

export const CONTACT_LABELS: Readonly<Record<ContactKind, string>> = {
  phone: '電話',
  mail: 'メール',
  letter: '郵便',
  counter: '窓口',
};

export const DIRECTION_LABELS: Readonly<Record<ContactDirection, string>> = {
  toApplicant: 'こちらから連絡',
  fromApplicant: '申請者から連絡',
};

export const METHOD_LABELS: Readonly<Record<RequestMethod, string>> = {
  mail: 'メール',
  phone: '電話',
  letter: '不備連絡文書（郵便）',
};

export const ITEM_LABELS: Readonly<Record<ItemStatus, string>> = {
  open: '回答待ち',
  answered: '回答済み',
  waived: '提出不要',
  corrected: '補正済み',
};

/** The apps of kintone beside the application's own, as people know them. */
export const KINTONE_BOOK_LABELS: Readonly<Record<KintoneBook, string>> = {
  notices: '通知書',
  documents: '提出書類',
  reviews: '審査記録',
  contacts: '対応記録',
  enrolments: '在籍',
  ledger: '受付簿',
};

export const REMINDER_LABELS: Readonly<Record<ReminderKind, string>> = {
  before: '期限前',
  onDay: '期限当日',
};

/** What became of a mail to the applicant. */
export const MAIL_STATUS_LABELS = {
  sending: '送信中',
  sent: '送信済み',
  failed: '届きませんでした',
  superseded: '送信取りやめ（不要になったため）',
  joined: '同時に受け付けた申請とまとめて1通で送信',
} as const;

export const REVIEW_LABELS = { first: '一次審査', second: '二次審査' } as const;
/** How a review ended. */
export const REVIEW_OUTCOME_LABELS = { completed: '完了', agreed: '同意', returned: '差戻し' } as const;
/** A finding of the second reviewer: whether they agree with the first. */
export const OPINION_LABELS: Readonly<Partial<Record<FindingResult, string>>> = {
  met: '同意する',
  deficient: '同意しない',
};

/** How a version of the answers came to be. */
export const VERSION_LABELS = { filed: '申請時', answer: '申請者の回答', correction: '職員の補正' } as const;

/** Names of the actions, as buttons and headings show them. */
export const ACTION_LABELS: Readonly<Record<ActionType, string>> = {
  confirmEntry: '入力を確認済みにする',
  correctEntry: '入力を訂正する',
  returnEntry: '入力した人に差し戻す',
  claim: '担当する',
  assign: '担当者を決める',
  unassign: '担当を外す',
  completeFirstReview: '一次審査を完了する',
  agreeSecondReview: '二次審査で同意する',
  returnToFirst: '一次審査へ差し戻す',
  escalate: '区に照会する',
  instruct: '区の指示を回答する',
  withdrawEscalation: '照会を取り消す',
  answer: '不備に回答する',
  confirmTold: '電話で伝えたことを記録する',
  markLetterPosted: '発送済みにする',
  extendDeadline: '期限を延ばす',
  chase: '督促する',
  waiveItem: '提出を不要にする',
  correctMinor: '軽微な点を補正する',
  proceedWithoutAnswer: '回答なしで審査に進める',
  decide: '決定する',
  reviseDecision: '決定を取り消して審議し直す',
  waitlist: '待機にする',
  returnToReview: '審査に戻す',
  cancel: '取り下げる',
  addNote: 'メモを残す',
  recordContact: '対応を記録する',
  confirmContact: '対応記録を確認する',
  followUpMail: 'メール不達に対応する',
  remind: '期限をお知らせする',
  passDeadline: '期限を過ぎたことを記録する',
  reportMailFailure: 'メール不達を記録する',
  reportIntakeCheck: '受付点検を記録する',
  release: '決定を通知する',
  reportRelated: '関係する申請の状況を反映する',
  cancelOnRequest: '取り下げの手続きにより取り下げる',
  reportCancelledTooLate: '取り下げが間に合わなかったことを記録する',
  tellWaitlisted: '待機を知らせる',
  settleKintoneChange: 'kintone での変更を確認する',
  reportKintoneChange: 'kintone での変更を記録する',
  changeSettings: '暦・期限の設定を反映する',
};

/** Refusals in the user's words: what is the matter, and what to do. */
export const REFUSAL_TEXTS: Readonly<Record<RefusalCode, string>> = {
  ended: 'この申請はすでに完了しています。画面を読み直して、最新の状態を確認してください。',
  notYourRole: 'あなたの役割ではこの操作はできません。必要な場合は責任者に依頼してください。',
  notYourApplication: 'この申請を操作することはできません。',
  wrongStage:
    '申請の状態が変わったため、この操作はできません。画面を読み直して、最新の状態を確認してください。',
  samePerson: '一次審査をした人は二次審査をできません。別の人が審査してください。',
  enteredByYou: 'データを入力・補正した人は、その確認や審査をできません。別の人が行ってください。',
  assignedToOther: 'ほかの人が担当しています。代わる場合は、リーダーに担当の変更を依頼してください。',
  notAssigned: '担当者が決まっていません。',
  assigneeNotAllowed:
    'この人は担当にできません（一次審査をした人、データを入力・補正した人、または従事者以外）。別の人を選んでください。',
  openEscalation: '区への照会に回答がまだありません。回答を待つか、照会を取り消してから進めてください。',
  noSuchEscalation: '回答待ちの照会がありません。画面を読み直してください。',
  noDifference: '申請書の画像と違っている項目を1つ以上選んでください。',
  findingsIncomplete: '判定していない審査項目があります。すべての項目を判定してください。',
  findingsUnknown: 'この申請の審査基準にない項目があります。画面を読み直してください。',
  alwaysApplies: 'どの申請でも判定する項目です。「該当なし」以外を選んでください。',
  doubtUnresolved: '「判断に迷う」項目が残っています。区に照会し、指示を受けてから判定してください。',
  deficiencyIncomplete: '不備の理由と、対象の項目または書類を選んでください。',
  disagreementNeedsReturn: '一次審査と意見が異なる項目があります。理由を書いて一次審査へ差し戻してください。',
  returnNeedsDisagreement: '差し戻す項目を選んでください。',
  reasonMissing: '理由・内容を入力してください。',
  noSuchItem: '対象の不備が見つかりません。画面を読み直してください。',
  itemNotOpen: 'この不備はすでに回答済み、または提出不要になっています。画面を読み直してください。',
  nothingAnswered: '回答する項目を1つ以上入力してください。',
  deadlineNotLater: '新しい期限は、今日以降で、今の期限より後の日にしてください。',
  deadlineNotWorkingDay: '新しい期限は、土曜・日曜・祝日・年末年始を除く日にしてください。',
  notOverdue: 'まだ期限を過ぎていません。',
  noMailAddress: '申請者のメールアドレスがありません。電話で督促してください。',
  notLetter: '不備連絡文書による依頼ではありません。',
  notPhone: '電話による依頼ではありません。',
  alreadyPosted: 'すでに発送済みです。',
  postedInFuture: '発送日は、依頼した日から今日までの日にしてください。',
  effectiveDateMissing: '利用開始日を入力してください。',
  noSuchContact: '確認できる対応記録がありません（自分の記録は、別のリーダーが確認します）。',
  ownContact: '自分の対応記録は確認できません。別のリーダーに依頼してください。',
  alreadyConfirmed: 'すでに確認済みです。',
  noFailedMail: '届かなかったメールはありません。',
  alreadyReminded: 'すでにお知らせ済みです。',
  changedSince:
    '確認した後に、この申請の内容や状態が変わりました。最新の内容を確認してから決定してください。',
  waitsForAdmission:
    'このお子さんの入会申請がまだ決定していません。入会申請を先に決定してください。決定すると、この申請も決定できるようになります。',
  admissionNotApproved:
    'このお子さんの入会申請は承認されていません。この申請を承認することはできません（不承認にするか、申請者に取り下げを確認してください）。',
  nothingToCancel:
    '取り下げる申請は、すでに決定または取り下げ済みです。承認できません。退会・延長辞退などの手続きを案内してください。',
  noWaitingList: '待機にできるのは延長利用の申請だけです。',
  alreadyWaiting: 'すでに待機になっています。',
  releaseNotDue: '通知日がまだ来ていません。',
  changedInKintone:
    'kintone で申請の内容、書類または審査記録が変更されています。先に、変更を認めるか元に戻すかを決めてください。',
  cannotRestore: '元の内容が残っていないため、元に戻せません。内容を確認し、変更を認めてください。',
};

/** What is said of a finding that asks for something its criterion does not know. */
export const STRANGE_TEXTS: Readonly<Record<'reasonCode' | 'targets', string>> = {
  reasonCode: 'この審査項目の不備の理由ではありません。理由を選び直してください。',
  targets: 'この審査項目の対象ではない項目・書類が含まれています。対象を選び直してください。',
};
