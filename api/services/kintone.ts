import { KintoneError, type Gateway } from '../../kintone/gateway/index.ts';

/** What the API reads from the system of record. Every failure is a `KintoneError`. */
export type KintoneReads = Pick<
  Gateway,
  'readNames' | 'readApplications' | 'readTexts' | 'readDocuments' | 'readNotices' | 'downloadFile' | 'check'
>;

/** Does this error only say that kintone is not to be had now? */
export function isKintoneAway(error: unknown): boolean {
  return error instanceof KintoneError && error.kind !== 'final';
}
