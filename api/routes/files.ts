import { Readable } from 'node:stream';
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { certificateGuardian } from '../../domain/certificate-form/proposals.ts';
import { draftMayBe } from '../../store/drafts.ts';
import {
  deleteUnsentFile,
  FileTooLargeError,
  storeFile,
  unsentFileCount,
  type FileRecord,
} from '../../store/files.ts';
import { paperEntry } from '../../store/paper-entries.ts';
import { visibleApplication } from '../access.ts';
import { UploadFields } from '../contract/applicant.ts';
import { FileInfo, Id } from '../contract/common.ts';
import { CopyFileRequest } from '../contract/family.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, authOfRequest } from '../plugins/session.ts';
import { fileLimit, told } from '../problem-words.ts';
import { notFound, ProblemError } from '../problems.ts';
import { bytesOf } from '../services/file-bytes.ts';
import { copyOwnFile } from '../services/reuse.ts';
import { openFile } from '../services/file-access.ts';
import { cleanFileName, contentDisposition, sniff } from '../services/uploads.ts';
import { takeWorkbook } from '../services/workbook-upload.ts';
import { fileInfo } from '../views/files.ts';

/** Files that an account may have uploaded without having sent them. */
const MAX_UNSENT = 200;

/** Upload, reading and removal of documents. */
export const fileRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { uploadMaxBytes } = deps.config.http;
    await app.register(multipart, {
      throwFileSizeLimit: false,
      // One byte more than allowed, so that a file of exactly the limit is not cut.
      limits: {
        files: 1,
        fields: 10,
        fieldSize: 1000,
        fieldNameSize: 100,
        parts: 12,
        fileSize: uploadMaxBytes + 1,
      },
    });

    app.post(
      '/api/files',
      {
        config: { access: ['applicant', 'operator', 'leader'] },
        schema: {
          tags: ['applicant'],
          summary: '書類のアップロード',
          consumes: ['multipart/form-data'],
          response: { 201: FileInfo },
        },
      },
      async (request, reply) => {
        const auth = authOfRequest(request);
        const { file, fields } = await readForm(request);
        try {
          await checkPlace(request, fields);
          if ((await unsentFileCount(deps.db, auth.account.id)) >= MAX_UNSENT) {
            throw new ProblemError('tooManyFiles');
          }
          const stored = await take(auth.account.id, file, fields.documentType);
          await audit(request, deps, {
            action: 'upload',
            subject: { kind: 'file', id: stored.id },
            detail: { documentType: stored.documentType, size: stored.size },
          });
          return await reply.code(201).send(fileInfo(stored));
        } catch (error) {
          // What is still coming is not wanted: say so and hang up rather than read it all.
          void reply.header('connection', 'close');
          file.file.resume();
          throw error;
        }
      },
    );

    async function checkPlace(request: FastifyRequest, fields: z.output<typeof UploadFields>): Promise<void> {
      const { account } = authOfRequest(request);
      if (fields.applicationId !== undefined) {
        if (!(await visibleApplication(request, deps, fields.applicationId))) throw notFound();
        return;
      }
      if (fields.paperId !== undefined) {
        const paper = await paperEntry(deps.db, fields.paperId);
        if (account.kind !== 'staff' || paper?.enteredBy !== account.id || paper.state !== 'entering')
          throw notFound();
        return;
      }
      const draftId = fields.draftId ?? '';
      if (account.kind !== 'applicant' || !(await draftMayBe(deps.db, account.id, draftId))) throw notFound();
    }

    async function take(accountId: string, file: MultipartFile, documentType: string): Promise<FileRecord> {
      const sniffed = await sniff(file.file as AsyncIterable<Uint8Array>);
      if (sniffed.empty) throw new ProblemError('fileEmpty');
      try {
        const { type, bytes } =
          sniffed.zip && certificateGuardian(documentType) !== undefined
            ? await takeWorkbook(sniffed.bytes, uploadMaxBytes)
            : sniffed;
        if (type === undefined) throw new ProblemError('fileType');
        return await storeFile(deps.db, deps.keyring, {
          accountId,
          documentType,
          name: cleanFileName(file.filename, 'document'),
          contentType: type,
          bytes,
          maxBytes: uploadMaxBytes,
        });
      } catch (error) {
        if (!(error instanceof FileTooLargeError)) throw error;
        const megabytes = Math.floor(uploadMaxBytes / 1024 / 1024);
        throw new ProblemError('fileTooLarge', { detail: fileLimit(megabytes) });
      }
    }

    app.get(
      '/api/files/:id',
      {
        config: { access: 'signedIn' },
        schema: {
          tags: ['applicant', 'staff'],
          summary: '書類の閲覧',
          params: z.object({ id: Id }),
          querystring: z.object({ download: z.stringbool().optional() }),
        },
      },
      async (request, reply) => {
        const { file, receiptNumber } = await openFile(request, deps, request.params.id, {
          action: 'download',
        });
        const bytes = await bytesOf(deps, file, receiptNumber);
        return sendBytes(reply, file, bytes, request.query.download === true);
      },
    );

    app.post(
      '/api/files/:id/copy',
      {
        config: { access: ['applicant'] },
        schema: {
          tags: ['applicant'],
          summary: '前に提出した書類を使う',
          params: z.object({ id: Id }),
          body: CopyFileRequest,
          response: { 201: FileInfo },
        },
      },
      async (request, reply) => {
        const { account } = authOfRequest(request);
        const { draftId, documentType } = request.body;
        if (!(await draftMayBe(deps.db, account.id, draftId))) throw notFound();
        if ((await unsentFileCount(deps.db, account.id)) >= MAX_UNSENT)
          throw new ProblemError('tooManyFiles');
        const copy = await copyOwnFile(deps, account.id, request.params.id, documentType);
        await audit(request, deps, {
          action: 'upload',
          subject: { kind: 'file', id: copy.id },
          detail: { documentType: copy.documentType, size: copy.size, copyOf: request.params.id },
        });
        return reply.code(201).send(fileInfo(copy));
      },
    );

    app.delete(
      '/api/files/:id',
      {
        config: { access: ['applicant', 'operator', 'leader'] },
        schema: {
          tags: ['applicant'],
          summary: '送信前の書類の削除',
          params: z.object({ id: Id }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { account } = authOfRequest(request);
        const { id } = request.params;
        await audit(request, deps, { action: 'deleteFile', subject: { kind: 'file', id } });
        const result = await deleteUnsentFile(deps.db, account.id, id);
        if (result === 'none') throw notFound();
        if (result === 'sent') throw new ProblemError('alreadySent');
        return reply.code(204).send(null);
      },
    );
  };

async function readForm(
  request: FastifyRequest,
): Promise<{ file: MultipartFile; fields: z.output<typeof UploadFields> }> {
  if (!request.isMultipart()) throw new ProblemError('invalid');
  const fields: Record<string, unknown> = {};
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields[part.fieldname] = part.value;
      continue;
    }
    const parsed = UploadFields.safeParse(fields);
    if (parsed.success) return { file: part, fields: parsed.data };
    part.file.resume();
    throw new ProblemError('invalid', {
      errors: parsed.error.issues.map((issue) => ({
        path: issue.path.join('.'),
        message: told(issue.message),
      })),
    });
  }
  throw new ProblemError('fileEmpty');
}

/** Bytes with headers under which no browser runs anything that is in them. */
export function sendBytes(
  reply: FastifyReply,
  file: { name: string; contentType: string; size: number },
  bytes: AsyncIterable<Uint8Array>,
  download: boolean,
): FastifyReply {
  return reply
    .type(file.contentType)
    .header('content-length', String(file.size))
    .header('content-disposition', contentDisposition(download ? 'attachment' : 'inline', file.name))
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, no-store')
    .send(Readable.from(bytes, { objectMode: false }));
}
