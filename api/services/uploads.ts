import { fileTypeFromBuffer } from 'file-type';

/** What may be uploaded, by content (never by name or by what the browser says). */
export const ACCEPTED_TYPES = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/heic',
  'image/heif',
] as const;
export type AcceptedType = (typeof ACCEPTED_TYPES)[number];

/** So many bytes tell the type of every format that is accepted. */
const HEAD_BYTES = 4100;

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const ZIP_SIGNATURE = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

export interface SniffedFile {
  /** Undefined: none of the accepted types. */
  type: AcceptedType | undefined;
  /** It begins as workbooks do; what is in it has to be looked at as a whole. */
  zip: boolean;
  empty: boolean;
  /** All bytes, the ones that were looked at included. */
  bytes: AsyncIterable<Uint8Array>;
}

/** Looks at the beginning of a stream to tell its type, and hands the whole stream on. */
export async function sniff(stream: AsyncIterable<Uint8Array>): Promise<SniffedFile> {
  const iterator = stream[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (length < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done === true) {
      ended = true;
      break;
    }
    head.push(next.value);
    length += next.value.length;
  }
  return {
    type: length === 0 ? undefined : await acceptedType(Buffer.concat(head).subarray(0, HEAD_BYTES)),
    zip: Buffer.concat(head).subarray(0, ZIP_SIGNATURE.length).equals(ZIP_SIGNATURE),
    empty: length === 0,
    bytes: (async function* () {
      yield* head;
      while (!ended) {
        const next = await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    })(),
  };
}

async function acceptedType(head: Buffer): Promise<AcceptedType | undefined> {
  // The library reads a PNG on to its first picture, which a long colour profile can put beyond what is looked at here.
  if (head.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) return 'image/png';
  const found = await fileTypeFromBuffer(head);
  return ACCEPTED_TYPES.find((type) => type === found?.mime);
}

/** A file's name without folders and control characters, at most 200 characters, its ending kept. */
export function cleanFileName(name: string, fallback: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  // eslint-disable-next-line no-control-regex -- that is what is to go
  const clean = base.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e]/g, '').trim();
  if (clean === '' || clean === '.' || clean === '..') return fallback;
  const letters = Array.from(clean);
  if (letters.length <= 200) return clean;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? '';
  return letters.slice(0, 200 - ending.length).join('') + ending;
}

/** The header that names a file in any script (RFC 6266, RFC 8187). */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
