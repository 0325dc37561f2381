/** Who a user is in the eyes of permission settings. */
import type { App, EntityRef } from '../apps/model.ts';
import type { Ctx, Principal } from '../context.ts';
import { EVERYONE } from '../directory.ts';

export interface Identity {
  code: string;
  groups: ReadonlySet<string>;
  /** The organisations the user belongs to. */
  organizations: ReadonlySet<string>;
  /** Those and all above them. */
  organizationsAbove: ReadonlySet<string>;
}

/** A request asks for every field of every record who it is about: worked out once. */
const identities = new WeakMap<Principal, Identity>();

/** The identity of a user; undefined for API tokens, which permission settings for people do not concern. */
export function identityOf(ctx: Ctx): Identity | undefined {
  if (ctx.who.kind !== 'user') return undefined;
  const known = identities.get(ctx.who);
  if (known) return known;
  const { person } = ctx.who;
  const { directory } = ctx.services;
  const identity: Identity = {
    code: person.code,
    groups: new Set([...person.groups, EVERYONE]),
    organizations: new Set(person.organizations),
    organizationsAbove: new Set(person.organizations.flatMap((code) => directory.withAncestors(code))),
  };
  identities.set(ctx.who, identity);
  return identity;
}

/** Whether a setting for a user, group, organisation or the app's creator means this user. */
export function isMeant(entity: EntityRef, includeSubs: boolean, who: Identity, app: App): boolean {
  switch (entity.type) {
    case 'USER':
      return entity.code === who.code;
    case 'GROUP':
      return entity.code !== null && who.groups.has(entity.code);
    case 'ORGANIZATION':
      return (
        entity.code !== null && (includeSubs ? who.organizationsAbove : who.organizations).has(entity.code)
      );
    case 'CREATOR':
      return app.creator === who.code;
    default:
      return false;
  }
}

/** Settings in order of priority: as listed, but Everyone always last. */
export function byPriority<T extends { entity: EntityRef }>(entities: readonly T[]): T[] {
  const isEveryone = (item: T): boolean => item.entity.type === 'GROUP' && item.entity.code === EVERYONE;
  return [...entities.filter((item) => !isEveryone(item)), ...entities.filter(isEveryone)];
}
