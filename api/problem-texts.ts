import type { Localized } from '../domain/texts/locale.ts';
import type { ProblemCode } from './problems.ts';

type Texts = Pick<Required<Localized>, 'ja-easy' | 'en'>;

function other(easy: string, en: string): Texts {
  return { 'ja-easy': easy, en };
}

/** What families can meet, in easy Japanese and English. Staff read Japanese. */
const TEXTS: Partial<Readonly<Record<ProblemCode, Texts>>> = {
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

/** A problem's sentence in the other languages of the portal; empty where only staff meet it. */
export function problemTitles(code: ProblemCode): Partial<Texts> {
  return TEXTS[code] ?? {};
}
