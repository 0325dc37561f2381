import { describe, expect, it } from 'vitest';
import { LOCALES, withoutFurigana } from '../texts/locale.ts';
import type { EnrolmentEffect, EnrolmentNeed } from './effects.ts';
import { foldEnrolment } from './fold.ts';
import { NEED_REFUSALS, NEED_REFUSAL_TEXTS } from './need-texts.ts';
import { checkNeed, type NeedView, type OpenApplication } from './needs.ts';

const ADMIT: EnrolmentEffect = { kind: 'admit', bop: '2', from: '2027-04-01' };
const EXTEND: EnrolmentEffect = { kind: 'extend', mode: 'monthly', from: '2027-04', to: '2027-12' };
const LEAVE: EnrolmentEffect = { kind: 'withdraw', lastDay: '2027-07-31' };
const REDUCE: EnrolmentEffect = {
  kind: 'reduceFee',
  reason: 'longAbsence',
  from: '2027-06',
  to: '2027-06',
};

const enrolment = (...effects: readonly EnrolmentEffect[]) =>
  foldEnrolment(
    2027,
    effects.map((effect, index) => ({
      applicationId: `application-${index}`,
      receiptNumber: `A27-00000${index}-0`,
      decidedAt: `2027-01-1${index}T03:00:00.000Z`,
      effect,
    })),
  );
const open = (procedure: string, over: Partial<OpenApplication> = {}): OpenApplication => ({
  applicationId: `open-${procedure}`,
  receiptNumber: 'A27-000123-4',
  procedure,
  ...over,
});
const view = (over: Partial<NeedView>): NeedView => ({
  today: '2027-05-10',
  enrolment: undefined,
  open: [],
  ...over,
});
/** `ok`, the code of the refusal with what to use instead, or what it waits for. */
function answer(need: EnrolmentNeed, over: Partial<NeedView>): string {
  const result = checkNeed(need, view(over));
  if (result.kind === 'ok') return 'ok';
  if (result.kind === 'waitsFor') return `waits for ${result.applicationId}`;
  return result.instead ? `${result.code} -> ${result.instead}` : result.code;
}

describe('what a procedure needs', () => {
  const extended: EnrolmentNeed = { kind: 'admitted', orUnderWay: true };
  const leaving: EnrolmentNeed = { kind: 'admitted', orUnderWay: false, unlessWithdrawing: true };
  const certificate: EnrolmentNeed = { kind: 'admitted', orUnderWay: false, orEnded: true };
  const admission: EnrolmentNeed = { kind: 'none', unlessAdmitted: true };

  it.each<[string, EnrolmentNeed, Partial<NeedView>, string]>([
    ['anybody may apply for admission', admission, {}, 'ok'],
    ['but not a member', admission, { enrolment: enrolment(ADMIT) }, 'alreadyAdmitted'],
    ['except one who leaves', admission, { enrolment: enrolment(ADMIT, LEAVE) }, 'ok'],
    ['no need is no need', { kind: 'none' }, { enrolment: enrolment(ADMIT) }, 'ok'],
    ['a member', extended, { enrolment: enrolment(ADMIT) }, 'ok'],
    ['one from April on', extended, { enrolment: enrolment(ADMIT), today: '2027-02-01' }, 'ok'],
    ['admission under way', extended, { open: [open('admission')] }, 'waits for open-admission'],
    ['no admission', extended, { open: [open('certificate')] }, 'notAdmitted -> admission'],
    ['nothing approved', extended, { enrolment: enrolment(EXTEND) }, 'notAdmitted -> admission'],
    [
      'left',
      extended,
      { enrolment: enrolment(ADMIT, LEAVE), today: '2027-08-01' },
      'enrolmentEnded -> admission',
    ],
    ['last day', extended, { enrolment: enrolment(ADMIT, LEAVE), today: '2027-07-31' }, 'ok'],
    [
      'left, and applying again',
      extended,
      { enrolment: enrolment(ADMIT, LEAVE), today: '2027-08-01', open: [open('admission')] },
      'waits for open-admission',
    ],
    ['too early', leaving, { open: [open('admission')] }, 'admissionUnderWay -> cancellation'],
    ['leaving', leaving, { enrolment: enrolment(ADMIT) }, 'ok'],
    [
      'leaving twice',
      leaving,
      { enrolment: enrolment(ADMIT, LEAVE) },
      'alreadyWithdrawing -> withdrawalDateChange',
    ],
    ['who has left', certificate, { enrolment: enrolment(ADMIT, LEAVE), today: '2027-09-01' }, 'ok'],
    ['who never was', certificate, { enrolment: enrolment(LEAVE) }, 'notAdmitted -> admission'],
    ['extended', { kind: 'extendedUse' }, { enrolment: enrolment(ADMIT, EXTEND) }, 'ok'],
    [
      'extended no more',
      { kind: 'extendedUse' },
      { enrolment: enrolment(ADMIT, EXTEND), today: '2028-01-01' },
      'noExtendedUse',
    ],
    [
      'extended not yet',
      { kind: 'extendedUse' },
      { enrolment: enrolment(ADMIT), open: [open('extendedUse')] },
      'extendedUseUnderWay -> cancellation',
    ],
    ['a date to change', { kind: 'withdrawal' }, { enrolment: enrolment(ADMIT, LEAVE) }, 'ok'],
    [
      'on that day',
      { kind: 'withdrawal' },
      { enrolment: enrolment(ADMIT, LEAVE), today: '2027-07-31' },
      'ok',
    ],
    [
      'the day after',
      { kind: 'withdrawal' },
      { enrolment: enrolment(ADMIT, LEAVE), today: '2027-08-01' },
      'withdrawalPassed -> admission',
    ],
    [
      'not decided',
      { kind: 'withdrawal' },
      { enrolment: enrolment(ADMIT), open: [open('withdrawal')] },
      'withdrawalUnderWay',
    ],
    ['none', { kind: 'withdrawal' }, { enrolment: enrolment(ADMIT) }, 'noWithdrawal -> withdrawal'],
  ])('%s', (_what, need, over, expected) => {
    expect(answer(need, over)).toBe(expected);
  });
});

