import { text } from '../texts/locale.ts';
import type { Condition } from './condition.ts';
import type { Answers, Criterion, IntakeContext, IntakeHint, Section } from './definition.ts';
import { option } from './option.ts';
import { textAnswer } from './shared/answers.ts';
import { monthInYear, notBefore } from './shared/checks.ts';
import { FISCAL_YEAR } from './shared/child.ts';
import { followUp } from './shared/follow-up.ts';
import { reason, UNCLEAR } from './shared/reasons.ts';

const withPeriod: Condition = { field: 'certificate_kind', in: ['period', 'fees'] };

const CERTIFICATE: Section = {
  id: 'use',
  title: text('必要な証明書', 'ほしい {証明書|しょうめいしょ}', 'The certificate'),
  fields: [
    FISCAL_YEAR,
    {
      code: 'certificate_kind',
      kind: 'choice',
      style: 'radio',
      label: text('証明書の種類', '{証明書|しょうめいしょ}の {種類|しゅるい}', 'Kind of certificate'),
      required: true,
      options: [
        option(
          'enrolment',
          '在籍証明書',
          '{在籍|ざいせき}{証明書|しょうめいしょ}（{入|はい}っていること）',
          'Certificate of membership',
        ),
        option(
          'period',
          '利用期間証明書',
          '{使|つか}った {期間|きかん}の {証明書|しょうめいしょ}',
          'Certificate of the months of use',
        ),
        option(
          'fees',
          '利用料証明書',
          '{利用料|りようりょう}の {証明書|しょうめいしょ}',
          'Certificate of fees',
        ),
      ],
    },
    {
      code: 'certificate_from',
      kind: 'month',
      label: text('証明する期間の始めの月', '{始|はじ}めの {月|つき}', 'First month to be certified'),
      visibleWhen: withPeriod,
      required: true,
    },
    {
      code: 'certificate_to',
      kind: 'month',
      label: text('証明する期間の終わりの月', '{終|お}わりの {月|つき}', 'Last month to be certified'),
      visibleWhen: withPeriod,
      required: true,
    },
    {
      code: 'certificate_purpose',
      kind: 'choice',
      label: text('使う目的', '{何|なに}に {使|つか}いますか', 'Purpose'),
      required: true,
      options: [
        option(
          'nursery',
          'きょうだいの保育園などの手続き',
          'きょうだいの {保育園|ほいくえん}などの {手続|てつづ}き',
          'Nursery of a brother or sister',
        ),
        option('employer', '勤務先への提出', '{会社|かいしゃ}に {出|だ}す', 'Employer'),
        option(
          'public',
          'ほかの自治体・役所への提出',
          '{役所|やくしょ}に {出|だ}す',
          'Another public office',
        ),
        option('other', 'その他', 'そのほか', 'Other'),
      ],
    },
    {
      code: 'certificate_purpose_details',
      kind: 'text',
      maxLength: 100,
      label: text('目的のくわしい内容', 'くわしく', 'Details of the purpose'),
      visibleWhen: { field: 'certificate_purpose', equals: 'other' },
      required: true,
    },
    {
      code: 'certificate_addressee',
      kind: 'text',
      maxLength: 100,
      label: text('提出先の名前', '{出|だ}す {所|ところ}の {名前|なまえ}', 'Handed in to'),
      hint: text(
        '証明書に書く必要がある場合に入力してください。',
        '{証明書|しょうめいしょ}に {書|か}く {必要|ひつよう}が あるときだけ {書|か}いてください。',
        'Only if it has to be named on the certificate.',
      ),
    },
    {
      code: 'certificate_copies',
      kind: 'number',
      min: 1,
      max: 5,
      unit: text('通', '{通|つう}', 'copies'),
      label: text('必要な数', '{何枚|なんまい} {必要|ひつよう}ですか', 'Number of copies'),
      required: true,
    },
    {
      code: 'certificate_delivery',
      kind: 'choice',
      style: 'radio',
      label: text('受け取り方', '{受|う}け{取|と}り{方|かた}', 'How you want to receive it'),
      hint: text(
        '電子の証明書には、内容を確かめるQRコードが付いています。',
        'ダウンロードする {証明書|しょうめいしょ}には、{本物|ほんもの}か {確|たし}かめる QRコードが あります。',
        'Downloaded certificates carry a QR code by which they can be checked.',
      ),
      required: true,
      options: [
        option(
          'portal',
          'このサイトからダウンロードする',
          'この サイトから ダウンロードする',
          'Download from this site',
        ),
        option(
          'post',
          '郵送（申請した住所あて）',
          '{郵便|ゆうびん}で {送|おく}る',
          'By post to the address below',
        ),
        option('counter', '利用している新BOPで受け取る', '{新|しん}BOPで もらう', 'At the club'),
      ],
    },
  ],
};

