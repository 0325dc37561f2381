import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partsAway, startTestApi, TEST_PASSWORD, type TestApi } from '../testing/api.ts';

let api: TestApi;
/** The API's clock. Far from the machine's: none but this one may decide. */
const BEGIN = new Date('2031-02-28T14:59:30.000Z');
let clock = BEGIN;

beforeAll(async () => {
  api = await startTestApi(() => ({ ...partsAway, now: () => clock }));
  await api.createAccount({ role: 'operator', login: 'aoki', name: '青木 花' });
  await api.createAccount({ role: 'leader', login: 'baba', passwordTemporary: true });
  await api.createAccount({ role: 'hall', login: 'hall01', place: { kind: 'hall', code: '01' } });
});
afterAll(() => api.close());

describe('sign-in (Q43, Q44)', () => {
  it('says who one is, and ends with sign-out', async () => {
    const browser = api.browser();
    expect((await browser.get('/api/session')).json()).toMatchObject({ account: null, csrfToken: null });
    const signIn = await browser.post('/api/session', { login: ' ＡＯＫＩ ', password: TEST_PASSWORD });
    expect(signIn.statusCode).toBe(200);
    const session = (await browser.get('/api/session')).json();
    expect(session.account).toMatchObject({ name: '青木 花', role: 'operator', kind: 'staff' });
    expect(session.idleSeconds).toBe(1800);
    expect((await browser.delete('/api/session')).statusCode).toBe(204);
    expect((await browser.get('/api/session')).json().account).toBeNull();
    await browser.post('/api/session', { login: 'aoki', password: TEST_PASSWORD });
    const again = (await browser.get('/api/session')).json();
    expect(again.account.lastSignOutAt).not.toBeNull();
  });

  it('answers the same for an unknown login and a wrong password', async () => {
    const unknown = await api.browser().post('/api/session', { login: 'nobody', password: 'x'.repeat(12) });
    const wrong = await api.browser().post('/api/session', { login: 'hall01', password: 'x'.repeat(12) });
    expect(unknown.statusCode).toBe(401);
    expect({ ...unknown.json(), requestId: '' }).toEqual({ ...wrong.json(), requestId: '' });
    expect(wrong.headers['content-type']).toContain('application/problem+json');
  });

  it('locks after five failures, longer each time, known or not', async () => {
    await api.createAccount({ role: 'operator', login: 'locked-out' });
    for (const login of ['locked-out', 'no-such-person']) {
      for (let n = 0; n < 5; n += 1) {
        expect(
          (await api.browser().post('/api/session', { login, password: 'wrong wrong' })).statusCode,
        ).toBe(401);
      }
      const locked = await api.browser().post('/api/session', { login, password: TEST_PASSWORD });
      expect(locked.statusCode).toBe(429);
      expect(locked.json().code).toBe('locked');
      expect(locked.headers['retry-after']).toBe('30');
      // Over on the second; the next failure locks for twice as long.
      clock = new Date(BEGIN.getTime() + 30_000);
      expect((await api.browser().post('/api/session', { login, password: 'wrong wrong' })).statusCode).toBe(
        401,
      );
      const longer = await api.browser().post('/api/session', { login, password: TEST_PASSWORD });
      expect(longer.headers['retry-after']).toBe('60');
      clock = BEGIN;
    }
  });

  it('opens again after the lock, and forgets the failures', async () => {
    await api.createAccount({ role: 'operator', login: 'forgetful' });
    const signIn = (password: string) => api.browser().post('/api/session', { login: 'forgetful', password });
    for (let n = 0; n < 5; n += 1) await signIn('wrong wrong');
    clock = new Date(BEGIN.getTime() + 30_000);
    expect((await signIn(TEST_PASSWORD)).statusCode).toBe(200);
    for (let n = 0; n < 4; n += 1) expect((await signIn('wrong wrong')).statusCode).toBe(401);
    expect((await signIn(TEST_PASSWORD)).statusCode).toBe(200);
    clock = BEGIN;
  });

  it('ends a session without activity after 30 minutes; asking for it is no activity', async () => {
    const browser = await api.signedIn('aoki');
    clock = new Date(clock.getTime() + 20 * 60_000);
    expect((await browser.get('/api/session')).json().account).not.toBeNull();
    clock = new Date(clock.getTime() + 11 * 60_000);
    expect((await browser.get('/api/session')).json().account).toBeNull();
    const other = await api.signedIn('aoki');
    clock = new Date(clock.getTime() + 20 * 60_000);
    expect((await other.post('/api/session/extend')).statusCode).toBe(200);
    clock = new Date(clock.getTime() + 20 * 60_000);
    expect((await other.get('/api/session')).json().account).not.toBeNull();
    clock = BEGIN;
  });

  it('lets nobody work with a temporary password', async () => {
    const browser = await api.signedIn('baba');
    const refused = await browser.patch('/api/session', { locale: 'ja' });
    expect(refused.json().code).toBe('passwordChangeRequired');
    const weak = await browser.post('/api/session/password', {
      current: TEST_PASSWORD,
      password: 'P@ssw0rd2026!',
    });
    expect(weak.json()).toMatchObject({ code: 'weakPassword', errors: [{ path: 'password' }] });
    const better = 'ふじさんの上のみかん三つ';
    expect(
      (await browser.post('/api/session/password', { current: TEST_PASSWORD, password: better })).statusCode,
    ).toBe(200);
    expect((await browser.patch('/api/session', { locale: 'ja' })).statusCode).toBe(200);
    await api.signedIn('baba', better);
  });

  it('refuses a change without the CSRF token', async () => {
    const browser = await api.signedIn('aoki');
    const refused = await browser.request('POST', '/api/session/extend', undefined, { 'x-csrf-token': '1' });
    expect(refused.json().code).toBe('csrf');
    const none = await api.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login: 'a', password: 'b' },
    });
    expect(none.json().code).toBe('csrf');
  });
});

