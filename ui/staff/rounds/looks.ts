import type { BulkRow, RoundRow, RoundTotals } from '../../../api/contract/index.ts';
import type { Phase } from '../../../domain/rounds/assign.ts';
import { roundName } from '../../../domain/texts/rounds.ts';
import type { StatusTone } from '../../components/index.ts';

export const PHASE_TONES: Readonly<Record<Phase, StatusTone>> = {
  upcoming: 'neutral',
  open: 'progress',
  deciding: 'warning',
  released: 'success',
};

export const BULK_TONES: Readonly<Record<BulkRow['status'], StatusTone>> = {
  preview: 'neutral',
  running: 'progress',
  paused: 'warning',
  stopping: 'warning',
  stopped: 'danger',
  done: 'success',
};

/** What has to be reviewed, answered or decided before a round can be told. */
export function undecidedIn({ inReview, awaitingApplicant, awaitingDecision }: RoundTotals): number {
  return inReview + awaitingApplicant + awaitingDecision;
}

/** The address of a round. */
export function roundPath({ fiscalYear, round }: Pick<RoundRow, 'fiscalYear' | 'round'>): string {
  return `/rounds/${String(fiscalYear)}/${round}`;
}

export function roundTitle({ fiscalYear, round }: { fiscalYear: number; round: string }): string {
  return `${String(fiscalYear)}年度 ${roundName(round)}`;
}

/** The address of a bulk decision that is to be put together, with what is known of it. */
export function newBulkPath(known: {
  procedure?: string;
  fiscalYear?: number;
  round?: string;
  bop?: string;
}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(known)) search.set(name, String(value));
  return `/bulk-decisions/new?${search.toString()}`;
}
