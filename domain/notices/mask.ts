/**
 * A name of which only the first character of each part is readable, `髙○ さ○○`: enough to compare with the paper in one's
 * hand, too little to learn who it is about.
 */
export function maskName(name: string): string {
  return name
    .split(/\s+/u)
    .filter(Boolean)
    .map((part) => {
      const [first = '', ...rest] = graphemes(part);
      return first + '○'.repeat(rest.length);
    })
    .join('　');
}

/** Characters as people count them: a kanji with its variation selector, a kana with its mark, is one. */
function graphemes(text: string): readonly string[] {
  return Array.from(
    new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(text),
    (one) => one.segment,
  );
}
