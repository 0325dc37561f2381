import { z } from 'zod';
import { MILESTONES, PHASES } from '../../domain/rounds/assign.ts';
import { BULK_COMMANDS, BULK_STATUSES, ITEM_RESULTS, PLANS } from '../../domain/rounds/bulk.ts';
import { PRIORITIES } from '../../domain/rounds/places.ts';
import { DateText, Id, InstantText, PersonRef, StageCode, WrittenText } from './common.ts';

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月は YYYY-MM の形で入力してください。');
const count = z.number().int();
const FiscalYear = z.coerce.number().int().min(2020).max(2099);
const RoundCode = z.string().regex(/^[A-Za-z0-9_]{1,60}$/);
const ProcedureCode = z.string().regex(/^[A-Za-z0-9_]{1,60}$/);
const BopCode = z.string().max(10);

/** How many applications stand where; `undecided` are those that still need a review, an answer or the ward's decision. */
export const RoundTotals = z.object({
  received: count,
  inReview: count,
  awaitingApplicant: count,
  awaitingDecision: count,
  awaitingRelease: count,
  told: count,
  cancelled: count,
  overdue: count,
});
export type RoundTotals = z.output<typeof RoundTotals>;

/** A round's dates for a procedure; `version` is the edition of the ward's setting that a change is based on. */
export const RoundDatesView = z.object({
  procedure: z.string(),
  procedureName: z.string(),
  opensOn: DateText.nullable(),
  closesOn: DateText.nullable(),
  noticesOn: DateText.nullable(),
  version: count,
  phase: z.enum(PHASES),
});

export const RoundRow = z.object({
  fiscalYear: count,
  round: z.string(),
  name: z.string(),
  /** Decided and told together; otherwise as applications come. */
  together: z.boolean(),
  dates: z.array(RoundDatesView),
  totals: RoundTotals,
  /** Is the round's clock going by these dates? False for a moment after a change, or while Temporal is away. */
  armed: z.boolean(),
});
export type RoundRow = z.output<typeof RoundRow>;

/** GET /api/staff/rounds */
export const RoundsResponse = z.object({ rounds: z.array(RoundRow) });
export type RoundsResponse = z.output<typeof RoundsResponse>;

export const RoundParams = z.object({ fiscalYear: FiscalYear, round: RoundCode });

/** GET /api/staff/rounds/:fiscalYear/:round */
export const RoundResponse = RoundRow.extend({
  stages: z.array(z.object({ stage: StageCode, count })),
  byProcedure: z.array(z.object({ procedure: z.string(), procedureName: z.string(), totals: RoundTotals })),
  bops: z.array(z.object({ code: z.string(), name: z.string(), hallName: z.string(), totals: RoundTotals })),
  milestones: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(MILESTONES),
      procedureName: z.string(),
      dueAt: InstantText,
      recordedAt: InstantText,
      received: count,
      undecided: count,
    }),
  ),
  /** The day of the next release, and how many working days are left until it. */
  release: z.object({ on: DateText, at: InstantText, workingDaysLeft: count, undecided: count }).nullable(),
});
export type RoundResponse = z.output<typeof RoundResponse>;

/** PUT /api/staff/rounds/:fiscalYear/:round/dates: the ward sets the dates of one procedure. */
export const SetDatesRequest = z.object({
  procedure: ProcedureCode,
  opensOn: DateText.nullable(),
  closesOn: DateText.nullable(),
  noticesOn: DateText.nullable(),
  basedOn: count,
  note: z.string().trim().min(1, '変更の理由を入力してください。').max(500),
});
export type SetDatesRequest = z.input<typeof SetDatesRequest>;

export const BulkCountsView = z.object({
  planned: count,
  excluded: count,
  decided: count,
  changed: count,
  refused: count,
  open: count,
});

export const BulkRow = z.object({
  id: Id,
  title: z.string(),
  status: z.enum(BULK_STATUSES),
  procedure: z.string(),
  procedureName: z.string(),
  fiscalYear: count,
  round: z.string().nullable(),
  plan: z.enum(['approve', 'refuse', 'places']),
  createdBy: PersonRef,
  createdAt: InstantText,
  confirmedBy: PersonRef.nullable(),
  confirmedAt: InstantText.nullable(),
  finishedAt: InstantText.nullable(),
  counts: BulkCountsView,
});
export type BulkRow = z.output<typeof BulkRow>;

/** GET /api/staff/bulk-decisions */
export const BulkListResponse = z.object({ rows: z.array(BulkRow) });
export type BulkListResponse = z.output<typeof BulkListResponse>;

/** GET /api/staff/bulk-decisions/:id */
export const BulkResponse = BulkRow.extend({
  bops: z.array(BopCode),
  effective: z.string().nullable(),
  reasonLabel: z.string().nullable(),
  reason: z.string().nullable(),
  /** Why applications are left out, with how many. */
  exclusions: z.array(z.object({ code: z.string(), label: z.string(), count })),
  /** What will happen, in words; for a preview. */
  summary: z.array(z.string()),
});
export type BulkResponse = z.output<typeof BulkResponse>;

/** POST /api/staff/bulk-decisions: puts a preview together; nothing is decided yet. `id` is made by the screen. */
export const CreateBulkRequest = z.object({
  id: Id,
  procedure: ProcedureCode,
  fiscalYear: z.number().int().min(2020).max(2099),
  round: RoundCode.optional(),
  bops: z.array(BopCode).max(100).optional(),
  plan: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('approve'),
      effective: z
        .discriminatedUnion('kind', [
          z.object({ kind: z.literal('date'), date: DateText }),
          /** From when each family asked for it. */
          z.object({ kind: z.literal('asked') }),
        ])
        .optional(),
    }),
    z.object({ type: z.literal('refuse'), reasonCode: z.string().min(1).max(60), reason: WrittenText }),
    /** Extended use: approve in the order of the ranks while places are left, the others wait. */
    z.object({ type: z.literal('places') }),
  ]),
});
export type CreateBulkRequest = z.input<typeof CreateBulkRequest>;

