import { REFUSALS, type Refusal, type RefusalCode } from '../domain/application/actions.ts';
import { REFUSAL_TEXTS } from '../domain/texts/application.ts';
import type { Locale, Localized } from '../domain/texts/locale.ts';
import { toldIn, type Told } from './locale.ts';
import { kindOf, type ProblemCode } from './problem-kinds.ts';
import { problemTitles } from './problem-texts.ts';

export type { ProblemCode } from './problem-kinds.ts';

/** One wrong part of a request: where (dotted path) and what to do. */
export interface ProblemPart {
  path: string;
  message: Told;
}

/** Is this one of the domain's refusals? */
export function isRefusalCode(code: string): code is RefusalCode {
  return (REFUSALS as readonly string[]).includes(code);
}

export interface ProblemOptions {
  /** More than the title says: what happened here, and what to do. */
  detail?: Told;
  errors?: readonly ProblemPart[];
  /** Further members of the body. */
  extensions?: Readonly<Record<string, unknown>>;
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** Thrown by routes; the error handler makes it an `application/problem+json` answer (RFC 9457). */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  /** The title, with the portal's other languages where families can meet this problem. */
  readonly told: Localized;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const { status, title } = kindOf(code);
    super(title, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.status = status;
    this.title = title;
    this.told = { ja: title, ...problemTitles(code) };
    this.options = options;
  }

  /** The body in a language; `requestId` lets a caller name the request. */
  body(requestId: string, locale: Locale = 'ja'): Record<string, unknown> {
    const { detail, errors, extensions } = this.options;
    return {
      ...extensions,
      type: `urn:gakudo:problem:${this.code}`,
      title: toldIn(this.told, locale),
      status: this.status,
      ...(detail === undefined ? {} : { detail: toldIn(detail, locale) }),
      code: this.code,
      requestId,
      ...(errors === undefined
        ? {}
        : { errors: errors.map(({ path, message }) => ({ path, message: toldIn(message, locale) })) }),
    };
  }
}

/** A refusal of the domain as a problem; what is wrong is pointed at. */
export function refusalProblem(refusal: Refusal): ProblemError {
  const text = { ja: REFUSAL_TEXTS[refusal.code], ...problemTitles(refusal.code) };
  return new ProblemError(refusal.code, {
    detail: text,
    ...(refusal.at === undefined ? {} : { errors: [{ path: refusal.at, message: text }] }),
  });
}

/** Nothing there, or nothing that this person may see: the same for both. */
export function notFound(): ProblemError {
  return new ProblemError('notFound');
}
