import type { LocalDate } from '../calendar/dates.ts';

/** A month, `YYYY-MM`. */
export type Month = string;

/** How extended use (延長利用) is registered: every month, or by the day (domain.md, defaults). */
export type ExtendedMode = 'monthly' | 'daily';

/** Why a fee is reduced (減免). */
export type ReductionReason = 'publicAssistance' | 'taxExempt' | 'schoolExpense' | 'longAbsence';

/** What the approval of an application does to a child's enrolment (在籍) of a fiscal year (domain.md, "Effects"). */
export type EnrolmentEffect =
  | { kind: 'admit'; bop: string; from: LocalDate }
  | { kind: 'moveSchool'; bop: string; from: LocalDate }
  | { kind: 'extend'; mode: ExtendedMode; from: Month; to: Month }
  | { kind: 'declineExtended'; from: Month }
  | { kind: 'withdraw'; lastDay: LocalDate }
  /** `null`: the child stays after all. */
  | { kind: 'changeWithdrawal'; lastDay: LocalDate | null }
  | { kind: 'reduceFee'; reason: ReductionReason; from: Month; to: Month };

/**
 * What brings an entry where no application does: the change of the year (年度替わり) that the ward has confirmed, a change of
 * school (転校) that staff have recorded, or what follows of another year's entry for one that was carried over.
 */
export const RECORD_SOURCES = ['yearChange', 'schoolMove', 'followsYear'] as const;
export type RecordSource = (typeof RECORD_SOURCES)[number];

/** An effect with the decision that it comes from. The set of these is an enrolment's history; all else is folded from it. */
export interface EnrolmentEntry {
  /** The application that was approved; of a record, the one that names the child. */
  applicationId: string;
  /** Its number; empty for a record. */
  receiptNumber: string;
  /** Instant of the decision, ISO 8601 UTC. */
  decidedAt: string;
  effect: EnrolmentEffect;
  /** Absent for the approval of an application. */
  record?: {
    /** Given once: what is recorded again under it changes nothing. */
    id: string;
    source: RecordSource;
    /** Staff id; null where it follows by rule. */
    by: string | null;
  };
}

/** What an entry is known by: one application, or one record, has one entry. */
export function entryIdOf({ applicationId, record }: EnrolmentEntry): string {
  return record?.id ?? applicationId;
}

/** What a procedure needs of the child's enrolment before it can be filed (domain.md, "Effects between applications"). */
export type EnrolmentNeed =
  /** Nothing; with `unlessAdmitted`, a child that is a member to the end of the year cannot be applied for again (Q08). */
  | { kind: 'none'; unlessAdmitted?: boolean }
  /**
   * An enrolment; with `orUnderWay`, an admission that is still under review will do, and the decision waits for it; with
   * `orEnded`, one that has ended too; with `unlessWithdrawing`, none that already has a last day.
   */
  | { kind: 'admitted'; orUnderWay: boolean; orEnded?: boolean; unlessWithdrawing?: boolean }
  | { kind: 'extendedUse' }
  /** An approved withdrawal whose day has not passed. */
  | { kind: 'withdrawal' }
  /** Another application of the child, not yet decided, of the procedure (and reason) that the answers name. */
  | { kind: 'openApplication' };
