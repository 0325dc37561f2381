import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { isEnded } from '../domain/application/state.ts';
import { defaultCalendar } from '../domain/calendar/holidays.ts';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import { isWorkingDay } from '../domain/calendar/working-days.ts';
import { BOPS } from '../domain/facilities/facilities.ts';
import { replay } from '../domain/application/evolve.ts';
import { eventsOf } from '../store/events.ts';
import { NotNow, Town } from '../testing/year/town.ts';
import { REFUSED } from '../workflows/messages.ts';
import { families, type Family, type Wish } from './families.ts';
import { chance, familyMove, officeMove, type Move, type Office } from './people.ts';
import { printSeason, printYear, type Life } from './report.ts';

const { values } = parseArgs({
  options: {
    families: { type: 'string', short: 'n', default: '13' },
    until: { type: 'string', default: '2027-11-30' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(`npm run simulate -- [-n 13] [--until 2027-11-30] [--seed 1]

A year in seconds: made-up families use all procedures, from the April round of fiscal year 2027 on, through the real workflows
and activities on Temporal's time-skipping server and a real database. Day by day the families file what they need, the office
centre and the ward do what their tasks say; deadlines pass, reminders go out, rounds are released, fees follow. kintone, mail
and printer are recorders here: what counts is what happens to each application, and when. Every 13th family is alike.`);
  process.exit(0);
}

const random = chance(Number(values.seed));
console.log('Temporal の時間を進めるサーバーを起動しています (starting the time-skipping server)');
const town = families(
  Number(values.families),
  BOPS.map(({ code }) => code),
  random,
);
const club = await Town.found(
  '2026-11-05',
  town.map(({ child }) => child),
);
const began = performance.now();
const year = Number(club.real('2027-04').slice(0, 4));
const calendar = defaultCalendar(year - 1, year + 1);
const lives: Life[] = [];
const waiting = new Map<Family, Wish[]>(town.map((family) => [family, [...family.wishes]]));

/** Files the next of a family's wishes whose day has come; one that cannot be filed now is tried again tomorrow. */
async function fileNext(family: Family, today: string): Promise<void> {
  const wishes = waiting.get(family) ?? [];
  const [next] = wishes;
  if (!next || next.from > today) return;
  const { from: _from, ...form } = next;
  try {
    const app = await club.file({ ...form, child: family.child.name });
    lives.push({ app, family });
    wishes.shift();
    await fileNext(family, today);
  } catch (error) {
    if (!(error instanceof NotNow)) throw error;
    // Missed for good: what it needs will not come any more.
    if (addDays(next.from, 60) < today) wishes.shift();
  }
}

/** What somebody else was quicker with is refused: they look again tomorrow. */
async function tryMove({ app }: Life, { actor, action }: Move): Promise<void> {
  try {
    await app.act(actor, action);
  } catch (error) {
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
    if (!(cause instanceof ApplicationFailure) || cause.type !== REFUSED) throw error;
  }
}

/** Tomorrow; where nobody waits for anything, the day on which a family wants something again. */
function nextDay(today: string): string {
  const tomorrow = addDays(today, 1);
  if (lives.some((life) => !life.ended)) return tomorrow;
  const days = [...waiting.values()].flatMap(([next]) => (next ? [next.from] : [])).toSorted();
  const [soonest = values.until] = days;
  return soonest > tomorrow ? soonest : tomorrow;
}

for (let today = '2026-11-05'; today <= values.until; today = nextDay(today)) {
  await club.until(today, '10:00');
  for (const family of town) await fileNext(family, today);
  const now = await club.system.now();
  const working = isWorkingDay(tokyoDate(now), calendar);
  for (const life of lives) {
    if (life.ended) continue;
    const events = await eventsOf(club.system.store.db, life.app.id);
    // Filed a moment ago.
    if (events.length === 0) continue;
    const state = replay(events);
    if (isEnded(state)) {
      life.ended = state;
      continue;
    }
    const office: Office = { strictness: 0.4, random, now, newId: randomUUID };
    const move =
      familyMove(state, life.family.temper, office) ?? (working ? officeMove(state, office) : undefined);
    if (move) await tryMove(life, move);
  }
}

const seconds = (performance.now() - began) / 1000;
for (const life of lives) {
  life.events = await eventsOf(club.system.store.db, life.app.id);
  life.mails = club.system.templatesOf(life.app.id).length;
}
printSeason(lives, { from: '2026-11-05', to: values.until, seconds, told: (day) => club.told(day) });
await printYear(club, town);
await club.system.close();
process.exit(0);
