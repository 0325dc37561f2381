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

export const VERSION_LABELS: Readonly<Record<Version['kind'], string>> = {
  filed: '申請時',
  answer: '申請者の回答',
  correction: '職員の補正',
};

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
