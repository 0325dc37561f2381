import { setTimeout as delay } from 'node:timers/promises';
import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Seed } from '../embedded/kintone/seed.ts';

/** Who is at work in the bench of the stand-in for kintone: somebody who sees all, and one of 61 places. */
export const seed: Seed = {
  users: [
    { code: 'speed', name: 'speed', password: 'speed-password', isAdmin: true, groups: ['office'] },
    { code: 'place', name: 'place', password: 'speed-password', organizations: ['place7'] },
  ],
  groups: [{ code: 'office', name: '事務' }],
  organizations: Array.from({ length: 61 }, (_, i) => ({ code: `place${i + 1}`, name: `新BOP${i + 1}` })),
};

const places = Array.from({ length: 61 }, (_, i) => `新BOP${String(i + 1)}`);
const states = ['受付', '一次審査', '二次審査', '不備', '決定'];
const options = (labels: string[]) =>
  Object.fromEntries(labels.map((label, i) => [label, { label, index: String(i) }]));
const plain = Object.fromEntries(
  Array.from({ length: 34 }, (_, i) => {
    const code = `text${String(i)}`;
    return [code, { type: 'SINGLE_LINE_TEXT' as const, code, label: code }];
  }),
);

/** Makes the app of 40 fields, with record permissions for 61 places, unless it is there; gives back its id. */
export async function makeApp(client: KintoneRestAPIClient): Promise<string> {
  const known = (await client.app.getApps({ name: '速さ' })).apps[0];
  if (known) return known.appId;
  const { app } = await client.app.addApp({ name: '速さ' });
  await client.app.addFormFields({
    app,
    properties: {
      receipt: { type: 'SINGLE_LINE_TEXT', code: 'receipt', label: '受付番号', unique: true },
      place: { type: 'DROP_DOWN', code: 'place', label: '新BOP', options: options(places) },
      state: { type: 'DROP_DOWN', code: 'state', label: '状態', options: options(states) },
      day: { type: 'DATE', code: 'day', label: '受付日' },
      fee: { type: 'NUMBER', code: 'fee', label: '料金' },
      note: { type: 'MULTI_LINE_TEXT', code: 'note', label: '備考' },
      ...plain,
    },
  });
  await client.app.updateViews({
    app,
    views: {
      受付: { type: 'LIST', index: 0, name: '受付', filterCond: 'place in ("新BOP1")', sort: 'day asc' },
    },
  });
  await client.app.updateRecordAcl({
    app,
    rights: [
      ...places.map((place, i) => ({
        filterCond: `place in ("${place}")`,
        entities: [
          { entity: { type: 'GROUP' as const, code: 'office' }, viewable: true, editable: true },
          { entity: { type: 'ORGANIZATION' as const, code: `place${i + 1}` }, viewable: true },
        ],
      })),
      { entities: [{ entity: { type: 'GROUP' as const, code: 'office' }, viewable: true, editable: true }] },
    ],
  });
  await client.app.deployApp({ apps: [{ app }] });
  while ((await client.app.getDeployStatus({ apps: [app] })).apps[0]?.status === 'PROCESSING')
    await delay(20);
  return app;
}

/** The values of the record with this number, all but its receipt number. */
export const record = (i: number) => ({
  place: { value: places[i % 61] },
  state: { value: states[i % 5] },
  day: { value: `2026-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}` },
  fee: { value: String((i * 7919) % 10_000) },
  note: { value: `備考 ${String(i)}` },
  ...Object.fromEntries(Object.keys(plain).map((code) => [code, { value: `${code} の値 ${String(i)}` }])),
});

/** What people ask for, by name. */
export const queries = {
  'place and state, by day': 'place in ("新BOP7") and state in ("一次審査") order by day asc limit 100',
  'place, by fee (not in a view)': 'place in ("新BOP7") order by fee desc limit 100',
  'state only, by receipt': 'state in ("不備") order by receipt asc limit 100',
  'fee range, by day': 'fee > 9000 and fee < 9100 order by day desc limit 100',
  'updated, newest first': '更新日時 >= "2020-01-01T00:00:00Z" order by $id asc limit 100',
  'no condition, by day': 'order by day asc limit 100',
};
