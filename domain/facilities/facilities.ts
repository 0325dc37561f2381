import { HALLS, type Bop, type Hall } from './data.ts';
import { BOP_READINGS, HALL_READINGS } from './readings.ts';

export { HALLS, type Bop, type Hall };

const hallByBop = new Map<string, Hall>();
const bopByCode = new Map<string, Bop>();
for (const hall of HALLS) {
  for (const bop of hall.bops) {
    hallByBop.set(bop.code, hall);
    bopByCode.set(bop.code, bop);
  }
}

/** All 新BOPs in the order of 別紙1. */
export const BOPS: readonly Bop[] = HALLS.flatMap((hall) => hall.bops);

/** The 新BOP with this code, or undefined where the ward has none (Q03). */
export function bopOf(code: string): Bop | undefined {
  return bopByCode.get(code);
}

/** The hall that this 新BOP belongs to, or undefined for an unknown code (Q03, 別紙1). */
export function hallOfBop(bopCode: string): Hall | undefined {
  return hallByBop.get(bopCode);
}

/** The hall with this code, or undefined. */
export function hallOf(code: string): Hall | undefined {
  return HALLS.find((hall) => hall.code === code);
}

/** The codes of the 新BOPs below a hall; empty for an unknown hall. */
export function bopCodesOfHall(hallCode: string): readonly string[] {
  return hallOf(hallCode)?.bops.map((bop) => bop.code) ?? [];
}

/** What a 新BOP is found by besides its name: code, reading, the hall's name and reading, usual variants of characters. */
export function bopKeywords(bopCode: string): string {
  const hall = hallByBop.get(bopCode);
  const ofHall = hall ? [hall.name, HALL_READINGS[hall.code]] : [];
  return [bopCode, BOP_READINGS[bopCode], ...ofHall].filter((word) => word !== undefined).join(' ');
}
