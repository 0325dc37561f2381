import type { KintoneChangeKind } from '../../domain/application/kintone-changes.ts';
import type { Gateway } from '../../kintone/gateway/index.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { Db } from '../../store/db.ts';
import type { ChangeDetail } from '../../store/kintone.ts';

export interface LookDeps {
  db: Db;
  keyring: Keyring;
  gateway: Pick<Gateway, 'changes' | 'budget' | 'downloadFile'>;
  now: () => Date;
  /** Login names of this system itself, whose writes hide who wrote before. */
  systemUsers: ReadonlySet<string>;
}

/** One thing that is not as this system left it. */
export interface Found {
  applicationId: string;
  receiptNumber: string;
  kind: KintoneChangeKind;
  detail: ChangeDetail;
  /** Undefined on a look that keeps nothing. */
  changeId?: string;
  /** On a look that keeps nothing: the application has been told before, and it is not settled yet. */
  told?: boolean;
}

/** A record in kintone that belongs to no application: added there by hand. */
export interface Unknown {
  app: string;
  recordId: string;
  /** The value of the app's key field. */
  key: string;
  receiptNumber: string;
}

export interface LookResult {
  found: readonly Found[];
  unknown: readonly Unknown[];
  /** Apps that were left out, since their requests of the day run short. */
  deferred: readonly string[];
}

export interface LookOptions {
  /** Counts all records through, to see what is gone; otherwise only every few hours. */
  sweep?: boolean;
  /** Looks at all records, not only at those written lately. */
  whole?: boolean;
  /** Only looks: keeps nothing of it. */
  dry?: boolean;
}
