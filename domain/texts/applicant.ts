import type { LocalDate } from '../calendar/dates.ts';
import { displayDateWithWeekday } from '../procedures/format-dates.ts';
import { text, type Localized } from './locale.ts';

/** A text in which a day is named. */
export function withDate(
  date: LocalDate,
  of: (day: (locale: 'ja' | 'ja-easy' | 'en') => string) => Words,
): Words {
  return of((locale) => displayDateWithWeekday(date, locale));
}

export type Words = Required<Localized>;

/** What the applicant reads in the course of their application. */
export const APPLICANT_EVENTS = {
  received: text(
    '申請を受け付けました',
    '{申請|しんせい}を {受|う}け{付|つ}けました',
    'We received your application',
  ),
  waitlisted: text(
    '利用の枠に空きがないため、待機になりました',
    '{空|あ}きが ないので、{待|ま}つことに なりました',
    'No place is free: you are on the waiting list',
  ),
  reviewBegun: text('審査を始めました', '{審査|しんさ}を {始|はじ}めました', 'The review has begun'),
  reviewAgain: text(
    'もう一度審査します',
    'もう {一度|いちど} {審査|しんさ}します',
    'It is being reviewed again',
  ),
  withoutAnswer: text(
    '今ある書類で審査を進めます',
    '{今|いま} ある {紙|かみ}で {審査|しんさ}します',
    'The review goes on with what we have',
  ),
  reviewed: text(
    '審査が終わり、区が決定します',
    '{審査|しんさ}が {終|お}わりました。{区|く}が {決|き}めます',
    'The review is done; the ward decides',
  ),
  letterPosted: text(
    'お願いの文書を郵送しました',
    'お{願|ねが}いの {手紙|てがみ}を {送|おく}りました',
    'We posted you a letter',
  ),
  told: text('お電話でお知らせしました', '{電話|でんわ}で {知|し}らせました', 'We told you by phone'),
  reminded: text(
    '期限が近いことをお知らせしました',
    '{期限|きげん}が {近|ちか}いことを {知|し}らせました',
    'We reminded you of the deadline',
  ),
  deadlinePassed: text(
    '期限を過ぎましたが、引き続き回答できます',
    '{期限|きげん}を {過|す}ぎました。まだ {答|こた}えることが できます',
    'The deadline has passed; you can still answer',
  ),
  itemWaived: text(
    'お願いしていた1件は、提出が不要になりました',
    'お{願|ねが}いの 1つは、{出|だ}さなくて よくなりました',
    'One item is no longer needed',
  ),
  minorCorrected: text(
    'お電話などで確認した内容に直しました',
    '{電話|でんわ}などで {聞|き}いたように {直|なお}しました',
    'We corrected a point as agreed with you',
  ),
  answered: text('回答を受け付けました', '{答|こた}えを {受|う}け{付|つ}けました', 'We received your answer'),
  approved: text(
    '承認されました',
    '{申請|しんせい}が {認|みと}められました',
    'Your application was approved',
  ),
  refused: text(
    '不承認となりました',
    '{申請|しんせい}が {認|みと}められませんでした',
    'Your application was not approved',
  ),
  cancelled: text(
    '申請を取り下げました',
    '{申請|しんせい}を {取|と}り{下|さ}げました',
    'The application was cancelled',
  ),
} as const satisfies Readonly<Record<string, Words>>;

/** Texts with a day or a number in them. */
export const requested = (count: number, deadline: LocalDate): Words =>
  withDate(deadline, (day) =>
    text(
      `確認していただきたいことが${count}件あります（期限 ${day('ja')}）`,
      `{確認|かくにん}してほしいことが ${count}つ あります（{期限|きげん} ${day('ja-easy')}）`,
      `We need ${count} thing${count === 1 ? '' : 's'} from you by ${day('en')}`,
    ),
  );
export const newDeadline = (deadline: LocalDate): Words =>
  withDate(deadline, (day) =>
    text(
      `期限が${day('ja')}になりました`,
      `{期限|きげん}が ${day('ja-easy')}に なりました`,
      `The deadline is now ${day('en')}`,
    ),
  );
export const chased = (deadline: LocalDate): Words =>
  withDate(deadline, (day) =>
    text(
      `回答のお願いを再度ご連絡しました（期限 ${day('ja')}）`,
      `もう {一度|いちど} {答|こた}えを お{願|ねが}いしました（{期限|きげん} ${day('ja-easy')}）`,
      `We asked you again to answer, by ${day('en')}`,
    ),
  );
/** For an admission or extended use, from when the child may come; for all others, the day from which it holds. */
export const approvedFrom = (from: LocalDate, begins: boolean): Words =>
  withDate(from, (day) =>
    begins
      ? text(
          `承認されました（${day('ja')}から利用できます）`,
          `{申請|しんせい}が {認|みと}められました（${day('ja-easy')}から {使|つか}えます）`,
          `Your application was approved, from ${day('en')}`,
        )
      : text(
          `承認されました（適用日 ${day('ja')}）`,
          `{申請|しんせい}が {認|みと}められました（${day('ja-easy')}から）`,
          `Your application was approved with effect from ${day('en')}`,
        ),
  );

export const STATUS_CODES = [
  'received',
  'underReview',
  'answerNeeded',
  'answerOverdue',
  'awaitingDecision',
  'waitlisted',
  'approved',
  'refused',
  'cancelled',
] as const;
export type StatusCode = (typeof STATUS_CODES)[number];

