import type { MailTemplate } from '../application/effects.ts';
import type { LocalDate } from '../calendar/dates.ts';
import { displayDateWithWeekday } from '../procedures/format-dates.ts';
import { inLocale, text, type Locale, type Localized } from '../texts/locale.ts';

/** What a mail tells, from the events and the texts they refer to. Names of children are never in it. */
export interface MailFacts {
  receiptNumber: string;
  procedure: Localized;
  /** The application's page in the portal. */
  url: string;
  items: readonly { what: Localized; reason: Localized; note?: string }[];
  deadline?: LocalDate;
  decision?: { outcome: 'approved' | 'refused'; effectiveFrom?: LocalDate };
  /** Where several applications were filed in one go: all of them, this one too; one mail tells of their receipt. */
  together?: readonly { receiptNumber: string; procedure: Localized }[];
}

/** Part of a mail; one source for plain text and HTML. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'facts'; rows: readonly { label: string; value: string }[] }
  | { kind: 'items'; items: readonly { title: string; lines: readonly string[] }[] }
  | { kind: 'link'; label: string; url: string };

export interface MailContent {
  subject: string;
  blocks: readonly Block[];
}

const WORDS = {
  receiptNumber: text('受付番号', '{受付|うけつけ}{番号|ばんごう}', 'Receipt number'),
  procedure: text('手続き', '{手続|てつづ}き', 'Procedure'),
  deadline: text('回答の期限', '{答|こた}える {日|ひ}（この{日|ひ}までに）', 'Please answer by'),
  // Of a use that begins, and of anything else that takes effect.
  from: text('開始日・適用日', '{始|はじ}まる{日|ひ}', 'From'),
  openAll: text('申請の一覧を見る', '{申請|しんせい}の {一覧|いちらん}を {見|み}る', 'See your applications'),
  open: text('申請の内容を見る', '{申請|しんせい}を {見|み}る', 'See your application'),
  answer: text('回答する', '{答|こた}える', 'Answer'),
  note: text('担当からの説明', '{担当|たんとう}の {人|ひと}から', 'Note from the reviewer'),
};

const SUBJECTS: Readonly<Record<MailTemplate, Localized>> = {
  received: text(
    '申請を受け付けました',
    '{申請|しんせい}を {受|う}け{付|つ}けました',
    'We have received your application',
  ),
  deficiencyRequested: text(
    '申請内容の確認・追加書類のお願い',
    '{書類|しょるい}などを {送|おく}ってください',
    'Please correct or add to your application',
  ),
  letterComing: text(
    '追加書類のお願い（郵便でもお送りします）',
    '{書類|しょるい}などを {送|おく}ってください（{手紙|てがみ}も {送|おく}ります）',
    'Please add to your application (a letter follows)',
  ),
  reminder: text(
    '回答の期限が近づいています',
    'もうすぐ {答|こた}える {日|ひ}です',
    'Your answer is due soon',
  ),
  chaser: text('回答をお待ちしています', '{答|こた}えを {待|ま}っています', 'We are waiting for your answer'),
  deadlineExtended: text(
    '回答の期限を変更しました',
    '{答|こた}える {日|ひ}を {変|か}えました',
    'The date for your answer has changed',
  ),
  answerReceived: text(
    '回答を受け付けました',
    '{答|こた}えを {受|う}け{取|と}りました',
    'We have received your answer',
  ),
  decided: text('審査の結果が決まりました', '{結果|けっか}が {決|き}まりました', 'A decision has been made'),
  waitlisted: text(
    '延長利用は待機になりました',
    '{延長利用|えんちょうりよう}は {空|あ}きを {待|ま}っています',
    'You are on the waiting list for extended use',
  ),
  cancelled: text(
    '申請を取り下げました',
    '{申請|しんせい}を やめました',
    'Your application has been cancelled',
  ),
};

const LEADS: Readonly<Record<Exclude<MailTemplate, 'decided'>, Localized>> = {
  received: text(
    '申請を受け付けました。内容を確認し、結果をお知らせします。書類などに不足がある場合は、このメールアドレスにご連絡します。',
    '{申請|しんせい}を {受|う}け{付|つ}けました。これから {確認|かくにん}します。{足|た}りないものが あるときは、メールで お{知|し}らせします。',
    'We have received your application and will now check it. If anything is missing, we will write to this address.',
  ),
  deficiencyRequested: text(
    '申請を確認したところ、次の点について、修正または追加の書類が必要です。期限までに、下のリンクから回答してください。',
    '{申請|しんせい}を {見|み}ました。{下|した}に {書|か}いてあることを {直|なお}すか、{書類|しょるい}を {送|おく}ってください。{下|した}の リンクから {答|こた}えてください。',
    'We have checked your application. The points below need a correction or a further document. Please answer by the date given, using the link below.',
  ),
  letterComing: text(
    '再度確認したところ、次の点がまだ不足しています。詳しい案内を郵便でもお送りします。郵便を待たずに、下のリンクから回答することもできます。',
    'もう{一度|いちど} {見|み}ました。まだ {足|た}りないものが あります。{手紙|てがみ}も {送|おく}ります。{手紙|てがみ}が {来|く}る{前|まえ}に、{下|した}の リンクから {答|こた}えることも できます。',
    'We have checked again and the points below are still missing. A letter with details follows by post; you need not wait for it and can answer with the link below.',
  ),
  reminder: text(
    '次の点について、回答の期限が近づいています。まだの場合は、下のリンクから回答してください。すでに送られている場合は、行き違いをご容赦ください。',
    '{答|こた}える {日|ひ}が {近|ちか}いです。まだの {人|ひと}は、{下|した}の リンクから {答|こた}えてください。もう {送|おく}った {人|ひと}は、{何|なに}も しなくて いいです。',
    'The date for your answer to the points below is near. If you have not answered yet, please use the link below. If you have, please disregard this mail.',
  ),
  chaser: text(
    '次の点について、期限までに回答を確認できませんでした。審査を進められませんので、新しい期限までに回答してください。事情がある場合は、手続き窓口にご相談ください。',
    '{答|こた}えが まだ {来|き}ていません。{新|あたら}しい {日|ひ}までに {答|こた}えてください。{困|こま}っていることが あるときは、{電話|でんわ}で {話|はな}してください。',
    'We have not received your answer to the points below, and cannot go on with your application. Please answer by the new date. If something keeps you from it, please call us.',
  ),
  deadlineExtended: text(
    '回答の期限を、次のとおり変更しました。',
    '{答|こた}える {日|ひ}を {変|か}えました。',
    'The date for your answer has been changed as follows.',
  ),
  answerReceived: text(
    '回答を受け付けました。内容を確認し、あらためてご連絡します。',
    '{答|こた}えを {受|う}け{取|と}りました。これから {確認|かくにん}します。',
    'We have received your answer and will check it.',
  ),
  waitlisted: text(
    '延長利用の申請の審査が終わりました。利用の枠に空きがないため、待機としてお待ちいただきます。申請は有効のままです。枠が空くと、優先順位に沿って区が決定し、改めてお知らせします。待つ必要がなくなった場合は、下のリンクから申請を取り下げてください。',
    '{延長利用|えんちょうりよう}の {申請|しんせい}を {確認|かくにん}しました。いまは {空|あ}きが ないので、{待|ま}っていてください。{空|あ}きが できたら、{順番|じゅんばん}に {知|し}らせます。もう {使|つか}わないときは、{下|した}の リンクから {取|と}り{下|さ}げてください。',
    'The review of your application for extended use is done. No place is free at present, so you are on the waiting list; your application stays open. When a place falls free, the ward decides in the order of priority and tells you. If you no longer need it, please cancel with the link below.',
  ),
  cancelled: text(
    '申請は取り下げられました。審査は行いません。改めて利用を希望する場合は、もう一度申請してください。',
    '{申請|しんせい}を やめました。また {使|つか}いたいときは、もう{一度|いちど} {申請|しんせい}してください。',
    'Your application has been cancelled and will not be reviewed. You can apply again at any time.',
  ),
};

/** Of several applications that were filed in one go. */
const RECEIVED_TOGETHER = text(
  '次の申請をまとめて受け付けました。内容を確認し、結果を申請ごとにお知らせします。書類などに不足がある場合は、このメールアドレスにご連絡します。',
  '{次|つぎ}の {申請|しんせい}を {受|う}け{付|つ}けました。これから {確認|かくにん}します。{足|た}りないものが あるときは、メールで お{知|し}らせします。',
  'We have received the applications below and will now check them. We tell you the result of each. If anything is missing, we will write to this address.',
);

