import { FINDING_RESULTS } from '../../domain/application/state.ts';
import { CONTACT_LABELS, DIRECTION_LABELS, FINDING_LABELS } from '../../domain/texts/application.ts';
import { groupOf } from '../access/people.ts';
import type { KintoneApp, KintoneField } from './model.ts';
import { NO, YES } from './values.ts';

/** To which application a record belongs, and where: the same in all common apps, so that permissions can go by it. */
export const BELONGS = [
  { code: 'receipt_number', label: '受付番号', type: 'SINGLE_LINE_TEXT' },
  { code: 'procedure', label: '手続き', type: 'SINGLE_LINE_TEXT' },
  { code: 'bop_code', label: '新BOPコード', type: 'SINGLE_LINE_TEXT' },
  { code: 'bop_name', label: '新BOP名', type: 'SINGLE_LINE_TEXT' },
  { code: 'hall_code', label: '児童館コード', type: 'SINGLE_LINE_TEXT' },
] as const satisfies readonly KintoneField[];

export const DOCUMENTS_APP: KintoneApp = {
  key: 'documents',
  name: '学童クラブ 提出書類',
  description: '申請に添えられた書類と、紙の申請書の画像です。',
  recordKey: 'doc_id',
  groups: [
    {
      code: 'group_document',
      label: '書類',
      open: true,
      fields: [
        { code: 'doc_id', label: '書類ID', type: 'SINGLE_LINE_TEXT', unique: true },
        { code: 'file', label: '書類', type: 'FILE' },
        { code: 'document_type', label: '書類の種類コード', type: 'SINGLE_LINE_TEXT' },
        { code: 'document_label', label: '書類の種類', type: 'SINGLE_LINE_TEXT' },
        { code: 'version', label: '申請内容の版', type: 'NUMBER' },
        { code: 'uploaded_at', label: '提出日時', type: 'DATETIME' },
        { code: 'content_type', label: 'ファイル形式', type: 'SINGLE_LINE_TEXT' },
        { code: 'size', label: '大きさ（バイト）', type: 'NUMBER' },
        { code: 'sha256', label: 'チェックサム (SHA-256)', type: 'SINGLE_LINE_TEXT' },
      ],
    },
    { code: 'group_application', label: '申請', open: true, fields: BELONGS },
  ],
  views: [
    {
      name: 'すべての書類',
      fields: ['receipt_number', 'document_label', 'file', 'uploaded_at', 'bop_name'],
      condition: '',
      sort: 'uploaded_at desc',
    },
  ],
};

export const REVIEW_STEP_LABELS = { first: '一次審査', second: '二次審査' } as const;
export const REVIEW_OUTCOME_LABELS = {
  completed: '完了',
  agreed: '同意',
  returned: '一次審査へ差戻し',
} as const;

export const REVIEWS_APP: KintoneApp = {
  key: 'reviews',
  name: '学童クラブ 審査記録',
  description: '一次審査・二次審査の記録です。だれが、いつ、どの審査項目をどう判定したかを残します。',
  recordKey: 'review_id',
  groups: [
    {
      code: 'group_review',
      label: '審査',
      open: true,
      fields: [
        { code: 'review_id', label: '審査ID', type: 'SINGLE_LINE_TEXT', unique: true },
        { code: 'step', label: '審査', type: 'DROP_DOWN', options: Object.values(REVIEW_STEP_LABELS) },
        { code: 'cycle', label: '審査の回', type: 'NUMBER' },
        { code: 'outcome', label: '結果', type: 'DROP_DOWN', options: Object.values(REVIEW_OUTCOME_LABELS) },
        { code: 'reviewer', label: '審査した人', type: 'SINGLE_LINE_TEXT' },
        { code: 'reviewed_at', label: '審査日時', type: 'DATETIME' },
        { code: 'reason', label: '差戻しの理由', type: 'MULTI_LINE_TEXT' },
        {
          code: 'findings',
          label: '審査項目',
          type: 'SUBTABLE',
          columns: [
            { code: 'criterion_id', label: '項目コード', type: 'SINGLE_LINE_TEXT' },
            { code: 'criterion_title', label: '項目', type: 'SINGLE_LINE_TEXT' },
            {
              code: 'result',
              label: '判定',
              type: 'DROP_DOWN',
              options: FINDING_RESULTS.map((result) => FINDING_LABELS[result]),
            },
            { code: 'reason_label', label: '不備の理由', type: 'SINGLE_LINE_TEXT' },
            { code: 'targets', label: '対象の項目・書類', type: 'SINGLE_LINE_TEXT' },
            { code: 'applicant_note', label: '申請者への説明', type: 'MULTI_LINE_TEXT' },
            { code: 'internal_note', label: '内部メモ', type: 'MULTI_LINE_TEXT' },
          ],
        },
      ],
    },
    { code: 'group_application', label: '申請', open: true, fields: BELONGS },
  ],
  views: [
    {
      name: 'すべての審査',
      fields: ['receipt_number', 'step', 'cycle', 'outcome', 'reviewer', 'reviewed_at', 'bop_name'],
      condition: '',
      sort: 'reviewed_at desc',
    },
  ],
};

