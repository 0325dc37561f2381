import { messages } from '../../i18n/index.tsx';

/** Texts that several pages of the applicant portal share. */
export const common = messages({
  service: {
    ja: '新BOP学童クラブ 利用手続き',
    en: 'Shin-BOP club procedures',
    easy: '{新|しん}BOP{学童|がくどう}クラブ {手続|てつづ}き',
  },
  colon: { ja: '：', en: ': ', easy: '：' },
  home: { ja: 'トップ', en: 'Home', easy: 'はじめの ページ' },
  myApplications: { ja: '申請の一覧', en: 'My applications', easy: 'わたしの {申請|しんせい}' },
  account: { ja: 'アカウント', en: 'Account', easy: 'アカウント' },
  signIn: { ja: 'ログイン', en: 'Sign in', easy: 'ログイン' },
  register: { ja: '新規登録', en: 'Register', easy: '{登録|とうろく}する' },
  signOut: { ja: 'ログアウト', en: 'Sign out', easy: 'ログアウト' },
  signedOut: { ja: 'ログアウトしました', en: 'You are signed out', easy: 'ログアウトしました' },
  next: { ja: '次へ', en: 'Continue', easy: 'つぎへ' },
  back: { ja: '戻る', en: 'Back', easy: 'もどる' },
  yes: { ja: 'はい', en: 'Yes', easy: 'はい' },
  no: { ja: 'いいえ', en: 'No', easy: 'いいえ' },
  errorWord: { ja: 'エラー', en: 'Error', easy: 'まちがい' },
  help: { ja: '使い方・お問い合わせ', en: 'Help and contact', easy: '{使|つか}い{方|かた}・{質問|しつもん}' },
  officeName: {
    ja: '世田谷区 児童課（新BOP学童クラブ担当）',
    en: 'Setagaya City, Children’s Division (Shin-BOP clubs)',
    easy: '{世田谷区|せたがやく} {児童課|じどうか}（{新|しん}BOP{学童|がくどう}クラブ）',
  },
  officeHours: {
    ja: '受付時間：平日 9時～17時（土曜・日曜・祝日・年末年始を除く）。申請は24時間できます。',
    en: 'Weekdays 9:00–17:00, closed on weekends, public holidays and at New Year. You can apply at any time.',
    easy: '{月曜日|げつようび}から {金曜日|きんようび}の 9{時|じ}から 17{時|じ}まで（{祝日|しゅくじつ}と {年末|ねんまつ}{年始|ねんし}は {休|やす}み）。{申請|しんせい}は いつでも できます。',
  },
  notFoundTitle: {
    ja: 'ページが見つかりません',
    en: 'Page not found',
    easy: 'ページが ありません',
  },
  notFoundBody: {
    ja: 'アドレスが正しいか確認してください。申請の内容は「申請の一覧」から見られます。',
    en: 'Please check the address. Your applications are under “My applications”.',
    easy: 'アドレスを {確認|かくにん}してください。{申請|しんせい}は「わたしの {申請|しんせい}」で {見|み}られます。',
  },
  toHome: { ja: 'トップページへ', en: 'Go to the start page', easy: 'はじめの ページへ' },
  toList: {
    ja: '申請の一覧へ',
    en: 'Go to my applications',
    easy: 'わたしの {申請|しんせい}へ',
  },
  staffHere: {
    ja: '職員のアカウントでログインしています',
    en: 'You are signed in as staff',
    easy: '{職員|しょくいん}の アカウントです',
  },
  staffHereBody: {
    ja: 'このページは申請する保護者のためのものです。職員用の画面をお使いください。',
    en: 'This page is for guardians who apply. Please use the staff console.',
    easy: 'この ページは {申請|しんせい}する {人|ひと}の ページです。{職員|しょくいん}の {画面|がめん}を {使|つか}ってください。',
  },
  toStaff: { ja: '職員用の画面へ', en: 'Staff console', easy: '{職員|しょくいん}の {画面|がめん}へ' },
  kintoneAway: {
    ja: 'いま、申請の内容の一部を表示できません',
    en: 'Some details cannot be shown right now',
    easy: 'いま {見|み}られない ところが あります',
  },
  kintoneAwayBody: {
    ja: '申請は受け付けており、手続きは進みます。しばらくしてから、もう一度開いてください。',
    en: 'Your application is safe and goes on. Please look again later.',
    easy: '{申請|しんせい}は なくなりません。{少|すこ}し {待|ま}って、もう{一度|いちど} {開|ひら}いてください。',
  },
  offline: {
    ja: 'インターネットにつながっていません。つながると、自動で続きます。',
    en: 'You are offline. Things go on when you are connected again.',
    easy: 'インターネットに つながっていません。つながると {続|つづ}きます。',
  },
});

