import { text } from '../../texts/locale.ts';
import type { Condition } from '../condition.ts';
import type { Section } from '../definition.ts';
import { option } from '../option.ts';
import { FISCAL_YEAR } from '../shared/child.ts';
import { HAS_GUARDIAN2 } from '../shared/guardian.ts';

/** Which months, and how. */
export const USE: Section = {
  id: 'use',
  title: text(
    '延長利用の希望',
    '{延長|えんちょう}を {使|つか}いたい {月|つき}',
    'When extended use is needed',
  ),
  intro: text(
    '延長利用は、午後6時15分から午後7時までの利用です。お迎えが必要です。',
    '{延長|えんちょう}は、{午後|ごご}6{時|じ}15{分|ふん}から {午後|ごご}7{時|じ}までです。{迎|むか}えに {来|く}る {人|ひと}が {必要|ひつよう}です。',
    'Extended use is from 18:15 to 19:00. Your child has to be picked up.',
  ),
  fields: [
    FISCAL_YEAR,
    {
      code: 'extended_mode',
      kind: 'choice',
      style: 'radio',
      label: text('延長利用の種類', '{延長|えんちょう}の {種類|しゅるい}', 'Kind of extended use'),
      hint: text(
        '月ぎめは1か月に12日以上使う場合です。日ぎめは使う日ごとに料金がかかり、月ぎめの人数に空きがある場合に使えます。',
        '{月|つき}ぎめは、{1か月|いっかげつ}に 12{日|にち}より {多|おお}く {使|つか}うときです（12{日|にち}でも いいです）。{日|ひ}ぎめは、{使|つか}う {日|ひ}だけ お{金|かね}が いります。{人数|にんずう}に {空|あ}きが あるときに {使|つか}えます。',
        'Monthly is for 12 or more days a month. By the day is charged for each day of use, where places are left.',
      ),
      required: true,
      options: [
        option(
          'monthly',
          '月ぎめ（1か月に12日以上）',
          '{月|つき}ぎめ（12{日|にち}より {多|おお}い）',
          'Monthly',
        ),
        option('daily', '日ぎめ（スポット）', '{日|ひ}ぎめ（ときどき）', 'By the day'),
      ],
    },
    {
      code: 'extended_from',
      kind: 'month',
      label: text('延長利用を始める月', '{使|つか}い{始|はじ}める {月|つき}', 'First month'),
      required: true,
    },
    {
      code: 'extended_to',
      kind: 'month',
      label: text('延長利用を終える月', '{使|つか}い{終|お}わる {月|つき}', 'Last month'),
      hint: text(
        '年度の終わりまで使う場合は、3月と入力してください。',
        '{年度|ねんど}の {終|お}わりまで {使|つか}うときは、3{月|がつ}と {書|か}いてください。',
        'For use to the end of the school year, enter March.',
      ),
      required: true,
    },
    {
      code: 'extended_weekdays',
      kind: 'choices',
      label: text('延長利用する曜日', '{延長|えんちょう}を {使|つか}う {曜日|ようび}', 'Days of the week'),
      hint: text(
        '土曜日は延長利用がありません。',
        '{土曜日|どようび}は {延長|えんちょう}が ありません。',
        'There is no extended use on Saturdays.',
      ),
      visibleWhen: { field: 'extended_mode', equals: 'monthly' },
      required: true,
      options: [
        option('mon', '月', '{月|げつ}', 'Monday'),
        option('tue', '火', '{火|か}', 'Tuesday'),
        option('wed', '水', '{水|すい}', 'Wednesday'),
        option('thu', '木', '{木|もく}', 'Thursday'),
        option('fri', '金', '{金|きん}', 'Friday'),
      ],
    },
    {
      code: 'extended_days_per_month',
      kind: 'number',
      min: 1,
      max: 23,
      unit: text('日', '{日|にち}', 'days'),
      label: text(
        '1か月に使う日数（見込み）',
        '{1か月|いっかげつ}に {何日|なんにち} {使|つか}いますか',
        'Days a month, as expected',
      ),
      required: true,
    },
  ],
};

const other: Condition = { field: 'has_guardian2', equals: true };

