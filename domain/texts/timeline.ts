import { displayDateWithWeekday } from '../procedures/format-dates.ts';
import type { ApplicationEvent, EventType } from '../application/events.ts';
import type { SeenInKintone } from '../application/kintone-changes.ts';
import type { Finding, FindingResult, RelatedOutcome } from '../application/state.ts';
import { CONTACT_LABELS, DIRECTION_LABELS, KINTONE_BOOK_LABELS, METHOD_LABELS } from './application.ts';

/** What the events' codes and ids mean. Each gives undefined for what it does not know. */
export interface TimelineNames {
  person(id: string): string | undefined;
  /** A text that a person wrote, by its reference. */
  text?(ref: string): string | undefined;
  criterion?(id: string): string | undefined;
  refusalReason?(code: string): string | undefined;
}

const date = (day: string) => displayDateWithWeekday(day, 'ja');

function countOf(findings: readonly Finding[], result: FindingResult): number {
  return findings.filter((f) => f.result === result).length;
}

function reviewText(findings: readonly Finding[]): string {
  const deficient = countOf(findings, 'deficient');
  const notMet = countOf(findings, 'notMet');
  const parts = [
    ...(deficient > 0 ? [`不備 ${deficient} 件`] : []),
    ...(notMet > 0 ? [`要件を満たさない項目 ${notMet} 件`] : []),
  ];
  return parts.length > 0 ? parts.join('、') : '不備なし';
}

function aboutCriterion(id: string | undefined, names: TimelineNames): string {
  return id === undefined ? '' : `（${names.criterion?.(id) ?? id}）`;
}

const told = (releaseOn: string | undefined) =>
  releaseOn === undefined ? undefined : `通知 ${date(releaseOn)}`;

/** What is worth noting, in brackets. */
function notes(...parts: readonly (string | undefined)[]): string {
  const given = parts.filter((part) => part !== undefined && part !== '');
  return given.length === 0 ? '' : `（${given.join('、')}）`;
}

const ADMISSION_WORDS: Readonly<Record<RelatedOutcome, string>> = {
  undecided: '入会の決定を待って決定します',
  approved: '入会が承認され、この申請を決定できるようになりました',
  refused: '入会が不承認になりました',
  cancelled: '入会申請が取り下げられました',
};

const CANCELLED_WORDS: Readonly<Record<RelatedOutcome, string>> = {
  undecided: '取り下げる申請を確認しました',
  approved: '取り下げる申請が承認されました',
  refused: '取り下げる申請が不承認になりました',
  cancelled: '取り下げる申請は取り下げ済みです',
};

type Words = {
  [T in EventType]: (event: Extract<ApplicationEvent, { type: T }>, names: TimelineNames) => string;
};

/** What was seen in kintone, and what came of it by itself. */
function seenInKintone({ kind, fields, record, restorable }: SeenInKintone): string {
  const of = record ? `${KINTONE_BOOK_LABELS[record.app]}の` : '';
  const count = `${fields.length} 項目`;
  switch (kind) {
    case 'deleted':
      return restorable === false
        ? `kintone で${of}レコードが削除されました（元の内容が残っていないため、書き込み直せません）`
        : `kintone で${of}レコードが削除されたため、書き込み直しました`;
    case 'system':
      return restorable === false
        ? `kintone で${of}システムの項目が変更されました（${count}、元の内容が残っていないため、戻せません）`
        : `kintone で${of}システムの項目が変更されたため、元に戻しました（${count}）`;
    case 'record':
    case 'answers':
      return `kintone で${record ? KINTONE_BOOK_LABELS[record.app] : '申請の内容'}が変更されました（${count}）`;
  }
}

