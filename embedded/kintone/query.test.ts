import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestKintone } from '../../testing/kintone.ts';
import { deployApp, refusal, startTestKintone } from '../../testing/kintone.ts';

let kintone: TestKintone;
let app: string;

const options = (...labels: string[]) =>
  Object.fromEntries(labels.map((label, index) => [label, { label, index: String(index) }]));

beforeAll(async () => {
  // Noon on Wednesday, 11 November 2026 in Tokyo.
  kintone = await startTestKintone(
    { organizations: [{ code: 'hall', name: '児童館' }] },
    { clock: () => new Date('2026-11-11T03:00:00Z') },
  );
  app = await deployApp(kintone.as(), '検索', {
    name: { type: 'SINGLE_LINE_TEXT', code: 'name', label: '名' },
    数: { type: 'NUMBER', code: '数', label: '数' },
    memo: { type: 'MULTI_LINE_TEXT', code: 'memo', label: 'メモ' },
    kind: { type: 'DROP_DOWN', code: 'kind', label: '種', options: options('甲', '乙') },
    days: { type: 'CHECK_BOX', code: 'days', label: '曜日', options: options('月', '火') },
    day: { type: 'DATE', code: 'day', label: '日' },
    at: { type: 'DATETIME', code: 'at', label: '時' },
    time: { type: 'TIME', code: 'time', label: '刻' },
    staff: { type: 'USER_SELECT', code: 'staff', label: '担当' },
    papers: { type: 'FILE', code: 'papers', label: '書類' },
    lines: {
      type: 'SUBTABLE',
      code: 'lines',
      label: '表',
      fields: {
        item: { type: 'SINGLE_LINE_TEXT', code: 'item', label: '品' },
        price: { type: 'NUMBER', code: 'price', label: '値' },
      },
    },
  } as never);
  const value = (values: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(values).map(([code, each]) => [code, { value: each }]));
  const line = (item: string, price: string) => ({ value: value({ item, price }) });
  await kintone.as().record.addRecords({
    app,
    records: [
      value({
        name: 'A',
        数: '9',
        memo: 'gamma keyword',
        kind: '甲',
        days: ['月'],
        day: '2026-11-11',
        at: '2026-11-10T15:00:00Z',
        time: '09:00',
        staff: [{ code: 'admin' }],
        lines: [line('pen', '100'), line('ink', '900')],
      }),
      value({
        name: 'B"\\',
        数: '10',
        memo: '　 ',
        kind: '乙',
        days: ['月', '火'],
        day: '2026-10-31',
        at: '2026-11-11T15:00:00Z',
        time: '10:00',
        lines: [line('pen', '500')],
      }),
      value({ name: '', memo: '学童クラブの利用' }),
    ],
  });
});
afterAll(() => kintone.close());

/** The ids that a query finds, in its order. */
async function find(query: string): Promise<number[]> {
  const { records } = await kintone.as().record.getRecords({ app, query });
  return records.map((record) => Number(record['$id']!.value));
}

