import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Worker } from '@temporalio/worker';
import type { Registry } from 'prom-client';

export interface HealthServer {
  port: number;
  close: () => Promise<void>;
}

/**
 * `GET /healthz` (200 while the worker takes tasks, 503 else) and `GET /metrics` (Prometheus) on an internal port.
 * @param options.port 0: none is opened
 */
export async function startHealthServer(options: {
  port: number;
  host: string;
  worker: Pick<Worker, 'getState' | 'getStatus'>;
  metrics: Registry;
}): Promise<HealthServer> {
  const { port, host, worker, metrics } = options;
  if (port === 0) return { port, close: () => Promise.resolve() };
  const server = createServer((request, response) => {
    if (request.url === '/metrics') {
      metrics.metrics().then(
        (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
      return;
    }
    if (request.url !== '/healthz') {
      response.writeHead(404).end();
      return;
    }
    const state = worker.getState();
    const { numInFlightActivities, numCachedWorkflows } = worker.getStatus() as ReturnType<
      Worker['getStatus']
    > & {
      numCachedWorkflows?: number;
    };
    response
      .writeHead(state === 'RUNNING' || state === 'INITIALIZED' ? 200 : 503, {
        'content-type': 'application/json',
      })
      .end(JSON.stringify({ state, numInFlightActivities, numCachedWorkflows }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
