import { sql } from 'kysely';
import type { PaperState } from '../domain/intake/paper.ts';
import type { Db } from './db.ts';
import { selectPaperEntries, type PaperEntry } from './paper-entries.ts';

const STATE = sql<string>`case when discarded_at is not null then 'discarded' else 'entering' end`;

/** Stamped papers that are no applications and that kintone's receipt ledger shows otherwise, or not at all; the oldest first. */
export async function papersNotInLedger(db: Db, limit: number): Promise<readonly PaperEntry[]> {
  return selectPaperEntries(db)
    .where(sql<boolean>`applications.id is null`)
    .where(sql<boolean>`ledger_state is distinct from ${STATE}`)
    .orderBy('stamped_at')
    .limit(limit)
    .execute();
}

/** The ledger shows the paper in this state. */
export async function markPaperInLedger(db: Db, id: string, state: PaperState): Promise<void> {
  await db.updateTable('paper_entries').set({ ledger_state: state }).where('id', '=', id).execute();
}
