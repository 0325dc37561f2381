import { text } from '../../texts/locale.ts';
import type { Condition } from '../condition.ts';
import type { Section } from '../definition.ts';
import { option } from '../option.ts';
import { FISCAL_YEAR } from '../shared/child.ts';
import { PLEDGE } from '../shared/consents.ts';

export const REASON_FIELD = 'reduction_reason';
export const because = (...reasons: readonly string[]): Condition => ({ field: REASON_FIELD, in: reasons });

/** Which reason, for which months. */
export const USE: Section = {
  id: 'use',
  title: text(
    '減免の理由と期間',
    'お{金|かね}を {安|やす}くする {理由|りゆう}と {期間|きかん}',
    'Reason and months',
  ),
  fields: [
    FISCAL_YEAR,
    {
      code: REASON_FIELD,
      kind: 'choice',
      style: 'radio',
      label: text('減免の理由', 'お{金|かね}を {安|やす}くする {理由|りゆう}', 'Reason for the reduction'),
      hint: text(
        'あてはまる理由が2つ以上ある場合は、理由ごとに申請できます。',
        '{理由|りゆう}が {2|ふた}つより {多|おお}いときは、{1|ひと}つずつ {申請|しんせい}できます。',
        'If several apply, you may file one application for each.',
      ),
      required: true,
      options: [
        option(
          'publicAssistance',
          '生活保護を受けている',
          '{生活|せいかつ}{保護|ほご}を もらっている',
          'Public assistance',
        ),
        option(
          'taxExempt',
          '世帯全員（16歳以上）が住民税非課税',
          '{家族|かぞく}{全員|ぜんいん}（16{歳|さい}より {上|うえ}）が {住民税|じゅうみんぜい}を {払|はら}わなくて いい',
          'Household exempt from resident tax (all aged 16 and over)',
        ),
        option(
          'schoolExpense',
          '就学援助を受けている',
          '{就学援助|しゅうがくえんじょ}を もらっている',
          'School-expense support',
        ),
        option(
          'longAbsence',
          '長期欠席（1か月以上続けて休む）',
          '{長|なが}く {休|やす}む（{1か月|いっかげつ}より {長|なが}く）',
          'Long absence (a month or longer)',
        ),
      ],
    },
    {
      code: 'reduction_from',
      kind: 'month',
      label: text('減免を始める月', '{安|やす}くなる {始|はじ}めの {月|つき}', 'First month'),
      hint: text(
        '原則として、申請する月以降の月です。',
        '{申請|しんせい}する {月|つき}か、その {後|あと}の {月|つき}です。',
        'As a rule, the month of this application or a later one.',
      ),
      required: true,
    },
    {
      code: 'reduction_to',
      kind: 'month',
      label: text('減免を終える月', '{安|やす}くなる {終|お}わりの {月|つき}', 'Last month'),
      hint: text(
        '年度の終わりまでの場合は、3月と入力してください。',
        '{年度|ねんど}の {終|お}わりまでのときは、3{月|がつ}と {書|か}いてください。',
        'To the end of the school year, enter March.',
      ),
      required: true,
    },
  ],
};

