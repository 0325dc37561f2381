import type { WorkCalendar } from '../calendar/working-days.ts';
import type { EnrolmentEffect, EnrolmentNeed } from '../enrolment/effects.ts';
import type { Localized } from '../texts/locale.ts';
import type { Answers } from './answers.ts';
import type { Condition } from './condition.ts';

export type { Answers, AnswerValue, TableRow } from './answers.ts';

export interface Option {
  value: string;
  label: Localized;
}

interface FieldBase {
  /** ASCII snake_case; also kintone's field code and the CSV column. Never changed once in use. */
  code: string;
  label: Localized;
  hint?: Localized;
  /** Always, never, or under a condition. */
  required?: boolean | Condition;
  /** Asked only while this holds; an answer that is not asked is dropped, not kept hidden. */
  visibleWhen?: Condition;
  /** The HTML autocomplete token (WCAG 1.3.5). */
  autocomplete?: string;
}

/** A question of a form. `kind` decides its control, its check, its kintone type. */
export type Field = FieldBase &
  (
    | { kind: 'text'; maxLength: number }
    | { kind: 'kana'; maxLength: number }
    | { kind: 'textarea'; maxLength: number }
    | { kind: 'phone' }
    | { kind: 'email' }
    | { kind: 'postalCode' }
    /** `min` and `max` are days (`YYYY-MM-DD`) or `today`, the day in Asia/Tokyo on which it is checked. */
    | { kind: 'date'; min?: string; max?: string }
    | { kind: 'month' }
    | { kind: 'time' }
    | { kind: 'number'; min: number; max: number; decimals?: number; unit?: Localized }
    | { kind: 'choice'; options: readonly Option[]; style?: 'radio' | 'select' }
    | { kind: 'choices'; options: readonly Option[] }
    | { kind: 'boolean' }
    /** A box that has to be ticked: an agreement or a pledge. */
    | { kind: 'consent' }
    | { kind: 'fiscalYear' }
    | { kind: 'grade' }
    | { kind: 'bop' }
    | { kind: 'table'; columns: readonly Field[]; minRows: number; maxRows: number; rowLabel: Localized }
  );
export type FieldKind = Field['kind'];

/** One step of the form: one topic a page. */
export interface Section {
  id: string;
  title: Localized;
  intro?: Localized;
  visibleWhen?: Condition;
  /** The same for every child of the family: an application for a brother or sister may start with a copy. */
  family?: boolean;
  fields: readonly Field[];
}

/** A document that belongs to an application. */
export interface DocumentType {
  type: string;
  label: Localized;
  hint?: Localized;
  /** When it has to be there before review can find the application complete. */
  requiredWhen?: Condition;
  /** When it may be attached at all; always, if absent. */
  offeredWhen?: Condition;
  /** May the applicant file without it and hand it in later? Missing ones are told before filing. */
  mayFollow: boolean;
  /** About the guardians or the home: the same for every child of the family, so that brothers and sisters may share it. */
  family?: boolean;
  maxFiles: number;
}

/** A reason a reviewer gives for a deficiency; its text is what the applicant reads. */
export interface DeficiencyReason {
  code: string;
  label: string;
  applicantText: Localized;
}

/** An item of the review checklist. The ward's data, shipped as defaults (Q10, Q16). */
export interface Criterion {
  id: string;
  title: string;
  /** What to look at, and how to judge. */
  guidance: string;
  /** Shown and judged only while this holds; "not applicable" otherwise. */
  appliesWhen?: Condition;
  required: boolean;
  /** What the applicant can be asked to correct or hand in. */
  fields: readonly string[];
  documents: readonly string[];
  reasons: readonly DeficiencyReason[];
}

/** What the machine sees by itself at intake (Q15): shown to the reviewer, and to the applicant where it helps. */
export interface IntakeHint {
  code: string;
  severity: 'info' | 'warning';
  criterionId?: string;
  field?: string;
  document?: string;
  forReviewer: string;
  /** Where set, the applicant sees it before filing. */
  forApplicant?: Localized;
}

/** Roles that fields play in every procedure, so that lists, locks and mails need not know each form. */
export interface FieldRoles {
  childFamilyName: string;
  childGivenName: string;
  childFamilyKana: string;
  childGivenKana: string;
  childBirthDate: string;
  bop: string;
  fiscalYear: string;
  /** From when the family asks for it: what a decision proposes as its effective date. */
  startDate?: string;
  applicantFamilyName: string;
  applicantGivenName: string;
  applicantFamilyKana?: string;
  applicantGivenKana?: string;
  email?: string;
  phone?: string;
  postalCode?: string;
  address?: readonly string[];
}

/** A mistake that only shows when several answers are seen together (an end before its beginning). */
export interface AnswerCheck {
  /** The field that it is said at; looked at only where that field is asked, answered and right by itself. */
  field: string;
  fails(answers: Answers, context: { today: string }): boolean;
  message: Required<Localized>;
}

/** A procedure, whole: everything else is derived from it (design 1). */
export interface ProcedureDefinition {
  code: string;
  /** The letter that receipt numbers of this procedure begin with. */
  letter: string;
  name: Localized;
  summary: Localized;
  roles: FieldRoles;
  sections: readonly Section[];
  documents: readonly DocumentType[];
  /** Defaults, marked as such; the ward's own replace them. */
  criteria: readonly Criterion[];
  /** Reasons that the ward may give for a refusal. */
  refusalReasons: readonly { code: string; label: string }[];
  /** What the machine checks at intake. `today` is a day in Asia/Tokyo; `documents` the types that are attached. */
  intakeHints(answers: Answers, documents: readonly string[], context: IntakeContext): readonly IntakeHint[];
  /** What has to hold between answers; said at a field, like any other mistake. */
  checks?: readonly AnswerCheck[];
  /** What it needs of the child's enrolment. */
  needs: EnrolmentNeed;
  /** What an approval does to the child's enrolment; undefined where it does nothing to it (certificates, cancellations). */
  effectOf(answers: Answers): EnrolmentEffect | undefined;
  /**
   * For procedures that can be filed several times a year: what one open application is about (letters, digits, `_`, `-`).
   * Part of the duplicate lock beside child, procedure and fiscal year (domain.md).
   */
  lockPeriod?(answers: Answers): string;
  /** For cancellations: the code of the procedure whose open application is to be ended. */
  cancels?(answers: Answers): string;
  /** For cancellations, where only some lock periods of that procedure are meant. */
  cancelsPeriods?(answers: Answers): readonly string[] | undefined;
}

/** What intake checks may depend on besides the answers. The parameters are the ward's data. */
export interface IntakeContext {
  today: string;
  parameters: CriteriaParameters;
  /** Where given, its closed dates are known too; without it only Sundays and the turn of the year are. */
  calendar?: WorkCalendar;
}

/** Numbers in the review criteria that wards set differently (domain.md, defaults). */
export interface CriteriaParameters {
  minWorkDaysPerWeek: number;
  minWorkHoursPerWeek: number;
  /** Work has to end at this time or later, `HH:MM`. */
  workEndsAt: string;
  breaksCount: boolean;
  commuteCounts: boolean;
  certificateMaxAgeMonths: number;
  regularGrades: readonly [number, number];
  consideredGrades: readonly [number, number];
}

export const DEFAULT_PARAMETERS: CriteriaParameters = {
  minWorkDaysPerWeek: 3,
  minWorkHoursPerWeek: 20,
  workEndsAt: '15:00',
  breaksCount: true,
  commuteCounts: false,
  certificateMaxAgeMonths: 3,
  regularGrades: [1, 3],
  consideredGrades: [1, 6],
};
