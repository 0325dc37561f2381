import { text } from '../../texts/locale.ts';
import type { Condition } from '../condition.ts';
import type { Field } from '../definition.ts';

/** Grounds for which days and hours are measured (domain.md: study, nursing and the like to the same measure as work). */
export const MEASURED_REASONS = ['work', 'self_employed', 'study', 'care'] as const;

/** Days and hours, measured alike for work, study and care. The thresholds are the ward's parameters, so none is named. */
export function measureFields(g: string): readonly Field[] {
  const measured: Condition = { field: `${g}_reason`, in: MEASURED_REASONS };
  return [
    {
      code: `${g}_days_per_week`,
      kind: 'number',
      min: 0,
      max: 6,
      decimals: 1,
      unit: text('日', '{日|にち}', 'days'),
      label: text(
        '1週間の日数（日曜を除く）',
        '{1週間|いっしゅうかん}に {何日|なんにち}ですか（{日曜日|にちようび}は {数|かぞ}えません）',
        'Days a week, without Sundays',
      ),
      hint: text(
        '変則の場合は、平均の日数を入力してください。',
        '{週|しゅう}によって {変|か}わるときは、{平均|へいきん}を {書|か}いてください。',
        'If it varies, the average.',
      ),
      visibleWhen: measured,
      required: true,
    },
    {
      code: `${g}_hours_per_week`,
      kind: 'number',
      min: 0,
      max: 100,
      decimals: 1,
      unit: text('時間', '{時間|じかん}', 'hours'),
      label: text(
        '1週間の昼間の時間（休憩・通勤を除く）',
        '{1週間|いっしゅうかん}の {昼|ひる}の {時間|じかん}（{休憩|きゅうけい}と {通勤|つうきん}は {入|い}れません）',
        'Daytime hours a week, without breaks and commuting',
      ),
      visibleWhen: measured,
      required: true,
    },
    {
      code: `${g}_break_minutes`,
      kind: 'number',
      min: 0,
      max: 300,
      unit: text('分', '{分|ふん}', 'minutes'),
      label: text('1日の休憩時間', '{1日|いちにち}の {休憩|きゅうけい}の {時間|じかん}', 'Breaks a day'),
      hint: text(
        'ない場合は0と入力してください。',
        'ないときは 0と {書|か}いてください。',
        'Enter 0 if there are none.',
      ),
      visibleWhen: measured,
      required: true,
    },
    {
      code: `${g}_end_time`,
      kind: 'time',
      label: text('終わる時刻', '{終|お}わる {時間|じかん}', 'Time at which it ends'),
      hint: text(
        '日によって違う場合は、もっとも多い時刻を24時間表記で入力してください（例 17:30）。',
        '{日|ひ}によって {違|ちが}うときは、いちばん {多|おお}い {時間|じかん}を {書|か}いてください（{例|れい} 17:30）。',
        'If it varies, the most usual one, for example 17:30.',
      ),
      visibleWhen: measured,
      required: true,
    },
    {
      code: `${g}_commute_minutes`,
      kind: 'number',
      min: 0,
      max: 300,
      unit: text('分', '{分|ふん}', 'minutes'),
      label: text(
        '片道の通勤・通学時間',
        '{片道|かたみち}の {通勤|つうきん}・{通学|つうがく}の {時間|じかん}',
        'One-way travel time',
      ),
      hint: text(
        'ない場合は0と入力してください。',
        'ないときは 0と {書|か}いてください。',
        'Enter 0 if there is none.',
      ),
      visibleWhen: measured,
      required: true,
    },
  ];
}
