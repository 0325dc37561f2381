import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A key as the configuration gives it (`DATA_KEYS`). */
export interface KeyMaterial {
  id: string;
  /** 32 bytes. */
  key: Buffer;
}

/** Where a ciphertext belongs. It can be read only there: moved to another row or column, it does not open. */
export interface SealContext {
  table: string;
  column: string;
  /** The row's own id, with a part number where a row has several. */
  id: string;
}

/** What cannot be opened: damaged, moved, or sealed with a key that is not configured. Says nothing of the content. */
export class DecryptionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DecryptionError';
  }
}

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encryption of data at rest (Q47): AES-256-GCM with a random nonce, the key's id in front, bound to its place by the
 * additional data. The first key seals; all keys open. Layout: format (1 byte), length of the key id (1), key id, nonce
 * (12), ciphertext, tag (16).
 */
export class Keyring {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #current: { id: Buffer; key: Buffer };
  readonly #lookup: Buffer;
  /** The first one signs, all verify. */
  readonly #signing: readonly KeyMaterial[];

  /**
   * @param keys the current key first, then the older ones that still have to open
   * @param lookupKey the key of the blind indexes; the oldest data key serves where none is given, so that indexes survive
   *   the rotation of the sealing key
   * @param signingKeys those of {@link sign}, the current one first; the data keys serve where none are given
   */
  constructor(keys: readonly KeyMaterial[], lookupKey?: Buffer, signingKeys: readonly KeyMaterial[] = keys) {
    const first = keys[0];
    const last = keys.at(-1);
    if (!first || !last) throw new Error('a keyring needs at least one key');
    for (const { id, key } of keys) {
      if (key.length !== 32) throw new Error(`data key ${id} is not 32 bytes`);
    }
    this.#keys = new Map(keys.map(({ id, key }) => [id, derive(key, 'seal')]));
    this.#current = { id: Buffer.from(first.id, 'utf8'), key: derive(first.key, 'seal') };
    this.#lookup = derive(lookupKey ?? last.key, 'lookup');
    this.#signing = signingKeys.map(({ id, key }) => ({ id, key: derive(key, 'sign') }));
  }

  encryptBytes(plain: Uint8Array, context: SealContext): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const { id, key } = this.#current;
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(aad(context));
    const head = Buffer.from([FORMAT, id.length]);
    return Buffer.concat([head, id, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws {DecryptionError} */
  decryptBytes(sealed: Uint8Array, context: SealContext): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const idLength = bytes[1] ?? 0;
    const start = 2 + idLength + NONCE_BYTES;
    if (bytes[0] !== FORMAT || bytes.length < start + TAG_BYTES) {
      throw new DecryptionError(`not a ciphertext of this system: ${describe(context)}`);
    }
    const keyId = bytes.toString('utf8', 2, 2 + idLength);
    const key = this.#keys.get(keyId);
    if (!key) throw new DecryptionError(`data key "${keyId}" is not configured: ${describe(context)}`);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(2 + idLength, start));
    decipher.setAAD(aad(context));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    try {
      const body = bytes.subarray(start, bytes.length - TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]);
    } catch {
      throw new DecryptionError(`damaged, or not from this place: ${describe(context)}`);
    }
  }

  encryptText(text: string, context: SealContext): Buffer {
    return this.encryptBytes(Buffer.from(text, 'utf8'), context);
  }

  /** @throws {DecryptionError} */
  decryptText(sealed: Uint8Array, context: SealContext): string {
    return this.decryptBytes(sealed, context).toString('utf8');
  }

  encryptJson(value: unknown, context: SealContext): Buffer {
    return this.encryptText(JSON.stringify(value), context);
  }

  /** The caller says what was put in; nothing checks it again. @throws {DecryptionError} */
  decryptJson(sealed: Uint8Array, context: SealContext): unknown {
    return JSON.parse(this.decryptText(sealed, context)) as unknown;
  }

  /**
   * A blind index: equal texts of one purpose give equal keys, and nobody without the keys can tell the text or try
   * candidates. Normalise the text before.
   */
  lookupKey(purpose: string, text: string): string {
    return createHmac('sha256', this.#lookup).update(`${purpose}\u0000${text}`, 'utf8').digest('base64url');
  }

  /**
   * A signature that only this system can make and check: HMAC-SHA256 over purpose and text.
   * @param keyId of the key to sign with; the current one where absent
   * @returns undefined where no key of this id is configured
   */
  sign(purpose: string, text: string, keyId?: string): { keyId: string; mac: Buffer } | undefined {
    const found = keyId === undefined ? this.#signing[0] : this.#signing.find((one) => one.id === keyId);
    if (!found) return undefined;
    const mac = createHmac('sha256', found.key).update(`${purpose}\u0000${text}`, 'utf8').digest();
    return { keyId: found.id, mac };
  }

  /** The id of the key that seals; for the report after a rotation. */
  get currentKeyId(): string {
    return this.#current.id.toString('utf8');
  }
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `gakudo-store:${purpose}`, 32));
}

function aad({ table, column, id }: SealContext): Buffer {
  return Buffer.from(`${table}\u0000${column}\u0000${id}`, 'utf8');
}

function describe({ table, column, id }: SealContext): string {
  return `${table}.${column} of ${id}`;
}