describe('a cancellation', () => {
  const need: EnrolmentNeed = { kind: 'openApplication' };
  const of = (procedure: string, periods?: readonly string[]) => ({
    cancels: { procedure, ...(periods ? { periods } : {}) },
  });

  it('finds what it ends', () => {
    const admission = open('admission');
    expect(checkNeed(need, view({ open: [open('extendedUse'), admission], ...of('admission') }))).toEqual({
      kind: 'ok',
      targets: [admission],
    });
  });

  it('tells the reductions apart by their reason, and applications by their number', () => {
    const absence = open('feeReduction', { applicationId: 'a', period: 'longAbsence' });
    const exempt = open('feeReduction', {
      applicationId: 'b',
      period: 'taxExempt',
      receiptNumber: 'F27-000001-2',
    });
    const both = { open: [absence, exempt] };
    const targets = (over: Partial<NeedView>) => {
      const result = checkNeed(need, view({ ...both, ...over }));
      return result.kind === 'ok' ? result.targets?.map(({ applicationId }) => applicationId) : result;
    };
    expect(targets(of('feeReduction', ['longAbsence']))).toEqual(['a']);
    expect(targets(of('feeReduction'))).toEqual(['a', 'b']);
    expect(targets({ cancels: { procedure: 'feeReduction', receiptNumber: 'F27-000001-2' } })).toEqual(['b']);
    expect(targets({ cancels: { procedure: 'feeReduction', receiptNumber: 'F27-000009-9' } })).toMatchObject({
      code: 'nothingToCancel',
    });
  });

  it('after the decision names the procedure to use instead', () => {
    const whole = enrolment(ADMIT, EXTEND, REDUCE);
    expect(answer(need, { enrolment: whole, ...of('admission') })).toBe('decidedAdmission -> withdrawal');
    expect(answer(need, { enrolment: whole, ...of('extendedUse') })).toBe(
      'decidedExtendedUse -> declineExtendedUse',
    );
    expect(answer(need, { enrolment: whole, ...of('feeReduction', ['longAbsence']) })).toBe(
      'decidedFeeReduction',
    );
    expect(answer(need, { enrolment: whole, ...of('feeReduction', ['taxExempt']) })).toBe('nothingToCancel');
    expect(answer(need, { open: [open('admission', { decided: true })], ...of('admission') })).toBe(
      'beingReleased',
    );
    expect(answer(need, {})).toBe('nothingToCancel');
    expect(answer(need, of('extendedUse'))).toBe('nothingToCancel');
  });
});

describe('the sentences', () => {
  it('are there for every refusal, in three languages, every kanji of やさしい日本語 with its reading', () => {
    for (const code of NEED_REFUSALS) {
      const texts = NEED_REFUSAL_TEXTS[code];
      for (const locale of LOCALES) expect(texts[locale]).toMatch(/\S/u);
      expect(withoutFurigana(texts['ja-easy'])).not.toMatch(/[{}|]/u);
      expect(texts['ja-easy'].replace(/\{[^{}|]+\|[^{}|]+\}/gu, '')).not.toMatch(/\p{Script=Han}/u);
    }
  });
});
