import { bopCodesOfHall, hallOfBop } from '../facilities/facilities.ts';

/** A person's identity: given once, never reused, unchanged by renaming, role change or reassignment. */
export type PersonId = string;

/** Contract roles (requirements.md, "People"). */
export const STAFF_ROLES = ['operator', 'leader', 'ward', 'hall', 'bop'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];
export type Role = StaffRole | 'applicant';

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  applicant: '保護者',
  operator: '従事者',
  leader: 'リーダー',
  ward: '児童課',
  hall: '児童館',
  bop: '新BOP',
};

/** Where somebody stands in 別紙1's tree: the whole ward, one hall, or one 新BOP. */
export type Place = { kind: 'ward' } | { kind: 'hall'; code: string } | { kind: 'bop'; code: string };

export interface StaffActor {
  kind: 'staff';
  id: PersonId;
  role: StaffRole;
  /** Only for `hall` and `bop`: the place whose applications they may see. */
  place?: Place;
}
export interface ApplicantActor {
  kind: 'applicant';
  id: PersonId;
}
/** The clock, the machine's own checks, news from mail or kintone: never a person's decision. */
export interface SystemActor {
  kind: 'system';
}
export type Actor = StaffActor | ApplicantActor | SystemActor;

/** Who did something, as events keep it. */
export type ActorRef =
  { kind: 'staff'; id: PersonId; role: StaffRole } | { kind: 'applicant'; id: PersonId } | { kind: 'system' };

/** What an event remembers of its actor. */
export function refOf(actor: Actor): ActorRef {
  if (actor.kind === 'staff') return { kind: 'staff', id: actor.id, role: actor.role };
  return actor;
}

/** Roles of the contractor's office centre, which handles applications (従事者 and managers). */
export function isContractor(role: Role): boolean {
  return role === 'operator' || role === 'leader';
}

/** Roles that see every application: contractor and ward (別紙1 ①). */
export function seesAll(role: Role): boolean {
  return isContractor(role) || role === 'ward';
}

/**
 * The 新BOP codes whose applications a staff member may see: `'all'` for contractor and ward, the hall's own for a hall,
 * one for a 新BOP, none where the place does not fit the role (別紙1 ①–③, Q03).
 */
export function visibleBops(actor: StaffActor): 'all' | readonly string[] {
  if (seesAll(actor.role)) return 'all';
  if (actor.role === 'hall' && actor.place?.kind === 'hall') return bopCodesOfHall(actor.place.code);
  if (actor.role === 'bop' && actor.place?.kind === 'bop') {
    return hallOfBop(actor.place.code) ? [actor.place.code] : [];
  }
  return [];
}

/**
 * May this actor see an application at this 新BOP that was filed by this person? Applicants see their own (Q11), staff by
 * 別紙1 (Q03); the system sees all.
 */
export function mayView(
  actor: Actor,
  application: { bopCode: string; applicantId: PersonId | null },
): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind === 'applicant') return application.applicantId === actor.id;
  const bops = visibleBops(actor);
  return bops === 'all' || bops.includes(application.bopCode);
}
