import { text } from '../../texts/locale.ts';
import type { Section } from '../definition.ts';

/** Everyone else in the house, and brothers and sisters in a club. */
export const HOUSEHOLD: Section = {
  id: 'household',
  title: text(
    '同居の家族・きょうだい',
    '{一緒|いっしょ}に {住|す}んでいる {家族|かぞく}・きょうだい',
    'Household, brothers and sisters',
  ),
  fields: [
    {
      code: 'household',
      kind: 'table',
      minRows: 0,
      maxRows: 10,
      rowLabel: text('同居の家族', '{一緒|いっしょ}に {住|す}んでいる {家族|かぞく}', 'Household member'),
      label: text(
        'お子さんと保護者以外の同居の家族',
        'お{子|こ}さんと {保護者|ほごしゃ}のほかに、{一緒|いっしょ}に {住|す}んでいる {家族|かぞく}',
        'Others living in the household',
      ),
      hint: text(
        'お子さんと、ここまでに入力した保護者は入力不要です。いない場合は空欄のままにしてください。',
        'お{子|こ}さんと、もう {書|か}いた {保護者|ほごしゃ}は {書|か}かなくて いいです。いないときは {書|か}かなくて いいです。',
        'Not your child or the guardians already entered. Leave empty if there is nobody else.',
      ),
      columns: [
        {
          code: 'household_name',
          kind: 'text',
          maxLength: 100,
          label: text('氏名', '{名前|なまえ}', 'Name'),
          required: true,
        },
        {
          code: 'household_relation',
          kind: 'text',
          maxLength: 30,
          label: text('お子さんとの続柄', 'お{子|こ}さんとの {関係|かんけい}', 'Relation to the child'),
          required: true,
        },
        {
          code: 'household_birth_date',
          kind: 'date',
          max: 'today',
          label: text('生年月日', '{生|う}まれた {日|ひ}', 'Date of birth'),
          required: true,
        },
        {
          code: 'household_occupation',
          kind: 'text',
          maxLength: 100,
          label: text(
            '職業・学校・園など',
            '{仕事|しごと}・{学校|がっこう}・{園|えん}など',
            'Occupation, school or nursery',
          ),
        },
      ],
    },
    {
      code: 'has_siblings_in_club',
      kind: 'boolean',
      label: text(
        '新BOP学童クラブを利用中・申請中のきょうだいがいますか',
        '{新|しん}BOP{学童|がくどう}クラブを {使|つか}っている（{申|もう}し{込|こ}んでいる） きょうだいが いますか',
        'Are brothers or sisters in, or applying for, a club?',
      ),
      required: true,
    },
    {
      code: 'siblings',
      kind: 'table',
      minRows: 1,
      maxRows: 6,
      visibleWhen: { field: 'has_siblings_in_club', equals: true },
      rowLabel: text('きょうだい', 'きょうだい', 'Brother or sister'),
      label: text(
        '利用中・申請中のきょうだい',
        '{使|つか}っている（{申|もう}し{込|こ}んでいる） きょうだい',
        'Brothers and sisters in a club',
      ),
      required: true,
      columns: [
        {
          code: 'sibling_name',
          kind: 'text',
          maxLength: 100,
          label: text('氏名', '{名前|なまえ}', 'Name'),
          required: true,
        },
        {
          code: 'sibling_birth_date',
          kind: 'date',
          max: 'today',
          label: text('生年月日', '{生|う}まれた {日|ひ}', 'Date of birth'),
          required: true,
        },
        { code: 'sibling_bop', kind: 'bop', label: text('新BOP', '{新|しん}BOP', 'Club'), required: true },
      ],
    },
  ],
};
