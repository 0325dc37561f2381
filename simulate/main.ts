import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { tokyoDate } from '../domain/calendar/dates.ts';
import { isWorkingDay } from '../domain/calendar/working-days.ts';
import { defaultCalendar } from '../domain/calendar/holidays.ts';
import { DEFAULT_DEADLINES } from '../domain/application/settings.ts';
import { isEnded } from '../domain/application/state.ts';
import { BOPS } from '../domain/facilities/facilities.ts';
import { receiptNumberOf } from '../domain/intake/receipt-number.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import {
  RecordingActivities,
  inputOf,
  quietTemporal,
  submitForTest,
  testWorker,
} from '../testing/application-worker.ts';
import { registerSearchAttributes, startTimeSkipping } from '../testing/temporal.ts';
import { SEARCH_ATTRIBUTE_KEYS } from '../workflows/search-attributes.ts';
import { chance, familyMove, officeMove, TEMPERS, type Office, type Temper } from './people.ts';
import { printSeason, type Life } from './report.ts';

const { values } = parseArgs({
  options: {
    applications: { type: 'string', short: 'n', default: '30' },
    days: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(`npm run simulate -- [-n 30] [--days 150] [--seed 1]

A season in seconds: made-up applications run through the real workflow on Temporal's time-skipping server. Day by day the
families, the office centre and the ward do what their tasks say; deadlines pass, reminders go out, letters are posted.
kintone, mail and printer are recorders here: what counts is what happens to each application, and when.`);
  process.exit(0);
}

const count = Number(values.applications);
const random = chance(Number(values.seed));
quietTemporal();
console.log(`Temporal の時間を進めるサーバーを起動しています (starting the time-skipping server)`);
const env = await startTimeSkipping();
await registerSearchAttributes(env, SEARCH_ATTRIBUTE_KEYS);

const admission = procedureOf('admission');
if (!admission) throw new Error('the procedure admission is not defined');
const activities = new RecordingActivities();
const year = new Date(await env.currentTimeMs()).getUTCFullYear();
const calendar = defaultCalendar(year, year + 2);
activities.settings = {
  calendar,
  deadlines: DEFAULT_DEADLINES,
  criteriaVersion: 'default',
  criteria: admission.criteria.map(({ id, required }) => ({ id, required })),
};
const worker = await testWorker(env, activities);
const running = worker.run();
const began = performance.now();
const now = async () => new Date(await env.currentTimeMs()).toISOString();

const lives: (Life & { app: Awaited<ReturnType<typeof submitForTest>> })[] = [];
for (let index = 0; index < count; index += 1) {
  const temper: Temper = TEMPERS[Math.floor(random() * TEMPERS.length)] ?? 'prompt';
  const receiptNumber = receiptNumberOf(admission.letter, year + 1, index + 1);
  const input = inputOf({
    receiptNumber,
    fiscalYear: year + 1,
    bopCode: BOPS[index % BOPS.length]?.code ?? '1',
    applicantId: `guardian-${index}`,
    hasMail: random() > 0.2,
    receivedAt: await now(),
  });
  lives.push({ receiptNumber, temper, hasMail: input.hasMail, app: await submitForTest(env, input) });
}

const firstDay = tokyoDate(await now());
for (let day = 0; day < Number(values.days); day += 1) {
  await env.sleep('1 day');
  const at = await now();
  const working = isWorkingDay(tokyoDate(at), calendar);
  let open = 0;
  for (const life of lives) {
    if (life.ended) continue;
    const state = await life.app.state();
    if (isEnded(state)) {
      life.ended = state;
      continue;
    }
    open += 1;
    const office: Office = { strictness: 0.5, random, now: at, newId: randomUUID };
    const move = familyMove(state, life.temper, office) ?? (working ? officeMove(state, office) : undefined);
    if (move) await life.app.act(move.actor, move.action);
  }
  if (open === 0) break;
}

for (const life of lives) {
  life.events = activities.events.get(life.app.submitted.applicationId) ?? [];
  life.mails = activities.mails.filter(({ mailId }) =>
    mailId.startsWith(life.app.submitted.applicationId),
  ).length;
}
printSeason(lives, {
  from: firstDay,
  to: tokyoDate(await now()),
  seconds: (performance.now() - began) / 1000,
});
worker.shutdown();
await running;
await env.teardown();
