import { exec, findOnPath, lastLines } from './exec.ts';

/** Whether Debian packages can be installed here. */
export async function isDebianRoot(): Promise<boolean> {
  return process.getuid?.() === 0 && (await findOnPath('apt-get')) !== undefined;
}

/** Installs Debian packages; only as root. Throws with the last lines of what apt said. */
export async function aptInstall(packages: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    exec('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
  let result = await install();
  if (result.code !== 0) {
    // No package lists yet, or old ones.
    await exec('apt-get', ['update', '-q'], { env });
    result = await install();
  }
  if (result.code !== 0)
    throw new Error(`apt-get install ${packages.join(' ')}: ${lastLines(result.stderr)}`);
}
