import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import { displayDate } from '../../domain/procedures/format-dates.ts';
import { bopOf, hallOf, hallOfBop } from '../../domain/facilities/facilities.ts';
import { envelopesOf, hasAddress, type NotPostable, type Posted } from '../../domain/notices/envelopes.ts';
import { NOTICE_LABELS } from '../../domain/notices/kinds.ts';
import type { StaffActor } from '../../domain/people/actor.ts';
import { visibleBops } from '../../domain/people/actor.ts';
import { charactersMissing } from '../../printing/notice.ts';
import { printFile, type PrintedEnvelope } from '../../printing/print-file.ts';
import { settingOn } from '../../store/dated-settings.ts';
import { allNotices, type NoticeRow } from '../../store/notice-lists.ts';
import { createRun, recordPrint, runItems, type NoticeRun, type RunItem } from '../../store/notice-runs.ts';
import { NOTICE_COLUMNS, type Notice } from '../../store/notices.ts';
import type { NewRunRequest } from '../contract/notices.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';
import { contentsOf, verificationOf } from './notice-content.ts';
import { roundLabel } from './ward-settings.ts';

/** Notices whose contents are in memory at one time. */
const PART = 200;

const DELIVERY_LABELS = {
  post: '郵送するもの',
  portal: '画面だけのもの',
  counter: '新BOPで渡すもの',
} as const;

export const LEFT_OUT_LABELS: Readonly<Record<NotPostable, string>> = {
  noAddress: '宛名または住所がありません',
  missingCharacters: '印字できない文字があります（外字）',
};

/** What a run was made of, in words. */
export function choiceInWords(choice: Partial<NewRunRequest>): string {
  const { issuedFrom: from, issuedTo: to } = choice;
  const days =
    from !== undefined && from === to
      ? displayDate(from, 'ja')
      : `${from === undefined ? '' : displayDate(from, 'ja')}〜${to === undefined ? '' : displayDate(to, 'ja')}`;
  const parts = [
    choice.kind ? NOTICE_LABELS[choice.kind] : 'すべての種類',
    choice.fiscalYear === undefined ? '' : `${choice.fiscalYear}年度`,
    choice.round === undefined ? '' : roundLabel(choice.round).ja,
    from === undefined && to === undefined ? '' : `日付 ${days}`,
    choice.bop === undefined ? '' : (bopOf(choice.bop)?.name ?? choice.bop),
    choice.hall === undefined ? '' : (hallOf(choice.hall)?.name ?? choice.hall),
    choice.channel === undefined ? '' : choice.channel === 'paper' ? '紙の申請' : 'オンラインの申請',
    choice.delivery === undefined ? '' : DELIVERY_LABELS[choice.delivery],
    choice.onlyNew === true ? '未印刷のみ' : '',
  ];
  return parts.filter((part) => part !== '').join('・');
}

/**
 * Makes a print file's list (Q22): what was chosen, less what cannot be posted, by 新BOP and kana, in envelopes.
 * @returns the run's id
 * @throws {ProblemError} `noticesNone` where nothing is left, `kintoneAway`
 */
export async function makeRun(deps: ApiDeps, actor: StaffActor, request: NewRunRequest): Promise<string> {
  const { together, onlyNew, kind, ...rest } = request;
  const chosen = await allNotices(deps.db, visibleBops(actor), {
    ...given(rest),
    ...(kind ? { kinds: [kind] } : {}),
    ...(onlyNew ? { printed: false } : {}),
  });
  const posted: Posted[] = [];
  const leftOut: { reference: string; reason: NotPostable }[] = [];
  for (const part of inParts(chosen, PART)) {
    const contents = await contentsOf(deps, part);
    for (const { id, reference, receiptNumber } of part) {
      const content = contents.get(id);
      if (!content) continue;
      const one: Posted = {
        noticeId: id,
        receiptNumber,
        bopCode: content.bop.code,
        childKana: content.child.kana,
        to: content.to,
      };
      if (!hasAddress(one)) leftOut.push({ reference, reason: 'noAddress' });
      else if (charactersMissing(content).length > 0)
        leftOut.push({ reference, reason: 'missingCharacters' });
      else posted.push(one);
    }
  }
  if (posted.length === 0) {
    throw new ProblemError('noticesNone', {
      ...(leftOut.length > 0
        ? { detail: `当てはまる通知書${leftOut.length}件は、いずれも郵送できません（${reasons(leftOut)}）。` }
        : {}),
    });
  }
  const now = deps.now();
  const { value: window } = await settingOn(deps.db, 'envelopeWindow', tokyoDate(now.toISOString()));
  return createRun(deps.db, {
    choice: request,
    together,
    window,
    leftOut,
    envelopes: envelopesOf(posted, { together }),
    madeBy: actor.id,
    now,
  });
}

