import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { held, NOTICES_ON } from '../../testing/application-release.ts';
import { Run, SYSTEM, WARD } from '../../testing/domain.ts';
import { replay } from '../application/evolve.ts';
import { PROCEDURES } from '../procedures/registry.ts';
import { BOPS } from '../facilities/facilities.ts';
import { canonicalJson } from './canonical.ts';
import { DEFAULT_TEMPLATES } from './default-templates.ts';
import { noticesDue } from './due.ts';
import { envelopesOf, hasAddress, inPostOrder, kanaKey, type Posted } from './envelopes.ts';
import { exampleNotice, exampleProcedure } from './example.ts';
import { NOTICE_KINDS, noticeKindOf } from './kinds.ts';
import { maskName } from './mask.ts';
import {
  noticeReference,
  normaliseCheckCode,
  normaliseReference,
  parseToken,
  tokenText,
  verifyUrl,
} from './reference.ts';
import { judgeScan, type CheckItem } from './scanning.ts';
import { fillIn, sameNumberForm, templateProblems } from './template.ts';
import { documentNumber } from './values.ts';
import { DEFAULT_FEE_TABLE } from '../enrolment/fees.ts';

const office = {
  name: '窓口',
  postalCode: '154-8504',
  address: '世田谷4-21-27',
  phone: '03-0000-0000',
  hours: '平日',
};
const window = { left: 20, top: 12, width: 90, height: 45 };
const sources = (kind: (typeof NOTICE_KINDS)[number]) => ({
  template: { value: DEFAULT_TEMPLATES[kind], version: 1 },
  office: { value: office, version: 1 },
  window,
  fees: DEFAULT_FEE_TABLE,
});

describe('which notice a decision gives', () => {
  it('is one for each procedure and outcome; an approved cancellation gives none', () => {
    const kinds = PROCEDURES.map(({ code }) => noticeKindOf(code, 'approved'));
    expect(kinds.filter((kind) => kind === undefined)).toHaveLength(1);
    expect(new Set(kinds).size).toBe(PROCEDURES.length);
    for (const { code } of PROCEDURES) expect(noticeKindOf(code, 'refused')).toBe('refused');
    expect(noticeKindOf('ninth', 'approved')).toBe('approved');
  });

  it('follows from the events: one a decision, void when it is taken back, readable when it is told', () => {
    const run = new Run().reviewed();
    expect(noticesDue(run.events)).toEqual([]);
    run.do(WARD, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' });
    const [now] = noticesDue(run.events);
    expect(now).toMatchObject({ kind: 'admissionApproved', releasedAt: run.now });
    expect(now?.voidedAt).toBeUndefined();
  });

  it('has the day of the round as its date; where the day moves, another one takes its place', () => {
    const run = held();
    const move = (noticesOn: string, at: string) => {
      const { calendar, deadlines } = run.state.settings;
      run.at(at).do(SYSTEM, { type: 'changeSettings', calendar, deadlines, noticesOn });
    };
    expect(noticesDue(run.events)).toMatchObject([{ issuedOn: NOTICES_ON }]);
    // The same day again, as a changed calendar brings it.
    move(NOTICES_ON, '2027-01-10T01:00:00.000Z');
    expect(noticesDue(run.events)).toHaveLength(1);
    move('2027-02-05', '2027-01-11T01:00:00.000Z');
    // Into the past: it is told at once, and says so.
    move('2027-01-05', '2027-01-12T01:00:00.000Z');
    run.do(SYSTEM, { type: 'release' });
    const due = noticesDue(run.events);
    expect(due.map((one) => [one.issuedOn, one.voidReason])).toEqual([
      [NOTICES_ON, 'redated'],
      ['2027-02-05', 'redated'],
      ['2027-01-12', undefined],
    ]);
    expect(new Set(due.map((one) => one.noticeId)).size).toBe(3);
    expect(due.map((one) => one.releasedAt)).toEqual([undefined, undefined, '2027-01-12T01:00:00.000Z']);
  });

  it('never gives two that stand, whatever the order of deciding, taking back and moving the day', () => {
    const step = fc.constantFrom('decide', 'revise', 'release', 'move');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const run = new Run().reviewed();
        let at = 0;
        for (const what of steps) {
          at += 1;
          const by = { kind: 'staff', id: 'ward', role: 'ward' } as const;
          const common = {
            seq: run.events.length + 1,
            at: `2027-01-12T01:${String(at).padStart(2, '0')}:00.000Z`,
            by,
          };
          const { stage } = run.state;
          if (what === 'decide' && stage === 'awaitingDecision') {
            run.events.push({ type: 'decided', outcome: 'approved', releaseOn: '2027-01-29', ...common });
          } else if (what === 'revise' && stage === 'awaitingRelease') {
            run.events.push({ type: 'decisionRevised', reason: 'text', ...common });
          } else if (what === 'move' && stage === 'awaitingRelease') {
            const { calendar, deadlines } = run.state.settings;
            const noticesOn = `2027-02-${String(at).padStart(2, '0')}`;
            run.events.push({ type: 'settingsChanged', calendar, deadlines, noticesOn, ...common });
          } else if (what === 'release' && stage === 'awaitingRelease') {
            run.events.push({ type: 'released', outcome: 'approved', ...common });
          } else continue;
          run.state = replay(run.events);
        }
        const due = noticesDue(run.events);
        expect(due.filter((notice) => notice.voidedAt === undefined).length).toBeLessThanOrEqual(1);
        expect(due).toHaveLength(
          run.events.filter(({ type }) => type === 'decided' || type === 'settingsChanged').length,
        );
        for (const one of due.filter((notice) => notice.releasedAt !== undefined)) {
          expect(one.issuedOn).toBe(run.state.decision?.releaseOn);
        }
        const told = run.state.stage === 'approved';
        expect(due.some((notice) => notice.releasedAt !== undefined && notice.voidedAt === undefined)).toBe(
          told,
        );
      }),
    );
  });
});

