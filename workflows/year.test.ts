import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { yearChange } from '../api/services/year-change.ts';
import type * as registryModule from '../domain/procedures/registry.ts';
import { monthsOfYear } from '../domain/enrolment/months.ts';
import { milestonesOfRound } from '../store/rounds.ts';
import { noticesOf } from '../store/notices.ts';
import { WARD } from '../testing/enrolment-system.ts';
import { expectEachToldOnce, noticeOf } from '../testing/year/checks.ts';
import { monthInKintone, monthInLists, monthInWord, NONE, parseTable } from '../testing/year/fees.ts';
import { testKeyring } from '../testing/store.ts';
import { Town, type TownApplication, type TownChild } from '../testing/year/town.ts';

// A change of school (転校届) is no procedure of the contract's eight: the ninth of docs/procedures.md stands in for it.
vi.mock('../domain/procedures/registry.ts', async (original) => {
  const module = await original<typeof registryModule>();
  const { SCHOOL_CHANGE } = await import('../testing/examples/school-change.ts');
  const registry = module.registryOf([...module.PROCEDURES, SCHOOL_CHANGE]);
  return { ...module, PROCEDURES: registry.all, procedureOf: (code: string) => registry.of(code) };
});

const child = (
  name: string,
  kana: string,
  family: readonly [string, string],
  grade = 1,
  bop = '2',
): TownChild => ({ name, kana, family, grade, bop });

const SUZUKI = ['鈴木', 'スズキ'] as const;
const CHILDREN: readonly TownChild[] = [
  child('葵', 'アオイ', SUZUKI),
  child('蓮', 'レン', SUZUKI, 3),
  child('陽', 'ハル', ['髙橋', 'タカハシ'], 2),
  child('凛', 'リン', ['山﨑', 'ヤマザキ']),
  child('湊', 'ミナト', ['𠮷田', 'ヨシダ']),
  child('結', 'ユイ', ['駒繫', 'コマツナギ']),
  child('樹', 'イツキ', ['渡邉', 'ワタナベ'], 2),
  child('澪', 'ミオ', ['齋藤', 'サイトウ']),
  child('朔', 'サク', ['例田', 'レイタ']),
  child('律', 'リツ', ['試山', 'タメシヤマ'], 2),
  child('碧', 'アオ', ['仮谷', 'カリヤ']),
  child('楓', 'カエデ', ['架空', 'カクウ']),
  child('杏', 'アン', ['練沢', 'ネリサワ'], 3),
];

/**
 * By hand: what each month costs, as it is known on its first day; after an arrow, as it is known at the end of the year. In
 * brackets: not yet a member on that day. 5,000 yen, extended use (延) 1,000, by the day (日) up to 1,000; 減: reduced; @18: there.
 */
const FEES = `
          04     05     06          07          08          09          10          11     12     01     02     03
    葵   6000延 6000延 6000延      6000延      6000延      5000        5000        5000   5000   5000   5000   5000
    蓮   5000   5000   0減         0減         0減         0減         0減         0減    0減    0減    0減    0減
    陽   5000   5000   5000〜6000日 5000〜6000日 5000〜6000日 5000〜6000日 5000     －     －     －     －     －
    凛   5000   5000   5000        5000        5000        5000        5000        5000   5000   －     －     －
    湊   5000   5000   5000        5000        5000        5000        5000        5000   5000   5000   5000   5000
    結   0延減  0延減  0延減       0延減       0延減       0延減       0延減       0延減  0延減  0延減  0延減  0延減
    樹   5000   5000   5000        5000→0減    0減         0減         0減         0減    0減    0減    0減    0減
    澪   5000   5000   5000        5000        0減         5000@18     5000@18     5000@18 5000@18 5000@18 5000@18 5000@18
    朔   －     －     －          －          －          －          －          －     －     －     －     －
    律   6000延 6000延 6000延      6000延      6000延      6000延@18   6000延@18   6000延@18 6000延@18 6000延@18 6000延@18 6000延@18
    碧   －     (5000) 5000        5000        5000        5000        5000        5000   5000   5000   5000   5000
    楓   －     －     －          －          －          －          －          －     －     －     －     －
    杏   5000   5000   5000        5000        5000        6000延      6000延      6000延 6000延 6000延 6000延 6000延
`;

