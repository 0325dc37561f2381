import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { exec, findOnPath, type ExecResult } from '../embedded/tools/exec.ts';
import { rootDir } from '../embedded/tools/paths.ts';
import { findTemporalCli } from '../embedded/tools/temporal-binary.ts';
import { startTestPostgres } from '../testing/postgres.ts';
import { startLocalTemporal } from '../testing/temporal.ts';
import { SEARCH_ATTRIBUTE_KEYS } from '../workflows/search-attributes.ts';

const psql = await findOnPath('psql');

/** Runs a script of the production system with Temporal's program on PATH under its usual name. */
async function runScript(file: string, env: Record<string, string>): Promise<ExecResult> {
  const cli = await findTemporalCli();
  // The cached program carries its version in its name.
  const code = `temporal() { "${cli}" "$@"; }; . "${path.join(rootDir, 'deploy', 'temporal', file)}"`;
  return exec('sh', ['-c', code], { env: { ...process.env, ...env } });
}

describe('scripts of the production system', () => {
  it('the namespace gets a long retention and exactly the search attributes of the workflows, also a second time', async () => {
    const env = await startLocalTemporal();
    try {
      const run = () => runScript('namespace.sh', { TEMPORAL_ADDRESS: env.address });
      expect(await run()).toMatchObject({ code: 0 });
      expect(await run()).toMatchObject({ code: 0 });
      const list = await env.connection.operatorService.listSearchAttributes({ namespace: 'gakudo' });
      const own = Object.keys(list.customAttributes).filter((attribute) => !/^Temporal/.test(attribute));
      const fresh = await env.connection.operatorService.listSearchAttributes({ namespace: 'default' });
      const standard = Object.keys(fresh.customAttributes);
      expect(own.filter((attribute) => !standard.includes(attribute)).sort()).toEqual(
        SEARCH_ATTRIBUTE_KEYS.map((key) => key.name).sort(),
      );
      const namespace = await env.connection.workflowService.describeNamespace({ namespace: 'gakudo' });
      expect(Number(namespace.config?.workflowExecutionRetentionTtl?.seconds)).toBe(400 * 86_400);
    } finally {
      await env.teardown();
    }
  });

  it('a new version of the worker gets work once it is made the current one, and not before', async () => {
    const env = await startLocalTemporal({ namespace: 'gakudo' });
    try {
      const worker = await Worker.create({
        connection: env.nativeConnection,
        namespace: 'gakudo',
        taskQueue: 'gakudo',
        workflowBundle: {
          code: (
            await bundleWorkflowCode({ workflowsPath: path.join(rootDir, 'testing', 'fixtures', 'hello.ts') })
          ).code,
        },
        workerDeploymentOptions: {
          version: { deploymentName: 'gakudo', buildId: '2026.11.1' },
          useWorkerVersioning: true,
          defaultVersioningBehavior: 'AUTO_UPGRADE',
        },
      });
      await worker.runUntil(async () => {
        const hello = await env.client.workflow.start('hello', {
          taskQueue: 'gakudo',
          workflowId: 'w',
          args: ['a'],
        });
        const version = { WORKER_DEPLOYMENT_NAME: 'gakudo', BUILD_ID: '2026.11.1' };
        const early = await Promise.race([hello.result(), delay(1500).then(() => 'waits')]);
        expect(early).toBe('waits');
        expect(
          await runScript('current-version.sh', { ...version, TEMPORAL_ADDRESS: env.address }),
        ).toMatchObject({
          code: 0,
        });
        expect(await hello.result()).toBe('hello a');
      });
    } finally {
      await env.teardown();
    }
  });

  it.skipIf(psql === undefined)(
    'each database belongs to its own user alone (skipped where psql is not installed)',
    async () => {
      const server = await startTestPostgres();
      try {
        const { hostname, port, password } = new URL(server.adminUrl);
        const passwords = {
          GAKUDO_DB_PASSWORD: randomBytes(8).toString('hex'),
          TEMPORAL_DB_PASSWORD: randomBytes(8).toString('hex'),
        };
        const script = path.join(rootDir, 'deploy', 'postgres', '10-databases.sh');
        const env = { ...process.env, PGHOST: hostname, PGPORT: port, PGPASSWORD: password, ...passwords };
        expect(await exec('sh', [script], { env })).toMatchObject({ code: 0 });
        const connect = async (user: string, secret: string, database: string) => {
          const client = new pg.Client({
            host: hostname,
            port: Number(port),
            user,
            password: secret,
            database,
          });
          await client.connect();
          await client.query('create table t (a int)');
          await client.end();
        };
        await connect('gakudo', passwords.GAKUDO_DB_PASSWORD, 'gakudo');
        await connect('temporal', passwords.TEMPORAL_DB_PASSWORD, 'temporal_visibility');
        await expect(connect('temporal', passwords.TEMPORAL_DB_PASSWORD, 'gakudo')).rejects.toThrow(
          /permission denied/,
        );
        await expect(connect('gakudo', passwords.GAKUDO_DB_PASSWORD, 'temporal')).rejects.toThrow(
          /permission denied/,
        );
      } finally {
        await server.stop();
      }
    },
  );
});
