import { z } from 'zod';
import { STAGES } from '../domain/application/state.ts';
import {
  APPLICATION_ITEMS,
  DECISION_ITEMS,
  ENCODING_NAMES,
  ENROLMENT_ITEMS,
  EXPORT_SUBJECTS,
  FACILITY_ITEMS,
  PERSON_ITEMS,
  profileProblems,
  type ExportProfile,
  type Replacement,
} from '../domain/exports/profile.ts';
import { fieldOf } from '../domain/procedures/fields.ts';
import { PROCEDURES } from '../domain/procedures/registry.ts';

const words = z.string().trim().min(1, '入力してください。').max(200, '200文字以内で入力してください。');
const shortText = z.string().max(200, '200文字以内で入力してください。');
const sign = z.string().regex(/^[\t\u0020-\u007e]$/u, '半角の1文字を入力してください。');
const place = z.int('整数で入力してください。').min(1, '1以上で入力してください。').max(5000);

const source = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), field: z.string().max(80), label: z.boolean() }),
  z.object({ kind: z.literal('person'), item: z.enum(PERSON_ITEMS) }),
  z.object({ kind: z.literal('application'), item: z.enum(APPLICATION_ITEMS) }),
  z.object({ kind: z.literal('decision'), item: z.enum(DECISION_ITEMS) }),
  z.object({ kind: z.literal('enrolment'), item: z.enum(ENROLMENT_ITEMS) }),
  z.object({ kind: z.literal('facility'), item: z.enum(FACILITY_ITEMS) }),
  z.object({ kind: z.literal('line') }),
  z.object({ kind: z.literal('constant'), value: shortText }),
]);

const format = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    kana: z.enum(['asIs', 'katakana', 'halfKatakana', 'hiragana']),
    width: z.enum(['asIs', 'full', 'half']),
  }),
  z.object({ kind: z.literal('date'), pattern: z.string().min(1, '日付の書式を入力してください。').max(60) }),
  z.object({
    kind: z.literal('code'),
    map: z.array(z.object({ from: words, to: shortText })).max(500),
    otherwise: shortText.nullable(),
  }),
  z.object({ kind: z.literal('number'), digits: z.int().min(0).max(30) }),
]);

const column = z.object({
  title: words,
  source,
  format,
  width: place.nullable(),
  overflow: z.enum(['problem', 'cut']),
  pad: z.object({
    side: z.enum(['left', 'right']),
    char: z.string().min(1, '1文字を入力してください。').max(4),
  }),
  required: z.boolean(),
  whenEmpty: shortText,
});

const span = z.object({ from: place, length: place });
const values = z.array(z.string().trim().min(1).max(40)).min(1, '値を1つ以上入力してください。').max(50);

const profile = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9_]{0,40}$/u, '小文字の英字で始め、英数字と _ で入力してください。'),
    name: words,
    note: z.string().max(1000),
    active: z.boolean(),
    subject: z.enum(EXPORT_SUBJECTS),
    procedures: z.array(z.string().max(60)).max(20),
    stages: z.array(z.enum(STAGES)).max(20),
    columns: z.array(column).min(1, '項目を1つ以上入れてください。').max(200),
    layout: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('delimited'),
        delimiter: sign.refine((text) => text !== '"', '引用符は区切り文字にできません。'),
        quote: z.enum(['always', 'whenNeeded', 'never']),
        header: z.boolean(),
      }),
      z.object({ kind: z.literal('fixed') }),
    ]),
    encoding: z.enum(ENCODING_NAMES),
    lineEnd: z.enum(['crlf', 'lf', 'cr']),
    endsWithLineEnd: z.boolean(),
    lineBreaks: z.enum(['space', 'keep', 'problem']),
    unit: z.enum(['bytes', 'characters']),
    fileName: words,
    extension: z
      .string()
      .regex(/^[A-Za-z0-9]{0,10}$/u, '拡張子は半角の英数字で入力してください（点は付けません）。'),
    answers: z.object({
      encoding: z.enum(['utf-8', 'cp932']),
      skipLines: z.int().min(0).max(100),
      key: z.enum(['receiptNumber', 'line']),
      layout: z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('delimited'),
          delimiter: sign,
          keyColumn: place,
          resultColumn: place,
          reasonColumn: place.nullable(),
        }),
        z.object({ kind: z.literal('fixed'), key: span, result: span, reason: span.nullable() }),
      ]),
      accepted: values,
      rejected: values,
      reasons: z.array(z.object({ code: words, text: words })).max(500),
    }),
  })
  .superRefine((value, context) => {
    for (const { path, message } of profileProblems(value)) {
      context.addIssue({ code: 'custom', path: path.split('.'), message });
    }
    value.procedures.forEach((code, index) => {
      if (PROCEDURES.some((one) => one.code === code)) return;
      context.addIssue({ code: 'custom', path: ['procedures', index], message: 'この手続きはありません。' });
    });
    value.columns.forEach(({ source: from }, index) => {
      if (from.kind !== 'answer' || PROCEDURES.some((one) => fieldOf(one, from.field))) return;
      const path = ['columns', index, 'source', 'field'];
      context.addIssue({ code: 'custom', path, message: 'この入力項目は、どの手続きにもありません。' });
    });
  });

/** The ward's export profiles: what setting `exportProfiles` must look like. */
export const exportProfilesSchema: z.ZodType<readonly ExportProfile[]> = z
  .array(profile)
  .max(50)
  .refine((all) => new Set(all.map((one) => one.id)).size === all.length, '同じ記号の様式があります。');

/** What setting `exportReplacements` must look like. */
export const exportReplacementsSchema: z.ZodType<readonly Replacement[]> = z
  .array(
    z.object({
      from: z.string().min(1, '置き換える文字を入力してください。').max(12),
      to: z.string().max(12),
      note: z.string().max(200),
    }),
  )
  .max(5000)
  .superRefine((all, context) => {
    const seen = new Set<string>();
    all.forEach(({ from, to }, index) => {
      if (seen.has(from))
        context.addIssue({ code: 'custom', path: [index, 'from'], message: '同じ文字が2度あります。' });
      seen.add(from);
      if (from === to) context.addIssue({ code: 'custom', path: [index, 'to'], message: '同じ文字です。' });
      if (/[?\uff1f\u3013\ufffd]/u.test(to)) {
        context.addIssue({
          code: 'custom',
          path: [index, 'to'],
          message: '「？」や「〓」には置き換えられません。',
        });
      }
    });
  });

/** How long files that were made are kept, in days. */
export const exportRetentionSchema: z.ZodType<{ days: number }> = z.object({
  days: z.int().min(1).max(3650),
});
