import { z } from 'zod';
import { DateText, Id, InstantText, LocalizedText, PersonRef, StageCode } from './common.ts';

const Month = z.string().regex(/^\d{4}-\d{2}$/);
const EnrolmentId = z.string().regex(/^\d{4}:[\w-]{1,100}$/);
const Mode = z.enum(['monthly', 'daily']);
const Reason = z.enum(['publicAssistance', 'taxExempt', 'schoolExpense', 'longAbsence']);
const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const Place = z.object({ code: z.string(), name: z.string() });

/** What one month costs, in yen; shown, never collected. `totalAtMost`: with extended use by the day up to its limit. */
export const FeeView = z.object({
  month: Month,
  bop: Place.nullable(),
  mode: Mode.nullable(),
  base: z.number().int(),
  extended: z.number().int(),
  reductions: z.array(Reason),
  reduced: z.number().int(),
  total: z.number().int(),
  totalAtMost: z.number().int(),
});
export type FeeView = z.output<typeof FeeView>;

/** GET /api/staff/enrolments: children and their membership (在籍), inside the reader's place. */
export const EnrolmentsQuery = z.object({
  fiscalYear: z.coerce.number().int().min(2000).max(2100).optional(),
  /** Members in this month; `all` for any month of the year. Default: this month, or April of another year. */
  month: z.union([Month, z.literal('all')]).optional(),
  bop: z.string().max(10).optional(),
  hall: z.string().max(10).optional(),
  extended: z.enum(['any', 'monthly', 'daily', 'none']).optional(),
  reduced: Flag.optional(),
  withdrawn: Flag.optional(),
  q: z.string().max(100).optional(),
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
});
export type EnrolmentsQuery = z.input<typeof EnrolmentsQuery>;

export const EnrolmentRow = z.object({
  id: EnrolmentId,
  fiscalYear: z.number().int(),
  childName: z.string(),
  childKana: z.string(),
  grade: z.number().int().nullable(),
  /** In the month asked for, else the last one. */
  bop: Place.nullable(),
  from: DateText.nullable(),
  to: DateText.nullable(),
  withdrawn: z.boolean(),
  mode: Mode.nullable(),
  reductions: z.array(Reason),
  /** The month's fee; null where all months are shown. */
  fee: FeeView.nullable(),
});
export type EnrolmentRow = z.output<typeof EnrolmentRow>;

export const EnrolmentsResponse = z.object({
  fiscalYear: z.number().int(),
  month: Month.nullable(),
  years: z.array(z.number().int()),
  rows: z.array(EnrolmentRow),
  page: z.number().int(),
  pageSize: z.number().int(),
  total: z.number().int(),
  counts: z.object({
    children: z.number().int(),
    extendedMonthly: z.number().int(),
    extendedDaily: z.number().int(),
    reduced: z.number().int(),
    withdrawn: z.number().int(),
  }),
});
export type EnrolmentsResponse = z.output<typeof EnrolmentsResponse>;

/** One of the child's applications; `open` where the reader may open it. */
export const ChildApplicationView = z.object({
  id: Id,
  receiptNumber: z.string(),
  procedure: z.string(),
  procedureName: z.string(),
  fiscalYear: z.number().int(),
  receivedAt: InstantText,
  stage: StageCode,
});
export type ChildApplicationView = z.output<typeof ChildApplicationView>;

