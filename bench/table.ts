import { width } from '../embedded/banner.ts';

export interface Row {
  what: string;
  value: string;
  aim?: string;
  met?: boolean;
}

/** Prints rows with what was aimed at; no judgement but "met" or "not met". */
export function printTable(rows: readonly Row[]): void {
  const column = Math.max(...rows.map((row) => width(row.what)));
  console.log('');
  for (const { what, value, aim, met } of rows) {
    const judged = aim === undefined ? '' : `   aim ${aim}: ${met ? 'met' : 'NOT met'}`;
    console.log(`${what}${' '.repeat(column - width(what))}  ${value.padStart(12)}${judged}`);
  }
  console.log('');
}
