import { z } from 'zod';
import { STAFF_ROLES } from '../../domain/people/actor.ts';
import { STAGES } from '../../domain/application/state.ts';
import { LOCALES } from '../../domain/texts/locale.ts';
import { isLocalDate } from '../../domain/calendar/dates.ts';

/** Parts that several requests and responses share. Instants are ISO 8601 UTC, dates `YYYY-MM-DD` in Asia/Tokyo. */
export const Id = z.uuid('識別番号の形が正しくありません。');
export const InstantText = z.iso.datetime('日時の形が正しくありません。');
export const DateText = z.string().refine(isLocalDate, '日付を正しく入力してください。');
export const LocaleCode = z.enum(LOCALES);
export const StageCode = z.enum(STAGES);
export const RoleCode = z.enum([...STAFF_ROLES, 'applicant']);

/** A text in the applicant's languages; Japanese is always there. */
export const LocalizedText = z.object({
  ja: z.string(),
  'ja-easy': z.string().optional(),
  en: z.string().optional(),
});

/** A text a person writes. Not empty, no control characters besides line breaks. */
export const WrittenText = z
  .string()
  .trim()
  .min(1, '内容を入力してください。')
  .max(4000, '4000文字以内で入力してください。')
  .refine((text) => !hasControlCharacter(text), '使えない文字が含まれています。入力し直してください。');

function hasControlCharacter(text: string): boolean {
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if ((code < 32 && char !== '\n' && char !== '\r' && char !== '\t') || code === 127) return true;
  }
  return false;
}

const Cell = z.union([z.string().max(4000), z.number(), z.boolean(), z.null()]);
/** One answer: `domain/procedures/definition.ts`, AnswerValue. What a field may hold is checked by its procedure. */
export const AnswerValueSchema = z.union([
  Cell,
  z.array(z.string().max(4000)).max(100),
  z.array(z.record(z.string().max(80), Cell)).max(100),
]);
export const AnswersSchema = z.record(z.string().max(80), AnswerValueSchema);
export type AnswersBody = z.output<typeof AnswersSchema>;

/** A file that belongs to a draft or an application. `version` is the data version it came with; null: not sent yet. */
export const FileInfo = z.object({
  id: Id,
  documentType: z.string(),
  name: z.string(),
  contentType: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  version: z.number().int().nullable(),
  uploadedAt: InstantText,
});
export type FileInfo = z.output<typeof FileInfo>;

export const FileChoice = z.object({ documentType: z.string().max(80), fileId: Id });
export type FileChoice = z.output<typeof FileChoice>;

/** Who did something. `name` is null where it is not for the reader (applicants are not told who reviewed). */
export const PersonRef = z.object({
  kind: z.enum(['staff', 'applicant', 'system']),
  id: Id.nullable(),
  role: RoleCode.nullable(),
  name: z.string().nullable(),
});
export type PersonRef = z.output<typeof PersonRef>;

/** One line of a timeline, in words. `detail` holds a text that a person wrote, where the reader may see it. */
export const TimelineEntry = z.object({
  seq: z.number().int(),
  at: InstantText,
  type: z.string(),
  by: PersonRef,
  title: LocalizedText,
  detail: z.string().nullable(),
});
export type TimelineEntry = z.output<typeof TimelineEntry>;

/** A part that could not be loaded now; the rest is complete. */
export const Notice = z.enum(['kintoneAway']);
export type Notice = z.output<typeof Notice>;

/**
 * RFC 9457. `title` and `detail` are Japanese and may be shown as they are. `code` is stable, for programs (README.md lists
 * the codes). `errors` point at what is wrong: `path` is dotted (`answers.child_birth_date`, `action.findings.3.targets`).
 */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  code: z.string(),
  /** To name in a call to the office; the same as in the server's log. */
  requestId: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.output<typeof Problem>;

export const Nothing = z.null();
