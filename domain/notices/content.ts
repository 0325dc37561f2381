import { tokyoDate, type LocalDate } from '../calendar/dates.ts';
import { bopOf } from '../facilities/facilities.ts';
import type { Answers, ProcedureDefinition } from '../procedures/definition.ts';
import type { NoticeKind } from './kinds.ts';
import { noticeReference } from './reference.ts';
import { fillIn, type NoticeDelivery, type NoticeTemplate } from './template.ts';
import {
  addresseeOf,
  childOf,
  documentNumber,
  noticeValues,
  type Addressee,
  type DecidedState,
} from './values.ts';
import { officialDate } from './official-dates.ts';
import type { EnrolledFacts } from './enrolled.ts';
import type { Fees } from '../enrolment/fees.ts';
import type { Channel } from '../application/state.ts';

/** Who answers questions about a notice; the ward's data. */
export interface NoticeOffice {
  name: string;
  postalCode: string;
  address: string;
  phone: string;
  hours: string;
}

/**
 * All that a notice says, in words, as it was made: the snapshot. Paper, page and PDF come from this alone, so they say the
 * same for ever; its canonical JSON is what the checksum is of.
 */
export interface NoticeContent {
  format: 1;
  noticeId: string;
  reference: string;
  number: string;
  kind: NoticeKind;
  procedure: string;
  receiptNumber: string;
  fiscalYear: number;
  round: string;
  outcome: 'approved' | 'refused';
  issuedOn: LocalDate;
  date: string;
  to: Addressee;
  child: { name: string; kana: string };
  bop: { code: string; name: string };
  title: string;
  opening: readonly string[];
  rows: readonly { label: string; value: string }[];
  closing: readonly string[];
  /** 教示; empty where the decision is no disposition. */
  objection: readonly string[];
  sender: readonly string[];
  office: NoticeOffice;
  /** Where the address stands: the window of the ward's envelopes, in millimetres on the sheet. */
  window: { left: number; top: number; width: number; height: number };
  /** How often it is printed: certificates may be asked for in several copies. */
  copies: number;
  /** What it was made from: the data's version, the deciding event, the editions of the ward's texts. */
  basis: {
    dataVersion: number;
    decidedSeq: number;
    decidedAt: string;
    templateVersion: number;
    officeVersion: number;
  };
}

export interface NoticeSources {
  noticeId: string;
  kind: NoticeKind;
  serial: number;
  definition: ProcedureDefinition;
  /** As it stood right after the decision. */
  state: DecidedState;
  answers: Answers;
  template: { value: NoticeTemplate; version: number };
  office: { value: NoticeOffice; version: number };
  window: NoticeContent['window'];
  fees: Fees;
  enrolled?: EnrolledFacts | undefined;
  /** The date on it, where the events say which (`noticesDue`); otherwise that of the decision. */
  issuedOn?: LocalDate;
  textOf: (ref: string) => string | undefined;
}

/** The date on a notice: the round's release day where the decision waits for it, else the day of the decision. */
export function issueDate(state: DecidedState): LocalDate {
  const { decision } = state;
  if (!decision) throw new Error(`application ${state.applicationId} has not been decided`);
  return decision.releaseOn ?? tokyoDate(decision.decidedAt);
}

function copiesOf(kind: NoticeKind, answers: Answers): number {
  const { certificate_copies: copies } = answers;
  return kind === 'certificate' && typeof copies === 'number'
    ? Math.min(Math.max(Math.trunc(copies), 1), 10)
    : 1;
}

/** How a notice reaches the family: certificates as the family chose, all else as the ward's template says for its way of applying. */
export function deliveryOf(
  kind: NoticeKind,
  template: NoticeTemplate,
  channel: Channel,
  answers: Answers,
): NoticeDelivery {
  const { certificate_delivery: chosen } = answers;
  if (kind === 'certificate' && (chosen === 'post' || chosen === 'portal' || chosen === 'counter'))
    return chosen;
  return template.delivery[channel];
}

/** Makes a notice's content from the data that was decided on (Q22). */
export function makeNotice(sources: NoticeSources): NoticeContent {
  const { noticeId, kind, serial, definition, state, answers, template, office } = sources;
  const { decision } = state;
  if (!decision) throw new Error(`application ${state.applicationId} has not been decided`);
  const { issuedOn = issueDate(state) } = sources;
  const { value: words } = template;
  const values = noticeValues({
    definition,
    state,
    answers,
    issuedOn,
    textOf: sources.textOf,
    office: office.value,
    fees: sources.fees,
    enrolled: sources.enrolled,
  });
  const fill = (texts: readonly string[]) => texts.flatMap((text) => fillIn(text, values) ?? []);
  const { procedures, text: objection } = words.objection;
  return {
    format: 1,
    noticeId,
    reference: noticeReference(kind, issuedOn, serial),
    number: documentNumber(words.number, issuedOn, serial),
    kind,
    procedure: state.procedure,
    receiptNumber: state.receiptNumber,
    fiscalYear: state.fiscalYear,
    round: state.round,
    outcome: decision.outcome,
    issuedOn,
    date: officialDate(issuedOn),
    to: addresseeOf(definition, answers),
    child: childOf(definition, answers),
    bop: { code: state.bopCode, name: bopOf(state.bopCode)?.name ?? '' },
    title: fillIn(words.title, values) ?? words.title,
    opening: fill(words.opening),
    rows: words.rows.flatMap(({ label, value }) => {
      const filled = fillIn(value, values);
      return filled === undefined ? [] : [{ label: fillIn(label, values) ?? label, value: filled }];
    }),
    closing: fill(words.closing),
    objection: procedures.includes(state.procedure) ? fill(objection) : [],
    sender: fill(words.sender),
    office: office.value,
    window: sources.window,
    copies: copiesOf(kind, answers),
    basis: {
      dataVersion: state.dataVersion,
      decidedSeq: state.seq,
      decidedAt: decision.decidedAt,
      templateVersion: template.version,
      officeVersion: office.version,
    },
  };
}
