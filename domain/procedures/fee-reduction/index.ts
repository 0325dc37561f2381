import type { ReductionReason } from '../../enrolment/effects.ts';
import { isLocalDate } from '../../calendar/dates.ts';
import { text } from '../../texts/locale.ts';
import type { Answers, ProcedureDefinition } from '../definition.ts';
import { textAnswer } from '../shared/answers.ts';
import { ADDRESS_AGAIN, APPLICANT_AGAIN } from '../shared/applicant.ts';
import { monthInYear, notBefore } from '../shared/checks.ts';
import { CHILD, CLUB } from '../shared/child.ts';
import { SHARED_ROLES } from '../shared/roles.ts';
import { CRITERIA, DOCUMENTS, intakeHints, REFUSAL_REASONS } from './review.ts';
import { ABSENCE, CONSENTS, HOUSEHOLD, REASON_FIELD, USE } from './sections.ts';

/** An absence has to end after it begins. */
const absenceEnds = {
  field: 'absence_to',
  fails: (answers: Answers) => {
    const [from, to] = [textAnswer(answers, 'absence_from'), textAnswer(answers, 'absence_to')];
    return isLocalDate(from) && isLocalDate(to) && to < from;
  },
  message: text(
    '休み終わる日は、休み始める日と同じか、それより後の日を入力してください。',
    '{休|やす}みが {終|お}わる {日|ひ}は、{始|はじ}まる {日|ひ}より {後|あと}に してください。',
    'The last day of absence must not be before the first.',
  ),
};

/**
 * 利用料減免申請, 減免(長期欠席) included: four reasons, each with its documents and its months (Q05). The reasons are
 * Setagaya's public ones; the questions about them are defaults of ours after other wards' forms (forms.md, 5).
 */
export const FEE_REDUCTION: ProcedureDefinition = {
  code: 'feeReduction',
  letter: 'F',
  name: text(
    '利用料減免申請',
    '{利用料|りようりょう}を {安|やす}くする {申請|しんせい}',
    'Application for a fee reduction',
  ),
  summary: text(
    '生活保護・非課税・就学援助・長期欠席による利用料の減免を申し込みます。',
    'お{金|かね}が {少|すく}ない {家|いえ}や、{長|なが}く {休|やす}むときに、{利用料|りようりょう}を {安|やす}くする {申請|しんせい}です。',
    'Apply for a lower fee: public assistance, tax exemption, school-expense support, long absence.',
  ),
  roles: SHARED_ROLES,
  sections: [USE, CHILD, CLUB, HOUSEHOLD, ABSENCE, APPLICANT_AGAIN, ADDRESS_AGAIN, CONSENTS],
  documents: DOCUMENTS,
  criteria: CRITERIA,
  refusalReasons: REFUSAL_REASONS,
  intakeHints,
  checks: [
    monthInYear('reduction_from'),
    monthInYear('reduction_to'),
    notBefore('reduction_from', 'reduction_to'),
    absenceEnds,
  ],
  needs: { kind: 'admitted', orUnderWay: true },
  lockPeriod: (answers) => textAnswer(answers, REASON_FIELD),
  effectOf: (answers) => ({
    kind: 'reduceFee',
    reason: textAnswer(answers, REASON_FIELD) as ReductionReason,
    from: textAnswer(answers, 'reduction_from'),
    to: textAnswer(answers, 'reduction_to'),
  }),
};
