import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestKintone } from '../../testing/kintone.ts';
import { deploy, deployApp, refusal, startTestKintone } from '../../testing/kintone.ts';

let kintone: TestKintone;
const user = (code: string, organizations: string[]) => ({
  code,
  name: code,
  password: 'pw-of-user',
  organizations,
});
const as = (code: string) => kintone.as(code, 'pw-of-user');

beforeAll(async () => {
  kintone = await startTestKintone();
});
afterAll(() => kintone.close());

describe('a tree of halls and 新BOPs', () => {
  const halls = [0, 1, 2].map((hall) => `h${hall}`);
  const bops = halls.flatMap((hall) => [0, 1].map((n) => `${hall}-b${n}`));
  const places = [...halls, ...bops];
  const seesOwn = (who: string, place: string) => place === who || place.startsWith(`${who}-`);

  it('shows each place exactly its own, whatever the records, by list, count, query, record and permission', async () => {
    await kintone.server.seed({
      organizations: places.map((code) => ({
        code,
        name: code,
        parent: code.split('-b')[0] === code ? null : (code.split('-b')[0] ?? null),
      })),
      users: places.map((code) => ({
        ...user(code, [code, ...bops.filter((bop) => bop.startsWith(`${code}-`))]),
      })),
    });
    const tree = await deployApp(kintone.as(), '木', {
      place: { type: 'ORGANIZATION_SELECT', code: 'place', label: '場所' },
      rank: { type: 'NUMBER', code: 'rank', label: '順' },
    });
    await kintone.as().app.updateRecordAcl({
      app: tree,
      rights: [
        {
          entities: [
            { entity: { type: 'FIELD_ENTITY', code: 'place' }, viewable: true },
            { entity: { type: 'USER', code: 'admin' }, viewable: true, editable: true, deletable: true },
          ],
        },
      ],
    });
    await deploy(kintone.as(), tree);
    const arbitrary = fc.array(
      fc.record({ place: fc.constantFrom(...places), rank: fc.integer({ min: 0, max: 3 }) }),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        arbitrary,
        fc.constantFrom(...places),
        fc.integer({ min: 0, max: 3 }),
        async (rows, who, rank) => {
          const { ids } = await kintone.as().record.addRecords({
            app: tree,
            records: rows.map((row) => ({
              place: { value: [{ code: row.place }] },
              rank: { value: row.rank },
            })),
          });
          try {
            const client = as(who).record;
            const own = rows.flatMap((row, i) =>
              seesOwn(who, row.place) ? [{ id: ids[i] ?? '', rank: row.rank }] : [],
            );
            const wanted = own.filter((row) => row.rank === rank).map((row) => row.id);
            const all = await client.getRecords({ app: tree, query: 'order by $id asc', totalCount: true });
            expect(all.records.map((record) => record['$id']?.value)).toEqual(own.map((row) => row.id));
            expect(all.totalCount).toBe(String(own.length));
            const query = `rank = ${String(rank)} or rank = 99 order by $id asc`;
            const found = await client.getRecords({ app: tree, query, totalCount: true });
            expect(found.records.map((record) => record['$id']?.value)).toEqual(wanted);
            const { rights } = await as(who).app.evaluateRecordsAcl({ app: tree, ids });
            const mine = new Set(own.map((row) => row.id));
            expect(rights.map((right) => right.record.viewable)).toEqual(ids.map((id) => mine.has(id)));
            const hidden = ids.find((id) => !mine.has(id));
            if (hidden) expect((await refusal(client.getRecord({ app: tree, id: hidden }))).status).toBe(403);
          } finally {
            await kintone.as().record.deleteRecords({ app: tree, ids });
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('a field whose readers each record names', () => {
  it('is in the records of a page that name the reader, and in no other', async () => {
    await kintone.server.seed({ users: [user('reader', [])] });
    const app = await deployApp(kintone.as(), '名指し', {
      text: { type: 'SINGLE_LINE_TEXT', code: 'text', label: '文' },
      readers: { type: 'USER_SELECT', code: 'readers', label: '読む人' },
    });
    const named = {
      entity: { type: 'FIELD_ENTITY' as const, code: 'readers' },
      accessibility: 'READ' as const,
    };
    const admin = { entity: { type: 'USER' as const, code: 'admin' }, accessibility: 'WRITE' as const };
    await kintone.as().app.updateFieldAcl({ app, rights: [{ code: 'text', entities: [named, admin] }] });
    await deploy(kintone.as(), app);
    const records = [['reader'], [], ['reader'], ['admin']].map((codes) => ({
      text: { value: 'x' },
      readers: { value: codes.map((code) => ({ code })) },
    }));
    await kintone.as().record.addRecords({ app, records });
    const page = await as('reader').record.getRecords({ app, query: 'order by $id asc' });
    expect(page.records.map((record) => record['text']?.value)).toEqual(['x', undefined, 'x', undefined]);
  });
});
