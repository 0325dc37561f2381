import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOPS, HALLS } from '../facilities/facilities.ts';
import { readStaffEntry, STAFF_ENTRY_FIELDS, type StaffEntryText } from './staff-entry.ts';

const good = { login: 'aoki', name: '青木 見本', role: '従事者' };

describe('an account for a member of staff', () => {
  it('takes roles by name or code, and keeps the characters of a name', () => {
    expect(readStaffEntry(good).entry).toEqual({ login: 'aoki', name: '青木 見本', role: 'operator' });
    expect(readStaffEntry({ ...good, role: 'ward', email: 'a@example.jp' }).entry).toMatchObject({
      role: 'ward',
      email: 'a@example.jp',
    });
    expect(readStaffEntry({ ...good, name: '\uFA19田 一' }).entry?.name).toBe('\uFA19田 一');
  });

  it.each([...HALLS.map((hall) => ['hall', hall] as const), ...BOPS.map((bop) => ['bop', bop] as const)])(
    'finds a %s by name and by number: $name',
    (role, { code, name }) => {
      const short = name.replace(/児童館$|新BOP$/, '');
      for (const place of [code, name, short, `0${code}`, ` ${name} `]) {
        expect(readStaffEntry({ ...good, role, place }).entry?.place).toEqual({ kind: role, code });
      }
    },
  );

  it.each([
    [{ ...good, login: 'あ' }, ['login']],
    [{ ...good, login: 'ab' }, ['login']],
    [{ ...good, name: ' ' }, ['name']],
    [{ ...good, role: '係長' }, ['role']],
    [{ ...good, role: '児童館' }, ['place']],
    [{ ...good, role: '児童館', place: '三宿小新BOP' }, ['place']],
    [{ ...good, role: '新BOP', place: '999' }, ['place']],
    [{ ...good, role: 'リーダー', place: '池尻児童館' }, ['place']],
    [{ ...good, email: 'aoki' }, ['email']],
    [{}, ['login', 'name', 'role']],
  ])('%j is refused at %j', (text, fields) => {
    expect(readStaffEntry(text).problems?.map(({ field }) => field)).toEqual(fields);
  });

  it('never makes an account that sees nothing, or one of the office that is bound to a place', () => {
    const text = fc.record(
      Object.fromEntries(
        Object.keys(STAFF_ENTRY_FIELDS).map((field) => [
          field,
          fc.oneof(
            fc.string(),
            fc.constantFrom('aoki', '従事者', 'hall', 'bop', '01', '2', '三宿小', 'ward'),
          ),
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(text, (one: StaffEntryText) => {
        const { entry, problems } = readStaffEntry(one);
        if (!entry) return problems.length > 0;
        const bound = entry.role === 'hall' || entry.role === 'bop';
        return bound ? entry.place?.kind === entry.role : entry.place === undefined;
      }),
    );
  });
});
