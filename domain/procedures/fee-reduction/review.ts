import { isLocalDate } from '../../calendar/dates.ts';
import { firstDayOf, isMonth, lastDayOf } from '../../enrolment/months.ts';
import { text } from '../../texts/locale.ts';
import type { Answers, Criterion, DocumentType, IntakeContext, IntakeHint, TableRow } from '../definition.ts';
import { textAnswer } from '../shared/answers.ts';
import { APPLICANT_CRITERION, CHILD_AGAIN } from '../shared/criteria.ts';
import { OTHER_DOCUMENT } from '../shared/documents.ts';
import { documentHints, gradeHints } from '../shared/hints.ts';
import { DOCUMENT_REASONS, reason, UNCLEAR } from '../shared/reasons.ts';
import { because } from './sections.ts';

export const DOCUMENTS: readonly DocumentType[] = [
  {
    type: 'public_assistance_certificate',
    label: text(
      '生活保護受給証明書',
      '{生活|せいかつ}{保護|ほご}の {証明書|しょうめいしょ}',
      'Certificate of public assistance',
    ),
    hint: text(
      '発行から1か月以内のもの',
      '{1か月|いっかげつ}より {新|あたら}しい もの',
      'Not older than a month',
    ),
    requiredWhen: because('publicAssistance'),
    offeredWhen: because('publicAssistance'),
    mayFollow: true,
    family: true,
    maxFiles: 3,
  },
  {
    type: 'tax_certificate',
    label: text(
      '住民税の非課税証明書（1月1日に世田谷区に住んでいなかった方の分）',
      '{住民税|じゅうみんぜい}を {払|はら}わなくて いい {証明書|しょうめいしょ}（1{月|がつ}1{日|にち}に {世田谷区|せたがやく}に いなかった {人|ひと}）',
      'Certificate of tax exemption (for those who did not live in Setagaya on 1 January)',
    ),
    requiredWhen: { all: [because('taxExempt'), { field: 'tax_all_in_setagaya', equals: false }] },
    offeredWhen: because('taxExempt'),
    mayFollow: true,
    family: true,
    maxFiles: 10,
  },
  {
    type: 'school_expense_notice',
    label: text(
      '就学援助の認定通知書の写し',
      '{就学援助|しゅうがくえんじょ}の お{知|し}らせの コピー',
      'Copy of the notice of school-expense support',
    ),
    requiredWhen: {
      all: [because('schoolExpense'), { field: 'school_expense_status', in: ['receiving', 'lunch_only'] }],
    },
    offeredWhen: because('schoolExpense'),
    mayFollow: true,
    family: true,
    maxFiles: 3,
  },
  {
    type: 'absence_document',
    label: text(
      '欠席の理由がわかる書類（診断書・入院の書類など）',
      '{休|やす}む {理由|りゆう}が わかる {紙|かみ}（{診断書|しんだんしょ}など）',
      'Proof of the absence (medical certificate, hospital papers)',
    ),
    requiredWhen: { all: [because('longAbsence'), { field: 'absence_reason', in: ['illness', 'hospital'] }] },
    offeredWhen: because('longAbsence'),
    mayFollow: true,
    maxFiles: 5,
  },
  OTHER_DOCUMENT,
];

const CRITERION_OF: Readonly<Record<string, string>> = {
  public_assistance_certificate: 'public_assistance',
  tax_certificate: 'tax_exempt',
  school_expense_notice: 'school_expense',
  absence_document: 'long_absence',
};

