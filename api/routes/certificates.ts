import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import { cellName, type Sheet } from '../../domain/certificate-form/grid.ts';
import { certificateGuardian, proposalsOf } from '../../domain/certificate-form/proposals.ts';
import { readCertificate } from '../../domain/certificate-form/read.ts';
import { ProposalsResponse, SheetsResponse } from '../contract/certificates.ts';
import { Id } from '../contract/common.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';
import { openFile } from '../services/file-access.ts';
import { bytesOf } from '../services/file-bytes.ts';
import { readSheets, WORKBOOK_TYPE, WorkbookError } from '../services/workbook.ts';

const OneFile = z.object({ id: Id });

/** Employment certificates in Excel's form: what they say, for the applicant's form and for reviewers. */
export const certificateRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    /** The file's sheets; undefined where it is no workbook. */
    async function sheetsOf(request: FastifyRequest, id: string, part: string) {
      const { file, receiptNumber } = await openFile(request, deps, id, { action: 'read', part });
      if (file.contentType !== WORKBOOK_TYPE) return { file, sheets: undefined };
      const pieces: Uint8Array[] = [];
      for await (const piece of await bytesOf(deps, file, receiptNumber)) pieces.push(piece);
      try {
        return { file, sheets: await readSheets(Buffer.concat(pieces)) };
      } catch (error) {
        // Checked when it was uploaded, so somebody has to look at it; the form goes on without.
        if (!(error instanceof WorkbookError)) throw error;
        request.log.warn({ err: error, file: file.id }, 'a workbook could not be read');
        return { file, sheets: undefined };
      }
    }

    app.get(
      '/api/files/:id/proposals',
      {
        config: { access: 'signedIn' },
        schema: {
          tags: ['applicant', 'staff'],
          summary: '就労証明書（Excel）から読み取った値',
          params: OneFile,
          response: { 200: ProposalsResponse },
        },
      },
      async (request) => {
        const { file, sheets } = await sheetsOf(request, request.params.id, 'proposals');
        const guardian = certificateGuardian(file.documentType);
        const certificate = sheets && readCertificate(sheets);
        if (!certificate || guardian === undefined) return { readable: false, proposals: [], facts: [] };
        const today = tokyoDate(deps.now().toISOString());
        const { proposals, facts } = proposalsOf(certificate, guardian, today);
        return { readable: true, proposals: [...proposals], facts: [...facts] };
      },
    );

    app.get(
      '/api/files/:id/sheets',
      {
        config: { access: 'signedIn' },
        schema: {
          tags: ['applicant', 'staff'],
          summary: 'Excelファイルの内容（表）',
          params: OneFile,
          response: { 200: SheetsResponse },
        },
      },
      async (request) => {
        const { sheets } = await sheetsOf(request, request.params.id, 'sheets');
        if (!sheets) throw new ProblemError('workbookUnreadable');
        return { sheets: sheets.map(tableOf).filter((sheet) => sheet.rows.length > 0) };
      },
    );
  };

/** Only the rows and columns that hold anything, with the names that they have in the workbook. */
function tableOf({ name, rows }: Sheet): z.output<typeof SheetsResponse>['sheets'][number] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const used = Array.from({ length: width }, (_, column) => column).filter((column) =>
    rows.some((row) => (row[column] ?? null) !== null),
  );
  return {
    name,
    columns: used.map((column) => cellName('', 0, column).slice(1, -1)),
    rows: rows.flatMap((row, index) =>
      row.every((cell) => cell === null)
        ? []
        : [{ row: index + 1, cells: used.map((column) => row[column] ?? null) }],
    ),
  };
}
