import { createHash } from 'node:crypto';
import type { AppKey } from '../../kintone/apps/model.ts';
import { fieldsOfApp } from '../../kintone/apps/model.ts';
import { appByKey } from '../../kintone/apps/index.ts';
import { classify } from '../../kintone/gateway/errors.ts';
import type { Gateway } from '../../kintone/gateway/index.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { ChangedField } from '../../store/kintone.ts';
import type { KeptRecord } from '../../store/kintone-kept.ts';
import { sameValue } from './compare.ts';

/** Where an app's file has its checksum beside it, written by this system. */
const CHECKSUMS: Readonly<Partial<Record<AppKey, { file: string; checksum: string }>>> = {
  documents: { file: 'file', checksum: 'sha256' },
  notices: { file: 'file', checksum: 'pdf_sha256' },
};

/** The field that holds the checksum of an app's file. */
export function checksumField(app: AppKey): string | undefined {
  return CHECKSUMS[app]?.checksum;
}

/**
 * Another file of the same name and size: neither shows it, and kintone promises nothing of its file keys, so the file is fetched
 * and its checksum made. A request for each, so only where a person has touched the record.
 * @returns the changed field, and the value that its checksum's field would have now; undefined where it is the file that was written
 */
export async function otherContent(
  { gateway, keyring }: { gateway: Pick<Gateway, 'downloadFile'>; keyring: Pick<Keyring, 'lookupKey'> },
  app: AppKey,
  kept: KeptRecord,
  values: Readonly<Record<string, unknown>>,
): Promise<{ field: ChangedField; checksum: Readonly<Record<string, string>> } | undefined> {
  const names = CHECKSUMS[app];
  if (!names || !(names.checksum in kept.content)) return undefined;
  const [one] = (values[names.file] ?? []) as readonly { fileKey: string; name: string }[];
  if (!one) return undefined;
  const hash = createHash('sha256');
  try {
    const { stream } = await gateway.downloadFile(one.fileKey);
    for await (const chunk of stream) hash.update(chunk as Uint8Array);
  } catch (error) {
    // Replaced once more this very moment: its key is gone, and the next look sees the newer one.
    const known = classify(error);
    if (known.status === 404) return undefined;
    throw known;
  }
  const checksum = hash.digest('hex');
  const fields = fieldsOfApp(appByKey(app));
  const field = (code: string) => fields.find((each) => each.code === code);
  const [file, sum] = [field(names.file), field(names.checksum)];
  if (!file || !sum || sameValue(keyring, sum, kept, checksum)) return undefined;
  return {
    field: {
      code: file.code,
      label: file.label,
      before: one.name,
      after: `${one.name}（同じ名前と大きさで、中身が違います）`,
    },
    checksum: { [names.checksum]: checksum },
  };
}
