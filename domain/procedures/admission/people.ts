import { text } from '../../texts/locale.ts';
import type { Section } from '../definition.ts';
import { option } from '../option.ts';
import { HOME_FIELDS } from '../shared/applicant.ts';
import { HAS_GUARDIAN2, personFields } from '../shared/guardian.ts';

/** Where guardian 1 and the child live. */
export const ADDRESS: Section = {
  id: 'address',
  family: true,
  title: text('住所', '{住所|じゅうしょ}', 'Address'),
  fields: [
    ...HOME_FIELDS,
    {
      code: 'child_address',
      kind: 'text',
      maxLength: 200,
      label: text('お子さんの住所', 'お{子|こ}さんの {住所|じゅうしょ}', "Child's address"),
      visibleWhen: { field: 'guardian1_lives_with_child', equals: false },
      required: true,
    },
    {
      code: 'residence',
      kind: 'choice',
      label: text(
        'お子さんの住まい',
        'お{子|こ}さんが {住|す}んでいる {所|ところ}',
        'Where your child lives',
      ),
      required: true,
      options: [
        option(
          'setagaya',
          '世田谷区内に住んでいる',
          '{世田谷区|せたがやく}に {住|す}んでいる',
          'In Setagaya',
        ),
        option(
          'moving_in',
          '利用開始までに世田谷区内へ転入する',
          '{使|つか}い{始|はじ}めるまでに {世田谷区|せたがやく}に {引|ひ}っ{越|こ}す',
          'Moves to Setagaya before the first day',
        ),
        option(
          'outside',
          '世田谷区外に住んでいる（区立小学校に通学）',
          '{世田谷区|せたがやく}の {外|そと}に {住|す}んでいる（{区立|くりつ}の {小学校|しょうがっこう}に {通|かよ}う）',
          'Outside, attending a Setagaya public school',
        ),
      ],
    },
    {
      code: 'move_in_date',
      kind: 'date',
      label: text('転入する日', '{引|ひ}っ{越|こ}す {日|ひ}', 'Date of the move'),
      visibleWhen: { field: 'residence', equals: 'moving_in' },
      required: true,
    },
    {
      code: 'move_in_address',
      kind: 'text',
      maxLength: 200,
      label: text('転入先の住所', '{新|あたら}しい {住所|じゅうしょ}', 'New address'),
      visibleWhen: { field: 'residence', equals: 'moving_in' },
      required: true,
    },
  ],
};

/** Guardian 2, where there is one. */
export const GUARDIAN2: Section = {
  id: 'guardian2',
  family: true,
  title: text('もう1人の保護者', 'もう {1人|ひとり}の {保護者|ほごしゃ}', 'The other guardian'),
  fields: [
    HAS_GUARDIAN2,
    {
      code: 'no_guardian2_reason',
      kind: 'choice',
      label: text('いない理由', 'いない {理由|りゆう}', 'Why not'),
      visibleWhen: { field: 'has_guardian2', equals: false },
      required: true,
      options: [
        option('single_parent', 'ひとり親', 'ひとり{親|おや}', 'Single parent'),
        option(
          'posted_away',
          '単身赴任',
          '{仕事|しごと}で {別|べつ}の {所|ところ}に {住|す}んでいる（{単身赴任|たんしんふにん}）',
          'Posted away for work',
        ),
        option(
          'separated',
          '別居（離婚調停中など）',
          '{別|べつ}に {住|す}んでいる（{離婚|りこん}の {話|はな}し{合|あ}い{中|ちゅう}など）',
          'Separated, for example divorce pending',
        ),
        option(
          'hospital',
          '長期の入院・施設入所',
          '{長|なが}い {入院|にゅういん}・{施設|しせつ}に いる',
          'Long stay in hospital or an institution',
        ),
        option('other', 'その他', 'そのほか', 'Other'),
      ],
    },
    {
      code: 'no_guardian2_details',
      kind: 'textarea',
      maxLength: 500,
      label: text('くわしい状況', 'くわしい ようす', 'Details'),
      hint: text(
        '単身赴任の場合は、赴任先と期間を入力してください。',
        '{単身赴任|たんしんふにん}のときは、{場所|ばしょ}と いつまでかを {書|か}いてください。',
        'If posted away: where and until when.',
      ),
      visibleWhen: {
        all: [
          { field: 'has_guardian2', equals: false },
          { field: 'no_guardian2_reason', in: ['posted_away', 'separated', 'hospital', 'other'] },
        ],
      },
      required: true,
    },
    ...personFields(2).map((field) => {
      const has = { field: 'has_guardian2', equals: true } as const;
      return { ...field, visibleWhen: field.visibleWhen ? { all: [has, field.visibleWhen] } : has };
    }),
  ],
};
