import iconv from 'iconv-lite';
import type { Encoder } from '../../domain/exports/write.ts';
import type { EncodingName } from '../../domain/exports/profile.ts';

const NO_BOM = new Uint8Array();
const UTF8_BOM = Uint8Array.of(0xef, 0xbb, 0xbf);

/** Rows that Windows added to JIS X 0208: NEC's row 13, and what NEC and IBM added. */
const EXTENSION_LEADS = new Set([0x87, 0xed, 0xee, 0xfa, 0xfb, 0xfc]);

/** So many characters are remembered: more than names and addresses use. */
const REMEMBERED = 20_000;

/**
 * The encoder of a name. `cp932` is Windows-31J as Windows writes it, NEC's and IBM's characters included (髙 is FB FC);
 * `shift_jis` is JIS X 0208 only, for systems that know no more. A character counts as there only if its bytes read back as
 * the same character; nothing is ever replaced here.
 */
export function encoderOf(name: EncodingName): Encoder {
  switch (name) {
    case 'utf-8':
      return { bom: NO_BOM, encode: utf8 };
    case 'utf-8-bom':
      return { bom: UTF8_BOM, encode: utf8 };
    case 'cp932':
      return { bom: NO_BOM, encode: remembered(cp932) };
    case 'shift_jis':
      return { bom: NO_BOM, encode: remembered(jisOnly) };
  }
}

const textEncoder = new TextEncoder();

function utf8(character: string): Uint8Array | undefined {
  return /\p{Cs}/u.test(character) ? undefined : textEncoder.encode(character);
}

function cp932(character: string): Uint8Array | undefined {
  const own = userDefined(character);
  if (own) return own;
  const bytes = iconv.encode(character, 'cp932');
  return iconv.decode(bytes, 'cp932') === character ? bytes : undefined;
}

/** Windows has the private characters U+E000 to U+E757 at F040 to F9FC: the ward's own 外字, where its table names them. */
function userDefined(character: string): Uint8Array | undefined {
  const index = (character.codePointAt(0) ?? 0) - 0xe000;
  if (character.length !== 1 || index < 0 || index >= 1880) return undefined;
  const trail = index % 188;
  return Uint8Array.of(0xf0 + Math.floor(index / 188), trail < 63 ? 0x40 + trail : 0x41 + trail);
}

function jisOnly(character: string): Uint8Array | undefined {
  const bytes = cp932(character);
  if (!bytes) return undefined;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    const double = (lead >= 0x81 && lead <= 0x9f) || lead >= 0xe0;
    if (double && (EXTENSION_LEADS.has(lead) || lead >= 0xf0)) return undefined;
    if (double) at += 1;
  }
  return bytes;
}

function remembered(encode: (character: string) => Uint8Array | undefined): Encoder['encode'] {
  const known = new Map<string, Uint8Array | null>();
  return (character) => {
    const before = known.get(character);
    if (before !== undefined) return before ?? undefined;
    const bytes = encode(character);
    if (known.size < REMEMBERED) known.set(character, bytes ?? null);
    return bytes;
  };
}
