import type { Answers, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { ownFields } from '../apps/application.ts';
import { ENTRY_LABELS, type EntryKind } from '../apps/common.ts';
import { appByKey, type AppKey, type KintoneRecord } from '../apps/index.ts';
import { applicationApp, fieldsOfApp } from '../apps/model.ts';
import { answersOf } from '../apps/values.ts';
import { fieldsOf } from '../../domain/procedures/fields.ts';
import { anyOf, quote } from './query.ts';

/** One request for records; at most 500 come back. */
export type GetRecords = (app: AppKey, query: string, fields: readonly string[]) => Promise<KintoneRecord[]>;

/** An application's answers as kintone has them. */
export interface ApplicationRecord {
  receiptNumber: string;
  recordId: string;
  revision: number;
  /** Up to which event the header has been written. */
  seq: number;
  dataVersion: number;
  answers: Answers;
}

/** The names that lists show. */
export interface Names {
  childName: string;
  childKana: string;
  applicantName: string;
}

/** A text or contact record. */
export interface EntryRecord {
  /** The text's id, as events refer to it. */
  id: string;
  kind: EntryKind;
  content: string;
  /** Name of who wrote it. */
  author: string;
  at: string;
}

export interface DocumentRecord {
  id: string;
  type: string;
  version: number;
  name: string;
  contentType: string;
  size: number;
  sha256: string;
  uploadedAt: string;
  /** For `downloadFile`. */
  fileKey: string;
}

export interface ReviewRecord {
  id: string;
  step: string;
  cycle: number;
  outcome: string;
  reviewer: string;
  at: string;
  reason: string;
  findings: readonly {
    criterionId: string;
    criterionTitle: string;
    result: string;
    reasonLabel: string;
    targets: string;
    applicantNote: string;
    internalNote: string;
  }[];
}

const PAGE = 500;
const KEYS_A_QUERY = 100;

const text = (record: KintoneRecord, code: string) => {
  const value = record[code]?.value;
  return typeof value === 'string' ? value : '';
};
const count = (record: KintoneRecord, code: string) => Number(text(record, code));

function definitionOf(procedure: string): ProcedureDefinition {
  const definition = procedureOf(procedure);
  if (!definition) throw new Error(`no procedure "${procedure}"`);
  return definition;
}

/** What this system reads from kintone, on top of one way to get records. */
export class Reads {
  readonly #get: GetRecords;

  constructor(get: GetRecords) {
    this.#get = get;
  }

  async #byReceipt(app: AppKey, receiptNumbers: readonly string[], fields: readonly string[]) {
    const pages: KintoneRecord[][] = [];
    for (let i = 0; i < receiptNumbers.length; i += KEYS_A_QUERY) {
      const part = receiptNumbers.slice(i, i + KEYS_A_QUERY);
      pages.push(await this.#get(app, `${anyOf('receipt_number', part)} limit ${KEYS_A_QUERY}`, fields));
    }
    return pages.flat();
  }

  async #allOf(app: AppKey, receiptNumber: string): Promise<KintoneRecord[]> {
    const codes = ['$id', ...fieldsOfApp(appByKey(app)).map((field) => field.code)];
    const all: KintoneRecord[] = [];
    for (let after = '0'; ; after = text(all.at(-1) ?? {}, '$id')) {
      const condition = `receipt_number = ${quote(receiptNumber)} and $id > ${after}`;
      const page = await this.#get(app, `${condition} order by $id asc limit ${PAGE}`, codes);
      all.push(...page);
      if (page.length < PAGE) return all;
    }
  }

  /** The applications of one procedure with these receipt numbers, by receipt number; those kintone lacks are left out. */
  async applications(
    procedure: string,
    receiptNumbers: readonly string[],
  ): Promise<ReadonlyMap<string, ApplicationRecord>> {
    const definition = definitionOf(procedure);
    const header = ['$id', '$revision', 'receipt_number', 'seq', 'data_version', 'fiscal_year'];
    const codes = [...header, ...ownFields(definition).map((field) => field.code)];
    const records = await this.#byReceipt(applicationApp(procedure), receiptNumbers, codes);
    return new Map(
      records.map((record) => [
        text(record, 'receipt_number'),
        {
          receiptNumber: text(record, 'receipt_number'),
          recordId: text(record, '$id'),
          revision: count(record, '$revision'),
          seq: count(record, 'seq'),
          dataVersion: count(record, 'data_version'),
          answers: answersOf(fieldsOf(definition), record),
        },
      ]),
    );
  }

  /** Names for a page of a list: one request a procedure, and no more fields than the names. */
  async names(
    items: readonly { procedure: string; receiptNumber: string }[],
  ): Promise<ReadonlyMap<string, Names>> {
    const byProcedure = new Map<string, string[]>();
    for (const { procedure, receiptNumber } of items) {
      byProcedure.set(procedure, [...(byProcedure.get(procedure) ?? []), receiptNumber]);
    }
    const found = await Promise.all(
      [...byProcedure].map(async ([procedure, numbers]) => {
        const { roles } = definitionOf(procedure);
        const pairs = {
          childName: [roles.childFamilyName, roles.childGivenName],
          childKana: [roles.childFamilyKana, roles.childGivenKana],
          applicantName: [roles.applicantFamilyName, roles.applicantGivenName],
        };
        const codes = ['receipt_number', ...new Set(Object.values(pairs).flat())];
        const records = await this.#byReceipt(applicationApp(procedure), numbers, codes);
        return records.map((record): [string, Names] => {
          const join = (part: readonly string[]) =>
            part
              .map((code) => text(record, code))
              .filter(Boolean)
              .join(' ');
          const { childName, childKana, applicantName } = pairs;
          return [
            text(record, 'receipt_number'),
            { childName: join(childName), childKana: join(childKana), applicantName: join(applicantName) },
          ];
        });
      }),
    );
    return new Map(found.flat());
  }

  /** All texts and contact records of an application, oldest first. */
  async texts(receiptNumber: string): Promise<readonly EntryRecord[]> {
    const kinds = Object.entries(ENTRY_LABELS) as [EntryKind, string][];
    return (await this.#allOf('contacts', receiptNumber)).map((record) => ({
      id: text(record, 'record_id'),
      kind: kinds.find(([, label]) => label === text(record, 'kind'))?.[0] ?? 'note',
      content: text(record, 'content'),
      author: text(record, 'author'),
      at: text(record, 'at'),
    }));
  }

  /** The reviews of an application, oldest first (Q10). */
  async reviews(receiptNumber: string): Promise<readonly ReviewRecord[]> {
    return (await this.#allOf('reviews', receiptNumber)).map((record) => ({
      id: text(record, 'review_id'),
      step: text(record, 'step'),
      cycle: count(record, 'cycle'),
      outcome: text(record, 'outcome'),
      reviewer: text(record, 'reviewer'),
      at: text(record, 'reviewed_at'),
      reason: text(record, 'reason'),
      findings: ((record['findings']?.value ?? []) as readonly { value: KintoneRecord }[]).map(
        ({ value: row }) => ({
          criterionId: text(row, 'criterion_id'),
          criterionTitle: text(row, 'criterion_title'),
          result: text(row, 'result'),
          reasonLabel: text(row, 'reason_label'),
          targets: text(row, 'targets'),
          applicantNote: text(row, 'applicant_note'),
          internalNote: text(row, 'internal_note'),
        }),
      ),
    }));
  }

  /** The documents of an application, oldest first (Q12). */
  async documents(receiptNumber: string): Promise<readonly DocumentRecord[]> {
    return (await this.#allOf('documents', receiptNumber)).flatMap((record) => {
      const files = (record['file']?.value ?? []) as readonly { fileKey: string; name: string }[];
      return files.slice(0, 1).map(({ fileKey, name }) => ({
        id: text(record, 'doc_id'),
        type: text(record, 'document_type'),
        version: count(record, 'version'),
        name,
        contentType: text(record, 'content_type'),
        size: count(record, 'size'),
        sha256: text(record, 'sha256'),
        uploadedAt: text(record, 'uploaded_at'),
        fileKey,
      }));
    });
  }
}