/** Without what was not chosen. */
export function given<T extends object>(choice: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(choice).filter((entry) => entry[1] !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function reasons(leftOut: readonly { reason: NotPostable }[]): string {
  return [...new Set(leftOut.map(({ reason }) => LEFT_OUT_LABELS[reason]))].join('、');
}

function* inParts<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}

/** A run's 新BOPs with their counts, in the order of the file. */
export function groupsOf(items: readonly RunItem[]) {
  const groups = new Map<string, { envelopes: Set<number>; notices: number; counted: number }>();
  for (const { bopCode, envelope, countedAt } of items) {
    const group = groups.get(bopCode) ?? { envelopes: new Set<number>(), notices: 0, counted: 0 };
    group.envelopes.add(envelope);
    group.notices += 1;
    if (countedAt !== null) group.counted += 1;
    groups.set(bopCode, group);
  }
  return [...groups].map(([bopCode, { envelopes, notices, counted }]) => ({
    bopCode,
    bopName: bopOf(bopCode)?.name ?? bopCode,
    hallName: hallOfBop(bopCode)?.name ?? '',
    envelopes: envelopes.size,
    notices,
    counted,
  }));
}

/** The notices of a run with what they say, part by part in the order of the file. */
export async function* runContents(deps: ApiDeps, items: readonly RunItem[]) {
  for (const part of inParts(items, PART)) {
    const notices = await deps.db
      .selectFrom('notices')
      .select(NOTICE_COLUMNS)
      .where(
        'notices.id',
        'in',
        part.map((item) => item.noticeId),
      )
      .execute();
    const byId = new Map<string, Notice>(notices.map((notice) => [notice.id, notice]));
    const contents = await contentsOf(deps, notices);
    for (const item of part) {
      const notice = byId.get(item.noticeId);
      const content = contents.get(item.noticeId);
      if (notice && content) yield { item, notice, content };
    }
  }
}

async function* envelopes(deps: ApiDeps, items: readonly RunItem[]): AsyncGenerator<PrintedEnvelope> {
  let open: { number: number; bopCode: string; notices: PrintedEnvelope['notices'][number][] } | undefined;
  for await (const { item, notice, content } of runContents(deps, items)) {
    if (open && open.number !== item.envelope) {
      yield open;
      open = undefined;
    }
    open ??= { number: item.envelope, bopCode: item.bopCode, notices: [] };
    open.notices.push({ content, verification: verificationOf(deps, notice) });
  }
  if (open) yield open;
}

export const runTitle = (number: string) => `発送 ${number}`;

/**
 * A run's print file as a stream: the same bytes each time. When it has been read to its end, the printing is noted with its
 * checksum; one that breaks off is noted as such.
 */
export async function printRun(deps: ApiDeps, run: NoticeRun, byId: string): Promise<Readable> {
  const items = await runItems(deps.db, run.id);
  const file = printFile(
    {
      run: runTitle(run.number),
      what: choiceInWords(run.choice as NewRunRequest),
      envelopes: run.envelopes,
      notices: run.notices,
      groups: groupsOf(items),
      window: run.window,
    },
    envelopes(deps, items),
  );
  const bytes = noted(deps, run.id, byId, file);
  // What cannot be read at all is told before the first byte goes out.
  const first = await bytes.next();
  return Readable.from(
    (async function* () {
      if (first.done !== true) yield first.value;
      yield* bytes;
    })(),
    { objectMode: false },
  );
}

/** The bytes of a printing; how it ended is noted whoever breaks it off. */
async function* noted(
  deps: ApiDeps,
  runId: string,
  byId: string,
  file: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  let whole = false;
  try {
    for await (const chunk of file) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
    whole = true;
  } finally {
    await recordPrint(deps.db, runId, { byId, sha256: whole ? hash.digest('hex') : null, size });
  }
}

/** A line of the list that clerks tick off. */
export async function runList(deps: ApiDeps, run: NoticeRun) {
  const rows = [];
  for await (const { item, content } of runContents(deps, await runItems(deps.db, run.id))) {
    rows.push({
      envelope: item.envelope,
      reference: item.reference,
      number: item.number,
      label: NOTICE_LABELS[content.kind],
      receiptNumber: item.receiptNumber,
      hallName: hallOfBop(item.bopCode)?.name ?? '',
      bopName: bopOf(item.bopCode)?.name ?? '',
      childName: content.child.name,
      addressee: content.to.name,
      voided: item.voidedAt !== null,
      countedAt: item.countedAt,
    });
  }
  return rows;
}

/** The rows of a list as their screen shows them. */
export function noticeRow(row: NoticeRow, childName: string | null) {
  return {
    id: row.id,
    applicationId: row.applicationId,
    receiptNumber: row.receiptNumber,
    kind: row.kind,
    label: NOTICE_LABELS[row.kind],
    reference: row.reference,
    number: row.number,
    bop: {
      code: row.bopCode,
      name: bopOf(row.bopCode)?.name ?? '',
      hallName: hallOfBop(row.bopCode)?.name ?? '',
    },
    round: row.round,
    roundLabel: roundLabel(row.round).ja,
    fiscalYear: row.fiscalYear,
    channel: row.channel,
    delivery: row.delivery,
    issuedOn: row.issuedOn,
    releasedAt: row.releasedAt,
    voidedAt: row.voidedAt,
    voidReason: row.voidReason,
    run: row.run,
    missingCharacters: row.missingCharacters,
    childName,
  };
}
