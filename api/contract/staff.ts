import { KintoneChangeView } from './kintone.ts';
import { z } from 'zod';
import { ITEM_ACTIONS } from '../../domain/application/offered.ts';
import { FINDING_RESULTS, RELATED_OUTCOMES } from '../../domain/application/state.ts';
import { QUEUES } from '../../domain/application/tasks.ts';
import {
  AnswersSchema,
  DateText,
  FileInfo,
  Id,
  InstantText,
  LocalizedText,
  Notice,
  PersonRef,
  RoleCode,
  StageCode,
  TimelineEntry,
} from './common.ts';
import { PaperStamp } from './paper.ts';
import { Target } from './staff-actions.ts';

export const QueueCode = z.enum(QUEUES);

/** GET /api/staff/queues: counts over the places that the reader may see. */
export const QueuesResponse = z.object({
  total: z.number().int(),
  queues: z.array(
    z.object({
      queue: QueueCode,
      count: z.number().int(),
      /** Of these, assigned to the reader. */
      mine: z.number().int(),
      /** Of these, past the applicant's deadline. */
      overdue: z.number().int(),
      /** When the longest waiting one came in. */
      oldestReceivedAt: InstantText.nullable(),
    }),
  ),
  stages: z.array(z.object({ stage: StageCode, count: z.number().int() })),
});
export type QueuesResponse = z.output<typeof QueuesResponse>;

/** GET /api/staff/applications */
export const ListQuery = z.object({
  queue: QueueCode.optional(),
  stage: StageCode.optional(),
  bop: z.string().max(10).optional(),
  hall: z.string().max(10).optional(),
  /** `me`, `none`, or a person's id. */
  assignee: z.union([z.enum(['me', 'none']), Id]).optional(),
  overdue: z.stringbool().optional(),
  /** Days in Asia/Tokyo, inclusive. */
  receivedFrom: DateText.optional(),
  receivedTo: DateText.optional(),
  /** A receipt number or its beginning; or a part of the child's name or its kana. */
  q: z.string().trim().max(100).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
  sort: z
    .enum(['receivedAt', '-receivedAt', 'deadline', '-deadline', 'updatedAt', '-updatedAt'])
    .default('receivedAt'),
});
export type ListQuery = z.input<typeof ListQuery>;

/**
 * Something to do, as `domain/application/tasks.ts` derives it. Where it is the reader's task (`mine`), `label` is an instruction,
 * otherwise it says what is being waited for.
 */
export const TaskInfo = z.looseObject({ kind: z.string(), label: z.string(), mine: z.boolean() });

export const ApplicationRow = z.object({
  id: Id,
  receiptNumber: z.string(),
  procedure: z.string(),
  fiscalYear: z.number().int(),
  round: z.string(),
  channel: z.enum(['online', 'paper']),
  bop: z.object({ code: z.string(), name: z.string(), hallCode: z.string(), hallName: z.string() }),
  /** Null while kintone is away (`notice`). */
  childName: z.string().nullable(),
  childKana: z.string().nullable(),
  applicantName: z.string().nullable(),
  receivedAt: InstantText,
  updatedAt: InstantText,
  stage: StageCode,
  queues: z.array(QueueCode),
  tasks: z.array(TaskInfo),
  assignee: PersonRef.nullable(),
  firstReviewer: PersonRef.nullable(),
  deadline: DateText.nullable(),
  overdue: z.boolean(),
});
export type ApplicationRow = z.output<typeof ApplicationRow>;
export const ListResponse = z.object({
  rows: z.array(ApplicationRow),
  page: z.number().int(),
  pageSize: z.number().int(),
  total: z.number().int(),
  notice: Notice.nullable(),
});
export type ListResponse = z.output<typeof ListResponse>;

/** A finding with its notes as text. */
export const FindingView = z.object({
  criterionId: z.string(),
  result: z.enum(FINDING_RESULTS),
  reasonCode: z.string().nullable(),
  targets: z.array(Target),
  applicantNote: z.string().nullable(),
  internalNote: z.string().nullable(),
});
export type FindingView = z.output<typeof FindingView>;
export const ReviewView = z.object({
  /** 1 for the first pass, one more after each answer or return by the ward. */
  cycle: z.number().int(),
  kind: z.enum(['first', 'second']),
  by: PersonRef,
  at: InstantText,
  outcome: z.enum(['completed', 'agreed', 'returned']),
  findings: z.array(FindingView),
  /** The reason of a return. */
  reason: z.string().nullable(),
});
export type ReviewView = z.output<typeof ReviewView>;

