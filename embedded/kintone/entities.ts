/** Users, groups and organisations that a request names by their codes. */
import type { Directory } from './directory.ts';
import { errors } from './errors.ts';

export type EntityKind = 'USER' | 'GROUP' | 'ORGANIZATION';

/** What is named in fields of these types. */
export const KIND_OF_FIELD: Readonly<Record<string, EntityKind>> = {
  USER_SELECT: 'USER',
  CREATOR: 'USER',
  MODIFIER: 'USER',
  STATUS_ASSIGNEE: 'USER',
  GROUP_SELECT: 'GROUP',
  ORGANIZATION_SELECT: 'ORGANIZATION',
};

/** Refuses a code that nobody and nothing has. */
export function demandEntity(directory: Directory, kind: EntityKind, code: string): void {
  if (kind === 'USER' && !directory.people.has(code)) throw errors.noUser(code);
  if (kind === 'GROUP' && !directory.hasGroup(code)) throw errors.noGroup(code);
  if (kind === 'ORGANIZATION' && !directory.organizations.has(code)) throw errors.noOrganization(code);
}
