import { fiscalYearOf, type LocalDate } from '../../domain/calendar/dates.ts';
import { BOPS } from '../../domain/facilities/facilities.ts';
import type { Answers, AnswerValue } from '../../domain/procedures/definition.ts';
import { ADMISSION } from '../../domain/procedures/admission.ts';
import { ADMISSION_EXAMPLE } from '../../domain/procedures/example.ts';

/** A made-up family: nobody like this exists. Telephone numbers and addresses are such that nobody can have them. */
export interface DemoFamily {
  index: number;
  bopCode: string;
  guardianName: string;
  email: string;
  answers: Answers;
  /** Types of the documents that belong to these answers. */
  documents: readonly string[];
}

type Name = readonly [written: string, kana: string];

// Some with characters beyond Shift_JIS, as real registers have them.
const FAMILY_NAMES: readonly Name[] = [
  ['見本', 'ミホン'],
  ['髙橋', 'タカハシ'],
  ['山﨑', 'ヤマザキ'],
  ['𠮷田', 'ヨシダ'],
  ['例田', 'レイタ'],
  ['試山', 'タメシヤマ'],
  ['仮谷', 'カリヤ'],
  ['渡邉', 'ワタナベ'],
  ['架空', 'カクウ'],
  ['齋藤', 'サイトウ'],
  ['練沢', 'ネリサワ'],
];
const CHILD_NAMES: readonly Name[] = [
  ['さくら', 'サクラ'],
  ['陽翔', 'ハルト'],
  ['結菜', 'ユイナ'],
  ['蓮', 'レン'],
  ['凜', 'リン'],
  ['湊', 'ミナト'],
  ['葵', 'アオイ'],
];
const MOTHERS: readonly Name[] = [
  ['花子', 'ハナコ'],
  ['恵', 'メグミ'],
  ['由美', 'ユミ'],
  ['真理', 'マリ'],
  ['直子', 'ナオコ'],
];
const FATHERS: readonly Name[] = [
  ['一郎', 'イチロウ'],
  ['健', 'ケン'],
  ['誠', 'マコト'],
];

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('empty list');
  return item;
}

/** Born in the year that makes this grade in fiscal year 2027, away from the cut-off in early April. */
function birthDate(grade: number, index: number): string {
  const month = String((index % 8) + 5).padStart(2, '0');
  const day = String((index % 27) + 1).padStart(2, '0');
  return `${2021 - grade}-${month}-${day}`;
}

type Reason = { answers: Record<string, AnswerValue>; documents: readonly string[] };

function reason(n: 1 | 2, index: number): Reason {
  const hours = { [`guardian${n}_days_per_week`]: 5, [`guardian${n}_hours_per_week`]: 30 + (index % 9) };
  if (n === 2 && index % 3 === 0) {
    const { guardian2_study_school, guardian2_study_until } = ADMISSION_EXAMPLE;
    return {
      answers: {
        ...hours,
        guardian2_reason: 'study',
        guardian2_study_school: guardian2_study_school ?? null,
        guardian2_study_until: guardian2_study_until ?? null,
        guardian2_days_per_week: 4,
        guardian2_hours_per_week: 22,
        guardian2_break_minutes: 30,
        guardian2_end_time: '16:00',
        guardian2_commute_minutes: 30,
      },
      documents: ['school_certificate_2', 'timetable_2'],
    };
  }
  return {
    answers: {
      ...hours,
      [`guardian${n}_reason`]: 'work',
      [`guardian${n}_employer`]: pick(['見本商事株式会社', '例示工業株式会社', '架空福祉会'], index + n),
      [`guardian${n}_work_planned`]: false,
      [`guardian${n}_schedule`]: 'fixed',
      [`guardian${n}_break_minutes`]: 60,
      [`guardian${n}_end_time`]: pick(['16:30', '17:15', '17:30', '18:00'], index),
      [`guardian${n}_commute_minutes`]: 20 + (index % 5) * 10,
    },
    documents: [`employment_certificate_${n}`],
  };
}

/** Takes the guardian's answers that hang on their reason out of the example, to be given anew. */
function withoutReasons(answers: Answers): Answers {
  const own = /^guardian[12]_(reason|employer|work_|schedule|days_|hours_|break_|end_time|commute|study_)/;
  return Object.fromEntries(Object.entries(answers).filter(([code]) => !own.test(code)));
}

/**
 * The family with this number: always the same for the same number, spread evenly over the 61 新BOPs, in any number.
 * @param index 0 and up
 */
export function demoFamily(index: number): DemoFamily {
  const bop = pick(BOPS, index);
  const [family, familyKana] = pick(FAMILY_NAMES, index);
  const [child, childKana] = pick(CHILD_NAMES, Math.floor(index / FAMILY_NAMES.length) + index);
  const [mother, motherKana] = pick(MOTHERS, index);
  const [father, fatherKana] = pick(FATHERS, index);
  const grade = (index % 3) + 1;
  const email = `family${index}@example.jp`;
  const number = String(index % 10_000).padStart(4, '0');
  const first = reason(1, index);
  const second = reason(2, index);
  const answers: Answers = {
    ...withoutReasons(ADMISSION_EXAMPLE),
    child_family_name: family,
    // The same name comes again only with another birthday, so that no two of them are one child.
    child_given_name: child,
    child_family_kana: familyKana,
    child_given_kana: childKana,
    child_birth_date: birthDate(grade, index + Math.floor(index / 27)),
    school_name: bop.name.replace('小新BOP', '小学校'),
    grade,
    bop: bop.code,
    guardian1_family_name: family,
    guardian1_given_name: mother,
    guardian1_family_kana: familyKana,
    guardian1_given_kana: motherKana,
    guardian1_phone: `0900000${number}`,
    guardian1_email: email,
    guardian1_address_street: `架空町${(index % 5) + 1}-${(index % 20) + 1}-${(index % 9) + 1}`,
    guardian2_family_name: family,
    guardian2_given_name: father,
    guardian2_family_kana: familyKana,
    guardian2_given_kana: fatherKana,
    guardian2_phone: `0800000${number}`,
    emergency_contacts: [
      {
        contact_name: `${family} 良子`,
        contact_relation: '祖母',
        contact_phone: `0300000${number}`.slice(0, 10),
        contact_place: null,
      },
    ],
    ...first.answers,
    ...second.answers,
  };
  return {
    index,
    bopCode: bop.code,
    guardianName: `${family} ${mother}`,
    email,
    answers,
    documents: [...first.documents, ...second.documents],
  };
}

/** The year that the made-up families apply for. */
const DEMO_FISCAL_YEAR = 2027;

/**
 * The same family, asking for the next month of the year that runs: such applications are taken all year round, and what is
 * decided is told at once (Q23). The child is of the same grade in that year.
 */
export function forThisYear(family: DemoFamily, today: LocalDate): DemoFamily {
  const [year, month] = today.split('-').map(Number) as [number, number];
  const start = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  const fiscalYear = fiscalYearOf(start);
  const { roles } = ADMISSION;
  const birth = family.answers[roles.childBirthDate];
  const born = typeof birth === 'string' ? birth : '';
  const shifted = `${Number(born.slice(0, 4)) - (DEMO_FISCAL_YEAR - fiscalYear)}${born.slice(4)}`;
  return {
    ...family,
    answers: {
      ...family.answers,
      [roles.fiscalYear]: fiscalYear,
      [roles.childBirthDate]: shifted,
      ...(roles.startDate === undefined ? {} : { [roles.startDate]: start }),
    },
  };
}
