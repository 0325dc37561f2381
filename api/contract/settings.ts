import { z } from 'zod';
import { EDITION_STANDINGS } from '../../domain/settings/dated.ts';
import {
  CRITERIA_SETTINGS,
  PLAIN_WARD_SETTINGS,
  type CriteriaKey,
  type WardSettingKey,
} from '../../domain/settings/ward.ts';
import { DateText, InstantText, PersonRef } from './common.ts';

export const PlainSettingCode = z.enum(PLAIN_WARD_SETTINGS);
/** The review criteria of a procedure. */
export const CriteriaCode = z.enum(CRITERIA_SETTINGS as readonly [CriteriaKey, ...CriteriaKey[]]);
export const WardSettingCode = z.union([PlainSettingCode, CriteriaCode]);
export type WardSettingCode = WardSettingKey;

/** An edition of a setting: from when it holds, and who set it why. */
export const SettingEditionView = z.object({
  version: z.number().int(),
  /** The first day on which it holds; null: from ever. */
  validFrom: DateText.nullable(),
  standing: z.enum(EDITION_STANDINGS),
  /** Shipped with the system, to be replaced by the ward's own. */
  isDefault: z.boolean(),
  changedBy: PersonRef.nullable(),
  changedAt: InstantText,
  note: z.string(),
  /** As `store/setting-values.ts` says for the key. */
  value: z.unknown(),
});
export interface SettingEditionView<T = unknown> extends z.output<typeof SettingEditionView> {
  value: T;
}

/** GET /api/staff/settings */
export const WardSettingsResponse = z.object({
  settings: z.array(
    z.object({
      key: WardSettingCode,
      label: z.string(),
      /** The one that holds today. */
      inForce: SettingEditionView.omit({ value: true }),
      /** The first day of the next one that has been set. */
      nextFrom: DateText.nullable(),
    }),
  ),
  mayEdit: z.boolean(),
});
export type WardSettingsResponse = z.output<typeof WardSettingsResponse>;

/** GET /api/staff/settings/:key; the newest edition comes first. */
export const WardSettingResponse = z.object({
  key: WardSettingCode,
  label: z.string(),
  /** Number of the newest edition, on which a change is based. */
  version: z.number().int(),
  /** The value that holds today. */
  value: z.unknown(),
  editions: z.array(SettingEditionView),
  mayEdit: z.boolean(),
});
export interface WardSettingResponse<T = unknown> extends Omit<
  z.output<typeof WardSettingResponse>,
  'value' | 'editions'
> {
  value: T;
  editions: SettingEditionView<T>[];
}

/** `validFrom` is empty for settings that hold once saved. */
const proposed = { value: z.unknown(), validFrom: z.string().max(10) };

/** POST /api/staff/settings/:key/preview: what it would change. Nothing is saved. */
export const PreviewSettingRequest = z.object(proposed);
export const PreviewSettingResponse = z.object({
  /** Examples and totals: as it is on that day so far, and as it would be. */
  rows: z.array(z.object({ label: z.string(), before: z.string(), after: z.string() })),
  /** Besides, in words. */
  notes: z.array(z.string()),
});
export type PreviewSettingResponse = z.output<typeof PreviewSettingResponse>;

/** PUT /api/staff/settings/:key */
export const SaveSettingRequest = z.object({
  ...proposed,
  /** The newest edition that the person saw. */
  basedOn: z.number().int(),
  note: z
    .string()
    .trim()
    .min(1, '変更の理由を入力してください。')
    .max(500, '500文字以内で入力してください。'),
});
export type SaveSettingRequest = z.input<typeof SaveSettingRequest>;