let town: Town;

beforeAll(async () => {
  town = await Town.found('2026-11-02', CHILDREN);
});
afterAll(() => town.system.close());

const all = (...work: readonly Promise<unknown>[]) => Promise.all(work);
/** The first day of a month of the story: every child's month is what the table says, in the register, its lists and kintone. */
async function expectFees(months: readonly string[], known: 'onTheFirst' | 'atTheEnd'): Promise<void> {
  const table = parseTable(FEES);
  for (const { name, bop } of town.children) {
    const stored = await town.enrolment(name);
    const enrolment = stored && town.told(stored.enrolment);
    const record = stored && town.told(town.system.records.get(stored.id)?.record);
    for (const month of months) {
      const [first = '', last = first] = (table.get(name)?.get(month.slice(5)) ?? '').split('→');
      const expected = known === 'onTheFirst' ? first : last;
      const what = `${name} ${month}`;
      expect(`${what} ${monthInWord(enrolment, month, bop)}`).toBe(`${what} ${expected}`);
      const plain = expected.replace(/[()]/gu, '');
      expect(`${what} ${monthInKintone(record, month, bop)}`).toBe(`${what} ${plain}`);
      const listed = await monthInLists(town.system.store.db, stored?.id, town.real(month));
      if (plain === NONE) expect(listed, what).toBeUndefined();
      else
        expect(listed, what).toMatchObject({
          extended: plain.includes('延') ? 'monthly' : plain.includes('日') ? 'daily' : null,
          reduced: plain.includes('減'),
        });
    }
  }
}
/** To the first of a month, with what the table says on it. */
async function month(first: string): Promise<void> {
  await town.until(first, '00:30');
  await expectFees([first.slice(0, 7)], 'onTheFirst');
}
const templates = (app: TownApplication) => town.system.templatesOf(app.id);

