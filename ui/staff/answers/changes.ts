import type { PersonRef, StaffApplication } from '../../../api/contract/index.ts';
import type { AnswerValue } from '../../../domain/procedures/definition.ts';

type Version = StaffApplication['versions'][number];

/** One change of one answer. */
export interface Change {
  readonly version: number;
  readonly kind: Version['kind'];
  readonly at: string;
  readonly by: PersonRef;
  readonly before: AnswerValue;
}

/** What was changed since filing, by field, newest change first. The version as filed changes nothing. */
export function changesOf(versions: readonly Version[]): ReadonlyMap<string, readonly Change[]> {
  const found = new Map<string, Change[]>();
  for (const { version, kind, at, by, changes } of versions.toSorted((a, b) => b.version - a.version)) {
    if (kind === 'filed') continue;
    for (const change of changes) {
      const list = found.get(change.field) ?? [];
      list.push({ version, kind, at, by, before: change.before });
      found.set(change.field, list);
    }
  }
  return found;
}
