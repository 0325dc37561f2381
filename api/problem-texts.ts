import type { RefusalCode } from '../domain/application/actions.ts';
import type { Localized } from '../domain/texts/locale.ts';
import { words } from './problem-words.ts';
import type { ProblemCode } from './problem-kinds.ts';

/** Refusals of what an applicant can do with an application: answering, cancelling. */
type ApplicantRefusal =
  | 'ended'
  | 'notYourRole'
  | 'notYourApplication'
  | 'wrongStage'
  | 'noSuchItem'
  | 'itemNotOpen'
  | 'nothingAnswered'
  | 'reasonMissing';

/** Problems of routes that are for staff alone. */
type StaffProblem =
  | 'passwordChangeRequired'
  | 'paperNotYours'
  | 'paperChanged'
  | 'paperClosed'
  | 'exportMovedOn'
  | 'exportOutdated'
  | 'exportErased'
  | 'answerFile'
  | 'bulkEnded'
  | 'bulkChanged'
  | 'nothingToDecide'
  | 'noPlace'
  | 'placeOutOfTurn'
  | 'placePast'
  | 'noticesNone'
  | 'settingChanged'
  | 'enrolmentChanged'
  | 'movePlacesFull'
  | 'nothingToCarry'
  | 'yearRunning'
  | 'nothingToAsk'
  | Exclude<RefusalCode, ApplicantRefusal>;

type Texts = Pick<Required<Localized>, 'ja-easy' | 'en'>;

function other(easy: string, en: string): Texts {
  return { 'ja-easy': easy, en };
}