/** Why the guardians are late: the same for brothers and sisters. */
export const REASON: Section = {
  id: 'extended_reason',
  family: true,
  title: text(
    '延長利用の理由',
    '{延長|えんちょう}を {使|つか}う {理由|りゆう}',
    'Why extended use is needed',
  ),
  fields: [
    {
      code: 'extended_reason',
      kind: 'choice',
      style: 'radio',
      label: text(
        '午後6時15分までに迎えに行けない理由',
        '{午後|ごご}6{時|じ}15{分|ふん}までに {迎|むか}えに {行|い}けない {理由|りゆう}',
        'Why you cannot pick up by 18:15',
      ),
      required: true,
      options: [
        option('work', '就労', '{仕事|しごと}', 'Work'),
        option(
          'study',
          '就学・職業訓練',
          '{学校|がっこう}・{仕事|しごと}の {練習|れんしゅう}',
          'Study or training',
        ),
        option('care', '介護・看護', '{家族|かぞく}などの {世話|せわ}', 'Nursing or care'),
        option('other', 'その他', 'そのほか', 'Other'),
      ],
    },
    {
      code: 'extended_reason_details',
      kind: 'textarea',
      maxLength: 500,
      label: text('理由のくわしい内容', '{理由|りゆう}を くわしく', 'Details of the reason'),
      visibleWhen: { field: 'extended_reason', equals: 'other' },
      required: true,
    },
    {
      code: 'guardian1_leaves_at',
      kind: 'time',
      label: text(
        '申請する保護者の仕事などが終わる時刻',
        '{申請|しんせい}する {保護者|ほごしゃ}の {仕事|しごと}などが {終|お}わる {時間|じかん}',
        'When your work or study ends',
      ),
      required: true,
    },
    {
      code: 'guardian1_home_at',
      kind: 'time',
      label: text(
        '申請する保護者が新BOPに着ける時刻',
        '{申請|しんせい}する {保護者|ほごしゃ}が {新|しん}BOPに {着|つ}く {時間|じかん}',
        'When you can be at the club',
      ),
      required: true,
    },
    HAS_GUARDIAN2,
    {
      code: 'guardian2_leaves_at',
      kind: 'time',
      label: text(
        'もう1人の保護者の仕事などが終わる時刻',
        'もう {1人|ひとり}の {保護者|ほごしゃ}の {仕事|しごと}などが {終|お}わる {時間|じかん}',
        'When the other guardian’s work or study ends',
      ),
      visibleWhen: other,
      required: true,
    },
    {
      code: 'guardian2_home_at',
      kind: 'time',
      label: text(
        'もう1人の保護者が新BOPに着ける時刻',
        'もう {1人|ひとり}の {保護者|ほごしゃ}が {新|しん}BOPに {着|つ}く {時間|じかん}',
        'When the other guardian can be at the club',
      ),
      visibleWhen: other,
      required: true,
    },
    {
      code: 'work_documents',
      kind: 'choice',
      style: 'radio',
      label: text(
        '勤務時間などがわかる書類',
        '{働|はたら}く {時間|じかん}などが わかる {紙|かみ}',
        'Documents that show the hours',
      ),
      required: true,
      options: [
        option(
          'same',
          '入会申請で提出したものから変わっていない',
          '{入会|にゅうかい}の {申請|しんせい}で {出|だ}した {紙|かみ}と {同|おな}じ',
          'As handed in for the admission',
        ),
        option(
          'new',
          '変わった、または提出していない',
          '{変|か}わった、まだ {出|だ}していない',
          'Changed, or not handed in',
        ),
      ],
    },
  ],
};

/** Who picks the child up. */
export const PICKUP: Section = {
  id: 'pickup',
  title: text('お迎え', 'お{迎|むか}え', 'Picking up'),
  fields: [
    {
      code: 'pickup_name',
      kind: 'text',
      maxLength: 100,
      label: text('迎えに来る人の氏名', '{迎|むか}えに {来|く}る {人|ひと}の {名前|なまえ}', 'Who picks up'),
      required: true,
    },
    {
      code: 'pickup_relation',
      kind: 'text',
      maxLength: 30,
      label: text(
        '迎えに来る人とお子さんの関係',
        '{迎|むか}えに {来|く}る {人|ひと}と お{子|こ}さんの {関係|かんけい}',
        'Their relation to the child',
      ),
      required: true,
    },
    {
      code: 'pickup_phone',
      kind: 'phone',
      label: text(
        '迎えに来る人の電話番号',
        '{迎|むか}えに {来|く}る {人|ひと}の {電話|でんわ}{番号|ばんごう}',
        'Their phone number',
      ),
      required: true,
    },
    {
      code: 'pickup_backup',
      kind: 'text',
      maxLength: 100,
      label: text(
        '来られないときに代わりに迎えに来る人',
        '{来|こ}られないときに、かわりに {迎|むか}えに {来|く}る {人|ひと}',
        'Who comes if they cannot',
      ),
    },
    {
      code: 'consent_pickup',
      kind: 'consent',
      label: text(
        '午後7時までに、必ず迎えに行きます。',
        '{午後|ごご}7{時|じ}までに、かならず {迎|むか}えに {行|い}きます。',
        'My child will always be picked up by 19:00.',
      ),
      required: true,
    },
  ],
};
