import type { Stage } from '../application/state.ts';

/**
 * An export profile (出力の様式): the whole layout of a file for the ward's 学童クラブ管理システム as data that the ward edits,
 * with history (Q04). Nothing in code knows what a particular file looks like.
 */
export interface ExportProfile {
  /** ASCII; never changed, so that "only changes" knows what has gone out under it. */
  id: string;
  name: string;
  note: string;
  /** Profiles no longer used stay for their runs, but no new run can be made with them. */
  active: boolean;
  subject: ExportSubject;
  /** For subject `applications`: which procedures and stages go out. */
  procedures: readonly string[];
  stages: readonly Stage[];
  columns: readonly ExportColumn[];
  layout: FileLayout;
  encoding: EncodingName;
  lineEnd: LineEnd;
  /** Is there a line end after the last line too? */
  endsWithLineEnd: boolean;
  /** What becomes of line breaks inside a value. */
  lineBreaks: 'space' | 'keep' | 'problem';
  /** In what `width` of the columns counts. */
  unit: 'bytes' | 'characters';
  /** May contain {number}, {number:4}, {date:yyyymmdd}, {time}, {fiscalYear}, {count}. */
  fileName: string;
  /** Without a dot; letters and digits. */
  extension: string;
  answers: AnswerLayout;
}

/** What one line is about: an application, a child's enrolment of a fiscal year, or a child. */
export type ExportSubject = 'applications' | 'enrolments' | 'children';
export const EXPORT_SUBJECTS = ['applications', 'enrolments', 'children'] as const;

export type EncodingName = 'utf-8' | 'utf-8-bom' | 'cp932' | 'shift_jis';
export const ENCODING_NAMES = ['utf-8', 'utf-8-bom', 'cp932', 'shift_jis'] as const;

export type LineEnd = 'crlf' | 'lf' | 'cr';
export const LINE_ENDS: Readonly<Record<LineEnd, string>> = { crlf: '\r\n', lf: '\n', cr: '\r' };

export type FileLayout =
  | {
      kind: 'delimited';
      /** One ASCII character. */
      delimiter: string;
      quote: 'always' | 'whenNeeded' | 'never';
      header: boolean;
    }
  | { kind: 'fixed' };

export interface ExportColumn {
  /** Heading, and its name in lists of problems. */
  title: string;
  source: ExportSource;
  format: ExportFormat;
  /** At most (delimited) or exactly (fixed) so many bytes or characters. */
  width: number | null;
  overflow: 'problem' | 'cut';
  pad: { side: 'left' | 'right'; char: string };
  /** An empty value is a problem. */
  required: boolean;
  /** Stands for an empty value. */
  whenEmpty: string;
}

export type ExportSource =
  | { kind: 'answer'; field: string; label: boolean }
  | { kind: 'person'; item: PersonItem }
  | { kind: 'application'; item: ApplicationItem }
  | { kind: 'decision'; item: DecisionItem }
  | { kind: 'enrolment'; item: EnrolmentItem }
  | { kind: 'facility'; item: FacilityItem }
  | { kind: 'line' }
  | { kind: 'constant'; value: string };
export type SourceKind = ExportSource['kind'];

/** Who it is about, whatever the procedure's form calls the fields. */
export const PERSON_ITEMS = [
  'childName',
  'childFamilyName',
  'childGivenName',
  'childKana',
  'childFamilyKana',
  'childGivenKana',
  'childBirthDate',
  'applicantName',
  'applicantFamilyName',
  'applicantGivenName',
  'applicantKana',
  'phone',
  'postalCode',
  'address',
] as const;
export type PersonItem = (typeof PERSON_ITEMS)[number];

export const APPLICATION_ITEMS = [
  'receiptNumber',
  'procedure',
  'fiscalYear',
  'round',
  'channel',
  'stage',
  'receivedOn',
] as const;
export type ApplicationItem = (typeof APPLICATION_ITEMS)[number];

export const DECISION_ITEMS = ['outcome', 'decidedOn', 'effectiveFrom', 'reasonCode'] as const;
export type DecisionItem = (typeof DECISION_ITEMS)[number];

