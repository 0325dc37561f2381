import type { PersonRef } from '../../../api/contract/index.ts';
import { ROLE_LABELS } from '../../../domain/people/actor.ts';

const KIND_LABELS: Readonly<Record<PersonRef['kind'], string>> = {
  staff: '職員',
  applicant: '申請者',
  system: 'システム（自動）',
};

/** 「山田 花子（従事者）」; the kind where there is no name. */
export function personName(person: PersonRef): string {
  if (person.name === null) return KIND_LABELS[person.kind];
  return person.role === null ? person.name : `${person.name}（${ROLE_LABELS[person.role]}）`;
}
