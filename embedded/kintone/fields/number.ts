/** Decimal numbers as kintone keeps them: plain digits in a string, no exponent, no needless zeros in front. */

/** How exact an app's numbers are: digits in all, decimal places among them, and what happens to more. */
export interface Precision {
  digits: number;
  places: number;
  rounding: Rounding;
}

const precisions = new WeakMap<object, Precision>();

/** The precision of an app's settings. */
export function precisionOf(config: { settings: Record<string, unknown> }): Precision {
  let known = precisions.get(config);
  if (!known) {
    const set = (config.settings['numberPrecision'] ?? {}) as Record<string, string>;
    known = {
      digits: Number(set['digits'] ?? 16),
      places: Number(set['decimalPlaces'] ?? 4),
      rounding: (set['roundingMode'] ?? 'HALF_EVEN') as Rounding,
    };
    precisions.set(config, known);
  }
  return known;
}

/** A plain number as it is kept; undefined where it has more digits before the point than the app allows. */
export function toPrecision(plain: string, { digits, places, rounding }: Precision): string | undefined {
  const value = toDecimal(plain);
  const kept = fromDecimal(value.scale > places ? rescale(value, places, rounding) : value);
  const whole = kept.replace(/^-/, '').split('.')[0] ?? '';
  return whole.length > digits - places && whole !== '0' ? undefined : kept;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** `"1.5e1"` → `"15"`, `" 42 "` → `"42"`; undefined for what is no number; `""` stays empty. */
export function normaliseNumber(input: string | number): string | undefined {
  const text = String(input).trim();
  if (text === '') return '';
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const whole = match[2] ?? '';
  const fraction = match[3] ?? '';
  if (whole === '' && fraction === '') return undefined;
  const exponent = Number(match[4] ?? '0');
  let digits = whole + fraction;
  let point = whole.length + exponent;
  if (point < 0) {
    digits = '0'.repeat(-point) + digits;
    point = 0;
  }
  if (point > digits.length) digits += '0'.repeat(point - digits.length);
  const integer = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const decimals = digits.slice(point);
  const plain = decimals === '' ? integer : `${integer}.${decimals}`;
  return match[1] === '-' && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

/** A number as an integer of the given number of decimal places. */
export interface Decimal {
  units: bigint;
  scale: number;
}

export function toDecimal(plain: string): Decimal {
  const [whole, fraction = ''] = plain.split('.');
  return { units: BigInt(`${whole}${fraction}`), scale: fraction.length };
}

/** The plain string of a decimal, without zeros at the end. */
export function fromDecimal({ units, scale }: Decimal): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const plain = fraction === '' ? whole : `${whole}.${fraction}`;
  return negative && plain !== '0' ? `-${plain}` : plain;
}

export type Rounding = 'HALF_EVEN' | 'HALF_UP' | 'UP' | 'DOWN';

/** The same number with at most `scale` decimal places (negative: tens, hundreds, …). */
export function rescale(value: Decimal, scale: number, rounding: Rounding): Decimal {
  if (value.scale === scale) return value;
  if (value.scale < scale) return { units: value.units * 10n ** BigInt(scale - value.scale), scale };
  const divisor = 10n ** BigInt(value.scale - scale);
  let quotient = value.units / divisor;
  const rest = value.units % divisor;
  const sign = value.units < 0n ? -1n : 1n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const up =
    rounding === 'UP'
      ? rest !== 0n
      : rounding === 'DOWN'
        ? false
        : twice > divisor || (twice === divisor && (rounding === 'HALF_UP' || quotient % 2n !== 0n));
  if (up) quotient += sign;
  return scale >= 0 ? { units: quotient, scale } : { units: quotient * 10n ** BigInt(-scale), scale: 0 };
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [rescale(a, scale, 'DOWN').units, rescale(b, scale, 'DOWN').units, scale];
}

export const decimal = {
  add(a: Decimal, b: Decimal): Decimal {
    const [x, y, scale] = aligned(a, b);
    return { units: x + y, scale };
  },
  subtract(a: Decimal, b: Decimal): Decimal {
    const [x, y, scale] = aligned(a, b);
    return { units: x - y, scale };
  },
  multiply: (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, scale: a.scale + b.scale }),
  /** With 20 decimal places, to be rounded by the caller. */
  divide(a: Decimal, b: Decimal): Decimal {
    const [x, y] = aligned(a, b);
    return { units: (x * 10n ** 20n) / y, scale: 20 };
  },
  compare(a: Decimal, b: Decimal): number {
    const [x, y] = aligned(a, b);
    return x < y ? -1 : x > y ? 1 : 0;
  },
};

/** Whether a plain number is less than, equal to or greater than another (-1, 0, 1). */
export function compareNumbers(a: string, b: string): number {
  return decimal.compare(toDecimal(a), toDecimal(b));
}