/** What the household has to say; the same for brothers and sisters. */
export const HOUSEHOLD: Section = {
  id: 'reduction_household',
  family: true,
  visibleWhen: because('publicAssistance', 'taxExempt', 'schoolExpense'),
  title: text('世帯の状況', '{家族|かぞく}の ようす', 'The household'),
  fields: [
    {
      code: 'assistance_office',
      kind: 'text',
      maxLength: 100,
      label: text(
        '生活保護を担当している福祉事務所（総合支所）',
        '{生活|せいかつ}{保護|ほご}の {福祉|ふくし}{事務所|じむしょ}の {名前|なまえ}',
        'Welfare office in charge',
      ),
      visibleWhen: because('publicAssistance'),
      required: true,
    },
    {
      code: 'assistance_since',
      kind: 'date',
      max: 'today',
      label: text(
        '生活保護が始まった日',
        '{生活|せいかつ}{保護|ほご}が {始|はじ}まった {日|ひ}',
        'First day of public assistance',
      ),
      visibleWhen: because('publicAssistance'),
    },
    {
      code: 'tax_household',
      kind: 'table',
      minRows: 1,
      maxRows: 10,
      rowLabel: text('16歳以上の方', '16{歳|さい}より {上|うえ}の {人|ひと}', 'Person aged 16 or over'),
      label: text(
        '世帯の16歳以上の方全員（保護者を含む）',
        '{家族|かぞく}の 16{歳|さい}より {上|うえ}の {人|ひと}{全員|ぜんいん}（{保護者|ほごしゃ}も）',
        'Everyone in the household aged 16 or over, guardians included',
      ),
      visibleWhen: because('taxExempt'),
      required: true,
      columns: [
        {
          code: 'tax_name',
          kind: 'text',
          maxLength: 100,
          label: text('氏名', '{名前|なまえ}', 'Name'),
          required: true,
        },
        {
          code: 'tax_relation',
          kind: 'text',
          maxLength: 30,
          label: text('お子さんとの続柄', 'お{子|こ}さんとの {関係|かんけい}', 'Relation to the child'),
          required: true,
        },
        {
          code: 'tax_birth_date',
          kind: 'date',
          max: 'today',
          label: text('生年月日', '{生|う}まれた {日|ひ}', 'Date of birth'),
          required: true,
        },
        {
          code: 'tax_status',
          kind: 'choice',
          label: text('住民税', '{住民税|じゅうみんぜい}', 'Resident tax'),
          required: true,
          options: [
            option('exempt', '非課税', '{払|はら}わなくて いい', 'Exempt'),
            option('taxed', '課税', '{払|はら}う', 'Taxed'),
            option('not_filed', '申告していない・わからない', 'わからない', 'Not declared, or not known'),
          ],
        },
      ],
    },
    {
      code: 'tax_all_in_setagaya',
      kind: 'boolean',
      label: text(
        '16歳以上の全員が、今年と昨年の1月1日に世田谷区に住んでいましたか',
        '16{歳|さい}より {上|うえ}の {人|ひと}{全員|ぜんいん}が、{今年|ことし}と {去年|きょねん}の 1{月|がつ}1{日|にち}に {世田谷区|せたがやく}に {住|す}んでいましたか',
        'Did all of them live in Setagaya on 1 January of this year and last year?',
      ),
      hint: text(
        'ほかの自治体に住んでいた方は、その自治体の非課税証明書が必要です。',
        'ほかの {所|ところ}に {住|す}んでいた {人|ひと}は、その {所|ところ}の {証明書|しょうめいしょ}が いります。',
        'Who lived elsewhere needs the tax certificate of that municipality.',
      ),
      visibleWhen: because('taxExempt'),
      required: true,
    },
    {
      code: 'school_expense_status',
      kind: 'choice',
      label: text('就学援助の状況', '{就学援助|しゅうがくえんじょ}の ようす', 'School-expense support'),
      visibleWhen: because('schoolExpense'),
      required: true,
      options: [
        option('receiving', '認定されている', '{決|き}まっている', 'Recognised'),
        option(
          'lunch_only',
          '給食費のみ認定されている',
          '{給食|きゅうしょく}の お{金|かね}だけ',
          'For school lunch only',
        ),
        option('applied', '申請中', '{申請|しんせい}している', 'Applied for'),
      ],
    },
    {
      code: 'school_expense_since',
      kind: 'date',
      max: 'today',
      label: text(
        '就学援助の認定日',
        '{就学援助|しゅうがくえんじょ}が {決|き}まった {日|ひ}',
        'Day of recognition',
      ),
      visibleWhen: {
        all: [because('schoolExpense'), { field: 'school_expense_status', in: ['receiving', 'lunch_only'] }],
      },
      required: true,
    },
  ],
};

/** How long the child is away. */
export const ABSENCE: Section = {
  id: 'reduction_absence',
  visibleWhen: because('longAbsence'),
  title: text('長期欠席', '{長|なが}く {休|やす}む こと', 'Long absence'),
  intro: text(
    '1日も利用しない月が対象です。',
    '{1日|いちにち}も {使|つか}わない {月|つき}が {安|やす}くなります。',
    'For months in which your child does not come at all.',
  ),
  fields: [
    {
      code: 'absence_from',
      kind: 'date',
      label: text('休み始める日', '{休|やす}み{始|はじ}める {日|ひ}', 'First day of absence'),
      required: true,
    },
    {
      code: 'absence_to',
      kind: 'date',
      label: text('休み終わる日（見込み）', '{休|やす}みが {終|お}わる {日|ひ}', 'Last day, as expected'),
      required: true,
    },
    {
      code: 'absence_reason',
      kind: 'choice',
      label: text('欠席の理由', '{休|やす}む {理由|りゆう}', 'Reason of the absence'),
      required: true,
      options: [
        option('illness', '病気・けが', '{病気|びょうき}・けが', 'Illness or injury'),
        option('hospital', '入院', '{入院|にゅういん}', 'Hospital'),
        option(
          'stay_away',
          '帰省・海外滞在',
          '{遠|とお}くに {行|い}く（{国|くに}に {帰|かえ}るなど）',
          'Stay away from home',
        ),
        option('family', '家庭の事情', '{家|いえ}の こと', 'Family circumstances'),
        option('other', 'その他', 'そのほか', 'Other'),
      ],
    },
    {
      code: 'absence_details',
      kind: 'textarea',
      maxLength: 500,
      label: text('欠席のくわしい内容', 'くわしく', 'Details'),
      visibleWhen: { field: 'absence_reason', in: ['stay_away', 'family', 'other'] },
      required: true,
    },
  ],
};

/** What the household agrees to. */
export const CONSENTS: Section = {
  id: 'consents',
  title: text('同意と確認', '{同意|どうい}と {確認|かくにん}', 'Consent and confirmation'),
  fields: [
    {
      code: 'consent_household_data',
      kind: 'consent',
      label: text(
        '減免の審査のため、世帯全員の住民登録・税・生活保護・就学援助の情報を区が確認することに、世帯全員が同意しています。',
        '{審査|しんさ}のために、{区|く}が {家族|かぞく}{全員|ぜんいん}の {住民|じゅうみん}{登録|とうろく}・{税金|ぜいきん}・{生活|せいかつ}{保護|ほご}・{就学援助|しゅうがくえんじょ}の {情報|じょうほう}を {見|み}ることに、{全員|ぜんいん}が {同意|どうい}しています。',
        'Everyone in the household agrees that the ward checks data on residence, tax, public assistance and school-expense support for this review.',
      ),
      visibleWhen: because('publicAssistance', 'taxExempt', 'schoolExpense'),
      required: true,
    },
    PLEDGE,
  ],
};
