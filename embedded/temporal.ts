import { spawn } from 'node:child_process';
import { Connection } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import type { PartSpec } from './processes/supervisor.ts';

/** Search attribute names with their types. */
export type SearchAttributes = Readonly<Record<string, SearchAttributeType>>;

export interface TemporalServerOptions {
  cliPath: string;
  port: number;
  uiPort: number;
  /** SQLite file with the server's whole state; undefined: in memory. */
  dbFile: string | undefined;
  namespace: string;
  searchAttributes: SearchAttributes;
  /** Where Temporal's web UI has payloads decrypted for the person who looks. */
  codecEndpoint: string | undefined;
}

/** Finished workflows stay to look at for more than a school year (the server's own standard is one day). */
const retentionDays = 400;

/** Type names of the command line, and the numbers of temporal.api.enums.v1.IndexedValueType. */
const types: Record<SearchAttributeType, { cli: string; number: number }> = {
  TEXT: { cli: 'Text', number: 1 },
  KEYWORD: { cli: 'Keyword', number: 2 },
  INT: { cli: 'Int', number: 3 },
  DOUBLE: { cli: 'Double', number: 4 },
  BOOL: { cli: 'Bool', number: 5 },
  DATETIME: { cli: 'Datetime', number: 6 },
  KEYWORD_LIST: { cli: 'KeywordList', number: 7 },
};

/** Temporal's development server with its web UI, both on the loopback address, its state in a file. */
export function temporalPart(options: TemporalServerOptions): PartSpec {
  const address = `127.0.0.1:${options.port}`;
  return {
    name: 'temporal',
    title: 'Temporal',
    stopSignal: 'SIGTERM',
    spawn: () =>
      spawn(options.cliPath, serverArgs(options), { detached: true, stdio: ['ignore', 'pipe', 'pipe'] }),
    ready: async (signal) => {
      await prepareNamespace({ ...options, address, signal });
    },
  };
}

/** The command line of the server. */
export function serverArgs(options: TemporalServerOptions): string[] {
  const attributes = Object.entries(options.searchAttributes).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${types[type].cli}`,
  ]);
  // SQLite's standard journal makes every step wait for the disk; WAL survives a killed process all the same.
  const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL'].flatMap((pragma) => ['--sqlite-pragma', pragma]);
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--ui-ip', '127.0.0.1', '--log-level', 'error'],
    ...['--port', String(options.port), '--ui-port', String(options.uiPort), '--ui-disable-news-fetch'],
    ...(options.dbFile === undefined ? [] : ['--db-filename', options.dbFile, ...pragmas]),
    ...['--namespace', options.namespace, ...attributes],
    ...(options.codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', options.codecEndpoint]),
  ];
}

/**
 * Waits for a server, and gives the namespace what the system needs: search attributes (those it lacks) and, for the
 * stand-in server, a long retention. Rejects when aborted or not reachable within a minute.
 */
export async function prepareNamespace(options: {
  address: string;
  namespace: string;
  searchAttributes: SearchAttributes;
  signal: AbortSignal;
  keepRetention?: boolean;
}): Promise<void> {
  const { namespace, signal } = options;
  const connection = await connect(options.address, signal);
  try {
    await retry(signal, 60_000, () => connection.workflowService.describeNamespace({ namespace }));
    const known = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.entries(options.searchAttributes).filter(
      ([name]) => !(name in known.customAttributes),
    );
    if (missing.length > 0) {
      await connection.operatorService.addSearchAttributes({
        namespace,
        searchAttributes: Object.fromEntries(missing.map(([name, type]) => [name, types[type].number])),
      });
    }
    if (options.keepRetention === true) return;
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: { seconds: retentionDays * 86_400 } as never },
    });
  } finally {
    await connection.close();
  }
}

async function connect(address: string, signal: AbortSignal): Promise<Connection> {
  return retry(signal, 60_000, () => Connection.connect({ address, connectTimeout: '2s' }));
}

async function retry<T>(signal: AbortSignal, limitMs: number, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
