import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addTestAccount, openTestStore } from '../testing/store.ts';
import { appendAudit, type AuditEntry } from './audit.ts';
import type { Db } from './db.ts';

let db: Db;
let close: () => Promise<void>;
let id: string;
beforeAll(async () => {
  ({ db, close } = await openTestStore());
  id = await addTestAccount(db, { role: 'ward' });
});
afterAll(() => close());

const entry = (n: number): AuditEntry => ({
  actor: { kind: 'staff', id, role: 'ward' },
  action: 'read',
  subject: { kind: 'application', id: randomUUID() },
  detail: { n },
});

it('writes what comes at once together, all of it, in its order', async () => {
  const numbers = Array.from({ length: 40 }, (_, n) => n);
  await Promise.all(numbers.map((n) => appendAudit(db, entry(n))));
  const rows = await db.selectFrom('audit').select('detail').orderBy('seq').execute();
  expect(rows.map((row) => row.detail['n'])).toEqual(numbers);
});

it('tells everybody whose entry could not be written, and writes the next', async () => {
  const wrong = { ...entry(1), subject: { kind: 'application', id: 'with \u0000 in it' } } as const;
  const [first, second] = await Promise.allSettled([appendAudit(db, wrong), appendAudit(db, entry(2))]);
  expect([first.status, second.status]).toEqual(['rejected', 'rejected']);
  await expect(appendAudit(db, entry(3))).resolves.toBeUndefined();
});

it('within a transaction belongs to it', async () => {
  const before = await db.selectFrom('audit').select('seq').execute();
  await db
    .transaction()
    .execute(async (trx) => {
      await appendAudit(trx, entry(4));
      throw new Error('not after all');
    })
    .catch(() => undefined);
  expect(await db.selectFrom('audit').select('seq').execute()).toHaveLength(before.length);
});
