import { aptInstall, isDebianRoot } from './apt.ts';
import { exec, findOnPath } from './exec.ts';
import type { Say } from './temporal-binary.ts';

/**
 * The command that reads docker-compose.yml, as words: Docker's plugin or the older program; on Debian as root the
 * latter is installed when both are missing. Undefined when there is none (no engine is needed to check the file).
 */
export async function findCompose(say: Say = () => undefined): Promise<string[] | undefined> {
  const told = process.env['COMPOSE_COMMAND'];
  if (told !== undefined && told !== '') return told.split(' ');
  const found = await installed();
  if (found !== undefined || !(await isDebianRoot())) return found;
  say('docker-compose を入れています (installing docker-compose, to check docker-compose.yml)');
  await aptInstall(['docker-compose']).catch((error: unknown) => {
    say(`docker-compose を入れられませんでした (${error instanceof Error ? error.message : String(error)})`);
  });
  return installed();
}

async function installed(): Promise<string[] | undefined> {
  const docker = await findOnPath('docker');
  if (docker !== undefined && (await exec(docker, ['compose', 'version'])).code === 0)
    return [docker, 'compose'];
  const compose = await findOnPath('docker-compose');
  return compose === undefined ? undefined : [compose];
}
