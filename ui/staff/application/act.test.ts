import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../lib/problem.ts';
import { isUnconfirmed, sendAction } from './act.ts';

const DONE = { applicationId: 'a', seq: 7, stage: 'secondReview' };
let answers: (Response | Error)[] = [];
let sent: { url: string; body: unknown }[] = [];

function problem(status: number, code: string): Response {
  return new Response(JSON.stringify({ status, code, title: code }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

beforeEach(() => {
  sent = [];
  vi.stubGlobal('document', { cookie: '' });
  vi.stubGlobal('fetch', (url: string, init: { body: string }) => {
    sent.push({ url, body: JSON.parse(init.body) });
    const answer = answers.shift();
    return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer ?? new Error('none'));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const send = (pauses: readonly number[] = [0, 0]) =>
  sendAction('a', 'id-1', { type: 'addNote', note: 'メモ' }, pauses);
const failure = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('sending an action', () => {
  it('goes on with the same id while the outcome is not known', async () => {
    answers = [new TypeError('line lost'), problem(503, 'notConfirmed'), new Response(JSON.stringify(DONE))];
    expect(await send()).toEqual(DONE);
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(sent[0]).toEqual({
      url: '/api/staff/applications/a/actions',
      body: { actionId: 'id-1', action: { type: 'addNote', note: 'メモ' } },
    });
  });

  it('never sends again what was refused', async () => {
    answers = [problem(403, 'samePerson'), new Response(JSON.stringify(DONE))];
    const error = await failure(send());
    expect(error).toBeInstanceOf(ApiProblem);
    expect((error as ApiProblem).code).toBe('samePerson');
    expect(sent).toHaveLength(1);
    expect(isUnconfirmed(error)).toBe(false);
  });

  it('says after the last try that it is still not known', async () => {
    answers = [new TypeError('lost'), new TypeError('lost')];
    const error = await failure(send([0]));
    expect(sent).toHaveLength(2);
    expect(isUnconfirmed(error)).toBe(true);
  });
});
