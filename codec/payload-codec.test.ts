import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncryptionCodec } from './payload-codec.ts';

const key = (id: string) => ({ id, key: randomBytes(32) });
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valueOf = (payload: Payload): unknown => defaultPayloadConverter.fromPayload(payload);

describe('payload codec', () => {
  it('gives back any value, and shows none of it', async () => {
    const codec = new EncryptionCodec([key('2026-a')]);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.string({ minLength: 12 }), async (value, secret) => {
        const [sealed] = await codec.encode([payloadOf({ value, secret })]);
        expect(Buffer.from(sealed!.data!).includes(secret)).toBe(false);
        const [opened] = await codec.decode([sealed!]);
        expect(valueOf(opened!)).toEqual(JSON.parse(JSON.stringify({ value, secret })));
      }),
    );
  });

  it('reads what an older key encrypted, and writes with the new one', async () => {
    const old = key('old');
    const [sealed] = await new EncryptionCodec([old]).encode([payloadOf('受付')]);
    const rotated = new EncryptionCodec([key('new'), old]);
    const [opened] = await rotated.decode([sealed!]);
    expect(valueOf(opened!)).toBe('受付');
    const [again] = await rotated.encode([payloadOf('受付')]);
    expect(Buffer.from(again!.metadata!['encryption-key-id']!).toString()).toBe('new');
  });

  it('refuses unknown keys and changed data with a sentence', async () => {
    const a = key('a');
    const [sealed] = await new EncryptionCodec([a]).encode([payloadOf('x')]);
    await expect(new EncryptionCodec([key('b')]).decode([sealed!])).rejects.toThrow(
      'DATA_KEYS does not hold',
    );
    const data = Uint8Array.from(sealed!.data!);
    data[20]! ^= 1;
    await expect(new EncryptionCodec([a]).decode([{ ...sealed, data }])).rejects.toThrow(
      'changed or damaged',
    );
  });
});