export const STATUS_LABELS: Readonly<Record<StatusCode, Words>> = {
  received: text('受付済み', '{受|う}け{付|つ}けました', 'Received'),
  underReview: text('審査中', '{審査中|しんさちゅう}', 'Under review'),
  answerNeeded: text(
    '回答をお待ちしています',
    'あなたの {答|こた}えを {待|ま}っています',
    'Waiting for your answer',
  ),
  answerOverdue: text(
    '回答の期限を過ぎています',
    '{答|こた}える {期限|きげん}を {過|す}ぎました',
    'Your answer is overdue',
  ),
  awaitingDecision: text('区の決定待ち', '{区|く}が {決|き}めています', 'Waiting for the decision'),
  waitlisted: text('待機', '{空|あ}きを {待|ま}っています', 'On the waiting list'),
  approved: text('承認', '{認|みと}められました', 'Approved'),
  refused: text('不承認', '{認|みと}められませんでした', 'Not approved'),
  cancelled: text('取り下げ', '{取|と}り{下|さ}げました', 'Cancelled'),
};

export const STATUS_EXPLANATIONS: Readonly<Record<StatusCode, Words>> = {
  received: text(
    '申請を受け付けました。これから審査します。',
    '{申請|しんせい}を {受|う}け{付|つ}けました。これから {審査|しんさ}します。',
    'We have your application. The review follows.',
  ),
  underReview: text(
    '申請の内容と書類を確認しています。',
    '{申請|しんせい}の {内容|ないよう}と {紙|かみ}を {確認|かくにん}しています。',
    'We are checking your answers and documents.',
  ),
  answerNeeded: text(
    '申請の内容や書類に、確認していただきたいことがあります。',
    '{申請|しんせい}の {内容|ないよう}や {紙|かみ}に、{確認|かくにん}してほしいことが あります。',
    'Something in your answers or documents needs your attention.',
  ),
  answerOverdue: text(
    '期限を過ぎましたが、申請はそのまま受け付けています。',
    '{期限|きげん}を {過|す}ぎましたが、{申請|しんせい}は {続|つづ}いています。',
    'The deadline has passed, but your application stands.',
  ),
  awaitingDecision: text(
    '審査が終わり、区が決定します。',
    '{審査|しんさ}が {終|お}わりました。{区|く}が {決|き}めます。',
    'The review is done and the ward decides.',
  ),
  waitlisted: text(
    '審査は終わりましたが、利用の枠に空きがないため、お待ちいただいています（待機）。申請は取り消されていません。',
    '{審査|しんさ}は {終|お}わりました。いまは {空|あ}きが ないので、{待|ま}っています。{申請|しんせい}は そのまま {残|のこ}っています。',
    'The review is done, but no place is free at present: you are on the waiting list. Your application stays open.',
  ),
  approved: text(
    '申請は承認されました。',
    '{申請|しんせい}は {認|みと}められました。',
    'Your application was approved.',
  ),
  refused: text(
    '申請は承認されませんでした。',
    '{申請|しんせい}は {認|みと}められませんでした。',
    'Your application was not approved.',
  ),
  cancelled: text(
    '申請は取り下げられました。',
    '{申請|しんせい}は {取|と}り{下|さ}げられました。',
    'Your application was cancelled.',
  ),
};

/** What comes next where nothing has to be said about a day. */
export const NEXT_STEPS: Readonly<Partial<Record<StatusCode, Words>>> = {
  received: text(
    '確認していただきたいことがあれば、ご連絡します。',
    '{確認|かくにん}してほしいことが あれば、{連絡|れんらく}します。',
    'We will contact you if we need anything.',
  ),
  underReview: text(
    '確認していただきたいことがあれば、ご連絡します。',
    '{確認|かくにん}してほしいことが あれば、{連絡|れんらく}します。',
    'We will contact you if we need anything.',
  ),
  answerOverdue: text(
    'できるだけ早く回答してください。難しい場合は、ご連絡ください。',
    'できるだけ {早|はや}く {答|こた}えてください。{難|むずか}しいときは、{連絡|れんらく}してください。',
    'Please answer as soon as you can, or contact us if you cannot.',
  ),
  awaitingDecision: text(
    '決定したらお知らせします。',
    '{決|き}まったら {知|し}らせます。',
    'We will tell you when it is decided.',
  ),
  waitlisted: text(
    '枠が空くと、優先順位に沿って区が決定し、お知らせします。待つ必要がなくなった場合は、申請を取り下げてください。',
    '{空|あ}きが できたら、{順番|じゅんばん}に {知|し}らせます。もう {使|つか}わないときは、{申請|しんせい}を {取|と}り{下|さ}げてください。',
    'When a place falls free, the ward decides in the order of priority and tells you. If you no longer need it, please cancel the application.',
  ),
  cancelled: text(
    '利用を希望する場合は、もう一度申請してください。',
    '{使|つか}いたいときは、もう {一度|いちど} {申請|しんせい}してください。',
    'If you want a place, please apply again.',
  ),
};

/** What to do while an answer is awaited. */
export const answerBy = (count: number, deadline: LocalDate): Words =>
  withDate(deadline, (day) =>
    text(
      `${count}件について、${day('ja')}までに回答してください。`,
      `${count}つについて、${day('ja-easy')}までに {答|こた}えてください。`,
      `Please answer ${count} item${count === 1 ? '' : 's'} by ${day('en')}.`,
    ),
  );