export const CRITERIA: readonly Criterion[] = [
  CHILD_AGAIN,
  {
    id: 'reduction_period',
    title: '減免の理由・期間',
    guidance:
      '理由と期間に矛盾がないか。期間が在籍の期間と年度の中にあるか。申請した月より前にさかのぼる場合は区に照会する。すでに認められている減免と重ならないか。',
    required: true,
    fields: ['reduction_reason', 'reduction_from', 'reduction_to'],
    documents: [],
    reasons: [
      UNCLEAR,
      reason(
        'backdated',
        '申請した月より前の月',
        '減免は、申請した月からです。申請した月以降の月を入力してください。',
        '{申請|しんせい}した {月|つき}より {前|まえ}の {月|つき}は {安|やす}くなりません。{申請|しんせい}した {月|つき}か、その {後|あと}の {月|つき}を {書|か}いてください。',
        'A reduction begins in the month of the application at the earliest. Please enter that month or a later one.',
      ),
    ],
  },
  {
    id: 'public_assistance',
    title: '生活保護',
    guidance: '証明書または区の情報で、期間中の受給を確認できるか。世帯・氏名が一致するか。',
    appliesWhen: because('publicAssistance'),
    required: false,
    fields: ['assistance_office', 'assistance_since'],
    documents: ['public_assistance_certificate'],
    reasons: [UNCLEAR, ...DOCUMENT_REASONS],
  },
  {
    id: 'tax_exempt',
    title: '住民税非課税',
    guidance:
      '世帯の16歳以上の全員が記載され、全員が非課税か。1月1日に区外に住んでいた方は、その自治体の証明書で確認する。4・5月は前年度の課税で判断するなど、基準の年度は区の定めによる。',
    appliesWhen: because('taxExempt'),
    required: false,
    fields: ['tax_household', 'tax_all_in_setagaya'],
    documents: ['tax_certificate'],
    reasons: [
      UNCLEAR,
      reason(
        'members_missing',
        '世帯の方の記載漏れ',
        '世帯の16歳以上の方で、入力されていない方がいるようです。全員を入力してください。',
        '16{歳|さい}より {上|うえ}の {家族|かぞく}で、{書|か}いていない {人|ひと}が いるようです。{全員|ぜんいん}を {書|か}いてください。',
        'Somebody aged 16 or over in the household seems to be missing. Please enter everyone.',
      ),
      reason(
        'tax_not_filed',
        '住民税の申告がない',
        '住民税の申告がされていない方がいます。税の窓口で申告し、証明書を添付してください。',
        '{住民税|じゅうみんぜい}の {申告|しんこく}を していない {人|ひと}が います。{税|ぜい}の {窓口|まどぐち}で {申告|しんこく}して、{証明書|しょうめいしょ}を {付|つ}けてください。',
        'Somebody has not declared resident tax. Please declare it at the tax office and attach the certificate.',
      ),
      ...DOCUMENT_REASONS,
    ],
  },
  {
    id: 'school_expense',
    title: '就学援助',
    guidance:
      '認定通知書または区の情報で認定を確認できるか。給食費のみの認定は対象外。申請中の場合は認定を待つか、区に照会する。',
    appliesWhen: because('schoolExpense'),
    required: false,
    fields: ['school_expense_status', 'school_expense_since'],
    documents: ['school_expense_notice'],
    reasons: [UNCLEAR, ...DOCUMENT_REASONS],
  },
  {
    id: 'long_absence',
    title: '長期欠席',
    guidance:
      '減免する月のすべての日が欠席の期間に入るか。新BOPの出席の記録と一致するか。理由を書類で確認できるか（病気・入院の場合）。',
    appliesWhen: because('longAbsence'),
    required: false,
    fields: ['absence_from', 'absence_to', 'absence_reason', 'absence_details'],
    documents: ['absence_document'],
    reasons: [
      UNCLEAR,
      reason(
        'not_whole_month',
        '1か月を通して休んでいない',
        '減免する月に、休んでいない日があります。1日も利用しない月を入力してください。',
        '{安|やす}くする {月|つき}に、{休|やす}んでいない {日|ひ}が あります。{1日|いちにち}も {使|つか}わない {月|つき}を {書|か}いてください。',
        'There are days of attendance in a month of the reduction. Please enter months without any.',
      ),
      ...DOCUMENT_REASONS,
    ],
  },
  {
    ...APPLICANT_CRITERION,
    title: '申請者・連絡先・同意',
    fields: [...APPLICANT_CRITERION.fields, 'consent_household_data'],
  },
];

export const REFUSAL_REASONS: readonly { code: string; label: string }[] = [
  { code: 'reason_not_met', label: '減免の理由に当たらないため' },
  { code: 'taxed', label: '世帯に住民税が課税されている方がいるため' },
  { code: 'lunch_only', label: '就学援助が給食費のみの認定のため' },
  { code: 'not_whole_month', label: '1か月を通した欠席に当たらないため' },
  { code: 'not_confirmed', label: '理由を確認できないため（書類の未提出など）' },
  { code: 'not_admitted', label: '新BOP学童クラブに入会していないため' },
  { code: 'other', label: 'その他（理由を記載）' },
];

