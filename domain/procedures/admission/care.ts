import { text } from '../../texts/locale.ts';
import type { Section } from '../definition.ts';
import { option } from '../option.ts';

/** What the club has to know to look after the child well. */
export const CARE: Section = {
  id: 'care',
  title: text(
    '配慮が必要なこと・健康',
    '{気|き}をつけてほしいこと・{健康|けんこう}',
    'Special care and health',
  ),
  fields: [
    {
      code: 'special_consideration',
      kind: 'boolean',
      label: text(
        '個別の配慮が必要ですか',
        '{特別|とくべつ}な {手助|てだす}けが {必要|ひつよう}ですか',
        'Does your child need individual consideration?',
      ),
      hint: text(
        '障害、発達上の心配、医療的ケアなどがある場合です。配慮が必要なお子さんは6年生まで利用できます。',
        '{障害|しょうがい}、{発達|はったつ}の {心配|しんぱい}、{医療|いりょう}の ケアなどがあるときです。{必要|ひつよう}な お{子|こ}さんは 6{年生|ねんせい}まで {使|つか}えます。',
        'For example disability, developmental concerns or medical care. Children who need it may attend up to grade 6.',
      ),
      required: true,
    },
    {
      code: 'consideration_details',
      kind: 'textarea',
      maxLength: 1000,
      label: text(
        '必要な配慮の内容',
        'どんな {手助|てだす}けが {必要|ひつよう}ですか',
        'What consideration is needed',
      ),
      visibleWhen: { field: 'special_consideration', equals: true },
      required: true,
    },
    {
      code: 'child_class',
      kind: 'choice',
      label: text('在籍する学級', 'クラスの {種類|しゅるい}', 'Kind of class'),
      visibleWhen: { field: 'special_consideration', equals: true },
      required: true,
      options: [
        option('regular', '通常の学級', 'ふつうの クラス', 'Regular class'),
        option(
          'resource',
          '通常の学級（特別支援教室を利用）',
          'ふつうの クラス（{特別|とくべつ}{支援|しえん}{教室|きょうしつ}も {使|つか}う）',
          'Regular class with resource room',
        ),
        option(
          'special',
          '特別支援学級',
          '{特別|とくべつ}{支援|しえん}{学級|がっきゅう}',
          'Special needs class',
        ),
        option(
          'school',
          '特別支援学校',
          '{特別|とくべつ}{支援|しえん}{学校|がっこう}',
          'Special needs school',
        ),
        option('undecided', '未定', 'まだ {決|き}まっていない', 'Not decided yet'),
      ],
    },
    {
      code: 'child_handbooks',
      kind: 'choices',
      label: text(
        'お子さんが持っている手帳',
        'お{子|こ}さんが {持|も}っている {手帳|てちょう}',
        'Disability certificates your child holds',
      ),
      visibleWhen: { field: 'special_consideration', equals: true },
      options: [
        option(
          'physical',
          '身体障害者手帳',
          '{身体|しんたい}{障害者|しょうがいしゃ}{手帳|てちょう}',
          'Physical disability certificate',
        ),
        option(
          'intellectual',
          '愛の手帳',
          '{愛|あい}の{手帳|てちょう}',
          'Ai no Techo (intellectual disability)',
        ),
        option(
          'mental',
          '精神障害者保健福祉手帳',
          '{精神|せいしん}{障害者|しょうがいしゃ}{保健|ほけん}{福祉|ふくし}{手帳|てちょう}',
          'Mental disability certificate',
        ),
      ],
    },
    {
      code: 'has_allergy',
      kind: 'boolean',
      label: text(
        '食物などのアレルギーがありますか',
        '{食|た}べ{物|もの}などの アレルギーが ありますか',
        'Does your child have allergies?',
      ),
      required: true,
    },
    {
      code: 'allergy_details',
      kind: 'textarea',
      maxLength: 1000,
      label: text(
        'アレルギーの内容と対応',
        'アレルギーの {内容|ないよう}と、してほしいこと',
        'The allergies and what to do',
      ),
      visibleWhen: { field: 'has_allergy', equals: true },
      required: true,
    },
    {
      code: 'has_epipen',
      kind: 'boolean',
      label: text(
        'エピペンを持っていますか',
        'エピペンを {持|も}っていますか',
        'Does your child carry an EpiPen?',
      ),
      visibleWhen: { field: 'has_allergy', equals: true },
      required: true,
    },
    {
      code: 'health_notes',
      kind: 'textarea',
      maxLength: 1000,
      label: text(
        'その他、健康について伝えたいこと',
        'そのほか {健康|けんこう}について {伝|つた}えたいこと',
        'Anything else about health',
      ),
      hint: text(
        '持病、服薬、運動の制限などがあれば入力してください。',
        'ずっと {続|つづ}く {病気|びょうき}、{薬|くすり}、{運動|うんどう}できないことなどが あれば {書|か}いてください。',
        'Chronic conditions, medicine, limits on exercise and so on.',
      ),
    },
  ],
};
