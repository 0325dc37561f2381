import { text } from '../../texts/locale.ts';
import type { DeficiencyReason } from '../definition.ts';

/** A reason for a deficiency, with what the applicant reads in three languages. */
export const reason = (
  code: string,
  label: string,
  ja: string,
  easy: string,
  en: string,
): DeficiencyReason => ({
  code,
  label,
  applicantText: text(ja, easy, en),
});

export const UNCLEAR = reason(
  'unclear',
  '記載内容の確認が必要',
  '入力内容に確認が必要な点があります。説明を読み、正しい内容を入力してください。',
  '{書|か}いてあることで、{確認|かくにん}したいことが あります。{説明|せつめい}を {読|よ}んで、{正|ただ}しく {書|か}いてください。',
  'Something in your answers needs to be checked. Please read the explanation and enter the correct details.',
);
export const MISSING = reason(
  'missing',
  '書類が未提出',
  '書類が提出されていません。書類を添付してください。',
  '{紙|かみ}が {出|で}ていません。{写真|しゃしん}か ファイルを {付|つ}けてください。',
  'The document has not been handed in. Please attach it.',
);
export const ILLEGIBLE = reason(
  'illegible',
  '書類が読み取れない',
  '書類の文字が読み取れません。全体がはっきり写るように撮影し直して、添付してください。',
  '{紙|かみ}の {字|じ}が {読|よ}めません。{全部|ぜんぶ}が はっきり {見|み}えるように、もう {一度|いちど} {写真|しゃしん}を とって、{付|つ}けてください。',
  'The document cannot be read. Please take a clear picture of the whole page and attach it.',
);
export const EXPIRED = reason(
  'expired',
  '証明日・有効期限が古い',
  '書類の証明日が古い、または有効期限が切れています。新しい書類を添付してください。',
  '{紙|かみ}の {日付|ひづけ}が {古|ふる}いです。{新|あたら}しい {紙|かみ}を {付|つ}けてください。',
  'The document is too old or has expired. Please attach a new one.',
);
export const INCOMPLETE = reason(
  'incomplete',
  '書類の記載漏れ',
  '書類に記入されていない欄があります。発行元に記入を依頼し、添付し直してください。',
  '{紙|かみ}に {書|か}いていない {所|ところ}が あります。{会社|かいしゃ}などに {書|か}いてもらい、もう {一度|いちど} {付|つ}けてください。',
  'Some boxes of the document are empty. Please have its issuer fill them in and attach it again.',
);
export const MISMATCH = reason(
  'mismatch',
  '申請内容と書類が一致しない',
  '入力内容と書類の内容が異なります。正しいほうに合わせて、入力内容を直すか書類を添付し直してください。',
  '{書|か}いてあることと {紙|かみ}の {内容|ないよう}が {違|ちが}います。{正|ただ}しく {書|か}きなおすか、{正|ただ}しい {紙|かみ}を {付|つ}けてください。',
  'Your answers and the document differ. Please correct the answers, or attach the right document.',
);
export const WRONG_PERSON = reason(
  'wrong_person',
  '別人の書類・別の書類',
  '別の方の書類、または別の種類の書類が添付されています。正しい書類を添付してください。',
  '{違|ちが}う {人|ひと}の {紙|かみ}か、{違|ちが}う {紙|かみ}が {付|つ}いています。{正|ただ}しい {紙|かみ}を {付|つ}けてください。',
  'The document is of another person or of another kind. Please attach the right one.',
);

/** What can be wrong with any document. */
export const DOCUMENT_REASONS: readonly DeficiencyReason[] = [
  MISSING,
  ILLEGIBLE,
  EXPIRED,
  INCOMPLETE,
  MISMATCH,
  WRONG_PERSON,
];
