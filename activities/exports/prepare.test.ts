import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_EXPORT_PROFILES } from '../../domain/exports/default-profiles.ts';
import type { ExportProfile } from '../../domain/exports/profile.ts';
import type { Gateway } from '../../kintone/gateway/index.ts';
import type { Db } from '../../store/db.ts';
import { recordEntry } from '../../store/enrolment-entries.ts';
import {
  createExportRun,
  exportReport,
  exportRun,
  moveRun,
  readExportBytes,
  type ExportRun,
} from '../../store/exports.ts';
import { newestSetting, saveSetting, seedSettings } from '../../store/settings.ts';
import { addDecided, EXPORT_NAMES } from '../../testing/exports.ts';
import { addTestAccount, openTestStore, testKeyring } from '../../testing/store.ts';
import { createPrepareExport } from './prepare.ts';

let db: Db;
let close: () => Promise<void>;
let ward: string;
let asked: string[][] = [];
let prepare: (input: { runId: string }) => Promise<void>;

/** kintone that has nothing: every answer waits in PostgreSQL. */
const gateway = {
  readApplications: (_procedure: string, numbers: readonly string[]) => {
    asked.push([...numbers]);
    return Promise.resolve(new Map());
  },
} as unknown as Gateway;

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  ({ db, close } = await openTestStore());
  ward = await addTestAccount(db, { role: 'ward' });
  await seedSettings(db, new Date('2026-01-01T00:00:00Z'));
  prepare = createPrepareExport({ db, keyring: testKeyring, gateway, log: quiet });
  for (const [index, answers] of EXPORT_NAMES.entries()) {
    const application = await addDecided(db, index + 1, {
      answers,
      ...(index === 1 ? { outcome: 'refused' as const } : {}),
    });
    if (index === 1) continue;
    await recordEntry(db, {
      childKey: `child-${String(index)}`,
      fiscalYear: 2027,
      entry: {
        applicationId: application.id,
        receiptNumber: application.receiptNumber,
        decidedAt: '2027-01-20T02:00:00.000Z',
        effect: { kind: 'admit', bop: application.bopCode, from: '2027-04-01' },
      },
    });
  }
});
afterAll(() => close());

const TABLE = [
  { from: '𠮷', to: '吉', note: '' },
  { from: '繫', to: '繋', note: '' },
  { from: '〜', to: '～', note: '' },
];

async function saveProfiles(value: readonly ExportProfile[], replacements = TABLE): Promise<void> {
  for (const [key, one] of [
    ['exportProfiles', value],
    ['exportReplacements', replacements],
  ] as const) {
    const basedOn = (await newestSetting(db, key))?.version ?? 0;
    await saveSetting(db, { key, value: one, basedOn, note: '', changedBy: ward });
  }
}

async function run(profileId: string, scope: 'full' | 'changes' = 'full'): Promise<ExportRun> {
  const profiles = await newestSetting(db, 'exportProfiles');
  const replacements = await newestSetting(db, 'exportReplacements');
  const begun = await createExportRun(db, {
    profileId,
    profileName: '例',
    profileVersion: profiles!.version,
    replacementsVersion: replacements!.version,
    scope,
    fiscalYear: 2027,
    createdBy: ward,
  });
  await prepare({ runId: begun.id });
  return (await exportRun(db, begun.id))!;
}

async function bytesOf(id: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of readExportBytes(db, testKeyring, id)) parts.push(part);
  return Buffer.concat(parts);
}

function signal() {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}

/** A database that answers the update of this number only when it is told to go on. */
function standingStill(nth: number) {
  const [reached, gate] = [signal(), signal()];
  const updates = new WeakSet<object>();
  let seen = 0;
  return {
    reached: reached.given,
    goOn: gate.give,
    db: db.withPlugin({
      transformQuery: ({ node, queryId }) => {
        if (node.kind === 'UpdateQueryNode') updates.add(queryId);
        return node;
      },
      transformResult: async ({ result, queryId }) => {
        if (updates.has(queryId) && (seen += 1) === nth) {
          reached.give();
          await gate.given;
        }
        return result;
      },
    }),
  };
}

