import { z } from 'zod';
import { EXPORT_SUBJECTS } from '../../domain/exports/profile.ts';
import { RUN_ACTIONS, RUN_STATES } from '../../domain/exports/runs.ts';
import { Id, InstantText, PersonRef, WrittenText } from './common.ts';

/** Files for the ward's 学童クラブ管理システム (Q04): runs, their profiles, the ward's answers. For leaders and the ward. */
export const ExportRunInfo = z.object({
  id: Id,
  /** Null until the file is made. */
  number: z.number().int().nullable(),
  profileId: z.string(),
  profileName: z.string(),
  profileVersion: z.number().int(),
  scope: z.enum(['full', 'changes']),
  fiscalYear: z.number().int().nullable(),
  state: z.enum(RUN_STATES),
  done: z.number().int(),
  total: z.number().int().nullable(),
  lines: z.number().int().nullable(),
  unchanged: z.number().int().nullable(),
  problemCount: z.number().int().nullable(),
  noteCount: z.number().int().nullable(),
  sha256: z.string().nullable(),
  size: z.number().int().nullable(),
  fileName: z.string().nullable(),
  /** In words, for `failed`. */
  failure: z.string().nullable(),
  createdBy: PersonRef,
  createdAt: InstantText,
  preparedAt: InstantText.nullable(),
  madeBy: PersonRef.nullable(),
  madeAt: InstantText.nullable(),
  confirmedBy: PersonRef.nullable(),
  confirmedAt: InstantText.nullable(),
  withdrawnBy: PersonRef.nullable(),
  withdrawnAt: InstantText.nullable(),
  /** The file is gone by the ward's policy; counts and checksum stay. */
  erasedAt: InstantText.nullable(),
  actions: z.array(z.enum(RUN_ACTIONS)),
});
export type ExportRunInfo = z.output<typeof ExportRunInfo>;

/** A profile as far as a new export needs it. */
export const ExportProfileInfo = z.object({
  id: z.string(),
  name: z.string(),
  note: z.string(),
  subject: z.enum(EXPORT_SUBJECTS),
  /** Shipped with the system, not yet looked after by the ward. */
  isDefault: z.boolean(),
  /** Numbers of files of this profile that the ward has not confirmed or withdrawn. */
  unconfirmed: z.array(z.number().int()),
  /** Has any file been confirmed, so that "only changes" has something to compare with? */
  hasConfirmed: z.boolean(),
});
export type ExportProfileInfo = z.output<typeof ExportProfileInfo>;

export const RejectionInfo = z.object({
  runId: Id,
  number: z.number().int().nullable(),
  line: z.number().int(),
  applicationId: Id,
  receiptNumber: z.string(),
  reason: z.string().nullable(),
});
export type RejectionInfo = z.output<typeof RejectionInfo>;

export const ExportListResponse = z.object({
  runs: z.array(ExportRunInfo),
  page: z.number().int(),
  pageSize: z.number().int(),
  total: z.number().int(),
  profiles: z.array(ExportProfileInfo),
  fiscalYears: z.array(z.number().int()),
  /** Records that the ward's system rejected and nobody has looked after. */
  rejections: z.object({ total: z.number().int(), rows: z.array(RejectionInfo) }),
  mayEdit: z.boolean(),
});
export type ExportListResponse = z.output<typeof ExportListResponse>;

export const NewExportRequest = z.object({
  profileId: z.string().max(60),
  scope: z.enum(['full', 'changes']),
  fiscalYear: z.number().int().min(2020).max(2099).nullable(),
});
export type NewExportRequest = z.output<typeof NewExportRequest>;

export const ExportRunResponse = z.object({ run: ExportRunInfo });
export type ExportRunResponse = z.output<typeof ExportRunResponse>;

/** A problem or a note at a record: which, in which column, in words. `line` 0 is the heading. */
export const ExportFinding = z.object({
  receiptNumber: z.string(),
  line: z.number().int(),
  column: z.string(),
  text: z.string(),
  /** The character that the encoding lacks, for the replacement table. */
  character: z.string().nullable(),
});
export type ExportFinding = z.output<typeof ExportFinding>;

export const ExportDetailResponse = z.object({
  run: ExportRunInfo,
  /** Empty once the file is erased. */
  firstLines: z.array(z.string()),
  problems: z.array(ExportFinding),
  notes: z.array(ExportFinding),
  /** Characters that are lacking, each once, with how often. */
  lacking: z.array(z.object({ character: z.string(), codePoints: z.string(), count: z.number().int() })),
  results: z.object({
    none: z.number().int(),
    accepted: z.number().int(),
    rejected: z.number().int(),
    toHandle: z.number().int(),
  }),
  answerFiles: z.array(
    z.object({
      id: Id,
      sha256: z.string(),
      accepted: z.number().int(),
      rejected: z.number().int(),
      faults: z.number().int(),
      importedBy: PersonRef,
      importedAt: InstantText,
    }),
  ),
  withdrawnReason: z.string().nullable(),
  unconfirmed: z.array(z.number().int()),
});
export type ExportDetailResponse = z.output<typeof ExportDetailResponse>;

export const WithdrawExportRequest = z.object({ reason: WrittenText });

export const ExportRecordsQuery = z.object({
  result: z.enum(['none', 'accepted', 'rejected']).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export const ExportRecordsResponse = z.object({
  rows: z.array(
    z.object({
      line: z.number().int(),
      applicationId: Id,
      receiptNumber: z.string(),
      result: z.enum(['none', 'accepted', 'rejected']),
      reason: z.string().nullable(),
      handledBy: PersonRef.nullable(),
      handledAt: InstantText.nullable(),
    }),
  ),
  page: z.number().int(),
  pageSize: z.number().int(),
  total: z.number().int(),
});
export type ExportRecordsResponse = z.output<typeof ExportRecordsResponse>;

export const ImportAnswersResponse = z.object({
  accepted: z.number().int(),
  rejected: z.number().int(),
  /** Lines that could not be taken, with what to do. */
  faults: z.array(z.object({ lineNumber: z.number().int(), message: z.string() })),
});
export type ImportAnswersResponse = z.output<typeof ImportAnswersResponse>;

export const EXPORT_SETTING_KEYS = ['exportProfiles', 'exportReplacements', 'exportRetention'] as const;
export const ExportSettingKey = z.enum(EXPORT_SETTING_KEYS);
export type ExportSettingKey = z.output<typeof ExportSettingKey>;

const Edition = z.object({
  version: z.number().int(),
  isDefault: z.boolean(),
  changedBy: PersonRef.nullable(),
  changedAt: InstantText,
  note: z.string(),
});

/** A setting with its history; `value` is what `store/export-setting-schemas.ts` says. */
export const ExportSettingResponse = Edition.extend({
  key: ExportSettingKey,
  value: z.unknown(),
  history: z.array(Edition),
});
export interface ExportSettingResponse<T = unknown> extends z.output<typeof ExportSettingResponse> {
  value: T;
}

export const SaveExportSettingRequest = z.object({
  value: z.unknown(),
  /** The edition that the person saw. */
  basedOn: z.number().int(),
  note: z.string().trim().max(500),
});
