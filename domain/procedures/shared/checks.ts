import { fiscalYearOf, isLocalDate } from '../../calendar/dates.ts';
import { firstDayOf, isMonth } from '../../enrolment/months.ts';
import { text } from '../../texts/locale.ts';
import type { AnswerCheck, Answers } from '../definition.ts';
import { fiscalYearAnswer, textAnswer } from './answers.ts';

/** Is this day or month known, and outside the fiscal year that is applied for? */
function outsideYear(answers: Answers, code: string): boolean {
  const year = fiscalYearAnswer(answers);
  const value = textAnswer(answers, code);
  const day = isMonth(value) ? firstDayOf(value) : value;
  return year !== undefined && isLocalDate(day) && fiscalYearOf(day) !== year;
}

/** A month has to lie in the fiscal year. */
export function monthInYear(field: string): AnswerCheck {
  return {
    field,
    fails: (answers) => outsideYear(answers, field),
    message: text(
      '選んだ年度（4月から翌年3月まで）の中の月を入力してください。',
      '{選|えら}んだ {年度|ねんど}（4{月|がつ}から {次|つぎ}の {年|とし}の 3{月|がつ}まで）の {月|つき}を {書|か}いてください。',
      'Enter a month within the school year chosen (April to March).',
    ),
  };
}

/** A day has to lie in the fiscal year. */
export function dayInYear(field: string): AnswerCheck {
  return {
    field,
    fails: (answers) => outsideYear(answers, field),
    message: text(
      '選んだ年度（4月1日から翌年3月31日まで）の中の日を入力してください。',
      '{選|えら}んだ {年度|ねんど}（4{月|がつ}1{日|にち}から {次|つぎ}の {年|とし}の 3{月|がつ}31{日|にち}まで）の {日|ひ}を {書|か}いてください。',
      'Enter a day within the school year chosen (1 April to 31 March).',
    ),
  };
}

/** The last month must not come before the first; said at the last. */
export function notBefore(from: string, to: string): AnswerCheck {
  return {
    field: to,
    fails: (answers) => {
      const [first, last] = [textAnswer(answers, from), textAnswer(answers, to)];
      return first !== '' && last !== '' && last < first;
    },
    message: text(
      '終わりの月は、始めの月と同じか、それより後の月を入力してください。',
      '{終|お}わりの {月|つき}は、{始|はじ}めの {月|つき}と {同|おな}じか、その {後|あと}に してください。',
      'The last month must be the first month or a later one.',
    ),
  };
}
