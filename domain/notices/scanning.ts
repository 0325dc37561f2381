import { parseToken } from './reference.ts';

/** What a clerk is told of a sheet whose QR code was read while envelopes are checked (Q22). */
export const SCAN_RESULTS = [
  /** Belongs to the run, for the first time; its envelope is complete with it. */
  'ok',
  /** Belongs to the run, for the first time; more sheets belong into the same envelope. */
  'more',
  /** Was counted before. */
  'double',
  /** A true notice, but of another run. */
  'foreign',
  /** The decision was taken back after printing: must not be posted. */
  'voided',
  /** No notice of this system, or its signature is wrong. */
  'unknown',
] as const;
export type ScanResult = (typeof SCAN_RESULTS)[number];

/** A sheet of a run, as far as checking needs it. */
export interface CheckItem {
  noticeId: string;
  reference: string;
  envelope: number;
  /** Counted already. */
  counted: boolean;
  voided: boolean;
}

export interface Scanned {
  result: ScanResult;
  noticeId: string | null;
  envelope: number | null;
  /** References of sheets that still belong into the same envelope. */
  still: readonly string[];
  /** The envelope before was left with sheets missing: its number and their references. */
  left: { envelope: number; references: readonly string[] } | null;
}

export interface CheckSources {
  /** The sheets of the run. */
  items: readonly CheckItem[];
  /** Is the signature of this token right, and whose is it? Undefined for a wrong one or none that is known. */
  noticeOfToken: string | undefined;
  /** The envelope whose sheet was counted last; null at the beginning. */
  lastEnvelope: number | null;
}

function missingOf(items: readonly CheckItem[], envelope: number, except?: string): readonly string[] {
  return items
    .filter((item) => item.envelope === envelope && !item.counted && !item.voided && item.noticeId !== except)
    .map((item) => item.reference);
}

/**
 * Judges one scan. Only the first reading of a sheet counts; everything else is told and changes no count. Moving on to another
 * envelope while sheets of the one before are missing is told at once.
 */
export function judgeScan({ items, noticeOfToken, lastEnvelope }: CheckSources): Scanned {
  const none = { envelope: null, still: [], left: null };
  if (noticeOfToken === undefined) return { result: 'unknown', noticeId: null, ...none };
  const item = items.find((one) => one.noticeId === noticeOfToken);
  if (!item) return { result: 'foreign', noticeId: noticeOfToken, ...none };
  const { noticeId, envelope } = item;
  if (item.voided) return { result: 'voided', noticeId, ...none, envelope };
  if (item.counted) return { result: 'double', noticeId, ...none, envelope };
  const still = missingOf(items, envelope, noticeId);
  const before = lastEnvelope !== null && lastEnvelope !== envelope ? missingOf(items, lastEnvelope) : [];
  return {
    result: still.length > 0 ? 'more' : 'ok',
    noticeId,
    envelope,
    still,
    left: lastEnvelope !== null && before.length > 0 ? { envelope: lastEnvelope, references: before } : null,
  };
}

/** Is this text from a QR code of a notice at all? For scanners that read other codes too. */
export function looksLikeNotice(scanned: string): boolean {
  return parseToken(scanned) !== undefined;
}
