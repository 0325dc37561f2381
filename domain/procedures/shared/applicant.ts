import { text } from '../../texts/locale.ts';
import type { Field, Section } from '../definition.ts';
import { personFields } from './guardian.ts';

/** Guardian 1: who applies. */
export const APPLICANT: Section = {
  id: 'applicant',
  family: true,
  title: text('申請する保護者', '{申請|しんせい}する {保護者|ほごしゃ}', 'You, the applying guardian'),
  fields: [
    ...personFields(1),
    {
      code: 'guardian1_email',
      kind: 'email',
      label: text('メールアドレス', 'メールアドレス', 'E-mail address'),
      hint: text(
        '審査の状況や不備をメールでお知らせします。入力しない場合は電話・郵便でご連絡します。',
        '{審査|しんさ}の ことを メールで {知|し}らせます。{書|か}かないときは、{電話|でんわ}か {郵便|ゆうびん}で {知|し}らせます。',
        'We write here about the review and missing items. Without it we phone or send letters.',
      ),
      autocomplete: 'email',
    },
  ],
};

/** Where guardian 1 lives: letters and notices go there. */
export const HOME_FIELDS: readonly Field[] = [
  {
    code: 'guardian1_postal_code',
    kind: 'postalCode',
    label: text('郵便番号', '{郵便番号|ゆうびんばんごう}', 'Postal code'),
    required: true,
    autocomplete: 'postal-code',
  },
  {
    code: 'guardian1_address_city',
    kind: 'text',
    maxLength: 50,
    label: text(
      '都道府県・市区町村',
      '{都道府県|とどうふけん}・{市区町村|しくちょうそん}',
      'Prefecture and city',
    ),
    hint: text(
      '例 東京都世田谷区',
      '{例|れい} {東京都|とうきょうと}{世田谷区|せたがやく}',
      'For example 東京都世田谷区',
    ),
    required: true,
    autocomplete: 'address-level2',
  },
  {
    code: 'guardian1_address_street',
    kind: 'text',
    maxLength: 100,
    label: text('町名・番地', '{町|まち}の {名前|なまえ}・{番地|ばんち}', 'Town and number'),
    required: true,
    autocomplete: 'address-line1',
  },
  {
    code: 'guardian1_address_building',
    kind: 'text',
    maxLength: 100,
    label: text(
      '建物名・部屋番号',
      '{建物|たてもの}の {名前|なまえ}・{部屋|へや}の {番号|ばんごう}',
      'Building and room',
    ),
    autocomplete: 'address-line2',
  },
];

/** Who applies, for procedures after the admission: the child's address is known by then. */
export const APPLICANT_AGAIN: Section = {
  ...APPLICANT,
  fields: APPLICANT.fields.filter(({ code }) => code !== 'guardian1_lives_with_child'),
};

/** Where they live, likewise. */
export const ADDRESS_AGAIN: Section = {
  id: 'address',
  family: true,
  title: text('住所', '{住所|じゅうしょ}', 'Address'),
  fields: HOME_FIELDS,
};
