import { describe, expect, it } from 'vitest';
import { receiptNumberOf } from '../intake/receipt-number.ts';
import { DEFAULT_PARAMETERS, type Answers } from './definition.ts';
import { EXAMPLES } from './examples/index.ts';
import { procedureOf } from './registry.ts';
import { validateAnswers } from './validate.ts';

const CONTEXT = { today: '2027-04-10', parameters: DEFAULT_PARAMETERS };

function example(name: string) {
  const [procedure = '', kind] = name.split(' ');
  const found = EXAMPLES.find((one) => one.procedure === procedure && (!kind || one.name === kind))!;
  return { definition: procedureOf(procedure)!, ...found };
}
/** Codes of what is seen at intake, with every document there. */
function hintsOf(name: string, over: Answers, attached?: readonly string[]): readonly string[] {
  const { definition, answers, documents } = example(name);
  return definition
    .intakeHints({ ...answers, ...over }, attached ?? documents, CONTEXT)
    .map(({ code }) => code);
}

describe('answers that contradict each other', () => {
  it.each<[string, Answers, string]>([
    ['extendedUse', { extended_to: '2027-03' }, 'extended_to'],
    ['extendedUse', { extended_from: '2027-10', extended_to: '2027-09' }, 'extended_to'],
    ['extendedUse', { extended_from: '2027-03' }, 'extended_from'],
    ['declineExtendedUse', { decline_from: '2028-04' }, 'decline_from'],
    ['withdrawal', { withdrawal_date: '2028-04-01' }, 'withdrawal_date'],
    ['withdrawal 利用開始前', { admission_start_date: '2027-03-31' }, 'admission_start_date'],
    ['withdrawalDateChange 早くする', { new_withdrawal_date: '2027-10-29' }, 'new_withdrawal_date'],
    ['withdrawalDateChange 早くする', { new_withdrawal_date: '2027-11-01' }, 'new_withdrawal_date'],
    ['withdrawalDateChange 遅くする', { new_withdrawal_date: '2027-10-29' }, 'new_withdrawal_date'],
    ['withdrawalDateChange 遅くする', { new_withdrawal_date: '2028-04-01' }, 'new_withdrawal_date'],
    ['feeReduction', { reduction_from: '2027-03' }, 'reduction_from'],
    ['feeReduction', { reduction_from: '2027-12', reduction_to: '2027-11' }, 'reduction_to'],
    ['feeReduction 長期欠席', { absence_to: '2027-07-24' }, 'absence_to'],
    ['certificate 利用料証明書', { certificate_from: '2027-05' }, 'certificate_to'],
    ['cancellation', { cancel_receipt_number: 'A27-000123-5' }, 'cancel_receipt_number'],
    ['cancellation', { cancel_receipt_number: 'F27-000001-8' }, 'cancel_receipt_number'],
  ])('%s %j is said at %s', (name, over, field) => {
    const { definition, answers } = example(name);
    const problems = validateAnswers(definition, { ...answers, ...over }, 'ja', CONTEXT);
    expect(problems.map((problem) => [problem.field, problem.code])).toEqual([[field, 'inconsistent']]);
  });

  it('the receipt number of the application that is cancelled may be given, as people type it', () => {
    const { definition, answers } = example('cancellation');
    const typed = receiptNumberOf('A', 2027, 1).toLowerCase().replaceAll('-', '－');
    const given = { ...answers, cancel_receipt_number: ` ${typed}` };
    expect(validateAnswers(definition, given, 'ja', CONTEXT)).toEqual([]);
  });
});

