/**
 * One answer. Dates `YYYY-MM-DD`, months `YYYY-MM`, times `HH:MM`, choices their value, tables a list of rows; numbers,
 * fiscal years (2027) and grades (1–6) are numbers, a 新BOP is its code, phone numbers and postal codes are digits only.
 */
export type AnswerValue = string | number | boolean | null | readonly string[] | readonly TableRow[];
export type TableRow = { readonly [column: string]: string | number | boolean | null };
export type Answers = { readonly [field: string]: AnswerValue | undefined };
