import { describe, expect, it } from 'vitest';
import { approve, held } from '../../testing/application-release.ts';
import { contact, GUARDIAN, LEADER, Run, SYSTEM, WARD } from '../../testing/domain.ts';
import { DEFAULT_FEE_TABLE } from '../enrolment/fees.ts';
import { foldEnrolment } from '../enrolment/fold.ts';
import type { Answers } from '../procedures/definition.ts';
import { exampleOf } from '../procedures/examples/index.ts';
import { PROCEDURES, procedureOf } from '../procedures/registry.ts';
import { deliveryOf, makeNotice } from './content.ts';
import { DEFAULT_TEMPLATES } from './default-templates.ts';
import { noticesDue } from './due.ts';
import { enrolledValues } from './enrolled.ts';
import { envelopesOf, hasAddress, inPostOrder, type Posted } from './envelopes.ts';
import type { NoticeKind } from './kinds.ts';
import { eraYearNumber, officialFiscalYear } from './official-dates.ts';
import { normaliseCheckCode, noticeReference, parseToken } from './reference.ts';
import { judgeScan, type CheckItem } from './scanning.ts';
import { templateProblems } from './template.ts';
import { noticeValues, type DecidedState } from './values.ts';

const FEES = DEFAULT_FEE_TABLE;
/** April and May at 三宿, from June at 駒繫, with extended use by the day in July. */
const ENROLMENT = foldEnrolment(
  2027,
  (
    [
      { kind: 'admit', bop: '2', from: '2027-04-01' },
      { kind: 'moveSchool', bop: '18', from: '2027-06-01' },
      { kind: 'extend', mode: 'daily', from: '2027-07', to: '2027-07' },
    ] as const
  ).map((effect, index) => ({
    applicationId: `application-${index}`,
    receiptNumber: `A27-00000${index}-0`,
    decidedAt: `2027-01-1${index}T03:00:00.000Z`,
    effect,
  })),
);

function stateOf(
  procedure: string,
  decision: Partial<NonNullable<DecidedState['decision']>> = {},
): DecidedState {
  return {
    applicationId: 'application-1',
    receiptNumber: 'A27-000001-6',
    procedure,
    fiscalYear: 2027,
    round: 'anytime',
    bopCode: '2',
    receivedAt: '2027-05-02T01:00:00.000Z',
    dataVersion: 1,
    seq: 5,
    decision: { outcome: 'approved', decidedBy: 'ward', decidedAt: '2027-05-12T01:00:00.000Z', ...decision },
  };
}
/** What the placeholders stand for. */
function values(
  procedure: string,
  given: {
    example?: string;
    change?: Answers;
    decision?: Partial<NonNullable<DecidedState['decision']>>;
  } = {},
) {
  return noticeValues({
    definition: procedureOf(procedure)!,
    state: stateOf(procedure, given.decision),
    answers: { ...exampleOf(procedure, given.example).answers, ...given.change },
    issuedOn: '2027-05-12',
    textOf: (ref) => (ref === 'text-1' ? '就労の時間が足りないため' : undefined),
    office: { name: '窓口', phone: '03-0000-0000' },
    fees: FEES,
  });
}

describe('when a notice stands', () => {
  it('a family that cancels before the day of the round voids it', () => {
    const run = held(approve).do(GUARDIAN, { type: 'cancel' });
    expect(noticesDue(run.events)).toMatchObject([{ voidedAt: run.now, voidReason: 'revised' }]);
    expect(noticesDue(run.events)[0]).not.toHaveProperty('releasedAt');
  });

  it('it can be read from the moment it was told, whatever is noted later', () => {
    const run = new Run().reviewed().do(WARD, approve);
    const at = run.now;
    run.at('2027-02-01T00:00:00.000Z').do(LEADER, { type: 'recordContact', contact: contact() });
    run.do(SYSTEM, { type: 'reportMailFailure', mailId: 'mail-1', template: 'decided' });
    expect(noticesDue(run.events)).toMatchObject([{ releasedAt: at }]);
  });
});