describe('a fiscal year of made-up families', () => {
  const form = (procedure: string, name: string, answers = {}, example?: string) => ({
    procedure,
    child: name,
    answers,
    ...(example === undefined ? {} : { example }),
  });
  /** Filed in the April round. */
  const first = new Map<string, TownApplication>();
  const filed = (name: string, procedure = 'admission') => first.get(`${name} ${procedure}`)!;
  const keep = (apps: readonly TownApplication[]) => {
    for (const app of apps) first.set(`${app.child} ${app.procedure}`, app);
  };

  it('April round: filed, looked at, decided together, and told on its day', async () => {
    await town.beginRound('first', 2027);
    await town.until('2026-11-05');
    // Brothers and sisters, and what goes with the admission, in one go; each has its own number.
    const together = [
      [form('admission', '葵'), form('admission', '蓮'), form('extendedUse', '葵')],
      [form('admission', '結'), form('extendedUse', '結'), form('feeReduction', '結')],
      [form('admission', '律'), form('extendedUse', '律')],
      [form('admission', '朔'), form('extendedUse', '朔')],
      [form('admission', '杏'), form('extendedUse', '杏')],
      ...['陽', '凛', '湊', '樹', '澪', '碧', '楓'].map((name) => [form('admission', name)]),
    ];
    for (const forms of together) keep(await town.fileTogether(forms));
    const apps = [...first.values()];
    expect(new Set(apps.map(({ receiptNumber }) => receiptNumber)).size).toBe(19);

    // 凛: something is missing; reminded, and put right a day before the deadline.
    const rin = filed('凛');
    await town.review(rin, { criterionId: 'contact', field: 'guardian1_phone' });
    await all(...apps.filter((app) => app !== rin).map((app) => town.review(app)));
    const { deadline } = (await rin.state()).request!;
    await town.until(town.told(deadline), '09:30');
    expect(templates(rin)).toEqual(['received', 'deficiencyRequested', 'reminder', 'reminder']);
    await town.answer(rin, { guardian1_phone: '09000000003' });
    await town.review(rin);

    // 朔: the family cancels the admission; what waited for it is cancelled as well.
    const ofSaku = [filed('朔'), filed('朔', 'extendedUse')] as const;
    await town.settle(form('cancellation', '朔', {}, '入会'));
    expect(await town.gone(ofSaku[0])).toBe('cancelled');
    await town.stands(ofSaku[1], ({ waitsFor }) => waitsFor?.outcome === 'cancelled');
    await town.settle(form('cancellation', '朔', {}, '延長'));
    expect(await town.gone(ofSaku[1])).toBe('cancelled');

    await town.until('2027-01-12');
    const admissions = apps.filter(
      ({ procedure, child: name }) => procedure === 'admission' && name !== '朔',
    );
    await town.refuse(filed('碧'));
    await town.approveTogether(
      admissions.filter((app) => app !== filed('碧')),
      '2027-04-01',
    );
    const depending = ['葵', '結', '律', '杏'].map((name) => filed(name, 'extendedUse'));
    for (const app of [...depending, filed('結', 'feeReduction')])
      await town.stands(app, ({ waitsFor }) => waitsFor?.outcome === 'approved');
    await all(
      ...depending.slice(0, 3).map((app) => town.approve(app)),
      town.approve(filed('結', 'feeReduction')),
      // No place is left for the third-grader.
      filed('杏', 'extendedUse').act(WARD, { type: 'waitlist', rank: 1 }),
    );

    await town.until('2027-01-31', '08:59');
    const held = apps.filter((app) => ![...ofSaku, filed('杏', 'extendedUse')].includes(app));
    for (const app of held) {
      const { stage, decision } = await app.state();
      expect([stage, town.told(decision?.releaseOn)]).toEqual(['awaitingRelease', '2027-01-31']);
      expect(templates(app)).not.toContain('decided');
      const [notice] = await noticesOf(town.system.store.db, app.id);
      expect(notice).toMatchObject({ releasedAt: null, voidedAt: null });
    }
    expect(templates(filed('杏', 'extendedUse'))).toEqual(['received']);
    for (const { name } of town.children) expect(await town.enrolment(name)).toBeUndefined();

    await town.until('2027-01-31', '09:30');
    const stages = await Promise.all(
      held.map(async (app) => [app.child, app.procedure, await town.gone(app)]),
    );
    expect(stages.filter(([, , stage]) => stage !== 'approved')).toEqual([['碧', 'admission', 'refused']]);
    expect(templates(filed('杏', 'extendedUse'))).toEqual(['received', 'waitlisted']);
    const { db } = town.system.store;
    await expect
      .poll(async () =>
        (await milestonesOfRound(db, { fiscalYear: 2027 + town.later, round: 'first' })).map(
          ({ procedure, kind }) => `${procedure} ${kind}`,
        ),
      )
      .toEqual(
        ['opened', 'closed', 'released'].flatMap((kind) => [`admission ${kind}`, `extendedUse ${kind}`]),
      );
  });

  it('April to March: every procedure, and each month costs what the table says', async () => {
    await town.until('2027-02-20');
    // 碧: refused in the round, applies again all year round. 楓: changes its mind before the first day.
    await all(
      town.settle(form('admission', '碧', { start_date: '2027-05-15' }), '2027-05-15'),
      town.settle(form('withdrawal', '楓', {}, '利用開始前')),
    );

    await month('2027-04-01');
    await town.until('2027-04-12');
    const wrong = await town.file(form('feeReduction', '陽', {}, '住民税非課税'));
    await town.settle(form('cancellation', '陽', {}, '減免'));
    expect(await town.gone(wrong)).toBe('cancelled');

    await month('2027-05-01');
    await town.until('2027-05-20');
    await all(
      town.settle(form('extendedUse', '陽', {}, '日ぎめ')),
      town.settle(form('feeReduction', '蓮', {}, '就学援助')),
    );

    await month('2027-06-01');
    await town.until('2027-06-15');
    const notAbsent = await town.file(form('feeReduction', '湊', {}, '長期欠席'));
    await town.settle(form('cancellation', '湊', {}, '長期欠席'));
    expect(await town.gone(notAbsent)).toBe('cancelled');

    await month('2027-07-01');
    await town.until('2027-07-10');
    await all(
      // For July too, which has begun.
      town.settle(form('feeReduction', '樹', {}, '住民税非課税')),
      town.settle(form('feeReduction', '澪', {}, '長期欠席')),
      town.settle(form('withdrawal', '律', { withdrawal_date: '2027-08-31' })),
    );

    await month('2027-08-01');
    await town.until('2027-08-10');
    const there = { bop: '18', school_name: '駒繫小学校' };
    await all(
      town.settle(form('declineExtendedUse', '葵')),
      town.settle(
        form('schoolChange', '澪', {
          move_date: '2027-09-01',
          new_school_name: '駒繫小学校',
          new_bop: '18',
          move_reason: 'moving',
        }),
        '2027-09-01',
      ),
      // 律 moves as well, by leaving there and applying here.
      town.settle(form('admission', '律', { ...there, start_date: '2027-09-01' }), '2027-09-01'),
    );
    // 葵's place goes to 杏, who waited.
    await all(
      town.settle(form('extendedUse', '律', { ...there, extended_from: '2027-09' })),
      town
        .approve(filed('杏', 'extendedUse'), '2027-09-01')
        .then(() => town.gone(filed('杏', 'extendedUse'))),
    );

    // Its notice says what was decided, not what was asked for in November.
    const [began, ends] = [2027 + town.later - 2018, 2028 + town.later - 2018];
    expect(await noticeOf(town, filed('杏', 'extendedUse'))).toMatchObject({
      利用期間: `令和${began}年9月から令和${ends}年3月まで`,
    });

    await month('2027-09-01');
    await town.until('2027-09-06');
    const leaving = await town.file(form('withdrawal', '陽', { withdrawal_date: '2027-10-30' }));
    await town.review(leaving, { criterionId: 'withdrawal_date', field: 'withdrawal_date' });
    await town.until('2027-09-08');
    await town.answer(leaving, { withdrawal_date: '2027-10-29' });
    await town.review(leaving);
    await town.approve(leaving);
    await all(
      town.gone(leaving),
      town.settle(form('withdrawal', '凛')),
      town.settle(form('withdrawal', '湊')),
    );
    for (const name of ['陽', '凛', '湊'])
      expect(town.told((await town.enrolment(name))?.enrolment.withdrawal?.lastDay)).toBe('2027-10-29');

    await month('2027-10-01');
    await town.until('2027-10-05');
    await all(
      town.settle(form('withdrawalDateChange', '陽', {}, '早くする')),
      town.settle(form('withdrawalDateChange', '凛', {}, '遅くする')),
      town.settle(form('withdrawalDateChange', '湊', {}, '退会をやめる')),
    );
    const lastDays = ['陽', '凛', '湊'].map(
      async (name) => town.told((await town.enrolment(name))?.enrolment.withdrawal)?.lastDay,
    );
    expect(await Promise.all(lastDays)).toEqual(['2027-10-15', '2027-12-28', undefined]);
    const [membership, fees] = await Promise.all([
      town.settle(form('certificate', '葵')),
      town.settle(
        form('certificate', '蓮', { certificate_from: '2027-04', certificate_to: '2027-09' }, '利用料証明書'),
      ),
    ]);
    const year = 2027 + town.later - 2018;
    expect(await noticeOf(town, membership)).toMatchObject({
      在籍した期間: `令和${year}年4月1日から令和${year + 1}年3月31日まで　三宿小新BOP`,
    });
    expect(await noticeOf(town, fees)).toMatchObject({ 利用料の合計: '10,000円' });

    await month('2027-11-01');
    // The next April round opens: 葵 and 蓮 apply again, with what 蓮 has.
    await town.until('2027-11-05');
    await town.beginRound('first', 2028);
    const next = (procedure: string, name: string, answers = {}, example?: string) => ({
      ...form(procedure, name, answers, example),
      fiscalYear: 2028,
    });
    const again = await town.fileTogether([
      next('admission', '葵', { start_date: '2028-04-01' }),
      next('admission', '蓮', { start_date: '2028-04-01' }),
      next('feeReduction', '蓮', { reduction_from: '2028-04', reduction_to: '2029-03' }, '就学援助'),
    ]);
    await all(...again.map((app) => town.review(app)));

    await month('2027-12-01');
    await month('2028-01-01');
    await town.until('2028-01-12');
    await all(town.approve(again[0]!, '2028-04-01'), town.approve(again[1]!, '2028-04-01'));
    await town.stands(again[2]!, ({ waitsFor }) => waitsFor?.outcome === 'approved');
    await town.approve(again[2]!);

    await month('2028-02-01');
    expect(await Promise.all(again.map((app) => town.gone(app)))).toEqual([
      'approved',
      'approved',
      'approved',
    ]);
    await month('2028-03-01');
    await town.until('2028-03-31');
    await expectFees(monthsOfYear(2027), 'atTheEnd');
  }, 180_000);

  it('year change: who goes on has applied again, nothing of the old year does', async () => {
    const { db } = town.system.store;
    const { rows, counts } = await yearChange(
      { db, keyring: testKeyring, now: () => new Date() },
      WARD as Parameters<typeof yearChange>[1],
      { fiscalYear: 2027 + town.later, show: 'all', page: 1, pageSize: 100 },
    );
    expect(counts).toEqual({ all: 11, continues: 0, applyAgain: 9, notYet: 8 - 1, leaves: 2 });
    const of = (name: string) =>
      rows
        .find((row) => row.childName.endsWith(name))
        ?.applyAgain.map(({ procedure, application }) => [procedure, application?.stage ?? null]);
    expect(of('葵')).toEqual([['admission', 'approved']]);
    expect(of('蓮')).toEqual([
      ['admission', 'approved'],
      ['feeReduction', 'approved'],
    ]);
    expect(of('結')).toEqual([
      ['admission', null],
      ['extendedUse', null],
      ['feeReduction', null],
    ]);
    expect(of('凛')).toEqual([]);

    await town.until('2028-04-01', '00:30');
    const begun = await Promise.all(
      town.children.map(async ({ name, bop }) => {
        const stored = await town.enrolment(name, 2028);
        return [name, monthInWord(stored && town.told(stored.enrolment), '2028-04', bop)];
      }),
    );
    expect(begun.filter(([, cell]) => cell !== NONE)).toEqual([
      ['葵', '5000'],
      ['蓮', '0減'],
    ]);
    await expectFees(monthsOfYear(2027), 'atTheEnd');
  });

  it('each application has ended, and was told once, with one notice that stands', async () => {
    const ended = await expectEachToldOnce(town);
    const procedures = new Set(town.applications.map(({ procedure }) => procedure));
    expect([...procedures].sort()).toEqual([
      'admission',
      'cancellation',
      'certificate',
      'declineExtendedUse',
      'extendedUse',
      'feeReduction',
      'schoolChange',
      'withdrawal',
      'withdrawalDateChange',
    ]);
    expect(ended).toEqual({ approved: town.applications.length - 5, refused: 1, cancelled: 4 });
  });
});
