import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Call } from './kintone-openapi/validate.ts';

/** Stands between a client and kintone and writes down every call. */
export interface Recorder {
  /** Where the client is to go. */
  url: string;
  calls: Call[];
  close: () => Promise<void>;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

async function whole(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Starts a recorder in front of a kintone at this address. */
export async function startRecorder(target: string): Promise<Recorder> {
  const calls: Call[] = [];
  const server = http.createServer((request, response) => {
    void (async () => {
      const body = await whole(request);
      const url = new URL(request.url ?? '/', target);
      const headers = { ...request.headers, host: url.host };
      const forwarded = (url.protocol === 'https:' ? https : http).request(url, {
        method: request.method ?? 'GET',
        headers,
      });
      forwarded.on('error', () => response.destroy());
      forwarded.on('response', (from) => {
        void whole(from).then((answer) => {
          const override = request.headers['x-http-method-override'];
          calls.push({
            method: typeof override === 'string' ? override : (request.method ?? ''),
            path: url.pathname,
            query: url.searchParams,
            body: parsed(body.toString('utf8')),
            status: from.statusCode ?? 0,
            answer: parsed(answer.toString('utf8')),
          });
          response.writeHead(from.statusCode ?? 502, from.headers).end(answer);
        });
      });
      forwarded.end(body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${String((server.address() as AddressInfo).port)}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