export const BulkItemsQuery = z.object({
  group: z.enum(['planned', 'excluded', 'decided', 'changed', 'refused', 'open']).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
});

export const BulkItemView = z.object({
  applicationId: Id,
  receiptNumber: z.string(),
  /** Null while kintone is away. */
  childName: z.string().nullable(),
  bopName: z.string(),
  plan: z.enum(PLANS),
  effectiveFrom: DateText.nullable(),
  rank: count.nullable(),
  excluded: z.object({ code: z.string(), label: z.string(), byWard: z.boolean() }).nullable(),
  result: z.enum(ITEM_RESULTS).nullable(),
  resultLabel: z.string().nullable(),
  resultAt: InstantText.nullable(),
});
export type BulkItemView = z.output<typeof BulkItemView>;

/** GET /api/staff/bulk-decisions/:id/items */
export const BulkItemsResponse = z.object({
  rows: z.array(BulkItemView),
  page: count,
  pageSize: count,
  total: count,
});
export type BulkItemsResponse = z.output<typeof BulkItemsResponse>;

/** POST /api/staff/bulk-decisions/:id/exclusions: leave out of a preview, or take back. */
export const ExcludeRequest = z.object({
  applicationIds: z.array(Id).min(1).max(200),
  leaveOut: z.boolean(),
});
export type ExcludeRequest = z.input<typeof ExcludeRequest>;

/** POST /api/staff/bulk-decisions/:id/confirm: `planned` is the number that the ward saw. */
export const ConfirmBulkRequest = z.object({ planned: count });

/** POST /api/staff/bulk-decisions/:id/commands */
export const BulkCommandRequest = z.object({ command: z.enum(BULK_COMMANDS) });
export const BulkCommandResponse = z.object({ status: z.enum(BULK_STATUSES) });

/** The ward's rules for the places of extended use. */
export const PlaceRulesView = z.object({
  version: count,
  places: z.number().int().min(0).max(500),
  byBop: z.record(BopCode, z.number().int().min(0).max(500)),
  priorities: z.array(z.enum(PRIORITIES)),
  dailyTakesPlace: z.boolean(),
  /** False while the shipped defaults hold. */
  setByWard: z.boolean(),
});
export type PlaceRulesView = z.output<typeof PlaceRulesView>;

/** GET /api/staff/places?fiscalYear */
export const PlacesQuery = z.object({ fiscalYear: FiscalYear });
export const PlacesResponse = z.object({
  fiscalYear: count,
  rules: PlaceRulesView,
  bops: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      hallName: z.string(),
      places: count,
      /** The most places taken in any month that is left. */
      taken: count,
      asking: count,
      waiting: count,
      /** Who would get a place now, of those who wait: a place has fallen free. */
      movingUp: count,
    }),
  ),
  notice: z.enum(['kintoneAway']).nullable(),
});
export type PlacesResponse = z.output<typeof PlacesResponse>;

/** PUT /api/staff/places/rules */
export const SetPlaceRulesRequest = z.object({
  places: z.number().int().min(0).max(500),
  byBop: z.record(BopCode, z.number().int().min(0).max(500)),
  priorities: z.array(z.enum(PRIORITIES)).max(PRIORITIES.length),
  dailyTakesPlace: z.boolean(),
  basedOn: count,
  note: z.string().trim().min(1, '変更の理由を入力してください。').max(500),
});
export type SetPlaceRulesRequest = z.input<typeof SetPlaceRulesRequest>;

export const PlaceClaimView = z.object({
  applicationId: Id,
  receiptNumber: z.string(),
  childName: z.string().nullable(),
  rank: count,
  waiting: z.boolean(),
  offered: z.boolean(),
  waitingRank: count.nullable(),
  /** Why this rank, in words. */
  rankReason: z.string(),
  /** What becomes of it, in words. */
  outcome: z.string(),
});
export type PlaceClaimView = z.output<typeof PlaceClaimView>;

/** GET /api/staff/places/:bop?fiscalYear */
export const BopPlacesResponse = z.object({
  fiscalYear: count,
  code: z.string(),
  name: z.string(),
  hallName: z.string(),
  places: count,
  priorities: z.array(z.string()),
  /** From this month on places can still be given. */
  from: Month,
  months: z.array(z.object({ month: Month, name: z.string(), taken: count })),
  claims: z.array(PlaceClaimView),
  /** In review: not in the order yet. */
  inReview: count,
  /** Applications whose wishes could not be read now. */
  unread: count,
});
export type BopPlacesResponse = z.output<typeof BopPlacesResponse>;

/** GET /api/staff/applications/:id/place: where an application for extended use stands among the places of its 新BOP. */
export const PlaceOfApplication = z.object({
  bop: z.object({ code: BopCode, name: z.string() }),
  fiscalYear: count,
  places: count,
  /** The months that it would hold if it were approved now. */
  months: z.array(z.object({ month: Month, name: z.string(), taken: count, full: z.boolean() })),
  rank: count,
  /** How many ask for a place and are reviewed. */
  asking: count,
  rankReason: z.string(),
  outcome: z.string(),
  waiting: z.boolean(),
  verdict: z.enum(['free', 'outOfTurn', 'full', 'past']),
  verdictText: z.string(),
});
export type PlaceOfApplication = z.output<typeof PlaceOfApplication>;