const CRITERIA: readonly Criterion[] = [
  {
    id: 'certificate_content',
    title: '証明の内容・期間・目的',
    guidance:
      '証明する期間に在籍しているか。利用料証明書は、区の収納の記録を確認する。目的・提出先が、証明書の内容に合うか。',
    required: true,
    fields: [
      'certificate_kind',
      'certificate_from',
      'certificate_to',
      'certificate_purpose',
      'certificate_purpose_details',
      'certificate_addressee',
    ],
    documents: [],
    reasons: [
      UNCLEAR,
      reason(
        'period_differs',
        '証明できない期間',
        '入力された期間は、在籍していない月があるため証明できません。期間を直してください。',
        'その {期間|きかん}は {証明|しょうめい}できません。{入|はい}っていない {月|つき}が あります。{直|なお}してください。',
        'That period cannot be certified: your child was not a member in all of its months. Please correct it.',
      ),
    ],
  },
  {
    id: 'certificate_delivery',
    title: '通数・受け取り方',
    guidance: '郵送の場合は住所が現在のものか。窓口の場合は、受け取る新BOPに連絡する。',
    required: true,
    fields: ['certificate_copies', 'certificate_delivery'],
    documents: [],
    reasons: [UNCLEAR],
  },
];

function hints(
  answers: Answers,
  _attached: readonly string[],
  { today }: IntakeContext,
): readonly IntakeHint[] {
  const to = textAnswer(answers, 'certificate_to');
  const future: readonly IntakeHint[] =
    to > today.slice(0, 7)
      ? [
          {
            code: 'periodInFuture',
            severity: 'warning',
            criterionId: 'certificate_content',
            field: 'certificate_to',
            forReviewer: `証明する期間の終わりの月（${to}）が申請した月より後です。`,
            forApplicant: text(
              'これからの月は証明できません。今月までの期間を入力してください。',
              'これからの {月|つき}は {証明|しょうめい}できません。{今月|こんげつ}までに してください。',
              'Months to come cannot be certified. Please enter a period up to this month.',
            ),
          },
        ]
      : [];
  return future;
}

/** 証明書交付申請 (Q05). Nothing is published about it: kinds, purposes and ways are defaults of ours (forms.md, 6). */
export const CERTIFICATE_PROCEDURE = followUp({
  code: 'certificate',
  letter: 'G',
  name: text('証明書交付申請', '{証明書|しょうめいしょ}の {申請|しんせい}', 'Application for a certificate'),
  summary: text(
    '在籍証明書などの交付を申し込みます。',
    '{在籍|ざいせき}{証明書|しょうめいしょ}などを もらうための {申請|しんせい}です。',
    'Apply for a certificate of membership and the like.',
  ),
  section: CERTIFICATE,
  judged: CRITERIA,
  refusalReasons: [
    { code: 'not_admitted', label: '証明する期間に在籍していないため' },
    { code: 'not_guardian', label: '申請者が保護者と確認できないため' },
    { code: 'other', label: 'その他（理由を記載）' },
  ],
  hints,
  checks: [
    monthInYear('certificate_from'),
    monthInYear('certificate_to'),
    notBefore('certificate_from', 'certificate_to'),
  ],
  needs: { kind: 'admitted', orUnderWay: false, orEnded: true },
  lockPeriod: (answers) => textAnswer(answers, 'certificate_kind'),
  effectOf: () => undefined,
});
