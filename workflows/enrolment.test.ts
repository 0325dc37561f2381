import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Refusal } from '../domain/application/actions.ts';
import { extendedUseIn } from '../domain/enrolment/enrolment.ts';
import { monthlyFees } from '../domain/enrolment/fees.ts';
import { knownClaims } from '../store/rounds.ts';
import { guardian } from '../testing/application-worker.ts';
import { EnrolmentSystem, type TestChild } from '../testing/enrolment-system.ts';

let system: EnrolmentSystem;
let child: TestChild;
let children = 0;

beforeAll(async () => {
  system = await EnrolmentSystem.start();
});
afterAll(() => system.close());
beforeEach(() => {
  children += 1;
  system.fail = () => {};
  child = {
    givenName: `花${children}`,
    givenKana: 'アイウエオカキクケコサシスセソ'[children]!,
    birthDate: '2020-05-05',
  };
});

async function refusalOf(promise: Promise<unknown>): Promise<string | undefined> {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  const cause = (error as { cause?: { details?: [Refusal] } }).cause;
  return cause?.details?.[0].code;
}

async function admitted() {
  const admission = await system.file('admission', child);
  await system.review(admission);
  await system.decide(admission, 'approved', '2027-04-01');
  await admission.handle.result();
  return admission;
}

describe('what waits for the admission (domain.md)', () => {
  // First in the file with what sleeps: once a workflow has ended, the server's clock may run on by years.
  it('extended use goes through review, waits for weeks, and is decided after the admission', async () => {
    const admission = await system.file('admission', child);
    const extended = await system.file('extendedUse', child);
    await system.review(extended);
    // What it asks for is kept as it is received: its place can be decided on while kintone is away.
    expect(await knownClaims(system.store.db, [{ id: extended.id, dataVersion: 1 }])).toEqual(
      new Map([[extended.id, expect.objectContaining({ mode: 'monthly' })]]),
    );
    expect((await extended.state()).waitsFor).toMatchObject({
      applicationId: admission.id,
      outcome: 'undecided',
    });
    expect(await refusalOf(system.decide(extended))).toBe('waitsForAdmission');
    await system.env.sleep('30 days');
    expect(await refusalOf(system.decide(extended))).toBe('waitsForAdmission');
    await system.review(admission);
    await system.decide(admission, 'approved', '2027-04-01');
    await expect.poll(async () => (await extended.state()).waitsFor?.outcome).toBe('approved');
    await system.decide(extended);
    await extended.handle.result();
    const { enrolment } = (await system.enrolment(child))!;
    expect(extendedUseIn(enrolment, '2027-05')).toBe('monthly');
  });
});

describe('effects of approvals on the enrolment', () => {
  it('are written once, from the day that the ward decided, and kintone has the fold', async () => {
    const admission = await system.file('admission', child);
    await system.review(admission);
    expect(await system.enrolment(child)).toBeUndefined();
    await system.decide(admission, 'approved', '2027-04-15');
    await admission.handle.result();
    const stored = (await system.enrolment(child))!;
    expect(stored.enrolment.admission).toMatchObject([{ from: '2027-04-15', to: '2028-03-31' }]);
    expect(stored).toMatchObject({ revision: 1, applicationId: admission.id });
    const record = system.records.get(stored.id)!.record;
    expect(record).toMatchObject({
      child_name: { value: `${String(record['child_name']?.value).split(' ')[0]} ${child.givenName}` },
      first_day: { value: '2027-04-15' },
      withdrawn: { value: 'いいえ' },
    });
    expect(record['months']?.value).toHaveLength(12);
  });

  it('come out the same for two procedures that are decided on the same day, in either order', async () => {
    const folds = [];
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      children += 1;
      child = {
        givenName: `月${children}`,
        givenKana: 'タチツテトナニヌネノハヒフヘホ'[children]!,
        birthDate: '2020-06-06',
      };
      await admitted();
      const both = [
        await system.file('extendedUse', child),
        await system.file('withdrawal', child, { withdrawal_date: '2027-07-31' }),
      ];
      for (const app of both) await system.review(app);
      await Promise.all(order.map((index) => system.decide(both[index]!)));
      for (const app of both) await app.handle.result();
      const { enrolment, id } = (await system.enrolment(child))!;
      folds.push({
        admission: enrolment.admission.map(({ from, to }) => [from, to]),
        extendedUse: enrolment.extendedUse,
        fees: monthlyFees(enrolment).map((fee) => fee.total),
      });
      // Whoever came last to kintone: it has both.
      const record = system.records.get(id)!.record;
      expect(record['history']?.value).toHaveLength(3);
      expect(record['last_day']?.value).toBe('2027-07-31');
    }
    expect(folds[0]).toEqual(folds[1]);
    expect(folds[0]).toMatchObject({ admission: [['2027-04-01', '2027-07-31']] });
  });

  it('are applied once though the worker dies at every step on the way', async () => {
    const died = new Set<string>();
    system.fail = (part) => {
      if (died.has(part)) return;
      died.add(part);
      throw new Error(`killed at ${part}`);
    };
    await admitted();
    expect([...died].sort()).toEqual(['afterKintone', 'kintone']);
    const stored = (await system.enrolment(child))!;
    expect(stored.revision).toBe(1);
    expect(stored.enrolment.history).toHaveLength(1);
    expect(system.records.get(stored.id)!.record['history']?.value).toHaveLength(1);
  });
});

