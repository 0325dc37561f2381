/** kintone's formulas: their value for a record. What cannot be calculated is empty. */
import type { Formula } from './formula.ts';
import type { Decimal } from './number.ts';
import { decimal, fromDecimal, rescale, toDecimal } from './number.ts';

export type Value =
  | { kind: 'number'; value: Decimal }
  | { kind: 'text'; value: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'list'; values: Value[] };

/** The value of a field; undefined makes the whole result empty (a date that is not set, say). */
export type Resolve = (code: string) => Value | undefined;

/** Thrown where a formula has no value for this record. */
class NoValue extends Error {}

const number = (value: Decimal): Value => ({ kind: 'number', value });
const boolean = (value: boolean): Value => ({ kind: 'boolean', value });

/** A formula's value; undefined where it has none. */
export function evaluate(formula: Formula, resolve: Resolve): Value | undefined {
  try {
    return value(formula, resolve);
  } catch (error) {
    if (error instanceof NoValue) return undefined;
    throw error;
  }
}

function value(formula: Formula, resolve: Resolve): Value {
  switch (formula.kind) {
    case 'number':
      return number(toDecimal(formula.value));
    case 'text':
      return { kind: 'text', value: formula.value };
    case 'field': {
      const found = resolve(formula.code);
      if (!found) throw new NoValue();
      return found;
    }
    case 'negative':
      return number(decimal.subtract({ units: 0n, scale: 0 }, asNumber(value(formula.of, resolve))));
    case 'binary':
      return binary(formula.operator, value(formula.left, resolve), value(formula.right, resolve));
    case 'call':
      return call(formula.name, formula.args, resolve);
  }
}

function asNumber(of: Value): Decimal {
  if (of.kind === 'number') return of.value;
  throw new NoValue();
}

function asText(of: Value): string {
  if (of.kind === 'text') return of.value;
  if (of.kind === 'number') return fromDecimal(of.value);
  throw new NoValue();
}

function asBoolean(of: Value): boolean {
  if (of.kind === 'boolean') return of.value;
  throw new NoValue();
}

function binary(operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case '+':
      return number(decimal.add(asNumber(left), asNumber(right)));
    case '-':
      return number(decimal.subtract(asNumber(left), asNumber(right)));
    case '*':
      return number(decimal.multiply(asNumber(left), asNumber(right)));
    case '/': {
      if (asNumber(right).units === 0n) throw new NoValue();
      return number(decimal.divide(asNumber(left), asNumber(right)));
    }
    case '^':
      return number(power(asNumber(left), asNumber(right)));
    case '&':
      return { kind: 'text', value: asText(left) + asText(right) };
    default:
      return boolean(compare(operator, left, right));
  }
}

function power(base: Decimal, exponent: Decimal): Decimal {
  // Fractions of the exponent are cut off.
  const n = Math.trunc(Number(fromDecimal(exponent)));
  if (Math.abs(n) > 100) throw new NoValue();
  let result: Decimal = { units: 1n, scale: 0 };
  for (let i = 0; i < Math.abs(n); i += 1) result = decimal.multiply(result, base);
  if (n >= 0) return result;
  if (result.units === 0n) throw new NoValue();
  return decimal.divide({ units: 1n, scale: 0 }, result);
}

function compare(operator: string, left: Value, right: Value): boolean {
  const order =
    left.kind === 'number' && right.kind === 'number'
      ? decimal.compare(left.value, right.value)
      : asText(left) === asText(right)
        ? 0
        : undefined;
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
    case '<>':
      return order !== 0;
  }
  if (order === undefined) throw new NoValue();
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function call(name: string, args: Formula[], resolve: Resolve): Value {
  const at = (i: number): Value => {
    const arg = args[i];
    if (!arg) throw new NoValue();
    return value(arg, resolve);
  };
  switch (name) {
    case 'IF':
      return asBoolean(at(0)) ? at(1) : at(2);
    case 'AND':
      return boolean(args.every((_, i) => asBoolean(at(i))));
    case 'OR':
      return boolean(args.some((_, i) => asBoolean(at(i))));
    case 'NOT':
      return boolean(!asBoolean(at(0)));
    case 'SUM':
      return number(
        args
          .map((_, i) => total(at(i)))
          .reduce((sum, each) => decimal.add(sum, each), { units: 0n, scale: 0 }),
      );
    case 'ROUND':
    case 'ROUNDUP':
    case 'ROUNDDOWN': {
      const digits = args.length > 1 ? Number(fromDecimal(asNumber(at(1)))) : 0;
      const mode = name === 'ROUND' ? 'HALF_UP' : name === 'ROUNDUP' ? 'UP' : 'DOWN';
      return number(rescale(asNumber(at(0)), digits, mode));
    }
    case 'CONTAINS':
      return boolean(contains(at(0), asText(at(1))));
    case 'YEN': {
      const digits = args.length > 1 ? Number(fromDecimal(asNumber(at(1)))) : 0;
      const [whole = '', fraction] = fromDecimal(rescale(asNumber(at(0)), digits, 'HALF_UP')).split('.');
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
      return { kind: 'text', value: `¥${grouped}${fraction === undefined ? '' : `.${fraction}`}` };
    }
    case 'DATE_FORMAT':
      return {
        kind: 'text',
        value: dateFormat(asNumber(at(0)), asText(at(1)), args[2] ? asText(at(2)) : 'Etc/GMT'),
      };
    default:
      throw new NoValue();
  }
}

function total(of: Value): Decimal {
  if (of.kind !== 'list') return asNumber(of);
  return of.values.map(asNumber).reduce((sum, each) => decimal.add(sum, each), { units: 0n, scale: 0 });
}

function contains(of: Value, wanted: string): boolean {
  if (of.kind === 'list') return of.values.some((item) => asText(item) === wanted);
  return asText(of) === wanted;
}

/** `YYYY年MM月dd日 HH:mm` of an instant (seconds since 1970) in a time zone. */
function dateFormat(seconds: Decimal, pattern: string, timeZone: string): string {
  const date = new Date(Number(fromDecimal(seconds)) * 1000);
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: timeZone === 'system' ? 'Asia/Tokyo' : timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
      .formatToParts(date)
      .map((part) => [part.type, part.value]),
  );
  const bare = (text: string | undefined): string => String(Number(text));
  return pattern.replace(/YYYY|yyyy|MM|M|dd|d|HH|H|mm|m|ss/g, (token) => {
    switch (token) {
      case 'YYYY':
      case 'yyyy':
        return parts['year'] ?? '';
      case 'MM':
        return parts['month'] ?? '';
      case 'M':
        return bare(parts['month']);
      case 'dd':
        return parts['day'] ?? '';
      case 'd':
        return bare(parts['day']);
      case 'HH':
        return parts['hour'] ?? '';
      case 'H':
        return bare(parts['hour']);
      case 'mm':
        return parts['minute'] ?? '';
      case 'm':
        return bare(parts['minute']);
      default:
        return parts['second'] ?? '';
    }
  });
}
