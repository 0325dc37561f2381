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
  | 'export'
  | 'settingChanged'
  | 'bulkDecision'
  | 'yearChange'
  | 'schoolMoved';

export interface AuditEntry {
  /** Undefined: nobody was signed in. */
  actor: ActorRef | undefined;
  action: AuditAction;
  subject?: {
    kind:
      | 'application'
      | 'file'
      | 'letter'
      | 'draft'
      | 'account'
      | 'list'
      | 'bulkDecision'
      | 'round'
      | 'setting'
      | 'export'
      | 'notice'
      | 'noticeRun'
      | 'enrolment'
      | 'yearChange';
    id: string;
  };
  /** Codes, ids and counts only; never names or answers. */
  detail?: Readonly<Record<string, unknown>>;
  requestId?: string;
  ip?: string;
}

/**
 * Adds to the audit trail. Entries are never changed or deleted by the application. Where this fails, what was to be
 * recorded must not happen: callers await it before they answer (Q45). Entries that come while others are being written are
 * written together, in their order: on a busy morning that is one commit for many requests.
 */
export async function appendAudit(db: DbOrTransaction, entry: AuditEntry): Promise<void> {
  if (db.isTransaction) {
    await insert(db, [entry]);
    return;
  }
  const line = waiting.get(db) ?? { entries: [], next: undefined, last: Promise.resolve() };
  waiting.set(db, line);
  line.entries.push(entry);
  line.next ??= line.last.then(async () => {
    const { entries } = line;
    line.entries = [];
    line.next = undefined;
    const written = insert(db, entries);
    line.last = written.catch(() => undefined);
    await written;
  });
  await line.next;
}

interface Line {
  entries: AuditEntry[];
  /** Writes `entries`; all who are in it wait for it. */
  next: Promise<void> | undefined;
  /** Ends when what was written last is written; it never fails. */
  last: Promise<unknown>;
}
const waiting = new WeakMap<DbOrTransaction, Line>();

async function insert(db: DbOrTransaction, entries: readonly AuditEntry[]): Promise<void> {
  await db.insertInto('audit').values(entries.map(row)).execute();
}

function row({ actor, subject, action, detail, requestId, ip }: AuditEntry) {
  return {
    actor_kind: actor?.kind ?? 'nobody',
    actor_id: actor === undefined || actor.kind === 'system' ? null : actor.id,
    actor_role: actor?.kind === 'staff' ? actor.role : actor?.kind === 'applicant' ? 'applicant' : null,
    action,
    subject_kind: subject?.kind ?? null,
    subject_id: subject?.id ?? null,
    detail: JSON.stringify(detail ?? {}),
    request_id: requestId ?? null,
    ip: ip ?? null,
  };
}
