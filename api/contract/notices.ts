import { z } from 'zod';
import { VOID_REASONS } from '../../domain/notices/due.ts';
import { NOTICE_KINDS } from '../../domain/notices/kinds.ts';
import { SCAN_RESULTS } from '../../domain/notices/scanning.ts';
import { DateText, Id, InstantText, Notice as PartNotice, PersonRef } from './common.ts';

/** Notices (通知書, Q22). A notice's id is its application's id and the number of the deciding event. */
export const NoticeId = z.string().regex(/^[0-9a-f-]{36}-\d{1,6}$/, '識別番号の形が正しくありません。');
export const NoticeKindCode = z.enum(NOTICE_KINDS);
const Delivery = z.enum(['post', 'portal', 'counter']);
const TemplateDelivery = z.enum(['post', 'portal']);
const Channel = z.enum(['online', 'paper']);

/** All that a notice says, for a page: the same words as on paper. */
export const NoticeView = z.object({
  id: NoticeId,
  kind: NoticeKindCode,
  label: z.string(),
  reference: z.string(),
  number: z.string(),
  /** To type on the verification page beside the reference. */
  checkCode: z.string(),
  verifyUrl: z.string(),
  date: z.string(),
  to: z.object({ postalCode: z.string(), lines: z.array(z.string()), name: z.string() }),
  title: z.string(),
  opening: z.array(z.string()),
  rows: z.array(z.object({ label: z.string(), value: z.string() })),
  closing: z.array(z.string()),
  objection: z.array(z.string()),
  sender: z.array(z.string()),
  office: z.object({
    name: z.string(),
    postalCode: z.string(),
    address: z.string(),
    phone: z.string(),
    hours: z.string(),
  }),
  receiptNumber: z.string(),
});
export type NoticeView = z.output<typeof NoticeView>;

/** GET /api/my/applications/:id/notices: those that may be read by now, oldest first. */
export const MyNoticesResponse = z.object({
  notices: z.array(
    z.object({
      id: NoticeId,
      label: z.string(),
      number: z.string(),
      reference: z.string(),
      issuedOn: DateText,
      releasedAt: InstantText,
    }),
  ),
});
export type MyNoticesResponse = z.output<typeof MyNoticesResponse>;

/** POST /api/verify: what the QR code held, or reference and check code as typed. */
export const VerifyNoticeRequest = z.union([
  z.object({ token: z.string().max(200) }),
  z.object({ reference: z.string().max(40), checkCode: z.string().max(40) }),
]);
export type VerifyNoticeRequest = z.input<typeof VerifyNoticeRequest>;
/** Enough to compare with the paper in one's hand, and no more. */
export const VerifyNoticeResponse = z.discriminatedUnion('result', [
  z.object({ result: z.literal('unknown') }),
  z.object({
    result: z.enum(['valid', 'voided']),
    label: z.string(),
    number: z.string(),
    reference: z.string(),
    issuedOn: DateText,
    /** `髙○ さ○○`; null while it cannot be read. */
    maskedName: z.string().nullable(),
  }),
]);
export type VerifyNoticeResponse = z.output<typeof VerifyNoticeResponse>;

const choice = {
  kind: NoticeKindCode.optional(),
  fiscalYear: z.coerce.number().int().min(2000).max(2099).optional(),
  round: z.string().max(40).optional(),
  issuedFrom: DateText.optional(),
  issuedTo: DateText.optional(),
  hall: z.string().max(10).optional(),
  bop: z.string().max(10).optional(),
  channel: Channel.optional(),
  delivery: Delivery.optional(),
};

/** GET /api/staff/notices */
export const NoticesQuery = z.object({
  ...choice,
  printed: z.stringbool().optional(),
  voided: z.enum(['only', 'too']).optional(),
  q: z.string().trim().max(40).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
});
export type NoticesQuery = z.input<typeof NoticesQuery>;