describe('what it says', () => {
  it('of extended use: the months that were decided, also where it moved up from the waiting list', () => {
    expect(values('extendedUse')).toMatchObject({ from: '令和9年4月', to: '令和10年3月', useMode: '月ごと' });
    expect(values('extendedUse', { decision: { effectiveFrom: '2027-09-01' } })).toMatchObject({
      from: '令和9年9月',
      to: '令和10年3月',
    });
  });

  it('of extended use: what it costs in its mode; nothing of the kind elsewhere', () => {
    expect(values('extendedUse')['extendedFee']).toBe('月額 1,000円');
    expect(values('extendedUse', { example: '日ぎめ' })['extendedFee']).toBe('1日 200円（月額 1,000円まで）');
    expect(values('withdrawal')['extendedFee']).toBe('');
  });

  it('of an admission: the first day that was decided, not the one asked for', () => {
    const decided = values('admission', { decision: { effectiveFrom: '2027-05-20' } });
    expect(decided).toMatchObject({ from: '令和9年5月20日', to: '令和10年3月31日' });
    expect(values('admission')).toMatchObject({ from: '令和9年4月1日' });
  });

  it('of a withdrawal that is taken back: that the child stays', () => {
    expect(values('withdrawalDateChange', { example: '退会をやめる' })['lastDay']).toContain(
      '利用を続けます',
    );
    expect(values('withdrawalDateChange', { example: '遅くする' })['lastDay']).toBe('令和9年12月28日');
  });

  it('of a refusal: the reason in words; an approval has none', () => {
    const reason = { reasonCode: 'other', reason: 'text-1' };
    expect(values('admission', { decision: { outcome: 'refused', ...reason } })['reasonText']).toBe(
      '就労の時間が足りないため',
    );
    expect(values('admission', { decision: reason })['reasonText']).toBe('');
  });

  it('nothing of an answer that is no longer asked for', () => {
    const change = { withdrawal_reason: 'home', forwarding_address: '東京都調布市見本町0-0-0' };
    expect(values('withdrawal')['answers.forwarding_address']).toContain('調布市');
    expect(values('withdrawal', { change })['answers.forwarding_address']).toBe('');
  });

  it('the fiscal year by the era of its May', () => {
    expect([officialFiscalYear(2018), officialFiscalYear(2019)]).toEqual(['平成30年度', '令和元年度']);
    expect(eraYearNumber(2019)).toBe('元');
  });
});

describe('a certificate', () => {
  const span = { certificate_from: '2027-05', certificate_to: '2027-07' };

  it('of months certifies those months, at each 新BOP of them', () => {
    const of = (answers: Answers) =>
      enrolledValues({ enrolment: ENROLMENT, fees: FEES }, answers).enrolledPeriods;
    expect(of({ certificate_kind: 'period', ...span }).split('\n')).toHaveLength(2);
    expect(
      of({ certificate_kind: 'period', certificate_from: '2027-04', certificate_to: '2027-05' }),
    ).toMatch(/^[^\n]*三宿小新BOP$/u);
    expect(
      of({ certificate_kind: 'period', certificate_from: '2027-06', certificate_to: '2027-06' }),
    ).toMatch(/^[^\n]*駒繫小新BOP$/u);
    // The whole year, whatever months a former answer named.
    expect(
      of({ certificate_kind: 'enrolment', certificate_from: '2027-06', certificate_to: '2027-06' }),
    ).toMatch(/三宿小新BOP\n.*駒繫小新BOP/u);
  });

  it('of fees lists each month and the sum, from and to where days of use are not known', () => {
    const facts = enrolledValues({ enrolment: ENROLMENT, fees: FEES }, { certificate_kind: 'fees', ...span });
    expect(facts.monthlyFees.split('\n')).toEqual([
      '令和9年5月　5,000円',
      '令和9年6月　5,000円',
      '令和9年7月　5,000円から6,000円まで（利用日数による）',
    ]);
    expect(facts.feesTotal).toBe('15,000円から16,000円まで（利用日数による）');
    const others = enrolledValues(
      { enrolment: ENROLMENT, fees: FEES },
      { certificate_kind: 'period', ...span },
    );
    expect(others).toMatchObject({ monthlyFees: '', feesTotal: '' });
    expect(enrolledValues(undefined, { certificate_kind: 'fees', ...span }).enrolledPeriods).toBe('');
  });

  const notice = (kind: NoticeKind, procedure: string, change: Answers) =>
    makeNotice({
      noticeId: 'notice-1',
      kind,
      serial: 1,
      definition: procedureOf(procedure)!,
      state: stateOf(procedure),
      answers: { ...exampleOf(procedure).answers, ...change },
      template: { value: DEFAULT_TEMPLATES[kind], version: 1 },
      office: { value: { name: '', postalCode: '', address: '', phone: '', hours: '' }, version: 1 },
      window: { left: 20, top: 12, width: 90, height: 45 },
      fees: FEES,
      textOf: () => undefined,
    });

  it.each([
    [3, 3],
    [2.7, 2],
    [0, 1],
    [-4, 1],
    [99, 10],
  ])('asked for %d times is printed %d times; any other notice once', (asked, printed) => {
    expect(notice('certificate', 'certificate', { certificate_copies: asked }).copies).toBe(printed);
    expect(notice('withdrawalConfirmed', 'withdrawal', { certificate_copies: asked }).copies).toBe(1);
  });

  it('is delivered as the family chose; any other notice as the ward’s template says', () => {
    const template = {
      ...DEFAULT_TEMPLATES.certificate,
      delivery: { online: 'post', paper: 'portal' },
    } as const;
    const chosen = (value: unknown) => ({ certificate_delivery: value }) as Answers;
    for (const way of ['post', 'portal', 'counter'] as const)
      expect(deliveryOf('certificate', template, 'online', chosen(way))).toBe(way);
    expect(deliveryOf('certificate', template, 'online', chosen('pigeon'))).toBe('post');
    expect(deliveryOf('refused', template, 'online', chosen('counter'))).toBe('post');
    expect(deliveryOf('refused', template, 'paper', chosen('counter'))).toBe('portal');
  });
});

