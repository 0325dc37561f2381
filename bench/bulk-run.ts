import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { BulkResponse, RoundsResponse } from '../api/contract/index.ts';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import { ensureFamily, demoId } from '../embedded/demo/accounts.ts';
import { demoFamily } from '../embedded/demo/families.ts';
import type { ApiClient } from '../embedded/demo/client.ts';
import type { Application } from '../store/applications.ts';
import { manyApplications } from '../testing/many.ts';
import { openFirstRound } from '../testing/rounds.ts';
import type { TestSystem } from '../testing/system.ts';
import { carriedNotices, countNotices, type NoticeCount } from './bulk-notices.ts';
import { inParallel, waitFor } from './measure.ts';

export interface BulkRun {
  count: number;
  /** Seconds until all stood before the ward, were decided, were told. */
  made: number;
  decided: number;
  told: number;
  kills: number;
  protocol: BulkResponse['counts'];
  /** Applications with other than one decision, one release, one mail of the decision sent. */
  notOnce: { decisions: number; releases: number; mails: number };
  /**
   * Different mails at the server, and copies: a worker that is killed between the server's "accepted" and its own note sends the
   * mail again under the same Message-ID, by which receiving servers drop it (activities/mail/send.ts).
   */
  mailsAtServer: { different: number; copies: number };
  notices: NoticeCount;
  changed: string[];
}

const AT_ONCE = 10;
const LONG = 3600;

/**
 * A round of so many admissions: the ward decides them in bulk while the worker is killed in the middle, one of them has changed
 * since the preview; then the day of the notices comes, and the worker is killed again while families are told.
 * @param options.light made by the short way (testing/many.ts)
 */
export async function runBulk(
  system: TestSystem,
  {
    count,
    light = false,
    say = () => undefined,
  }: { count: number; light?: boolean; say?: (sentence: string) => void },
): Promise<BulkRun> {
  const { db, keyring, password } = system;
  const [index, round] = [900_000, 'first'];
  await openFirstRound(db, 2027);
  await ensureFamily(db, keyring, index, { password });
  const many = await manyApplications(system, demoId('family', index));
  const ward = await system.signedIn('ward');
  const list: Application[] = [];
  const made = await inParallel(count, AT_ONCE, async (at) => {
    list.push(await (light ? many.makeLight(at) : many.make(at)));
    if (list.length % 500 === 0) say(`${list.length} / ${count} 件を審査しました (reviewed)`);
  });
  say(`下見を作り、${count} 件をまとめて決定します (bulk decision; the worker is killed in the middle)`);
  const id = randomUUID();
  const path = `/api/staff/bulk-decisions`;
  const { counts } = await ward.call<BulkResponse>('POST', path, {
    id,
    procedure: 'admission',
    fiscalYear: 2027,
    round,
    plan: { type: 'approve', effective: { kind: 'asked' } },
  });
  const [odd] = list;
  if (!odd || counts.planned !== count) throw new Error(`the preview has ${counts.planned} of ${count}`);
  const operator = { kind: 'staff', id: randomUUID(), role: 'operator' } as const;
  const contact = {
    id: randomUUID(),
    kind: 'phone',
    direction: 'fromApplicant',
    content: randomUUID(),
    occurredAt: new Date().toISOString(),
  } as const;
  await many.temporal.act(odd, operator, { type: 'recordContact', contact }, randomUUID());
  const decidedFrom = performance.now();
  await ward.call('POST', `${path}/${id}/confirm`, { planned: count });
  const bulk = () => ward.call<BulkResponse>('GET', `${path}/${id}`);
  let kills = 0;
  await waitFor(
    'half of them',
    async () => ((await bulk()).counts.decided >= count / 2 ? true : undefined),
    LONG,
  );
  await system.kill('worker');
  kills += 1;
  const done = await waitFor(
    'the end',
    async () => {
      const now = await bulk();
      return now.status === 'done' ? now : undefined;
    },
    LONG,
  );
  const decided = (performance.now() - decidedFrom) / 1000;
  say('通知日にします (the day of the notices comes; the worker is killed again)');
  const toldFrom = performance.now();
  await release(ward, round);
  const left = () => countOf(db, `stage = 'awaitingRelease'`);
  await waitFor('half of them told', async () => ((await left()) <= count / 2 ? true : undefined), LONG);
  await system.kill('worker');
  kills += 1;
  const sent = () =>
    db
      .selectFrom('mails')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('template', '=', 'decided')
      .where('status', '=', 'sent')
      .executeTakeFirstOrThrow();
  await waitFor('everybody told', async () => ((await sent()).n >= count - 1 ? true : undefined), LONG);
  const told = (performance.now() - toldFrom) / 1000;
  const carried = async () => ((await carriedNotices(system)) >= count - 1 ? true : undefined);
  await waitFor('every notice in kintone', carried, LONG);
  await many.close();
  return {
    count,
    made,
    decided,
    told,
    kills,
    protocol: done.counts,
    notOnce: await notOnce(system, odd.id),
    mailsAtServer: await mailsAtServer(system, demoFamily(index).email),
    notices: await countNotices(system),
    changed: [odd.receiptNumber],
  };
}

async function countOf(db: TestSystem['db'], condition: string): Promise<number> {
  const { n } = await db
    .selectFrom('applications')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where(sql<boolean>`${sql.raw(condition)}`)
    .executeTakeFirstOrThrow();
  return n;
}

/** The ward moves the round's days so that its notices are due. */
async function release(ward: ApiClient, round: string): Promise<void> {
  const { rounds } = await ward.call<RoundsResponse>('GET', '/api/staff/rounds');
  const dates = rounds
    .find((one) => one.fiscalYear === 2027 && one.round === round)
    ?.dates.find((one) => one.procedure === 'admission');
  const today = tokyoDate(new Date().toISOString());
  await ward.call('PUT', `/api/staff/rounds/2027/${round}/dates`, {
    procedure: 'admission',
    opensOn: addDays(today, -60),
    closesOn: addDays(today, -3),
    noticesOn: addDays(today, -1),
    basedOn: dates?.version ?? 0,
    note: '計測のため',
  });
}

/** Of all applications but the one that had changed: how many were not decided, released and told exactly once. */
async function notOnce({ db }: TestSystem, except: string): Promise<BulkRun['notOnce']> {
  const { rows } = await sql<{ decisions: number; releases: number; mails: number }>`
    select
      count(*) filter (where (select count(*) from application_events e
        where e.application_id = a.id and e.type = 'decided') <> 1)::int as decisions,
      count(*) filter (where (select count(*) from application_events e
        where e.application_id = a.id and e.type = 'released') <> 1)::int as releases,
      count(*) filter (where (select count(*) from mails m
        where m.application_id = a.id and m.template = 'decided' and m.status = 'sent') <> 1)::int as mails
    from applications a where a.id <> ${except}
  `.execute(db);
  const [row] = rows;
  if (!row) throw new Error('nothing counted');
  return row;
}

/** What the mail server has taken for the family: decisions only. */
async function mailsAtServer({ place }: TestSystem, address: string): Promise<BulkRun['mailsAtServer']> {
  const answer = await fetch(
    `http://localhost:${place.ports.mailPage}/api/mails?q=${encodeURIComponent(address)}&limit=100000`,
  );
  const list = (await answer.json()) as { subject: string; messageId: string }[];
  const decisions = list.filter((mail) => mail.subject.includes('審査の結果'));
  const different = new Set(decisions.map((mail) => mail.messageId)).size;
  return { different, copies: decisions.length - different };
}
