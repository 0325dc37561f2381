import type { ActorRef } from '../domain/people/actor.ts';
import type { DbOrTransaction } from './db.ts';

/** What is recorded (Q45). A reading names what was read; nothing that was read is in the record. */
export type AuditAction =
  | 'signIn'
  | 'signInFailed'
  | 'signInLocked'
  | 'signOut'
  | 'sessionExpired'
  | 'signUp'
  | 'verified'
  | 'codeSent'
  | 'passwordChanged'
  | 'passwordReset'
  | 'accountChanged'
  | 'denied'
  | 'read'
  | 'list'
  | 'download'
  | 'upload'
  | 'deleteFile'
  | 'draftSaved'
  | 'draftDeleted'
  | 'submit'
  | 'act'
  | 'preview'
  | 'export';

export interface AuditEntry {
  /** Undefined: nobody was signed in. */
  actor: ActorRef | undefined;
  action: AuditAction;
  subject?: { kind: 'application' | 'file' | 'letter' | 'draft' | 'account' | 'list'; id: string };
  /** Codes, ids and counts only; never names or answers. */
  detail?: Readonly<Record<string, unknown>>;
  requestId?: string;
  ip?: string;
}

/**
 * Adds to the audit trail. Entries are never changed or deleted by the application. Where this fails, what was to be
 * recorded must not happen: callers await it before they answer (Q45).
 */
export async function appendAudit(db: DbOrTransaction, entry: AuditEntry): Promise<void> {
  const { actor, subject } = entry;
  await db
    .insertInto('audit')
    .values({
      actor_kind: actor?.kind ?? 'nobody',
      actor_id: actor === undefined || actor.kind === 'system' ? null : actor.id,
      actor_role: actor?.kind === 'staff' ? actor.role : actor?.kind === 'applicant' ? 'applicant' : null,
      action: entry.action,
      subject_kind: subject?.kind ?? null,
      subject_id: subject?.id ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
      request_id: entry.requestId ?? null,
      ip: entry.ip ?? null,
    })
    .execute();
}
