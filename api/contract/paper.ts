import { z } from 'zod';
import { PAPER_STATES, PAPER_WAYS } from '../../domain/intake/paper.ts';
import {
  AnswersSchema,
  DateText,
  FileChoice,
  FileInfo,
  Id,
  InstantText,
  PersonRef,
  StageCode,
  WrittenText,
} from './common.ts';
import { FieldProblem, MissingDocument } from './applicant.ts';

/** How a paper application came in: 郵送, 窓口. */
export const PaperWayCode = z.enum(PAPER_WAYS);

/** The receipt stamp (受領印): the day, who received it, its serial. */
export const PaperStamp = z.object({
  id: Id,
  serial: z.string(),
  receivedOn: DateText,
  arrivedBy: PaperWayCode,
  receiver: PersonRef,
  stampedAt: InstantText,
});
export type PaperStamp = z.output<typeof PaperStamp>;

export const PaperRow = PaperStamp.extend({
  procedure: z.string(),
  state: z.enum(PAPER_STATES),
  enteredBy: PersonRef,
  /** Everybody who has typed; none of them may check the entry. */
  hands: z.array(PersonRef),
  /** Is the entry the reader's own? Only then it can be gone on with, otherwise it has to be taken over. */
  mine: z.boolean(),
  /** As far as it has been typed; for applications that were received, see the application. */
  childName: z.string().nullable(),
  updatedAt: InstantText,
  applicationId: Id.nullable(),
  receiptNumber: z.string().nullable(),
});
export type PaperRow = z.output<typeof PaperRow>;

/** GET /api/staff/paper-applications */
export const PaperListQuery = z.object({
  state: z.enum(PAPER_STATES).default('entering'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
});
export const PaperListResponse = z.object({
  rows: z.array(PaperRow),
  total: z.number().int(),
  page: z.number().int(),
  pageSize: z.number().int(),
});
export type PaperListResponse = z.output<typeof PaperListResponse>;

/** POST /api/staff/paper-applications: `id` is made once by the screen; the same again gives the same stamp. */
export const StampPaperRequest = z.object({
  id: Id,
  procedure: z.string().max(80),
  receivedOn: DateText,
  arrivedBy: PaperWayCode,
});
export type StampPaperRequest = z.input<typeof StampPaperRequest>;

/** GET /api/staff/paper-applications/:id */
export const PaperEntryView = PaperRow.extend({
  revision: z.number().int(),
  /** Null once it has been received or discarded. */
  answers: AnswersSchema.nullable(),
  files: z.array(FileInfo),
  discardReason: z.string().nullable(),
});
export type PaperEntryView = z.output<typeof PaperEntryView>;

/** PUT /api/staff/paper-applications/:id. `revision` is the one that the screen has seen. */
export const SavePaperRequest = z.object({
  revision: z.number().int().min(0),
  receivedOn: DateText,
  arrivedBy: PaperWayCode,
  answers: AnswersSchema,
  files: z.array(FileChoice).max(100),
});
export type SavePaperRequest = z.input<typeof SavePaperRequest>;
export const SavePaperResponse = z.object({ revision: z.number().int(), updatedAt: InstantText });
export type SavePaperResponse = z.output<typeof SavePaperResponse>;

/** POST /api/staff/paper-applications/:id/check: what can be said of what has been typed. It need not have been saved. */
export const CheckPaperRequest = SavePaperRequest.pick({ receivedOn: true, answers: true, files: true });
export type CheckPaperRequest = z.input<typeof CheckPaperRequest>;
export const CheckPaperResponse = z.object({
  /** To be put right before it can be received. */
  problems: z.array(FieldProblem),
  /** Questions that the online form wants answered and that stand open; a paper may leave them so. */
  leftOpen: z.array(FieldProblem),
  missingDocuments: z.array(MissingDocument),
  /** Null while the year is open. `outside`: the paper came between two rounds, and counts for this one. */
  round: z.object({ label: z.string(), outside: z.boolean() }).nullable(),
  /** The open application of the same child, procedure and period: this one cannot be received beside it (Q08). */
  existing: z
    .object({ applicationId: Id, receiptNumber: z.string(), receivedOn: DateText, stage: StageCode })
    .nullable(),
  /** What the child's enrolment or other applications say against it; the reviewer is told, the paper is received all the same. */
  need: z.object({ code: z.string(), message: z.string(), instead: z.string().nullable() }).nullable(),
  /** Others that look like it: applications, and papers that a colleague is entering. Nothing is blocked by them. */
  lookAlikes: z.array(
    z.object({
      kind: z.enum(['duplicate', 'family']),
      applicationId: Id.nullable(),
      paperId: Id.nullable(),
      /** Receipt number, or the serial of a paper. */
      number: z.string(),
      childName: z.string(),
      birthDate: z.string(),
      reasons: z.array(z.string()),
    }),
  ),
});
export type CheckPaperResponse = z.output<typeof CheckPaperResponse>;

/** POST /api/staff/paper-applications/:id/submit */
export const SubmitPaperResponse = z.object({
  applicationId: Id,
  receiptNumber: z.string(),
  stage: StageCode,
});
export type SubmitPaperResponse = z.output<typeof SubmitPaperResponse>;

/** POST /api/staff/paper-applications/:id/discard */
export const DiscardPaperRequest = z.object({ reason: WrittenText });
export type DiscardPaperRequest = z.input<typeof DiscardPaperRequest>;
