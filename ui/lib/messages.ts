import { messages } from '../i18n/template.ts';

export const libMessages = messages({
  unsavedTitle: {
    ja: '保存していない内容があります',
    en: 'You have unsaved changes',
    easy: 'まだ {保存|ほぞん}していません',
  },
  unsavedBody: {
    ja: 'このページを離れると、入力した内容は失われます。',
    en: 'If you leave this page, what you entered will be lost.',
    easy: 'この ページを {出|で}ると、{書|か}いたことが {消|き}えます。',
  },
  unsavedLeave: {
    ja: '保存せずに移動する',
    en: 'Leave without saving',
    easy: '{保存|ほぞん}しないで {出|で}る',
  },
  unsavedStay: { ja: 'このページに戻る', en: 'Stay on this page', easy: 'この ページに もどる' },
  brokenTitle: {
    ja: '画面を表示できませんでした',
    en: 'This page could not be shown',
    easy: '{画面|がめん}を {出|だ}すことが できませんでした',
  },
  brokenBody: {
    ja: 'お手数ですが、画面を読み込み直してください。くり返し表示される場合は、お問い合わせください。',
    en: 'Please reload the page. If this keeps happening, please contact us.',
    easy: '{画面|がめん}を もう{一度|いちど} {開|ひら}いて ください。{何度|なんど}も {出|で}るときは、{電話|でんわ}で {聞|き}いて ください。',
  },
  reload: { ja: '読み込み直す', en: 'Reload', easy: 'もう{一度|いちど} {開|ひら}く' },
  problemNetwork: {
    ja: '通信できませんでした。電波や接続を確認して、もう一度お試しください。',
    en: 'There is no connection. Please check it and try again.',
    easy: 'インターネットに つながりません。{確認|かくにん}して、もう{一度|いちど} してください。',
  },
  problemSession: {
    ja: 'ログインの有効時間が過ぎました。もう一度ログインしてください。',
    en: 'Your session has ended. Please sign in again.',
    easy: 'ログインの {時間|じかん}が {終|お}わりました。もう{一度|いちど} ログインしてください。',
  },
  problemForbidden: {
    ja: 'この操作を行う権限がありません。',
    en: 'You may not do this.',
    easy: 'これは できません。',
  },
  problemNotFound: {
    ja: 'お探しの情報が見つかりませんでした。',
    en: 'This could not be found.',
    easy: '{見|み}つかりませんでした。',
  },
  problemConflict: {
    ja: 'ほかの操作と重なりました。画面を読み込み直して、もう一度お試しください。',
    en: 'Somebody else was doing the same. Please reload the page and try again.',
    easy: 'ほかの {操作|そうさ}と {重|かさ}なりました。{画面|がめん}を {開|ひら}きなおして ください。',
  },
  problemTooLarge: {
    ja: 'ファイルが大きすぎます。',
    en: 'The file is too large.',
    easy: 'ファイルが {大|おお}きすぎます。',
  },
  problemTooMany: {
    ja: '操作が続いたため、少し時間をおいてからお試しください。',
    en: 'Too many tries. Please wait a little and try again.',
    easy: '{何回|なんかい}も しました。{少|すこ}し {待|ま}ってください。',
  },
  problemServer: {
    ja: '処理できませんでした。しばらくしてから、もう一度お試しください。',
    en: 'This did not work. Please try again in a while.',
    easy: 'できませんでした。{少|すこ}し {待|ま}って、もう{一度|いちど} してください。',
  },
  problemInvalid: {
    ja: '入力内容を確認してください。',
    en: 'Please check what you have entered.',
    easy: '{書|か}いたことを {確認|かくにん}してください。',
  },
  newVersion: {
    ja: '新しい版に更新しています…',
    en: 'Updating to the new version…',
    easy: '{新|あたら}しく しています…',
  },
});
