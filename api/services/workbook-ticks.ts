import type { Sheet } from '../../domain/certificate-form/grid.ts';

/** A check box (form control) as it lies on a sheet; row and column from 0. */
export interface Tick {
  row: number;
  column: number;
  ticked: boolean;
  /** What is written on the box itself; often empty, the words then stand in the cells. */
  caption: string;
}

/** A form's parts are far smaller; in what is larger nobody looks for check boxes. */
export const BIGGEST_PART = 2 * 1024 * 1024;

/** The parts of a workbook that say where its check boxes lie and which are ticked. */
export function isPartOfTicks(name: string): boolean {
  return /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|worksheets\/(?:_rels\/)?[^/]+\.xml(?:\.rels)?|ctrlProps\/[^/]+\.xml|drawings\/vmlDrawing[^/]*\.vml)$/u.test(
    name,
  );
}

type Parts = ReadonlyMap<string, string>;

/** The check boxes of each sheet, by the sheet's name. */
export function ticksOf(parts: Parts): ReadonlyMap<string, readonly Tick[]> {
  const targets = relationsOf(parts, 'xl/workbook.xml');
  const found = new Map<string, readonly Tick[]>();
  for (const tag of tagsOf(parts.get('xl/workbook.xml') ?? '', 'sheet')) {
    const path = targets.get(attribute(tag, 'id'));
    if (path === undefined) continue;
    found.set(unescaped(attribute(tag, 'name')), ticksOfSheet(parts, path));
  }
  return found;
}

/** A sheet with its check boxes among its texts, as forms without controls have them: `☑月`, `□火`. */
export function withTicks(sheet: Sheet, ticks: readonly Tick[]): Sheet {
  if (ticks.length === 0) return sheet;
  const rows = sheet.rows.map((row) => [...row]);
  // From right to left, so that of several boxes over one cell the leftmost comes first in its text.
  for (const { row, column, ticked, caption } of ticks.toSorted((a, b) => b.column - a.column)) {
    while (rows.length <= row) rows.push([]);
    const cells = rows[row] ?? [];
    while (cells.length <= column) cells.push(null);
    const box = `${ticked ? '☑' : '□'}${caption}`;
    const before = cells[column] ?? '';
    cells[column] = before === '' ? box : `${box} ${before}`;
  }
  return { ...sheet, rows };
}

function ticksOfSheet(parts: Parts, path: string): readonly Tick[] {
  const xml = parts.get(path) ?? '';
  const relations = relationsOf(parts, path);
  const drawn = tagsOf(xml, 'legacyDrawing').flatMap((tag) => {
    const vml = parts.get(relations.get(attribute(tag, 'id')) ?? '');
    return vml === undefined ? [] : vmlTicks(vml);
  });
  const controls = controlTicks(parts, xml, relations);
  if (controls.length === 0) return drawn.map(({ shape: _shape, ...tick }) => tick);
  // The newer part says what is ticked, the older one what is written on the box.
  return controls.map(({ shape, ...tick }) => {
    const same = drawn.find((one) => one.shape === shape);
    return { ...tick, caption: same?.caption ?? '' };
  });
}

type Drawn = Tick & { shape: string };

/** Form controls as Excel writes them since 2010: the place in the sheet, the state in a part of its own. */
function controlTicks(parts: Parts, xml: string, relations: ReadonlyMap<string, string>): readonly Drawn[] {
  const found = new Map<string, Drawn>();
  for (const [, head = '', body = ''] of xml.matchAll(
    /<(?:\w{1,20}:)?control\s([^<>]{0,2000}[^/<>])>([\s\S]{0,4000}?)<\/(?:\w{1,20}:)?control>/gu,
  )) {
    const properties = parts.get(relations.get(attribute(head, 'id')) ?? '') ?? '';
    const [box] = tagsOf(properties, 'formControlPr');
    if (box === undefined || attribute(box, 'objectType') !== 'CheckBox') continue;
    const [, from = ''] = /<(?:\w{1,20}:)?from>([\s\S]{0,1000}?)<\/(?:\w{1,20}:)?from>/u.exec(body) ?? [];
    const place = placeOf(numberIn(from, 'row'), numberIn(from, 'col'));
    if (!place) continue;
    const shape = attribute(head, 'shapeId');
    found.set(shape, { ...place, ticked: attribute(box, 'checked') === 'Checked', caption: '', shape });
  }
  return [...found.values()];
}

