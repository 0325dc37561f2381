import type { Criterion } from '../definition.ts';
import { APPLICANT_AGAIN, HOME_FIELDS } from './applicant.ts';
import { reason, UNCLEAR } from './reasons.ts';

/** Is it the child that the enrolment is about? For procedures after the admission. */
export const CHILD_AGAIN: Criterion = {
  id: 'child_identity',
  title: 'お子さんの氏名・生年月日・在籍',
  guidance:
    '氏名（フリガナ）・生年月日・学年・新BOPが、在籍の記録と一致するか。在籍が見つからない場合は、入力誤りでないか、よく似た申請が表示されていないかを確認する。',
  required: true,
  fields: [
    'child_family_name',
    'child_given_name',
    'child_family_kana',
    'child_given_kana',
    'child_birth_date',
    'grade',
  ],
  documents: ['other_document'],
  reasons: [
    UNCLEAR,
    reason(
      'enrolment_differs',
      '在籍の記録と異なる',
      'お子さんの氏名・生年月日・学年のいずれかが、入会したときの記録と異なります。確認して、正しく入力してください。',
      'お{子|こ}さんの {名前|なまえ}・{生|う}まれた {日|ひ}・{学年|がくねん}の どれかが、{入会|にゅうかい}したときと {違|ちが}います。{確認|かくにん}して {正|ただ}しく {書|か}いてください。',
      "Your child's name, date of birth or grade differs from the record of the admission. Please check and correct it.",
    ),
  ],
};

/** Who applies, and how to reach them. For procedures after the admission. */
export const APPLICANT_CRITERION: Criterion = {
  id: 'applicant',
  title: '申請者・連絡先・確認',
  guidance:
    '申請者が在籍の記録の保護者か。連絡先が変わっていないか（変わっている場合は記録を更新する）。確認の欄にチェックがあるか。紙の申請は署名があるか。',
  required: true,
  fields: [
    ...APPLICANT_AGAIN.fields.map(({ code }) => code),
    ...HOME_FIELDS.map(({ code }) => code),
    'pledge_truth',
  ],
  documents: [],
  reasons: [
    UNCLEAR,
    reason(
      'not_guardian',
      '申請者が保護者と確認できない',
      '申請した方が、登録されている保護者と異なります。保護者の方の氏名・続柄・連絡先を入力してください。',
      '{申請|しんせい}した {人|ひと}が、{登録|とうろく}されている {保護者|ほごしゃ}と {違|ちが}います。{保護者|ほごしゃ}の {名前|なまえ}・{関係|かんけい}・{連絡先|れんらくさき}を {書|か}いてください。',
      'The applicant is not the registered guardian. Please enter name, relation and contact details of the guardian.',
    ),
    reason(
      'unreachable',
      '連絡がつかない',
      '入力された連絡先につながりません。つながる電話番号を入力してください。',
      '{書|か}いてある {電話|でんわ}に つながりません。つながる {電話|でんわ}{番号|ばんごう}を {書|か}いてください。',
      'We cannot reach the number given. Please enter one that works.',
    ),
  ],
};
