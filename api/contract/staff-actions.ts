import { z } from 'zod';
import { CONTACT_KINDS, FINDING_RESULTS } from '../../domain/application/state.ts';
import { AnswersSchema, DateText, FileChoice, Id, InstantText, StageCode, WrittenText } from './common.ts';

const optionalText = WrittenText.optional();
const reason = WrittenText;

export const Target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), code: z.string().max(80) }),
  z.object({ kind: z.literal('document'), type: z.string().max(80) }),
]);

/** What a reviewer found for one criterion, with its notes as plain text. */
export const FindingInput = z.object({
  criterionId: z.string().max(80),
  result: z.enum(FINDING_RESULTS),
  reasonCode: z.string().max(80).optional(),
  targets: z.array(Target).max(100).optional(),
  applicantNote: optionalText,
  internalNote: optionalText,
});
export type FindingInput = z.input<typeof FindingInput>;
const findings = z.array(FindingInput).max(200);

export const ContactBody = z.object({
  kind: z.enum(CONTACT_KINDS),
  direction: z.enum(['toApplicant', 'fromApplicant']),
  content: WrittenText,
  occurredAt: InstantText,
});
export type ContactBody = z.input<typeof ContactBody>;

/** What staff can do: the actions of `domain/application/actions.ts` with plain texts in place of references. */
export const StaffAction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('confirmEntry') }),
  z.object({ type: z.literal('correctEntry'), changes: AnswersSchema }),
  z.object({
    type: z.literal('returnEntry'),
    /** The fields whose entry differs from the scan, and what the scan says. */
    differences: z.array(z.object({ field: z.string().max(80), note: optionalText })).max(300),
  }),
  z.object({ type: z.literal('claim') }),
  z.object({ type: z.literal('assign'), assigneeId: Id }),
  z.object({ type: z.literal('unassign') }),
  z.object({ type: z.literal('completeFirstReview'), findings }),
  z.object({ type: z.literal('agreeSecondReview'), findings }),
  z.object({ type: z.literal('returnToFirst'), findings, reason }),
  z.object({
    type: z.literal('escalate'),
    criterionId: z.string().max(80).optional(),
    question: WrittenText,
  }),
  z.object({ type: z.literal('instruct'), escalationId: z.string().max(80), instruction: WrittenText }),
  z.object({ type: z.literal('withdrawEscalation'), escalationId: z.string().max(80) }),
  z.object({ type: z.literal('confirmTold'), contact: ContactBody }),
  z.object({ type: z.literal('markLetterPosted'), postedOn: DateText }),
  z.object({ type: z.literal('extendDeadline'), deadline: DateText, reason }),
  z.object({
    type: z.literal('chase'),
    method: z.enum(['phone', 'mail']),
    deadline: DateText,
    contact: ContactBody.optional(),
  }),
  z.object({ type: z.literal('waiveItem'), itemId: z.string().max(120), reason }),
  z.object({
    type: z.literal('correctMinor'),
    itemId: z.string().max(120),
    changes: AnswersSchema,
    files: z.array(FileChoice).max(100).default([]),
    contact: ContactBody,
  }),
  z.object({ type: z.literal('proceedWithoutAnswer'), reason }),
  z.object({
    type: z.literal('decide'),
    outcome: z.enum(['approved', 'refused']),
    effectiveFrom: DateText.optional(),
    reasonCode: z.string().max(80).optional(),
    reason: optionalText,
    /** The `seq` of the application as the decider saw it; refused (`changedSince`) where it has moved on. */
    expectedSeq: z.number().int().positive().optional(),
    /** Extended use: approved although the order of the ward's priorities gives the place to others. */
    outOfTurn: z.boolean().optional(),
  }),
  /** Extended use: no place is free; the rank is the one that the order gives now. */
  z.object({ type: z.literal('waitlist'), expectedSeq: z.number().int().positive().optional() }),
  z.object({ type: z.literal('reviseDecision'), reason }),
  z.object({ type: z.literal('returnToReview'), reason }),
  z.object({ type: z.literal('cancel'), reason }),
  z.object({ type: z.literal('addNote'), note: WrittenText }),
  z.object({ type: z.literal('recordContact'), contact: ContactBody }),
  z.object({ type: z.literal('confirmContact'), contactId: z.string().max(80) }),
  z.object({ type: z.literal('followUpMail'), contact: ContactBody }),
  /** What somebody changed in kintone stands, or what was there before is written again. */
  z.object({ type: z.literal('settleKintoneChange'), changeId: Id, choice: z.enum(['accept', 'restore']) }),
]);
export type StaffAction = z.output<typeof StaffAction>;
export type StaffActionInput = z.input<typeof StaffAction>;
export type StaffActionType = StaffAction['type'];

/**
 * POST /api/staff/applications/:id/actions. `actionId` is made once for each press of the button and kept over retries: the
 * same id again gives the same result and does nothing twice.
 */
export const ActRequest = z.object({ actionId: Id, action: StaffAction });
export type ActRequest = z.input<typeof ActRequest>;
export const ActResponse = z.object({ applicationId: Id, seq: z.number().int(), stage: StageCode });
export type ActResponse = z.output<typeof ActResponse>;

/** PUT /api/staff/applications/:id/review-draft: an unfinished checklist, one for each stage and reviewer. */
export const FindingDraft = FindingInput.partial({ result: true }).extend({
  applicantNote: z.string().max(4000).optional(),
  internalNote: z.string().max(4000).optional(),
});
export const ReviewDraftRequest = z.object({
  stage: z.enum(['entryCheck', 'firstReview', 'secondReview']),
  findings: z.array(FindingDraft).max(200),
  /** The reason for a return, as far as it is written. */
  reason: z.string().max(4000).optional(),
});
export type ReviewDraftRequest = z.input<typeof ReviewDraftRequest>;
/** GET …/review-draft?stage=firstReview */
export const ReviewDraftResponse = z.object({
  draft: ReviewDraftRequest.extend({ updatedAt: InstantText }).nullable(),
});
export type ReviewDraftResponse = z.output<typeof ReviewDraftResponse>;

/** POST …/mail-preview: the mail that a request with these findings would send; without findings, the one that stands. */
export const MailPreviewRequest = z.object({ findings: findings.optional() });
export type MailPreviewRequest = z.input<typeof MailPreviewRequest>;
export const MailPreviewResponse = z.object({
  /** `mail` goes out by itself; `phone` and `letter` are for staff, and the text is what to say or print. */
  method: z.enum(['mail', 'phone', 'letter']),
  to: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  deadline: DateText,
});
export type MailPreviewResponse = z.output<typeof MailPreviewResponse>;
