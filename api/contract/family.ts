import { z } from 'zod';
import { ExistingApplication, SubmitRequest, SubmitResponse, TakenPart } from './applicant.ts';
import {
  AnswersSchema,
  DateText,
  FileChoice,
  FileInfo,
  Id,
  LocaleCode,
  LocalizedText,
  Notice,
} from './common.ts';

/** May this procedure be filed for this child in this fiscal year? If not, why, and what can be used instead. */
export const ProcedureForChild = z.object({
  procedure: z.string(),
  may: z.boolean(),
  reason: LocalizedText.nullable(),
  /** The code of the procedure to use instead. */
  instead: z.string().nullable(),
});
export type ProcedureForChild = z.output<typeof ProcedureForChild>;

/** A child in one fiscal year: its membership as it is now, and what can be filed. */
export const ChildYear = z.object({
  fiscalYear: z.number().int(),
  /** `none`: not a member; `underWay`: an admission is being reviewed; `member`; `ended`: withdrawn, the day has passed. */
  membership: z.enum(['none', 'underWay', 'member', 'ended']),
  bopCode: z.string().nullable(),
  from: DateText.nullable(),
  /** The last day, where a withdrawal is approved. */
  lastDay: DateText.nullable(),
  extendedUse: z.array(z.object({ mode: z.enum(['monthly', 'daily']), from: z.string(), to: z.string() })),
  reductions: z.array(z.object({ reason: z.string(), from: z.string(), to: z.string() })),
  procedures: z.array(ProcedureForChild),
});
export type ChildYear = z.output<typeof ChildYear>;

/** GET /api/my/children: the children of one's own applications. `key` is opaque. */
export const ChildrenResponse = z.object({
  children: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      birthDate: z.string(),
      years: z.array(ChildYear),
    }),
  ),
});
export type ChildrenResponse = z.output<typeof ChildrenResponse>;
export type MyChild = ChildrenResponse['children'][number];

/**
 * GET /api/my/prefill: what a new draft can begin with. `child`: a key of GET /api/my/children; `sibling`: a draft to take the
 * child from, where it has no application yet. Nothing is kept: the draft is saved with PUT /api/drafts/:id.
 */
export const PrefillQuery = z.object({
  procedure: z.string().min(1).max(80),
  child: z.string().max(200).optional(),
  /** A draft about the same child. */
  childDraft: Id.optional(),
  fiscalYear: z.coerce.number().int().min(2000).max(2100).optional(),
  /** Drafts of the same filing are sources too. */
  batch: Id.optional(),
});
export const PrefillResponse = z.object({
  answers: AnswersSchema,
  taken: z.array(TakenPart),
  notice: Notice.nullable(),
});
export type PrefillResponse = z.output<typeof PrefillResponse>;

/** GET /api/my/documents: documents handed in before that may be used again, by type. */
export const ReusableQuery = z.object({
  procedure: z.string().min(1).max(80),
  /** The draft that they are for: says the child and the filing. */
  draft: Id,
});
export const ReusableDocument = z.object({
  documentType: z.string(),
  files: z.array(FileInfo),
  procedure: z.string(),
  childName: z.string(),
  /** The day on which the first of them was uploaded. */
  handedInOn: DateText,
});
export const ReusableResponse = z.object({
  documents: z.array(ReusableDocument),
  /** Documents handed in longer ago, in months, are not offered. */
  maxAgeMonths: z.number().int(),
});
export type ReusableResponse = z.output<typeof ReusableResponse>;

/** POST /api/files/:id/copy: one's own document for another application. → FileInfo (201) */
export const CopyFileRequest = z.object({ draftId: Id, documentType: z.string().min(1).max(80) });

export const MAX_BATCH = 12;
/**
 * POST /api/applications/batch: several applications in one go (children, procedures); all are received or none. A file may
 * stand in several of them. The same batch again gives the same receipts.
 */
export const BatchRequest = z.object({
  batchId: Id,
  applications: z
    .array(SubmitRequest.omit({ locale: true }))
    .min(1, '申請を1件以上選んでください。')
    .max(MAX_BATCH, `一度に申請できるのは${String(MAX_BATCH)}件までです。`),
  locale: LocaleCode.optional(),
});
export type BatchRequest = z.input<typeof BatchRequest>;
export const BatchResponse = z.object({
  batchId: Id,
  applications: z.array(
    SubmitResponse.extend({ submissionId: Id, procedure: z.string(), childName: z.string() }),
  ),
});
export type BatchResponse = z.output<typeof BatchResponse>;

/** 422 `batchRefused` carries this besides the problem: what is wrong, application by application. Nothing was received. */
export const BatchProblem = z.object({
  problems: z.array(
    z.object({
      submissionId: Id,
      code: z.string(),
      message: LocalizedText,
      errors: z.array(z.object({ path: z.string(), message: LocalizedText })),
      existing: ExistingApplication.nullable(),
    }),
  ),
});
export type BatchProblem = z.output<typeof BatchProblem>;

/** GET, PUT, DELETE /api/my/applications/:id/answer-draft: what was entered in answer to a request and is not sent yet. */
export const AnswerDraftBody = z.object({
  requestId: z.string().min(1).max(200),
  entries: z.record(
    z.string().max(120),
    z.object({ values: z.record(z.string().max(80), z.json()), unchanged: z.boolean() }),
  ),
  files: z.array(FileChoice).max(100),
});
export type AnswerDraftBody = z.input<typeof AnswerDraftBody>;
export const AnswerDraftResponse = z.object({
  draft: AnswerDraftBody.omit({ files: true })
    .extend({ files: z.array(FileInfo) })
    .nullable(),
});
export type AnswerDraftResponse = z.output<typeof AnswerDraftResponse>;

/** GET /api/office: whom to ask, for everybody. */
export const OfficeResponse = z.object({
  name: z.string(),
  postalCode: z.string(),
  address: z.string(),
  phone: z.string(),
  hours: z.string(),
});
export type OfficeResponse = z.output<typeof OfficeResponse>;
