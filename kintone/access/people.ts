import { HALLS } from '../../domain/facilities/facilities.ts';
import type { AccessTable, Level } from './table.ts';
import { LEVELS } from './table.ts';

export interface Group {
  code: string;
  name: string;
}
export interface Organization {
  code: string;
  name: string;
  parent: string | null;
}

/** The group of the user that the system itself signs in as, where it does not use API tokens. */
export const SYSTEM_GROUP: Group = { code: 'gakudo-system', name: '学童クラブ手続きシステム' };

const ROOT: Organization = { code: 'gakudo', name: '学童クラブ', parent: null };

/** Who somebody is: one group a level. */
export function groupOf(level: Level): string {
  return `gakudo-${level}`;
}
/** Where somebody is: one organisation a hall and a 新BOP. */
export function hallOrganization(hallCode: string): string {
  return `gakudo-hall-${hallCode}`;
}
export function bopOrganization(bopCode: string): string {
  return `gakudo-bop-${bopCode}`;
}

/** The groups that permissions go by: the levels of 別紙1, and the system. */
export function groups(table: AccessTable): readonly Group[] {
  return [
    SYSTEM_GROUP,
    ...LEVELS.map((level) => ({ code: groupOf(level), name: `学童クラブ ${table.levels[level].name}` })),
  ];
}

/** The tree of 別紙1: ward, contractor, 25 halls with their 61 新BOPs; parents before children. */
export function organizations(): readonly Organization[] {
  return [
    ROOT,
    { code: 'gakudo-ward', name: '児童課', parent: ROOT.code },
    { code: 'gakudo-contractor', name: '受託者', parent: ROOT.code },
    { code: 'gakudo-halls', name: '児童館', parent: ROOT.code },
    ...HALLS.flatMap((hall) => [
      { code: hallOrganization(hall.code), name: hall.name, parent: 'gakudo-halls' },
      ...hall.bops.map((bop) => ({
        code: bopOrganization(bop.code),
        name: bop.name,
        parent: hallOrganization(hall.code),
      })),
    ]),
  ];
}