describe('templates', () => {
  it.each(NOTICE_KINDS)(
    '%s: the default has nothing to put right, and its example says all of it',
    (kind) => {
      expect(templateProblems(kind, DEFAULT_TEMPLATES[kind], PROCEDURES)).toEqual([]);
      const content = exampleNotice(kind, exampleProcedure(kind, PROCEDURES)!, sources(kind));
      const text = JSON.stringify([content.title, content.opening, content.rows, content.closing]);
      expect(text).not.toMatch(/[{}]answers|\{[a-zA-Z]|undefined|NaN/u);
      expect(content.rows.length).toBeGreaterThan(2);
      expect(hasAddress(content)).toBe(true);
    },
  );

  it('have numbers of their own form', () => {
    for (const a of NOTICE_KINDS) {
      for (const b of NOTICE_KINDS) {
        const same = sameNumberForm(DEFAULT_TEMPLATES[a].number, DEFAULT_TEMPLATES[b].number);
        expect(same, `${a} ${b}`).toBe(a === b);
      }
    }
    expect(sameNumberForm('{year}第{serial}号', '{eraYear} 第{serial}号')).toBe(true);
    expect(documentNumber('{eraYear}世児童入第{serial}号', '2027-03-31', 7)).toBe('8世児童入第7号');
    expect(documentNumber('{eraYear}世児童入第{serial}号', '2027-04-01', 1)).toBe('9世児童入第1号');
  });

  it('refuse what they cannot fill in, each at its place', () => {
    const wrong = {
      ...DEFAULT_TEMPLATES.refused,
      opening: ['{childName}さん', '{nickname}さん', '{childName'],
      number: '第{childName}号',
      objection: { procedures: ['nothing'], text: [] },
    };
    const problems = templateProblems('refused', wrong, PROCEDURES);
    expect(problems.map(({ path }) => path)).toEqual([
      'opening.1',
      'opening.2',
      'number',
      'number',
      'number',
      'objection.text',
      'objection.procedures.0',
    ]);
    for (const { message } of problems) expect(message).toMatch(/。$/u);
  });

  it('leave a line out that has nothing to say, and no other', () => {
    expect(fillIn('{from}から{to}まで', { from: '', to: '' })).toBeUndefined();
    expect(fillIn('{from}から{to}まで', { from: '4月', to: '' })).toBe('4月からまで');
    expect(fillIn('変わらない文', {})).toBe('変わらない文');
    // What a person wrote is never taken for a placeholder.
    expect(fillIn('{reasonText}', { reasonText: '{childName}', childName: '花子' })).toBe('{childName}');
  });

  it('print the instruction on objections only where the ward calls the decision a disposition', () => {
    const definition = exampleProcedure('refused', PROCEDURES)!;
    const base = DEFAULT_TEMPLATES.refused;
    const with_ = (procedures: readonly string[]) =>
      exampleNotice('refused', definition, {
        ...sources('refused'),
        template: { value: { ...base, objection: { ...base.objection, procedures } }, version: 1 },
      }).objection;
    expect(with_([])).toEqual([]);
    expect(with_(['withdrawal'])).toEqual([]);
    expect(with_([definition.code])).toEqual(base.objection.text);
  });
});

describe('content', () => {
  it('certifies what the register says, and not what was answered', () => {
    const certificate = PROCEDURES.find(({ code }) => code === 'certificate')!;
    const content = exampleNotice('certificate', certificate, sources('certificate'));
    const periods = content.rows.find(({ label }) => label === '在籍した期間');
    expect(periods?.value).toContain('令和9年4月1日から');
  });

  it('has one form as canonical JSON, whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
    expect(canonicalJson({ b: 1, a: [null, { d: 2, c: undefined }] })).toBe('{"a":[null,{"d":2}],"b":1}');
  });
});

