import type { FastifyRequest } from 'fastify';
import { getFile, type FileRecord } from '../../store/files.ts';
import type { AuditAction } from '../../store/audit.ts';
import { openApplication } from '../access.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, authOfRequest } from '../plugins/session.ts';
import { notFound } from '../problems.ts';

/**
 * A file for whoever may read it: of an application by its rules, else only for who uploaded it. The reading is in the trail
 * before anything is answered.
 * @returns with the application's receipt number, empty for files that are not sent yet
 */
export async function openFile(
  request: FastifyRequest,
  deps: ApiDeps,
  id: string,
  purpose: { action: AuditAction; part?: string },
): Promise<{ file: FileRecord; receiptNumber: string }> {
  const file = await getFile(deps.db, deps.keyring, id);
  const { account } = authOfRequest(request);
  const part = purpose.part === undefined ? {} : { part: purpose.part };
  if (file?.complete === true && file.applicationId !== null && file.version !== null) {
    const detail = { file: file.id, ...part };
    const { receiptNumber } = await openApplication(request, deps, file.applicationId, {
      action: purpose.action,
      detail,
    });
    return { file, receiptNumber };
  }
  // Not sent, or sent with a change that is not accepted yet: only for who uploaded it.
  if (file?.complete !== true || file.accountId !== account.id) throw notFound();
  await audit(request, deps, {
    action: purpose.action,
    subject: { kind: 'file', id: file.id },
    ...(purpose.part === undefined ? {} : { detail: part }),
  });
  return { file, receiptNumber: '' };
}
