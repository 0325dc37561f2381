import { displayDate } from '../domain/procedures/format-dates.ts';
import { text, type Localized } from '../domain/texts/locale.ts';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from './contract/session.ts';
import { MAX_BATCH } from './contract/family.ts';

type Words = Required<Localized>;

/** What families are told besides the title of a problem: at a field, at a document, and what to do. */
export const words = {
  notWellFormed: text(
    '入力の形が正しくありません。',
    '{書|か}きかたが {違|ちが}います。',
    'This is not in the right form.',
  ),
  procedureUnknown: text(
    '申請の種類が正しくありません。',
    '{申請|しんせい}の {種類|しゅるい}が {違|ちが}います。',
    'There is no such kind of application.',
  ),
  fileMissing: text(
    '添付した書類が見つかりません。もう一度添付してください。',
    '{付|つ}けた {書類|しょるい}が {見|み}つかりません。もう{一度|いちど} {付|つ}けてください。',
    'The attached document is missing. Please attach it again.',
  ),
  documentNotOffered: text(
    'この書類は、今の回答では添付できません。添付を外してください。',
    'この {書類|しょるい}は いりません。{外|はず}してください。',
    'This document is not called for by your answers. Please remove it.',
  ),
  fieldNotAsked: text(
    '依頼していない項目は変更できません。',
    'ここは {変|か}えられません。',
    'You were not asked about this, so it cannot be changed.',
  ),
  documentNotAsked: text(
    '依頼していない書類は送れません。',
    'この {書類|しょるい}は {送|おく}れません。',
    'You were not asked for this document, so it cannot be sent.',
  ),
  loginTaken: text(
    'このログインIDは使われています。別のログインIDにしてください。',
    'この ログインIDは もう {使|つか}われています。ほかの IDに してください。',
    'This login ID is taken. Please choose another one.',
  ),
  codeOtherDevice: text(
    '利用登録を始めた端末の画面で入力するか、はじめから登録をやり直してください。',
    '{登録|とうろく}を はじめた スマートフォンや パソコンで {書|か}いてください。または、はじめから {登録|とうろく}してください。',
    'Enter the code on the device on which you began to register, or register anew.',
  ),
  codeWrong: text(
    '確認コードが違うか、有効期限が切れています。',
    '{番号|ばんごう}が {違|ちが}うか、{古|ふる}いです。',
    'The code is wrong or too old.',
  ),
  currentPasswordWrong: text(
    '現在のパスワードが違います。',
    '{今|いま}の パスワードが {違|ちが}います。',
    'The present password is wrong.',
  ),
  passwordSame: text(
    '今までと違うパスワードにしてください。',
    '{今|いま}までと {違|ちが}う パスワードに してください。',
    'Please choose a password that differs from the present one.',
  ),
  passwordRepeats: text(
    '同じ文字の繰り返しが多いパスワードです。別のパスワードにしてください。',
    '{同|おな}じ {文字|もじ}が {多|おお}い パスワードです。ほかの パスワードに してください。',
    'This password repeats the same characters. Please choose another one.',
  ),
  passwordOwn: text(
    'ログインIDや氏名、電話番号などを含むパスワードは使えません。別のパスワードにしてください。',
    'ログインIDや {名前|なまえ}、{電話番号|でんわばんごう}が {入|はい}った パスワードは {使|つか}えません。',
    'A password must not contain your login ID, name, telephone number or the like. Please choose another one.',
  ),
  passwordCommon: text(
    'よく使われるパスワードです。推測されにくい、別のパスワードにしてください。',
    'よく {使|つか}われる パスワードです。ほかの パスワードに してください。',
    'This password is easy to guess. Please choose another one.',
  ),
  notWorkbook: text(
    'Excelファイル（.xlsx）として開けません。Excelで保存し直すか、PDFにしてください。',
    'Excelの ファイル（.xlsx）として {開|ひら}けません。Excelで もう{一度|いちど} {保存|ほぞん}するか、PDFに してください。',
    'This cannot be opened as an Excel workbook (.xlsx). Save it again in Excel, or send a PDF.',
  ),
  workbookMacros: text(
    'マクロを含むExcelファイルは使えません。「Excelブック（.xlsx）」の形式で保存し直すか、PDFにしてください。',
    'マクロの ある Excelの ファイルは {使|つか}えません。「Excelブック（.xlsx）」で {保存|ほぞん}するか、PDFに してください。',
    'Excel files with macros cannot be used. Save it as “Excel Workbook (.xlsx)”, or send a PDF.',
  ),
  workbookTooBig: text(
    'Excelファイルの中身が大きすぎます。就労証明書のシートだけにするか、PDFにしてください。',
    'Excelの ファイルが {大|おお}きすぎます。{就労証明書|しゅうろうしょうめいしょ}の シートだけに するか、PDFに してください。',
    'There is too much in this Excel file. Keep the sheet with the certificate only, or send a PDF.',
  ),
  workbookEncrypted: text(
    'パスワードの付いたExcelファイルは使えません。パスワードを外して保存し直してください。',
    'パスワードの ある Excelの ファイルは {使|つか}えません。パスワードを {外|はず}してください。',
    'Excel files with a password cannot be used. Remove the password and save it again.',
  ),
} as const satisfies Record<string, Words>;

