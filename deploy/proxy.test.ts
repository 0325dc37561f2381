import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../embedded/ports.ts';
import { findCaddy } from '../embedded/tools/caddy.ts';
import { exec, findOnPath } from '../embedded/tools/exec.ts';
import { rootDir } from '../embedded/tools/paths.ts';

const caddy = await findCaddy();
const openssl = await findOnPath('openssl');

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** The real proxy with the real Caddyfile: only addresses, ports and certificates are those of the test. */
async function startProxy(
  dir: string,
  staffNetworks: string,
  upstream: number,
): Promise<{ port: number; child: ChildProcess }> {
  const port = await freePort();
  const folder = path.join(rootDir, 'deploy', 'caddy');
  const caddyfile = (await readFile(path.join(folder, 'Caddyfile'), 'utf8'))
    .replaceAll('/etc/caddy/', `${dir}/`)
    .replace('{\n\tadmin off', `{\n\tauto_https disable_redirects\n\tskip_install_trust\n\tadmin off`)
    .replace('api:3000', `127.0.0.1:${upstream}`)
    .replace('temporal-ui:8080', `127.0.0.1:${upstream}`);
  const tls = await readFile(path.join(folder, 'tls-files.caddy'), 'utf8');
  await writeFile(path.join(dir, 'tls.caddy'), tls.replaceAll('/certificates/', `${dir}/`));
  // bcrypt of “geheim” with the smallest cost: checking a real one takes a second each time.
  const hash = '$2b$04$Ve5YBdowXRczMgm3UpRbludg9pBbX33PeEq.Vtoy8XTAdTuZrI/rG';
  await writeFile(path.join(dir, 'temporal-ui-users.caddy'), `supervisor ${hash}\n`);
  await writeFile(path.join(dir, 'Caddyfile'), caddyfile);
  const child = spawn(caddy!, ['run', '--config', path.join(dir, 'Caddyfile'), '--adapter', 'caddyfile'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      HOME: dir,
      XDG_DATA_HOME: dir,
      XDG_CONFIG_HOME: dir,
      SITE_HOST: `https://site.test:${port}`,
      TEMPORAL_UI_HOST: `https://temporal.test:${port}`,
      STAFF_NETWORKS: staffNetworks,
    },
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  for (;;) {
    if (child.exitCode !== null) throw new Error(log);
    const up = await get(port, 'site.test', '/').catch(() => undefined);
    if (up !== undefined) return { port, child };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function get(
  port: number,
  host: string,
  address: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(
      {
        host: '127.0.0.1',
        port,
        path: address,
        servername: host,
        rejectUnauthorized: false,
        agent: false,
        headers: { host: `${host}:${port}`, ...headers },
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      },
    )
      .on('error', reject)
      .end();
  });
}

describe.skipIf(caddy === undefined || openssl === undefined)(
  'proxy (skipped where caddy or openssl is not installed)',
  () => {
    let dir: string;
    let api: Server;
    let inside: { port: number; child: ChildProcess };
    let outside: { port: number; child: ChildProcess };
    beforeAll(async () => {
      dir = await mkdtemp(path.join(tmpdir(), 'gakudo-proxy-'));
      const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', path.join(dir, 'key.pem')];
      const certificate = [
        '-x509',
        '-days',
        '2',
        '-out',
        path.join(dir, 'certificate.pem'),
        '-subj',
        '/CN=site.test',
      ];
      const names = ['-addext', 'subjectAltName=DNS:site.test,DNS:temporal.test'];
      expect(await exec(openssl!, ['req', ...certificate, ...key, ...names])).toMatchObject({ code: 0 });
      // Answers with what reached it.
      api = createServer((message, response) => {
        response.end(JSON.stringify({ url: message.url, headers: message.headers }));
      });
      await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
      const upstream = (api.address() as AddressInfo).port;
      inside = await startProxy(dir, '127.0.0.0/8 ::1/128', upstream);
      outside = await startProxy(dir, '203.0.113.0/24', upstream);
    });
    afterAll(async () => {
      inside.child.kill('SIGKILL');
      outside.child.kill('SIGKILL');
      await new Promise((resolve) => api.close(resolve));
      await rm(dir, { recursive: true });
    });

    it('lets everyone to the portal, with strict transport security', async () => {
      const answer = await get(outside.port, 'site.test', '/api/procedures');
      expect(answer.status).toBe(200);
      expect(answer.headers['strict-transport-security']).toContain('max-age=31536000');
    });

    it.each([
      '/staff',
      '/staff/',
      '/staff/queue',
      '/api/staff/queues',
      '/api/codec/decode',
      '/api/docs/',
      '/Staff/../staff/queue',
      '//staff',
      '/%73taff',
    ])('Q02: %s is for the networks of staff only', async (address) => {
      expect((await get(inside.port, 'site.test', address)).status).toBe(200);
      const answer = await get(outside.port, 'site.test', address, { 'x-forwarded-for': '203.0.113.9' });
      expect(answer.status).toBe(403);
    });

    it('tells the API who really asks', async () => {
      const answer = await get(inside.port, 'site.test', '/', {
        'x-forwarded-for': '198.51.100.1',
        'x-forwarded-proto': 'http',
      });
      const { headers } = JSON.parse(answer.body) as { headers: Record<string, string> };
      expect(headers['x-forwarded-for']).toBe('127.0.0.1');
      expect(headers['x-forwarded-proto']).toBe('https');
    });

    it('shows no metrics', async () => {
      expect((await get(inside.port, 'site.test', '/metrics')).status).toBe(404);
    });

    it("Temporal's web UI wants a network and a password", async () => {
      const authorization = `Basic ${Buffer.from('supervisor:geheim').toString('base64')}`;
      expect((await get(outside.port, 'temporal.test', '/', { authorization })).status).toBe(403);
      expect((await get(inside.port, 'temporal.test', '/')).status).toBe(401);
      expect((await get(inside.port, 'temporal.test', '/', { authorization })).status).toBe(200);
    });
  },
);
