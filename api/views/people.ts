import type { ApplicationEvent } from '../../domain/application/events.ts';
import type { ActorRef, Role } from '../../domain/people/actor.ts';
import { peopleByIds } from '../../store/accounts.ts';
import type { PersonRef } from '../contract/common.ts';
import type { ApiDeps } from '../deps.ts';

/** Names of people, loaded once for a page. */
export class People {
  readonly #known: ReadonlyMap<string, { name: string; role: Role }>;

  constructor(known: ReadonlyMap<string, { name: string; role: Role }>) {
    this.#known = known;
  }

  name(id: string): string | undefined {
    return this.#known.get(id)?.name;
  }

  /** A person by id, with the role they have now. */
  ref(id: string): PersonRef {
    const person = this.#known.get(id);
    return {
      kind: person?.role === 'applicant' ? 'applicant' : 'staff',
      id,
      role: person?.role ?? null,
      name: person?.name ?? null,
    };
  }

  refOrNull(id: string | null | undefined): PersonRef | null {
    return id === null || id === undefined ? null : this.ref(id);
  }

  /** Who did something, with the role they had then. */
  actor(by: ActorRef): PersonRef {
    if (by.kind === 'system') return { kind: 'system', id: null, role: null, name: null };
    return {
      kind: by.kind,
      id: by.id,
      role: by.kind === 'applicant' ? 'applicant' : by.role,
      name: this.name(by.id) ?? null,
    };
  }
}

export async function loadPeople(
  deps: ApiDeps,
  ids: readonly (string | null | undefined)[],
): Promise<People> {
  const wanted = ids.filter((id): id is string => typeof id === 'string' && id !== 'system');
  return new People(await peopleByIds(deps.db, deps.keyring, wanted));
}

/** Everybody that events name. */
export function peopleIn(events: readonly ApplicationEvent[]): readonly string[] {
  return events.flatMap((event) => [
    ...(event.by.kind === 'system' ? [] : [event.by.id]),
    ...(event.type === 'assigned' ? [event.assignee] : []),
  ]);
}
