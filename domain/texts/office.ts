import { text, type Localized } from './locale.ts';

/** What the office is called and when it answers until the ward sets its own; in the portal's languages. */
export const USUAL_OFFICE = {
  name: text(
    '新BOP学童クラブ 手続き窓口',
    '{新|しん}BOP{学童|がくどう}クラブ {手続|てつづ}きの {窓口|まどぐち}',
    'Shin-BOP after-school clubs: office',
  ),
  hours: text(
    '平日 午前9時から午後5時まで（祝日・年末年始を除く）',
    '{月曜日|げつようび}から {金曜日|きんようび}の {午前|ごぜん}9{時|じ}から {午後|ごご}5{時|じ}まで（{祝日|しゅくじつ}と {年末|ねんまつ}{年始|ねんし}は {休|やす}み）',
    'weekdays 9:00–17:00, except public holidays and the New Year',
  ),
} as const;

/** The ward's words in the person's languages where they are the usual ones; its own stay as the ward wrote them. */
export function officeWords(field: keyof typeof USUAL_OFFICE, written: string): Localized {
  const usual = USUAL_OFFICE[field];
  return usual.ja === written ? usual : { ja: written };
}
