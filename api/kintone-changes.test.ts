import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Application } from '../store/applications.ts';
import { keepSuspect } from '../store/kintone.ts';
import { startApiSystem, type ApiSystem } from '../testing/api-system.ts';
import type { TestBrowser } from '../testing/api.ts';
import { reconcile } from '../worker/kintone/reconcile-command.ts';
import { pollKintone } from '../worker/kintone/poll.ts';
import type { StaffApplication } from './contract/staff.ts';
import type { StaffActionInput } from './contract/staff-actions.ts';

let system: ApiSystem;
let operator: TestBrowser;
let ward: TestBrowser;
let poll: ReturnType<typeof pollKintone>;
let app: string;
let deps: Parameters<typeof reconcile>[0];

beforeAll(async () => {
  system = await startApiSystem();
  const { api, gateway, temporal, kintone, appIds } = system;
  app = appIds['application_admission']!;
  await kintone.server.seed({ users: [{ code: 'sato', name: '佐藤 区子', password: 'pw' }] });
  await api.createAccount({ role: 'operator', login: 'aoki', name: '青木 花' });
  await api.createAccount({ role: 'ward', login: 'endo', name: '遠藤 光' });
  operator = await api.signedIn('aoki');
  ward = await api.signedIn('endo');
  deps = {
    db: api.db,
    keyring: api.keyring,
    gateway,
    now: () => new Date(),
    systemUsers: new Set(['admin']),
    copyDays: 90,
    ...temporal,
  };
  poll = pollKintone(deps, { everyMs: 3_600_000, log: { info: () => undefined, warn: () => undefined } });
});
afterAll(async () => {
  await poll.close();
  await system.close();
});

const url = (id: string, rest = '') => `/api/staff/applications/${id}${rest}`;
const act = (who: TestBrowser, id: string, action: StaffActionInput) =>
  who.post(url(id, '/actions'), { actionId: randomUUID(), action });
const page = async (who: TestBrowser, id: string) => (await who.get(url(id))).json<StaffApplication>();
const carried = (id: string) => system.until(id, (one) => one.kintoneSeq === one.seq);
const clerk = () => system.kintone.as('sato', 'pw').record;

async function recordOf({ receiptNumber }: Application) {
  const query = `receipt_number = "${receiptNumber}"`;
  const { records } = await system.kintone.as().record.getRecords({ app, query });
  return records[0]!;
}
async function changed(application: Application, value: string) {
  const id = (await recordOf(application))['$id']!.value as string;
  await clerk().updateRecord({ app, id, record: { child_given_name: { value } } });
  await poll.once();
}

