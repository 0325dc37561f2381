import { ApiProblem } from './problem.ts';
import type { ProblemBody } from './problem.ts';
import { spoken } from './spoken.ts';

/** Query values: arrays repeat the name, `undefined`, `null` and empty strings are left out. */
export type Query = Readonly<
  Record<string, string | number | boolean | null | undefined | readonly (string | number)[]>
>;

export interface RequestOptions {
  readonly query?: Query;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `Idempotency-Key`: the same key twice is one action. */
  readonly idempotencyKey?: string;
  /** Milliseconds until the call is given up; 30 s unless told. */
  readonly timeout?: number;
  /** Tries of a GET in all; 3 unless told. */
  readonly tries?: number;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const RETRIED = new Set([0, 429, 502, 503, 504]);
const expiredListeners = new Set<() => void>();

/** Calls back when any call was answered that nobody is signed in. Returns the function that stops it. */
export function onSessionExpired(listener: () => void): () => void {
  expiredListeners.add(listener);
  return () => expiredListeners.delete(listener);
}

/** Tells all listeners that the session is over. */
export function announceSessionExpired(): void {
  for (const listener of expiredListeners) listener();
}

/**
 * Headers that prove a request was made by our own page: a header that a foreign form cannot set, with the
 * double-submit token where the server has set a `csrf` cookie.
 */
export function csrfHeaders(): Record<string, string> {
  const match = /(?:^|;\s*)(?:__Host-)?csrf=([^;]+)/u.exec(document.cookie);
  return { 'x-csrf-token': match?.[1] === undefined ? '1' : decodeURIComponent(match[1]) };
}

/** `path` under /api with its query. Absolute paths (`/api/…`) are taken as they are. */
export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
    }
  }
  const base = path.startsWith('/api/') ? path : `/api/${path.replace(/^\//u, '')}`;
  const text = search.toString();
  return text === '' ? base : `${base}${base.includes('?') ? '&' : '?'}${text}`;
}

/** Makes an ApiProblem of a response that is not ok. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  return new ApiProblem(
    response.status,
    parseProblem(response.headers.get('content-type'), await safeText(response)),
  );
}

/** Problem body of an answer's text; anything that is not JSON counts as no body. */
export function parseProblem(contentType: string | null, text: string): ProblemBody {
  if (contentType === null || !/json/u.test(contentType)) return {};
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as ProblemBody) : {};
  } catch {
    return {};
  }
}

async function send<T>(method: Method, path: string, body: unknown, options: RequestOptions): Promise<T> {
  const tries = method === 'GET' ? (options.tries ?? 3) : 1;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sendOnce<T>(method, path, body, options);
    } catch (error) {
      const again =
        error instanceof ApiProblem &&
        RETRIED.has(error.status) &&
        error.code !== 'timeout' &&
        attempt < tries;
      if (!again || options.signal?.aborted === true) throw error;
      await pause(retryDelay(error, attempt), options.signal);
    }
  }
}

async function sendOnce<T>(method: Method, path: string, body: unknown, options: RequestOptions): Promise<T> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': spoken(),
    ...options.headers,
  };
  if (method !== 'GET') Object.assign(headers, csrfHeaders());
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey;
  const raw = body instanceof FormData || body instanceof Blob;
  if (body !== undefined && !raw) headers['content-type'] = 'application/json';

  const controller = new AbortController();
  const stop = () => controller.abort();
  options.signal?.addEventListener('abort', stop);
  if (options.signal?.aborted === true) stop();
  const timer = setTimeout(() => controller.abort('timeout'), options.timeout ?? 30_000);
  let response: Response;
  let text: string;
  try {
    response = await fetch(apiUrl(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      signal: controller.signal,
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (error) {
    // Given up by the caller: their own AbortError, not a problem to show.
    if (options.signal?.aborted === true) throw error;
    throw new ApiProblem(0, controller.signal.reason === 'timeout' ? { code: 'timeout' } : {});
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
  }
  if (!response.ok) {
    const problem = new RetryableProblem(response, parseProblem(response.headers.get('content-type'), text));
    if (problem.isSessionExpired) announceSessionExpired();
    throw problem;
  }
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** An ApiProblem that remembers when the server wants to be asked again. */
class RetryableProblem extends ApiProblem {
  readonly retryAfter: number | undefined;

  constructor(response: Response, body: ProblemBody) {
    super(response.status, body);
    const seconds = Number(response.headers.get('retry-after'));
    this.retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
  }
}

function retryDelay(error: ApiProblem, attempt: number): number {
  const asked = error instanceof RetryableProblem ? error.retryAfter : undefined;
  return Math.min(asked ?? 400 * 2 ** (attempt - 1), 10_000);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new DOMException('aborted', 'AbortError'));
    });
  });
}

async function safeText(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch {
    return '';
  }
}

/**
 * The API. Paths are under /api (`api.get('applications/123')`). Answers are parsed JSON (undefined for an
 * empty body), failures throw {@link ApiProblem}. GETs are tried again when the server is away or busy.
 */
export const api = {
  get: <T>(path: string, options: RequestOptions = {}) => send<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options: RequestOptions = {}) =>
    send<T>('POST', path, body, options),
  put: <T>(path: string, body?: unknown, options: RequestOptions = {}) => send<T>('PUT', path, body, options),
  patch: <T>(path: string, body?: unknown, options: RequestOptions = {}) =>
    send<T>('PATCH', path, body, options),
  delete: <T>(path: string, options: RequestOptions = {}) => send<T>('DELETE', path, undefined, options),
};
