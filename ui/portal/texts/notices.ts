import { messages } from '../../i18n/index.tsx';

/** Notices: the family's own, and the page on which anybody can check one. */
export const notices = messages({
  title: { ja: '通知書', en: 'Notices', easy: '{通知書|つうちしょ}' },
  open: { ja: '内容を見る', en: 'Open', easy: '{見|み}る' },
  download: { ja: 'PDFを保存する', en: 'Save as PDF', easy: 'PDFを {保存|ほぞん}する' },
  inJapanese: {
    ja: '区が発行した通知書です。郵送した通知書と同じ内容です。',
    en: 'This is the official notice of the ward, in Japanese. A notice sent by post says the same.',
    easy: '{区|く}からの {通知書|つうちしょ}です。{郵便|ゆうびん}で {送|おく}ったものと {同|おな}じです。',
  },
  back: { ja: '申請へ戻る', en: 'Back to the application', easy: '{申請|しんせい}に {戻|もど}る' },
  issued: { ja: '{date}付け', en: 'dated {date}', easy: '{date}' },
  verifyTitle: { ja: '通知書の確認', en: 'Check a notice', easy: '{通知書|つうちしょ}を {確|たし}かめる' },
  verifyLead: {
    ja: '新BOP学童クラブの通知書・証明書が、世田谷区の発行したものかどうかを確かめられます。',
    en: 'Find out whether a notice or certificate of the Shin-BOP after-school clubs was issued by Setagaya.',
    easy: '{通知書|つうちしょ}が {本物|ほんもの}か どうか、{確|たし}かめることが できます。',
  },
  verifyHow: {
    ja: '通知書の右上のQRコードを読み取るか、その横の照会番号と確認コードを入力してください。',
    en: 'Scan the QR code at the top right, or type the reference and check code beside it.',
    easy: '{右上|みぎうえ}の QRコードを {読|よ}むか、{番号|ばんごう}を {入|い}れてください。',
  },
  reference: { ja: '照会番号', en: 'Reference', easy: '{照会|しょうかい}{番号|ばんごう}' },
  checkCode: { ja: '確認コード', en: 'Check code', easy: '{確認|かくにん}コード' },
  referenceHint: { ja: '例：N26A-000123', en: 'e.g. N26A-000123', easy: '{例|れい}：N26A-000123' },
  checkCodeHint: { ja: '例：7K3F-9QTM', en: 'e.g. 7K3F-9QTM', easy: '{例|れい}：7K3F-9QTM' },
  check: { ja: '確認する', en: 'Check', easy: '{確|たし}かめる' },
  missing: {
    ja: '入力してください。',
    en: 'Please fill this in.',
    easy: '{入|い}れてください。',
  },
  valid: {
    ja: '有効な通知書です',
    en: 'This notice is valid',
    easy: '{本物|ほんもの}の {通知書|つうちしょ}です',
  },
  validBody: {
    ja: '次の内容が、お手元の通知書と同じか確かめてください。違う場合は、内容が書き換えられています。',
    en: 'Compare this with the paper in your hand. If it differs, the paper has been altered.',
    easy: '{紙|かみ}と {同|おな}じか {見|み}てください。{違|ちが}うときは、{本物|ほんもの}では ありません。',
  },
  voided: {
    ja: '取り消された通知書です',
    en: 'This notice has been withdrawn',
    easy: '{取|と}り{消|け}された {通知書|つうちしょ}です',
  },
  voidedBody: {
    ja: '区が発行しましたが、その後取り消されました。効力はありません。',
    en: 'It was issued by the ward but withdrawn later. It has no effect.',
    easy: 'もう {使|つか}えません。',
  },
  unknown: {
    ja: '確認できませんでした',
    en: 'This could not be confirmed',
    easy: '{確|たし}かめられませんでした',
  },
  unknownBody: {
    ja: '世田谷区が発行した通知書ではないか、番号の入力が違います。もう一度、番号と確認コードを確かめてください。',
    en: 'Either it was not issued by Setagaya, or a number is wrong. Please check reference and check code again.',
    easy: '{番号|ばんごう}を もう{一度|いちど} {見|み}てください。{本物|ほんもの}では ないかも しれません。',
  },
  kind: { ja: '種類', en: 'Kind', easy: '{種類|しゅるい}' },
  number: { ja: '文書番号', en: 'Number', easy: '{番号|ばんごう}' },
  date: { ja: '日付', en: 'Date', easy: '{日|ひ}' },
  child: {
    ja: '児童の氏名（一部のみ）',
    en: 'Child (in part)',
    easy: '{子|こ}どもの {名前|なまえ}（すこしだけ）',
  },
  nameAway: { ja: 'いまは表示できません', en: 'Cannot be shown now', easy: 'いま {見|み}られません' },
});
