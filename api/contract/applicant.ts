import { z } from 'zod';
import {
  AnswersSchema,
  DateText,
  FileChoice,
  FileInfo,
  Id,
  InstantText,
  LocaleCode,
  LocalizedText,
  Notice,
  StageCode,
  TimelineEntry,
  WrittenText,
} from './common.ts';

/** GET /api/procedures: what can be filed today. Forms themselves come from `domain/procedures`. */
export const ProceduresResponse = z.object({
  /** The day in Asia/Tokyo by which `open` was decided. */
  today: DateText,
  procedures: z.array(
    z.object({
      code: z.string(),
      name: LocalizedText,
      summary: LocalizedText,
      open: z.boolean(),
      /** One entry for each fiscal year that can be applied for, or soon can. */
      periods: z.array(
        z.object({
          fiscalYear: z.number().int(),
          /** `first`, `second` (一斉受付) or `anytime` (随時). */
          round: z.string(),
          roundLabel: LocalizedText,
          opensOn: DateText.nullable(),
          closesOn: DateText.nullable(),
          /** When results are sent out, where the ward has said so. */
          noticesOn: DateText.nullable(),
          open: z.boolean(),
        }),
      ),
    }),
  ),
});
export type ProceduresResponse = z.output<typeof ProceduresResponse>;

const procedureCode = z.string().min(1).max(80);
const files = z.array(FileChoice).max(100).default([]);

/** Answers or documents that came from an application, or from another draft, of the family. */
export const TakenPart = z.object({
  from: z.object({ kind: z.enum(['application', 'draft']), id: Id }),
  procedure: z.string().max(80),
  childName: z.string().max(210),
  receivedOn: DateText.nullable(),
  fields: z.array(z.string().max(80)).max(500),
  documents: z.array(z.string().max(80)).max(100),
});
export type TakenPart = z.output<typeof TakenPart>;

/** PUT /api/drafts/:id (the client makes the id): autosave. Unfinished answers are welcome; nothing is checked. */
export const SaveDraftRequest = z.object({
  procedure: procedureCode,
  answers: AnswersSchema,
  files,
  /** The step of the form where the person is: a section's id, `documents`, or `confirm`. */
  step: z.string().max(80),
  /** Drafts with the same id are filed in one go (POST /api/applications/batch); family answers are kept the same in all. */
  batchId: Id.optional(),
  /** What came from earlier applications, for the person to see. */
  taken: z.array(TakenPart).max(40).optional(),
});
export type SaveDraftRequest = z.input<typeof SaveDraftRequest>;

export const DraftSummary = z.object({
  id: Id,
  procedure: z.string(),
  step: z.string(),
  /** The child's name as far as it has been entered. */
  childName: z.string(),
  updatedAt: InstantText,
  batchId: Id.nullable(),
});
export type DraftSummary = z.output<typeof DraftSummary>;
export const DraftsResponse = z.object({ drafts: z.array(DraftSummary) });
export type DraftsResponse = z.output<typeof DraftsResponse>;
export const Draft = DraftSummary.extend({
  answers: AnswersSchema,
  files: z.array(FileInfo),
  taken: z.array(TakenPart),
});
export type Draft = z.output<typeof Draft>;

/** POST /api/drafts/:id/check: what is wrong or missing before filing. The draft need not have been saved. */
export const CheckDraftRequest = z.object({
  procedure: procedureCode,
  answers: AnswersSchema,
  files,
  /** Check one section only. */
  section: z.string().max(80).optional(),
  /** As one of the drafts that are filed in one go with it: what the others ask for counts as filed. */
  together: z.boolean().default(false),
});
export type CheckDraftRequest = z.input<typeof CheckDraftRequest>;

/** Something wrong with an answer; `path` is `child_birth_date`, or `guardians.1.name` in a table (row from 0). */
export const FieldProblem = z.object({ path: z.string(), code: z.string(), message: LocalizedText });
export const HintForApplicant = z.object({
  code: z.string(),
  severity: z.enum(['info', 'warning']),
  field: z.string().nullable(),
  document: z.string().nullable(),
  text: LocalizedText,
});
/** A document that is wanted for these answers and is not attached. `mayFollow`: one can file without it. */
export const MissingDocument = z.object({ type: z.string(), label: LocalizedText, mayFollow: z.boolean() });

/** What exists already for the same child, procedure and period (Q08). Number and id only where it is one's own. */
export const ExistingApplication = z.object({
  own: z.boolean(),
  receivedOn: DateText,
  applicationId: Id.nullable(),
  receiptNumber: z.string().nullable(),
});
export type ExistingApplication = z.output<typeof ExistingApplication>;

export const CheckDraftResponse = z.object({
  problems: z.array(FieldProblem),
  hints: z.array(HintForApplicant),
  missingDocuments: z.array(MissingDocument),
  /** One's own application that a filing would collide with. */
  existing: ExistingApplication.nullable(),
  /** Why the child's enrolment or other applications do not allow it, and the procedure to use instead. */
  need: z
    .object({
      code: z.string(),
      message: LocalizedText,
      instead: z.string().nullable(),
      /** The answers that say whom or what it is about, where they may be mistaken. */
      fields: z.array(z.string()),
    })
    .nullable(),
});
export type CheckDraftResponse = z.output<typeof CheckDraftResponse>;

/**
 * POST /api/files: multipart/form-data; fields `documentType` and `draftId`, `applicationId` or `paperId` first, then one part
 * `file`.
 * → FileInfo (201). GET /api/files/:id gives the bytes, DELETE /api/files/:id takes it away while it is not sent.
 */
