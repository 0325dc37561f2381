/**
 * kintone's own description of its API, held against the stand-in: every call of it that the stand-in has is made once by kintone's
 * own client, and what goes over the wire is as described, with ids as strings.
 */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describedCalls, problemsOf } from '../../testing/kintone-openapi/validate.ts';
import { startRecorder, type Recorder } from '../../testing/kintone-recorder.ts';
import { admin, deploy, startTestKintone, type TestKintone } from '../../testing/kintone.ts';
import { ENDPOINTS } from './api/index.ts';

let kintone: TestKintone;
let recorder: Recorder;
let client: KintoneRestAPIClient;

beforeAll(async () => {
  kintone = await startTestKintone({
    groups: [{ code: 'reviewers', name: '審査' }],
    organizations: [{ code: 'hall', name: '児童館' }],
    spaces: [{ id: 1, name: '学童', members: ['admin'] }],
  });
  recorder = await startRecorder(kintone.server.url);
  client = new KintoneRestAPIClient({ baseUrl: recorder.url, auth: admin });
});
afterAll(async () => {
  await recorder.close();
  await kintone.close();
});

const field = (type: string, code: string, more = {}) => ({ [code]: { type, code, label: code, ...more } });
const options = { 甲: { label: '甲', index: '0' }, 乙: { label: '乙', index: '1' } };
const everyField = {
  ...field('SINGLE_LINE_TEXT', 'key', { unique: true }),
  ...field('MULTI_LINE_TEXT', 'memo'),
  ...field('RICH_TEXT', 'rich'),
  ...field('NUMBER', 'number', { minValue: '0', unit: '円', unitPosition: 'AFTER' }),
  ...field('CALC', 'calc', { expression: 'number * 2' }),
  ...field('RADIO_BUTTON', 'radio', { options }),
  ...field('CHECK_BOX', 'check', { options }),
  ...field('MULTI_SELECT', 'multi', { options }),
  ...field('DROP_DOWN', 'drop', { options }),
  ...field('DATE', 'date', { defaultNowValue: true }),
  ...field('TIME', 'time'),
  ...field('DATETIME', 'datetime'),
  ...field('LINK', 'link', { protocol: 'MAIL' }),
  ...field('FILE', 'file'),
  ...field('USER_SELECT', 'user'),
  ...field('ORGANIZATION_SELECT', 'organization'),
  ...field('GROUP_SELECT', 'group'),
  ...field('GROUP', 'box'),
  ...field('SUBTABLE', 'table', { fields: field('SINGLE_LINE_TEXT', 'cell') }),
};
const everyValue = {
  key: { value: 'k' },
  memo: { value: 'a\nb' },
  rich: { value: '<b>a</b>' },
  number: { value: '1.5' },
  check: { value: ['甲'] },
  multi: { value: ['乙'] },
  drop: { value: '甲' },
  time: { value: '09:00' },
  datetime: { value: '2026-04-01T00:00:00Z' },
  link: { value: 'a@example.com' },
  user: { value: [{ code: 'admin' }] },
  organization: { value: [{ code: 'hall' }] },
  group: { value: [{ code: 'reviewers' }] },
  table: { value: [{ value: { cell: { value: 'x' } } }] },
};