/** Everything that families can meet, in easy Japanese and English: a problem is either here or for staff alone. */
const TEXTS: Readonly<Record<Exclude<ProblemCode, StaffProblem>, Texts>> = {
  signInNeeded: other(
    'ログインしてください。{時間|じかん}が {過|す}ぎたときは、もう{一度|いちど} ログインしてください。',
    'Please sign in. After a while without activity you have to sign in again.',
  ),
  signInFailed: other(
    'ログインできません。ログインIDと パスワードを {確認|かくにん}してください。',
    'Sign-in failed. Please check your login ID and password.',
  ),
  needNotMet: other(
    'お{子|こ}さんの {今|いま}の ようすや、ほかの {申請|しんせい}のため、この {申請|しんせい}は できません。',
    'As your child’s membership or other applications stand, this cannot be filed.',
  ),
  tooManyDrafts: other(
    '{書|か}きかけの {申請|しんせい}が {多|おお}すぎます。いらない ものを {消|け}してください。',
    'There are too many drafts. Please delete some.',
  ),
  loginTaken: other(words.loginTaken['ja-easy'], words.loginTaken.en),
  noticeDamaged: other(
    'この {通知|つうち}は {見|み}られません。{窓口|まどぐち}に {連絡|れんらく}してください。',
    'This notice cannot be shown, as what is kept of it differs from what was made. Please contact the office.',
  ),
  workbookUnreadable: other(
    'この Excelの ファイルは {見|み}られません。ダウンロードして {見|み}てください。',
    'This Excel file cannot be shown. Please download it.',
  ),
  wrongPassword: other(words.currentPasswordWrong['ja-easy'], words.currentPasswordWrong.en),
  weakPassword: other('この パスワードは {使|つか}えません。', 'This password cannot be used.'),
  wrongCode: other(
    '{番号|ばんごう}が {違|ちが}うか、{古|ふる}いです。もう{一度|いちど} {書|か}くか、{新|あたら}しい {番号|ばんごう}を {送|おく}ってください。',
    'The code is wrong or too old. Enter it again, or have a new one sent.',
  ),
  locked: other(
    '{何回|なんかい}も {違|ちが}ったので、{少|すこ}しの {間|あいだ} ログインできません。{待|ま}ってください。',
    'Sign-in is stopped for a while after several failures. Please try again later.',
  ),
  tooMany: other(
    '{何回|なんかい}も しました。{少|すこ}し {待|ま}ってください。',
    'Too many tries. Please wait a little and try again.',
  ),
  internal: other(
    'できませんでした。{少|すこ}し {待|ま}って、もう{一度|いちど} してください。',
    'This did not work. Please try again in a while.',
  ),
  notConfirmed: other(
    'できたか わかりません。もう{一度|いちど} {同|おな}じ ことを してください。2{回|かい}には なりません。',
    'We could not confirm whether this was done. Please do the same again; it will not be done twice.',
  ),
  mailUnavailable: other(
    'いま メールを {送|おく}れません。{少|すこ}し {待|ま}って、もう{一度|いちど} してください。',
    'The mail could not be sent. Please try again in a while.',
  ),
  nothingAnswered: other(
    '{答|こた}える {項目|こうもく}を 1つは {書|か}いてください。',
    'Please answer at least one item.',
  ),
  notYourRole: other('これは できません。', 'You may not do this.'),
  reasonMissing: other('{理由|りゆう}を {書|か}いてください。', 'Please give the reason.'),
  invalid: other(
    '{送|おく}った ものの {形|かたち}が {違|ちが}います。{画面|がめん}を {開|ひら}きなおしてください。',
    'What was sent is not well-formed. Please reload the page.',
  ),
  csrf: other(
    '{画面|がめん}が {古|ふる}くなりました。{開|ひら}きなおして、もう{一度|いちど} してください。',
    'This page has expired. Please reload it and try again.',
  ),
  forbidden: other('これは できません。', 'You may not do this.'),
  unverified: other(
    'メールアドレスの {確認|かくにん}が まだです。メールの 6つの {数字|すうじ}を {書|か}いてください。',
    'Your e-mail address is not confirmed yet. Enter the six digits from our mail.',
  ),
  notFound: other('{見|み}つかりません。', 'This is not there, or you may not see it.'),
  duplicate: other(
    'この お{子|こ}さんの {同|おな}じ {申請|しんせい}は もう あります。',
    'There is such an application for this child already.',
  ),
  twiceInBatch: other(
    '{同|おな}じ お{子|こ}さんの {同|おな}じ {申請|しんせい}が 2つ あります。1つを {消|け}してください。',
    'The same application for the same child is in here twice. Please remove one.',
  ),
  batchRefused: other(
    'まだ {申請|しんせい}できていません。{直|なお}す ところが あります。',
    'Nothing has been filed yet. Something has to be put right first.',
  ),
  closed: other(
    'いまは {申請|しんせい}できません。{申請|しんせい}できる {日|ひ}を {見|み}てください。',
    'This is not open for applications now. Please look at the dates.',
  ),
  fileGone: other(
    '{書類|しょるい}が {見|み}つかりません。もう{一度|いちど} {付|つ}けてください。',
    'A document is missing. Please attach it again.',
  ),
  alreadySent: other(
    '{送|おく}った {書類|しょるい}は {消|け}せません。',
    'Documents that were sent cannot be deleted.',
  ),
  tooManyFiles: other(
    '{書類|しょるい}が {多|おお}すぎます。いらない ものを {消|け}してください。',
    'There are too many files. Please delete some.',
  ),
  unchanged: other(
    '{前|まえ}と {同|おな}じです。これで いいですか。',
    'Nothing has changed. Please confirm that it is right as it was.',
  ),
  tooLarge: other('{大|おお}きすぎます。', 'What was sent is too large.'),
  fileTooLarge: other(
    'ファイルが {大|おお}きすぎます。{小|ちい}さくするか、{分|わ}けてください。',
    'The file is too large. Make it smaller or send it in parts.',
  ),
  fileType: other(
    'この ファイルは {使|つか}えません。PDFか {写真|しゃしん}を {選|えら}んでください。',
    'This kind of file cannot be used. Choose a PDF or a photo (JPEG, PNG, HEIC).',
  ),
  fileEmpty: other(
    'ファイルの {中|なか}に {何|なに}も ありません。',
    'The file is empty. Please choose another one.',
  ),
  invalidAnswers: other(
    '{書|か}いたことを {確認|かくにん}してください。',
    'Please check what you have entered.',
  ),
  missingDocuments: other(
    '{必要|ひつよう}な {書類|しょるい}が ありません。',
    'A document that is needed is missing.',
  ),
  hintsUnread: other(
    '{申請|しんせい}の {前|まえ}に {読|よ}んでほしいことが あります。',
    'There is something to read before you apply.',
  ),
  notAsked: other(
    'ここは {変|か}えられません。{画面|がめん}を {開|ひら}きなおしてください。',
    'You were not asked about this. Please reload the page.',
  ),
  kintoneAway: other(
    'いま {見|み}られません。{少|すこ}し {待|ま}ってください。',
    'This cannot be read at the moment. Please try again in a while.',
  ),
  unavailable: other('いま できません。{少|すこ}し {待|ま}ってください。', 'Please try again in a while.'),
  ended: other(
    'この {申請|しんせい}は もう {終|お}わりました。',
    'This application has been decided or cancelled.',
  ),
  wrongStage: other(
    'いまは できません。{画面|がめん}を {開|ひら}きなおしてください。',
    'This cannot be done now. Please reload the page.',
  ),
  noSuchItem: other(
    'その {項目|こうもく}は ありません。{画面|がめん}を {開|ひら}きなおしてください。',
    'This item does not exist any more. Please reload the page.',
  ),
  itemNotOpen: other(
    'もう {答|こた}えました。{画面|がめん}を {開|ひら}きなおしてください。',
    'This has been answered already. Please reload the page.',
  ),
  notYourApplication: other('あなたの {申請|しんせい}では ありません。', 'This application is not yours.'),
};

/** Every problem that a family can meet. */
export const PROBLEMS_FOR_APPLICANTS = Object.keys(TEXTS) as Exclude<ProblemCode, StaffProblem>[];

/** A problem's sentence in the other languages; empty where only staff meet it. Staff read Japanese. */
export function problemTitles(code: ProblemCode): Partial<Texts> {
  return (TEXTS as Partial<Record<ProblemCode, Texts>>)[code] ?? {};
}
