import { tokyoDate, type LocalDate } from '../../domain/calendar/dates.ts';
import { addMonths, monthOf } from '../../domain/enrolment/months.ts';
import type { DocumentType, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { draftsOf, type DraftRecord } from '../../store/drafts.ts';
import { familyApplications } from '../../store/family.ts';
import { filesOfApplication, getFile, ownFiles, storeFile, type FileRecord } from '../../store/files.ts';
import type { ReusableResponse } from '../contract/family.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';
import { fileInfo } from '../views/files.ts';
import { namesFromAnswers } from './content.ts';
import { bytesOf } from './file-bytes.ts';
import { childKeyOfAnswers } from './prefill.ts';
import { today } from './ward-settings.ts';

/** Documents of one kind that came together, from one place. */
interface Found {
  procedure: string;
  childName: string;
  sameChild: boolean;
  files: readonly FileRecord[];
}

/**
 * Documents that a family has handed in before and may use again for this draft: of the same kind, not older than the ward's
 * limit; of a brother or sister only what is about the guardians or the home. The newest of each kind.
 */
export async function reusableDocuments(
  deps: ApiDeps,
  accountId: string,
  definition: ProcedureDefinition,
  draftId: string,
): Promise<ReusableResponse> {
  const { certificateMaxAgeMonths: maxAgeMonths } = await deps.settings.parameters(definition);
  const oldest = monthsBefore(today(deps.now()), maxAgeMonths);
  const drafts = await draftsOf(deps.db, deps.keyring, accountId);
  const draft = drafts.find((one) => one.id === draftId);
  const child = draft && childKeyOfAnswers(deps, definition, draft.content.answers);
  const found = [
    ...(draft ? await ofDrafts(deps, accountId, draft, drafts, child) : []),
    ...(await ofApplications(deps, accountId, child)),
  ];
  const documents = definition.documents.flatMap((document) => {
    const one = firstOf(document, found, oldest);
    return one ? [one] : [];
  });
  return { documents, maxAgeMonths };
}

function firstOf(document: DocumentType, found: readonly Found[], oldest: LocalDate) {
  for (const { files, sameChild, procedure, childName } of found) {
    if (!sameChild && document.family !== true) continue;
    if (!isSameDocument(procedure, document)) continue;
    const own = files
      .filter((file) => file.documentType === document.type && dayOf(file) >= oldest)
      .slice(0, document.maxFiles);
    if (own.length === 0) continue;
    const handedInOn = own.map(dayOf).sort()[0] ?? oldest;
    return { documentType: document.type, files: own.map(fileInfo), procedure, childName, handedInOn };
  }
  return undefined;
}

/** Codes are a procedure's own: the document has to be called the same there too. */
function isSameDocument(procedure: string, document: DocumentType): boolean {
  const other = procedureOf(procedure)?.documents.find((one) => one.type === document.type);
  return other !== undefined && other.label.ja === document.label.ja;
}

const dayOf = (file: FileRecord): LocalDate => tokyoDate(file.firstUploadedAt);

/** The same day so many months earlier; where that month is shorter, a day that it does not have, which compares all the same. */
function monthsBefore(day: LocalDate, months: number): LocalDate {
  return addMonths(monthOf(day), -months) + day.slice(7);
}

async function ofDrafts(
  deps: ApiDeps,
  accountId: string,
  draft: DraftRecord,
  drafts: readonly DraftRecord[],
  child: string | undefined,
): Promise<readonly Found[]> {
  const { batchId } = draft.content;
  const others = drafts.filter(
    (one) => batchId !== undefined && one.id !== draft.id && one.content.batchId === batchId,
  );
  return Promise.all(
    others.map(async (one): Promise<Found> => {
      const definition = procedureOf(one.procedure);
      const own = definition && childKeyOfAnswers(deps, definition, one.content.answers);
      const ids = one.content.files.map((file) => file.fileId);
      return {
        procedure: one.procedure,
        childName: namesFromAnswers(one.procedure, one.content.answers).childName.trim(),
        sameChild: own !== undefined && own === child,
        files: await ownFiles(deps.db, deps.keyring, accountId, ids),
      };
    }),
  );
}

async function ofApplications(
  deps: ApiDeps,
  accountId: string,
  child: string | undefined,
): Promise<readonly Found[]> {
  const applications = await familyApplications(deps.db, deps.keyring, accountId);
  return Promise.all(
    applications.map(async (one): Promise<Found> => ({
      procedure: one.procedure,
      childName: one.child ? `${one.child.familyName} ${one.child.givenName}` : '',
      sameChild: one.childKey === child,
      // A scan that a clerk has added is the office's, not the family's.
      files: (await filesOfApplication(deps.db, deps.keyring, one.id)).filter(
        (file) => file.accountId === accountId,
      ),
    })),
  );
}

/**
 * A copy of one's own document, as a new file that is not handed in yet: read (here or in kintone) and encrypted anew under its
 * own id, so that either can be carried and erased without the other.
 * @throws {ProblemError} `notFound` for anything that this account has not uploaded itself; `kintoneAway`
 */
export async function copyOwnFile(
  deps: ApiDeps,
  accountId: string,
  id: string,
  documentType: string,
): Promise<FileRecord> {
  const file = await getFile(deps.db, deps.keyring, id);
  if (file?.accountId !== accountId || !file.complete || file.documentType !== documentType) throw notFound();
  const bytes = await bytesOf(deps, file);
  const copy = await storeFile(deps.db, deps.keyring, {
    accountId,
    documentType,
    name: file.name,
    contentType: file.contentType,
    bytes,
    maxBytes: file.size,
    copyOf: { id: file.id, firstUploadedAt: file.firstUploadedAt },
  });
  if (copy.sha256 !== file.sha256) {
    // Half a document must not be handed in as the whole one.
    await deps.db.deleteFrom('files').where('id', '=', copy.id).execute();
    throw new Error(`the copy of file ${id} differs from it`);
  }
  return copy;
}
