import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, apiUrl, onSessionExpired } from './api.ts';
import { ApiProblem } from './problem.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let server: Server;
let handle: Handler;
let seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      handle(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // In the browser addresses are relative to the page.
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => real(`http://127.0.0.1:${port}${url}`, init));
  vi.stubGlobal('document', { cookie: 'theme=a; csrf=abc%3D1' });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
  response.end(JSON.stringify(body));
}

async function problemOf(call: Promise<unknown>): Promise<ApiProblem> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiProblem)) throw new Error(`no ApiProblem: ${String(error)}`);
  return error;
}

describe('api', () => {
  it('sends JSON with the token of the cookie', async () => {
    handle = (_request, response) => answer(response, 200, { ok: true });
    expect(await api.post('applications', { a: 1 }, { idempotencyKey: 'k1' })).toEqual({ ok: true });
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/api/applications', body: '{"a":1}' });
    expect(seen[0]?.headers).toMatchObject({
      'x-csrf-token': 'abc=1',
      'content-type': 'application/json',
      'idempotency-key': 'k1',
    });
  });

  it('sends 1 as token before there is a cookie, and the one of __Host-csrf over https', async () => {
    handle = (_request, response) => response.writeHead(204).end();
    vi.stubGlobal('document', { cookie: '' });
    expect(await api.delete('session')).toBeUndefined();
    vi.stubGlobal('document', { cookie: '__Host-csrf=xyz' });
    await api.delete('session');
    expect(seen.map(({ headers }) => headers['x-csrf-token'])).toEqual(['1', 'xyz']);
  });

  it('tries a GET again when the server is away, and a POST never', async () => {
    let calls = 0;
    handle = (_request, response) => {
      calls += 1;
      if (calls < 3) answer(response, 503, {}, { 'retry-after': '0' });
      else answer(response, 200, { calls });
    };
    expect(await api.get('x')).toEqual({ calls: 3 });
    calls = 0;
    expect((await problemOf(api.post('x'))).status).toBe(503);
    expect(calls).toBe(1);
  });

  it('gives up a GET that stays refused', async () => {
    handle = (_request, response) => answer(response, 502, {});
    expect((await problemOf(api.get('x', { tries: 2 }))).status).toBe(502);
    expect(seen).toHaveLength(2);
    handle = (_request, response) => answer(response, 404, { detail: '見つかりません。' });
    expect((await problemOf(api.get('x'))).message).toBe('見つかりません。');
    expect(seen).toHaveLength(3);
  });

  it('turns problem details into a problem, and text of a proxy into words', async () => {
    handle = (_request, response) =>
      answer(response, 422, {
        type: 'https://example.jp/problems/invalidAnswers',
        title: '入力内容を確認してください。',
        errors: [{ path: 'child.name', message: '氏名を入力してください。' }],
      });
    const problem = await problemOf(api.put('x', {}));
    expect(problem).toMatchObject({ status: 422, code: 'invalidAnswers', isConflict: false });
    expect(problem.errors).toEqual([{ path: 'child.name', message: '氏名を入力してください。' }]);

    handle = (_request, response) =>
      response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>oops</h1>');
    expect((await problemOf(api.post('x'))).message).toContain('しばらくしてから');
  });

  it('tells that the session is over, but not for a wrong password', async () => {
    const told = vi.fn();
    const stop = onSessionExpired(told);
    handle = (_request, response) => answer(response, 401, { code: 'signInFailed' });
    expect((await problemOf(api.post('session', {}))).isSessionExpired).toBe(false);
    expect(told).not.toHaveBeenCalled();
    handle = (_request, response) => answer(response, 401, { code: 'signInNeeded' });
    await problemOf(api.get('x'));
    expect(told).toHaveBeenCalledOnce();
    stop();
    await problemOf(api.get('x'));
    expect(told).toHaveBeenCalledOnce();
  });

  it('gives up after its time, and at once when the caller does', async () => {
    handle = () => undefined;
    const problem = await problemOf(api.get('y', { timeout: 500 }));
    expect(problem).toMatchObject({ isNetwork: true, code: 'timeout' });
    // Not asked again by itself.
    expect(seen.filter(({ url }) => url === '/api/y').length).toBeLessThanOrEqual(1);
    const controller = new AbortController();
    handle = () => controller.abort();
    const call = api.get('x', { signal: controller.signal });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen.filter(({ url }) => url === '/api/x')).toHaveLength(1);
  });

  it('writes queries without what is not set', () => {
    expect(
      apiUrl('staff/applications', { state: ['a', 'b'], hall: undefined, q: '髙', page: 2, x: '' }),
    ).toBe(`/api/staff/applications?state=a&state=b&q=${encodeURIComponent('髙')}&page=2`);
    expect(apiUrl('/api/files/1?download=1', { a: 1 })).toBe('/api/files/1?download=1&a=1');
  });
});
