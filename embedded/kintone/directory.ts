/** Users, groups, organisations and guest spaces: what REST cannot make here and a seed file brings. */
import { sql } from 'kysely';
import { rows } from './database.ts';
import type { Db } from './database.ts';

export interface Person {
  code: string;
  name: string;
  email: string;
  isAdmin: boolean;
  active: boolean;
  /** `auto` follows Accept-Language, then the server's language. */
  language: string;
  primaryOrganization: string | null;
  organizations: string[];
  groups: string[];
  password: string | null;
}

export interface Organization {
  code: string;
  name: string;
  parent: string | null;
}

export interface Space {
  id: number;
  name: string;
  isGuest: boolean;
  threadId: number;
  members: string[];
}

/** The user that requests with an API token act as. */
export const ADMINISTRATOR = 'Administrator';
/** The group that everyone is in. */
export const EVERYONE = 'everyone';

/** Everything about people, held in memory and read again after a seed. */
export class Directory {
  people = new Map<string, Person>();
  groups = new Map<string, string>();
  organizations = new Map<string, Organization>();
  spaces = new Map<number, Space>();

  async load(db: Db): Promise<void> {
    const people = await rows<Person>(
      db,
      sql`select code, name, email, is_admin as "isAdmin", active, language, password, organizations, groups,
        primary_organization as "primaryOrganization" from person`,
    );
    const groups = await rows<{ code: string; name: string }>(db, sql`select code, name from user_group`);
    const organizations = await rows<Organization>(db, sql`select code, name, parent from organization`);
    const spaces = await rows<Space>(
      db,
      sql`select id, name, is_guest as "isGuest", thread_id as "threadId", members from space`,
    );
    this.people = new Map(people.map((person) => [person.code, person]));
    this.groups = new Map(groups.map((group) => [group.code, group.name]));
    this.organizations = new Map(organizations.map((organization) => [organization.code, organization]));
    this.spaces = new Map(spaces.map((space) => [space.id, space]));
  }

  /** The name shown for a user; an unknown one keeps the code. */
  personName(code: string): string {
    return this.people.get(code)?.name ?? code;
  }

  /** Whether there is such a group; everyone is one. */
  hasGroup(code: string): boolean {
    return code === EVERYONE || this.groups.has(code);
  }

  /** The name shown for a group; an unknown one keeps the code. */
  groupName(code: string): string {
    return code === EVERYONE ? 'Everyone' : (this.groups.get(code) ?? code);
  }

  /** An organisation and all above it. */
  withAncestors(code: string): string[] {
    const chain: string[] = [];
    let at: string | null = code;
    while (at !== null && !chain.includes(at)) {
      chain.push(at);
      at = this.organizations.get(at)?.parent ?? null;
    }
    return chain;
  }
}
