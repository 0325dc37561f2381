import type { Answers } from '../../domain/procedures/definition.ts';

/** Names as lists show them. */
export interface ApplicationNames {
  childName: string;
  childKana: string;
  applicantName: string;
}

/** kintone does not answer now, or its budget is used up. Screens go on without what only kintone has. */
export class KintoneAwayError extends Error {
  constructor(cause?: unknown) {
    super('kintone does not answer', { cause });
    this.name = 'KintoneAwayError';
  }
}

/** What the API reads from the system of record. Every call may throw {@link KintoneAwayError}. */
export interface KintoneReads {
  /** Names of a page's applications by receipt number, in one request. Unknown numbers are left out. */
  readNames(receiptNumbers: readonly string[]): Promise<ReadonlyMap<string, ApplicationNames>>;
  /** Receipt numbers of applications whose child's or applicant's name contains this. */
  findByName(text: string, limit: number): Promise<readonly string[]>;
  /** The newest answers that kintone has, and which data version they are; undefined where it has no such record. */
  readAnswers(receiptNumber: string): Promise<{ answers: Answers; version: number } | undefined>;
  /** Changes by version, as kintone keeps them for the record. */
  readVersions(
    receiptNumber: string,
  ): Promise<readonly { version: number; changes: Answers; before: Answers }[]>;
  /** Texts that were carried over, by id. */
  readTexts(receiptNumber: string): Promise<ReadonlyMap<string, string>>;
  /** A document's bytes. */
  downloadFile(file: {
    receiptNumber: string;
    fileId: string;
    fileKey: string | null;
  }): Promise<AsyncIterable<Uint8Array>>;
  /** Does kintone answer? */
  check(): Promise<boolean>;
}