let number = 0;
async function confirmed(prepared: ExportRun): Promise<void> {
  number += 1;
  await moveRun(db, prepared.id, ['ready'], {
    state: 'made',
    number,
    file_name: 'x.csv',
    made_at: new Date(),
  });
  await moveRun(db, prepared.id, ['made'], { state: 'confirmed' });
}

/** Compares with the file in the repository; `UPDATE_GOLDEN=1` writes it, to be read before it is committed. */
function golden(name: string, bytes: Buffer): void {
  const path = new URL(`golden/${name}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, bytes);
  expect(bytes.equals(readFileSync(path)), `${name}: ${bytes.toString('latin1')}`).toBe(true);
}

describe('the profiles that are shipped, byte for byte', () => {
  it.each([
    ['admission_decisions', 'admission-decisions.csv'],
    ['enrolments', 'enrolments.dat'],
    ['children', 'children.tsv'],
  ])('%s', async (id, file) => {
    await saveProfiles(DEFAULT_EXPORT_PROFILES);
    const prepared = await run(id);
    expect((await exportReport(db, testKeyring, prepared.id))?.problems).toEqual([]);
    expect(prepared.state).toBe('ready');
    const bytes = await bytesOf(prepared.id);
    golden(file, bytes);
    expect(prepared.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(prepared.size).toBe(bytes.length);
    // Made again of the same data it is the same file.
    expect(await bytesOf((await run(id)).id)).toEqual(bytes);
  });

  it('hold nothing in the clear in the database', async () => {
    const rows = await db.selectFrom('export_chunks').select('data_ct').execute();
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.data_ct.includes(Buffer.from('81558b7d', 'hex'))).toBe(false);
    const first = rows[0]!.data_ct;
    expect(first.includes(Buffer.from('fbfc8bb4', 'hex'))).toBe(false);
  });
});

describe('a name that the encoding lacks', () => {
  it('stops the export, and says where', async () => {
    await saveProfiles(DEFAULT_EXPORT_PROFILES, []);
    const prepared = await run('admission_decisions');
    expect(prepared).toMatchObject({ state: 'blocked', problemCount: 4, lines: 4 });
    const report = await exportReport(db, testKeyring, prepared.id);
    expect(report?.problems.map((one) => [one.receiptNumber.slice(0, 10), one.column, one.kind])).toEqual([
      ['A27-000003', '児童氏名', 'character'],
      ['A27-000003', '住所', 'character'],
      ['A27-000003', '住所', 'character'],
      ['A27-000004', '児童氏名', 'character'],
    ]);
    expect(await bytesOf(prepared.id)).toHaveLength(0);
  });

  it('is replaced by the ward’s table, each use in the protocol', async () => {
    await saveProfiles(DEFAULT_EXPORT_PROFILES);
    const prepared = await run('admission_decisions');
    const report = await exportReport(db, testKeyring, prepared.id);
    expect(report?.notes).toHaveLength(4);
    expect(report?.notes[0]).toMatchObject({ line: 3, column: '児童氏名', from: '𠮷', to: '吉' });
    expect(report?.firstLines[0]).toMatch(/^受付番号,/u);
  });
});

describe('only changes', () => {
  it('leaves out what the ward’s system has, and covers again what was withdrawn or rejected', async () => {
    await saveProfiles(DEFAULT_EXPORT_PROFILES);
    const first = await run('admission_decisions', 'changes');
    expect(first).toMatchObject({ lines: 4, unchanged: 0 });
    // Made and not confirmed: not known to have arrived.
    expect(await run('admission_decisions', 'changes')).toMatchObject({ lines: 4 });
    await confirmed(first);
    const none = await run('admission_decisions', 'changes');
    expect(none).toMatchObject({ state: 'ready', lines: 0, unchanged: 4 });
    // Another profile knows nothing of it.
    expect(await run('children', 'changes')).toMatchObject({ lines: 3 });
    await db
      .updateTable('export_records')
      .set({ result: 'rejected' })
      .where('run_id', '=', first.id)
      .where('line', '=', 2)
      .execute();
    expect(await run('admission_decisions', 'changes')).toMatchObject({ lines: 1, unchanged: 3 });
    // A new format alone sends nothing again.
    const [decisions, ...others] = DEFAULT_EXPORT_PROFILES;
    await saveProfiles([{ ...decisions!, encoding: 'utf-8' }, ...others]);
    expect(await run('admission_decisions', 'changes')).toMatchObject({ lines: 1 });
    await moveRun(db, first.id, ['confirmed'], { state: 'withdrawn' });
    expect(await run('admission_decisions', 'changes')).toMatchObject({ lines: 4, unchanged: 0 });
  });

  it('goes by what was accepted last', async () => {
    await saveProfiles(DEFAULT_EXPORT_PROFILES);
    const first = await run('admission_decisions');
    await confirmed(first);
    await db
      .updateTable('application_events')
      .set({ body: JSON.stringify({ outcome: 'approved', effectiveFrom: '2027-05-01' }) })
      .where('application_id', '=', 'a0000000-0000-4000-8000-000000000001')
      .where('type', '=', 'decided')
      .execute();
    const second = await run('admission_decisions', 'changes');
    expect(second).toMatchObject({ lines: 1, unchanged: 3 });
    await confirmed(second);
    expect(await run('admission_decisions', 'changes')).toMatchObject({ lines: 0 });
    await moveRun(db, second.id, ['confirmed'], { state: 'withdrawn' });
    expect(await run('admission_decisions', 'changes')).toMatchObject({ lines: 1 });
  });
});

describe('preparing', () => {
  it('begins anew after an attempt that was killed, and leaves a run alone that was given up', async () => {
    const prepared = await run('admission_decisions');
    const bytes = await bytesOf(prepared.id);
    await db.updateTable('export_runs').set({ state: 'preparing' }).where('id', '=', prepared.id).execute();
    await prepare({ runId: prepared.id });
    expect(await bytesOf(prepared.id)).toEqual(bytes);
    await moveRun(db, prepared.id, ['ready'], { state: 'discarded' });
    await prepare({ runId: prepared.id });
    expect((await exportRun(db, prepared.id))?.state).toBe('discarded');
  });

  it('leaves the file to the attempt that took over from a worker that was frozen and woke up', async () => {
    await saveProfiles(DEFAULT_EXPORT_PROFILES);
    // The first stands still with a part written; the second has begun anew and stands still before its first.
    const [first, second] = [standingStill(3), standingStill(2)];
    const profiles = await newestSetting(db, 'exportProfiles');
    const replacements = await newestSetting(db, 'exportReplacements');
    const { id: runId } = await createExportRun(db, {
      profileId: 'admission_decisions',
      profileName: '例',
      profileVersion: profiles!.version,
      replacementsVersion: replacements!.version,
      scope: 'full',
      fiscalYear: 2027,
      createdBy: ward,
    });
    const attempt = (on: Db) =>
      createPrepareExport({ db: on, keyring: testKeyring, gateway, log: quiet }, { partBytes: 1 })({ runId });
    const one = attempt(first.db);
    await first.reached;
    const two = attempt(second.db);
    await second.reached;
    first.goOn();
    await one;
    expect((await exportRun(db, runId))?.state).toBe('preparing');
    expect(await bytesOf(runId)).toHaveLength(0);
    second.goOn();
    await two;
    const prepared = (await exportRun(db, runId))!;
    expect(prepared.state).toBe('ready');
    const bytes = await bytesOf(runId);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(prepared.sha256);
    expect(bytes).toEqual(await bytesOf((await run('admission_decisions')).id));
  });

  it('tells a record that nobody has, instead of writing it empty', async () => {
    await db
      .updateTable('application_versions')
      .set({ answers_ct: null })
      .where('application_id', '=', 'a0000000-0000-4000-8000-000000000002')
      .execute();
    asked = [];
    const prepared = await run('admission_decisions');
    expect(prepared.state).toBe('blocked');
    // One request for the page, for that record alone.
    expect(asked).toHaveLength(1);
    expect(asked[0]).toHaveLength(1);
    const report = await exportReport(db, testKeyring, prepared.id);
    expect(report?.problems).toMatchObject([{ kind: 'noData', line: 2 }]);
  });
});