describe('what ward staff change in kintone itself', () => {
  it('stands on the timeline with who and what; nobody reviews until it is accepted, and then with the new answers', async () => {
    const filed = await system.file();
    await carried(filed.id);
    await poll.once();
    await changed(filed, '訂正');
    const seen = await page(operator, filed.id);
    expect(seen.kintoneChanges).toMatchObject([
      { kind: 'answers', who: '佐藤 区子', fields: [{ code: 'child_given_name', after: '訂正' }] },
    ]);
    const line = seen.timeline.find(({ type }) => type === 'changedInKintone');
    expect(line?.title.ja).toMatch(/kintone で申請の内容が変更されました/);
    expect(JSON.stringify(line)).toMatch(/佐藤 区子/);
    expect(seen.tasks.map(({ kind }) => kind)).toContain('settleKintoneChange');
    const review = await act(operator, filed.id, { type: 'completeFirstReview', findings: [] });
    expect(review.json()).toMatchObject({ code: 'changedInKintone' });

    const changeId = seen.kintoneChanges[0]!.id;
    const accepted = await act(operator, filed.id, {
      type: 'settleKintoneChange',
      changeId,
      choice: 'accept',
    });
    expect(accepted.statusCode, accepted.body).toBe(200);
    const after = await page(operator, filed.id);
    expect(after).toMatchObject({
      kintoneChanges: [],
      dataVersion: 2,
      answers: { child_given_name: '訂正' },
    });
    await carried(filed.id);
    await poll.once();
    expect((await page(operator, filed.id)).kintoneChanges).toEqual([]);
  });

  it('is put back where that is decided', async () => {
    const filed = await system.file();
    await carried(filed.id);
    await poll.once();
    const before = (await recordOf(filed))['child_given_name']!.value;
    await changed(filed, '違う名');
    const { kintoneChanges } = await page(operator, filed.id);
    const changeId = kintoneChanges[0]!.id;
    await act(operator, filed.id, { type: 'settleKintoneChange', changeId, choice: 'restore' });
    await carried(filed.id);
    expect((await recordOf(filed))['child_given_name']!.value).toBe(before);
  });

  it('a record deleted by hand is noticed, told with who, and written again whole; also after the end', async () => {
    const filed = await system.file();
    await carried(filed.id);
    expect((await act(ward, filed.id, { type: 'cancel', reason: '試験' })).statusCode).toBe(200);
    await carried(filed.id);
    await poll.once();
    const before = await recordOf(filed);
    const recordId = before['$id']!.value as string;
    await clerk().deleteRecords({ app, ids: [recordId] });
    await keepSuspect(system.api.db, system.api.keyring, {
      app: 'application_admission',
      recordId,
      event: 'DELETE_RECORD',
      by: '佐藤 区子',
    });
    await poll.once();
    await system.until(filed.id, (one) => one.seq > filed.seq + 1);
    await carried(filed.id);
    const after = await recordOf(filed);
    expect(after['child_family_name']!.value).toEqual(before['child_family_name']!.value);
    const line = (await page(ward, filed.id)).timeline.find(({ type }) => type === 'changedInKintone');
    expect(JSON.stringify(line)).toMatch(/削除されたため.*佐藤 区子/);
  });

  it('a contact record is told of too: which one, by whom, before and after; and is put back where that is decided', async () => {
    const filed = await system.file();
    await carried(filed.id);
    const note = await act(operator, filed.id, { type: 'addNote', note: '電話は午後がよい' });
    expect(note.statusCode, note.body).toBe(200);
    await carried(filed.id);
    await poll.once();
    const contacts = system.appIds['contacts']!;
    const query = `receipt_number = "${filed.receiptNumber}"`;
    const own = async () =>
      (await system.kintone.as().record.getRecords({ app: contacts, query })).records[0]!;
    const id = (await own())['$id']!.value as string;
    await clerk().updateRecord({ app: contacts, id, record: { content: { value: '午前がよい' } } });
    await poll.once();
    const seen = await page(operator, filed.id);
    expect(seen.kintoneChanges).toMatchObject([
      {
        kind: 'record',
        record: { app: 'contacts', title: 'メモ' },
        who: '佐藤 区子',
        restorable: true,
        fields: [{ code: 'content', before: '電話は午後がよい', after: '午前がよい' }],
      },
    ]);
    const line = seen.timeline.find(({ type }) => type === 'changedInKintone');
    expect(line?.title.ja).toBe('kintone で対応記録が変更されました（1 項目）');
    expect(JSON.stringify(line)).toMatch(/対応記録「メモ」.*佐藤 区子/);
    // No review waits for it.
    const review = await act(operator, filed.id, { type: 'completeFirstReview', findings: [] });
    expect(review.json()).not.toMatchObject({ code: 'changedInKintone' });
    const changeId = seen.kintoneChanges[0]!.id;
    await act(operator, filed.id, { type: 'settleKintoneChange', changeId, choice: 'restore' });
    await carried(filed.id);
    expect((await own())['content']!.value).toBe('電話は午後がよい');
    await poll.once();
    expect((await page(operator, filed.id)).kintoneChanges).toEqual([]);
  });

  it('npm run kintone -- reconcile prints what differs without saying what families wrote, and mends it', async () => {
    const filed = await system.file();
    await carried(filed.id);
    await poll.once();
    const before = await recordOf(filed);
    const recordId = before['$id']!.value as string;
    const say = (lines: string[]) => (line: string) => void lines.push(line);
    const quiet: string[] = [];
    expect(await reconcile(deps, { mend: false, say: say(quiet) })).toBe(0);
    expect(quiet).toEqual(['申請と kintone に違いはありません。']);
    const facilities = system.appIds['facilities']!;
    const [hall] = (await system.kintone.as().record.getRecords({ app: facilities })).records;
    await clerk().deleteRecords({ app: facilities, ids: [hall!['$id']!.value as string] });
    const places: string[] = [];
    expect(await reconcile(deps, { mend: false, say: say(places) })).toBe(1);
    expect(places[0]).toBe(`施設「${hall!['name']!.value as string}」: レコードがありません`);
    expect(await reconcile(deps, { mend: true, say: say([]) })).toBe(0);
    expect(await reconcile(deps, { mend: false, say: say([]) })).toBe(0);
    const stage = before['stage']!.value;
    await clerk().updateRecord({ app, id: recordId, record: { stage: { value: '承認' } } });
    const seen: string[] = [];
    expect(await reconcile(deps, { mend: false, say: say(seen) })).toBe(1);
    expect(seen[0]).toBe(
      `${filed.receiptNumber}: システムの項目が変更されています（状態、操作した人: 佐藤 区子）`,
    );
    expect((await recordOf(filed))['stage']!.value).toBe('承認');
    const mended: string[] = [];
    expect(await reconcile(deps, { mend: true, say: say(mended) })).toBe(0);
    expect(mended.join('\n')).toMatch(/元に戻します[^]*1 件を申請に伝えました/);
    await carried(filed.id);
    expect((await recordOf(filed))['stage']!.value).toBe(stage);
    await clerk().updateRecord({ app, id: recordId, record: { child_given_name: { value: 'ひみつの名' } } });
    const told: string[] = [];
    await reconcile(deps, { mend: true, say: say(told) });
    expect(told.join('\n')).toMatch(/確認する人に回しました/);
    expect(told.join('\n')).not.toMatch(/ひみつ/);
    expect((await page(operator, filed.id)).kintoneChanges).toHaveLength(1);
    // While the question itself is on its way to kintone nothing can be said of the record.
    await carried(filed.id);
    const waiting: string[] = [];
    expect(await reconcile(deps, { mend: false, say: say(waiting) })).toBe(1);
    expect(waiting.join('\n')).toMatch(/→ 申請に伝えてあります[^]*うち 1 件は申請に伝え済み）。$/);
  });
});