describe('numbers and codes', () => {
  it('end where six digits end', () => {
    expect(noticeReference('refused', '2027-05-12', 999_999)).toBe('N27R-999999');
    for (const serial of [0, -1, 1.5, 1_000_000])
      expect(() => noticeReference('refused', '2027-05-12', serial)).toThrow(RangeError);
  });

  it('are read as they are typed, and a shortened signature is none', () => {
    expect(normaliseCheckCode('7u3f9qtm')).toBe('7V3F9QTM');
    const token = (length: number) => `N27A-000001.2026a.${'A'.repeat(length)}`;
    expect(parseToken(token(22))).toBeDefined();
    for (const length of [20, 21, 23]) expect(parseToken(token(length))).toBeUndefined();
  });

  it('have the serial in them once', () => {
    const twice = { ...DEFAULT_TEMPLATES.refused, number: '{eraYear}第{serial}号の{serial}' };
    expect(templateProblems('refused', twice, PROCEDURES).map(({ path }) => path)).toEqual(['number']);
  });
});

describe('the post', () => {
  const posted = (over: Partial<Posted>): Posted => ({
    noticeId: 'n',
    receiptNumber: 'A27-000001-6',
    bopCode: '2',
    childKana: 'アオキ　ハナ',
    to: { postalCode: '154-0017', lines: ['世田谷1-1'], name: '青木　月' },
    ...over,
  });

  it('orders two of one name by their receipt numbers', () => {
    const list = [
      posted({ noticeId: 'a', receiptNumber: 'A27-000002-3' }),
      posted({ noticeId: 'b', receiptNumber: 'A27-000001-6' }),
    ];
    expect(inPostOrder(list).map(({ noticeId }) => noticeId)).toEqual(['b', 'a']);
  });

  it('never shares an envelope between two postal codes, and needs code, address and name', () => {
    const { to } = posted({});
    const list = [
      posted({ noticeId: 'a' }),
      posted({ noticeId: 'b', to: { ...to, postalCode: '154-0018' } }),
    ];
    expect(envelopesOf(list, { together: true })).toHaveLength(2);
    expect(hasAddress({ to })).toBe(true);
    for (const wrong of [{ postalCode: '1540017' }, { lines: [] }, { name: '' }])
      expect(hasAddress({ to: { ...to, ...wrong } })).toBe(false);
  });
});

describe('a sheet that is read', () => {
  const sheet = (n: number, envelope: number, over: Partial<CheckItem> = {}): CheckItem => ({
    noticeId: `n${n}`,
    reference: `R${n}`,
    envelope,
    counted: false,
    voided: false,
    ...over,
  });

  it('must not be posted where its decision was taken back, and is not waited for', () => {
    const items = [sheet(1, 1), sheet(2, 1, { voided: true })];
    const judge = (noticeOfToken: string) => judgeScan({ items, noticeOfToken, lastEnvelope: null });
    expect(judge('n2')).toMatchObject({ result: 'voided', envelope: 1, still: [] });
    expect(judge('n1')).toMatchObject({ result: 'ok', still: [] });
  });

  it('of another run is told from one that is no notice', () => {
    const scan = { items: [sheet(1, 1)], lastEnvelope: null };
    expect(judgeScan({ ...scan, noticeOfToken: 'n9' })).toMatchObject({ result: 'foreign', noticeId: 'n9' });
    expect(judgeScan({ ...scan, noticeOfToken: undefined })).toMatchObject({
      result: 'unknown',
      noticeId: null,
    });
  });

  it('of the next envelope tells what the one before still lacks', () => {
    const items = [sheet(1, 1, { counted: true }), sheet(2, 1), sheet(3, 2)];
    expect(judgeScan({ items, noticeOfToken: 'n3', lastEnvelope: 1 }).left).toEqual({
      envelope: 1,
      references: ['R2'],
    });
    expect(judgeScan({ items, noticeOfToken: 'n2', lastEnvelope: 1 }).left).toBeNull();
    const whole = [sheet(1, 1, { counted: true }), sheet(3, 2)];
    expect(judgeScan({ items: whole, noticeOfToken: 'n3', lastEnvelope: 1 }).left).toBeNull();
  });
});
