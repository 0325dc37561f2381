import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../config/env.ts';
import { variables } from '../config/variables.ts';
import { findCompose } from '../embedded/tools/compose.ts';
import { exec } from '../embedded/tools/exec.ts';
import { rootDir } from '../embedded/tools/paths.ts';
import { environmentFile } from '../kintone/environments.ts';
import { parts } from '../scripts/build-parts.ts';

interface Service {
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: (string | { published: number | string; host_ip?: string })[];
  networks?: Record<string, unknown>;
  volumes?: (string | { source: string })[];
  cap_drop?: string[];
  read_only?: boolean;
  depends_on?: Record<string, unknown>;
}

interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
}

const compose = await findCompose();

/** docker-compose.yml as compose itself understands it, in JSON where it can (the older program prints YAML). */
async function read(): Promise<Compose> {
  const [program, ...first] = compose!;
  const result = await exec(
    program!,
    [
      ...first,
      '--env-file',
      'deploy/compose.env.example',
      '--profile',
      'try',
      '--profile',
      'tools',
      'config',
    ],
    {
      cwd: rootDir,
      env: { ...process.env, APPLICATION_ENV: 'deploy/application.env.example' },
    },
  );
  expect(result.stderr.replaceAll(/^.*(obsolete|DeprecationWarning).*$/gm, '').trim()).toBe('');
  expect(result.code).toBe(0);
  const { parse } = await import('yaml');
  return parse(result.stdout) as Compose;
}

/** Address and port on the host, whichever way compose writes it. */
function portText(port: string | { published: number | string; host_ip?: string }): string {
  if (typeof port !== 'string') return `${port.host_ip ?? '*'}:${port.published}`;
  const words = port.split(':');
  return `${words.length === 3 ? words[0]! : '*'}:${words.at(-2)!}`;
}

// Without the program nothing can be said about the file; `npm test` installs it on Debian as root.
describe.skipIf(compose === undefined)(
  'docker-compose.yml (skipped where neither docker compose nor docker-compose is installed)',
  () => {
    let config: Compose;
    beforeAll(async () => {
      config = await read();
    });

    it('has every part of the system', () => {
      expect(Object.keys(config.services).sort()).toEqual([
        ...[
          'api',
          'mail',
          'postgres',
          'proxy',
          'temporal',
          'temporal-namespace',
          'temporal-schema',
          'temporal-ui',
          'tools',
          'worker',
          'worker-version',
        ],
      ]);
    });

    it('opens no port but those of the proxy (and the mail page on the loopback address)', () => {
      const open = Object.entries(config.services).flatMap(([name, { ports = [] }]) =>
        ports.map((port) => `${name} ${portText(port)}`),
      );
      expect(open.sort()).toEqual(['mail 127.0.0.1:8025', 'proxy *:443', 'proxy *:80']);
    });

    it('keeps database and Temporal in a network without a way out', () => {
      for (const name of ['postgres', 'temporal']) {
        for (const network of Object.keys(config.services[name]!.networks!))
          expect(config.networks[network]?.internal).toBe(true);
      }
    });

    it('gives api and worker a configuration that they take, and no password of others', () => {
      for (const name of ['api', 'worker', 'tools']) {
        const { environment = {}, cap_drop: dropped, read_only: readOnly } = config.services[name]!;
        // What the Dockerfile sets.
        const image = { WORKFLOW_BUNDLE: '/app/dist/workflow-bundle.js', HOST: '0.0.0.0' };
        const loaded = loadConfig({ ...image, ...environment });
        expect(loaded.environment).toBe('production');
        expect(loaded.temporal).toMatchObject({ address: 'temporal:7233', namespace: 'gakudo' });
        expect(loaded.http.trustProxy).toBe(1);
        expect(Object.keys(environment).filter((key) => /POSTGRES_PASSWORD|TEMPORAL_DB/.test(key))).toEqual(
          [],
        );
        expect(dropped).toEqual(['ALL']);
        expect(readOnly).toBe(true);
      }
    });

    it('runs programs that the build makes, also those that the operations manual tells to run by hand', () => {
      const manual = readFileSync(path.join(rootDir, 'docs', 'operations.md'), 'utf8');
      const byHand = [...manual.matchAll(/tools (dist\/[a-z-]+\.js)/g)].map((match) => match[1]!);
      const started = Object.values(config.services).flatMap(({ command = [] }) =>
        command.filter((word) => word.startsWith('dist/')),
      );
      expect(byHand.length).toBeGreaterThan(2);
      const built = Object.values(parts).map(({ output }) => output);
      expect([...byHand, ...started].filter((program) => !built.includes(program))).toEqual([]);
    });

    it('keeps what a command learns of kintone where the command writes it', () => {
      const mounts = JSON.stringify(config.services['tools']!.volumes);
      expect(mounts).toContain(path.posix.join('/app', path.dirname(environmentFile('production').file)));
    });

    it('names a version of every image', () => {
      for (const [name, { image }] of Object.entries(config.services)) {
        expect(image, name).toMatch(/:.*\d/);
      }
    });
  },
);

describe('examples of environment files', () => {
  it('name only variables that exist', () => {
    const text = readFileSync(path.join(rootDir, 'deploy', 'application.env.example'), 'utf8');
    const names = [...text.matchAll(/^#?([A-Z_]+)=/gm)].map((match) => match[1]!);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !(name in variables))).toEqual([]);
  });
});