/** What to do about refusals of the API, in the three languages (the API itself speaks Japanese). */
export const problems = messages({
  network: {
    ja: '通信できませんでした。電波や接続を確認して、もう一度お試しください。',
    en: 'There is no connection. Please check it and try again.',
    easy: 'インターネットに つながりません。{確認|かくにん}して、もう{一度|いちど} してください。',
  },
  internal: {
    ja: 'ただいま処理できません。しばらくしてから、もう一度お試しください。',
    en: 'This does not work at the moment. Please try again in a while.',
    easy: 'いま できません。{少|すこ}し {待|ま}って、もう{一度|いちど} してください。',
  },
  tooMany: {
    ja: '操作が続いたため、少し時間をおいてからお試しください。',
    en: 'Too many tries. Please wait a little and try again.',
    easy: '{何回|なんかい}も しました。{少|すこ}し {待|ま}ってください。',
  },
  notFound: {
    ja: 'お探しの情報が見つかりませんでした。',
    en: 'This could not be found.',
    easy: '{見|み}つかりませんでした。',
  },
  signInNeeded: {
    ja: 'ログインの有効時間が過ぎました。もう一度ログインしてください。',
    en: 'Your session has ended. Please sign in again.',
    easy: 'ログインの {時間|じかん}が {終|お}わりました。もう{一度|いちど} ログインしてください。',
  },
  signInFailed: {
    ja: 'メールアドレス（またはログインID）か、パスワードが違います。',
    en: 'The e-mail address (or login ID) or the password is wrong.',
    easy: 'メールアドレス（ログインID）か パスワードが {違|ちが}います。',
  },
  locked: {
    ja: 'ログインに続けて失敗したため、しばらくログインできません。時間をおいてお試しください。パスワードを忘れた場合は、再設定できます。',
    en: 'Sign-in is locked for a while after several failures. Try later, or reset your password.',
    easy: '{何回|なんかい}も {違|ちが}ったので、{少|すこ}しの {間|あいだ} ログインできません。{待|ま}ってから、もう{一度|いちど} してください。',
  },
  wrongCode: {
    ja: '確認コードが違うか、有効時間が過ぎています。メールの最新のコードを入力するか、コードをもう一度送ってください。',
    en: 'The code is wrong or too old. Enter the newest one, or have a new code sent.',
    easy: '{番号|ばんごう}が {違|ちが}うか、{古|ふる}いです。{新|あたら}しい メールの {番号|ばんごう}を {書|か}いてください。',
  },
  weakPassword: {
    ja: 'このパスワードは推測されやすいため使えません。別のパスワードにしてください。',
    en: 'This password is easy to guess. Please choose another one.',
    easy: 'この パスワードは {簡単|かんたん}すぎます。ほかの パスワードに してください。',
  },
  wrongPassword: {
    ja: '今のパスワードが違います。',
    en: 'The present password is wrong.',
    easy: '{今|いま}の パスワードが {違|ちが}います。',
  },
  loginTaken: {
    ja: 'このログインIDはすでに使われています。別のIDにしてください。',
    en: 'This login ID is taken. Please choose another one.',
    easy: 'この ログインIDは もう {使|つか}われています。ほかの IDに してください。',
  },
  mailUnavailable: {
    ja: 'ただいまメールを送れません。しばらくしてから、もう一度お試しください。',
    en: 'Mail cannot be sent at the moment. Please try again in a while.',
    easy: 'いま メールを {送|おく}れません。{少|すこ}し {待|ま}って、もう{一度|いちど} してください。',
  },
  notConfirmed: {
    ja: '受け付けを確認できませんでした。もう一度ボタンを押してください。二重に受け付けられることはありません。',
    en: 'We could not confirm this. Please press the button again; it will not be taken twice.',
    easy: '{確認|かくにん}できませんでした。もう{一度|いちど} ボタンを {押|お}してください。2{回|かい}には なりません。',
  },
  tooManyDrafts: {
    ja: '下書きが多すぎます。「申請の一覧」で、使わない下書きを削除してください。',
    en: 'There are too many drafts. Please delete some under “My applications”.',
    easy: '{書|か}きかけの {申請|しんせい}が {多|おお}すぎます。「わたしの {申請|しんせい}」で {消|け}してください。',
  },
});