export const UploadFields = z
  .object({
    documentType: z.string().min(1).max(80),
    draftId: Id.optional(),
    applicationId: Id.optional(),
    /** A paper application that is being entered. */
    paperId: Id.optional(),
  })
  .refine(({ draftId, applicationId, paperId }) => (draftId ?? applicationId ?? paperId) !== undefined, {
    path: ['draftId'],
    message: '申請の下書きまたは申請を指定してください。',
  });

/** POST /api/applications. `submissionId` is made once by the client: sending the same again is harmless. */
export const SubmitRequest = z.object({
  submissionId: Id,
  procedure: procedureCode,
  answers: AnswersSchema,
  files,
  /** Codes of the hints that the applicant has read and goes on with all the same. */
  acknowledgedHints: z.array(z.string().max(80)).max(100).default([]),
  /** The draft that this was; it goes away. */
  draftId: Id.optional(),
  /** The language of mails about this application. */
  locale: LocaleCode.optional(),
});
export type SubmitRequest = z.input<typeof SubmitRequest>;
export const SubmitResponse = z.object({
  applicationId: Id,
  receiptNumber: z.string(),
  receivedAt: InstantText,
});
export type SubmitResponse = z.output<typeof SubmitResponse>;

/** 409 `duplicate` carries this besides the problem. */
export const DuplicateProblem = z.object({ existing: ExistingApplication });
export type DuplicateProblem = z.output<typeof DuplicateProblem>;

/** How an application stands, in the applicant's words (`domain/application/timeline.ts`). */
export const ApplicantStatus = z.object({
  code: z.string(),
  label: LocalizedText,
  explanation: LocalizedText,
  /** What happens next, or what to do. */
  next: LocalizedText.nullable(),
});
export type ApplicantStatus = z.output<typeof ApplicantStatus>;

export const MyApplicationRow = z.object({
  id: Id,
  receiptNumber: z.string(),
  procedure: z.string(),
  fiscalYear: z.number().int(),
  /** Null while kintone is away. */
  childName: z.string().nullable(),
  receivedAt: InstantText,
  stage: StageCode,
  status: ApplicantStatus,
  /** Set while an answer is awaited. */
  deadline: DateText.nullable(),
  openItems: z.number().int(),
  /** The same for all applications of one child (as GET /api/my/children has it). */
  childKey: z.string(),
  /** The same for all that were filed in one go. */
  batchId: Id.nullable(),
});
export type MyApplicationRow = z.output<typeof MyApplicationRow>;
/** GET /api/my/applications, newest first */
export const MyApplicationsResponse = z.object({
  applications: z.array(MyApplicationRow),
  notice: Notice.nullable(),
});
export type MyApplicationsResponse = z.output<typeof MyApplicationsResponse>;

/** What one item of a request is about. For a field: what was sent before. For a document: the files sent before. */
export const ItemTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), code: z.string(), value: AnswersSchema.valueType.nullable() }),
  z.object({ kind: z.literal('document'), type: z.string(), files: z.array(FileInfo) }),
]);
export const MyItem = z.object({
  id: z.string(),
  status: z.enum(['open', 'answered', 'waived', 'corrected']),
  /** What it is about: the criterion's fields or documents in words. */
  label: LocalizedText,
  reason: LocalizedText,
  /** What the reviewer wrote to the applicant. */
  note: z.string().nullable(),
  targets: z.array(ItemTarget),
});
export type MyItem = z.output<typeof MyItem>;
export const MyRequest = z.object({
  id: z.string(),
  round: z.number().int(),
  method: z.enum(['mail', 'phone', 'letter']),
  requestedAt: InstantText,
  deadline: DateText,
  overdue: z.boolean(),
  items: z.array(MyItem),
});
export type MyRequest = z.output<typeof MyRequest>;

/** GET /api/my/applications/:id */
export const MyApplication = MyApplicationRow.extend({
  round: z.string(),
  bopCode: z.string(),
  /** The newest answers; null while kintone is away (`notice`). */
  answers: AnswersSchema.nullable(),
  documents: z.array(FileInfo),
  request: MyRequest.nullable(),
  decision: z
    .object({
      outcome: z.enum(['approved', 'refused']),
      decidedAt: InstantText,
      effectiveFrom: DateText.nullable(),
      reasonLabel: z.string().nullable(),
      reason: z.string().nullable(),
    })
    .nullable(),
  timeline: z.array(TimelineEntry),
  offered: z.array(z.enum(['answer', 'cancel'])),
  notice: Notice.nullable(),
});
export type MyApplication = z.output<typeof MyApplication>;

/** POST /api/my/applications/:id/answers. `answerId` is made once by the client. */
export const AnswerRequest = z.object({
  answerId: Id,
  /** The items that this answers; the others stay open. */
  items: z.array(z.string().max(120)).min(1, '回答する項目を1つ以上選んでください。').max(100),
  /** Only fields that these items ask about. */
  changes: AnswersSchema.default({}),
  files,
  /** After 409 `unchanged`: "it is right as it was". */
  confirmUnchanged: z.boolean().default(false),
});
export type AnswerRequest = z.input<typeof AnswerRequest>;
/** Also the answer to a cancellation. */
export const MyActionResponse = z.object({ applicationId: Id, seq: z.number().int(), stage: StageCode });
export type MyActionResponse = z.output<typeof MyActionResponse>;

/** POST /api/my/applications/:id/cancel */
export const CancelRequest = z.object({ actionId: Id, reason: WrittenText.optional() });
export type CancelRequest = z.input<typeof CancelRequest>;
