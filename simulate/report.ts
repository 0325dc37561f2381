import type { ApplicationEvent, EventType } from '../domain/application/events.ts';
import type { ApplicationState, RelatedOutcome } from '../domain/application/state.ts';
import { tokyoDate } from '../domain/calendar/dates.ts';
import { monthsOfYear } from '../domain/enrolment/months.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import { METHOD_LABELS, STAGE_LABELS } from '../domain/texts/application.ts';
import { monthInWord } from '../testing/year/fees.ts';
import type { Town, TownApplication } from '../testing/year/town.ts';
import type { Family } from './families.ts';
import type { Temper } from './people.ts';

/** One application's season. */
export interface Life {
  app: TownApplication;
  family: Family;
  events?: readonly ApplicationEvent[];
  mails?: number;
  ended?: ApplicationState;
}

const TEMPER_LABELS: Readonly<Record<Temper, string>> = {
  prompt: 'すぐ答える',
  partial: '少しずつ答える',
  late: '督促で答える',
  silent: '答えない',
  givesUp: '取り下げる',
};

const WORDS: Partial<Record<EventType, string>> = {
  received: '受付',
  firstReviewCompleted: '一次',
  secondReviewAgreed: '二次',
  returnedToFirst: '差戻し',
  escalated: '区照会',
  instructed: '区指示',
  applicantTold: '電話で伝達',
  letterPosted: '発送',
  reminded: '期限前のお知らせ',
  deadlinePassed: '期限超過',
  chased: '督促',
  answered: '回答',
  waitlisted: '待機',
  waitlistTold: '待機の通知',
  released: '通知',
};

function wordFor(event: ApplicationEvent): string | undefined {
  if (event.type === 'deficiencyRequested')
    return `不備${event.request.round}回目（${METHOD_LABELS[event.request.method]}）`;
  if (event.type === 'cancelled')
    return event.onRequest ? `取り下げ（${event.onRequest.receiptNumber}による）` : '取り下げ';
  if (event.type === 'relatedChanged')
    return event.role === 'waitsFor' ? RELATED[event.related.outcome] : undefined;
  if (event.type === 'decided') return event.outcome === 'approved' ? '承認' : '不承認';
  if (event.type === 'reviewReopened')
    return event.cause === 'withoutAnswer' ? '回答なしで審査へ' : undefined;
  return WORDS[event.type];
}

const RELATED: Readonly<Record<RelatedOutcome, string>> = {
  undecided: '入会を待つ',
  approved: '入会の決定を知る',
  refused: '入会の不承認を知る',
  cancelled: '入会の取り下げを知る',
};

const short = (date: string) => `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`;

/** Prints what happened to each application, a line each, and the sums. */
export function printSeason(
  lives: readonly Life[],
  season: { from: string; to: string; seconds: number; told: (day: string) => string },
): void {
  const took = season.seconds.toFixed(1);
  console.log(`\n2027年度の話として ${season.from} から ${season.to} まで（実際には ${took} 秒）\n`);
  const ends = new Map<string, Map<string, number>>();
  for (const { app, family, events = [], mails = 0, ended } of lives) {
    const steps = events.flatMap((event) => {
      const word = wordFor(event);
      return word === undefined ? [] : [`${short(season.told(tokyoDate(event.at)))} ${word}`];
    });
    const end = ended ? STAGE_LABELS[ended.stage] : '継続中';
    const procedure = procedureOf(app.procedure)?.name.ja ?? app.procedure;
    const of = ends.get(procedure) ?? new Map<string, number>();
    ends.set(procedure, of.set(end, (of.get(end) ?? 0) + 1));
    const what = `${procedure}${app.example === undefined ? '' : `（${app.example}）`}`;
    const who = `${family.child.family[0]} ${family.child.name}・${TEMPER_LABELS[family.temper]}`;
    console.log(
      `${app.receiptNumber}  ${what}  ${end}  [${who}・メール${mails}通]\n    ${steps.join(' → ')}`,
    );
  }
  console.log(`\n${lives.length} 件`);
  for (const [procedure, counts] of ends) {
    console.log(`  ${procedure}: ${[...counts].map(([end, count]) => `${end} ${count}`).join('、')}`);
  }
}

/** Prints each child's year: what each month costs as it is known at the end. */
export async function printYear(club: Town, town: readonly Family[]): Promise<void> {
  const months = monthsOfYear(2027);
  console.log('\n利用料（円。延：延長利用、日：日ぎめ、減：減免、－：在籍なし）');
  console.log(`  ${months.map((month) => `${Number(month.slice(5))}月`).join(' ')}`);
  for (const { child } of town) {
    const stored = await club.enrolment(child.name);
    const enrolment = stored && club.told(stored.enrolment);
    const cells = months.map((month) => monthInWord(enrolment, month, child.bop));
    console.log(`  ${cells.join(' ')}  ${child.family[0]} ${child.name}`);
  }
}
