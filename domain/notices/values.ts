import type { ApplicationState } from '../application/state.ts';
import { fiscalYearOf, gradeIn, isLocalDate, tokyoDate, type LocalDate } from '../calendar/dates.ts';
import { decidedEffect } from '../enrolment/decided.ts';
import type { EnrolmentEffect, ReductionReason } from '../enrolment/effects.ts';
import { bopOf, hallOfBop } from '../facilities/facilities.ts';
import type { Answers, ProcedureDefinition } from '../procedures/definition.ts';
import { askedFields } from '../procedures/fields.ts';
import { displayPostalCode, displayValue } from '../procedures/format.ts';
import type { Fees } from '../enrolment/fees.ts';
import { enrolledValues, extendedFeeText, monthlyFeeText, type EnrolledFacts } from './enrolled.ts';
import { eraYearNumber, officialDate, officialFiscalYear, officialMonth } from './official-dates.ts';
import type { Placeholder } from './template.ts';

const REDUCTIONS: Readonly<Record<ReductionReason, string>> = {
  publicAssistance: '生活保護',
  taxExempt: '住民税非課税世帯',
  schoolExpense: '就学援助',
  longAbsence: '長期欠席',
};
const MODES = { monthly: '月ごと', daily: '日ごと' } as const;
const ROUNDS: Readonly<Record<string, string>> = { first: '一次', second: '二次', anytime: '随時' };

/** Who the letter goes to. */
export interface Addressee {
  /** With its hyphen. */
  postalCode: string;
  lines: readonly string[];
  name: string;
}

/** An answer that is text; empty where there is none. */
function textOf(answers: Answers, code: string | undefined): string {
  const value = code === undefined ? undefined : answers[code];
  return typeof value === 'string' ? value : '';
}

function nameOf(answers: Answers, ...codes: (string | undefined)[]): string {
  return codes
    .map((code) => textOf(answers, code))
    .filter(Boolean)
    .join('　');
}

/** The addressee that the answers name: the applicant, at the family's address. */
export function addresseeOf({ roles }: ProcedureDefinition, answers: Answers): Addressee {
  return {
    postalCode: displayPostalCode(textOf(answers, roles.postalCode)),
    lines: (roles.address ?? []).map((code) => textOf(answers, code)).filter(Boolean),
    name: nameOf(answers, roles.applicantFamilyName, roles.applicantGivenName),
  };
}

/** The child as notices name it. */
export function childOf({ roles }: ProcedureDefinition, answers: Answers): { name: string; kana: string } {
  return {
    name: nameOf(answers, roles.childFamilyName, roles.childGivenName),
    kana: nameOf(answers, roles.childFamilyKana, roles.childGivenKana),
  };
}

function ofEffect(effect: EnrolmentEffect | undefined): Partial<Record<Placeholder, string>> {
  switch (effect?.kind) {
    case 'admit':
      return { from: officialDate(effect.from) };
    case 'moveSchool':
      return { from: officialDate(effect.from), newBopName: bopOf(effect.bop)?.name ?? '' };
    case 'extend':
      return { useMode: MODES[effect.mode], from: officialMonth(effect.from), to: officialMonth(effect.to) };
    case 'declineExtended':
      return { from: officialMonth(effect.from) };
    case 'withdraw':
      return { lastDay: officialDate(effect.lastDay) };
    case 'changeWithdrawal':
      return {
        lastDay: effect.lastDay === null ? '退会を取りやめ、利用を続けます' : officialDate(effect.lastDay),
      };
    case 'reduceFee':
      return {
        reductionReason: REDUCTIONS[effect.reason],
        from: officialMonth(effect.from),
        to: officialMonth(effect.to),
      };
    case undefined:
      return {};
  }
}

/** What notices read of an application's state. */
export type DecidedState = Pick<
  ApplicationState,
  | 'applicationId'
  | 'receiptNumber'
  | 'procedure'
  | 'fiscalYear'
  | 'round'
  | 'bopCode'
  | 'receivedAt'
  | 'dataVersion'
  | 'decision'
  | 'seq'
>;

export interface ValueSources {
  definition: ProcedureDefinition;
  state: DecidedState;
  answers: Answers;
  issuedOn: LocalDate;
  /** The content of a text, by its reference. */
  textOf: (ref: string) => string | undefined;
  office: { name: string; phone: string };
  fees: Fees;
  /** Where the child has an enrolment in the application's year. */
  enrolled?: EnrolledFacts | undefined;
}

