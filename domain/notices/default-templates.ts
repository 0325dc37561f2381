import { NOTICE_KINDS, type NoticeKind } from './kinds.ts';
import type { NoticeTemplate } from './template.ts';

const SENDER = ['世田谷区長', '（子ども・若者部 児童課 扱い）'];
const ASK = 'ご不明な点は、下記の窓口までお問い合わせください。';

/** 教示 as the laws on appeals (行政不服審査法82条) and suits (行政事件訴訟法46条) have it; the ward's own text replaces it. */
const OBJECTION = [
  'この決定に不服がある場合は、この決定があったことを知った日の翌日から起算して3か月以内に、世田谷区長に対して審査請求をすることができます。',
  'この決定の取消しを求める訴えは、この決定があったことを知った日の翌日から起算して6か月以内に、世田谷区を被告として（訴訟において世田谷区を代表する者は世田谷区長となります。）提起することができます。なお、この決定があったことを知った日の翌日から起算して6か月以内であっても、決定の日の翌日から起算して1年を経過すると、提起することができなくなります。',
];

const child = [
  { label: '児童の氏名', value: '{childName}（{childKana}）' },
  { label: '生年月日', value: '{childBirthDate}' },
];
const club = { label: '利用する新BOP', value: '{bopName}' };
const application = { label: '受付番号', value: '{receiptNumber}（{receivedOn}申請）' };

function template(
  mark: string,
  own: Pick<NoticeTemplate, 'title' | 'opening' | 'rows'> & Partial<NoticeTemplate>,
) {
  return {
    number: `{eraYear}世児童${mark}第{serial}号`,
    closing: [ASK],
    // Printed only where the ward says that the decision is a disposition (domain.md).
    objection: { procedures: [], text: OBJECTION },
    sender: SENDER,
    delivery: { online: 'post', paper: 'post' },
    ...own,
  } satisfies NoticeTemplate;
}

/** Texts to begin with, marked as defaults until the ward sets its own (Q22). */
export const DEFAULT_TEMPLATES: Readonly<Record<NoticeKind, NoticeTemplate>> = {
  admissionApproved: template('入', {
    title: '新BOP学童クラブ入会承認通知書',
    opening: [
      '{receivedOn}に申請のありました新BOP学童クラブの入会について、次のとおり承認しましたので通知します。',
    ],
    rows: [
      ...child,
      { label: '学年', value: '{grade}' },
      { label: '利用年度', value: '{fiscalYear}' },
      club,
      { label: '利用期間', value: '{from}から{to}まで' },
      { label: '利用料', value: '{fee}' },
      application,
    ],
    closing: [
      '勤務先や住所など、申請の内容に変更があったときは、速やかに届け出てください。利用をやめるときは、退会の手続きが必要です。',
      ASK,
    ],
  }),
  extendedUseApproved: template('延', {
    title: '新BOP学童クラブ延長利用承認通知書',
    opening: [
      '{receivedOn}に申請のありました新BOP学童クラブの延長利用について、次のとおり承認しましたので通知します。',
    ],
    rows: [
      ...child,
      club,
      { label: '利用の区分', value: '{useMode}' },
      { label: '利用期間', value: '{from}から{to}まで' },
      { label: '延長利用料', value: '{extendedFee}' },
      application,
    ],
  }),
  declineConfirmed: template('辞', {
    title: '新BOP学童クラブ延長利用辞退確認通知書',
    opening: ['{receivedOn}に届け出のありました延長利用の辞退を、次のとおり受理しましたので通知します。'],
    rows: [...child, club, { label: '延長利用をやめる月', value: '{from}から' }, application],
  }),
  withdrawalConfirmed: template('退', {
    title: '新BOP学童クラブ退会確認通知書',
    opening: [
      '{receivedOn}に届け出のありました新BOP学童クラブの退会を、次のとおり受理しましたので通知します。',
    ],
    rows: [...child, club, { label: '退会日（最後に利用する日）', value: '{lastDay}' }, application],
    closing: ['再び利用を希望されるときは、改めて入会の申請が必要です。', ASK],
  }),
  withdrawalChangeConfirmed: template('変', {
    title: '新BOP学童クラブ退会日変更確認通知書',
    opening: ['{receivedOn}に届け出のありました退会日の変更を、次のとおり受理しましたので通知します。'],
    rows: [...child, club, { label: '変更後の退会日', value: '{lastDay}' }, application],
  }),
  feeReductionApproved: template('減', {
    title: '新BOP学童クラブ利用料減免決定通知書',
    opening: [
      '{receivedOn}に申請のありました新BOP学童クラブの利用料の減免について、次のとおり決定しましたので通知します。',
    ],
    rows: [
      ...child,
      club,
      { label: '減免の理由', value: '{reductionReason}' },
      { label: '減免の期間', value: '{from}から{to}まで' },
      application,
    ],
    closing: ['減免の理由に当たらなくなったときは、速やかに届け出てください。', ASK],
  }),
  certificate: template('証', {
    title: '{answers.certificate_kind}',
    opening: ['次のとおり相違ないことを証明します。'],
    rows: [
      ...child,
      { label: '保護者の氏名', value: '{guardianName}' },
      { label: '住所', value: '{address}' },
      { label: '在籍した期間', value: '{enrolledPeriods}' },
      { label: '月ごとの利用料', value: '{monthlyFees}' },
      { label: '利用料の合計', value: '{feesTotal}' },
      { label: '提出先', value: '{answers.certificate_addressee}' },
      application,
    ],
    closing: ['この証明書が真正であることは、QRコード、または照会番号と確認コードで確かめることができます。'],
  }),
  approved: template('決', {
    title: '{procedure}に関する決定通知書',
    opening: ['{receivedOn}に申請のありました{procedure}について、次のとおり承認しましたので通知します。'],
    rows: [
      ...child,
      club,
      { label: '移る先の新BOP', value: '{newBopName}' },
      { label: '適用の開始', value: '{from}から' },
      application,
    ],
  }),
  refused: template('否', {
    title: '新BOP学童クラブ{procedure}に係る不承認通知書',
    opening: ['{receivedOn}にありました{procedure}について、次の理由により承認できませんので通知します。'],
    rows: [
      ...child,
      club,
      { label: '承認しない理由', value: '{reason}' },
      { label: '理由の説明', value: '{reasonText}' },
      application,
    ],
  }),
};

/** The defaults as settings, by key. */
export function defaultNoticeSettings(): Readonly<Record<`notice:${NoticeKind}`, NoticeTemplate>> {
  return Object.fromEntries(
    NOTICE_KINDS.map((kind) => [`notice:${kind}`, DEFAULT_TEMPLATES[kind]]),
  ) as Record<`notice:${NoticeKind}`, NoticeTemplate>;
}
