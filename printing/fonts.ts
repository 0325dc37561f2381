import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';

const require = createRequire(import.meta.url);

/** A typeface as pdfkit and the measuring of text use it: opened once, shared by all documents of the process. */
export interface Face {
  name: FaceName;
  font: fontkit.Font;
  /** In which the record of a notice names it. */
  id: string;
}
export type FaceName = 'regular' | 'bold' | 'fallback';

/** Where the package fonts-ipamj-mincho (Debian, Ubuntu) and its like put the font with the characters of family registers. */
const FALLBACKS = [
  '/usr/share/fonts/truetype/ipamj/ipamjm.ttf',
  '/usr/share/fonts/opentype/ipamj/ipamjm.ttf',
  '/usr/share/fonts/ipamjm/ipamjm.ttf',
];

function noto(weight: string): string {
  return require.resolve(`@expo-google-fonts/noto-sans-jp/${weight}/NotoSansJP_${weight}.ttf`);
}

function open(name: FaceName, path: string): Face {
  const bytes = readFileSync(path);
  const opened = fontkit.create(bytes);
  if (!('glyphForCodePoint' in opened)) throw new Error(`${path} holds several fonts; one is needed`);
  const fast = withPlainLayout(opened);
  const sum = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  return { name, font: fast, id: `${opened.postscriptName}@${sum}` };
}

const SELECTOR = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

/**
 * The font with a layout that sets glyph after glyph at its own width: what Japanese text is set in. Ligatures and kerning of Latin
 * letters are left out, which makes a line exactly as wide as it was measured and a print file several times faster. Variants
 * of characters (異体字) still go by the font's own tables.
 */
function withPlainLayout(font: fontkit.Font): fontkit.Font {
  const glyphs = new Map<number, fontkit.Glyph>();
  const glyphOf = (code: number) => {
    const before = glyphs.get(code);
    if (before) return before;
    const glyph = font.glyphForCodePoint(code);
    glyphs.set(code, glyph);
    return glyph;
  };
  const layout = (text: string) => {
    if (SELECTOR.test(text)) return font.layout(text);
    const run = Array.from(text, (char) => glyphOf(char.codePointAt(0) ?? 0));
    const positions = run.map(({ advanceWidth }) => ({
      xAdvance: advanceWidth,
      yAdvance: 0,
      xOffset: 0,
      yOffset: 0,
    }));
    return {
      glyphs: run,
      positions,
      advanceWidth: run.reduce((sum, glyph) => sum + glyph.advanceWidth, 0),
    };
  };
  return Object.create(font, { layout: { value: layout } }) as fontkit.Font;
}

export interface FontSet {
  regular: Face;
  bold: Face;
  /** For characters that Noto Sans JP lacks; undefined where the package is not installed. */
  fallback: Face | undefined;
}

let opened: FontSet | undefined;

/** The fonts that everything printed is set in; read at the first use. */
export function fontSet(): FontSet {
  if (opened) return opened;
  const fallback = FALLBACKS.find((path) => existsSync(path));
  opened = {
    regular: open('regular', noto('400Regular')),
    bold: open('bold', noto('700Bold')),
    fallback: fallback === undefined ? undefined : open('fallback', fallback),
  };
  return opened;
}

/** Which fonts a PDF was set in: with others the same content gives other bytes. */
export function fontRecord(fonts: FontSet = fontSet()): string {
  return [fonts.regular, fonts.bold, ...(fonts.fallback ? [fonts.fallback] : [])]
    .map((face) => face.id)
    .join(' ');
}