/** Sign-in is stopped for so many seconds. */
export function lockedFor(seconds: number): Words {
  const minutes = String(Math.ceil(seconds / 60));
  return text(
    `ログインの失敗が続いたため、ログインを止めています。約${minutes}分後にもう一度お試しください。`,
    `{何回|なんかい}も {違|ちが}ったので、ログインできません。{約|やく}${minutes}{分|ふん} {待|ま}ってください。`,
    `Sign-in is stopped after several failures. Please try again in about ${minutes} minutes.`,
  );
}

/** One file may have so many megabytes. */
export function fileLimit(megabytes: number): Words {
  const limit = String(megabytes);
  return text(
    `1つのファイルは${limit}MBまでです。写真の大きさを小さくするか、分けて添付してください。`,
    `1つの ファイルは ${limit}MBまでです。{写真|しゃしん}を {小|ちい}さくするか、{分|わ}けてください。`,
    `A file may have up to ${limit} MB. Make the photo smaller, or attach it in parts.`,
  );
}

/** A document that is still to be attached. */
export function attach(label: Localized): Words {
  return text(
    `${label.ja}を添付してください。`,
    `${label['ja-easy'] ?? label.ja}を {付|つ}けてください。`,
    `Please attach: ${label.en ?? label.ja}.`,
  );
}

/** More files of a document than it may have. */
export function atMost(label: Localized, count: number): Words {
  const most = String(count);
  return text(
    `${label.ja}は${most}個まで添付できます。余分なファイルを外してください。`,
    `${label['ja-easy'] ?? label.ja}は ${most}つまでです。いらない ものを {外|はず}してください。`,
    `${label.en ?? label.ja}: up to ${most} files. Please remove the others.`,
  );
}

/** An application of the family's own that exists already. @param on day in Asia/Tokyo */
export function receivedBefore(receiptNumber: string, on: string): Words {
  const [, month, day] = on.split('-').map(Number);
  return text(
    `受付番号${receiptNumber}で、${String(month)}月${String(day)}日に受け付けています。内容の変更や取り下げは、「申請の一覧」から行ってください。`,
    `{受付番号|うけつけばんごう} ${receiptNumber}で ${displayDate(on, 'ja-easy')}に {受|う}け{付|つ}けています。{変|か}えたいときや やめたいときは、「わたしの {申請|しんせい}」を {見|み}てください。`,
    `It was received on ${displayDate(on, 'en')} with the receipt number ${receiptNumber}. To change or cancel it, go to “My applications”.`,
  );
}

/** An application of somebody else for the same child (Q08: the day only). @param on day in Asia/Tokyo */
export function receivedFromOther(on: string): Words {
  const [, month, day] = on.split('-').map(Number);
  return text(
    `同じお子さんについて、${String(month)}月${String(day)}日に受け付けた申請があります。ご家族がすでに申請していないか確認してください。心当たりがない場合は、手続き窓口にご連絡ください。`,
    `{同|おな}じ お{子|こ}さんの {申請|しんせい}が ${displayDate(on, 'ja-easy')}に ありました。{家族|かぞく}の {人|ひと}が {申請|しんせい}していませんか。わからないときは、{窓口|まどぐち}に {連絡|れんらく}してください。`,
    `An application for this child was received on ${displayDate(on, 'en')}. Please ask whether someone in your family has applied. If not, contact the office.`,
  );
}

