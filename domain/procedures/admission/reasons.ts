import { text } from '../../texts/locale.ts';
import type { Condition } from '../condition.ts';
import type { Field, Option, Section } from '../definition.ts';
import { option } from '../option.ts';
import type { GuardianNumber } from '../shared/guardian.ts';
import { measureFields } from './measure.ts';
import { otherReasonFields } from './other-reasons.ts';

/** Grounds that do not count, by the defaults. They can be stated, so that the family is told before filing. */
export const REASONS_NOT_COUNTED = ['childcare_leave', 'job_seeking'] as const;

const REASONS: readonly Option[] = [
  option(
    'work',
    '就労（会社・お店などに勤めている）',
    '{会社|かいしゃ}や {店|みせ}などで {働|はたら}いている',
    'Employed',
  ),
  option(
    'self_employed',
    '自営業・家業',
    '{自分|じぶん}や {家族|かぞく}の {仕事|しごと}を している',
    'Self-employed or family business',
  ),
  option(
    'study',
    '就学・技能訓練',
    '{学校|がっこう}などで {勉強|べんきょう}している',
    'Studying or in training',
  ),
  option(
    'maternity',
    '出産（産前産後休業を含む）',
    '{赤|あか}ちゃんを {産|う}む（{産休|さんきゅう}も）',
    'Childbirth, including maternity leave',
  ),
  option(
    'illness',
    '病気・けが・入院',
    '{病気|びょうき}・けが・{入院|にゅういん}',
    'Illness, injury or hospital',
  ),
  option('disability', '障害', '{障害|しょうがい}が ある', 'Disability'),
  option(
    'care',
    '介護・看護',
    '{家族|かぞく}の {世話|せわ}（{介護|かいご}・{看護|かんご}）',
    'Care of a relative',
  ),
  option('disaster', '災害', '{災害|さいがい}（{地震|じしん}・{火事|かじ}など）', 'Disaster'),
  option(
    'childcare_leave',
    '育児休業中',
    '{育児|いくじ}{休業|きゅうぎょう}（{育休|いくきゅう}）',
    'Childcare leave',
  ),
  option('job_seeking', '求職中', '{仕事|しごと}を {探|さが}している', 'Looking for work'),
  option('other', 'その他', 'そのほか', 'Other'),
];

function workFields(g: string): readonly Field[] {
  const works: Condition = { field: `${g}_reason`, in: ['work', 'self_employed'] };
  return [
    {
      code: `${g}_employer`,
      kind: 'text',
      maxLength: 100,
      label: text(
        '勤務先・事業の名称',
        '{会社|かいしゃ}・{店|みせ}などの {名前|なまえ}',
        'Name of the employer or business',
      ),
      visibleWhen: works,
      required: true,
    },
    {
      code: `${g}_workplace_phone`,
      kind: 'phone',
      label: text(
        '勤務先の電話番号',
        '{仕事|しごと}の {場所|ばしょ}の {電話|でんわ}{番号|ばんごう}',
        'Phone number at work',
      ),
      visibleWhen: works,
    },
    {
      code: `${g}_work_planned`,
      kind: 'boolean',
      label: text(
        'これから働き始める予定ですか（内定）',
        'これから {働|はたら}き{始|はじ}めますか',
        'Is this a job that starts later?',
      ),
      visibleWhen: works,
      required: true,
    },
    {
      code: `${g}_work_starts_on`,
      kind: 'date',
      label: text('働き始める日', '{働|はたら}き{始|はじ}める {日|ひ}', 'First day of work'),
      visibleWhen: { all: [works, { field: `${g}_work_planned`, equals: true }] },
      required: true,
    },
    {
      code: `${g}_schedule`,
      kind: 'choice',
      label: text('勤務の形', '{働|はたら}く {時間|じかん}の {決|き}まり{方|かた}', 'Working pattern'),
      visibleWhen: works,
      required: true,
      options: [
        option(
          'fixed',
          '曜日と時間が決まっている',
          '{曜日|ようび}と {時間|じかん}が {決|き}まっている',
          'Fixed days and times',
        ),
        option(
          'variable',
          'シフトなど、日によって変わる',
          '{日|ひ}によって {変|か}わる（シフトなど）',
          'Varies (shifts)',
        ),
      ],
    },
  ];
}

