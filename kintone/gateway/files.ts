import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { authHeaders, type KintoneConnection } from '../client.ts';
import { fromResponse } from './errors.ts';

/** A file on its way to kintone. `open` may be called again for another try. */
export interface FileSource {
  name: string;
  contentType: string;
  /** Of the bytes that `open` gives. */
  size: number;
  open: () => AsyncIterable<Uint8Array>;
}

export interface FileDownload {
  stream: Readable;
  contentType: string;
  size: number | undefined;
}

function fileUrl(connection: KintoneConnection): URL {
  const space = connection.guestSpaceId === undefined ? '' : `/guest/${connection.guestSpaceId}`;
  return new URL(`${connection.baseUrl}/k${space}/v1/file.json`);
}

function request(
  connection: KintoneConnection,
  url: URL,
  options: http.RequestOptions,
  timeoutMs: number,
): http.ClientRequest {
  const { request: start } = url.protocol === 'https:' ? https : http;
  const headers = { ...authHeaders(connection), ...(options.headers as http.OutgoingHttpHeaders) };
  return start(url, { ...options, headers, signal: AbortSignal.timeout(timeoutMs) });
}

function answer(sending: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    sending.once('response', resolve);
    sending.once('error', reject);
  });
}

async function textOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Uploads a file piece by piece, never whole in memory, and gives back the key to attach it by. kintone removes what is not
 * attached within three days by itself, so that a lost answer leaves nothing behind.
 */
export async function uploadFile(
  connection: KintoneConnection,
  file: FileSource,
  timeoutMs: number,
): Promise<string> {
  const boundary = `----gakudo${randomUUID()}`;
  const name = file.name.replace(/[\r\n]/g, ' ').replace(/"/g, '%22');
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n` +
      `Content-Type: ${file.contentType}\r\n\r\n`,
    'utf8',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`, 'utf8');
  const sending = request(
    connection,
    fileUrl(connection),
    {
      method: 'POST',
      headers: {
        'Content-Type': `multipart/form-data; boundary=${boundary}`,
        'Content-Length': head.length + file.size + tail.length,
      },
    },
    timeoutMs,
  );
  const answered = answer(sending);
  const body = async function* () {
    yield head;
    yield* file.open();
    yield tail;
  };
  // A broken way, and a file that cannot be read, end the request too, and so reject its answer.
  pipeline(Readable.from(body()), sending).catch(() => undefined);
  const response = await answered;
  const text = await textOf(response);
  if (response.statusCode !== 200) throw fromResponse(response.statusCode ?? 0, parse(text));
  return (parse(text) as { fileKey: string }).fileKey;
}

/** An attached file as a stream. The key is the one that the record shows, not the one of the upload. */
export async function downloadFile(
  connection: KintoneConnection,
  fileKey: string,
  timeoutMs: number,
): Promise<FileDownload> {
  const url = fileUrl(connection);
  url.searchParams.set('fileKey', fileKey);
  const sending = request(connection, url, { method: 'GET' }, timeoutMs);
  sending.end();
  const response = await answer(sending);
  if (response.statusCode !== 200) {
    throw fromResponse(response.statusCode ?? 0, parse(await textOf(response)));
  }
  const length = response.headers['content-length'];
  return {
    stream: response,
    contentType: response.headers['content-type'] ?? 'application/octet-stream',
    size: length === undefined ? undefined : Number(length),
  };
}
