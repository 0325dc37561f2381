import { BOPS } from '../facilities/facilities.ts';
import { composed, toKatakana } from '../procedures/normalise.ts';

/** A notice on its way into an envelope: what order and envelope follow from. */
export interface Posted {
  noticeId: string;
  receiptNumber: string;
  bopCode: string;
  childKana: string;
  to: { postalCode: string; lines: readonly string[]; name: string };
}

/** An envelope with what belongs into it, in the order of the sheets. */
export interface Envelope {
  /** From 1, in the order of the print file. */
  number: number;
  bopCode: string;
  noticeIds: readonly string[];
}

const BOP_ORDER: ReadonlyMap<string, number> = new Map(BOPS.map((bop, index) => [bop.code, index]));
const SMALL = 'ァィゥェォッャュョヮヵヶ';
const LARGE = 'アイウエオツヤユヨワカケ';

/**
 * The key by which kana stand in the order of the 50 sounds: voiced like unvoiced, small like large, `ー` last; what differs in
 * that alone is ordered by the kana themselves.
 */
export function kanaKey(kana: string): string {
  const whole = toKatakana(composed(kana.normalize('NFKC'))).replace(/\s+/gu, ' ');
  const plain = Array.from(whole.normalize('NFD').replace(/[\u3099\u309a]/gu, ''), (char) => {
    const small = SMALL.indexOf(char);
    return small < 0 ? char : LARGE.charAt(small);
  }).join('');
  return `${plain}\u0000${whole}`;
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function bopOrder(code: string): number {
  return BOP_ORDER.get(code) ?? BOP_ORDER.size;
}

/** By 新BOP in the order of 別紙1, then kana, then receipt number, so that the same notices always come in the same order. */
export function inPostOrder<T extends Posted>(notices: readonly T[]): readonly T[] {
  const keyed = notices.map((notice) => ({ notice, kana: kanaKey(notice.childKana) }));
  keyed.sort(
    (a, b) =>
      compare(bopOrder(a.notice.bopCode), bopOrder(b.notice.bopCode)) ||
      compare(a.notice.bopCode, b.notice.bopCode) ||
      compare(a.kana, b.kana) ||
      compare(a.notice.receiptNumber, b.notice.receiptNumber) ||
      compare(a.notice.noticeId, b.notice.noticeId),
  );
  return keyed.map(({ notice }) => notice);
}

/** The same household and addressee, written alike or nearly: spaces, widths and hyphens aside. */
function addressKey({ to }: Posted): string {
  const same = (text: string) => text.normalize('NFKC').replace(/[\s‐−ー–—-]/gu, '');
  return [to.postalCode, ...to.lines, to.name].map(same).join('\u0000');
}

/**
 * Notices by envelope in the order of the print file (Q22). `together`: notices to one addressee at one address that concern
 * the same 新BOP (brothers and sisters, admission and extended use) share an envelope, at the place of the first of them; else
 * each has its own.
 */
export function envelopesOf(
  notices: readonly Posted[],
  { together }: { together: boolean },
): readonly Envelope[] {
  const envelopes = new Map<string, { bopCode: string; noticeIds: string[] }>();
  for (const notice of inPostOrder(notices)) {
    const key = together ? `${notice.bopCode}\u0000${addressKey(notice)}` : notice.noticeId;
    const open = envelopes.get(key);
    if (open) open.noticeIds.push(notice.noticeId);
    else envelopes.set(key, { bopCode: notice.bopCode, noticeIds: [notice.noticeId] });
  }
  return [...envelopes.values()].map((envelope, index) => ({ number: index + 1, ...envelope }));
}

/** Why a notice cannot be posted: what the clerk is told before the print file is made. */
export type NotPostable = 'noAddress' | 'missingCharacters';

/** Has the addressee all that the post needs: postal code, an address, a name? */
export function hasAddress({ to }: Pick<Posted, 'to'>): boolean {
  return /^\d{3}-\d{4}$/u.test(to.postalCode) && to.lines.length > 0 && to.name !== '';
}