/** The checklist: the criteria in force when the application was received. */
export const ChecklistItem = z.object({
  criterionId: z.string(),
  title: z.string(),
  guidance: z.string(),
  required: z.boolean(),
  /** By the answers as they are now. Where false, "not applicable" is proposed. */
  applies: z.boolean(),
  fields: z.array(z.string()),
  documents: z.array(z.string()),
  reasons: z.array(z.object({ code: z.string(), label: z.string(), applicantText: LocalizedText })),
  /** What the machine saw at intake that belongs here. */
  hints: z.array(z.string()),
});
export type ChecklistItem = z.output<typeof ChecklistItem>;

export const HintView = z.object({
  code: z.string(),
  severity: z.enum(['info', 'warning']),
  criterionId: z.string().nullable(),
  field: z.string().nullable(),
  document: z.string().nullable(),
  text: z.string(),
});

/** An earlier version of the data: what changed, from what to what, by whom. */
export const VersionView = z.object({
  version: z.number().int(),
  kind: z.enum(['filed', 'answer', 'correction']),
  at: InstantText,
  by: PersonRef,
  changes: z.array(
    z.object({
      field: z.string(),
      before: AnswersSchema.valueType.nullable(),
      after: AnswersSchema.valueType.nullable(),
    }),
  ),
  /** The change in words, as kintone keeps it, where the values themselves are not at hand. */
  text: z.string().nullable(),
  files: z.array(FileInfo),
});
export type VersionView = z.output<typeof VersionView>;

/** A possible duplicate. One that the reader may not see is left out; `answers` are null while kintone is away. */
export const LookAlikeView = z.object({
  applicationId: Id,
  receiptNumber: z.string(),
  stage: StageCode,
  receivedAt: InstantText,
  reasons: z.array(z.string()),
  answers: AnswersSchema.nullable(),
});
export type LookAlikeView = z.output<typeof LookAlikeView>;

export const EscalationView = z.object({
  id: z.string(),
  criterionId: z.string().nullable(),
  question: z.string().nullable(),
  askedBy: PersonRef,
  askedAt: InstantText,
  from: StageCode,
  instruction: z.string().nullable(),
  answeredBy: PersonRef.nullable(),
  answeredAt: InstantText.nullable(),
  withdrawnAt: InstantText.nullable(),
});
export const ContactView = z.object({
  id: z.string(),
  kind: z.enum(['phone', 'mail', 'letter', 'counter']),
  direction: z.enum(['toApplicant', 'fromApplicant']),
  content: z.string().nullable(),
  recordedBy: PersonRef,
  occurredAt: InstantText,
  recordedAt: InstantText,
  confirmedBy: PersonRef.nullable(),
  confirmedAt: InstantText.nullable(),
  /** May the reader confirm it? */
  confirmable: z.boolean(),
});
export const RequestView = z.object({
  id: z.string(),
  round: z.number().int(),
  method: z.enum(['mail', 'phone', 'letter']),
  requestedAt: InstantText,
  deadline: DateText,
  overdue: z.boolean(),
  /** Working days of the office from tomorrow up to and including the deadline; 0 on the day itself and after it. */
  workingDaysLeft: z.number().int(),
  reminders: z.array(z.enum(['before', 'onDay'])),
  chasers: z.number().int(),
  postedOn: DateText.nullable(),
  toldAt: InstantText.nullable(),
  /** The deadline that a chaser made today proposes. */
  proposedDeadline: DateText,
  items: z.array(
    z.object({
      id: z.string(),
      criterionId: z.string(),
      title: z.string(),
      reasonCode: z.string(),
      reasonLabel: z.string(),
      targets: z.array(Target),
      applicantNote: z.string().nullable(),
      status: z.enum(['open', 'answered', 'waived', 'corrected']),
      /** What the reader can do about it now. */
      offered: z.array(z.enum(ITEM_ACTIONS)),
    }),
  ),
});
export const NoteView = z.object({
  seq: z.number().int(),
  at: InstantText,
  by: PersonRef,
  text: z.string().nullable(),
});
export const MailView = z.object({
  mailId: z.string(),
  template: z.string(),
  label: z.string(),
  /** `superseded`: pointless before it could go out, and therefore not sent. `joined`: told by the mail of what was filed with it. */
  status: z.enum(['sending', 'sent', 'failed', 'superseded', 'joined']),
  at: InstantText,
  sentAt: InstantText.nullable(),
  error: z.string().nullable(),
});
export const LetterView = z.object({ letterId: z.string(), requestId: z.string(), createdAt: InstantText });

