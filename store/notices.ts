import { createHash, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Channel } from '../domain/application/state.ts';
import { fiscalYearOf, type LocalDate } from '../domain/calendar/dates.ts';
import { canonicalJson } from '../domain/notices/canonical.ts';
import type { NoticeContent } from '../domain/notices/content.ts';
import type { VoidReason } from '../domain/notices/due.ts';
import type { NoticeKind } from '../domain/notices/kinds.ts';
import type { NoticeToken } from '../domain/notices/reference.ts';
import type { NoticeDelivery } from '../domain/notices/template.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import { announce } from './events.ts';

/** What the database knows of a notice: ids, numbers, codes, dates; nothing of what it says (docs/adr/0011). */
export interface Notice {
  id: string;
  applicationId: string;
  kind: NoticeKind;
  procedure: string;
  outcome: 'approved' | 'refused';
  reference: string;
  number: string;
  fiscalYear: number;
  round: string;
  bopCode: string;
  channel: Channel;
  delivery: NoticeDelivery;
  issuedOn: string;
  sha256: string;
  keyId: string;
  signature: string;
  checkCode: string;
  missingCharacters: number;
  pdfSha256: string | null;
  fonts: string | null;
  madeAt: string;
  releasedAt: string | null;
  voidedAt: string | null;
  voidReason: VoidReason | null;
  carriedAs: string | null;
  carriedAt: string | null;
}

export const NOTICE_COLUMNS = [
  'notices.id as id',
  'application_id as applicationId',
  'kind',
  'procedure',
  'outcome',
  'reference',
  'number',
  'fiscal_year as fiscalYear',
  'round',
  'bop_code as bopCode',
  'channel',
  'delivery',
  'issued_on as issuedOn',
  'sha256',
  'key_id as keyId',
  'signature',
  'check_code as checkCode',
  'missing_characters as missingCharacters',
  'pdf_sha256 as pdfSha256',
  'fonts',
  'made_at as madeAt',
  'released_at as releasedAt',
  'voided_at as voidedAt',
  'void_reason as voidReason',
  'carried_as as carriedAs',
  'carried_at as carriedAt',
] as const;

const place = (id: string) => ({ table: 'notices', column: 'content_ct', id });

