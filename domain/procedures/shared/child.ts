import { text } from '../../texts/locale.ts';
import type { Field, Section } from '../definition.ts';

/** Who the child is. */
export const CHILD: Section = {
  id: 'child',
  title: text('お子さん', 'お{子|こ}さん', 'Your child'),
  intro: text(
    '申請はお子さん1人につき1件です。きょうだいは、それぞれ申請してください。',
    'お{子|こ}さん {1人|ひとり}に {1|ひと}つ {申請|しんせい}します。きょうだいは、{別|べつ}に {申請|しんせい}してください。',
    'One application is for one child. Please file one for each brother or sister.',
  ),
  fields: [
    {
      code: 'child_family_name',
      kind: 'text',
      maxLength: 50,
      label: text('お子さんの姓', 'お{子|こ}さんの {姓|せい}（{名字|みょうじ}）', "Child's family name"),
      hint: text(
        '住民票のとおりに入力してください。入力できない文字は、似た文字かひらがなで入力してください。',
        '{住民票|じゅうみんひょう}と {同|おな}じ {字|じ}で {書|か}いてください。{入力|にゅうりょく}できない {字|じ}は、{似|に}た {字|じ}か ひらがなで {書|か}いてください。',
        'As on the residence certificate. If a character cannot be typed, use a similar one or hiragana.',
      ),
      required: true,
    },
    {
      code: 'child_given_name',
      kind: 'text',
      maxLength: 50,
      label: text('お子さんの名', 'お{子|こ}さんの {名前|なまえ}', "Child's given name"),
      required: true,
    },
    {
      code: 'child_family_kana',
      kind: 'kana',
      maxLength: 50,
      label: text(
        'お子さんの姓（フリガナ）',
        'お{子|こ}さんの {姓|せい}（フリガナ）',
        "Child's family name in katakana",
      ),
      required: true,
    },
    {
      code: 'child_given_kana',
      kind: 'kana',
      maxLength: 50,
      label: text(
        'お子さんの名（フリガナ）',
        'お{子|こ}さんの {名前|なまえ}（フリガナ）',
        "Child's given name in katakana",
      ),
      required: true,
    },
    {
      code: 'child_birth_date',
      kind: 'date',
      max: 'today',
      label: text('お子さんの生年月日', 'お{子|こ}さんの {生|う}まれた {日|ひ}', "Child's date of birth"),
      required: true,
    },
  ],
};

/** Which fiscal year an application is about. */
export const FISCAL_YEAR: Field = {
  code: 'fiscal_year',
  kind: 'fiscalYear',
  label: text('利用する年度', '{使|つか}う {年度|ねんど}', 'School year'),
  hint: text(
    '年度は4月から翌年3月までです。',
    '{年度|ねんど}は、4{月|がつ}から {次|つぎ}の {年|とし}の 3{月|がつ}までです。',
    'A school year runs from April to March of the following year.',
  ),
  required: true,
};

/** The grade in that year. */
export const GRADE: Field = {
  code: 'grade',
  kind: 'grade',
  label: text(
    '利用する年度の学年',
    '{使|つか}う {年度|ねんど}の {学年|がくねん}',
    'Grade in that school year',
  ),
  required: true,
};

/** Which 新BOP. */
export const BOP: Field = {
  code: 'bop',
  kind: 'bop',
  label: text('利用する新BOP', '{使|つか}う {新|しん}BOP', 'Club (Shin-BOP)'),
  hint: text(
    '世田谷区立小学校に通う場合は、その学校の新BOPを選んでください。それ以外の場合は、お住まいの地域の新BOPを選んでください。',
    '{世田谷区立|せたがやくりつ}の {小学校|しょうがっこう}に {通|かよ}うときは、その {学校|がっこう}の {新|しん}BOPを {選|えら}んでください。ほかの {学校|がっこう}のときは、{家|いえ}の {近|ちか}くの {新|しん}BOPを {選|えら}んでください。',
    'The club at your Setagaya public school; for other schools, the club of the area where you live.',
  ),
  required: true,
};

/** Where the child is, for procedures after the admission: the school itself is known by then. */
export const CLUB: Section = {
  id: 'school',
  title: text('学年と新BOP', '{学年|がくねん}と {新|しん}BOP', 'Grade and club'),
  fields: [GRADE, BOP],
};
