/** The calculated fields of a record: CALC, and text fields with a formula. */
import type { App, FieldDef } from '../apps/model.ts';
import type { Value } from '../fields/evaluate.ts';
import { evaluate } from '../fields/evaluate.ts';
import type { Formula } from '../fields/formula.ts';
import { FormulaError, fieldsOf, parseFormula } from '../fields/formula.ts';
import type { Precision } from '../fields/number.ts';
import { fromDecimal, precisionOf, toDecimal, toPrecision } from '../fields/number.ts';
import { fieldType } from '../fields/types.ts';
import type { Doc, RecordRow, StoredRow, StoredValue } from './model.ts';
import { docKey } from './model.ts';

interface Step {
  field: FieldDef;
  table: FieldDef | null;
  formula: Formula;
}

const plans = new WeakMap<object, Step[]>();

function formulaSteps(fields: Record<string, FieldDef>): Step[] {
  const steps = Object.values(fields).flatMap((field): Step[] => [
    ...stepOf(field, null),
    ...Object.values(field.fields ?? {}).flatMap((inner) => stepOf(inner, field)),
  ]);
  return inOrder(steps);
}

function stepOf(field: FieldDef, table: FieldDef | null): Step[] {
  return field.expression ? [{ field, table, formula: parseFormula(field.expression) }] : [];
}

/** What a formula needs comes before it; a circle is refused. */
function inOrder(steps: Step[]): Step[] {
  const byCode = new Map(steps.map((step) => [step.field.code, step]));
  const done: Step[] = [];
  const open = new Set<Step>();
  const visit = (step: Step): void => {
    if (done.includes(step)) return;
    if (open.has(step)) throw circular();
    open.add(step);
    for (const code of fieldsOf(step.formula)) {
      const needed = byCode.get(code);
      if (needed) visit(needed);
    }
    open.delete(step);
    done.push(step);
  };
  steps.forEach(visit);
  return done;
}

/** Checks that a form's formulas can be read, use fields that exist, and do not go in circles. Throws FormulaError. */
export function checkFormula(fields: Record<string, FieldDef>, field: FieldDef): void {
  const known = new Set(
    Object.values(fields).flatMap((item) => [item.code, ...Object.keys(item.fields ?? {})]),
  );
  for (const code of fieldsOf(parseFormula(field.expression ?? ''))) {
    if (!known.has(code)) {
      throw new FormulaError(
        `計算式に含まれるフィールドコード（${code}）が存在しません。`,
        `The field code (${code}) in the formula does not exist.`,
      );
    }
  }
  if (reaches(fields, field.code, field.code)) throw circular();
}

/** Whether the formula of one field needs another field, by whatever way. */
function reaches(
  fields: Record<string, FieldDef>,
  from: string,
  wanted: string,
  seen = new Set<string>(),
): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  const all = Object.values(fields).flatMap((item) => [item, ...Object.values(item.fields ?? {})]);
  const expression = all.find((item) => item.code === from)?.expression;
  if (!expression) return false;
  const used = fieldsOf(parseFormula(expression));
  return used.includes(wanted) || used.some((code) => reaches(fields, code, wanted, seen));
}

const circular = (): FormulaError =>
  new FormulaError('フィールドの参照が循環しています。', 'There is a circular reference.');

/** Calculates all formulas of a record into its document. */
export function computeFormulas(app: App, row: RecordRow): void {
  let steps = plans.get(app.config);
  if (!steps) plans.set(app.config, (steps = formulaSteps(app.config.fields)));
  const precision = precisionOf(app.config);
  for (const { field, table, formula } of steps) {
    const store = (doc: Doc, line: Doc | null): void => {
      const value = evaluate(formula, (code) => resolve(app, row, line, table, code));
      doc[docKey(field)] = stored(field, value, precision);
    };
    if (!table) store(row.data, null);
    else for (const line of (row.data[docKey(table)] ?? []) as StoredRow[]) store(line.v, line.v);
  }
}

function stored(field: FieldDef, value: Value | undefined, precision: Precision): StoredValue {
  if (!value) return '';
  if (value.kind === 'boolean') return value.value ? '1' : '0';
  if (value.kind === 'number') return toPrecision(fromDecimal(value.value), precision) ?? '';
  return value.kind === 'text' && field.type !== 'CALC' ? value.value : '';
}

function resolve(
  app: App,
  row: RecordRow,
  line: Doc | null,
  table: FieldDef | null,
  code: string,
): Value | undefined {
  const inLine = table?.fields?.[code];
  if (inLine && line) return fieldValue(inLine, line[docKey(inLine)]);
  const field = app.config.fields[code];
  if (field) return systemValue(field, row) ?? fieldValue(field, row.data[docKey(field)]);
  for (const other of Object.values(app.config.fields)) {
    const inner = other.fields?.[code];
    if (!inner) continue;
    const lines = (row.data[docKey(other)] ?? []) as StoredRow[];
    return {
      kind: 'list',
      values: lines.flatMap((each) => fieldValue(inner, each.v[docKey(inner)]) ?? []),
    };
  }
  return undefined;
}

const seconds = (date: Date): Value => ({
  kind: 'number',
  value: { units: BigInt(Math.floor(date.getTime() / 1000)), scale: 0 },
});

function systemValue(field: FieldDef, row: RecordRow): Value | undefined {
  if (field.type === 'CREATED_TIME') return seconds(row.createdAt);
  if (field.type === 'UPDATED_TIME') return seconds(row.updatedAt);
  if (field.type === 'CREATOR') return { kind: 'text', value: row.createdBy };
  if (field.type === 'MODIFIER') return { kind: 'text', value: row.updatedBy };
  if (field.type === 'RECORD_NUMBER') return { kind: 'text', value: String(row.id) };
  return undefined;
}

function fieldValue(field: FieldDef, value: StoredValue | undefined): Value | undefined {
  const text = typeof value === 'string' ? value : '';
  switch (fieldType(field.type).kind) {
    case 'number':
      return { kind: 'number', value: toDecimal(text === '' ? '0' : text) };
    case 'date':
      return text === '' ? undefined : seconds(new Date(`${text}T00:00:00Z`));
    case 'datetime':
      return text === '' ? undefined : seconds(new Date(text));
    case 'time': {
      if (text === '') return undefined;
      const [hour, minute] = text.split(':').map(Number);
      return { kind: 'number', value: { units: BigInt((hour ?? 0) * 3600 + (minute ?? 0) * 60), scale: 0 } };
    }
    case 'list':
      return {
        kind: 'list',
        values: ((value ?? []) as string[]).map((item) => ({ kind: 'text', value: item })),
      };
    case 'text':
    case 'choice':
      return { kind: 'text', value: text };
    default:
      return undefined;
  }
}