/** The checksum of a notice's content. */
export function contentChecksum(content: NoticeContent): string {
  return createHash('sha256').update(canonicalJson(content), 'utf8').digest('hex');
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Eight letters to type: 40 bits, with letters that look alike left out. */
function lettersOf(mac: Buffer): string {
  let bits = mac.readUIntBE(0, 5);
  let letters = '';
  for (let i = 0; i < 8; i += 1) {
    letters = CROCKFORD.charAt(bits % 32) + letters;
    bits = Math.floor(bits / 32);
  }
  return letters;
}

/** What proves a notice: over its reference and the checksum of what it says. */
function seal(keyring: Keyring, reference: string, sha256: string, keyId?: string) {
  const text = `${reference}\n${sha256}`;
  const signed = keyring.sign('notice', text, keyId);
  const check = keyring.sign('notice-check-code', text, keyId);
  if (!signed || !check) return undefined;
  return {
    keyId: signed.keyId,
    signature: signed.mac.subarray(0, 16).toString('base64url'),
    checkCode: lettersOf(check.mac),
  };
}

function sameText(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

/** Was this token made by this system for this notice, and is the notice's record what was signed? */
export function tokenIsTrue(keyring: Keyring, notice: Notice, token: NoticeToken): boolean {
  const own = seal(keyring, notice.reference, notice.sha256, token.keyId);
  return (
    own !== undefined && sameText(own.signature, token.signature) && token.reference === notice.reference
  );
}

/** Is this the check code that stands on the notice, and the notice's record what was signed? */
export function checkCodeIsTrue(keyring: Keyring, notice: Notice, code: string): boolean {
  const own = seal(keyring, notice.reference, notice.sha256, notice.keyId);
  return own !== undefined && sameText(own.checkCode, code);
}

export interface NewNotice {
  id: string;
  applicationId: string;
  decidedSeq: number;
  kind: NoticeKind;
  issuedOn: LocalDate;
  channel: Channel;
  delivery: NoticeDelivery;
  missingCharacters: (content: NoticeContent) => number;
  /** With the serial that it gets: by fiscal year of issue and kind, from 1, without gaps. */
  make: (serial: number) => NoticeContent;
}

/**
 * Makes a notice, once (Q22): number, content and signature in one transaction. One that is there already stays as it is:
 * it may have been posted.
 */
export async function createNotice(db: Db, keyring: Keyring, notice: NewNotice): Promise<void> {
  const { id, applicationId } = notice;
  await db.transaction().execute(async (trx) => {
    // Two deliveries of one application at the same moment: the second waits, and finds the first one's notice.
    await trx
      .selectFrom('applications')
      .select('id')
      .where('id', '=', applicationId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (await noticeById(trx, id)) return;
    const serial = await nextSerial(trx, notice.kind, notice.issuedOn);
    const content = notice.make(serial);
    const sha256 = contentChecksum(content);
    const sealed = seal(keyring, content.reference, sha256);
    if (!sealed) throw new Error('no key to sign notices with');
    await trx
      .insertInto('notices')
      .values({
        id,
        application_id: applicationId,
        decided_seq: notice.decidedSeq,
        kind: notice.kind,
        procedure: content.procedure,
        outcome: content.outcome,
        reference: content.reference,
        number: content.number,
        fiscal_year: content.fiscalYear,
        round: content.round,
        bop_code: content.bop.code,
        channel: notice.channel,
        delivery: notice.delivery,
        issued_on: content.issuedOn,
        data_version: content.basis.dataVersion,
        template_version: content.basis.templateVersion,
        content_ct: keyring.encryptJson(content, place(id)),
        sha256,
        key_id: sealed.keyId,
        signature: sealed.signature,
        check_code: sealed.checkCode,
        missing_characters: notice.missingCharacters(content),
      })
      .execute();
    await announce(trx, { applicationId });
  });
}

async function nextSerial(trx: DbOrTransaction, kind: NoticeKind, issuedOn: LocalDate): Promise<number> {
  const { value } = await trx
    .insertInto('serials')
    .values({ name: `notice:${kind}:${fiscalYearOf(issuedOn)}`, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`serials.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}

/** Notes since when the applicant may read it, and that it is void and why. Neither is ever undone. */
export async function settleNotice(
  db: DbOrTransaction,
  id: string,
  {
    releasedAt,
    voidedAt,
    voidReason,
  }: {
    releasedAt?: string | undefined;
    voidedAt?: string | undefined;
    voidReason?: VoidReason | undefined;
  },
): Promise<void> {
  await db
    .updateTable('notices')
    .set({
      released_at: sql`coalesce(released_at, ${releasedAt ?? null}::timestamptz)`,
      voided_at: sql`coalesce(voided_at, ${voidedAt ?? null}::timestamptz)`,
      void_reason: sql`coalesce(void_reason, ${voidReason ?? null}::text)`,
    })
    .where('id', '=', id)
    .execute();
}

/** How a notice stands, as kintone is told. */
export function standing(notice: Pick<Notice, 'releasedAt' | 'voidedAt'>): 'voided' | 'released' | 'made' {
  if (notice.voidedAt !== null) return 'voided';
  return notice.releasedAt === null ? 'made' : 'released';
}

/** Kintone has it as it stands, with its PDF: the copy here goes. */
export async function markNoticeCarried(
  db: DbOrTransaction,
  id: string,
  { as, pdf }: { as: string; pdf?: { sha256: string; fonts: string } },
): Promise<void> {
  await db
    .updateTable('notices')
    .set({
      carried_as: as,
      carried_at: sql`coalesce(carried_at, now())`,
      ...(pdf ? { content_ct: null, pdf_sha256: pdf.sha256, fonts: pdf.fonts } : {}),
    })
    .where('id', '=', id)
    .execute();
}

/** Has kintone been told how this notice stands? */
export async function noticeIsCarried(db: DbOrTransaction, id: string): Promise<boolean> {
  const notice = await noticeById(db, id);
  return notice?.carriedAs === (notice && standing(notice));
}

export async function noticeById(db: DbOrTransaction, id: string): Promise<Notice | undefined> {
  return db.selectFrom('notices').select(NOTICE_COLUMNS).where('notices.id', '=', id).executeTakeFirst();
}

export async function noticeByReference(db: DbOrTransaction, reference: string): Promise<Notice | undefined> {
  return db
    .selectFrom('notices')
    .select(NOTICE_COLUMNS)
    .where('reference', '=', reference)
    .executeTakeFirst();
}

/** The notices of an application, oldest first. */
export async function noticesOf(db: DbOrTransaction, applicationId: string): Promise<readonly Notice[]> {
  return db
    .selectFrom('notices')
    .select(NOTICE_COLUMNS)
    .where('application_id', '=', applicationId)
    .orderBy('decided_seq')
    .execute();
}

/** What these notices say, as far as it is still here; those that kintone has are left out. */
export async function waitingContents(
  db: DbOrTransaction,
  keyring: Keyring,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NoticeContent>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('notices')
    .select(['id', 'content_ct'])
    .where('id', 'in', ids)
    .where('content_ct', 'is not', null)
    .execute();
  return new Map(
    rows.flatMap(({ id, content_ct: sealed }) =>
      sealed ? [[id, keyring.decryptJson(sealed, place(id)) as NoticeContent] as const] : [],
    ),
  );
}
