import { toKatakana } from '../procedures/normalise.ts';

const FULL =
  '。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜';

/** Full-width katakana and Japanese signs to half-width ones; a voiced letter becomes two. */
const TO_HALF: ReadonlyMap<string, string> = new Map([
  ...Array.from(FULL, (sign, index): [string, string] => [sign, String.fromCharCode(0xff61 + index)]),
  ['\u3099', 'ﾞ'],
  ['\u309a', 'ﾟ'],
  // Small and old letters that half-width kana has not.
  ['ヮ', 'ﾜ'],
  ['ヵ', 'ｶ'],
  ['ヶ', 'ｹ'],
  ['ヰ', 'ｲ'],
  ['ヱ', 'ｴ'],
  ['－', 'ｰ'],
]);

/** Katakana and hiragana to half-width katakana, spaces and letters to half width too. Other signs stay. */
export function toHalfKatakana(text: string): string {
  const apart = toKatakana(text).replace(/[゠-ヿ]/gu, (sign) => sign.normalize('NFD'));
  return toHalfWidth(Array.from(apart, (sign) => TO_HALF.get(sign) ?? sign).join(''));
}

/** Hiragana of any kana; letters that hiragana has not stay as they are. */
export function toHiragana(text: string): string {
  return toKatakana(text).replace(/[ァ-ヶヽヾ]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60));
}

/** Half-width letters, digits, signs, spaces and kana to full width. */
export function toFullWidth(text: string): string {
  return text
    .replace(/[｡-ﾟ]+/gu, (run) => run.normalize('NFKC').normalize('NFC'))
    .replace(/[!-~]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
    .replace(/ /gu, '\u3000');
}

/** Full-width letters, digits, signs and spaces to half width; kana stays. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[！-～]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/gu, ' ');
}
