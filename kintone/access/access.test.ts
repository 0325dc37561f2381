import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOPS, hallOfBop, HALLS } from '../../domain/facilities/facilities.ts';
import { applicationApp } from '../apps/model.ts';
import { facilityRecords } from '../apps/facilities.ts';
import { APPS } from '../apps/index.ts';
import { provision, type AppIds } from '../provision.ts';
import { startTestKintone, type TestKintone } from '../../testing/kintone.ts';
import { createDirectory, planDirectory } from '../provision/directory.ts';
import { aclOf, PLACE_FIELD } from './acl.ts';
import { bopOrganization, groupOf, groups, hallOrganization, organizations, SYSTEM_GROUP } from './people.ts';
import { LEVELS, readAccessTable } from './table.ts';
import { fieldsOfApp } from '../apps/model.ts';

const table = readAccessTable();
const password = 'pw-of-the-test';

describe('the tree of 別紙1', () => {
  it('has 25 halls and 61 新BOPs, each below its hall, parents first', () => {
    const all = organizations();
    expect(all.filter(({ parent }) => parent === 'gakudo-halls')).toHaveLength(25);
    expect(all.filter(({ code }) => code.startsWith('gakudo-bop-'))).toHaveLength(61);
    for (const [i, { parent }] of all.entries()) {
      if (parent !== null) expect(all.slice(0, i).map(({ code }) => code)).toContain(parent);
    }
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
  });
});

describe('permissions from the table', () => {
  it.each(APPS.map((app) => [app.key, app] as const))(
    '%s has a place, and closes to everyone else',
    (_key, app) => {
      expect(fieldsOfApp(app).map(({ code }) => code)).toContain(PLACE_FIELD);
      const acl = aclOf(app, table, () => true);
      expect(acl.app.at(-1)).toMatchObject({
        entity: { code: 'everyone' },
        recordViewable: false,
        recordAddable: false,
      });
      // The halls' own records are at no 新BOP.
      expect(acl.records).toHaveLength(app.hallRecords ? 62 + HALLS.length : 62);
      expect(acl.records.at(-1)!.filterCond).toBe('');
      for (const { entities } of acl.records) {
        expect(entities.at(-1)).toMatchObject({ entity: { code: 'everyone' }, viewable: false });
        expect(new Set(entities.map(({ entity }) => entity.code)).size).toBe(entities.length);
      }
    },
  );

  it('never opens where a group or organisation is missing', () => {
    const acl = aclOf(APPS[0]!, table, ({ code }) => code === 'everyone');
    expect(acl.app.filter(({ recordViewable }) => recordViewable).map(({ entity }) => entity.type)).toEqual([
      'CREATOR',
    ]);
    for (const { entities } of acl.records) expect(entities.every(({ viewable }) => !viewable)).toBe(true);
  });
});