/** What an entry of the contacts app is. */
export const ENTRY_LABELS = {
  contact: '対応記録',
  note: 'メモ',
  question: '区への照会',
  instruction: '区の指示',
  reason: '理由',
  applicantNote: '申請者への説明',
  internalNote: '内部メモ',
  answer: '申請者の訂正',
  correction: '補正',
} as const;
export type EntryKind = keyof typeof ENTRY_LABELS;

export const CONTACTS_APP: KintoneApp = {
  key: 'contacts',
  name: '学童クラブ 対応記録',
  description: '申請者とのやり取り、区への照会と指示、メモ、申請内容の訂正の記録です。',
  recordKey: 'record_id',
  groups: [
    {
      code: 'group_contact',
      label: '記録',
      open: true,
      fields: [
        { code: 'record_id', label: '記録ID', type: 'SINGLE_LINE_TEXT', unique: true },
        { code: 'kind', label: '種類', type: 'DROP_DOWN', options: Object.values(ENTRY_LABELS) },
        { code: 'means', label: '手段', type: 'DROP_DOWN', options: Object.values(CONTACT_LABELS) },
        { code: 'direction', label: '向き', type: 'DROP_DOWN', options: Object.values(DIRECTION_LABELS) },
        { code: 'content', label: '内容', type: 'MULTI_LINE_TEXT' },
        // Of corrections: version, changes and former values as JSON, so that screens can show them again.
        { code: 'data', label: '訂正の内容（システム用）', type: 'MULTI_LINE_TEXT' },
        { code: 'author', label: '記録した人', type: 'SINGLE_LINE_TEXT' },
        { code: 'at', label: '日時', type: 'DATETIME' },
        { code: 'confirmed', label: '責任者の確認', type: 'DROP_DOWN', options: [YES, NO] },
        { code: 'confirmed_by', label: '確認した人', type: 'SINGLE_LINE_TEXT' },
        { code: 'confirmed_at', label: '確認日時', type: 'DATETIME' },
      ],
    },
    { code: 'group_application', label: '申請', open: true, fields: BELONGS },
  ],
  views: [
    {
      name: 'すべての記録',
      fields: ['receipt_number', 'kind', 'means', 'content', 'author', 'at', 'bop_name'],
      condition: '',
      sort: 'at desc',
    },
    {
      name: '確認待ちの対応記録',
      fields: ['receipt_number', 'means', 'direction', 'content', 'author', 'at'],
      condition: `kind in ("${ENTRY_LABELS.contact}") and confirmed in ("${NO}")`,
      sort: 'at asc',
    },
    {
      name: '区への照会と指示',
      fields: ['receipt_number', 'kind', 'content', 'author', 'at'],
      condition: `kind in ("${ENTRY_LABELS.question}", "${ENTRY_LABELS.instruction}")`,
      sort: 'at desc',
    },
  ],
  notifications: [
    {
      condition: `kind in ("${ENTRY_LABELS.question}")`,
      title: '区への照会があります',
      groups: [groupOf('ward')],
    },
    {
      condition: `kind in ("${ENTRY_LABELS.instruction}")`,
      title: '区から指示がありました',
      groups: [groupOf('leader')],
    },
    {
      condition: `kind in ("${ENTRY_LABELS.contact}") and confirmed in ("${NO}")`,
      title: '確認を待っている対応記録があります',
      groups: [groupOf('leader')],
    },
  ],
};
