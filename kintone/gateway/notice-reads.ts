import type { GetRecords } from './reads.ts';
import { anyOf } from './query.ts';

/** A notice as kintone has it. */
export interface NoticeRecord {
  id: string;
  /** The content as JSON, as it was written. */
  content: string;
  /** For `downloadFile`; undefined where nobody has attached the PDF, or somebody removed it. */
  fileKey: string | undefined;
}

const KEYS_A_QUERY = 100;

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** These notices by their ids; those that kintone lacks are left out. */
export async function readNotices(
  get: GetRecords,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NoticeRecord>> {
  const found = new Map<string, NoticeRecord>();
  for (let i = 0; i < ids.length; i += KEYS_A_QUERY) {
    const part = ids.slice(i, i + KEYS_A_QUERY);
    const records = await get('notices', `${anyOf('notice_id', part)} limit ${KEYS_A_QUERY}`, [
      'notice_id',
      'content',
      'file',
    ]);
    for (const record of records) {
      const id = text(record['notice_id']?.value);
      const files = (record['file']?.value ?? []) as readonly { fileKey: string }[];
      found.set(id, { id, content: text(record['content']?.value), fileKey: files[0]?.fileKey });
    }
  }
  return found;
}