function reasonHints(answers: Answers): readonly IntakeHint[] {
  const hints: IntakeHint[] = [];
  const rows = (answers['tax_household'] ?? []) as readonly TableRow[];
  if (answers['reduction_reason'] === 'taxExempt' && rows.some((row) => row['tax_status'] === 'taxed')) {
    hints.push({
      code: 'memberTaxed',
      severity: 'warning',
      criterionId: 'tax_exempt',
      field: 'tax_household',
      forReviewer: '世帯に課税と答えた方がいます。',
      forApplicant: text(
        '16歳以上の方に、住民税が課税されている方がいる場合は、減免の対象になりません。内容を確認してください。',
        '{住民税|じゅうみんぜい}を {払|はら}う {人|ひと}が いるときは、{安|やす}くなりません。{確認|かくにん}してください。',
        'Where anyone aged 16 or over is taxed, there is no reduction. Please check.',
      ),
    });
  }
  if (answers['reduction_reason'] === 'schoolExpense' && answers['school_expense_status'] === 'lunch_only') {
    hints.push({
      code: 'lunchOnly',
      severity: 'warning',
      criterionId: 'school_expense',
      field: 'school_expense_status',
      forReviewer: '就学援助が給食費のみの認定です（対象外）。',
      forApplicant: text(
        '給食費のみの認定は、減免の対象になりません。',
        '{給食|きゅうしょく}の お{金|かね}だけのときは、{安|やす}くなりません。',
        'Recognition for school lunch only does not lead to a reduction.',
      ),
    });
  }
  return hints;
}

function periodHints(answers: Answers, today: string): readonly IntakeHint[] {
  const hints: IntakeHint[] = [];
  const [from, to] = [textAnswer(answers, 'reduction_from'), textAnswer(answers, 'reduction_to')];
  if (isMonth(from) && from < today.slice(0, 7)) {
    hints.push({
      code: 'backdated',
      severity: 'warning',
      criterionId: 'reduction_period',
      field: 'reduction_from',
      forReviewer: `減免を始める月（${from}）が申請した月より前です。`,
      forApplicant: text(
        '減免は申請した月からです。前の月の利用料は減免されないことがあります。',
        '{申請|しんせい}した {月|つき}から {安|やす}くなります。{前|まえ}の {月|つき}は {安|やす}くならないことが あります。',
        'A reduction begins in the month of the application. Earlier months may not be reduced.',
      ),
    });
  }
  const [first, last] = [textAnswer(answers, 'absence_from'), textAnswer(answers, 'absence_to')];
  const known = isMonth(from) && isMonth(to) && isLocalDate(first) && isLocalDate(last);
  if (known && answers['reduction_reason'] === 'longAbsence') {
    const whole = first <= firstDayOf(from) && last >= lastDayOf(to);
    if (!whole) {
      hints.push({
        code: 'notWholeMonth',
        severity: 'warning',
        criterionId: 'long_absence',
        field: 'absence_from',
        forReviewer: `欠席の期間（${first}〜${last}）が、減免する月（${from}〜${to}）の全体を含みません。`,
        forApplicant: text(
          '1日も利用しない月が対象です。欠席の期間と、減免を始める月・終える月を確認してください。',
          '{1日|いちにち}も {使|つか}わない {月|つき}が {安|やす}くなります。{休|やす}む {日|ひ}と {月|つき}を {確認|かくにん}してください。',
          'Only months without any attendance are reduced. Please check the days of absence and the months.',
        ),
      });
    }
  }
  return hints;
}

/** What the machine sees by itself in a 減免申請 (Q15). */
export function intakeHints(
  answers: Answers,
  attached: readonly string[],
  { today }: IntakeContext,
): readonly IntakeHint[] {
  return [
    ...gradeHints(answers, 'child_identity'),
    ...periodHints(answers, today),
    ...reasonHints(answers),
    ...documentHints(DOCUMENTS, answers, attached, (type) => CRITERION_OF[type] ?? 'reduction_period'),
  ];
}
