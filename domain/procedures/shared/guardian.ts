import { text } from '../../texts/locale.ts';
import type { Field, Option } from '../definition.ts';
import { option } from '../option.ts';

/** Guardian 1 is the applicant. */
export type GuardianNumber = 1 | 2;

const RELATIONS: readonly Option[] = [
  option('mother', '母', '{母|はは}', 'Mother'),
  option('father', '父', '{父|ちち}', 'Father'),
  option('grandmother', '祖母', 'おばあさん', 'Grandmother'),
  option('grandfather', '祖父', 'おじいさん', 'Grandfather'),
  option('other', 'その他', 'そのほか', 'Other'),
];

/** Name, relation and how to reach them. */
export function personFields(n: GuardianNumber): readonly Field[] {
  const g = `guardian${n}`;
  const of = n === 1 ? '申請者の' : 'もう1人の保護者の';
  const ofEasy = n === 1 ? '{申請者|しんせいしゃ}の ' : 'もう {1人|ひとり}の {保護者|ほごしゃ}の ';
  const your = n === 1 ? 'Your' : 'Their';
  const mine = n === 1;
  return [
    {
      code: `${g}_family_name`,
      kind: 'text',
      maxLength: 50,
      label: text(`${of}姓`, `${ofEasy}{姓|せい}（{名字|みょうじ}）`, `${your} family name`),
      required: true,
      ...(mine ? { autocomplete: 'family-name' } : {}),
    },
    {
      code: `${g}_given_name`,
      kind: 'text',
      maxLength: 50,
      label: text(`${of}名`, `${ofEasy}{名前|なまえ}`, `${your} given name`),
      required: true,
      ...(mine ? { autocomplete: 'given-name' } : {}),
    },
    {
      code: `${g}_family_kana`,
      kind: 'kana',
      maxLength: 50,
      label: text(`${of}姓（フリガナ）`, `${ofEasy}{姓|せい}（フリガナ）`, `${your} family name in katakana`),
      required: true,
    },
    {
      code: `${g}_given_kana`,
      kind: 'kana',
      maxLength: 50,
      label: text(
        `${of}名（フリガナ）`,
        `${ofEasy}{名前|なまえ}（フリガナ）`,
        `${your} given name in katakana`,
      ),
      required: true,
    },
    {
      code: `${g}_relation`,
      kind: 'choice',
      label: text(
        `${of}続柄（お子さんから見て）`,
        `${ofEasy}{関係|かんけい}（お{子|こ}さんから {見|み}て）`,
        `${your} relation to the child`,
      ),
      required: true,
      options: RELATIONS,
    },
    {
      code: `${g}_relation_other`,
      kind: 'text',
      maxLength: 30,
      label: text(
        `${of}続柄（その他の内容）`,
        `${ofEasy}{関係|かんけい}（くわしく）`,
        `${your} relation (other)`,
      ),
      visibleWhen: { field: `${g}_relation`, equals: 'other' },
      required: true,
    },
    {
      code: `${g}_lives_with_child`,
      kind: 'boolean',
      label: text(
        'お子さんと同居していますか',
        'お{子|こ}さんと {一緒|いっしょ}に {住|す}んでいますか',
        mine ? 'Do you live with the child?' : 'Do they live with the child?',
      ),
      required: true,
    },
    {
      code: `${g}_phone`,
      kind: 'phone',
      label: text(`${of}電話番号`, `${ofEasy}{電話|でんわ}{番号|ばんごう}`, `${your} phone number`),
      hint: text(
        '日中つながりやすい番号を入力してください。',
        '{昼|ひる}に つながる {番号|ばんごう}を {書|か}いてください。',
        'One where you can be reached in the daytime.',
      ),
      required: true,
      ...(mine ? { autocomplete: 'tel' } : {}),
    },
  ];
}

/** Is there a second guardian? */
export const HAS_GUARDIAN2: Field = {
  code: 'has_guardian2',
  kind: 'boolean',
  label: text(
    'お子さんを日常的に保育する保護者が、もう1人いますか',
    'お{子|こ}さんの {世話|せわ}を する {保護者|ほごしゃ}が、もう {1人|ひとり} いますか',
    'Is there a second guardian in daily life?',
  ),
  required: true,
};