const APPROVED = text(
  '審査の結果、申請は承認されました。詳しくは下のリンクからご確認ください。',
  '{申請|しんせい}は {認|みと}められました。{下|した}の リンクを {見|み}てください。',
  'Your application has been approved. Please see the details with the link below.',
);
const REFUSED = text(
  '審査の結果、申請は承認されませんでした。理由は下のリンクからご確認ください。ご不明な点は、手続き窓口にお問い合わせください。',
  '{申請|しんせい}は {認|みと}められませんでした。{理由|りゆう}は {下|した}の リンクを {見|み}てください。わからないことは、{電話|でんわ}で {聞|き}いてください。',
  'Your application has not been approved. Please see the reason with the link below, and ask us if anything is unclear.',
);

/** Templates whose mail lists what is missing, and asks for an answer. */
const ASKS: readonly MailTemplate[] = [
  'deficiencyRequested',
  'letterComing',
  'reminder',
  'chaser',
  'deadlineExtended',
];

function leadFor(template: MailTemplate, facts: MailFacts): Localized {
  if (facts.together) return RECEIVED_TOGETHER;
  if (template !== 'decided') return LEADS[template];
  return facts.decision?.outcome === 'approved' ? APPROVED : REFUSED;
}

function factRows(template: MailTemplate, facts: MailFacts, locale: Locale): Block {
  const asks = ASKS.includes(template);
  const from = facts.decision?.effectiveFrom;
  const row = (label: Localized, value: string) => ({ label: inLocale(label, locale), value });
  if (facts.together) {
    return {
      kind: 'facts',
      rows: facts.together.map(({ receiptNumber, procedure }) => row(procedure, receiptNumber)),
    };
  }
  return {
    kind: 'facts',
    rows: [
      row(WORDS.receiptNumber, facts.receiptNumber),
      row(WORDS.procedure, inLocale(facts.procedure, locale)),
      ...(asks && facts.deadline
        ? [row(WORDS.deadline, displayDateWithWeekday(facts.deadline, locale))]
        : []),
      ...(template === 'decided' && from ? [row(WORDS.from, displayDateWithWeekday(from, locale))] : []),
    ],
  };
}

/** The name of a kind of mail, for staff: its subject in Japanese. */
export function mailLabel(template: MailTemplate): string {
  return SUBJECTS[template].ja;
}

/** A mail in one language (Q18, Q20): what, how, and by when. */
export function mailContent(template: MailTemplate, facts: MailFacts, locale: Locale): MailContent {
  const say = (localized: Localized) => inLocale(localized, locale);
  const asks = ASKS.includes(template);
  const items: Block = {
    kind: 'items',
    items: facts.items.map(({ what, reason, note }) => ({
      title: say(what),
      lines: [say(reason), ...(note ? [`${say(WORDS.note)}：${note}`] : [])],
    })),
  };
  return {
    subject: `【新BOP学童クラブ】${say(SUBJECTS[template])}`,
    blocks: [
      { kind: 'paragraph', text: say(leadFor(template, facts)) },
      factRows(template, facts, locale),
      ...(asks && facts.items.length > 0 ? [items] : []),
      {
        kind: 'link',
        label: say(asks ? WORDS.answer : facts.together ? WORDS.openAll : WORDS.open),
        url: facts.url,
      },
    ],
  };
}
