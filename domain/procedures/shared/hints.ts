import { gradeIn, isLocalDate } from '../../calendar/dates.ts';
import { text } from '../../texts/locale.ts';
import { holds } from '../condition.ts';
import type { Answers, DocumentType, IntakeHint } from '../definition.ts';
import { fiscalYearAnswer } from './answers.ts';

/** The needed documents that are not attached: the family is told before filing, the reviewer at intake. */
export function documentHints(
  documents: readonly DocumentType[],
  answers: Answers,
  attached: readonly string[],
  criterionOf: (type: string) => string,
): readonly IntakeHint[] {
  return documents
    .filter((d) => d.requiredWhen && holds(d.requiredWhen, answers) && !attached.includes(d.type))
    .map(({ type, label }) => ({
      code: 'documentMissing',
      severity: 'warning',
      criterionId: criterionOf(type),
      document: type,
      forReviewer: `「${label.ja}」が添付されていません。`,
      forApplicant: text(
        `「${label.ja}」が添付されていません。後から提出することもできますが、提出されるまで審査は完了しません。`,
        `「${label['ja-easy'] ?? label.ja}」が {付|つ}いていません。あとから {出|だ}すことも できます。{出|だ}すまで {審査|しんさ}は {終|お}わりません。`,
        `"${label.en ?? label.ja}" is not attached. You can hand it in later, but the review cannot be completed before.`,
      ),
    }));
}

/** A grade that does not follow from the date of birth (学校教育法17条). */
export function gradeHints(answers: Answers, criterionId: string): readonly IntakeHint[] {
  const { child_birth_date: birthDate, grade } = answers;
  const year = fiscalYearAnswer(answers);
  if (!isLocalDate(birthDate) || year === undefined || typeof grade !== 'number') return [];
  // A draft may hold any number.
  if (!isLocalDate(`${year}-03-31`)) return [];
  const computed = gradeIn(birthDate, year);
  if (computed === grade) return [];
  const said = computed < 1 ? '就学前' : computed > 6 ? '小学校卒業後' : `${computed}年生`;
  const easy =
    computed < 1
      ? '{小学校|しょうがっこう}の {前|まえ}'
      : computed > 6
        ? '{小学校|しょうがっこう}の あと'
        : `${computed}{年生|ねんせい}`;
  const english =
    computed < 1 ? 'below school age' : computed > 6 ? 'past elementary school' : `in grade ${computed}`;
  return [
    {
      code: 'gradeDiffers',
      severity: 'warning',
      criterionId,
      field: 'grade',
      forReviewer: `申請の学年は${grade}年生ですが、生年月日からは${year}年度は${said}です。`,
      forApplicant: text(
        `生年月日からは、${year}年度は${said}になります。学年と生年月日を確認してください。`,
        `{生|う}まれた {日|ひ}を {見|み}ると、${year}{年度|ねんど}は ${easy}です。{学年|がくねん}と {生|う}まれた {日|ひ}を {確認|かくにん}してください。`,
        `By date of birth the child is ${english} in school year ${year}. Please check grade and date of birth.`,
      ),
    },
  ];
}