export const StaffNoticeRow = z.object({
  id: NoticeId,
  applicationId: Id,
  receiptNumber: z.string(),
  kind: NoticeKindCode,
  label: z.string(),
  reference: z.string(),
  number: z.string(),
  bop: z.object({ code: z.string(), name: z.string(), hallName: z.string() }),
  round: z.string(),
  roundLabel: z.string(),
  fiscalYear: z.number().int(),
  channel: Channel,
  delivery: Delivery,
  issuedOn: DateText,
  releasedAt: InstantText.nullable(),
  voidedAt: InstantText.nullable(),
  /** `revised`: the decision was taken back. `redated`: its day was moved, and another notice took this one's place. */
  voidReason: z.enum(VOID_REASONS).nullable(),
  /** Of the newest print file that it is in. */
  run: z.string().nullable(),
  /** Characters that no font has (外字): not to be posted as it is. */
  missingCharacters: z.number().int(),
  /** Null while kintone is away. */
  childName: z.string().nullable(),
});
export type StaffNoticeRow = z.output<typeof StaffNoticeRow>;
export const NoticesResponse = z.object({
  rows: z.array(StaffNoticeRow),
  total: z.number().int(),
  page: z.number().int(),
  pageSize: z.number().int(),
  notice: PartNotice.nullable(),
});
export type NoticesResponse = z.output<typeof NoticesResponse>;

/** GET /api/staff/notices/:id */
export const StaffNotice = z.object({
  row: StaffNoticeRow,
  view: NoticeView,
  sha256: z.string(),
  pdfSha256: z.string().nullable(),
  /** Characters of it that no font here has. */
  missing: z.array(z.string()),
  basis: z.object({
    dataVersion: z.number().int(),
    templateVersion: z.number().int(),
    decidedAt: InstantText,
  }),
});
export type StaffNotice = z.output<typeof StaffNotice>;

/** POST /api/staff/notice-runs. `runId` is nothing the client makes: a run that was made twice shows in the list. */
export const NewRunRequest = z.object({
  ...choice,
  fiscalYear: z.number().int().min(2000).max(2099).optional(),
  /** True: only those that are in no print file yet. */
  onlyNew: z.boolean(),
  /** Notices to one address in one envelope. */
  together: z.boolean(),
});
export type NewRunRequest = z.input<typeof NewRunRequest>;

const LeftOut = z.array(z.object({ reference: z.string(), reason: z.string(), label: z.string() }));

export const RunRow = z.object({
  id: Id,
  number: z.string(),
  /** What was chosen, in words. */
  what: z.string(),
  together: z.boolean(),
  envelopes: z.number().int(),
  notices: z.number().int(),
  counted: z.number().int(),
  voided: z.number().int(),
  leftOut: z.number().int(),
  madeBy: PersonRef,
  madeAt: InstantText,
  printedAt: InstantText.nullable(),
});
export type RunRow = z.output<typeof RunRow>;
export const RunsResponse = z.object({ runs: z.array(RunRow) });
export type RunsResponse = z.output<typeof RunsResponse>;

export const RunDetail = z.object({
  run: RunRow,
  sha256: z.string().nullable(),
  size: z.number().nullable(),
  leftOut: LeftOut,
  groups: z.array(
    z.object({
      bopCode: z.string(),
      bopName: z.string(),
      hallName: z.string(),
      envelopes: z.number().int(),
      notices: z.number().int(),
      counted: z.number().int(),
    }),
  ),
  prints: z.array(
    z.object({
      at: InstantText,
      by: PersonRef,
      sha256: z.string().nullable(),
      /** As the first one; null for the first, and for one that was broken off. */
      same: z.boolean().nullable(),
    }),
  ),
});
export type RunDetail = z.output<typeof RunDetail>;

/** GET /api/staff/notice-runs/:id/list: to tick off, in the order of the file. */
export const RunListResponse = z.object({
  number: z.string(),
  what: z.string(),
  rows: z.array(
    z.object({
      envelope: z.number().int(),
      reference: z.string(),
      number: z.string(),
      label: z.string(),
      receiptNumber: z.string(),
      hallName: z.string(),
      bopName: z.string(),
      childName: z.string(),
      addressee: z.string(),
      voided: z.boolean(),
      countedAt: InstantText.nullable(),
    }),
  ),
});
export type RunListResponse = z.output<typeof RunListResponse>;