/** What the schemas of requests say, which are written in Japanese, in the other languages. */
const SCHEMAS: readonly Words[] = [
  text(
    '識別番号の形が正しくありません。',
    '{番号|ばんごう}の {形|かたち}が {違|ちが}います。',
    'This is not a valid id.',
  ),
  text(
    '日時の形が正しくありません。',
    '{日|ひ}と {時間|じかん}の {形|かたち}が {違|ちが}います。',
    'This is not a valid date and time.',
  ),
  text(
    '日付を正しく入力してください。',
    '{日|ひ}を {正|ただ}しく {書|か}いてください。',
    'Enter a valid date.',
  ),
  text('内容を入力してください。', '{書|か}いてください。', 'Please write something.'),
  text(
    '4000文字以内で入力してください。',
    '4000{文字|もじ}までです。{短|みじか}くしてください。',
    'Use 4,000 characters or fewer.',
  ),
  text(
    '使えない文字が含まれています。入力し直してください。',
    '{使|つか}えない {文字|もじ}が あります。{書|か}きなおしてください。',
    'There are characters that cannot be used. Please type it again.',
  ),
  text(
    'ログインIDまたはメールアドレスを入力してください。',
    'ログインIDか メールアドレスを {書|か}いてください。',
    'Enter your login ID or e-mail address.',
  ),
  text('254文字以内で入力してください。', '254{文字|もじ}までです。', 'Use 254 characters or fewer.'),
  text('パスワードを入力してください。', 'パスワードを {書|か}いてください。', 'Enter your password.'),
  text(
    `パスワードは${String(PASSWORD_MIN_LENGTH)}文字以上にしてください。`,
    `パスワードは ${String(PASSWORD_MIN_LENGTH)}{文字|もじ}か、もっと {長|なが}くしてください。`,
    `Use ${String(PASSWORD_MIN_LENGTH)} characters or more for the password.`,
  ),
  text(
    `パスワードは${String(PASSWORD_MAX_LENGTH)}文字以内にしてください。`,
    `パスワードは ${String(PASSWORD_MAX_LENGTH)}{文字|もじ}までです。`,
    `Use ${String(PASSWORD_MAX_LENGTH)} characters or fewer for the password.`,
  ),
  text(
    'メールアドレスの形が正しくありません。例：hanako@example.jp',
    'メールアドレスが {違|ちが}います。{例|れい}：hanako@example.jp',
    'This is not a valid e-mail address. Example: hanako@example.jp',
  ),
  text(
    '電話番号を市外局番から入力してください。例：03-1234-5678',
    '{電話番号|でんわばんごう}を 0から {書|か}いてください。{例|れい}：03-1234-5678',
    'Enter the telephone number with its area code. Example: 03-1234-5678',
  ),
  text('氏名を入力してください。', '{名前|なまえ}を {書|か}いてください。', 'Enter your name.'),
  text('100文字以内で入力してください。', '100{文字|もじ}までです。', 'Use 100 characters or fewer.'),
  text('6桁の数字を入力してください。', '6つの {数字|すうじ}を {書|か}いてください。', 'Enter six digits.'),
  text(
    'ログインIDは半角の英数字と . _ - で、6〜40文字にしてください。',
    'ログインIDは {英語|えいご}の {文字|もじ}・{数字|すうじ}・ . _ - で、6から 40{文字|もじ}に してください。',
    'A login ID has 6 to 40 letters, digits and . _ -',
  ),
  text(
    'メールアドレスか、ログインIDのどちらか一方を入力してください。',
    'メールアドレスか ログインIDの どちらかを {書|か}いてください。',
    'Enter either an e-mail address or a login ID.',
  ),
  text(
    '申請を1件以上選んでください。',
    '{申請|しんせい}を {選|えら}んでください。',
    'Choose at least one application.',
  ),
  text(
    `一度に申請できるのは${String(MAX_BATCH)}件までです。`,
    `{一度|いちど}に できるのは ${String(MAX_BATCH)}つまでです。`,
    `Up to ${String(MAX_BATCH)} applications can be filed in one go.`,
  ),
  text(
    '申請の下書きまたは申請を指定してください。',
    '{申請|しんせい}を {選|えら}んでください。',
    'Name the draft or the application.',
  ),
  text(
    '回答する項目を1つ以上選んでください。',
    '{答|こた}える {項目|こうもく}を {選|えら}んでください。',
    'Choose at least one item to answer.',
  ),
];
const BY_JAPANESE = new Map(SCHEMAS.map((one) => [one.ja, one]));

/** A sentence of a request's schema in all languages, Japanese alone where only staff meet it. */
export function told(japanese: string): Localized {
  return BY_JAPANESE.get(japanese) ?? { ja: japanese };
}