const WORDS: Words = {
  received: (e) =>
    e.channel === 'online' ? '申請を受け付けました（オンライン）' : '申請を受け付けました（紙）',
  intakeChecked: (e) => `受付点検をしました（確認点 ${e.hints} 件、よく似た申請 ${e.lookAlikes} 件）`,
  entryConfirmed: () => '入力内容を申請書と照合し、確認済みにしました',
  entryCorrected: () => '入力内容を訂正しました（別の人の確認が必要です）',
  entryReturned: (e) => `照合で違いが見つかり、入力した人に差し戻しました（${e.differences.length} 項目）`,
  assigned: (e, names) =>
    e.by.kind === 'staff' && e.by.id === e.assignee
      ? '担当になりました'
      : `担当を ${names.person(e.assignee) ?? e.assignee} さんにしました`,
  unassigned: () => '担当を外しました',
  firstReviewCompleted: (e) => `一次審査を完了しました（${reviewText(e.findings)}）`,
  secondReviewAgreed: () => '二次審査で一次審査の結果に同意しました',
  returnedToFirst: () => '二次審査から一次審査へ差し戻しました',
  escalated: (e, names) => `区に照会しました${aboutCriterion(e.criterionId, names)}`,
  instructed: () => '区が指示を回答しました',
  escalationWithdrawn: () => '区への照会を取り消しました',
  deficiencyRequested: ({ request }) =>
    `不備 ${request.items.length} 件への回答を申請者にお願いしました（${request.round} 回目、${METHOD_LABELS[request.method]}、期限 ${date(request.deadline)}）`,
  applicantTold: () => '不備の内容と期限を電話で申請者に伝えました',
  letterPosted: (e) => `不備連絡文書を ${date(e.postedOn)} に発送しました（期限 ${date(e.deadline)}）`,
  reminded: (e) =>
    e.kind === 'before'
      ? '期限が近いことを申請者にお知らせしました'
      : '今日が期限であることを申請者にお知らせしました',
  deadlinePassed: (e) => `回答のないまま期限（${date(e.deadline)}）を過ぎました`,
  deadlineExtended: (e) => `期限を ${date(e.deadline)} に延ばしました`,
  chased: (e) =>
    `${e.method === 'phone' ? '電話' : 'メール'}で督促しました（新しい期限 ${date(e.deadline)}）`,
  itemWaived: () => '不備 1 件の提出を不要にしました',
  minorCorrected: () => '電話などで確認し、軽微な点を補正しました',
  answered: (e) =>
    `申請者が不備 ${e.itemIds.length} 件に回答しました${e.unchanged ? '（内容の変更なし）' : ''}`,
  reviewReopened: (e) =>
    ({
      answered: '回答がそろい、審査をやり直します',
      withoutAnswer: '回答なしで審査に進めました',
      byWard: '区が審査に戻しました',
      changedInKintone: 'kintone での変更を認めたため、審査をやり直します',
    })[e.cause],
  decided: (e, names) =>
    e.outcome === 'approved'
      ? `承認を決定しました${notes(e.effectiveFrom && `利用開始 ${date(e.effectiveFrom)}`, told(e.releaseOn))}`
      : `不承認を決定しました${notes((e.reasonCode && names.refusalReason?.(e.reasonCode)) ?? e.reasonCode ?? '理由なし', told(e.releaseOn))}`,
  released: (e) =>
    `通知日になり、${e.outcome === 'approved' ? '承認' : '不承認'}の決定を申請者に通知しました`,
  waitlisted: (e) => `待機にしました${notes(`順位 ${e.rank}番`, told(e.tellOn))}`,
  waitlistTold: () => '通知日になり、待機になったことを申請者に知らせました',
  decisionRevised: () => '区が決定を取り消しました（申請者への通知前）',
  relatedChanged: ({ role, related }) =>
    role === 'waitsFor'
      ? `${ADMISSION_WORDS[related.outcome]}（入会申請 ${related.receiptNumber}）`
      : `${CANCELLED_WORDS[related.outcome]}（${related.receiptNumber}）`,
  cancelledTooLate: () =>
    '取り下げる申請が同時に決定されていたため、取り下げられませんでした（代わりの手続きの案内が必要です）',
  cancelled: (e) =>
    e.onRequest
      ? `取り下げの手続き（${e.onRequest.receiptNumber}）が承認され、取り下げました`
      : e.by.kind === 'applicant'
        ? '申請者が申請を取り下げました'
        : '申請者の申し出により取り下げました',
  noted: () => 'メモを残しました',
  contactRecorded: ({ contact }) =>
    `対応を記録しました（${CONTACT_LABELS[contact.kind]}、${DIRECTION_LABELS[contact.direction]}）`,
  contactConfirmed: () => '対応記録を確認しました',
  changedInKintone: (e) => seenInKintone(e),
  kintoneChangeSettled: ({ choice }) =>
    choice === 'accept' ? 'kintone での変更を認めました' : 'kintone での変更を元に戻しました',
  mailFailed: () => 'メールが届きませんでした',
  mailFollowedUp: () => 'メール不達に別の方法で対応しました',
  settingsChanged: (e) =>
    e.deadline === undefined
      ? '暦または期限の設定の変更を反映しました'
      : `休業日が変わったため、期限を ${date(e.deadline)} に延ばしました`,
};

/** What happened, in words for staff. */
export function staffWords(event: ApplicationEvent, names: TimelineNames): string {
  return (WORDS[event.type] as (e: ApplicationEvent, n: TimelineNames) => string)(event, names);
}
