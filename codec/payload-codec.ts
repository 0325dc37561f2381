import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  METADATA_ENCODING_KEY,
  ValueError,
  type DataConverter,
  type Payload,
  type PayloadCodec,
} from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding.js';
import proto from '@temporalio/proto';
import type { DataKey } from '../config/env.ts';

const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const IV_BYTES = 12;
const TAG_BYTES = 16;
// A CommonJS package whose names Node cannot see from outside: only the default import has them.
const PayloadProto = proto.temporal.api.common.v1.Payload;

/**
 * Encrypts all payloads that go to Temporal with AES-256-GCM (design 5). Each carries the id of its key, so that keys can be
 * changed: the first key of the list encrypts, the others still decrypt what older histories hold. The key id is bound to
 * the ciphertext as additional data.
 */
export class EncryptionCodec implements PayloadCodec {
  readonly #active: DataKey;
  readonly #keys: ReadonlyMap<string, Buffer>;

  /** @param keys the active key first; see `Config.dataKeys` */
  constructor(keys: readonly [DataKey, ...DataKey[]]) {
    this.#active = keys[0];
    this.#keys = new Map(keys.map(({ id, key }) => [id, key]));
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => this.#encrypt(payload));
  }

  /** @throws ValueError for a payload of an unknown key, or one that was tampered with */
  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => this.#decrypt(payload));
  }

  #encrypt(payload: Payload): Payload {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#active.key, iv);
    cipher.setAAD(Buffer.from(this.#active.id));
    const plain = PayloadProto.encode(payload).finish();
    const data = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return {
      metadata: { [METADATA_ENCODING_KEY]: encode(ENCODING), [KEY_ID]: encode(this.#active.id) },
      data,
    };
  }

  #decrypt(payload: Payload): Payload {
    const encoding = payload.metadata?.[METADATA_ENCODING_KEY];
    if (!encoding || decode(encoding) !== ENCODING) return payload;
    const keyId = decode(payload.metadata?.[KEY_ID] ?? new Uint8Array());
    const key = this.#keys.get(keyId);
    if (!key) throw new ValueError(`payload is encrypted with key "${keyId}", which DATA_KEYS does not hold`);
    const data = Buffer.from(payload.data ?? []);
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, IV_BYTES));
    decipher.setAAD(Buffer.from(keyId));
    decipher.setAuthTag(data.subarray(data.length - TAG_BYTES));
    try {
      const body = data.subarray(IV_BYTES, data.length - TAG_BYTES);
      return PayloadProto.decode(Buffer.concat([decipher.update(body), decipher.final()]));
    } catch (error) {
      throw new ValueError(`payload does not decrypt with key "${keyId}": changed or damaged`, error);
    }
  }
}

/** Encrypts messages and stacks of failures as well; also needed by the bundler of the workflows. */
export const failureConverterPath = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url));

/**
 * The data converter that clients and workers share. Failure messages and stacks are encrypted as well.
 * @param keys undefined only where encryption is switched off to look for faults in development
 */
export function createDataConverter(keys: readonly [DataKey, ...DataKey[]] | undefined): DataConverter {
  if (!keys) return {};
  return {
    payloadCodecs: [new EncryptionCodec(keys)],
    failureConverterPath,
  };
}
