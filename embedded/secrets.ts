import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { temporaryPassword } from '../store/passwords.ts';
import type { DataDir } from './data-dir.ts';

const secretsSchema = z.object({
  /** In the form of the variable DATA_KEYS. */
  dataKeys: z.string().min(40),
  sessionSecret: z.string().min(32),
  postgresPassword: z.string().min(16),
  kintonePassword: z.string().min(16),
  /** Of all demo accounts; the only one that is printed. */
  demoPassword: z.string().min(12),
});

export type Secrets = z.infer<typeof secretsSchema>;

const file = 'secrets.json';

/**
 * The secrets of one data folder: made at its first start, kept in it. Production gets its own by
 * environment variables.
 * @throws {StartError} when the file is damaged: with other keys the data could not be read any more
 */
export async function loadSecrets(data: DataDir): Promise<Secrets> {
  const kept = await data.readJson(file);
  if (kept !== undefined) {
    const parsed = secretsSchema.safeParse(kept);
    if (!parsed.success) throw data.damaged(file, 'secrets are missing');
    return parsed.data;
  }
  const secrets: Secrets = {
    dataKeys: `dev1:${randomBytes(32).toString('base64')}`,
    sessionSecret: randomBytes(36).toString('base64url'),
    postgresPassword: randomBytes(18).toString('base64url'),
    kintonePassword: randomBytes(18).toString('base64url'),
    demoPassword: temporaryPassword(),
  };
  await data.writeJson(file, secrets);
  return secrets;
}