/** An action as a button: offered, or why not. */
export const OfferedAction = z.object({
  type: z.string(),
  label: z.string(),
  offered: z.boolean(),
  /** Code and words of the refusal where it is not offered. */
  refusal: z.object({ code: z.string(), text: z.string() }).nullable(),
});

/** GET /api/staff/applications/:id */
export const StaffApplication = ApplicationRow.extend({
  seq: z.number().int(),
  dataVersion: z.number().int(),
  ended: z.boolean(),
  hasMail: z.boolean(),
  enteredBy: PersonRef.nullable(),
  /** The receipt stamp of a paper application. */
  paper: PaperStamp.nullable(),
  /** Set while a checker has returned the entry of a paper application. */
  entryReturned: z
    .object({
      by: PersonRef,
      at: InstantText,
      differences: z.array(z.object({ field: z.string(), note: z.string().nullable() })),
    })
    .nullable(),
  /** The newest answers; null while kintone is away (`notice`). */
  answers: AnswersSchema.nullable(),
  versions: z.array(VersionView),
  documents: z.array(FileInfo),
  criteriaVersion: z.string(),
  checklist: z.array(ChecklistItem),
  hints: z.array(HintView),
  lookAlikes: z.array(LookAlikeView),
  /** Every review so far, oldest first. The last `first` is what the second reviewer looks at. */
  reviews: z.array(ReviewView),
  cycle: z.number().int(),
  request: RequestView.nullable(),
  escalations: z.array(EscalationView),
  contacts: z.array(ContactView),
  notes: z.array(NoteView),
  mails: z.array(MailView),
  letters: z.array(LetterView),
  decision: z
    .object({
      outcome: z.enum(['approved', 'refused']),
      by: PersonRef,
      at: InstantText,
      effectiveFrom: DateText.nullable(),
      reasonCode: z.string().nullable(),
      reasonLabel: z.string().nullable(),
      reason: z.string().nullable(),
      /** Where it is told on the day of the round: that day, and when it was told. Until then only the office knows. */
      releaseOn: DateText.nullable(),
      releasedAt: InstantText.nullable(),
    })
    .nullable(),
  /** The day on which a decision made now would be told with its round's; null: at once. */
  releaseDay: DateText.nullable(),
  /** Does an approval have a day from which it takes effect? */
  effectiveDate: z.boolean(),
  /** Applications of the same child that this one depends on: an admission to wait for, or what it is to cancel. */
  related: z.array(
    z.object({
      role: z.enum(['waitsFor', 'cancels']),
      applicationId: Id,
      receiptNumber: z.string(),
      outcome: z.enum(RELATED_OUTCOMES),
      ended: z.boolean(),
    }),
  ),
  refusalReasons: z.array(z.object({ code: z.string(), label: z.string() })),
  /** What people changed in kintone itself and nobody has judged yet. */
  kintoneChanges: z.array(KintoneChangeView),
  timeline: z.array(TimelineEntry),
  actions: z.array(OfferedAction),
  /** The application's history in Temporal's web UI, for leaders and the ward. */
  temporalUrl: z.string().nullable(),
  notice: Notice.nullable(),
});
export type StaffApplication = z.output<typeof StaffApplication>;

/** GET /api/staff/people?applicationId=…: who can be put in charge. */
export const PeopleResponse = z.object({
  people: z.array(
    z.object({
      id: Id,
      name: z.string(),
      role: RoleCode,
      /** Open applications assigned to this person. */
      open: z.number().int(),
      /** Null: can take this application; otherwise why not. */
      refusal: z.object({ code: z.string(), text: z.string() }).nullable(),
    }),
  ),
});
export type PeopleResponse = z.output<typeof PeopleResponse>;