/** Check boxes in the older drawing, which Excel goes on writing beside, and other programs write alone. */
function vmlTicks(vml: string): readonly Drawn[] {
  const found: Drawn[] = [];
  for (const [, head = '', body = ''] of vml.matchAll(
    /<v:shape\s([^<>]{0,2000})>([\s\S]{0,6000}?)<\/v:shape>/gu,
  )) {
    const [, data = ''] =
      /<x:ClientData\s[^>]*ObjectType="Checkbox"[^>]*>([\s\S]*?)<\/x:ClientData>/iu.exec(body) ?? [];
    const anchor = /<x:Anchor>([^<]*)<\/x:Anchor>/u
      .exec(data)?.[1]
      ?.split(',')
      .map((part) => Number(part.trim()));
    const place = anchor && placeOf(anchor[2], anchor[0]);
    if (!place) continue;
    const [, written = ''] = /<v:textbox[^<>]{0,2000}>([\s\S]*?)<\/v:textbox>/u.exec(body) ?? [];
    found.push({
      ...place,
      ticked: /<x:Checked>\s*1\s*<\/x:Checked>/u.test(data),
      caption: unescaped(written.replace(/<[^>]*>/gu, ''))
        .replace(/\s+/gu, ' ')
        .trim()
        .slice(0, 40),
      // `_x0000_s1025` is what the sheet calls 1025.
      shape: /_s(\d+)$/u.exec(attribute(head, 'id'))?.[1] ?? '',
    });
  }
  return found;
}

const MOST = 2000;

function placeOf(
  row: number | undefined,
  column: number | undefined,
): { row: number; column: number } | undefined {
  const fits = (value: number | undefined): value is number =>
    value !== undefined && Number.isInteger(value) && value >= 0 && value < MOST;
  return fits(row) && fits(column) ? { row, column } : undefined;
}

function numberIn(xml: string, name: string): number | undefined {
  const text = new RegExp(`<(?:\\w{1,20}:)?${name}>\\s*(\\d{1,7})\\s*<`, 'u').exec(xml)?.[1];
  return text === undefined ? undefined : Number(text);
}

function tagsOf(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w{1,20}:)?${name}\\s[^<>]{0,2000}>`, 'gu'))].map(([tag]) => tag);
}

/** The value of an attribute, whatever prefix it has; empty where there is none. */
function attribute(tag: string, name: string): string {
  return new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*"([^"]*)"`, 'u').exec(tag)?.[1] ?? '';
}

/** What a part refers to: relation id → path. */
function relationsOf(parts: Parts, path: string): ReadonlyMap<string, string> {
  const cut = path.lastIndexOf('/');
  const folder = path.slice(0, cut);
  const xml = parts.get(`${folder}/_rels/${path.slice(cut + 1)}.rels`) ?? '';
  return new Map(
    tagsOf(xml, 'Relationship').map((tag) => [
      attribute(tag, 'Id'),
      resolved(folder, attribute(tag, 'Target')),
    ]),
  );
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts = folder.split('/');
  for (const one of target.split('/')) {
    if (one === '..') parts.pop();
    else if (one !== '.') parts.push(one);
  }
  return parts.join('/');
}

function unescaped(text: string): string {
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|quot|apos|amp));/giu,
    (whole, hex, decimal, name) => {
      if (typeof name === 'string') return names[name.toLowerCase()] ?? whole;
      const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}
