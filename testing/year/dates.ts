const DATED = /^(\d{4})(-\d{2}(?:-\d{2})?)$/u;

/** A day or month the given number of years later. */
export function shifted(day: string, years: number): string {
  return day.replace(DATED, (_all, year: string, rest: string) => `${Number(year) + years}${rest}`);
}

/** A copy with every day, every month and every fiscal year in it so many years later (or earlier, if negative). */
export function shiftYears<T>(value: T, years: number): T {
  const shift = (one: unknown, key = ''): unknown => {
    if (typeof one === 'string') return shifted(one, years);
    if (typeof one === 'number') return key === 'fiscal_year' || key === 'fiscalYear' ? one + years : one;
    if (Array.isArray(one)) return one.map((part) => shift(part));
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, part]) => [name, shift(part, name)]));
  };
  return shift(value) as T;
}
