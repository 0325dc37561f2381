import { z } from 'zod';
import { MOVE_REASONS } from '../../domain/enrolment/school-move.ts';
import { YEAR_ITEM_RESULTS, YEAR_PLANS, YEAR_RUN_STATUSES } from '../../domain/enrolment/year-run.ts';
import { DateText, Id, InstantText, PersonRef } from './common.ts';

const Place = z.object({ code: z.string(), name: z.string() });

/** GET /api/staff/year-change/runs/:id: a change of the year (年度替わり), looked at, running, or on record. */
export const YearRunResponse = z.object({
  id: Id,
  /** The year that ends. */
  fiscalYear: z.number().int(),
  status: z.enum(YEAR_RUN_STATUSES),
  /** The ward's rule that it goes by, in words. */
  policy: z.array(z.string()),
  createdBy: PersonRef,
  createdAt: InstantText,
  confirmedBy: PersonRef.nullable(),
  confirmedAt: InstantText.nullable(),
  finishedAt: InstantText.nullable(),
  counts: z.object({
    all: z.number().int(),
    continues: z.number().int(),
    applyAgain: z.number().int(),
    leaves: z.number().int(),
    excluded: z.number().int(),
    written: z.number().int(),
    already: z.number().int(),
    changed: z.number().int(),
    open: z.number().int(),
  }),
});
export type YearRunResponse = z.output<typeof YearRunResponse>;

/** GET /api/staff/year-change/runs?fiscalYear= */
export const YearRunsQuery = z.object({ fiscalYear: z.coerce.number().int().min(2000).max(2100) });
export const YearRunsResponse = z.object({ runs: z.array(YearRunResponse) });
export type YearRunsResponse = z.output<typeof YearRunsResponse>;

/** POST /api/staff/year-change/runs: makes the preview. The same id again makes nothing new. */
export const CreateYearRunRequest = z.object({ id: Id, fiscalYear: z.int().min(2000).max(2100) });
export type CreateYearRunRequest = z.input<typeof CreateYearRunRequest>;

/** POST /api/staff/year-change/runs/:id/confirm */
export const ConfirmYearRunRequest = z.object({
  /** As many as the person saw. */
  planned: z.int().min(0),
});
export type ConfirmYearRunRequest = z.input<typeof ConfirmYearRunRequest>;

/** GET /api/staff/year-change/runs/:id/items */
export const YearRunItemsQuery = z.object({
  show: z.enum([...YEAR_PLANS, ...YEAR_ITEM_RESULTS, 'all']).default('all'),
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
});
export type YearRunItemsQuery = z.input<typeof YearRunItemsQuery>;

export const YearRunItem = z.object({
  enrolmentId: z.string(),
  childName: z.string(),
  childKana: z.string(),
  bop: Place.nullable(),
  plan: z.enum(YEAR_PLANS),
  /** What is written for the next year, in words. */
  continues: z.array(z.string()),
  /** What the family files again, and why. */
  again: z.array(z.object({ name: z.string(), why: z.string() })),
  /** Why the child leaves or is left out. */
  reason: z.string().nullable(),
  result: z.enum(YEAR_ITEM_RESULTS).nullable(),
});
export type YearRunItem = z.output<typeof YearRunItem>;
export const YearRunItemsResponse = z.object({
  rows: z.array(YearRunItem),
  page: z.number().int(),
  pageSize: z.number().int(),
  total: z.number().int(),
});
export type YearRunItemsResponse = z.output<typeof YearRunItemsResponse>;

const move = {
  bop: z.string().max(10),
  from: z.string().max(10),
};

/** POST /api/staff/enrolments/:id/school-moves/preview: what a change of school (転校) would do. Nothing is recorded. */
export const PreviewMoveRequest = z.object(move);
export const PreviewMoveResponse = z.object({
  before: z.array(z.object({ bop: Place, from: DateText, to: DateText })),
  after: z.array(z.object({ bop: Place, from: DateText, to: DateText })),
  /** Months of extended use in which the new 新BOP has no place left, in words. */
  over: z.array(z.string()),
  /** May the reader record it: going over the places is the ward's to say? */
  mayRecord: z.boolean(),
  notes: z.array(z.string()),
  /** Open applications of the child, that stay with the 新BOP that they were filed for. */
  open: z.array(z.object({ receiptNumber: z.string(), procedureName: z.string() })),
});
export type PreviewMoveResponse = z.output<typeof PreviewMoveResponse>;

/** POST /api/staff/enrolments/:id/school-moves; the same id again records nothing new. */
export const RecordMoveRequest = z.object({
  ...move,
  id: Id,
  reason: z.enum(MOVE_REASONS, '理由を選んでください。'),
  note: z
    .string()
    .trim()
    .min(1, '誰から、どのように聞いたかを入力してください。')
    .max(500, '500文字以内で入力してください。'),
  /** The enrolment as the person saw it. */
  revision: z.int(),
  /** The ward knows that places of extended use are exceeded. */
  overPlaces: z.boolean(),
});
export type RecordMoveRequest = z.input<typeof RecordMoveRequest>;
