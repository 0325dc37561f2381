import { text } from '../../texts/locale.ts';
import type { Field, Section } from '../definition.ts';

/** That what is stated is true. */
export const PLEDGE: Field = {
  code: 'pledge_truth',
  kind: 'consent',
  label: text(
    '申請の内容は事実と相違ありません。変わったときはすみやかに届け出ます。',
    '{申請|しんせい}に {書|か}いたことは、{本当|ほんとう}のことです。{変|か}わったときは、すぐに {知|し}らせます。',
    'What I have stated is true. I will report changes without delay.',
  ),
  required: true,
};

/** What the guardian confirms where nothing else has to be agreed to. */
export const CONFIRMATION: Section = {
  id: 'consents',
  title: text('確認', '{確認|かくにん}', 'Confirmation'),
  fields: [PLEDGE],
};
