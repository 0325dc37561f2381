import type { RelatedList } from './model.ts';

const RECEIPT = { field: 'receipt_number', relatedField: 'receipt_number', size: 10 } as const;

/** The child's applications of all procedures and years, by the receipt ledger: one list instead of one a procedure. */
export const CHILDS_APPLICATIONS: RelatedList = {
  code: 'related_applications',
  label: 'この児童の申請（受付簿）',
  app: 'ledger',
  field: 'child_id',
  relatedField: 'child_id',
  fields: ['received_on', 'receipt_number', 'procedure', 'fiscal_year', 'channel', 'state'],
  sort: 'received_at desc',
  size: 20,
};

/** What stands beneath an application's record, so that whoever opens it need not look through five apps. */
export const BENEATH_APPLICATION: readonly RelatedList[] = [
  {
    ...RECEIPT,
    code: 'related_documents',
    label: '提出書類',
    app: 'documents',
    fields: ['document_label', 'version', 'uploaded_at', 'file'],
    sort: 'uploaded_at desc',
  },
  {
    ...RECEIPT,
    code: 'related_reviews',
    label: '審査記録',
    app: 'reviews',
    fields: ['step', 'cycle', 'outcome', 'reviewer', 'reviewed_at'],
    sort: 'reviewed_at desc',
  },
  {
    ...RECEIPT,
    code: 'related_contacts',
    label: '対応記録',
    app: 'contacts',
    fields: ['at', 'kind', 'means', 'content', 'author'],
    sort: 'at desc',
  },
  {
    ...RECEIPT,
    code: 'related_notices',
    label: '通知書',
    app: 'notices',
    fields: ['reference', 'number', 'kind', 'state', 'issued_on'],
    sort: 'issued_on desc',
  },
  CHILDS_APPLICATIONS,
];
