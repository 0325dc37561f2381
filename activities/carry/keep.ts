import type { GatewayWrite } from '../../kintone/gateway/index.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { KeptRecord, RecordContent } from '../../store/kintone-kept.ts';
import { hashed } from '../reconcile/compare.ts';

/** A record that was written, with what is kept of it until then. */
export interface Written {
  write: GatewayWrite;
  applicationId: string;
  seq: number;
  /** All fields of the record are in the write. */
  whole: boolean;
  before: KeptRecord | undefined;
  /** Values of kintone's that stand from now on. */
  accepted?: RecordContent;
}

/** What a write leaves in kintone: values, and of files their names and sizes. */
function contentOf({ record, files = {} }: GatewayWrite): RecordContent {
  const attached = Object.entries(files).map(([code, { name, size }]): [string, unknown] => [
    code,
    [{ name, size }],
  ]);
  const values = Object.entries(record).map(([code, { value }]): [string, unknown] => [code, value]);
  return Object.fromEntries([...values, ...attached]);
}

/** What is to be kept of a record now that kintone has it. What is kept as hashes only stays so. */
export function keptAfter(
  keyring: Keyring,
  { write, applicationId, seq, whole, before, accepted = {} }: Written,
): Omit<KeptRecord, 'recordId' | 'writtenAt'> {
  const { app, key } = write;
  const isHashed = before?.hashed === true && !whole;
  const now = { ...accepted, ...contentOf(write) };
  return {
    app,
    key,
    applicationId,
    seq,
    complete: before?.complete === true || whole,
    hashed: isHashed,
    content: {
      ...(before?.hashed && !isHashed ? {} : before?.content),
      ...(isHashed ? hashed(keyring, app, now) : now),
    },
  };
}