function studyFields(g: string): readonly Field[] {
  const studies: Condition = { field: `${g}_reason`, equals: 'study' };
  return [
    {
      code: `${g}_study_school`,
      kind: 'text',
      maxLength: 100,
      label: text('学校・訓練施設の名称', '{学校|がっこう}などの {名前|なまえ}', 'School or training centre'),
      visibleWhen: studies,
      required: true,
    },
    {
      code: `${g}_study_until`,
      kind: 'month',
      label: text('修了・卒業の予定月', '{卒業|そつぎょう}する {月|つき}', 'Month in which it ends'),
      visibleWhen: studies,
      required: true,
    },
  ];
}

function careFields(g: string): readonly Field[] {
  const cares: Condition = { field: `${g}_reason`, equals: 'care' };
  return [
    {
      code: `${g}_care_person`,
      kind: 'text',
      maxLength: 100,
      label: text(
        '介護・看護を受ける人の氏名',
        '{世話|せわ}を {受|う}ける {人|ひと}の {名前|なまえ}',
        'Name of the person cared for',
      ),
      visibleWhen: cares,
      required: true,
    },
    {
      code: `${g}_care_relation`,
      kind: 'text',
      maxLength: 30,
      label: text('その人との続柄', 'その {人|ひと}との {関係|かんけい}', 'Relation to that person'),
      visibleWhen: cares,
      required: true,
    },
    {
      code: `${g}_care_kind`,
      kind: 'choice',
      label: text('介護・看護の内容', '{世話|せわ}の {内容|ないよう}', 'Kind of care'),
      visibleWhen: cares,
      required: true,
      options: [
        option('home', '自宅での介護・看護', '{家|いえ}で {世話|せわ}を する', 'At home'),
        option('hospital', '入院の付き添い', '{入院|にゅういん}に {付|つ}き{添|そ}う', 'In hospital'),
        option(
          'visits',
          '通院・通所の付き添い',
          '{病院|びょういん}などに {付|つ}き{添|そ}う',
          'Accompanying to treatment',
        ),
      ],
    },
  ];
}

/** Why this guardian cannot look after the child in the afternoon. */
export function reasonSection(n: GuardianNumber): Section {
  const g = `guardian${n}`;
  return {
    id: `${g}_reason`,
    family: true,
    title:
      n === 1
        ? text(
            '申請する保護者の理由',
            '{申請|しんせい}する {保護者|ほごしゃ}の {理由|りゆう}',
            'Reason: applying guardian',
          )
        : text(
            'もう1人の保護者の理由',
            'もう {1人|ひとり}の {保護者|ほごしゃ}の {理由|りゆう}',
            'Reason: other guardian',
          ),
    ...(n === 2 ? { visibleWhen: { field: 'has_guardian2', equals: true } as const } : {}),
    fields: [
      {
        code: `${g}_reason`,
        kind: 'choice',
        style: 'radio',
        label: text(
          '放課後に保育できない理由',
          '{放課後|ほうかご} お{子|こ}さんを {見|み}られない {理由|りゆう}',
          'Why you cannot look after the child after school',
        ),
        hint: text(
          '2つ以上あてはまる場合は、主なものを選んでください。',
          '{2|ふた}つより {多|おお}いときは、いちばん {大|おお}きい {理由|りゆう}を {選|えら}んでください。',
          'If several apply, the main one.',
        ),
        required: true,
        options: REASONS,
      },
      ...workFields(g),
      ...studyFields(g),
      ...careFields(g),
      ...measureFields(g),
      ...otherReasonFields(g),
    ],
  };
}

/** The codes of every field about a guardian's reason. */
export function reasonFieldCodes(n: GuardianNumber): readonly string[] {
  return reasonSection(n).fields.map((field) => field.code);
}
