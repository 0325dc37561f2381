import { tokyoDate, type LocalDate } from '../calendar/dates.ts';
import type { Enrolment } from '../enrolment/enrolment.ts';
import { bopOf, hallOfBop } from '../facilities/facilities.ts';
import { displayValue } from '../procedures/format.ts';
import type { Answers, ProcedureDefinition } from '../procedures/definition.ts';
import { fieldOf } from '../procedures/fields.ts';
import type { EnrolmentItem, ExportSource, PersonItem } from './profile.ts';

/** Everything that a line can be made of. */
export interface ExportRecord {
  /** The same for the same thing in every run: the application's id, or the enrolment's key. */
  key: string;
  receiptNumber: string;
  /** The application it is about; of enrolments and children the admission. */
  application: {
    id: string;
    procedure: string;
    fiscalYear: number;
    round: string;
    channel: string;
    stage: string;
    receivedAt: string;
    bopCode: string;
  };
  answers: Answers;
  decision: {
    outcome: string;
    decidedAt: string;
    effectiveFrom: LocalDate | null;
    reasonCode: string | null;
  } | null;
  enrolment: Enrolment | null;
}

/** A value as it is, before any format; null where there is none. */
export type RawValue = string | null;

/** What a source gives for a record; `line` is the line's number in the file, from 1. */
export function rawValue(
  source: ExportSource,
  record: ExportRecord,
  definition: ProcedureDefinition,
  line: number,
): RawValue {
  switch (source.kind) {
    case 'constant':
      return source.value;
    case 'line':
      return String(line);
    case 'answer':
      return answerOf(source.field, source.label, record, definition);
    case 'person':
      return personOf(source.item, record, definition);
    case 'application': {
      const { application } = record;
      if (source.item === 'receivedOn') return tokyoDate(application.receivedAt);
      if (source.item === 'receiptNumber') return record.receiptNumber;
      return String(application[source.item]);
    }
    case 'decision': {
      const { decision } = record;
      if (!decision) return null;
      return source.item === 'decidedOn' ? tokyoDate(decision.decidedAt) : decision[source.item];
    }
    case 'enrolment':
      return record.enrolment && enrolmentOf(source.item, record.enrolment);
    case 'facility': {
      const code = record.enrolment?.admission.at(-1)?.bop ?? record.application.bopCode;
      const hall = hallOfBop(code);
      switch (source.item) {
        case 'bopCode':
          return code;
        case 'bopName':
          return bopOf(code)?.name ?? null;
        case 'hallCode':
          return hall?.code ?? null;
        case 'hallName':
          return hall?.name ?? null;
      }
    }
  }
}

function answerOf(
  code: string,
  label: boolean,
  record: ExportRecord,
  definition: ProcedureDefinition,
): RawValue {
  const value = record.answers[code];
  if (value === undefined || value === null || value === '') return null;
  const field = fieldOf(definition, code);
  if (label && field) return displayValue(field, value, 'ja');
  if (Array.isArray(value)) {
    return value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join('・');
  }
  return typeof value === 'object' ? null : String(value);
}

function personOf(item: PersonItem, { answers }: ExportRecord, definition: ProcedureDefinition): RawValue {
  const { roles } = definition;
  const read = (separator: string, ...codes: readonly (string | undefined)[]): RawValue => {
    const words = codes.flatMap((code) => {
      const value = code === undefined ? undefined : answers[code];
      return typeof value === 'string' && value !== '' ? [value] : [];
    });
    return words.length === 0 ? null : words.join(separator);
  };
  switch (item) {
    case 'childName':
      return read('\u3000', roles.childFamilyName, roles.childGivenName);
    case 'childKana':
      return read('\u3000', roles.childFamilyKana, roles.childGivenKana);
    case 'applicantName':
      return read('\u3000', roles.applicantFamilyName, roles.applicantGivenName);
    case 'applicantKana':
      return read('\u3000', roles.applicantFamilyKana, roles.applicantGivenKana);
    case 'address':
      return read('', ...(roles.address ?? []));
    default:
      return read('', roles[item]);
  }
}

function enrolmentOf(item: EnrolmentItem, enrolment: Enrolment): RawValue {
  const last = enrolment.admission.at(-1);
  const extended = enrolment.extendedUse.at(-1);
  const reduction = enrolment.reductions.at(-1);
  switch (item) {
    case 'fiscalYear':
      return String(enrolment.fiscalYear);
    case 'bopCode':
      return last?.bop ?? null;
    case 'from':
      return enrolment.admission[0]?.from ?? null;
    case 'to':
      return last?.to ?? null;
    case 'withdrawnOn':
      return enrolment.withdrawal?.lastDay ?? null;
    case 'extendedMode':
      return extended?.mode ?? null;
    case 'extendedFrom':
      return extended?.from ?? null;
    case 'extendedTo':
      return extended?.to ?? null;
    case 'reductionReason':
      return reduction?.reason ?? null;
    case 'reductionFrom':
      return reduction?.from ?? null;
    case 'reductionTo':
      return reduction?.to ?? null;
  }
}

/**
 * What "only changes" compares: every source with its value. Formats are left out (a new date format alone sends nothing
 * again), line numbers too.
 */
export function fingerprintText(
  sources: readonly ExportSource[],
  record: ExportRecord,
  definition: ProcedureDefinition,
): string {
  const values = new Map<string, RawValue>();
  for (const source of sources) {
    if (source.kind === 'line' || source.kind === 'constant') continue;
    values.set(JSON.stringify(source), rawValue(source, record, definition, 0));
  }
  return JSON.stringify([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}
