import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { listPage, mailPage, notFoundPage } from './page.ts';
import { MailStore } from './store.ts';

export interface MailCatcher {
  smtpPort: number;
  /** Of the page to read the mails. */
  port: number;
  store: MailStore;
  stop: () => Promise<void>;
}

/**
 * Takes every mail and shows it on a page; sends nothing on. Both ports listen on the loopback address only.
 * @param options ports 0 take a free one
 */
export async function startMailCatcher(options: {
  dir: string;
  smtpPort: number;
  port: number;
}): Promise<MailCatcher> {
  const store = await MailStore.open(options.dir);
  const watchers = new Set<ServerResponse>();
  const smtp = smtpServer(store, () => {
    for (const watcher of watchers) watcher.write('data: mail\n\n');
  });
  await new Promise<void>((resolve, reject) => {
    smtp.once('error', reject);
    smtp.listen(options.smtpPort, '127.0.0.1', () => {
      smtp.off('error', reject);
      resolve();
    });
  });
  // A client that vanishes in the middle of a mail sends it again; nothing to do here.
  smtp.on('error', () => undefined);
  const http = createServer((request, response) => {
    answer(store, watchers, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, '127.0.0.1', resolve);
  }).catch(async (error: unknown) => {
    await closeSmtp(smtp);
    throw error;
  });
  return {
    smtpPort: (smtp.server.address() as AddressInfo).port,
    port: (http.address() as AddressInfo).port,
    store,
    stop: async () => {
      for (const watcher of watchers) watcher.end();
      await Promise.all([closeSmtp(smtp), closeHttp(http)]);
    },
  };
}

function smtpServer(store: MailStore, arrived: () => void): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 1000,
    size: 30 * 1024 * 1024,
    onAuth: (auth, _session, callback) => {
      callback(null, { user: auth.username });
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          callback(Object.assign(new Error('message too large'), { responseCode: 552 }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        const envelope = {
          from: mailFrom === false ? '' : mailFrom.address,
          recipients: rcptTo.map((recipient) => recipient.address),
        };
        store.add(Buffer.concat(chunks), envelope, new Date()).then(
          () => {
            callback();
            arrived();
          },
          (error: unknown) => {
            const reason = error instanceof Error ? error.message : String(error);
            callback(Object.assign(new Error(reason), { responseCode: 451 }));
          },
        );
      });
    },
  });
}

/** The page's own script and style are inline; mails are shown in a sandboxed frame without scripts. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const mailPolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

async function answer(
  store: MailStore,
  watchers: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A foreign page must not read or delete mails by a host name that points here.
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const sameSite = [undefined, 'same-origin', 'none'].includes(request.headers['sec-fetch-site']);
  if (!['localhost', '127.0.0.1'].includes(host) || (request.method === 'POST' && !sameSite)) {
    send(response, 403, 'text/plain; charset=utf-8', 'localhost only');
    return;
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, area = '', id = '', part = '', index = ''] = url.pathname.split('/');
  if (request.method === 'POST' && url.pathname === '/clear') {
    await store.clear();
    response.writeHead(303, { location: '/' }).end();
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    send(response, 405, 'text/plain; charset=utf-8', 'method not allowed');
    return;
  }
  if (url.pathname === '/') {
    const search = url.searchParams.get('q') ?? '';
    sendPage(response, 200, listPage(store.list(search), search));
  } else if (url.pathname === '/healthz') {
    send(response, 200, 'application/json', JSON.stringify({ status: 'ok' }));
  } else if (url.pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': listening\n\n');
    watchers.add(response);
    request.on('close', () => watchers.delete(response));
  } else if (url.pathname === '/api/mails') {
    const list = store.list(url.searchParams.get('q') ?? '');
    send(response, 200, 'application/json; charset=utf-8', JSON.stringify(list));
  } else if (area === 'mails' || (area === 'api' && id === 'mails')) {
    const mail = await store.read(area === 'mails' ? id : part);
    if (mail === undefined) sendPage(response, 404, notFoundPage());
    else if (area === 'api') sendJson(response, mail);
    else if (part === '') sendPage(response, 200, mailPage(mail));
    else sendPart(response, mail, part, Number(index));
  } else {
    sendPage(response, 404, notFoundPage());
  }
}

type Mail = NonNullable<Awaited<ReturnType<MailStore['read']>>>;

function sendJson(response: ServerResponse, mail: Mail): void {
  const { raw: _raw, attachments, ...rest } = mail;
  const files = attachments.map(({ filename, contentType, content }) => ({
    filename,
    contentType,
    bytes: content.length,
  }));
  send(response, 200, 'application/json; charset=utf-8', JSON.stringify({ ...rest, attachments: files }));
}

function sendPart(response: ServerResponse, mail: Mail, part: string, index: number): void {
  const attachment = mail.attachments[index];
  if (part === 'html') {
    response.setHeader('content-security-policy', mailPolicy);
    send(response, 200, 'text/html; charset=utf-8', mail.html);
  } else if (part === 'raw') {
    response.setHeader('content-disposition', `attachment; filename="${mail.id}.eml"`);
    send(response, 200, 'message/rfc822', mail.raw);
  } else if (part === 'attachments' && attachment !== undefined) {
    const name = encodeURIComponent(attachment.filename);
    response.setHeader('content-disposition', `attachment; filename*=UTF-8''${name}`);
    send(response, 200, 'application/octet-stream', attachment.content);
  } else {
    sendPage(response, 404, notFoundPage());
  }
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.setHeader('content-security-policy', pagePolicy);
  send(response, status, 'text/html; charset=utf-8', html);
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(body);
}

function closeSmtp(server: SMTPServer): Promise<void> {
  return new Promise((resolve) => server.close(resolve));
}

function closeHttp(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
