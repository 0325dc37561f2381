import { messages } from '../i18n/index.tsx';

/** Values read from an employment certificate in Excel's form. */
export const certificate = messages({
  title: {
    ja: '証明書から読み取った値',
    en: 'Values read from the certificate',
    easy: '{証明書|しょうめいしょ}から {読|よ}んだ こと',
  },
  lead: {
    ja: '{name}から読み取りました。自動では入力しません。証明書と見比べて、正しいものだけ「この値を使う」を押してください。',
    en: 'Read from {name}. Nothing is filled in by itself: compare with the certificate and choose “Use this value” where it is right.',
    easy: '{name}から {読|よ}みました。{証明書|しょうめいしょ}と {同|おな}じか {見|み}て、{同|おな}じなら「これを {使|つか}う」を おしてください。',
  },
  reading: {
    ja: '証明書を読み取っています',
    en: 'Reading the certificate',
    easy: '{証明書|しょうめいしょ}を {読|よ}んでいます',
  },
  nothing: {
    ja: 'この証明書からは、値を読み取れませんでした。提出はこのままできます。',
    en: 'No values could be read from this certificate. It can be handed in as it is.',
    easy: 'この {証明書|しょうめいしょ}は {読|よ}めませんでした。でも、このまま {出|だ}せます。',
  },
  notAsked: {
    ja: '証明書と入力が違うところ',
    en: 'Where the certificate differs from your answers',
    easy: '{証明書|しょうめいしょ}と {違|ちが}う ところ',
  },
  notAskedBody: {
    ja: 'この画面では直せません。証明書を送ると、事務センターが確認します。',
    en: 'These cannot be changed here. The office looks at them once the certificate has been sent.',
    easy: 'ここでは {直|なお}せません。{証明書|しょうめいしょ}を {送|おく}ると、{係|かかり}の {人|ひと}が {見|み}ます。',
  },
  now: { ja: '今の入力', en: 'Your answer', easy: 'いま {書|か}いてある こと' },
  none: { ja: '入力なし', en: 'No answer', easy: '{書|か}いていません' },
  read: { ja: '証明書', en: 'Certificate', easy: '{証明書|しょうめいしょ}' },
  where: {
    ja: '{item}（{cell}）',
    en: '{item} ({cell})',
    easy: '{item}（{cell}）',
  },
  likely: {
    ja: '読み違いがないか確認してください',
    en: 'Please check that it was read rightly',
    easy: '{正|ただ}しいか {見|み}てください',
  },
  unsure: {
    ja: '計算した値です。必ず確認してください',
    en: 'Worked out from other values: be sure to check it',
    easy: '{計算|けいさん}した {数|かず}です。かならず {見|み}てください',
  },
  same: { ja: '入力と同じです', en: 'The same as your answer', easy: '{同|おな}じです' },
  use: { ja: 'この値を使う', en: 'Use this value', easy: 'これを {使|つか}う' },
  used: {
    ja: '{name}を入力しました',
    en: '{name} has been filled in',
    easy: '{name}を {書|か}きました',
  },
  otherName: {
    ja: '証明書の氏名「{read}」が、入力した氏名「{name}」と違います。別の人の証明書でないか確認してください。',
    en: 'The name on the certificate, “{read}”, differs from the name that you entered, “{name}”. Please check whose certificate it is.',
    easy: '{証明書|しょうめいしょ}の {名前|なまえ}「{read}」と、{書|か}いた {名前|なまえ}「{name}」が {違|ちが}います。だれの {証明書|しょうめいしょ}か {見|み}てください。',
  },
});
