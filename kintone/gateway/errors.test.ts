import { KintoneRestAPIError } from '@kintone/rest-api-client';
import { describe, expect, it } from 'vitest';
import { classify, fromResponse, KintoneError } from './errors.ts';

/** Every code that this system can meet, as kintone answers it, and what becomes of it. */
const CODES: readonly (readonly [
  code: string,
  status: number,
  kind: KintoneError['kind'],
  ofRecord: boolean,
])[] = [
  ['GAIA_TO04', 429, 'retryable', false],
  ['GAIA_TM12', 429, 'retryable', false],
  ['GAIA_NO02', 403, 'retryable', false],
  ['GAIA_BL01', 404, 'retryable', true],
  ['GAIA_DA02', 400, 'conflict', false],
  ['GAIA_RE18', 400, 'conflict', false],
  ['GAIA_CO02', 409, 'conflict', false],
  ['CB_AU01', 401, 'final', false],
  ['CB_WA01', 401, 'final', false],
  ['GAIA_IA02', 400, 'final', false],
  ['GAIA_DA03', 400, 'final', false],
  ['GAIA_NO01', 403, 'final', false],
  ['CB_NO02', 403, 'final', false],
  ['GAIA_AP01', 404, 'final', false],
  ['CB_VA01', 400, 'final', true],
  ['GAIA_LO04', 400, 'final', true],
  ['GAIA_RE01', 404, 'final', true],
];
/** What it says is what will happen, or who is to do what. */
const SAYS = {
  retryable: /自動で(やり直し|送り直し)ます/,
  conflict: /自動でやり直します/,
  final: /(確認|ありません|受け付けません)/,
} as const;

describe('failures of kintone', () => {
  it.each(CODES)('%s (%i) is %s, in words for a clerk, and holds no data', (code, status, kind, ofRecord) => {
    const body = {
      code,
      id: 'x',
      message: 'ひみつ',
      errors: { 'records[0].grade.value': { messages: ['ひみつ'] } },
    };
    for (const error of [
      fromResponse(status, body),
      // As one part of a bulkRequest.
      fromResponse(status, { results: [{}, body, {}] }),
      classify(new KintoneRestAPIError({ status, data: body, headers: {} } as never)),
    ]) {
      expect(error).toMatchObject({ kind, code, status, ofRecord, fields: ['records[0].grade.value'] });
      expect(error.message).toMatch(/^[^a-z]*kintone/);
      expect(error.message).toMatch(SAYS[kind]);
      expect(error.message).toContain(code);
      expect(JSON.stringify([error.message, error.cause, error.stack])).not.toContain('ひみつ');
      if (kind !== 'final') expect(error.retryAfterMs).toBeGreaterThanOrEqual(500);
    }
  });

  it.each([
    [429, 'retryable'],
    [500, 'retryable'],
    [503, 'retryable'],
    [401, 'final'],
    [403, 'final'],
    [409, 'conflict'],
    [400, 'final'],
    [404, 'final'],
  ] as const)('a code that nobody knows goes by its status: %i is %s', (status, kind) => {
    expect(fromResponse(status, { code: 'GAIA_ZZ99' })).toMatchObject({ kind, code: 'GAIA_ZZ99' });
    expect(fromResponse(status, '<html>').kind).toBe(kind);
  });

  it('the client’s own errors: a page of text, no way, no answer in time', () => {
    expect(classify(new Error('503: Service Unavailable'))).toMatchObject({ kind: 'retryable', status: 503 });
    for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE']) {
      expect(classify(Object.assign(new Error('x'), { code }))).toMatchObject({ kind: 'retryable', code });
      expect(classify(Object.assign(new Error('x'), { code })).message).toMatch(/つながりません/);
    }
    for (const code of ['ECONNABORTED', 'ETIMEDOUT', 'ABORT_ERR', 'ESOCKETTIMEDOUT']) {
      expect(classify(Object.assign(new Error('x'), { code })).message).toMatch(/時間内に返事がありません/);
    }
  });

  it('a fault of this program is no failure of kintone’s', () => {
    const fault = new TypeError('x is not a function');
    expect(() => classify(fault)).toThrow(fault);
    expect(() => classify(undefined)).toThrow();
    const known = new KintoneError({ kind: 'final', message: 'kintone' });
    expect(classify(known)).toBe(known);
  });
});
