import type { ApplicationEvent, EventType } from '../domain/application/events.ts';
import type { ApplicationState } from '../domain/application/state.ts';
import { METHOD_LABELS, STAGE_LABELS } from '../domain/texts/application.ts';
import { tokyoDate } from '../domain/calendar/dates.ts';
import type { Temper } from './people.ts';

/** One application's season. */
export interface Life {
  receiptNumber: string;
  temper: Temper;
  hasMail: boolean;
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
  cancelled: '取り下げ',
};

function wordFor(event: ApplicationEvent): string | undefined {
  if (event.type === 'deficiencyRequested')
    return `不備${event.request.round}回目（${METHOD_LABELS[event.request.method]}）`;
  if (event.type === 'decided') return event.outcome === 'approved' ? '承認' : '不承認';
  if (event.type === 'reviewReopened')
    return event.cause === 'withoutAnswer' ? '回答なしで審査へ' : undefined;
  return WORDS[event.type];
}

const short = (date: string) => `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`;

/** Prints what happened to each application, a line each, and the sum. */
export function printSeason(
  lives: readonly Life[],
  season: { from: string; to: string; seconds: number },
): void {
  console.log(`\n${season.from} から ${season.to} まで（実際には ${season.seconds.toFixed(1)} 秒）\n`);
  const ends = new Map<string, number>();
  for (const life of lives) {
    const steps = (life.events ?? []).flatMap((event) => {
      const word = wordFor(event);
      return word === undefined ? [] : [`${short(tokyoDate(event.at))} ${word}`];
    });
    const end = life.ended ? STAGE_LABELS[life.ended.stage] : '継続中';
    ends.set(end, (ends.get(end) ?? 0) + 1);
    const family = `${TEMPER_LABELS[life.temper]}・メール${life.hasMail ? `${life.mails ?? 0}通` : 'なし'}`;
    console.log(`${life.receiptNumber}  ${end}  [${family}]\n    ${steps.join(' → ')}`);
  }
  const sum = [...ends].map(([end, count]) => `${end} ${count}`).join('、');
  console.log(`\n${lives.length} 件: ${sum}`);
}
