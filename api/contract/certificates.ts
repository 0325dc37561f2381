import { z } from 'zod';

const Sureness = z.enum(['sure', 'likely', 'unsure']);

/** What was read from an employment certificate in Excel's form; nothing of it counts until the applicant takes it over. */
export const ProposalsResponse = z.object({
  /** False: the file is no workbook, or none of its sheets looks like the certificate. */
  readable: z.boolean(),
  proposals: z.array(
    z.object({
      field: z.string(),
      value: z.union([z.string(), z.number(), z.boolean()]),
      /** Name of the item on the certificate, and its cell (`就労証明書!F12`). */
      item: z.string(),
      cell: z.string(),
      sureness: Sureness,
    }),
  ),
  facts: z.array(z.object({ item: z.string(), value: z.string(), cell: z.string(), sureness: Sureness })),
});
export type ProposalsResponse = z.output<typeof ProposalsResponse>;

/** A workbook as tables of texts, empty rows and columns left out; `columns` are their letters, `row` its number. */
export const SheetsResponse = z.object({
  sheets: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.array(z.object({ row: z.number().int(), cells: z.array(z.string().nullable()) })),
    }),
  ),
});
export type SheetsResponse = z.output<typeof SheetsResponse>;
