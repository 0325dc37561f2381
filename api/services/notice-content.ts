import { createHash } from 'node:crypto';
import type { NoticeContent } from '../../domain/notices/content.ts';
import { NOTICE_LABELS } from '../../domain/notices/kinds.ts';
import { verifyUrl } from '../../domain/notices/reference.ts';
import { noticeToPdf, type Verification } from '../../printing/notice.ts';
import { contentChecksum, waitingContents, type Notice } from '../../store/notices.ts';
import type { NoticeView } from '../contract/notices.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';
import { isKintoneAway } from './kintone.ts';

/** What proves a notice, as it is printed. */
export function verificationOf(deps: Pick<ApiDeps, 'config'>, notice: Notice): Verification {
  const { publicUrl } = deps.config.http;
  return {
    url: verifyUrl(publicUrl, notice),
    page: `${publicUrl}/verify`,
    checkCode: notice.checkCode,
  };
}

/**
 * What these notices say, by id: from the waiting copies, else from kintone; each is what was signed, or it is an error.
 * @throws {ProblemError} `kintoneAway`
 */
export async function contentsOf(
  deps: ApiDeps,
  notices: readonly Notice[],
): Promise<ReadonlyMap<string, NoticeContent>> {
  const ids = notices.map((notice) => notice.id);
  const found = new Map(await waitingContents(deps.db, deps.keyring, ids));
  const carried = ids.filter((id) => !found.has(id));
  if (carried.length > 0) {
    for (const [id, { content }] of await readNotices(deps, carried)) found.set(id, parse(id, content));
  }
  for (const notice of notices) {
    const content = found.get(notice.id);
    if (!content || contentChecksum(content) !== notice.sha256) {
      throw new ProblemError('noticeDamaged', {
        cause: new Error(`notice ${notice.id} in kintone is ${content ? 'not what was signed' : 'missing'}`),
      });
    }
  }
  return found;
}

async function readNotices(deps: ApiDeps, ids: readonly string[]) {
  try {
    return await deps.kintone.readNotices(ids);
  } catch (error) {
    if (!isKintoneAway(error)) throw error;
    throw new ProblemError('kintoneAway', { cause: error, retryAfterSeconds: 30 });
  }
}

function parse(id: string, text: string): NoticeContent {
  try {
    return JSON.parse(text) as NoticeContent;
  } catch (error) {
    throw new ProblemError('noticeDamaged', {
      cause: new Error(`notice ${id} is no JSON`, { cause: error }),
    });
  }
}

/** @throws {ProblemError} `kintoneAway` */
export async function contentOf(deps: ApiDeps, notice: Notice): Promise<NoticeContent> {
  const content = (await contentsOf(deps, [notice])).get(notice.id);
  if (!content) throw new ProblemError('notFound');
  return content;
}

/**
 * A notice's PDF: made from its content, which gives the bytes that were kept. Where the fonts of this machine have changed
 * since, the kept file itself.
 */
export async function pdfOfNotice(deps: ApiDeps, notice: Notice): Promise<Buffer> {
  const made = await noticeToPdf(await contentOf(deps, notice), verificationOf(deps, notice));
  if (notice.pdfSha256 === null || sha256(made) === notice.pdfSha256) return made;
  const kept = (await readNotices(deps, [notice.id])).get(notice.id)?.fileKey;
  if (kept === undefined) throw new ProblemError('noticeDamaged');
  try {
    const { stream } = await deps.kintone.downloadFile(kept);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    if (sha256(bytes) === notice.pdfSha256) return bytes;
  } catch (error) {
    if (!isKintoneAway(error)) throw error;
    throw new ProblemError('kintoneAway', { cause: error, retryAfterSeconds: 30 });
  }
  throw new ProblemError('noticeDamaged', {
    cause: new Error(`the PDF of notice ${notice.id} in kintone is not what was kept`),
  });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A notice for a page. */
export function noticeView(deps: ApiDeps, notice: Notice, content: NoticeContent): NoticeView {
  return {
    id: notice.id,
    kind: notice.kind,
    label: NOTICE_LABELS[notice.kind],
    reference: notice.reference,
    number: notice.number,
    checkCode: `${notice.checkCode.slice(0, 4)}-${notice.checkCode.slice(4)}`,
    verifyUrl: verificationOf(deps, notice).page,
    date: content.date,
    to: { ...content.to, lines: [...content.to.lines] },
    title: content.title,
    opening: [...content.opening],
    rows: content.rows.map((row) => ({ ...row })),
    closing: [...content.closing],
    objection: [...content.objection],
    sender: [...content.sender],
    office: content.office,
    receiptNumber: content.receiptNumber,
  };
}