describe('queries find what kintone finds', () => {
  it.each<[string, number[]]>([
    ['', [3, 2, 1]],
    ['limit 2', [3, 2]],
    ['order by $id asc limit 1 offset 1', [2]],
    ['name = "A"', [1]],
    ['name = "B\\"\\\\"', [2]],
    ['name != "A"', [3, 2]],
    ['name in ("A", "")', [3, 1]],
    ['name not in ("A")', [3, 2]],
    ['name　=　"A"\n or $id = 3', [3, 1]],
    ['数 > 9', [2]],
    ['数 >= "9.0" order by 数 asc', [1, 2]],
    ['数 = ""', [3]],
    ['数 in (10, 11)', [2]],
    ['数 not in (10)', [3, 1]],
    ['数 != ""', [2, 1]],
    ['数 != 9', [3, 2]],
    ['order by 数 desc', [2, 1, 3]],
    ['order by 数', [3, 1, 2]],
    ['(name = "A" or 数 = 10) and kind in ("乙")', [2]],
    ['kind in ("")', [3]],
    ['kind not in ("甲")', [3, 2]],
    ['days in ("火")', [2]],
    ['days not in ("火")', [3, 1]],
    ['days in ("")', [3]],
    ['memo like "keyword"', [1]],
    ['memo like "key"', []],
    ['memo like "word"', []],
    ['memo not like "keyword"', [3, 2]],
    ['memo is not empty', [3, 1]],
    ['memo like "クラブ"', [3]],
    ['memo is empty', [2]],
    ['papers is empty', [3, 2, 1]],
    ['papers is not empty', []],
    ['papers not like "x"', [3, 2, 1]],
    ['day = TODAY()', [1]],
    ['day = LAST_MONTH(LAST)', [2]],
    ['day < THIS_MONTH()', [2]],
    ['day <= THIS_MONTH()', [2, 1]],
    ['day > LAST_MONTH()', [1]],
    ['day != THIS_MONTH()', [3, 2]],
    ['day != "2026-11-11"', [3, 2]],
    ['day = THIS_YEAR()', [2, 1]],
    ['day <= LAST_YEAR()', []],
    ['day > FROM_TODAY(-1, MONTHS) and day < FROM_TODAY(1, YEARS)', [2, 1]],
    ['day < FROM_TODAY(-1, MONTHS)', []],
    ['day = LAST_WEEK()', []],
    ['day = THIS_WEEK(WEDNESDAY)', [1]],
    ['day >= FROM_TODAY(-2, WEEKS)', [2, 1]],
    ['at = TODAY()', [1]],
    ['at > NOW()', [2]],
    ['at = "2026-11-11T00:00:00+0900"', [1]],
    ['at >= TOMORROW()', [2]],
    ['time < "09:30"', [1]],
    ['staff in (LOGINUSER())', [1]],
    ['staff not in ("admin")', [3, 2]],
    ['Created_by not in ("admin")', []],
    ['Record_number = "1" or Record_number in ("3")', [3, 1]],
    ['Created_by in ("admin") and Record_number > 1', [3, 2]],
    ['Created_datetime = TODAY() and Updated_datetime <= "2026-11-11T03:00:00Z"', [3, 2, 1]],
    ['item in ("pen") and price > 400', [2]],
    ['price > 400', [2, 1]],
    ['item not in ("ink")', [2]],
    ['price > 50 and item not in ("ink")', [2]],
    ['item in ("ink") or item in ("none")', [1]],
  ])('%s', async (query, expected) => {
    expect(await find(query)).toEqual(expected);
  });
});

describe('queries are refused as kintone refuses them', () => {
  it.each([
    ["name = 'A'", 'CB_VA01'],
    ['name = "a\tb"', 'CB_VA01'],
    ['name = ', 'CB_VA01'],
    ['name = "A" limit -1', 'CB_VA01'],
    ['name = "A" and', 'CB_VA01'],
    ['order name asc', 'CB_VA01'],
    ['limit "2"', 'CB_VA01'],
    ['(name = "A"', 'CB_VA01'],
    [`${'('.repeat(5000)}name = "A"${')'.repeat(5000)}`, 'CB_VA01'],
    ['name = "A" limit 1 order by name asc', 'CB_VA01'],
    ['day = NOW()', 'CB_VA01'],
    ['at = LOGINUSER()', 'CB_VA01'],
    ['数 = "many"', 'CB_VA01'],
    ['day = SOMEDAY()', 'CB_VA01'],
    ['limit 501', 'GAIA_QU01'],
    ['nothing = "A"', 'GAIA_IQ11'],
    ['kind = "甲"', 'GAIA_IQ03'],
    ['memo = "x"', 'GAIA_IQ03'],
    ['day in ("2026-11-11")', 'GAIA_IQ03'],
    ['kind in ("丙")', 'GAIA_IQ10'],
    ['item = "pen"', 'GAIA_IQ07'],
    ['lines.item in ("pen")', 'GAIA_IR02'],
    ['day = THIS_MONTH(32)', 'GAIA_IQ23'],
    ['day = LAST_MONTH(0.1)', 'CB_IL02'],
    ['day = FROM_TODAY(1, HOURS)', 'GAIA_IQ25'],
    ['day = FROM_TODAY(1)', 'GAIA_IL08'],
  ])('%s: %s', async (query, code) => {
    const error = await refusal(kintone.as().record.getRecords({ app, query }));
    expect([error.status, error.code]).toEqual([400, code]);
  });

  it('says in the user’s language what is not allowed', async () => {
    const response = await fetch(
      `${kintone.server.url}/k/v1/records.json?app=${app}&query=${encodeURIComponent('kind = "甲"')}`,
      {
        headers: {
          'x-cybozu-authorization': Buffer.from('admin:admin-password').toString('base64'),
          'accept-language': 'ja',
        },
      },
    );
    expect(await response.json()).toMatchObject({
      message: 'ドロップダウンフィールドのフィールドタイプには演算子=を使用できません。',
    });
  });
});