export const ENROLMENT_ITEMS = [
  'fiscalYear',
  'bopCode',
  'from',
  'to',
  'withdrawnOn',
  'extendedMode',
  'extendedFrom',
  'extendedTo',
  'reductionReason',
  'reductionFrom',
  'reductionTo',
] as const;
export type EnrolmentItem = (typeof ENROLMENT_ITEMS)[number];

export const FACILITY_ITEMS = ['bopCode', 'bopName', 'hallCode', 'hallName'] as const;
export type FacilityItem = (typeof FACILITY_ITEMS)[number];

export type ExportFormat =
  | {
      kind: 'text';
      kana: 'asIs' | 'katakana' | 'halfKatakana' | 'hiragana';
      width: 'asIs' | 'full' | 'half';
    }
  /** `yyyy` `mm` `m` `dd` `d`; `ggg` 令和, `gg` 令, `g` R, `n` number of the era, `ee` and `e` its year. For days, months, instants. */
  | { kind: 'date'; pattern: string }
  /** `otherwise`: null makes an unknown value a problem. */
  | { kind: 'code'; map: readonly { from: string; to: string }[]; otherwise: string | null }
  /** Filled up with zeros to `digits`; 0 leaves it as it is. */
  | { kind: 'number'; digits: number };

/** How the ward's answer file looks: which line is meant, whether it was taken, and why not. */
export interface AnswerLayout {
  encoding: 'utf-8' | 'cp932';
  /** Lines at the top that are no answers. */
  skipLines: number;
  key: 'receiptNumber' | 'line';
  layout:
    | {
        kind: 'delimited';
        delimiter: string;
        keyColumn: number;
        resultColumn: number;
        reasonColumn: number | null;
      }
    /** Positions in bytes, the first byte is 1. */
    | { kind: 'fixed'; key: Span; result: Span; reason: Span | null };
  accepted: readonly string[];
  rejected: readonly string[];
  /** Words for the system's reason codes. */
  reasons: readonly { code: string; text: string }[];
}
export interface Span {
  from: number;
  length: number;
}

/** The ward's replacement for a character that an encoding lacks (髙→高). */
export interface Replacement {
  from: string;
  to: string;
  note: string;
}

/** What a profile has wrong as a whole, in Japanese, with the dotted path of the place. Empty: it can be used. */
export function profileProblems(profile: ExportProfile): readonly { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = [];
  const add = (path: string, message: string) => problems.push({ path, message });
  const { layout, columns } = profile;
  columns.forEach((column, index) => {
    const at = `columns.${String(index)}`;
    // Many columns can have the same fault: each says which one it is.
    const told = (path: string, message: string) =>
      add(`${at}.${path}`, `${String(index + 1)}番目「${column.title}」：${message}`);
    if (layout.kind === 'fixed' && column.width === null) {
      told('width', '固定長では、すべての項目に幅が必要です。');
    }
    if (Array.from(column.pad.char).length !== 1) told('pad.char', '埋める文字は1文字で入力してください。');
    if (column.format.kind === 'date' && !/[yegmdn]/u.test(column.format.pattern)) {
      told('format.pattern', '日付の書式を入力してください（例 yyyy/mm/dd、gee.mm.dd）。');
    }
    if (column.format.kind === 'code') {
      const from = column.format.map.map((one) => one.from);
      if (new Set(from).size < from.length) told('format.map', 'コード表に同じ値が2度あります。');
    }
    if (column.source.kind === 'enrolment' && profile.subject === 'applications') {
      told('source', '在籍の項目は、在籍または児童を対象とする様式で使えます。');
    }
  });
  if (layout.kind === 'fixed' && profile.lineBreaks === 'keep') {
    add('lineBreaks', '固定長では、改行を残せません。');
  }
  if (layout.kind === 'delimited' && layout.quote === 'never' && profile.lineBreaks === 'keep') {
    add('lineBreaks', '引用符で囲まない様式では、改行を残せません。');
  }
  if (profile.subject === 'applications') {
    if (profile.procedures.length === 0) add('procedures', '対象の手続きを選んでください。');
    if (profile.stages.length === 0) add('stages', '対象の状態を選んでください。');
  }
  const both = profile.answers.accepted.filter((value) => profile.answers.rejected.includes(value));
  if (both.length > 0) add('answers.rejected', '同じ値が「受入」と「却下」の両方にあります。');
  return problems;
}
