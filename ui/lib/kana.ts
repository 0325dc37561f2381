/** Full-width digits, letters and signs to half-width; hyphen-like signs to a hyphen. Kana and kanji stay. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[！-～]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[‐‑‒–—―−ｰー](?=\d|$)/gu, '-')
    .replaceAll('\u3000', ' ');
}

const HALF_KANA = /[ｦ-ﾟ]+/gu;

/** Hiragana and half-width kana to full-width katakana; spaces at the ends go. Anything else stays as it is. */
export function toKatakana(text: string): string {
  return text
    .replace(HALF_KANA, (run) => run.normalize('NFKC'))
    .replace(/[ぁ-ゖゝゞ]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60))
    .trim();
}

/** Phone numbers and postcodes: half-width, no spaces. Hyphens stay as typed. */
export function toDialable(text: string): string {
  return toHalfWidth(text.replace(/[ー－]/gu, '-')).replace(/\s/gu, '');
}

const ERAS: readonly { readonly names: readonly string[]; readonly first: number; readonly last: number }[] =
  [
    { names: ['令和', 'r', 'れいわ'], first: 2019, last: 2099 },
    { names: ['平成', 'h', 'へいせい'], first: 1989, last: 2019 },
    { names: ['昭和', 's', 'しょうわ'], first: 1926, last: 1989 },
    { names: ['大正', 't', 'たいしょう'], first: 1912, last: 1926 },
  ];

/** 「令和8」「R8」「令和元年」 to 2026, 2026, 2019; Western years and anything else come back as digits or text. */
export function toWesternYear(text: string): string {
  const plain = toHalfWidth(text).trim().toLowerCase().replace(/年$/u, '');
  for (const era of ERAS) {
    const name = era.names.find((one) => plain.startsWith(one));
    if (name === undefined) continue;
    const rest = plain.slice(name.length).trim();
    const number = rest === '元' ? 1 : Number(rest);
    const year = era.first + number - 1;
    if (Number.isInteger(number) && number >= 1 && year <= era.last) return String(year);
  }
  return plain;
}
