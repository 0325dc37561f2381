/** What an application costs in requests to kintone: the budget that docs/adr/0014-kintone-apps.md counts with. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApiSystem, type ApiSystem } from '../testing/api-system.ts';
import { staff } from '../testing/application-worker.ts';
import { review } from '../testing/reviewed.ts';

let system: ApiSystem;
beforeAll(async () => {
  system = await startApiSystem();
});
afterAll(() => system.close());

interface Usage {
  app: string;
  call: string;
  count: number;
}

it('an application that nobody else goes with costs few requests from its receipt to its notice', async () => {
  const counts = `${system.kintone.server.url}/_stand-in/requests`;
  await fetch(counts, { method: 'DELETE' });
  const filed = await system.file({ round: 'running', document: 'employment_certificate_1' });
  const carried = () => system.until(filed.id, (one) => one.kintoneSeq === one.seq);
  await carried();
  await review(system, filed);
  await carried();
  const ward = await system.api.createAccount({ role: 'ward', login: 'endo', name: '遠藤 光' });
  const decide = { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' } as const;
  await system.api.deps.temporal.act(filed, staff(ward, 'ward'), decide, randomUUID());
  await system.until(filed.id, (one) => one.stage === 'approved');
  await carried();
  const { db } = system.api;
  // The notice and the enrolment are there: all that follows has been delivered.
  for (;;) {
    const rows = await db
      .selectFrom('enrolment_entries')
      .select('application_id')
      .where('carried_at', 'is not', null)
      .execute();
    const notices = await db.selectFrom('notices').select('id').where('carried_as', 'is not', null).execute();
    if (rows.length > 0 && notices.length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { requests } = (await (await fetch(counts)).json()) as { requests: Usage[] };
  const count = (call: string) =>
    requests.filter((one) => one.call === call).reduce((sum, one) => sum + one.count, 0);
  // Receipt with the intake check, two reviews, the decision; the enrolment, the notice.
  expect(count('POST bulkRequest')).toBeLessThanOrEqual(6);
  // The document and the notice.
  expect(count('POST file')).toBe(2);
  // What is decided on, for the enrolment and the notice.
  expect(count('GET records')).toBeLessThanOrEqual(4);
  expect(requests.filter(({ call }) => !/bulkRequest|file|records/u.test(call))).toEqual([]);
});