describe('what each place sees in kintone itself', () => {
  let kintone: TestKintone;
  let ids: AppIds;
  const halls = HALLS.map(({ code }) => ({ user: `hall-${code}`, hall: code }));
  const bops = BOPS.map(({ code }) => ({ user: `bop-${code}`, bop: code }));

  beforeAll(async () => {
    kintone = await startTestKintone({
      groups: groups(table).map((group) => ({ ...group })),
      organizations: organizations().map((organization) => ({ ...organization })),
      users: [
        { code: 'system', name: 'system', password, isAdmin: true, groups: [SYSTEM_GROUP.code] },
        ...LEVELS.map((level) => ({ code: level, name: level, password, groups: [groupOf(level)] })),
        { code: 'stranger', name: 'stranger', password },
      ],
    });
    const directory = createDirectory(
      { baseUrl: kintone.server.url, password: { username: 'system', password } },
      5000,
    );
    const { changes, known } = await planDirectory(directory, table);
    expect(changes).toEqual([]);
    const apps = APPS.filter(({ key }) =>
      [applicationApp('admission'), 'documents', 'contacts', 'facilities', 'ledger'].includes(key),
    );
    ids = await provision(kintone.as('system', password), { apps, access: { table, known } });
    await kintone.server.seed({
      users: [
        ...halls.map(({ user, hall }) => ({
          code: user,
          name: user,
          password,
          groups: [groupOf('hall')],
          organizations: [hallOrganization(hall)],
        })),
        ...bops.map(({ user, bop }) => ({
          code: user,
          name: user,
          password,
          groups: [groupOf('bop')],
          organizations: [bopOrganization(bop)],
        })),
      ],
    });
  });
  afterAll(() => kintone.close());

  const record = (bop: string, n: string | number) => ({
    receipt_number: { value: `A-${bop}-${n}` },
    bop_code: { value: bop },
    hall_code: { value: hallOfBop(bop)?.code ?? '' },
  });

  it('shows a hall its own 新BOPs and a 新BOP only itself: by list, query, count, cursor, record, permission and file', async () => {
    const app = ids[applicationApp('admission')]!;
    const documents = ids.documents;
    const system = kintone.as('system', password);
    const places = fc.array(fc.constantFrom(...BOPS.map(({ code }) => code)), {
      minLength: 3,
      maxLength: 12,
    });
    // Somebody of a place that the drawn records concern, or anybody.
    const who = (codes: string[]) =>
      fc.oneof(
        fc.constantFrom(...codes.map((code) => bops.find(({ bop }) => bop === code)!)),
        fc.constantFrom(...codes.map((code) => halls.find(({ hall }) => hall === hallOfBop(code)!.code)!)),
        fc.constantFrom(...bops, ...halls),
      );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        places.chain((codes) => fc.tuple(fc.constant(codes), who(codes))),
        async ([codes, person]) => {
          run += 1;
          const { ids: made } = await system.record.addRecords({
            app,
            records: codes.map((code, i) => record(code, `${run}-${i}`)),
          });
          const fileKeys = new Map<string, string>();
          const docIds: string[] = [];
          for (const [i, code] of codes.slice(0, 3).entries()) {
            const { fileKey } = await system.file.uploadFile({
              file: { name: 'a.pdf', data: Buffer.from(code) },
            });
            const { id } = await system.record.addRecord({
              app: documents,
              record: {
                ...record(code, i),
                doc_id: { value: `${run}-${i}` },
                file: { value: [{ fileKey }] },
              },
            });
            docIds.push(id);
            const { record: got } = await system.record.getRecord({ app: documents, id });
            fileKeys.set(code, (got['file']!.value as { fileKey: string }[])[0]!.fileKey);
          }
          const sees = (code: string) =>
            'bop' in person ? person.bop === code : hallOfBop(code)?.code === person.hall;
          const mine = made.filter((_, i) => sees(codes[i]!));
          const client = kintone.as(person.user, password);
          try {
            const all = await client.record.getRecords({ app, query: 'order by $id asc', totalCount: true });
            expect(all.records.map(({ $id }) => $id!.value)).toEqual(mine);
            expect(all.totalCount).toBe(String(mine.length));
            // No condition, however it is put, brings another place's record in.
            const query = 'bop_code != "x" or receipt_number != "" or hall_code in ("") limit 500';
            const asked = await client.record.getRecords({ app, query, totalCount: true });
            expect(asked.totalCount).toBe(String(mine.length));
            const cursor = await client.record.createCursor({ app, query: 'order by $id asc', size: 500 });
            expect(cursor.totalCount).toBe(String(mine.length));
            await client.record.deleteCursor({ id: cursor.id });
            const { rights } = await client.app.evaluateRecordsAcl({ app, ids: made });
            expect(rights.map((right) => right.record.viewable)).toEqual(made.map((id) => mine.includes(id)));
            for (const id of made) {
              const got = client.record.getRecord({ app, id });
              if (mine.includes(id)) expect((await got).record['bop_code']!.value).toBeDefined();
              else await expect(got).rejects.toMatchObject({ status: 403 });
            }
            for (const [code, fileKey] of fileKeys) {
              const got = client.file.downloadFile({ fileKey });
              if (sees(code)) expect(Buffer.from(await got).toString()).toBe(code);
              else await expect(got).rejects.toMatchObject({ status: expect.any(Number) as number });
            }
            // What concerns the centre's own work stays hidden, and nothing can be written.
            for (const one of all.records) expect(one['assignee']).toBeUndefined();
            await expect(
              client.record.addRecord({ app, record: record(codes[0]!, 'x') }),
            ).rejects.toMatchObject({ status: 403 });
            if (mine[0]) {
              await expect(
                client.record.updateRecord({
                  app,
                  id: mine[0],
                  record: { child_given_name: { value: 'x' } },
                }),
              ).rejects.toMatchObject({ status: 403 });
            }
            await expect(client.record.getRecords({ app: ids.contacts })).rejects.toMatchObject({
              status: 403,
            });
          } finally {
            await purge(app, made);
            await purge(documents, docIds);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('shows a hall itself and its own 新BOPs of 別紙1, a 新BOP itself, and neither the receipt ledger', async () => {
    const app = ids.facilities;
    const records = [...facilityRecords()].map(([key, one]) => ({ ...one, facility_code: { value: key } }));
    await kintone.as('system', password).record.addRecords({ app, records });
    const seen = async (user: string) => {
      const { records: all } = await kintone
        .as(user, password)
        .record.getRecords({ app, query: 'order by position asc limit 500' });
      return all.map((one) => one['facility_code']!.value);
    };
    expect(await seen('ward')).toHaveLength(HALLS.length + BOPS.length);
    for (const hall of [HALLS[0]!, HALLS.at(-1)!]) {
      const own = hall.bops.map(({ code }) => `bop-${code}`);
      expect(await seen(`hall-${hall.code}`)).toEqual([`hall-${hall.code}`, ...own]);
      expect(await seen(`bop-${hall.bops[0]!.code}`)).toEqual(own.slice(0, 1));
      await expect(
        kintone.as(`hall-${hall.code}`, password).record.getRecords({ app: ids.ledger }),
      ).rejects.toMatchObject({ status: 403 });
    }
    await expect(seen('stranger')).rejects.toMatchObject({ status: 403 });
  });

  /** Nobody may delete: the stand-in's own table is emptied. */
  async function purge(app: string, made: readonly string[]): Promise<void> {
    const { Client } = (await import('pg')).default;
    const client = new Client({ connectionString: kintone.databaseUrl });
    await client.connect();
    await client.query(`delete from kintone.record_${Number(app)} where id = any($1::bigint[])`, [made]);
    await client.end();
  }

  it('shows the office all, and a stranger nothing', async () => {
    const app = ids[applicationApp('admission')]!;
    const system = kintone.as('system', password);
    const { id } = await system.record.addRecord({ app, record: record(BOPS[0]!.code, 'office') });
    for (const level of ['ward', 'leader', 'operator']) {
      expect((await kintone.as(level, password).record.getRecord({ app, id })).record['$id']!.value).toBe(id);
    }
    const ward = kintone.as('ward', password).record;
    await ward.updateRecord({ app, id, record: { child_given_name: { value: '直した' } } });
    // The state is the system's to write, not a person's.
    await expect(ward.updateRecord({ app, id, record: { stage: { value: '' } } })).rejects.toMatchObject({
      status: 403,
    });
    await expect(ward.deleteRecords({ app, ids: [id] })).rejects.toMatchObject({ status: 403 });
    for (const nobody of ['stranger', 'hall', 'bop']) {
      const client = kintone.as(nobody, password).record;
      await expect(client.getRecord({ app, id })).rejects.toMatchObject({ status: 403 });
    }
  });

  it('a record without a known place is the office’s alone', async () => {
    const app = ids[applicationApp('admission')]!;
    const { id } = await kintone
      .as('system', password)
      .record.addRecord({ app, record: { receipt_number: { value: 'A-nowhere' } } });
    expect((await kintone.as('ward', password).record.getRecord({ app, id })).record).toBeDefined();
    await expect(kintone.as(bops[0]!.user, password).record.getRecord({ app, id })).rejects.toMatchObject({
      status: 403,
    });
  });
});
