import { withoutFurigana } from '../../domain/texts/locale.ts';
import { plainText } from '../i18n/template.ts';
import type { Message } from '../i18n/template.ts';
import { libMessages as m } from './messages.ts';
import { spoken } from './spoken.ts';

/** One wrong field as the server names it: a JSON pointer (`/child/familyName`) or a dotted path. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

export interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly code?: string;
  readonly errors?: readonly {
    pointer?: string;
    path?: string | readonly (string | number)[];
    message: string;
  }[];
  readonly [extension: string]: unknown;
}

/**
 * A failed call to the API, made from its problem details (RFC 9457) or, where there are none, from what
 * is known. `message` is in the language of the screen, without furigana, and may be shown to a person as it is. `status` 0
 * means that the server could not be reached.
 */
export class ApiProblem extends Error {
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly detail: string | undefined;
  /** Machine-readable reason, from `code` or the last part of `type`. */
  readonly code: string;
  readonly errors: readonly FieldProblem[];
  /** The whole body, for extensions (e.g. the receipt number of the application that exists already). */
  readonly body: ProblemBody;

  constructor(status: number, body: ProblemBody = {}) {
    const title = plain(body.title) ?? defaultTitle(status);
    const detail = plain(body.detail);
    super(detail ?? title);
    this.name = 'ApiProblem';
    this.status = status;
    this.type = body.type ?? 'about:blank';
    this.title = title;
    this.detail = detail;
    this.code = body.code ?? codeOf(this.type, status);
    this.errors = (body.errors ?? []).map((error) => ({
      path: dottedPath(error),
      message: withoutFurigana(error.message),
    }));
    this.body = body;
  }

  /** The server could not be reached, or did not answer in time. */
  get isNetwork(): boolean {
    return this.status === 0;
  }

  /** The session has ended, or there never was one (not: a wrong password). */
  get isSessionExpired(): boolean {
    return this.status === 401 && this.code !== 'signInFailed';
  }

  get isForbidden(): boolean {
    return this.status === 403;
  }

  get isNotFound(): boolean {
    return this.status === 404;
  }

  /** Somebody else was first, or the same thing exists already. */
  get isConflict(): boolean {
    return this.status === 409 || this.status === 412;
  }
}

/** What to tell a person about any thrown value. */
export function problemMessage(error: unknown): string {
  if (error instanceof ApiProblem) return error.message;
  return plainText(m.problemServer, spoken());
}

function dottedPath(error: { pointer?: string; path?: string | readonly (string | number)[] }): string {
  if (error.pointer !== undefined) {
    return error.pointer
      .replace(/^#?\//u, '')
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .join('.');
  }
  const { path } = error;
  if (path === undefined) return '';
  return typeof path === 'string' ? path : path.join('.');
}

function codeOf(type: string, status: number): string {
  if (type !== 'about:blank') {
    const last = type.split(/[/#:]/u).findLast((part) => part !== '');
    if (last !== undefined) return last;
  }
  return status === 0 ? 'network' : String(status);
}

function plain(text: string | undefined): string | undefined {
  return text === undefined ? undefined : withoutFurigana(text);
}

function defaultTitle(status: number): string {
  return plainText(titleOf(status), spoken());
}

function titleOf(status: number): Message {
  switch (status) {
    case 0:
      return m.problemNetwork;
    case 401:
      return m.problemSession;
    case 403:
      return m.problemForbidden;
    case 404:
      return m.problemNotFound;
    case 409:
    case 412:
      return m.problemConflict;
    case 413:
      return m.problemTooLarge;
    case 429:
      return m.problemTooMany;
    default:
      return status >= 500 ? m.problemServer : m.problemInvalid;
  }
}