describe('effects', () => {
  it.each<[string, Answers, object | undefined]>([
    ['extendedUse', {}, { kind: 'extend', mode: 'monthly', from: '2027-04', to: '2028-03' }],
    ['extendedUse 日ぎめ', {}, { kind: 'extend', mode: 'daily', from: '2027-06', to: '2027-09' }],
    ['declineExtendedUse', {}, { kind: 'declineExtended', from: '2027-09' }],
    ['withdrawal', {}, { kind: 'withdraw', lastDay: '2027-10-29' }],
    // Who never begins was a member until the day before the first: that is, never.
    ['withdrawal 利用開始前', {}, { kind: 'withdraw', lastDay: '2027-03-31' }],
    ['withdrawalDateChange 遅くする', {}, { kind: 'changeWithdrawal', lastDay: '2027-12-28' }],
    ['withdrawalDateChange 退会をやめる', {}, { kind: 'changeWithdrawal', lastDay: null }],
    [
      'feeReduction 長期欠席',
      {},
      { kind: 'reduceFee', reason: 'longAbsence', from: '2027-08', to: '2027-08' },
    ],
    ['certificate', {}, undefined],
    ['cancellation', {}, undefined],
  ])('of %s', (name, over, effect) => {
    const { definition, answers } = example(name);
    expect(definition.effectOf({ ...answers, ...over })).toEqual(effect);
  });

  it('a cancellation names the procedure and, for reductions, which of them', () => {
    const { definition, answers } = example('cancellation');
    const of = (target: string) => {
      const given = { ...answers, cancel_target: target };
      return [
        definition.cancels?.(given),
        definition.cancelsPeriods?.(given),
        definition.lockPeriod?.(given),
      ];
    };
    expect(of('admission')).toEqual(['admission', undefined, 'admission']);
    expect(of('extendedUse')).toEqual(['extendedUse', undefined, 'extendedUse']);
    expect(of('longAbsence')).toEqual(['feeReduction', ['longAbsence'], 'longAbsence']);
    const others = ['publicAssistance', 'taxExempt', 'schoolExpense'];
    expect(of('feeReduction')).toEqual(['feeReduction', others, 'feeReduction']);
    const reduction = procedureOf('feeReduction')!;
    for (const reason of [...others, 'longAbsence'])
      expect(reduction.lockPeriod?.({ reduction_reason: reason })).toBe(reason);
  });
});

describe('what the machine sees at intake', () => {
  it.each<[string, Answers, string]>([
    ['extendedUse', { extended_from: '2027-03' }, 'monthPassed'],
    ['extendedUse', { extended_days_per_month: 11 }, 'fewDays'],
    ['extendedUse', { guardian2_home_at: '18:15' }, 'homeBeforeEnd'],
    ['extendedUse', { guardian1_home_at: '19:20', guardian2_home_at: '19:01' }, 'homeAfterEnd'],
    ['extendedUse', { grade: 2 }, 'gradeDiffers'],
    ['declineExtendedUse', { decline_from: '2027-04' }, 'declineLate'],
    ['withdrawal', { withdrawal_date: '2027-04-09' }, 'withdrawalPast'],
    ['withdrawalDateChange', { current_withdrawal_date: '2027-04-09' }, 'withdrawalPassed'],
    ['withdrawalDateChange', { new_withdrawal_date: '2027-04-09' }, 'newDatePast'],
    ['feeReduction', { reduction_from: '2027-03' }, 'backdated'],
    ['feeReduction 就学援助', { school_expense_status: 'lunch_only' }, 'lunchOnly'],
    ['feeReduction 住民税非課税', { tax_household: [{ tax_status: 'taxed' }] }, 'memberTaxed'],
    ['feeReduction 長期欠席', { absence_to: '2027-08-30' }, 'notWholeMonth'],
    ['feeReduction 長期欠席', { absence_from: '2027-08-02' }, 'notWholeMonth'],
    ['certificate 利用料証明書', { certificate_to: '2027-05' }, 'periodInFuture'],
    ['cancellation', { grade: 6 }, 'gradeDiffers'],
  ])('%s %j: %s', (name, over, code) => {
    expect(hintsOf(name, over)).toEqual([code]);
  });

  it.each<[string, Answers]>([
    ['extendedUse', { extended_days_per_month: 12 }],
    ['extendedUse 日ぎめ', { extended_days_per_month: 2 }],
    ['declineExtendedUse', { decline_from: '2027-05' }],
    ['withdrawal', { withdrawal_date: '2027-04-10' }],
    ['feeReduction 長期欠席', { absence_from: '2027-08-01', absence_to: '2027-08-31' }],
  ])('%s %j: nothing', (name, over) => {
    expect(hintsOf(name, over)).toEqual([]);
  });

  it.each<[string, Answers, readonly string[]]>([
    ['feeReduction', {}, ['public_assistance_certificate']],
    ['feeReduction 住民税非課税', {}, ['tax_certificate']],
    ['feeReduction 住民税非課税', { tax_all_in_setagaya: true }, []],
    ['feeReduction 就学援助', {}, ['school_expense_notice']],
    ['feeReduction 就学援助', { school_expense_status: 'applied' }, []],
    ['feeReduction 長期欠席', {}, ['absence_document']],
    ['feeReduction 長期欠席', { absence_reason: 'stay_away' }, []],
    ['extendedUse', { work_documents: 'new' }, ['employment_certificate_1', 'employment_certificate_2']],
    ['extendedUse', { work_documents: 'new', extended_reason: 'study' }, ['extended_proof']],
  ])('%s %j needs %j', (name, over, documents) => {
    const { definition, answers } = example(name);
    const missing = definition
      .intakeHints({ ...answers, ...over }, [], CONTEXT)
      .flatMap((hint) => (hint.code === 'documentMissing' ? [hint.document] : []));
    expect(missing).toEqual(documents);
  });
});