describe('references', () => {
  it('come back from how people type them and how codes hold them', () => {
    const kind = fc.constantFrom(...NOTICE_KINDS);
    const serial = fc.integer({ min: 1, max: 999_999 });
    fc.assert(
      fc.property(kind, serial, (one, n) => {
        const reference = noticeReference(one, '2027-01-29', n);
        expect(normaliseReference(` ${reference.toLowerCase().replace('-', '－')} `)).toBe(reference);
        const token = { reference, keyId: '2026a', signature: 'AbCdEfGhIjKlMnOpQrSt-_' };
        expect(parseToken(tokenText(token))).toEqual(token);
        expect(parseToken(verifyUrl('https://example.jp', token))).toEqual(token);
      }),
    );
    expect(normaliseCheckCode('7k3f-9qtm')).toBe('7K3F9QTM');
    expect(normaliseCheckCode('OIl3f-9qt')).toBe('0113F9QT');
    expect(normaliseCheckCode('7K3F')).toBeUndefined();
    for (const other of ['', 'A27-000123-4', 'https://example.jp/verify#', '4901234567894']) {
      expect(parseToken(other)).toBeUndefined();
    }
  });

  it('mask names but for the first character of each part', () => {
    expect(maskName('髙橋　さくら')).toBe('髙○　さ○○');
    expect(maskName('𠮷田 葛\u{e0100}城')).toBe('𠮷○　葛\u{e0100}○');
    expect(maskName('')).toBe('');
  });
});

describe('the post', () => {
  const posted = (over: Partial<Posted>): Posted => ({
    noticeId: 'n',
    receiptNumber: 'A27-000001-0',
    bopCode: '2',
    childKana: 'アオキ　ハナ',
    to: { postalCode: '154-0017', lines: ['世田谷1-1'], name: '青木　月' },
    ...over,
  });
  const anyPosted = fc.record({
    noticeId: fc.uuid(),
    receiptNumber: fc.stringMatching(/^A27-\d{6}-\d$/u),
    bopCode: fc.constantFrom(...BOPS.map((bop) => bop.code)),
    childKana: fc.constantFrom(
      'アオキ　ハナ',
      'カトウ　ジュン',
      'ガトウ　ジュン',
      'ハシ　ナオ',
      'バシ　ナオ',
    ),
    to: fc.constantFrom(posted({}).to, { ...posted({}).to, lines: ['世田谷２－２'] }),
  });

  it('orders by 新BOP and kana, the same whatever the order they come in, and loses none', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyPosted, { selector: (one) => one.noticeId, maxLength: 30 }), (list) => {
        const one = inPostOrder(list).map(({ noticeId }) => noticeId);
        expect(inPostOrder([...list].reverse()).map(({ noticeId }) => noticeId)).toEqual(one);
        for (const together of [true, false]) {
          const envelopes = envelopesOf(list, { together });
          expect(envelopes.flatMap(({ noticeIds }) => noticeIds).sort()).toEqual([...one].sort());
          expect(envelopes.map(({ number }) => number)).toEqual(envelopes.map((_, index) => index + 1));
          const bops = envelopes.map(({ bopCode }) => bopCode);
          expect(bops.filter((code, index) => code !== bops[index - 1]).length).toBe(new Set(bops).size);
        }
      }),
    );
    const kana = ['ワダ', 'バシ', 'ハシ', 'ガトウ', 'カトウ', 'アオキ', 'キョウ', 'キヨウ'];
    expect([...kana].sort((a, b) => (kanaKey(a) < kanaKey(b) ? -1 : 1))).toEqual([
      'アオキ',
      'カトウ',
      'ガトウ',
      'キョウ',
      'キヨウ',
      'ハシ',
      'バシ',
      'ワダ',
    ]);
  });

  it('puts one household into one envelope, widths and hyphens aside, and never another', () => {
    const list = [
      posted({ noticeId: 'a' }),
      posted({ noticeId: 'b', to: { ...posted({}).to, lines: ['世田谷１－１'] } }),
      posted({ noticeId: 'c', to: { ...posted({}).to, lines: ['世田谷1-11'] } }),
      posted({ noticeId: 'd', bopCode: '3' }),
    ];
    expect(envelopesOf(list, { together: true }).map(({ noticeIds }) => noticeIds)).toEqual([
      ['a', 'b'],
      ['c'],
      ['d'],
    ]);
  });

  it('counts each sheet once, however often and in whatever order the codes are read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat({ max: 20 }), { maxLength: 60 }),
        (envelopes, reads) => {
          const items: (CheckItem & { counted: boolean })[] = envelopes.map((envelope, n) => ({
            noticeId: `n${n}`,
            reference: `R${n}`,
            envelope,
            counted: false,
            voided: false,
          }));
          let last: number | null = null;
          for (const read of reads) {
            const known = items[read];
            const scanned = judgeScan({ items, noticeOfToken: known?.noticeId, lastEnvelope: last });
            if (!known) expect(scanned.result).toBe('unknown');
            else if (known.counted) expect(scanned.result).toBe('double');
            else {
              expect(['ok', 'more']).toContain(scanned.result);
              known.counted = true;
              last = known.envelope;
              const rest = items.filter((one) => one.envelope === known.envelope && !one.counted);
              expect(scanned.still).toEqual(rest.map(({ reference }) => reference));
            }
          }
        },
      ),
    );
  });
});
