import { dayOfWeek, fiscalYearOf, isLocalDate } from '../../calendar/dates.ts';
import { isInYearEnd } from '../../calendar/working-days.ts';
import { text } from '../../texts/locale.ts';
import type { Answers, CriteriaParameters, IntakeContext, IntakeHint, TableRow } from '../definition.ts';
import { documentHints, gradeHints } from '../shared/hints.ts';
import { DOCUMENTS } from './documents.ts';
import type { GuardianNumber } from '../shared/guardian.ts';
import { measureOf } from './hours.ts';
import { REASONS_NOT_COUNTED } from './reasons.ts';

/** Which criterion a document is judged under. */
function criterionOfDocument(type: string): string {
  const guardian = /_([12])$/u.exec(type);
  if (guardian) return `guardian${guardian[1]}_documents`;
  if (type === 'absence_proof') return 'guardian2_absence';
  return type === 'residence_proof' ? 'residence' : 'consideration';
}

function eligibleGradeHints(
  answers: Answers,
  { regularGrades, consideredGrades }: CriteriaParameters,
): readonly IntakeHint[] {
  const { grade } = answers;
  if (!isLocalDate(answers['child_birth_date']) || typeof answers['fiscal_year'] !== 'number') return [];
  if (typeof grade !== 'number') return [];
  const hints: IntakeHint[] = [];
  const [from, to] = regularGrades;
  if (grade < from || grade > to) {
    const considered =
      answers['special_consideration'] === true &&
      grade >= consideredGrades[0] &&
      grade <= consideredGrades[1];
    hints.push(
      considered
        ? {
            code: 'gradeWithConsideration',
            severity: 'info',
            criterionId: 'grade',
            field: 'grade',
            forReviewer: `通常の対象学年（${from}〜${to}年生）を超えています。個別の配慮が必要な児童としての申請です。`,
          }
        : {
            code: 'gradeNotEligible',
            severity: 'warning',
            criterionId: 'grade',
            field: 'grade',
            forReviewer: `通常の対象学年（${from}〜${to}年生）ではなく、個別の配慮の申し出がありません。`,
            forApplicant: text(
              `対象は${from}年生から${to}年生です。個別の配慮が必要なお子さんは${consideredGrades[1]}年生まで利用できます。配慮が必要な場合は、その内容を入力してください。`,
              `${from}{年生|ねんせい}から ${to}{年生|ねんせい}までの お{子|こ}さんが {使|つか}えます。{特別|とくべつ}な {手助|てだす}けが {必要|ひつよう}な お{子|こ}さんは ${consideredGrades[1]}{年生|ねんせい}まで {使|つか}えます。{必要|ひつよう}なら {書|か}いてください。`,
              `The clubs are for grades ${from} to ${to}, and up to grade ${consideredGrades[1]} for children who need individual consideration. If yours does, please describe it.`,
            ),
          },
    );
  }
  return hints;
}

const WHO = { 1: '申請する保護者', 2: 'もう1人の保護者' } as const;

function measureHints(
  n: GuardianNumber,
  answers: Answers,
  parameters: CriteriaParameters,
): readonly IntakeHint[] {
  const measure = measureOf(n, answers, parameters);
  if (!measure) return [];
  const { minWorkDaysPerWeek: minDays, minWorkHoursPerWeek: minHours, workEndsAt } = parameters;
  const base = { severity: 'warning', criterionId: `guardian${n}_reason` } as const;
  const hints: IntakeHint[] = [];
  if (measure.days < minDays) {
    hints.push({
      ...base,
      code: 'daysBelowCriteria',
      field: `guardian${n}_days_per_week`,
      forReviewer: `${WHO[n]}: 週${measure.days}日で、基準の週${minDays}日に足りません。`,
      forApplicant: text(
        `利用の要件は週${minDays}日以上（日曜を除く）です。日数を確認してください。このまま申請することもできます。`,
        `{1週間|いっしゅうかん}に ${minDays}{日|にち}より {少|すく}ないと、{使|つか}えないことが あります。{日数|にっすう}を {確認|かくにん}してください。このまま {申請|しんせい}も できます。`,
        `The condition is ${minDays} or more days a week, Sundays not counted. Please check. You may still apply.`,
      ),
    });
  }
  if (measure.hours < minHours) {
    hints.push({
      ...base,
      code: 'hoursBelowCriteria',
      field: `guardian${n}_hours_per_week`,
      forReviewer: `${WHO[n]}: 週${measure.hours}時間（${measure.basis}）で、基準の週${minHours}時間に足りません。`,
      forApplicant: text(
        `利用の要件は昼間に週${minHours}時間以上です（入力内容では${measure.hours}時間、${measure.basis}）。時間を確認してください。このまま申請することもできます。`,
        `{1週間|いっしゅうかん}に ${minHours}{時間|じかん}より {少|すく}ないと、{使|つか}えないことが あります（${measure.hours}{時間|じかん}に なっています）。{時間|じかん}を {確認|かくにん}してください。このまま {申請|しんせい}も できます。`,
        `The condition is ${minHours} or more daytime hours a week (yours come to ${measure.hours}). Please check. You may still apply.`,
      ),
    });
  }
  if (measure.endsAt < workEndsAt) {
    hints.push({
      ...base,
      code: 'endsTooEarly',
      field: `guardian${n}_end_time`,
      forReviewer: `${WHO[n]}: ${measure.endsAt}に終わり、基準の${workEndsAt}より早いです。`,
      forApplicant: text(
        `利用の要件は${workEndsAt}以降に終わることです。終わる時刻を確認してください。このまま申請することもできます。`,
        `${workEndsAt}より {早|はや}く {終|お}わると、{使|つか}えないことが あります。{時間|じかん}を {確認|かくにん}してください。このまま {申請|しんせい}も できます。`,
        `The condition is to end at ${workEndsAt} or later. Please check. You may still apply.`,
      ),
    });
  }
  return hints;
}

