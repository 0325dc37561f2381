import type { LocalDate } from '../calendar/dates.ts';
import type { Localized } from '../texts/locale.ts';
import type { EnrolmentNeed, ReductionReason } from './effects.ts';
import type { Enrolment } from './enrolment.ts';
import { monthOf, yearEnd } from './months.ts';
import { NEED_REFUSAL_TEXTS, type NeedRefusalCode } from './need-texts.ts';

/** Another application of the same child and fiscal year that has not ended. */
export interface OpenApplication {
  applicationId: string;
  receiptNumber: string;
  procedure: string;
  /** Its `lockPeriod`, for procedures that have one. */
  period?: string;
  /** Decided, but not yet told (`awaitingRelease`): it can no longer be cancelled. */
  decided?: boolean;
}

/** Which application is to be cancelled, as the answers say. */
export interface CancellationTarget {
  procedure: string;
  /** Where only some of a procedure's lock periods are meant (減免 and 減免(長期欠席) are one procedure). */
  periods?: readonly string[];
  /** Where the family has given it. */
  receiptNumber?: string;
}

/** What is known about the child when an application is filed. */
export interface NeedView {
  /** The day in Asia/Tokyo on which it is asked. */
  today: LocalDate;
  /** Of the fiscal year that is applied for; undefined where nothing has been approved. */
  enrolment: Enrolment | undefined;
  open: readonly OpenApplication[];
  /** For `openApplication`. */
  cancels?: CancellationTarget;
}

export type NeedAnswer =
  /** It can go on; for a cancellation with the applications that it ends. */
  | { kind: 'ok'; targets?: readonly OpenApplication[] }
  /** It can be filed, and its decision waits for this admission. */
  | { kind: 'waitsFor'; applicationId: string; receiptNumber: string }
  | {
      kind: 'refused';
      code: NeedRefusalCode;
      message: Required<Localized>;
      /** The code of the procedure to use instead, where there is one. */
      instead?: string;
    };

const INSTEAD: Readonly<Partial<Record<NeedRefusalCode, string>>> = {
  admissionUnderWay: 'cancellation',
  notAdmitted: 'admission',
  enrolmentEnded: 'admission',
  alreadyWithdrawing: 'withdrawalDateChange',
  extendedUseUnderWay: 'cancellation',
  noWithdrawal: 'withdrawal',
  withdrawalPassed: 'admission',
  decidedAdmission: 'withdrawal',
  decidedExtendedUse: 'declineExtendedUse',
};

function refused(code: NeedRefusalCode): NeedAnswer {
  const instead = INSTEAD[code];
  return { kind: 'refused', code, message: NEED_REFUSAL_TEXTS[code], ...(instead ? { instead } : {}) };
}

const OK: NeedAnswer = { kind: 'ok' };

/** Is the child a member on this day or later in the year? */
function isOrWillBeAdmitted(enrolment: Enrolment, today: LocalDate): boolean {
  return enrolment.admission.some(({ to }) => to >= today);
}

function openOf(view: NeedView, procedure: string): OpenApplication | undefined {
  return view.open.find((application) => application.procedure === procedure);
}

function checkAdmitted(need: EnrolmentNeed & { kind: 'admitted' }, view: NeedView): NeedAnswer {
  const { enrolment, today } = view;
  if (enrolment && isOrWillBeAdmitted(enrolment, today)) {
    return need.unlessWithdrawing && enrolment.withdrawal ? refused('alreadyWithdrawing') : OK;
  }
  const ended = enrolment !== undefined && enrolment.admission.length > 0;
  if (ended && need.orEnded) return OK;
  const admission = openOf(view, 'admission');
  if (admission && need.orUnderWay) {
    const { applicationId, receiptNumber } = admission;
    return { kind: 'waitsFor', applicationId, receiptNumber };
  }
  if (admission) return refused('admissionUnderWay');
  return refused(ended ? 'enrolmentEnded' : 'notAdmitted');
}

function checkExtendedUse(view: NeedView): NeedAnswer {
  const month = monthOf(view.today);
  if (view.enrolment?.extendedUse.some(({ to }) => to >= month)) return OK;
  return refused(openOf(view, 'extendedUse') ? 'extendedUseUnderWay' : 'noExtendedUse');
}

function checkWithdrawal({ enrolment, today, ...view }: NeedView): NeedAnswer {
  const withdrawal = enrolment?.withdrawal;
  if (withdrawal) return withdrawal.lastDay >= today ? OK : refused('withdrawalPassed');
  const open = openOf({ enrolment, today, ...view }, 'withdrawal');
  return refused(open ? 'withdrawalUnderWay' : 'noWithdrawal');
}

/** A reduction's lock period is its reason. */
function hasReduction(enrolment: Enrolment, periods: readonly string[] | undefined): boolean {
  return enrolment.reductions.some(({ reason }: { reason: ReductionReason }) =>
    periods ? periods.includes(reason) : true,
  );
}

function checkOpenApplication(view: NeedView): NeedAnswer {
  const { cancels, enrolment } = view;
  if (!cancels) return refused('nothingToCancel');
  const found = view.open.filter(
    ({ procedure, period, receiptNumber }) =>
      procedure === cancels.procedure &&
      (!cancels.periods || period === undefined || cancels.periods.includes(period)) &&
      (!cancels.receiptNumber || cancels.receiptNumber === receiptNumber),
  );
  const targets = found.filter(({ decided }) => !decided);
  if (targets.length > 0) return { kind: 'ok', targets };
  if (found.length > 0) return refused('beingReleased');
  if (cancels.procedure === 'admission' && enrolment && isOrWillBeAdmitted(enrolment, view.today)) {
    return refused('decidedAdmission');
  }
  if (cancels.procedure === 'extendedUse' && enrolment && enrolment.extendedUse.length > 0) {
    return refused('decidedExtendedUse');
  }
  if (cancels.procedure === 'feeReduction' && enrolment && hasReduction(enrolment, cancels.periods)) {
    return refused('decidedFeeReduction');
  }
  return refused('nothingToCancel');
}

/** Can an application with this need be filed now, must it wait, or what is to be done instead (domain.md)? */
export function checkNeed(need: EnrolmentNeed, view: NeedView): NeedAnswer {
  switch (need.kind) {
    case 'none': {
      const { enrolment } = view;
      const staying = enrolment?.admission.some(({ to }) => to === yearEnd(enrolment.fiscalYear));
      return need.unlessAdmitted && staying && !enrolment?.withdrawal ? refused('alreadyAdmitted') : OK;
    }
    case 'admitted':
      return checkAdmitted(need, view);
    case 'extendedUse':
      return checkExtendedUse(view);
    case 'withdrawal':
      return checkWithdrawal(view);
    case 'openApplication':
      return checkOpenApplication(view);
  }
}
