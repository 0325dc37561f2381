import {
  groupOf,
  groups,
  organizations,
  bopOrganization,
  hallOrganization,
  SYSTEM_GROUP,
} from '../../kintone/access/people.ts';
import { LEVELS, readAccessTable } from '../../kintone/access/table.ts';
import { HALLS } from '../../domain/facilities/facilities.ts';
import type { Seed } from './seed.ts';

/**
 * People for a look at the stand-in: the groups and organisations of 別紙1, one person a level (児童館 and 新BOP: the first of the
 * list), and the system's own user.
 * @param password of all persons but the system, which has one of its own
 */
export function demoSeed(
  system: { code: string; password: string },
  password: string,
  webhooks: Seed['webhooks'],
): Seed {
  const table = readAccessTable();
  const [hall] = HALLS;
  const places: Readonly<Record<string, string | undefined>> = {
    ward: 'gakudo-ward',
    leader: 'gakudo-contractor',
    operator: 'gakudo-contractor',
    hall: hall && hallOrganization(hall.code),
    bop: hall?.bops[0] && bopOrganization(hall.bops[0].code),
  };
  return {
    groups: groups(table).map((group) => ({ ...group })),
    organizations: organizations().map((organization) => ({ ...organization })),
    users: [
      { ...system, name: '手続きシステム', isAdmin: true, groups: [SYSTEM_GROUP.code] },
      ...LEVELS.map((level) => ({
        code: level,
        name: table.levels[level].name,
        password,
        groups: [groupOf(level)],
        organizations: [places[level]].filter((code) => code !== undefined),
      })),
    ],
    webhooks,
  };
}
