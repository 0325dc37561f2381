import type { Answers } from '../domain/procedures/definition.ts';
import type { TownChild } from '../testing/year/town.ts';
import { TEMPERS, type Temper } from './people.ts';

/** A form that a family means to file, and from when on. */
export interface Wish {
  /** Day of the story, fiscal year 2027. */
  from: string;
  procedure: string;
  example?: string;
  answers?: Answers;
}

export interface Family {
  child: TownChild;
  temper: Temper;
  wishes: readonly Wish[];
}

const wish = (from: string, procedure: string, example?: string, answers?: Answers): Wish => ({
  from,
  procedure,
  ...(example === undefined ? {} : { example }),
  ...(answers === undefined ? {} : { answers }),
});
const ADMISSION = wish('2026-11-05', 'admission');
const EXTENDED = wish('2026-11-05', 'extendedUse');

/** Ways through the club, one after the other; between them they use every procedure in every kind. */
const COURSES: readonly (readonly Wish[])[] = [
  [ADMISSION, EXTENDED, wish('2027-08-10', 'declineExtendedUse'), wish('2027-10-05', 'certificate')],
  [ADMISSION, wish('2027-09-06', 'withdrawal'), wish('2027-10-05', 'withdrawalDateChange', '遅くする')],
  [ADMISSION, EXTENDED, wish('2026-11-06', 'feeReduction', '生活保護')],
  [ADMISSION, EXTENDED, wish('2026-11-20', 'cancellation', '延長')],
  [
    ADMISSION,
    wish('2027-05-10', 'extendedUse', '日ぎめ'),
    wish('2027-06-20', 'feeReduction', '住民税非課税'),
  ],
  [
    ADMISSION,
    wish('2027-05-10', 'feeReduction', '就学援助'),
    wish('2027-11-05', 'certificate', '利用料証明書'),
  ],
  [ADMISSION, wish('2027-09-06', 'withdrawal'), wish('2027-10-01', 'withdrawalDateChange', '早くする')],
  [ADMISSION, wish('2027-06-01', 'feeReduction', '長期欠席'), wish('2027-06-03', 'cancellation', '長期欠席')],
  [ADMISSION, wish('2027-02-15', 'withdrawal', '利用開始前')],
  [ADMISSION, EXTENDED, wish('2026-11-12', 'cancellation', '入会')],
  [ADMISSION, wish('2027-09-06', 'withdrawal'), wish('2027-10-05', 'withdrawalDateChange', '退会をやめる')],
  [ADMISSION, wish('2027-06-20', 'feeReduction', '長期欠席')],
  [ADMISSION, wish('2027-04-12', 'feeReduction', '住民税非課税'), wish('2027-04-13', 'cancellation', '減免')],
];

const NAMES = [
  ['葵', 'アオイ'],
  ['蓮', 'レン'],
  ['陽', 'ハル'],
  ['凛', 'リン'],
  ['湊', 'ミナト'],
  ['結', 'ユイ'],
  ['樹', 'イツキ'],
  ['澪', 'ミオ'],
  ['朔', 'サク'],
  ['律', 'リツ'],
  ['碧', 'アオ'],
  ['楓', 'カエデ'],
  ['杏', 'アン'],
] as const;
const FAMILY_NAMES = [
  ['髙橋', 'タカハシ'],
  ['山﨑', 'ヤマザキ'],
  ['𠮷田', 'ヨシダ'],
  ['駒繫', 'コマツナギ'],
  ['渡邉', 'ワタナベ'],
  ['例田', 'レイタ'],
  ['試山', 'タメシヤマ'],
] as const;
const NUMBERS = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモ';

/** So many made-up families; the first ones go through every course once, quick to answer every third. */
export function families(count: number, bops: readonly string[], random: () => number): readonly Family[] {
  return Array.from({ length: count }, (_, index) => {
    const [given, kana] = NAMES[index % NAMES.length] ?? NAMES[0];
    const family = FAMILY_NAMES[index % FAMILY_NAMES.length] ?? FAMILY_NAMES[0];
    // Children of one name are told apart by their kana.
    const round = Math.floor(index / NAMES.length);
    const more = NUMBERS.charAt(Math.floor(round / NUMBERS.length)) + NUMBERS.charAt(round % NUMBERS.length);
    return {
      child: {
        name: round === 0 ? given : `${given}${round + 1}`,
        kana: round === 0 ? kana : `${kana}${more}`,
        family,
        grade: (index % 3) + 1,
        bop: bops[index % bops.length] ?? '2',
      },
      temper: TEMPERS[Math.floor(random() * TEMPERS.length)] ?? 'prompt',
      wishes: COURSES[index % COURSES.length] ?? [],
    };
  });
}