describe('an admission that comes to nothing, or came before', () => {
  it('gives the ward a task where the admission is refused or cancelled, and refuses nothing by itself', async () => {
    const admission = await system.file('admission', child);
    const extended = await system.file('extendedUse', child);
    await system.review(extended);
    const { applicantId } = await admission.state();
    await admission.act(guardian(applicantId!), { type: 'cancel' });
    await expect.poll(async () => (await extended.state()).waitsFor?.outcome).toBe('cancelled');
    expect(await refusalOf(system.decide(extended))).toBe('admissionNotApproved');
    // The workflow knows a moment before the lists do.
    const tasks = async () => {
      const row = await system.store.db
        .selectFrom('applications')
        .select('tasks')
        .where('id', '=', extended.id)
        .executeTakeFirstOrThrow();
      return row.tasks;
    };
    await expect
      .poll(tasks)
      .toContainEqual({ kind: 'admissionFailed', receiptNumber: admission.receiptNumber });
    await system.decide(extended, 'refused');
    await expect(extended.handle.result()).resolves.toEqual({ stage: 'refused' });
  });

  it('an application that begins after the admission was decided finds it so', async () => {
    await admitted();
    const extended = await system.file('extendedUse', child);
    expect((await extended.state()).waitsFor).toBeUndefined();
    await system.review(extended);
    await system.decide(extended);
    await expect(extended.handle.result()).resolves.toEqual({ stage: 'approved' });
  });
});

describe('取り下げ, the cancellation of another application', () => {
  it('ends the open application on the applicant’s behalf', async () => {
    const admission = await system.file('admission', child);
    const cancellation = await system.file('cancellation', child, { cancel_target: 'admission' });
    await system.review(cancellation);
    expect((await cancellation.state()).cancels).toMatchObject([{ applicationId: admission.id }]);
    await system.decide(cancellation);
    await expect(admission.handle.result()).resolves.toEqual({ stage: 'cancelled' });
    await expect(cancellation.handle.result()).resolves.toEqual({ stage: 'approved' });
    await expect.poll(() => system.templatesOf(admission.id)).toEqual(['received', 'cancelled']);
    expect(await system.enrolment(child)).toBeUndefined();
  });

  it('is not approved any more where the other has been decided', async () => {
    const admission = await system.file('admission', child);
    const cancellation = await system.file('cancellation', child, { cancel_target: 'admission' });
    await system.review(cancellation);
    await system.review(admission);
    await system.decide(admission, 'approved', '2027-04-01');
    await admission.handle.result();
    await expect.poll(async () => (await cancellation.state()).cancels?.[0]?.ended).toBe(true);
    expect(await refusalOf(system.decide(cancellation))).toBe('nothingToCancel');
    await system.decide(cancellation, 'refused');
    await cancellation.handle.result();
    expect((await system.enrolment(child))!.enrolment.admission).toHaveLength(1);
  });
});
