import { inLocale, text, type Locale, type Localized } from '../texts/locale.ts';
import type { Field } from './definition.ts';

export const PROBLEM_CODES = [
  'required',
  'chooseOne',
  'yesNo',
  'tick',
  'wrongType',
  'tooLong',
  'kana',
  'phone',
  'email',
  'postalCode',
  'date',
  'dateTooEarly',
  'dateTooLate',
  'month',
  'time',
  'number',
  'tooSmall',
  'tooLarge',
  'tooManyDecimals',
  'choice',
  'fiscalYear',
  'grade',
  'bop',
  'tooFewRows',
  'tooManyRows',
  'inconsistent',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What is wrong with one answer, in words that say what to do. */
export interface FieldProblem {
  /** The field's code, or `table[0].column` for a cell. */
  field: string;
  code: ProblemCode;
  message: string;
}

/** `{label}` and `{limit}` are filled in. */
const MESSAGES: Readonly<Record<Exclude<ProblemCode, 'inconsistent'>, Required<Localized>>> = {
  required: text('{label}を入力してください。', '{label}を {書|か}いてください。', 'Enter: {label}.'),
  chooseOne: text('{label}を選んでください。', '{label}を {選|えら}んでください。', 'Choose: {label}.'),
  yesNo: text(
    '「{label}」に、はい・いいえで答えてください。',
    '「{label}」に、はい・いいえで {答|こた}えてください。',
    'Answer yes or no: {label}',
  ),
  tick: text(
    '内容を確認し、同意する場合はチェックを入れてください。',
    '{読|よ}んで、{同意|どうい}するときは チェックを {入|い}れてください。',
    'Read this, and tick the box if you agree.',
  ),
  wrongType: text(
    '{label}を入力し直してください。',
    '{label}を もう {一度|いちど} {書|か}いてください。',
    'Enter again: {label}.',
  ),
  tooLong: text(
    '{label}は{limit}文字以内で入力してください。',
    '{label}は {limit}{文字|もじ}より {短|みじか}く {書|か}いてください。',
    '{label}: use {limit} characters or fewer.',
  ),
  kana: text(
    '{label}はカタカナで入力してください（例 セタガヤ）。',
    '{label}は カタカナで {書|か}いてください（{例|れい} セタガヤ）。',
    '{label}: use katakana, for example セタガヤ.',
  ),
  phone: text(
    '{label}は市外局番から10桁または11桁の数字で入力してください（例 03-1234-5678）。',
    '{label}は 0から {始|はじ}まる 10か 11の {数字|すうじ}で {書|か}いてください（{例|れい} 03-1234-5678）。',
    '{label}: enter 10 or 11 digits with area code, for example 03-1234-5678.',
  ),
  email: text(
    '{label}を正しい形で入力してください（例 name@example.jp）。',
    '{label}を {正|ただ}しく {書|か}いてください（{例|れい} name@example.jp）。',
    '{label}: enter an address like name@example.jp.',
  ),
  postalCode: text(
    '{label}は7桁の数字で入力してください（例 154-0017）。',
    '{label}は 7つの {数字|すうじ}で {書|か}いてください（{例|れい} 154-0017）。',
    '{label}: enter 7 digits, for example 154-0017.',
  ),
  date: text(
    '{label}は実在する日付を、年・月・日で入力してください（例 2020年4月2日）。',
    '{label}を {年|ねん}・{月|つき}・{日|ひ}で {正|ただ}しく {書|か}いてください（{例|れい} 2020{年|ねん}4{月|がつ}2{日|にち}）。',
    '{label}: enter a real date with year, month and day.',
  ),
  dateTooEarly: text(
    '{label}は{limit}以降の日付を入力してください。',
    '{label}は {limit}か、その {後|あと}の {日|ひ}を {書|か}いてください。',
    '{label}: enter {limit} or a later date.',
  ),
  dateTooLate: text(
    '{label}は{limit}以前の日付を入力してください。',
    '{label}は {limit}か、その {前|まえ}の {日|ひ}を {書|か}いてください。',
    '{label}: enter {limit} or an earlier date.',
  ),
  month: text(
    '{label}は年と月を入力してください（例 2027年3月）。',
    '{label}の {年|ねん}と {月|つき}を {書|か}いてください（{例|れい} 2027{年|ねん}3{月|がつ}）。',
    '{label}: enter year and month.',
  ),
  time: text(
    '{label}は24時間表記で入力してください（例 17:30）。',
    '{label}は 0{時|じ}から 23{時|じ}で {書|か}いてください（{例|れい} 17:30）。',
    '{label}: use the 24-hour clock, for example 17:30.',
  ),
  number: text(
    '{label}は数字で入力してください。',
    '{label}は {数字|すうじ}で {書|か}いてください。',
    '{label}: enter a number.',
  ),
  tooSmall: text(
    '{label}は{limit}以上で入力してください。',
    '{label}は {limit}か、もっと {大|おお}きい {数字|すうじ}を {書|か}いてください。',
    '{label}: enter {limit} or more.',
  ),
  tooLarge: text(
    '{label}は{limit}以下で入力してください。',
    '{label}は {limit}か、もっと {小|ちい}さい {数字|すうじ}を {書|か}いてください。',
    '{label}: enter {limit} or less.',
  ),
  tooManyDecimals: text(
    '{label}の小数点以下は{limit}桁までで入力してください。',
    '{label}の {小数点|しょうすうてん}の {後|あと}は {limit}つまでで {書|か}いてください。',
    '{label}: use at most {limit} decimal places.',
  ),
  choice: text(
    '{label}は選択肢から選んでください。',
    '{label}を {選|えら}びなおしてください。',
    '{label}: choose from the list.',
  ),
  fiscalYear: text(
    '{label}は申請できる年度から選んでください。',
    '{label}を {選|えら}びなおしてください。',
    '{label}: choose a year that is open.',
  ),
  grade: text(
    '{label}は1年生から6年生までで選んでください。',
    '{label}は 1{年生|ねんせい}から 6{年生|ねんせい}までで {選|えら}んでください。',
    '{label}: choose grade 1 to 6.',
  ),
  bop: text(
    '{label}は一覧から選んでください。',
    '{label}を {一覧|いちらん}から {選|えら}んでください。',
    '{label}: choose from the list.',
  ),
  tooFewRows: text(
    '{label}を{limit}件以上入力してください。',
    '{label}を {limit}つより {多|おお}く {書|か}いてください（{limit}つでも いいです）。',
    '{label}: enter at least {limit}.',
  ),
  tooManyRows: text(
    '{label}は{limit}件までで入力してください。',
    '{label}は {limit}つまで {書|か}けます。',
    '{label}: at most {limit}.',
  ),
};

/** A problem with its message in a language. */
export function problem(
  field: Field,
  path: string,
  code: Exclude<ProblemCode, 'inconsistent'>,
  locale: Locale,
  limit: string | number = '',
): FieldProblem {
  const label = inLocale(field.label, locale);
  const message = inLocale(MESSAGES[code], locale)
    .replaceAll('{label}', () => label)
    .replaceAll('{limit}', () => String(limit));
  return { field: path, code, message };
}