function reasonHints(
  n: GuardianNumber,
  answers: Answers,
  parameters: CriteriaParameters,
): readonly IntakeHint[] {
  if (n === 2 && answers['has_guardian2'] !== true) return [];
  const reason = answers[`guardian${n}_reason`];
  const base = { criterionId: `guardian${n}_reason`, field: `guardian${n}_reason` } as const;
  if ((REASONS_NOT_COUNTED as readonly unknown[]).includes(reason)) {
    const seeking = reason === 'job_seeking';
    return [
      {
        ...base,
        code: 'reasonNotCounted',
        severity: 'warning',
        forReviewer: `${WHO[n]}の理由は「${seeking ? '求職中' : '育児休業中'}」で、利用の要件に当たりません。`,
        forApplicant: text(
          `${seeking ? '求職中' : '育児休業中'}は、利用の要件に当たりません。仕事が決まっている場合や復職する場合は、「就労」を選び、働き始める日を入力してください。`,
          `${seeking ? '{仕事|しごと}を {探|さが}している' : '{育休|いくきゅう}の'} ときは {使|つか}えません。{仕事|しごと}が {決|き}まっているときや {仕事|しごと}に {戻|もど}るときは、「{働|はたら}いている」を {選|えら}んで、{始|はじ}める {日|ひ}を {書|か}いてください。`,
          `${seeking ? 'Looking for work' : 'Childcare leave'} does not meet the conditions. If you have a job that starts later, or return to work, choose "Employed" and enter the first day of work.`,
        ),
      },
    ];
  }
  if (reason === 'other') {
    return [
      {
        ...base,
        code: 'reasonOther',
        severity: 'info',
        forReviewer: `${WHO[n]}の理由は「その他」です。内容を確認し、迷う場合は区に照会してください。`,
      },
    ];
  }
  if (reason === 'illness' && answers[`guardian${n}_illness_kind`] === 'other') {
    return [
      {
        ...base,
        code: 'illnessAtHome',
        severity: 'info',
        forReviewer: `${WHO[n]}は入院・常時臥床・精神疾患・感染症以外の療養です。保育が困難な状況か確認してください。`,
      },
    ];
  }
  return measureHints(n, answers, parameters);
}