/** GET /api/staff/enrolments/:id: a child's year. */
export const EnrolmentResponse = z.object({
  id: EnrolmentId,
  fiscalYear: z.number().int(),
  child: z.object({
    name: z.string(),
    kana: z.string(),
    birthDate: z.string(),
    grade: z.number().int().nullable(),
  }),
  periods: z.array(z.object({ bop: Place, from: DateText, to: DateText })),
  extendedUse: z.array(z.object({ mode: Mode, from: Month, to: Month })),
  reductions: z.array(z.object({ reason: Reason, from: Month, to: Month })),
  withdrawal: z.object({ lastDay: DateText, receiptNumber: z.string() }).nullable(),
  fees: z.array(FeeView),
  year: z.object({ total: z.number().int(), totalAtMost: z.number().int() }),
  /** Which application did what, in the order of the decisions; `noEffect` says why it does nothing. */
  history: z.array(
    z.object({
      id: z.string(),
      /** Null where the reader may not open the application, and for records. */
      applicationId: Id.nullable(),
      /** Empty for records. */
      receiptNumber: z.string(),
      /** What no application brought: the change of the year, a change of school. */
      record: z.object({ label: z.string(), by: PersonRef.nullable(), note: z.string() }).nullable(),
      decidedAt: InstantText,
      text: z.string(),
      noEffect: z.string().nullable(),
    }),
  ),
  /** Grows with every change; a record is based on the one that was seen. */
  revision: z.number().int(),
  /** May the reader record a change of school? */
  mayMove: z.boolean(),
  applications: z.array(ChildApplicationView),
  otherYears: z.array(z.object({ id: EnrolmentId, fiscalYear: z.number().int() })),
});
export type EnrolmentResponse = z.output<typeof EnrolmentResponse>;

/** GET /api/staff/applications/:id/child: the child's enrolments and other applications, as far as the reader may see them. */
export const ChildResponse = z.object({
  enrolments: z.array(z.object({ id: EnrolmentId, fiscalYear: z.number().int(), text: z.string() })),
  applications: z.array(ChildApplicationView),
});
export type ChildResponse = z.output<typeof ChildResponse>;

/** GET /api/staff/year-change: who goes on into the next fiscal year, and who applies again. */
export const YearChangeQuery = z.object({
  fiscalYear: z.coerce.number().int().min(2000).max(2100).optional(),
  bop: z.string().max(10).optional(),
  hall: z.string().max(10).optional(),
  show: z.enum(['all', 'continues', 'applyAgain', 'notYet', 'leaves']).default('all'),
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
});
export type YearChangeQuery = z.input<typeof YearChangeQuery>;

export const YearChangeRow = z.object({
  id: EnrolmentId,
  childName: z.string(),
  childKana: z.string(),
  nextGrade: z.number().int().nullable(),
  bop: Place.nullable(),
  /** What goes on without an application, in words. */
  continues: z.array(z.string()),
  /** Why nothing does and nothing is applied for; null where something is. */
  leaves: z.string().nullable(),
  /** What has to be applied for again: the procedure, and the application that has come for it. */
  applyAgain: z.array(
    z.object({
      procedure: z.string(),
      name: z.string(),
      /** Why, in words. */
      why: z.string(),
      application: z.object({ receiptNumber: z.string(), stage: StageCode }).nullable(),
    }),
  ),
});
export type YearChangeRow = z.output<typeof YearChangeRow>;

export const YearChangeResponse = z.object({
  /** The year that ends. */
  fiscalYear: z.number().int(),
  rows: z.array(YearChangeRow),
  page: z.number().int(),
  pageSize: z.number().int(),
  total: z.number().int(),
  counts: z.object({
    all: z.number().int(),
    continues: z.number().int(),
    applyAgain: z.number().int(),
    /** Of these, not applied yet. */
    notYet: z.number().int(),
    /** Neither: withdrawn, or leaving primary school. */
    leaves: z.number().int(),
  }),
});
export type YearChangeResponse = z.output<typeof YearChangeResponse>;

/** GET /api/my/enrolments: the family's own children, as members of a club (Q11). */
export const MyEnrolment = z.object({
  childName: z.string(),
  fiscalYear: z.number().int(),
  /** Today's; before the first day the first, after the last the last. */
  bopName: z.string().nullable(),
  /** After a change of school, each 新BOP with its days; else empty. */
  places: z.array(z.object({ bopName: z.string(), from: DateText, to: DateText })),
  from: DateText.nullable(),
  to: DateText.nullable(),
  withdrawn: z.boolean(),
  extendedUse: z.array(z.object({ mode: Mode, from: Month, to: Month })),
  reductions: z.array(z.object({ label: LocalizedText, from: Month, to: Month })),
  fees: z.array(FeeView),
});
export type MyEnrolment = z.output<typeof MyEnrolment>;
export const MyEnrolmentsResponse = z.object({ enrolments: z.array(MyEnrolment) });
export type MyEnrolmentsResponse = z.output<typeof MyEnrolmentsResponse>;
