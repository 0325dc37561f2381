import { z } from 'zod';
import { KINTONE_BOOKS, KINTONE_CHANGE_KINDS } from '../../domain/application/kintone-changes.ts';
import { Id, InstantText } from './common.ts';

/** What somebody changed in kintone itself and nobody has judged yet. */
export const KintoneChangeView = z.object({
  id: Id,
  kind: z.enum(KINTONE_CHANGE_KINDS),
  /** The person's name in kintone; null where a later write of the system hides it. */
  who: z.string().nullable(),
  /** As kintone says, otherwise when it was noticed. */
  at: InstantText,
  /** Which record; null: the application's own. */
  record: z.object({ app: z.enum(KINTONE_BOOKS), title: z.string() }).nullable(),
  /** Can what was there before be written again? */
  restorable: z.boolean(),
  fields: z.array(z.object({ code: z.string(), label: z.string(), before: z.string(), after: z.string() })),
});
export type KintoneChangeView = z.output<typeof KintoneChangeView>;

/** Kintone's webhook as far as it is read: which record of which app, and who. Anything else in it is not used. */
export const KintoneWebhook = z.object({
  type: z.string().max(40),
  app: z.object({ id: z.string().max(20) }),
  recordId: z.string().max(20).optional(),
  record: z.record(z.string(), z.object({ type: z.string(), value: z.unknown() })).optional(),
  deletedBy: z.object({ name: z.string().max(200) }).optional(),
});
export type KintoneWebhook = z.output<typeof KintoneWebhook>;
