import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestKintone } from '../../../testing/kintone.ts';
import { startTestKintone } from '../../../testing/kintone.ts';

let kintone: TestKintone;

beforeAll(async () => {
  kintone = await startTestKintone({
    users: [
      { code: 'mine', name: '児童館1', password: 'mine-password' },
      { code: 'other', name: '児童館2', password: 'other-password' },
    ],
    apps: [
      {
        name: '申請',
        fields: {
          child: { type: 'SINGLE_LINE_TEXT', code: 'child', label: '児童名' },
          hall: { type: 'USER_SELECT', code: 'hall', label: '児童館' },
          secret: { type: 'SINGLE_LINE_TEXT', code: 'secret', label: '区の覚え' },
          lines: {
            type: 'SUBTABLE',
            code: 'lines',
            label: '保護者',
            fields: { guardian: { type: 'SINGLE_LINE_TEXT', code: 'guardian', label: '氏名' } },
          },
        },
        views: {
          受付: {
            type: 'LIST',
            index: 0,
            name: '受付',
            fields: ['child', 'lines'],
            filterCond: 'child != ""',
          },
        },
        recordAcl: [
          {
            entities: [
              { entity: { type: 'FIELD_ENTITY', code: 'hall' }, viewable: true, deletable: true },
              { entity: { type: 'USER', code: 'admin' }, viewable: true, editable: true },
            ],
          },
        ],
        fieldAcl: [
          {
            code: 'secret',
            entities: [{ entity: { type: 'USER', code: 'admin' }, accessibility: 'WRITE' }],
          },
        ],
        records: [{ child: { value: '<b>はなこ</b>' }, hall: { value: [{ code: 'mine' }] } }],
      },
    ],
  });
});
afterAll(() => kintone.close());

async function signIn(user: string): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const { url } = kintone.server;
  const login = await fetch(`${url}/login`, {
    method: 'POST',
    body: new URLSearchParams({ user, password: `${user}-password`, next: '//elsewhere.example' }),
    redirect: 'manual',
  });
  expect([login.status, login.headers.get('location')]).toEqual([303, '/k/']);
  const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
  return (path, init = {}) => fetch(`${url}${path}`, { redirect: 'manual', ...init, headers: { cookie } });
}

it('shows apps, lists and records to whom the permissions show them, and says that it is a stand-in', async () => {
  const anonymous = await fetch(`${kintone.server.url}/k/1/`, { redirect: 'manual' });
  expect(anonymous.headers.get('location')).toBe('/login?next=%2Fk%2F1%2F');
  const mine = await signIn('mine');
  expect(await (await mine('/k/')).text()).toContain('本物のkintoneではありません');
  const list = await (await mine('/k/1/')).text();
  expect(list).toContain('1–1 / 1件');
  expect(list).toContain('&lt;b&gt;はなこ&lt;/b&gt;');
  expect(list).not.toContain('<b>はなこ');
  const record = await (await mine('/k/1/show?record=1&revision=1')).text();
  expect(record).toContain('変更履歴 1 の内容です');

  const other = await signIn('other');
  expect(await (await other('/k/1/')).text()).toContain('レコードはありません。');
  const refused = await other('/k/1/show?record=1');
  expect(refused.status).toBe(403);
  expect(await refused.text()).not.toContain('はなこ');
});

it('tells what each revision changed, as far as the reader may see it', async () => {
  const change = {
    child: { value: 'はなこ' },
    secret: { value: '内緒' },
    lines: { value: [{ value: { guardian: { value: 'はは' } } }] },
  };
  await kintone.as().record.updateRecord({ app: 1, id: 1, record: change });
  const mine = await signIn('mine');
  const record = await (await mine('/k/1/show?record=1')).text();
  expect(record).toContain('児童名、保護者</td>');
  expect(record).not.toMatch(/区の覚え|内緒/);
  const before = await (await mine('/k/1/show?record=1&revision=2')).text();
  expect(before).toMatch(/<dd class="changed">\s*<span class="pre">はなこ/);
  const admin = await signIn('admin');
  expect(await (await admin('/k/1/show?record=1')).text()).toContain('児童名、区の覚え、保護者</td>');
  const [view] = /view=\d+/.exec(await (await mine('/k/1/')).text()) ?? [];
  expect(await (await mine(`/k/1/?${view ?? ''}`)).text()).toContain('1行');
});

it('lists related records beneath a record, as far as the reader may see them in the other app', async () => {
  const { app, record } = kintone.as();
  const { app: id } = await app.addApp({ name: '面談' });
  const properties = {
    name: { type: 'SINGLE_LINE_TEXT', code: 'name', label: '名前' },
    filed: {
      type: 'REFERENCE_TABLE',
      code: 'filed',
      label: 'この子の申請',
      referenceTable: {
        relatedApp: { app: '1' },
        condition: { field: 'name', relatedField: 'child' },
        filterCond: 'child != "除外"',
        displayFields: ['child', 'secret'],
        sort: '$id desc',
        size: '5',
      },
    },
  };
  await app.addFormFields({ app: id, properties: properties as never });
  await app.deployApp({ apps: [{ app: id }] });
  await kintone.server.settle();
  for (const name of ['はなこ', '"\\', ''])
    await record.addRecord({ app: id, record: { name: { value: name } } });
  const shown = async (user: string, of: number) =>
    (await (await signIn(user))(`/k/${id}/show?record=${of}`)).text();
  const mine = await shown('mine', 1);
  expect(mine).toMatch(
    /<h2>この子の申請<\/h2>[^]*href="\/k\/1\/show\?record=1"[^]*はなこ[^]*申請<\/a>（1件）/,
  );
  expect(mine).not.toMatch(/区の覚え|内緒/);
  expect(await shown('admin', 1)).toMatch(/区の覚え[^]*内緒/);
  expect(await shown('other', 1)).toContain('関連するレコードはありません。');
  expect(await shown('mine', 2)).toContain('関連するレコードはありません。');
  expect(await shown('mine', 3)).toContain('関連するレコードはありません。');
  const { rights } = await app.getAppAcl({ app: 1 });
  const closed = [{ entity: { type: 'USER', code: 'admin' }, recordViewable: true }];
  await app.updateAppAcl({ app: 1, rights: closed as never });
  await app.deployApp({ apps: [{ app: 1 }] });
  await kintone.server.settle();
  expect(await shown('mine', 1)).toContain('参照先のアプリを見る権限がありません。');
  await app.updateAppAcl({ app: 1, rights });
  await app.deployApp({ apps: [{ app: 1 }] });
  await kintone.server.settle();
});

it('deletes a record only with the form of the page', async () => {
  const mine = await signIn('mine');
  const remove = (token: string) =>
    mine('/k/1/delete', { method: 'POST', body: new URLSearchParams({ record: '1', token }) });
  expect((await remove('guessed')).status).toBe(403);
  const token =
    /name="token" value="([^"]+)"/.exec(await (await mine('/k/1/show?record=1')).text())?.[1] ?? '';
  expect((await remove(token)).status).toBe(303);
  expect((await mine('/k/1/show?record=1')).status).toBe(404);
});