/** POST /api/staff/notice-runs/:id/scans. `scanId` is made once a reading. */
export const ScanRequest = z.object({ scanId: Id, text: z.string().max(400) });
export type ScanRequest = z.input<typeof ScanRequest>;
export const ScanResponse = z.object({
  result: z.enum(SCAN_RESULTS),
  /** What to do, in words. */
  message: z.string(),
  reference: z.string().nullable(),
  envelope: z.number().int().nullable(),
  left: z.object({ envelope: z.number().int(), references: z.array(z.string()) }).nullable(),
  counted: z.number().int(),
  notices: z.number().int(),
});
export type ScanResponse = z.output<typeof ScanResponse>;

/** GET /api/staff/notice-runs/:id/check */
export const CheckResponse = z.object({
  number: z.string(),
  notices: z.number().int(),
  envelopes: z.number().int(),
  counted: z.number().int(),
  voided: z.number().int(),
  /** Readings by result. */
  results: z.record(z.string(), z.number().int()),
  /** Sheets that were not read yet, the first of them. */
  missing: z.array(
    z.object({
      envelope: z.number().int(),
      reference: z.string(),
      label: z.string(),
      bopName: z.string(),
      voided: z.boolean(),
    }),
  ),
  protocol: z.array(
    z.object({
      at: InstantText,
      by: PersonRef,
      result: z.enum(SCAN_RESULTS),
      label: z.string(),
      reference: z.string().nullable(),
      envelope: z.number().int().nullable(),
    }),
  ),
});
export type CheckResponse = z.output<typeof CheckResponse>;

/** The ward's template of a kind: `domain/notices/template.ts`. Its check is the setting's own. */
export const TemplateBody = z.object({
  title: z.string().max(400),
  number: z.string().max(400),
  opening: z.array(z.string().max(4000)).max(40),
  rows: z.array(z.object({ label: z.string().max(400), value: z.string().max(4000) })).max(60),
  closing: z.array(z.string().max(4000)).max(40),
  objection: z.object({
    procedures: z.array(z.string().max(80)).max(100),
    text: z.array(z.string().max(4000)).max(40),
  }),
  sender: z.array(z.string().max(400)).max(10),
  delivery: z.object({ online: TemplateDelivery, paper: TemplateDelivery }),
});
export type TemplateBody = z.output<typeof TemplateBody>;

const Edition = z.object({
  version: z.number().int(),
  isDefault: z.boolean(),
  changedBy: PersonRef.nullable(),
  changedAt: InstantText,
  note: z.string(),
});

/** GET /api/staff/notice-templates */
export const TemplatesResponse = z.object({
  templates: z.array(z.object({ kind: NoticeKindCode, label: z.string(), ...Edition.shape })),
  mayEdit: z.boolean(),
});
export type TemplatesResponse = z.output<typeof TemplatesResponse>;

/** GET /api/staff/notice-templates/:kind */
export const TemplateResponse = z.object({
  kind: NoticeKindCode,
  label: z.string(),
  template: TemplateBody,
  version: z.number().int(),
  /** What may stand in braces. */
  placeholders: z.array(z.object({ name: z.string(), label: z.string() })),
  answers: z.array(z.object({ name: z.string(), label: z.string() })),
  numberPlaceholders: z.array(z.object({ name: z.string(), label: z.string() })),
  /** Whose decisions give this notice. */
  procedures: z.array(z.object({ code: z.string(), name: z.string() })),
  history: z.array(Edition.extend({ template: TemplateBody })),
  mayEdit: z.boolean(),
});
export type TemplateResponse = z.output<typeof TemplateResponse>;

export const SaveTemplateRequest = z.object({
  template: TemplateBody,
  basedOn: z.number().int(),
  note: z
    .string()
    .trim()
    .min(1, '変更の理由を入力してください。')
    .max(500, '500文字以内で入力してください。'),
});
export type SaveTemplateRequest = z.input<typeof SaveTemplateRequest>;

/** POST …/preview: the PDF as it would be, with made-up data or with those of a decided application. */
export const PreviewTemplateRequest = z.object({
  template: TemplateBody,
  receiptNumber: z.string().trim().max(40).optional(),
});
export type PreviewTemplateRequest = z.input<typeof PreviewTemplateRequest>;