/** What a template's placeholders stand for, as things are at the decision. Empty where an application has nothing of the kind. */
export function noticeValues({
  definition,
  state,
  answers,
  issuedOn,
  textOf: refText,
  office,
  fees,
  enrolled,
}: ValueSources): Readonly<Record<string, string>> {
  const { roles } = definition;
  const { decision } = state;
  const child = childOf(definition, answers);
  const addressee = addresseeOf(definition, answers);
  const birthDate = textOf(answers, roles.childBirthDate);
  const grade = isLocalDate(birthDate) ? gradeIn(birthDate, state.fiscalYear) : 0;
  // As it takes effect: from the day that the ward decided, also for who moves up from the waiting list.
  const effect = decision && decidedEffect(definition, answers, decision);
  const effectiveFrom = decision?.effectiveFrom ? officialDate(decision.effectiveFrom) : '';
  const admits = effect?.kind === 'admit' || effect?.kind === 'moveSchool';
  const values: Readonly<Record<Placeholder, string>> = {
    childName: child.name,
    childKana: child.kana,
    childBirthDate: isLocalDate(birthDate) ? officialDate(birthDate) : '',
    grade: grade >= 1 && grade <= 6 ? `${grade}年生` : '',
    guardianName: addressee.name,
    address: addressee.lines.join('　'),
    procedure: definition.name.ja,
    receiptNumber: state.receiptNumber,
    fiscalYear: officialFiscalYear(state.fiscalYear),
    round: ROUNDS[state.round] ?? '',
    bopName: bopOf(state.bopCode)?.name ?? '',
    newBopName: '',
    hallName: hallOfBop(state.bopCode)?.name ?? '',
    receivedOn: officialDate(tokyoDate(state.receivedAt)),
    decidedOn: decision ? officialDate(tokyoDate(decision.decidedAt)) : '',
    issuedOn: officialDate(issuedOn),
    effectiveFrom,
    to: '',
    lastDay: '',
    useMode: '',
    reductionReason: '',
    reason: definition.refusalReasons.find((one) => one.code === decision?.reasonCode)?.label ?? '',
    reasonText: decision?.outcome === 'refused' && decision.reason ? (refText(decision.reason) ?? '') : '',
    officeName: office.name,
    officePhone: office.phone,
    fee: monthlyFeeText(fees, ofUse(state, undefined)),
    extendedFee: extendedFeeText(
      fees,
      effect?.kind === 'extend' ? effect.mode : undefined,
      ofUse(state, effect),
    ),
    ...enrolledValues(enrolled, answers),
    from: effectiveFrom,
    ...ofEffect(effect),
    ...(admits ? { to: officialDate(`${state.fiscalYear + 1}-03-31`) } : {}),
  };
  return { ...answerValues(definition, answers), ...values };
}

/** The months that fees are told for: from the decided beginning to the end of the year, or of the use that was asked for. */
function ofUse({ fiscalYear, decision }: DecidedState, effect: EnrolmentEffect | undefined) {
  const [april, march] = [`${fiscalYear}-04`, `${fiscalYear + 1}-03`];
  const begun = decision?.effectiveFrom?.slice(0, 7) ?? april;
  if (effect?.kind !== 'extend') return { from: begun > april ? begun : april, to: march };
  return { from: begun > effect.from ? begun : effect.from, to: effect.to };
}

/** `{answers.…}`: what was answered, in words; empty where it was not asked. */
function answerValues(definition: ProcedureDefinition, answers: Answers): Record<string, string> {
  const asked = new Set(askedFields(definition, answers).map((field) => field.code));
  return Object.fromEntries(
    definition.sections
      .flatMap((section) => section.fields)
      .map((field) => [
        `answers.${field.code}`,
        asked.has(field.code) ? displayValue(field, answers[field.code], 'ja') : '',
      ]),
  );
}

/** The document number (文書番号) from the template's form. The serial counts by fiscal year of issue and kind. */
export function documentNumber(form: string, issuedOn: LocalDate, serial: number): string {
  const year = fiscalYearOf(issuedOn);
  return form
    .replaceAll('{eraYear}', eraYearNumber(year))
    .replaceAll('{year}', String(year))
    .replaceAll('{serial}', String(serial));
}
