import { z } from 'zod';
import type { EnvelopeWindow } from '../domain/settings/ward-values.ts';

export type { EnvelopeWindow } from '../domain/settings/ward-values.ts';

/** Ready-made 長形3号 (120 × 235 mm) with a window of 45 × 90 mm; to be replaced by the ward's own envelopes' measures. */
export const DEFAULT_ENVELOPE_WINDOW: EnvelopeWindow = { left: 20, top: 12, width: 90, height: 45 };

const words = z.string().trim().min(1, '入力してください。').max(2000, '2000文字以内で入力してください。');
const line = z.string().trim().min(1, '入力してください。').max(200, '200文字以内で入力してください。');
const delivery = z.enum(['post', 'portal'], '届け方を選んでください。');
const millimetres = (min: number, max: number) =>
  z.number().min(min, `${min}以上で入力してください。`).max(max, `${max}以下で入力してください。`);

/** What the ward's texts of notices must look like; placeholders are checked by `templateProblems` of the domain. */
export const noticeSchemas = {
  notice: z.object({
    title: line,
    number: line,
    opening: z.array(words).max(20),
    rows: z.array(z.object({ label: line, value: words })).max(30),
    closing: z.array(words).max(20),
    objection: z.object({ procedures: z.array(z.string().max(60)).max(50), text: z.array(words).max(20) }),
    sender: z.array(line).min(1, '差出人を1行以上入力してください。').max(4, '差出人は4行までです。'),
    delivery: z.object({ online: delivery, paper: delivery }),
  }),
  // Right of 110 mm stand number, date and QR code; below 60 mm the child's name, which nobody may read from outside.
  envelopeWindow: z
    .object({
      left: millimetres(5, 60),
      top: millimetres(5, 30),
      width: millimetres(80, 100),
      height: millimetres(30, 55),
    })
    .refine(({ left, width }) => left + width <= 112, {
      path: ['width'],
      message: '窓の右端（左＋幅）は、用紙の左から112mmまでにしてください。',
    })
    .refine(({ top, height }) => top + height <= 75, {
      path: ['height'],
      message: '窓の下端（上＋高さ）は、用紙の上から75mmまでにしてください。',
    }),
} as const;
