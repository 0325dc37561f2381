/** A query, read. */
import type { Operator } from '../fields/types.ts';

export interface FunctionCall {
  name: string;
  args: string[];
}

export type Operand = { kind: 'value'; value: string } | { kind: 'call'; call: FunctionCall };

export interface Comparison {
  kind: 'compare';
  field: string;
  operator: Operator;
  operands: Operand[];
}

export type Condition = Comparison | { kind: 'and' | 'or'; parts: Condition[] };

export interface Query {
  condition: Condition | null;
  orderBy: { field: string; descending: boolean }[];
  limit: number | null;
  offset: number | null;
}
