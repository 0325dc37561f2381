import { NOTICE_KINDS, NOTICE_LABELS } from '../../domain/notices/kinds.ts';
import { BELONGS } from './common.ts';
import type { KintoneApp } from './model.ts';

/** How a notice stands: before its release day nobody outside the office may see it. */
export const NOTICE_STATE_LABELS = { made: '公開前', released: '有効', voided: '取消' } as const;

/** The notices that were issued (通知書, Q22): what each says, its PDF, and how to tell whether they are what was made. */
export const NOTICES_APP: KintoneApp = {
  key: 'notices',
  name: '学童クラブ 通知書',
  description:
    '決定ごとに1件の通知書です。内容と PDF は作成したときのまま変わりません。状態は手続きシステムが書き込みます。',
  recordKey: 'notice_id',
  groups: [
    {
      code: 'group_notice',
      label: '通知書',
      open: true,
      fields: [
        { code: 'notice_id', label: '通知書ID', type: 'SINGLE_LINE_TEXT', unique: true },
        { code: 'reference', label: '照会番号', type: 'SINGLE_LINE_TEXT' },
        { code: 'number', label: '文書番号', type: 'SINGLE_LINE_TEXT' },
        {
          code: 'kind',
          label: '種類',
          type: 'DROP_DOWN',
          options: NOTICE_KINDS.map((kind) => NOTICE_LABELS[kind]),
        },
        { code: 'state', label: '状態', type: 'DROP_DOWN', options: Object.values(NOTICE_STATE_LABELS) },
        { code: 'issued_on', label: '通知書の日付', type: 'DATE' },
        { code: 'released_at', label: '申請者への公開日時', type: 'DATETIME' },
        { code: 'voided_at', label: '取消日時', type: 'DATETIME' },
        { code: 'child_name', label: '児童の氏名', type: 'SINGLE_LINE_TEXT' },
        { code: 'guardian_name', label: '申請者の氏名', type: 'SINGLE_LINE_TEXT' },
        { code: 'file', label: '通知書 (PDF)', type: 'FILE' },
        { code: 'content', label: '内容（システム用）', type: 'MULTI_LINE_TEXT' },
        { code: 'sha256', label: '内容のチェックサム (SHA-256)', type: 'SINGLE_LINE_TEXT' },
        { code: 'pdf_sha256', label: 'PDF のチェックサム (SHA-256)', type: 'SINGLE_LINE_TEXT' },
      ],
    },
    { code: 'group_application', label: '申請', open: true, fields: BELONGS },
  ],
  views: [
    {
      name: 'すべての通知書',
      fields: ['reference', 'number', 'kind', 'state', 'child_name', 'issued_on', 'bop_name', 'file'],
      condition: '',
      sort: 'issued_on desc',
    },
    {
      name: '取り消した通知書',
      fields: ['reference', 'number', 'kind', 'child_name', 'voided_at', 'bop_name'],
      condition: `state in ("${NOTICE_STATE_LABELS.voided}")`,
      sort: 'voided_at desc',
    },
  ],
};
