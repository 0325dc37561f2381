import { text } from '../../texts/locale.ts';
import type { Section } from '../definition.ts';
import { option } from '../option.ts';
import { BOP, FISCAL_YEAR, GRADE } from '../shared/child.ts';

/** Year, place and first day. */
export const USE: Section = {
  id: 'use',
  title: text('利用の希望', '{使|つか}いたい {日|ひ}', 'When the club is needed'),
  fields: [
    FISCAL_YEAR,
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
    GRADE,
    BOP,
  ],
};
