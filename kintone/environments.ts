import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ProvisionError } from './provision/changes.ts';

/** Environments with a domain, or at least apps, of their own (Q51). */
export const ENVIRONMENTS = ['development', 'test', 'production'] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

const schema = z.strictObject({
  /** The domain; absent until the first run. */
  baseUrl: z.url().optional(),
  guestSpaceId: z.string().optional(),
  /** The space that new apps go into. */
  spaceId: z.string().optional(),
  /** In front of every app's name, where environments share a domain. */
  namePrefix: z.string().default(''),
  /** The ward's own table of permissions, relative to this file; absent: the one that comes with the system. */
  accessTable: z.string().optional(),
  /** App key → app id. */
  appIds: z.record(z.string(), z.string()).default({}),
  /** An app that was being made when this was written (`kintone/provision/making.ts`). */
  making: z
    .strictObject({ key: z.string(), workName: z.string(), after: z.string(), at: z.string() })
    .optional(),
  /** App key → the settings' revision after the last run of `apply`, to see what people changed since. */
  applied: z.record(z.string(), z.strictObject({ revision: z.string(), at: z.string() })).default({}),
});

/** What is known of an environment; holds no secret, and belongs into version control. */
export type Environment = z.output<typeof schema>;

export interface EnvironmentFile {
  file: string;
  read: () => Promise<Environment>;
  /** Replaces the file as a whole: a broken run leaves the former or the new one. */
  write: (environment: Environment) => Promise<void>;
}

/** The file of an environment. @param dir default: `config/kintone` in the working directory */
export function environmentFile(
  name: EnvironmentName,
  dir = path.join('config', 'kintone'),
): EnvironmentFile {
  const file = path.join(dir, `${name}.json`);
  return {
    file,
    read: async () => {
      let text: string;
      try {
        text = await readFile(file, 'utf8');
      } catch (error) {
        if ((error as { code?: unknown }).code === 'ENOENT') return schema.parse({});
        throw error;
      }
      const parsed = schema.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
      throw new ProvisionError(`${file} に誤りがあります:\n${z.prettifyError(parsed.error)}`);
    },
    write: async (environment) => {
      await mkdir(dir, { recursive: true });
      const beside = `${file}.new`;
      await writeFile(beside, `${JSON.stringify(environment, null, 2)}\n`);
      await rename(beside, file);
    },
  };
}

/**
 * The domain to talk to: the environment's, which the variable may only repeat. So that nobody applies to the production domain
 * what was meant for the test domain.
 * @throws {ProvisionError}
 */
export function domainOf(name: EnvironmentName, environment: Environment, given: string | undefined): string {
  const { baseUrl } = environment;
  if (baseUrl !== undefined && given !== undefined && given !== baseUrl) {
    throw new ProvisionError(
      `環境 ${name} の接続先は ${baseUrl} ですが、KINTONE_BASE_URL は ${given} です。どちらかを直してください。`,
    );
  }
  const domain = baseUrl ?? given;
  if (domain !== undefined) return domain;
  throw new ProvisionError('接続先がありません。KINTONE_BASE_URL を設定してください。');
}
