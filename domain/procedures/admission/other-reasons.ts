import { text, type Localized } from '../../texts/locale.ts';
import type { Condition } from '../condition.ts';
import type { Field } from '../definition.ts';
import { option } from '../option.ts';

const DETAILS: Readonly<Record<string, Localized>> = {
  disaster: text(
    '災害の内容と現在の状況',
    '{災害|さいがい}の {内容|ないよう}と {今|いま}の ようす',
    'The disaster and the present situation',
  ),
  job_seeking: text('求職の状況', '{仕事|しごと}を {探|さが}している ようす', 'How you are looking for work'),
  other: text('保育が必要な理由', 'クラブが {必要|ひつよう}な {理由|りゆう}', 'Why care is needed'),
};

function textareaFor(g: string, reason: string, label: Localized): Field {
  return {
    code: `${g}_${reason}_details`,
    kind: 'textarea',
    maxLength: 1000,
    label,
    visibleWhen: { field: `${g}_reason`, equals: reason },
    required: true,
  };
}

/** What is asked for the reasons that are neither work, study nor care. */
export function otherReasonFields(g: string): readonly Field[] {
  const when = (reason: string): Condition => ({ field: `${g}_reason`, equals: reason });
  return [
    {
      code: `${g}_expected_birth_date`,
      kind: 'date',
      label: text(
        '出産予定日（出産日）',
        '{赤|あか}ちゃんが {生|う}まれる {日|ひ}（{予定|よてい}）',
        'Expected (or actual) date of birth',
      ),
      visibleWhen: when('maternity'),
      required: true,
    },
    {
      code: `${g}_illness_kind`,
      kind: 'choice',
      label: text('療養の状況', '{病気|びょうき}・けがの ようす', 'Situation'),
      visibleWhen: when('illness'),
      required: true,
      options: [
        option('hospital', '入院', '{入院|にゅういん}している', 'In hospital'),
        option('bedridden', '自宅で常に寝ている', '{家|いえ}で いつも {寝|ね}ている', 'Bedridden at home'),
        option(
          'mental_infectious',
          '精神疾患・感染症による自宅療養',
          '{心|こころ}の {病気|びょうき}・うつる {病気|びょうき}で {家|いえ}に いる',
          'At home with a mental or infectious illness',
        ),
        option(
          'other',
          'その他の通院・自宅療養',
          'そのほか（{病院|びょういん}に {行|い}く・{家|いえ}で {休|やす}む）',
          'Other treatment',
        ),
      ],
    },
    {
      code: `${g}_illness_from`,
      kind: 'date',
      label: text('療養の開始日', '{始|はじ}まった {日|ひ}', 'Since'),
      visibleWhen: when('illness'),
      required: true,
    },
    {
      code: `${g}_illness_until`,
      kind: 'date',
      label: text('療養の終了見込み日', '{終|お}わる {日|ひ}（わかれば）', 'Expected until'),
      hint: text(
        '未定の場合は空欄のままにしてください。',
        'わからないときは {書|か}かなくて いいです。',
        'Leave empty if not known.',
      ),
      visibleWhen: when('illness'),
    },
    {
      code: `${g}_handbook_kind`,
      kind: 'choice',
      label: text('手帳の種類', '{手帳|てちょう}の {種類|しゅるい}', 'Kind of certificate'),
      visibleWhen: when('disability'),
      required: true,
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
        option(
          'none',
          '手帳はない（診断書を提出）',
          '{手帳|てちょう}は ない（{診断書|しんだんしょ}を {出|だ}す）',
          'None (medical certificate instead)',
        ),
      ],
    },
    {
      code: `${g}_handbook_grade`,
      kind: 'text',
      maxLength: 20,
      label: text('手帳の等級・度数', '{手帳|てちょう}の {等級|とうきゅう}', 'Grade'),
      visibleWhen: { field: `${g}_handbook_kind`, in: ['physical', 'intellectual', 'mental'] },
      required: true,
    },
    {
      code: `${g}_leave_until`,
      kind: 'date',
      label: text(
        '育児休業の終了（復職）予定日',
        '{育休|いくきゅう}が {終|お}わる {日|ひ}',
        'Date of return to work',
      ),
      visibleWhen: when('childcare_leave'),
      required: true,
    },
    ...Object.entries(DETAILS).map(([reason, label]) => textareaFor(g, reason, label)),
  ];
}
