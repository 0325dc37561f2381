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
  newVersion: {
    ja: '新しい版に更新しています…',
    en: 'Updating to the new version…',
    easy: '{新|あたら}しく しています…',
  },
});
