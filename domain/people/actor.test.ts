import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOPS, bopCodesOfHall, hallOfBop, HALLS } from '../facilities/facilities.ts';
import {
  mayView,
  refOf,
  STAFF_ROLES,
  visibleBops,
  type Place,
  type StaffActor,
  type StaffRole,
} from './actor.ts';

const bop = fc.constantFrom(...BOPS.map(({ code }) => code));
const hall = fc.constantFrom(...HALLS.map(({ code }) => code));
const place: fc.Arbitrary<Place | undefined> = fc.oneof(
  bop.map((code): Place => ({ kind: 'bop', code })),
  hall.map((code): Place => ({ kind: 'hall', code })),
  fc.constantFrom<Place | undefined>(
    { kind: 'ward' },
    { kind: 'bop', code: '999' },
    { kind: 'hall', code: '' },
    undefined,
  ),
);
const staff = (role: StaffRole, where?: Place): StaffActor => ({
  kind: 'staff',
  id: 'aoki',
  role,
  ...(where ? { place: where } : {}),
});
const at = (bopCode: string) => ({ bopCode, applicantId: 'guardian-1' });

describe("who sees what in 別紙1's tree (Q03)", () => {
  it('shows a 新BOP its own applications and no others', () => {
    fc.assert(
      fc.property(bop, bop, (own, other) => {
        expect(mayView(staff('bop', { kind: 'bop', code: own }), at(other))).toBe(own === other);
      }),
    );
  });

  it('shows a hall those of its 新BOPs and no others: all 25 halls, all 61 新BOPs', () => {
    for (const own of HALLS) {
      const seen = BOPS.filter(({ code }) =>
        mayView(staff('hall', { kind: 'hall', code: own.code }), at(code)),
      );
      expect(seen).toEqual(own.bops);
    }
  });

  it('shows each application to one hall and one 新BOP', () => {
    for (const { code } of BOPS) {
      const halls = HALLS.filter((one) => mayView(staff('hall', { kind: 'hall', code: one.code }), at(code)));
      expect(halls).toEqual([hallOfBop(code)]);
      const bops = BOPS.filter((one) => mayView(staff('bop', { kind: 'bop', code: one.code }), at(code)));
      expect(bops.map((one) => one.code)).toEqual([code]);
    }
  });

  it('shows contractor and ward everything, wherever they are put', () => {
    fc.assert(
      fc.property(fc.constantFrom('operator', 'leader', 'ward'), place, bop, (role, where, code) => {
        expect(mayView(staff(role, where), at(code))).toBe(true);
      }),
    );
  });

  it('shows nothing where role and place do not fit', () => {
    fc.assert(
      fc.property(fc.constantFrom<StaffRole>('hall', 'bop'), place, (role, where) => {
        fc.pre(where?.kind !== role || (where.kind !== 'ward' && where.code !== '' && where.code !== '999'));
        const actor = staff(role, where);
        const expected =
          where?.kind !== role || where.kind === 'ward'
            ? []
            : role === 'hall'
              ? bopCodesOfHall(where.code)
              : [where.code];
        expect(visibleBops(actor)).toEqual(expected);
        expect(BOPS.filter(({ code }) => mayView(actor, at(code))).map(({ code }) => code)).toEqual(expected);
      }),
    );
    for (const unknown of [
      staff('bop', { kind: 'bop', code: '999' }),
      staff('hall', { kind: 'hall', code: '99' }),
    ]) {
      expect(visibleBops(unknown)).toEqual([]);
      expect(mayView(unknown, at('999'))).toBe(false);
    }
  });

  it('shows a guardian their own only, and paper applications to no guardian', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), bop, (id, applicantId, bopCode) => {
        expect(mayView({ kind: 'applicant', id }, { bopCode, applicantId })).toBe(id === applicantId);
      }),
    );
    expect(mayView({ kind: 'applicant', id: 'null' }, { bopCode: '2', applicantId: null })).toBe(false);
  });

  it('remembers who acted, without the place', () => {
    for (const role of STAFF_ROLES) {
      expect(refOf(staff(role, { kind: 'bop', code: '2' }))).toEqual({ kind: 'staff', id: 'aoki', role });
    }
    expect(refOf({ kind: 'system' })).toEqual({ kind: 'system' });
  });
});
