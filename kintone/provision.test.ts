import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestKintone, type TestKintone } from '../testing/kintone.ts';
import { APPS } from './apps/index.ts';
import { applicationApp, fieldsOfApp } from './apps/model.ts';
import { provision, ProvisionError, type AppIds } from './provision.ts';

let kintone: TestKintone;
let ids: AppIds;
beforeAll(async () => {
  kintone = await startTestKintone();
  ids = await provision(kintone.as());
});
afterAll(() => kintone.close());

describe('provision', () => {
  it('makes every app with its fields, layout and views, live', async () => {
    for (const app of APPS) {
      const { properties } = await kintone.as().app.getFormFields({ app: ids[app.key]! });
      for (const field of fieldsOfApp(app)) {
        expect(properties[field.code]).toMatchObject({ type: field.type, label: field.label });
      }
      const { views } = await kintone.as().app.getViews({ app: ids[app.key]! });
      expect(Object.keys(views)).toEqual(expect.arrayContaining(app.views.map((view) => view.name)));
      const { layout } = await kintone.as().app.getFormLayout({ app: ids[app.key]! });
      expect(JSON.stringify(layout)).toContain(app.recordKey);
    }
  });

  it('finds the apps again and changes nothing', async () => {
    const said: string[] = [];
    expect(await provision(kintone.as(), { say: (line) => said.push(line) })).toEqual(ids);
    expect(said.filter((line) => !line.includes('変更はありません'))).toEqual([]);
  });

  it('puts back what was changed by hand, and keeps what people added', async () => {
    const { app } = kintone.as();
    const id = ids.contacts;
    await app.updateFormFields({
      app: id,
      properties: {
        content: { type: 'MULTI_LINE_TEXT', code: 'content', label: 'なかみ' },
        kind: {
          type: 'DROP_DOWN',
          code: 'kind',
          options: { 対応記録: { label: '対応記録', index: '0' }, 独自: { label: '独自', index: '1' } },
        },
      } as never,
    });
    await app.addFormFields({
      app: id,
      properties: { ours: { type: 'SINGLE_LINE_TEXT', code: 'ours', label: '区の項目' } } as never,
    });
    await provision(kintone.as());
    const { properties } = await app.getFormFields({ app: id });
    expect(properties['content']).toMatchObject({ label: '内容' });
    expect(Object.keys((properties['kind'] as { options: object }).options)).toEqual(
      expect.arrayContaining(['対応記録', '独自', '区への照会']),
    );
    expect(JSON.stringify(await app.getFormLayout({ app: id }))).toContain('"ours"');
  });

  it('shows beneath a record what belongs to it, and puts a changed list back', async () => {
    const { app } = kintone.as();
    const admission = applicationApp('admission');
    const id = ids[admission]!;
    const listsOf = async (of: string) => {
      const { properties } = await app.getFormFields({ app: of, preview: true });
      return Object.values(properties).flatMap((field) =>
        field.type === 'REFERENCE_TABLE' ? [[field.code, field.referenceTable.relatedApp.app]] : [],
      );
    };
    const wanted = APPS.find(({ key }) => key === admission)!.related!;
    expect(await listsOf(id)).toEqual(wanted.map(({ code, app: key }) => [code, ids[key]]));
    expect(await listsOf(ids.enrolments)).toEqual([['related_applications', ids.ledger]]);
    const { layout } = await app.getFormLayout({ app: id });
    expect(layout.slice(-wanted.length).map((row) => row.type === 'ROW' && row.fields[0])).toMatchObject(
      wanted.map(({ code }) => ({ type: 'REFERENCE_TABLE', code })),
    );
    const reviews = {
      type: 'REFERENCE_TABLE',
      code: 'related_reviews',
      referenceTable: {
        relatedApp: { app: ids.contacts },
        condition: { field: 'receipt_number', relatedField: 'receipt_number' },
        filterCond: '',
        displayFields: ['author'],
        sort: 'at desc',
        size: '5',
      },
    };
    await app.updateFormFields({ app: id, properties: { related_reviews: reviews } as never });
    const said: string[] = [];
    await provision(kintone.as(), { say: (line) => said.push(line) });
    expect(said.filter((line) => !line.includes('変更はありません'))).toEqual([
      `学童クラブ 入会申請（アプリ ${id}）: 1 件の変更`,
    ]);
    expect(await listsOf(id)).toEqual(wanted.map(({ code, app: key }) => [code, ids[key]]));
  });

  it('refuses a field of another type, and a name that is there twice', async () => {
    const { app } = kintone.as();
    const { app: twin } = await app.addApp({ name: APPS[0]!.name });
    await app.deployApp({ apps: [{ app: twin }] });
    await kintone.server.settle();
    await expect(provision(kintone.as())).rejects.toThrow(/複数あります/);
    await app.addFormFields({
      app: twin,
      properties: { stage: { type: 'NUMBER', code: 'stage', label: 'x' } } as never,
    });
    const given = { appIds: { ...ids, [APPS[0]!.key]: twin } };
    await expect(provision(kintone.as(), given)).rejects.toThrow(ProvisionError);
  });
});
