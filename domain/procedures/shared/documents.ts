import { text } from '../../texts/locale.ts';
import type { DocumentType } from '../definition.ts';

/** Whatever else the family wants to hand in, or the office asks for. */
export const OTHER_DOCUMENT: DocumentType = {
  type: 'other_document',
  label: text('その他の書類', 'そのほかの {紙|かみ}', 'Other documents'),
  mayFollow: true,
  maxFiles: 5,
};
