import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';

let api: TestApi;
let url: string;
let now = new Date('2026-11-10T01:00:00.000Z');
let people = 0;

beforeAll(async () => {
  api = await startTestApi(() => ({
    ...partsAway,
    now: () => now,
    limits: { requestsPerMinute: 1_000_000, sensitivePerMinute: 1_000_000, sessionCheckMs: 50 },
  }));
  url = await api.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => api.close());

interface Person {
  id: string;
  browser: TestBrowser;
}

async function person(role: 'operator' | 'applicant' | 'bop' = 'operator'): Promise<Person> {
  const login = `person${String((people += 1))}@example.test`;
  const id = await api.createAccount({
    role,
    login,
    ...(role === 'bop' ? { place: { kind: 'bop' as const, code: '2' } } : {}),
  });
  return { id, browser: await api.signedIn(login) };
}

/** Opens the line as a page does. `ended` resolves with everything that came once the server has closed it. */
async function listen({ browser }: Person): Promise<{ ended: Promise<string>; isOpen: () => boolean }> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(`${url}/api/live`, { headers: { cookie } });
  expect(response.status).toBe(200);
  let open = true;
  const ended = response.text().then((text) => {
    open = false;
    return text;
  });
  return { ended, isOpen: () => open };
}

/** A round of looking after the sessions has passed: the line of somebody whose account is closed has been ended by one. */
async function sessionsLookedAt(): Promise<void> {
  const one = await person();
  const line = await listen(one);
  await api.db.updateTable('accounts').set({ status: 'disabled' }).where('id', '=', one.id).execute();
  await line.ended;
}

describe('the line of live news', () => {
  it('stays open while one is signed in, and closes when one signs out in another window', async () => {
    const [gone, stays] = [await person(), await person()];
    const [line, other] = [await listen(gone), await listen(stays)];
    await sessionsLookedAt();
    expect(line.isOpen()).toBe(true);
    await gone.browser.delete('/api/session');
    expect(await line.ended).toContain('event: signedOut');
    expect(other.isOpen()).toBe(true);
    await stays.browser.delete('/api/session');
    await other.ended;
  });

  it('closes when the account is closed', async () => {
    const one = await person();
    const line = await listen(one);
    await api.db.updateTable('accounts').set({ status: 'disabled' }).where('id', '=', one.id).execute();
    expect(await line.ended).toContain('event: signedOut');
  });

  it('closes when the person gets another role or place, and so opens anew with the new rights', async () => {
    for (const [role, change] of [
      ['operator', { role: 'hall' as const }],
      ['bop', { place_code: '3' }],
    ] as const) {
      const one = await person(role);
      const line = await listen(one);
      await api.db.updateTable('accounts').set(change).where('id', '=', one.id).execute();
      expect(await line.ended, role).toContain('event: signedOut');
    }
  });

  it('closes when nobody has done anything for too long; the line itself keeps no session alive', async () => {
    const [staff, family] = [await person(), await person('applicant')];
    const [line, longer] = [await listen(staff), await listen(family)];
    now = new Date(now.getTime() + 31 * 60_000);
    expect(await line.ended).toContain('event: signedOut');
    expect(longer.isOpen()).toBe(true);
    now = new Date(now.getTime() + 30 * 60_000);
    expect(await longer.ended).toContain('event: signedOut');
  });
});
