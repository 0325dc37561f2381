import { aptInstall, isDebianRoot } from './apt.ts';
import { findOnPath } from './exec.ts';
import type { Say } from './temporal-binary.ts';

/** The proxy's program, to try its configuration; installed on Debian as root. Undefined when there is none. */
export async function findCaddy(say: Say = () => undefined): Promise<string | undefined> {
  const told = process.env['CADDY_PATH'];
  if (told !== undefined && told !== '') return told;
  const found = await findOnPath('caddy');
  if (found !== undefined || !(await isDebianRoot())) return found;
  say('caddy を入れています (installing caddy, to try the proxy)');
  await aptInstall(['caddy']).catch((error: unknown) => {
    say(`caddy を入れられませんでした (${error instanceof Error ? error.message : String(error)})`);
  });
  return findOnPath('caddy');
}
