import { text } from '../../texts/locale.ts';
import type { Section } from '../definition.ts';
import { option } from '../option.ts';
import { PLEDGE } from '../shared/consents.ts';

/** Whom to call when the guardian cannot be reached. */
export const CONTACTS: Section = {
  id: 'contacts',
  family: true,
  title: text('緊急連絡先', '{緊急|きんきゅう}の ときの {連絡先|れんらくさき}', 'Emergency contacts'),
  intro: text(
    '申請する保護者の電話にはじめに連絡します。つながらないときに連絡する順に入力してください。',
    'はじめに {申請|しんせい}する {保護者|ほごしゃ}に {電話|でんわ}します。{出|で}ないときに {電話|でんわ}する {順番|じゅんばん}に {書|か}いてください。',
    'We call the applying guardian first. List whom to call next, in that order.',
  ),
  fields: [
    {
      code: 'emergency_contacts',
      kind: 'table',
      minRows: 1,
      maxRows: 4,
      rowLabel: text('連絡先', '{連絡先|れんらくさき}', 'Contact'),
      label: text('緊急連絡先', '{緊急|きんきゅう}の {連絡先|れんらくさき}', 'Emergency contacts'),
      required: true,
      columns: [
        {
          code: 'contact_name',
          kind: 'text',
          maxLength: 100,
          label: text('氏名', '{名前|なまえ}', 'Name'),
          required: true,
        },
        {
          code: 'contact_relation',
          kind: 'text',
          maxLength: 30,
          label: text('お子さんとの続柄', 'お{子|こ}さんとの {関係|かんけい}', 'Relation to the child'),
          required: true,
        },
        {
          code: 'contact_phone',
          kind: 'phone',
          label: text('電話番号', '{電話|でんわ}{番号|ばんごう}', 'Phone number'),
          required: true,
        },
        {
          code: 'contact_place',
          kind: 'text',
          maxLength: 100,
          label: text(
            '電話のつながる場所（勤務先など）',
            '{電話|でんわ}が つながる {場所|ばしょ}（{仕事|しごと}の {場所|ばしょ}など）',
            'Where this number rings (workplace etc.)',
          ),
        },
      ],
    },
  ],
};

/** How the child goes home. */
export const WAY_HOME: Section = {
  id: 'way_home',
  title: text('帰宅方法', '{家|いえ}に {帰|かえ}る {方法|ほうほう}', 'Way home'),
  fields: [
    {
      code: 'way_home',
      kind: 'choice',
      label: text('帰宅方法', '{家|いえ}に {帰|かえ}る {方法|ほうほう}', 'Way home'),
      required: true,
      options: [
        option('alone', '1人で帰る', '{1人|ひとり}で {帰|かえ}る', 'Goes home alone'),
        option(
          'group',
          'きょうだい・友だちと帰る',
          'きょうだい・{友|とも}だちと {帰|かえ}る',
          'With brothers, sisters or friends',
        ),
        option('pickup', '迎えに行く', '{迎|むか}えに {行|い}く', 'Is picked up'),
        option(
          'service',
          '送迎サービスなどを利用する',
          '{送|おく}り{迎|むか}えの サービスなどを {使|つか}う',
          'Transport service',
        ),
      ],
    },
    {
      code: 'pickup_person',
      kind: 'text',
      maxLength: 100,
      label: text(
        '迎えに来る人・サービスの名前',
        '{迎|むか}えに {来|く}る {人|ひと}・サービスの {名前|なまえ}',
        'Who picks the child up',
      ),
      visibleWhen: { field: 'way_home', in: ['pickup', 'service'] },
      required: true,
    },
    {
      code: 'way_home_notes',
      kind: 'textarea',
      maxLength: 500,
      label: text(
        '帰宅について伝えたいこと',
        '{帰|かえ}る ことについて {伝|つた}えたいこと',
        'Notes on the way home',
      ),
      hint: text(
        '習い事などで帰り方や時間が変わる曜日があれば入力してください。',
        '{習|なら}い{事|ごと}などで {帰|かえ}り{方|かた}や {時間|じかん}が {変|か}わる {曜日|ようび}が あれば {書|か}いてください。',
        'For example days with a different way or time because of lessons.',
      ),
    },
  ],
};

/** What the guardian agrees to. */
export const CONSENTS: Section = {
  id: 'consents',
  title: text('同意と確認', '{同意|どうい}と {確認|かくにん}', 'Consent and confirmation'),
  fields: [
    {
      code: 'consent_ward_data',
      kind: 'consent',
      label: text(
        '審査に必要な範囲で、世帯の住民登録などの区が持つ情報を区が確認すること、申請の内容を利用する新BOPと共有することに同意します。',
        '{審査|しんさ}のために、{区|く}が {家族|かぞく}の {住民|じゅうみん}{登録|とうろく}などの {情報|じょうほう}を {見|み}ること、{申請|しんせい}の {内容|ないよう}を {新|しん}BOPに {伝|つた}えることに {同意|どうい}します。',
        'I agree that the ward checks data it holds on our household (such as the resident register) as far as the review needs it, and shares this application with the club.',
      ),
      required: true,
    },
    PLEDGE,
  ],
};