function startDateHints(answers: Answers, { calendar }: IntakeContext): readonly IntakeHint[] {
  const { start_date: start, fiscal_year: year } = answers;
  if (!isLocalDate(start) || typeof year !== 'number') return [];
  const base = { severity: 'warning', criterionId: 'start_date', field: 'start_date' } as const;
  const hints: IntakeHint[] = [];
  if (fiscalYearOf(start) !== year) {
    hints.push({
      ...base,
      code: 'startOutsideYear',
      forReviewer: `利用開始希望日（${start}）が${year}年度の外です。`,
      forApplicant: text(
        `利用を始めたい日は、${year}年4月1日から${year + 1}年3月31日までの日にしてください。`,
        `{使|つか}い{始|はじ}めたい {日|ひ}は、${year}{年|ねん}4{月|がつ}1{日|にち}から ${year + 1}{年|ねん}3{月|がつ}31{日|にち}までの {日|ひ}に してください。`,
        `Please choose a first day between 1 April ${year} and 31 March ${year + 1}.`,
      ),
    });
  }
  const yearEnd = calendar?.yearEnd ?? { from: '12-29', to: '01-03' };
  if (dayOfWeek(start) === 0 || isInYearEnd(start, yearEnd) || calendar?.closedDates.includes(start)) {
    hints.push({
      ...base,
      code: 'startOnClosedDay',
      severity: 'info',
      forReviewer: `利用開始希望日（${start}）は休みの日です。`,
      forApplicant: text(
        '利用を始めたい日は休みの日です。実際の利用は次の開室日からになります。',
        '{使|つか}い{始|はじ}めたい {日|ひ}は {休|やす}みです。{次|つぎ}の {開|あ}いている {日|ひ}から {使|つか}えます。',
        'That day is a closing day. Use begins on the next open day.',
      ),
    });
  }
  const later = [
    { field: 'guardian1_work_starts_on', what: '申請する保護者の働き始める日' },
    { field: 'guardian2_work_starts_on', what: 'もう1人の保護者の働き始める日' },
    { field: 'move_in_date', what: '転入する日' },
  ];
  for (const { field, what } of later) {
    const day = answers[field];
    if (isLocalDate(day) && day > start) {
      hints.push({
        ...base,
        code: 'startBeforeReason',
        field,
        forReviewer: `${what}（${day}）が、利用開始希望日（${start}）より後です。`,
      });
    }
  }
  return hints;
}

function contactHints(answers: Answers): readonly IntakeHint[] {
  const rows = (answers['emergency_contacts'] ?? []) as readonly TableRow[];
  const own = answers['guardian1_phone'];
  if (!own || !rows.some((row) => row['contact_phone'] === own)) return [];
  return [
    {
      code: 'samePhone',
      severity: 'info',
      criterionId: 'contact',
      field: 'emergency_contacts',
      forReviewer: '緊急連絡先に、申請する保護者と同じ電話番号があります。',
      forApplicant: text(
        '緊急連絡先に、申請する保護者と同じ電話番号があります。保護者につながらないときの、別の番号を入力してください。',
        '{緊急|きんきゅう}の {連絡先|れんらくさき}に、{申請|しんせい}する {保護者|ほごしゃ}と {同|おな}じ {電話|でんわ}{番号|ばんごう}が あります。{別|べつ}の {番号|ばんごう}を {書|か}いてください。',
        "An emergency contact has the applying guardian's own number. Please give another one.",
      ),
    },
  ];
}

function residenceHints(answers: Answers): readonly IntakeHint[] {
  const hints: IntakeHint[] = [];
  const base = { severity: 'warning', criterionId: 'residence' } as const;
  if (
    answers['residence'] === 'outside' &&
    answers['school_kind'] !== undefined &&
    answers['school_kind'] !== 'ward'
  ) {
    hints.push({
      ...base,
      code: 'outsideWard',
      field: 'residence',
      forReviewer: '区外に住み、世田谷区立小学校に通学していません。',
      forApplicant: text(
        '対象は、世田谷区内に住むか、世田谷区立小学校に通うお子さんです。住まいと学校を確認してください。',
        '{世田谷区|せたがやく}に {住|す}んでいる お{子|こ}さんか、{世田谷区立|せたがやくりつ}の {小学校|しょうがっこう}に {通|かよ}う お{子|こ}さんが {使|つか}えます。{住所|じゅうしょ}と {学校|がっこう}を {確認|かくにん}してください。',
        'The clubs are for children who live in Setagaya or attend a Setagaya public elementary school. Please check address and school.',
      ),
    });
  }
  const city = answers['guardian1_address_city'];
  if (
    answers['residence'] === 'setagaya' &&
    answers['guardian1_lives_with_child'] === true &&
    typeof city === 'string' &&
    city !== '' &&
    !city.includes('世田谷')
  ) {
    hints.push({
      ...base,
      severity: 'info',
      code: 'addressDiffers',
      field: 'guardian1_address_city',
      forReviewer: '区内在住の申請ですが、住所の市区町村が世田谷区ではありません。',
    });
  }
  return hints;
}

/** What the machine sees by itself in an 入会申請 (Q15). Never more than a hint: people judge. */
export function intakeHints(
  answers: Answers,
  attached: readonly string[],
  context: IntakeContext,
): readonly IntakeHint[] {
  return [
    ...gradeHints(answers, 'grade'),
    ...eligibleGradeHints(answers, context.parameters),
    ...startDateHints(answers, context),
    ...residenceHints(answers),
    ...reasonHints(1, answers, context.parameters),
    ...reasonHints(2, answers, context.parameters),
    ...contactHints(answers),
    ...documentHints(DOCUMENTS, answers, attached, criterionOfDocument),
  ];
}
