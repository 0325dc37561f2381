import { messages } from '../../i18n/index.tsx';

/** The family's children as members of a club. */
export const enrolments = messages({
  title: { ja: 'お子さんの在籍', en: 'Your child’s membership', easy: 'お{子|こ}さんの クラブ' },
  bop: { ja: '利用する新BOP', en: 'Shin-BOP', easy: '{使|つか}う {新|しん}BOP' },
  days: { ja: '期間', en: 'Period', easy: 'いつからいつまで' },
  withdrawn: {
    ja: '退会が決まっています',
    en: 'A withdrawal has been approved',
    easy: '{退会|たいかい}が {決|き}まっています',
  },
  extended: { ja: '延長利用', en: 'Extended use', easy: '{延長|えんちょう}' },
  reduction: { ja: '減免', en: 'Fee reduction', easy: 'お{金|かね}が {安|やす}くなること' },
  none: { ja: 'なし', en: 'None', easy: 'ありません' },
  span: { ja: '{from}から{to}まで', en: '{from} to {to}', easy: '{from}から {to}まで' },
  fees: { ja: '月ごとの利用料を見る', en: 'Monthly fees', easy: '{毎月|まいつき}の お{金|かね}を {見|み}る' },
  yen: { ja: '{amount}円', en: '¥{amount}', easy: '{amount}{円|えん}' },
  upTo: { ja: '{from}〜{to}', en: '{from} to {to}', easy: '{from}〜{to}' },
  feesNote: {
    ja: '決定をもとにした目安です。ここで支払うことはできません。支払いは、区からのお知らせをご覧ください。日ぎめの延長利用は、利用した日数で変わります。',
    en: 'What follows from the decisions, for your information. Nothing is paid here; the ward tells you how to pay. Extended use by the day depends on the days used.',
    easy: '{決|き}まったことから {計算|けいさん}した お{金|かね}です。ここで {払|はら}うことは できません。{払|はら}い{方|かた}は {区|く}の お{知|し}らせを {見|み}てください。{日|ひ}ごとの {延長|えんちょう}は、{使|つか}った {日|ひ}で {変|か}わります。',
  },
});