it('every call of kintone’s description that the stand-in has goes as described', async () => {
  const { app, revision } = await client.app.addApp({ name: '記述', space: '1' });
  await client.app.addFormFields({ app, revision, properties: everyField as never });
  await client.app.addFormFields({ app, properties: field('SINGLE_LINE_TEXT', 'gone') as never });
  await client.app.updateFormFields({
    app,
    properties: { memo: { type: 'MULTI_LINE_TEXT', label: '覚え' } } as never,
  });
  await client.app.deleteFormFields({ app, fields: ['gone'] });
  const { layout } = await client.app.getFormLayout({ app, preview: true });
  await client.app.updateFormLayout({ app, layout });
  await client.app.updateViews({
    app,
    views: {
      表: { type: 'LIST', index: 0, name: '表', fields: ['key'], filterCond: 'key != ""', sort: 'key asc' },
      暦: { type: 'CALENDAR', index: 1, name: '暦', date: 'date', title: 'key' },
      別: { type: 'CUSTOM', index: 2, name: '別', html: '<p></p>', pager: true, device: 'ANY' },
    },
  });
  await client.app.updateAppSettings({ app, description: '説明', theme: 'RED' });
  const one = { type: 'ONE' as const, entities: [] };
  await client.app.updateProcessManagement({
    app,
    enable: true,
    states: {
      受付: { name: '受付', index: 0, assignee: one },
      完了: { name: '完了', index: 1, assignee: one },
    },
    actions: [{ name: '終える', from: '受付', to: '完了', filterCond: '' }],
  });
  const creator = {
    entity: { type: 'CREATOR' as const },
    appEditable: true,
    recordViewable: true,
    recordAddable: true,
    recordEditable: true,
    recordDeletable: true,
    recordImportable: true,
    recordExportable: true,
  };
  const everyone = { entity: { type: 'GROUP' as const, code: 'everyone' } };
  await client.app.updateAppAcl({ app, rights: [creator, { ...everyone, recordViewable: true }] });
  await client.app.updateRecordAcl({
    app,
    rights: [
      { filterCond: '', entities: [{ ...everyone, viewable: true, editable: true, deletable: true }] },
    ],
  });
  await client.app.updateFieldAcl({
    app,
    rights: [{ code: 'memo', entities: [{ ...everyone, accessibility: 'WRITE' }] }],
  });
  await client.app.updateGeneralNotifications({ app, notifications: [], notifyToCommenter: true });
  await client.app.updatePerRecordNotifications({ app, notifications: [] });
  await client.app.updateReminderNotifications({ app, notifications: [], timezone: 'Asia/Tokyo' });
  await client.app.updateReports({ app, reports: {} });
  await client.app.updateAppActions({ app, actions: {} });
  await client.app.updateAdminNotes({ app, content: 'x', includeInTemplateAndDuplicates: false });
  await client.app.updateAppCustomize({ app, scope: 'ADMIN' });
  for (const preview of [true, false]) {
    await client.app.getFormFields({ app, preview });
    await client.app.getFormLayout({ app, preview });
    await client.app.getViews({ app, preview });
    await client.app.getAppSettings({ app, preview });
    await client.app.getProcessManagement({ app, preview });
    await client.app.getAppAcl({ app, preview });
    await client.app.getRecordAcl({ app, preview });
    await client.app.getFieldAcl({ app, preview });
    await client.app.getGeneralNotifications({ app, preview });
    await client.app.getPerRecordNotifications({ app, preview });
    await client.app.getReminderNotifications({ app, preview });
    await client.app.getReports({ app, preview });
    await client.app.getAppActions({ app, preview });
    await client.app.getAdminNotes({ app, preview });
    await client.app.getAppCustomize({ app, preview });
    await client.app.getPlugins({ app, preview });
    const path = `${recorder.url}/k/v1/${preview ? 'preview/' : ''}form.json?app=${app}`;
    const password = Buffer.from(`${admin.username}:${admin.password}`).toString('base64');
    expect((await fetch(path, { headers: { 'x-cybozu-authorization': password } })).status).toBe(200);
    if (preview) expect(await deploy(client, app)).toBe('SUCCESS');
  }
  await client.app.getApp({ id: app });
  await client.app.getApps({ ids: [app], limit: 10 });
  await client.space.getSpace({ id: 1 });
  await client.space.getSpaceMembers({ id: 1 });
  await client.plugin.getPlugins({});
  await client.plugin.getRequiredPlugins({});

  const { id } = await client.record.addRecord({ app, record: everyValue });
  const { fileKey } = await client.file.uploadFile({ file: { name: 'a.txt', data: 'a' } });
  await client.record.updateRecord({ app, id, record: { file: { value: [{ fileKey }] } } });
  await client.record.addRecords({ app, records: [{}, {}] });
  await client.record.updateRecords({
    app,
    upsert: true,
    records: [
      { updateKey: { field: 'key', value: 'k' }, record: { number: { value: '2' } } },
      { updateKey: { field: 'key', value: 'new' }, record: {} },
    ],
  });
  const { record } = await client.record.getRecord({ app, id });
  await client.file.downloadFile({ fileKey: (record['file']!.value as { fileKey: string }[])[0]!.fileKey });
  await client.record.getRecords({ app, query: 'order by $id asc', totalCount: true });
  const cursor = await client.record.createCursor({ app, size: 2 });
  await client.record.getRecordsByCursor({ id: cursor.id });
  await client.record.deleteCursor({ id: cursor.id });
  await client.record.addRecordComment({
    app,
    record: id,
    comment: { text: 'x', mentions: [{ code: 'admin', type: 'USER' }] },
  });
  await client.record.getRecordComments({ app, record: id });
  await client.record.deleteRecordComment({ app, record: id, comment: '1' });
  await client.app.evaluateRecordsAcl({ app, ids: [id] });
  await client.record.updateRecordAssignees({ app, id, assignees: ['admin'] });
  await client.record.updateRecordStatus({ app, id, action: '終える' });
  await client.record.updateRecordsStatus({ app, records: [{ id: '2', action: '終える' }] });
  await client.bulkRequest({
    requests: [{ method: 'POST', api: '/k/v1/record.json', payload: { app, record: {} } }],
  });
  await client.record.deleteRecords({ app, ids: ['2'] });
  // The client writes permissions as a preview only; without one they are live at once.
  for (const [name, rights] of [
    ['app', [creator]],
    ['record', []],
    ['field', []],
  ] as const) {
    const response = await fetch(`${recorder.url}/k/v1/${name}/acl.json`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        'x-cybozu-authorization': Buffer.from(`${admin.username}:${admin.password}`).toString('base64'),
      },
      body: JSON.stringify({ ...(name === 'app' ? { app } : { id: app }), rights }),
    });
    expect([name, response.status]).toEqual([name, 200]);
  }

  const problems = recorder.calls.flatMap((call) => [
    ...(call.status === 200 ? [] : [`${call.method} ${call.path}: ${String(call.status)}`]),
    // Spaces, plug-ins and customisation are left out of the description here.
    ...(problemsOf(call) ??
      (/space|plugin|customize/.test(call.path) ? [] : [`${call.method} ${call.path} is not described`])),
  ]);
  expect([...new Set(problems)]).toEqual([]);
  const made = new Set(recorder.calls.map(({ method, path }) => `${method} ${path}`));
  const known = new Set([...ENDPOINTS.keys(), 'GET file', 'POST file']);
  const left = describedCalls().filter(
    (call) => known.has(call.replace('/k/v1/', '').replace(/\.json$/u, '')) && !made.has(call),
  );
  expect(left).toEqual([]);
});
