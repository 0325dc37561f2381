import { strToU8, zipSync } from 'fflate';

/** A cell of a made-up workbook: text, a number, or a number shown as a day or a time. */
export type TestCell = string | number | { day: string } | { time: string };

/** Cells by their names (`B3`); `merge` are ranges (`B3:F3`). */
export interface TestSheet {
  name: string;
  cells: Readonly<Record<string, TestCell>>;
  merge?: readonly string[];
  /** Check boxes (form controls) over cells, with what is written on them. */
  boxes?: Readonly<Record<string, { ticked: boolean; caption?: string }>>;
}

const escape = (text: string) =>
  text.replace(
    /[&<>"]/gu,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  );

function columnOf(name: string): number {
  return Array.from(name.replace(/\d/gu, '')).reduce(
    (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
    0,
  );
}

function cellXml(name: string, cell: TestCell): string {
  if (typeof cell === 'string') {
    return `<c r="${name}" t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>`;
  }
  if (typeof cell === 'number') return `<c r="${name}"><v>${String(cell)}</v></c>`;
  if ('day' in cell) {
    const serial = Date.parse(`${cell.day}T00:00:00Z`) / 86_400_000 + 25_569;
    return `<c r="${name}" s="1"><v>${String(serial)}</v></c>`;
  }
  const [hours = 0, minutes = 0] = cell.time.split(':').map(Number);
  return `<c r="${name}" s="2"><v>${String((hours * 60 + minutes) / 1440)}</v></c>`;
}

function sheetXml({ cells, merge = [], boxes }: TestSheet, ways: TestBoxes): string {
  const rows = new Map<number, [string, TestCell][]>();
  for (const [name, cell] of Object.entries(cells)) {
    const row = Number(name.replace(/\D/gu, ''));
    rows.set(row, [...(rows.get(row) ?? []), [name, cell]]);
  }
  const body = [...rows]
    .sort(([a], [b]) => a - b)
    .map(([row, list]) => {
      const sorted = list.sort(([a], [b]) => columnOf(a) - columnOf(b));
      return `<row r="${String(row)}">${sorted.map(([name, cell]) => cellXml(name, cell)).join('')}</row>`;
    })
    .join('');
  const merged =
    merge.length === 0
      ? ''
      : `<mergeCells count="${String(merge.length)}">${merge.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${body}</sheetData>${merged}${controlsXml(boxes, ways)}</worksheet>`;
}

/** How check boxes are written: as Excel does (both), or as programs do that know the older drawing only. */
export type TestBoxes = 'both' | 'drawing';

const placeOf = (name: string) => ({ column: columnOf(name) - 1, row: Number(name.replace(/\D/gu, '')) - 1 });

function controlsXml(boxes: TestSheet['boxes'], ways: TestBoxes): string {
  if (!boxes) return '';
  const drawing = '<legacyDrawing xmlns:r="urn:r" r:id="rIdVml"/>';
  if (ways === 'drawing') return drawing;
  const controls = Object.keys(boxes).map((name, index) => {
    const { row, column } = placeOf(name);
    const corner = (by: number) =>
      `<xdr:col>${String(column + by)}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${String(row + by)}</xdr:row><xdr:rowOff>0</xdr:rowOff>`;
    const control = `<control shapeId="${String(1025 + index)}" r:id="rIdBox${String(index)}" name="Check Box ${String(index)}"><controlPr defaultSize="0" autoFill="0"><anchor moveWithCells="1"><from>${corner(0)}</from><to>${corner(1)}</to></anchor></controlPr></control>`;
    return `<mc:AlternateContent><mc:Choice Requires="x14">${control}</mc:Choice></mc:AlternateContent>`;
  });
  return `${drawing}<mc:AlternateContent><mc:Choice Requires="x14"><controls>${controls.join('')}</controls></mc:Choice></mc:AlternateContent>`;
}

function boxParts(number: string, boxes: TestSheet['boxes'], ways: TestBoxes): Record<string, string> {
  if (!boxes) return {};
  const list = Object.entries(boxes);
  const shapes = list.map(([name, { ticked, caption = '' }], index) => {
    const { row, column } = placeOf(name);
    return `<v:shape id="_x0000_s${String(1025 + index)}" type="#_x0000_t201"><v:textbox style="mso-direction-alt:auto"><div><font size="160">${escape(caption)}</font></div></v:textbox><x:ClientData ObjectType="Checkbox"><x:SizeWithCells/><x:Anchor>${[column, 3, row, 2, column + 1, 3, row + 1, 2].join(', ')}</x:Anchor>${ticked ? '<x:Checked>1</x:Checked>' : ''}<x:NoThreeD/></x:ClientData></v:shape>`;
  });
  const relations = [
    `<Relationship Id="rIdVml" Type="${RELS}/vmlDrawing" Target="../drawings/vmlDrawing${number}.vml"/>`,
    ...list.map(
      (_, index) =>
        `<Relationship Id="rIdBox${String(index)}" Type="${RELS}/ctrlProp" Target="../ctrlProps/ctrlProp${number}_${String(index)}.xml"/>`,
    ),
  ];
  const properties = list.map(([, { ticked }], index) => [
    `xl/ctrlProps/ctrlProp${number}_${String(index)}.xml`,
    `<?xml version="1.0"?><formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="CheckBox"${ticked ? ' checked="Checked"' : ''} lockText="1" noThreeD="1"/>`,
  ]);
  return {
    [`xl/drawings/vmlDrawing${number}.vml`]: `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">${shapes.join('')}</xml>`,
    [`xl/worksheets/_rels/sheet${number}.xml.rels`]: `<?xml version="1.0"?><Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`,
    ...(ways === 'drawing' ? {} : (Object.fromEntries(properties) as Record<string, string>)),
  };
}

const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** An .xlsx file as Excel writes it, as small as it can be. `parts` adds or replaces files in it, `main` its kind. */
export function testWorkbook(
  sheets: readonly TestSheet[],
  {
    parts = {},
    main = MAIN,
    boxes = 'both',
  }: { parts?: Readonly<Record<string, string | Uint8Array>>; main?: string; boxes?: TestBoxes } = {},
): Buffer {
  const files: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${main}"/></Types>`,
    '_rels/.rels': `<?xml version="1.0"?><Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELS}"><sheets>${sheets.map((sheet, index) => `<sheet name="${escape(sheet.name)}" sheetId="${String(index + 1)}" r:id="rId${String(index + 1)}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<?xml version="1.0"?><Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, index) => `<Relationship Id="rId${String(index + 1)}" Type="${RELS}/worksheet" Target="worksheets/sheet${String(index + 1)}.xml"/>`).join('')}<Relationship Id="rId99" Type="${RELS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml':
      '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="20" applyNumberFormat="1"/></cellXfs></styleSheet>',
    ...Object.fromEntries(
      sheets.map((sheet, index) => [`xl/worksheets/sheet${String(index + 1)}.xml`, sheetXml(sheet, boxes)]),
    ),
    ...Object.assign({}, ...sheets.map((sheet, index) => boxParts(String(index + 1), sheet.boxes, boxes))),
    ...parts,
  };
  const bytes = Object.entries(files).map(([name, data]) => [
    name,
    typeof data === 'string' ? strToU8(data) : data,
  ]);
  return Buffer.from(zipSync(Object.fromEntries(bytes) as Record<string, Uint8Array>));
}

/** The national form (様式第1号): ruled in narrow columns, times and dates over several cells, boxes to tick. */
export const NATIONAL_FORM: TestSheet = {
  name: '就労証明書',
  merge: ['B2:AA2', 'D8:Z8', 'C9:C10'],
  cells: {
    B2: '就労証明書',
    Q3: '証明日',
    U3: '西暦',
    V3: 2026,
    W3: '年',
    X3: 11,
    Y3: '月',
    Z3: 2,
    AA3: '日',
    Q4: '事業所名',
    U4: '見本商事株式会社',
    Q5: '代表者名',
    U5: '代表取締役　見本　次郎',
    Q6: '所在地',
    U6: '東京都世田谷区世田谷0-00-0',
    Q7: '電話番号',
    U7: '03',
    V7: '―',
    W7: '0000',
    X7: '―',
    Y7: '0001',
    Q8: '担当者名',
    U8: '総務部　例子',
    B10: 'No.',
    C10: '項目',
    G10: '記載欄',
    B11: 1,
    C11: '業種',
    G11: '□',
    H11: '農業・林業',
    K11: '☑',
    L11: '卸売業・小売業',
    B12: 2,
    C12: 'フリガナ',
    G12: 'ミホン　ハナコ',
    C13: '本人氏名',
    G13: '髙橋　花子',
    P13: '生年月日',
    S13: '西暦',
    T13: 1988,
    U13: '年',
    V13: 5,
    W13: '月',
    X13: 6,
    Y13: '日',
    B14: 3,
    C14: '雇用(予定)期間等',
    G14: '☑',
    H14: '無期',
    I14: '□',
    J14: '有期',
    K14: '期間',
    L14: 2019,
    M14: '年',
    N14: 4,
    O14: '月',
    P14: 1,
    Q14: '日',
    R14: '～',
    B15: 4,
    C15: '本人就労先事業所',
    G15: '名称',
    H15: '見本商事　世田谷店',
    G16: '住所',
    H16: '東京都世田谷区',
    B17: 5,
    C17: '雇用の形態',
    G17: '☑',
    H17: '正社員',
    I17: '□',
    J17: 'パート・アルバイト',
    B18: 6,
    C18: '就労時間\n（固定就労の場合）',
    G18: '☑',
    H18: '月',
    I18: '☑',
    J18: '火',
    K18: '☑',
    L18: '水',
    M18: '☑',
    N18: '木',
    O18: '□',
    P18: '金',
    Q18: '□',
    R18: '土',
    S18: '□',
    T18: '日',
    U18: '□',
    V18: '祝日',
    G19: '合計時間',
    I19: '月間',
    J19: 120,
    K19: '時間',
    L19: 0,
    M19: '分',
    N19: '（うち休憩時間',
    O19: 960,
    P19: '分）',
    G20: '合計時間',
    I20: '週間',
    J20: 34,
    K20: '時間',
    L20: 0,
    M20: '分',
    N20: '（うち休憩時間',
    O20: 240,
    P20: '分）',
    G21: '平日',
    I21: 9,
    J21: '時',
    K21: '00',
    L21: '分',
    M21: '～',
    N21: 17,
    O21: '時',
    P21: 30,
    Q21: '分',
    R21: '（うち休憩時間',
    S21: 60,
    T21: '分）',
    G22: '土曜',
    I22: 10,
    J22: '時',
    K22: '00',
    L22: '分',
    M22: '～',
    N22: 12,
    O22: '時',
    P22: '00',
    Q22: '分',
    B23: 7,
    C23: '就労実績',
    G23: '2026年8月',
    K23: 18,
    L23: '日／月',
    M23: 135,
    N23: '時間／月',
    B24: 8,
    C24: '産前・産後休業の取得',
    G24: '□',
    H24: '取得予定',
    I24: '□',
    J24: '取得中',
    K24: '□',
    L24: '取得済み',
    B25: 9,
    C25: '育児休業の取得',
    G25: '□',
    H25: '取得予定',
    I25: '□',
    J25: '取得中',
    K25: '☑',
    L25: '取得済み',
    M25: '期間',
    N25: '2021年4月1日',
    O25: '～',
    P25: '2022年3月31日',
    B26: 18,
    C26: '備考',
    G26: '特になし',
    B27: 19,
    C27: '保護者記載欄',
    G27: '児童名',
    H27: '髙橋　一郎',
    K27: '生年月日',
    L27: '2020年6月15日',
  },
};

/** The same form with check boxes where others have signs in the cells: days, and the leave that was taken. */
export const FORM_WITH_BOXES: TestSheet = {
  ...NATIONAL_FORM,
  cells: Object.fromEntries(
    Object.entries(NATIONAL_FORM.cells).filter(
      ([name, cell]) => cell !== '☑' && cell !== '□' && name !== 'L18',
    ),
  ),
  boxes: {
    G18: { ticked: true },
    I18: { ticked: true },
    // Written on the box itself; there is nothing in the cells.
    K18: { ticked: true, caption: '水' },
    // Over the very cell that says what it is.
    N18: { ticked: false },
    P18: { ticked: true },
    R18: { ticked: false },
    T18: { ticked: false },
    V18: { ticked: false },
    H25: { ticked: false },
    J25: { ticked: false },
    L25: { ticked: true },
  },
};

/** A town's copy: other numbering, times in one cell each as spreadsheets keep them, dates as days, shifts. */
export const CITY_FORM: TestSheet = {
  name: '様式',
  cells: {
    A1: '就労（予定）証明書',
    A3: '証明年月日：令和8年11月5日',
    A5: '1 事業所名',
    D5: '株式会社　例',
    G5: '電話番号',
    I5: '090-0000-0002',
    A6: '2 氏名',
    D6: '見本 一郎',
    G6: '生年月日',
    I6: { day: '1985-01-08' },
    A7: '3 雇用期間',
    D7: { day: '2027-04-01' },
    E7: '～',
    A10: '10 勤務時間（変則就労の場合）',
    D10: '合計時間 ☑月間 □週間',
    F10: '130時間00分',
    G10: '（うち休憩時間 20時間00分）',
    D11: '就労日数 ☑月間 □週間',
    F11: '20日',
    D12: '主な就労時間帯・シフト時間帯',
    F12: { time: '10:00' },
    G12: '～',
    H12: { time: '19:00' },
    I12: '（休憩 60分）',
    A13: '11 就労実績',
    D13: '2026年10月 20日',
  },
};

/** An older form: values below their names, everything about hours in one line. */
export const OLD_FORM: TestSheet = {
  name: 'Sheet1',
  cells: {
    B2: '勤務証明書',
    B4: '勤務先名称',
    F4: '電話',
    B5: '例示工業（株）',
    F5: '０３（００００）０００３',
    B7: '氏　名',
    F7: '証明日',
    B8: '山﨑　健',
    F8: '2026/11/10',
    B10: '勤務時間',
    C10: '平日 8:30～16:15（休憩45分） 週間就労日数 5日 週間 35時間（うち休憩 225分）',
  },
};
