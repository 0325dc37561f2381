import { isLocalDate } from '../../domain/calendar/dates.ts';
import type {
  AnswerCheck,
  Answers,
  Criterion,
  DocumentType,
  ProcedureDefinition,
  Section,
} from '../../domain/procedures/definition.ts';
import { option } from '../../domain/procedures/option.ts';
import { textAnswer } from '../../domain/procedures/shared/answers.ts';
import { ADDRESS_AGAIN, APPLICANT_AGAIN } from '../../domain/procedures/shared/applicant.ts';
import { dayInYear } from '../../domain/procedures/shared/checks.ts';
import { CHILD, CLUB, FISCAL_YEAR } from '../../domain/procedures/shared/child.ts';
import { CONFIRMATION } from '../../domain/procedures/shared/consents.ts';
import { APPLICANT_CRITERION, CHILD_AGAIN } from '../../domain/procedures/shared/criteria.ts';
import { OTHER_DOCUMENT } from '../../domain/procedures/shared/documents.ts';
import { documentHints, gradeHints } from '../../domain/procedures/shared/hints.ts';
import { DOCUMENT_REASONS, reason, UNCLEAR } from '../../domain/procedures/shared/reasons.ts';
import { SHARED_ROLES } from '../../domain/procedures/shared/roles.ts';
import { text } from '../../domain/texts/locale.ts';

// What only this procedure asks. The child, the guardian and the address are the shared questions: with the same codes they
// are filled in from what the family has entered before.
const CHANGE: Section = {
  id: 'use',
  title: text('転校', '{転校|てんこう}', 'Change of school'),
  fields: [
    FISCAL_YEAR,
    {
      code: 'move_date',
      kind: 'date',
      label: text(
        '新しい新BOPを使い始める日',
        '{新|あたら}しい {新|しん}BOPを {使|つか}い{始|はじ}める {日|ひ}',
        'First day at the new club',
      ),
      required: true,
    },
    {
      code: 'new_school_name',
      kind: 'text',
      maxLength: 100,
      label: text(
        '転校先の学校名',
        '{新|あたら}しい {学校|がっこう}の {名前|なまえ}',
        'Name of the new school',
      ),
      required: true,
    },
    {
      code: 'new_bop',
      kind: 'bop',
      label: text('転校後の新BOP', '{新|あたら}しい {新|しん}BOP', 'New club'),
      required: true,
    },
    {
      code: 'move_reason',
      kind: 'choice',
      label: text('転校の理由', '{転校|てんこう}の {理由|りゆう}', 'Reason'),
      required: true,
      options: [
        option('moving', '転居', '{引|ひ}っ{越|こ}し', 'Moving house'),
        option(
          'school',
          '指定校の変更',
          '{通|かよ}う {学校|がっこう}が {変|か}わる',
          'Another school assigned',
        ),
      ],
    },
  ],
};

const DOCUMENTS: readonly DocumentType[] = [
  {
    type: 'transfer_notice',
    label: text(
      '転学通知書の写し',
      '{転学|てんがく}の お{知|し}らせの コピー',
      'Copy of the notice of transfer',
    ),
    requiredWhen: { field: 'move_reason', equals: 'school' },
    mayFollow: true,
    maxFiles: 3,
  },
  OTHER_DOCUMENT,
];

// A mistake that only shows when two answers are seen together.
const otherClub: AnswerCheck = {
  field: 'new_bop',
  fails: (answers: Answers) => answers['new_bop'] === answers['bop'],
  message: text(
    '今の新BOPと違う新BOPを選んでください。',
    '{今|いま}と {違|ちが}う {新|しん}BOPを {選|えら}んでください。',
    'Choose a club other than the present one.',
  ),
};

const CRITERIA: readonly Criterion[] = [
  CHILD_AGAIN,
  {
    id: 'move',
    title: '転校・新しい新BOP',
    guidance: '転校先の学校と新BOPが合うか。使い始める日が転校の日より前でないか。',
    required: true,
    fields: ['move_date', 'new_school_name', 'new_bop', 'move_reason'],
    documents: ['transfer_notice'],
    reasons: [
      UNCLEAR,
      reason(
        'club_differs',
        '学校と新BOPが合わない',
        '転校先の学校と新BOPが合いません。確認して、正しく入力してください。',
        '{学校|がっこう}と {新|しん}BOPが {合|あ}いません。{確認|かくにん}して {正|ただ}しく {書|か}いてください。',
        'School and club do not fit. Please check and correct them.',
      ),
      ...DOCUMENT_REASONS,
    ],
  },
  APPLICANT_CRITERION,
];

/** 転校届: the worked example of docs/procedures.md. Not offered to families: the contract has eight procedures. */
export const SCHOOL_CHANGE: ProcedureDefinition = {
  code: 'schoolChange',
  letter: 'I',
  name: text('転校届', '{転校|てんこう}の {届|とど}け', 'Change of school'),
  summary: text(
    '区内の転校により、利用する新BOPを変えます。',
    '{転校|てんこう}して、{使|つか}う {新|しん}BOPが {変|か}わるときに {出|だ}します。',
    'Change to another club because of a change of school within Setagaya.',
  ),
  roles: { ...SHARED_ROLES, startDate: 'move_date' },
  sections: [CHANGE, CHILD, CLUB, APPLICANT_AGAIN, ADDRESS_AGAIN, CONFIRMATION],
  documents: DOCUMENTS,
  criteria: CRITERIA,
  refusalReasons: [
    { code: 'not_admitted', label: '新BOP学童クラブに入会していないため' },
    { code: 'other', label: 'その他（理由を記載）' },
  ],
  intakeHints: (answers, attached, { today }) => {
    const day = textAnswer(answers, 'move_date');
    return [
      ...gradeHints(answers, 'child_identity'),
      ...(isLocalDate(day) && day < today
        ? [
            {
              code: 'movePast',
              severity: 'info' as const,
              criterionId: 'move',
              field: 'move_date',
              forReviewer: `使い始める日（${day}）は届出の日より前です。`,
            },
          ]
        : []),
      ...documentHints(DOCUMENTS, answers, attached, () => 'move'),
    ];
  },
  checks: [dayInYear('move_date'), otherClub],
  needs: { kind: 'admitted', orUnderWay: false },
  effectOf: (answers) => ({
    kind: 'moveSchool',
    bop: textAnswer(answers, 'new_bop'),
    from: textAnswer(answers, 'move_date'),
  }),
};
