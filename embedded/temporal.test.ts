import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from './ports.ts';
import { startReaper, type Reaper } from './processes/start-reaper.ts';
import { Supervisor } from './processes/supervisor.ts';
import { temporalPart, type TemporalServerOptions } from './temporal.ts';
import { findTemporalCli } from './tools/temporal-binary.ts';

describe('Temporal on one machine', () => {
  let dir: string;
  let reaper: Reaper;
  let supervisor: Supervisor;
  let options: TemporalServerOptions;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'gakudo-temporal-'));
    reaper = startReaper();
    supervisor = new Supervisor({ logDir: dir, reaper, say: () => undefined });
    options = {
      cliPath: await findTemporalCli(),
      port: await freePort(),
      uiPort: await freePort(),
      dbFile: path.join(dir, 'temporal.db'),
      namespace: 'gakudo',
      searchAttributes: { TestState: 'KEYWORD' },
      codecEndpoint: undefined,
    };
  });
  afterEach(async () => {
    await supervisor.stopAll();
    await reaper.close();
    await rm(dir, { recursive: true });
  });

  async function withClient<T>(work: (client: Client, connection: Connection) => Promise<T>): Promise<T> {
    const connection = await Connection.connect({ address: `127.0.0.1:${options.port}` });
    try {
      return await work(new Client({ connection, namespace: 'gakudo' }), connection);
    } finally {
      await connection.close();
    }
  }

  it('keeps workflows over a killed server, takes new search attributes, keeps finished ones long', async () => {
    await supervisor.start(temporalPart(options));
    await withClient((client) => client.workflow.start('none', { taskQueue: 'none', workflowId: 'w1' }));
    process.kill(supervisor.states()[0]!.pid!, 'SIGKILL');
    await supervisor.stopAll();

    supervisor = new Supervisor({ logDir: dir, reaper, say: () => undefined });
    options.searchAttributes = { TestState: 'KEYWORD', TestDue: 'DATETIME' };
    await supervisor.start(temporalPart(options));
    await withClient(async (client, connection) => {
      expect((await client.workflow.getHandle('w1').describe()).status.name).toBe('RUNNING');
      const list = await connection.operatorService.listSearchAttributes({ namespace: 'gakudo' });
      expect(Object.keys(list.customAttributes)).toEqual(expect.arrayContaining(['TestState', 'TestDue']));
      const namespace = await connection.workflowService.describeNamespace({ namespace: 'gakudo' });
      expect(Number(namespace.config?.workflowExecutionRetentionTtl?.seconds)).toBe(400 * 86_400);
    });
    const page = await fetch(`http://127.0.0.1:${options.uiPort}/`);
    expect(page.status).toBe(200);
  });

  it('listens on the loopback address only', async () => {
    await supervisor.start(temporalPart(options));
    const result = await new Promise<string>((resolve) => {
      const ss = spawn('cat', ['/proc/net/tcp', '/proc/net/tcp6']);
      let text = '';
      ss.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
      ss.once('close', () => resolve(text));
      ss.once('error', () => resolve(''));
    });
    for (const port of [options.port, options.uiPort]) {
      const hex = port.toString(16).toUpperCase().padStart(4, '0');
      const addresses = [...result.matchAll(new RegExp(`: ([0-9A-F]+):${hex} [0-9A-F]+:0000 0A`, 'g'))];
      expect(addresses.map((match) => match[1])).toEqual(['0100007F']);
    }
  });
});