describe('sign-up of families', () => {
  const person = { name: '世田谷 太郎', phone: '03-1234-5678', password: 'ひまわりの丘で会おう2026' };

  it('takes a mail address with a code of six digits, used once', async () => {
    const browser = api.browser();
    const signUp = await browser.post('/api/applicants', { ...person, email: 'Taro@example.jp' });
    expect(signUp.statusCode).toBe(202);
    expect(
      (await browser.post('/api/session', { login: 'taro@example.jp', password: person.password })).json()
        .code,
    ).toBe('unverified');
    const { code } = api.codeMails.at(-1)!;
    const wrong = code === '000000' ? '000001' : '000000';
    expect(
      (await browser.post('/api/applicants/verify', { login: 'taro@example.jp', code: wrong })).json().code,
    ).toBe('wrongCode');
    const done = await browser.post('/api/applicants/verify', { login: 'taro@example.jp', code });
    expect(done.json().account).toMatchObject({ role: 'applicant', email: 'Taro@example.jp' });
    expect(
      (await browser.post('/api/applicants/verify', { login: 'taro@example.jp', code })).statusCode,
    ).toBe(422);
  });

  it('does not tell that an address has an account', async () => {
    const browser = api.browser();
    const again = await browser.post('/api/applicants', { ...person, email: 'taro@example.jp' });
    expect(again.statusCode).toBe(202);
    expect(Object.keys(again.json()).sort()).toEqual(['expiresAt', 'login', 'status']);
    expect(again.cookies.map((c) => c.name)).toEqual(['signup']);
    expect(api.codeMails.at(-1)).toMatchObject({ type: 'alreadyRegistered' });
  });

  it('does not confirm a password that somebody else chose', async () => {
    const family = api.browser();
    await family.post('/api/applicants', { ...person, email: 'hanako@example.jp' });
    const stranger = api.browser();
    await stranger.post('/api/applicants', {
      ...person,
      password: 'わたしが選んだ別のことば',
      email: 'hanako@example.jp',
    });
    const { code } = api.codeMails.at(-1)!;
    expect(
      (await family.post('/api/applicants/verify', { login: 'hanako@example.jp', code })).json().code,
    ).toBe('wrongCode');
  });

  it('takes a login id without a mail address, and sets forgotten passwords anew by mail', async () => {
    const browser = api.browser();
    const signUp = await browser.post('/api/applicants', { ...person, loginId: 'tanabata77' });
    expect(signUp.statusCode).toBe(201);
    expect(signUp.json().session.account).toMatchObject({ login: 'tanabata77', email: null });
    expect(
      (await api.browser().post('/api/applicants', { ...person, loginId: 'TANABATA77' })).json().code,
    ).toBe('loginTaken');
    const forgot = api.browser();
    await forgot.post('/api/applicants/code', { login: 'taro@example.jp', purpose: 'reset' });
    const { code } = api.codeMails.at(-1)!;
    const password = '新しいことばをえらぶ日曜日';
    const reset = await forgot.post('/api/applicants/password', { login: 'taro@example.jp', code, password });
    expect(reset.statusCode).toBe(200);
    await api.signedIn('taro@example.jp', password);
  });

  it('says at the field what is wrong', async () => {
    const response = await api
      .browser()
      .post('/api/applicants', { ...person, phone: 'x', password: 'short', email: 'nope' });
    expect(response.statusCode).toBe(400);
    const paths = (response.json().errors as { path: string }[]).map((e) => e.path);
    expect(paths).toEqual(expect.arrayContaining(['phone', 'password', 'email']));
  });
});

describe('every route', () => {
  it('is described in OpenAPI, and no personal data stands in the clear in the database', async () => {
    const spec = (await api.app.inject('/api/openapi.json')).json<{ paths: Record<string, unknown> }>();
    expect(Object.keys(spec.paths)).toContain('/api/session');
    const rows = await api.db.selectFrom('accounts').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/aoki|青木|taro/i);
  });

  it('records sign-ins and failures', async () => {
    const rows = await api.db.selectFrom('audit').select(['action', 'actor_id']).execute();
    const actions = new Set(rows.map((row) => row.action));
    for (const action of ['signIn', 'signInFailed', 'signInLocked', 'signOut', 'sessionExpired', 'signUp']) {
      expect(actions).toContain(action);
    }
  });

  it('answers unknown addresses and readiness with a body', async () => {
    expect((await api.app.inject('/api/nothing')).json().code).toBe('notFound');
    const ready = await api.app.inject('/readyz');
    expect(ready.statusCode).toBe(503);
    expect(ready.json().parts).toMatchObject({ database: { status: 'ok' }, temporal: { status: 'away' } });
    expect((await api.app.inject('/healthz')).json()).toEqual({ status: 'ok' });
  });
});
