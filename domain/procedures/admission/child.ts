import { text } from '../../texts/locale.ts';
import type { Section } from '../definition.ts';
import { option } from '../option.ts';

/** Year, place and first day. */
export const USE: Section = {
  id: 'use',
  title: text('利用の希望', '{使|つか}いたい {日|ひ}', 'When the club is needed'),
  fields: [
    {
      code: 'fiscal_year',
      kind: 'fiscalYear',
      label: text('利用する年度', '{使|つか}う {年度|ねんど}', 'School year'),
      hint: text(
        '年度は4月から翌年3月までです。',
        '{年度|ねんど}は、4{月|がつ}から {次|つぎ}の {年|とし}の 3{月|がつ}までです。',
        'A school year runs from April to March of the following year.',
      ),
      required: true,
    },
    {
      code: 'start_date',
      kind: 'date',
      label: text('利用を始めたい日', '{使|つか}い{始|はじ}めたい {日|ひ}', 'First day of use'),
      hint: text(
        '4月から利用する場合は4月1日と入力してください。日曜・祝日・12月29日から1月3日は休みです。',
        '4{月|がつ}から {使|つか}うときは、4{月|がつ}1{日|にち}と {書|か}いてください。{日曜日|にちようび}・{祝日|しゅくじつ}・12{月|がつ}29{日|にち}から 1{月|がつ}3{日|にち}は {休|やす}みです。',
        'For use from April, enter 1 April. The clubs are closed on Sundays, national holidays and from 29 December to 3 January.',
      ),
      required: true,
    },
    {
      code: 'use_days',
      kind: 'choices',
      label: text('利用する曜日', '{使|つか}う {曜日|ようび}', 'Days of the week'),
      required: true,
      options: [
        option('mon', '月', '{月|げつ}', 'Monday'),
        option('tue', '火', '{火|か}', 'Tuesday'),
        option('wed', '水', '{水|すい}', 'Wednesday'),
        option('thu', '木', '{木|もく}', 'Thursday'),
        option('fri', '金', '{金|きん}', 'Friday'),
        option('sat', '土', '{土|ど}', 'Saturday'),
      ],
    },
  ],
};

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

/** Which school and which 新BOP. */
export const SCHOOL: Section = {
  id: 'school',
  title: text('学校と新BOP', '{学校|がっこう}と {新|しん}BOP', 'School and club'),
  fields: [
    {
      code: 'school_kind',
      kind: 'choice',
      label: text('通う学校の種類', '{学校|がっこう}の {種類|しゅるい}', 'Kind of school'),
      required: true,
      options: [
        option(
          'ward',
          '世田谷区立小学校',
          '{世田谷区立|せたがやくりつ}の {小学校|しょうがっこう}',
          'Setagaya public elementary school',
        ),
        option(
          'other_public',
          '世田谷区以外の公立小学校',
          'ほかの {公立|こうりつ}の {小学校|しょうがっこう}',
          'Public elementary school elsewhere',
        ),
        option(
          'private',
          '国立・私立小学校',
          '{国立|こくりつ}・{私立|しりつ}の {小学校|しょうがっこう}',
          'National or private elementary school',
        ),
        option(
          'special_needs',
          '特別支援学校',
          '{特別|とくべつ}{支援|しえん}{学校|がっこう}',
          'Special needs school',
        ),
        option('other', 'その他', 'そのほか', 'Other'),
      ],
    },
    {
      code: 'school_name',
      kind: 'text',
      maxLength: 100,
      label: text('学校名', '{学校|がっこう}の {名前|なまえ}', 'Name of the school'),
      hint: text(
        'まだ入学していない場合は、入学する予定の学校名を入力してください。',
        'まだ {入学|にゅうがく}していないときは、これから {入学|にゅうがく}する {学校|がっこう}の {名前|なまえ}を {書|か}いてください。',
        'If your child has not entered school yet, the school they will enter.',
      ),
      required: true,
    },
    {
      code: 'grade',
      kind: 'grade',
      label: text(
        '利用する年度の学年',
        '{使|つか}う {年度|ねんど}の {学年|がくねん}',
        'Grade in that school year',
      ),
      required: true,
    },
    {
      code: 'bop',
      kind: 'bop',
      label: text('利用する新BOP', '{使|つか}う {新|しん}BOP', 'Club (Shin-BOP)'),
      hint: text(
        '世田谷区立小学校に通う場合は、その学校の新BOPを選んでください。それ以外の場合は、お住まいの地域の新BOPを選んでください。',
        '{世田谷区立|せたがやくりつ}の {小学校|しょうがっこう}に {通|かよ}うときは、その {学校|がっこう}の {新|しん}BOPを {選|えら}んでください。ほかの {学校|がっこう}のときは、{家|いえ}の {近|ちか}くの {新|しん}BOPを {選|えら}んでください。',
        'The club at your Setagaya public school; for other schools, the club of the area where you live.',
      ),
      required: true,
    },
  ],
};
