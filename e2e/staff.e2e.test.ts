import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StaffApplication } from '../api/contract/index.ts';
import { ApiError } from '../embedded/demo/client.ts';
import { demoFamily } from '../embedded/demo/families.ts';
import { withPastDeadline } from '../embedded/demo/seed.ts';
import { answerAll, firstReview, secondReview, type Cast, type Scene } from '../embedded/demo/stories.ts';
import { findBrowser } from '../embedded/tools/browser.ts';
import { openFirstRound } from '../testing/rounds.ts';
import { startTestSystem, type TestSystem } from '../testing/system.ts';
import { expectAccessible, launchBrowser } from '../ui/gallery/browser.ts';
import {
  confirm,
  criterion,
  dialogIn,
  expectStage,
  judgeTheRest,
  openApplication,
  signIn,
  type Clerk,
} from './staff-console.ts';

/** A clerk's morning in a real browser, on the whole running system. What a person does here, others do through the API. */
let system: TestSystem;
let browser: Browser;
let cast: Cast;
let aoki: Clerk;
let baba: Clerk;
let ward: Clerk;
let families = 0;

beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), findBrowser().then(launchBrowser)]);
  const [clerk, second, leader, office] = await Promise.all([
    system.signedIn('aoki'),
    system.signedIn('baba'),
    system.signedIn('chiba'),
    system.signedIn('ward'),
  ]);
  cast = { aoki: clerk, baba: second, leader, ward: office };
  // Families apply for 2027; what is decided waits for the day of the round.
  await openFirstRound(system.db, 2027);
  const open = (name: 'aoki' | 'baba' | 'ward') => signIn(browser, system, name);
  [aoki, baba, ward] = await Promise.all([open('aoki'), open('baba'), open('ward')]);
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});
afterEach(() => {
  for (const { faults } of [aoki, baba, ward]) expect(faults.splice(0), 'errors in the console').toEqual([]);
});

/** A new application of a made-up family. */
async function file(index: number = families++): Promise<Scene> {
  const family = demoFamily(index);
  const guardian = await system.guardian(index);
  const { applicationId } = await guardian.fileAdmission(family, family.documents);
  return { ...cast, guardian, family, applicationId };
}

async function both(scene: Scene, deficient = 0): Promise<void> {
  await firstReview(scene, deficient);
  await secondReview(scene);
}

const certificateIn = ({ checklist }: StaffApplication) => {
  const item = checklist.find((one) => one.documents.includes('employment_certificate_1') && one.reasons[0]);
  if (!item) throw new Error('no criterion about the certificate of employment');
  return item;
};

describe('first and second review', () => {
  let scene: Scene;
  let application: StaffApplication;

  it('takes the next one of the queue, sees its document, marks a deficiency, completes', async () => {
    scene = await file();
    application = await cast.aoki.open(scene.applicationId);
    const item = certificateIn(application);
    const { page } = aoki;
    await page.getByRole('link', { name: '一次審査待ち' }).click();
    await page.getByRole('heading', { name: '一次審査待ち' }).waitFor();
    await expectAccessible(page, 'list');
    await page.getByRole('button', { name: '次の1件を開く' }).click();
    await expectStage(page, application.receiptNumber);
    await page.getByText('担当青木 見本').waitFor();
    await page.locator('canvas').first().waitFor();

    const box = criterion(page, item.title);
    await box.getByRole('radio', { name: '不備あり' }).check();
    await page.getByRole('button', { name: '一次審査を完了する' }).click();
    const summary = page.getByRole('alert').filter({ hasText: '審査を完了できません' });
    await summary.getByText(`「${item.title}」：不備の理由を選んでください。`).waitFor();

    await box.getByLabel('不備の理由').selectOption({ index: 1 });
    const target = box.getByRole('checkbox', { name: '書類：就労証明書（申請する保護者）' });
    await target.check();
    await box.getByLabel('申請者への説明').fill('証明日の欄が読めません。');
    await judgeTheRest(page, application);
    await page.getByText('下書きを保存しました').waitFor();
    await expectAccessible(page, 'first review');

    await page.getByRole('button', { name: '申請者に送る文面' }).click();
    await dialogIn(page).getByText('証明日の欄が読めません。').waitFor();
    await confirm(page, '閉じる');
    await page.getByRole('button', { name: '一次審査を完了する' }).click();
    await confirm(page, '完了する');
    await expectStage(page, '二次審査');
  });

  it('who reviewed first is refused the second, and told, on the page and at the API', async () => {
    await aoki.page.getByText('一次審査をした人は二次審査をできません。').waitFor();
    await expect.poll(() => aoki.page.getByRole('button', { name: '二次審査で同意する' }).count()).toBe(0);
    const findings = application.checklist.map(({ criterionId }) => ({
      criterionId,
      result: 'met' as const,
    }));
    const refused = await cast.aoki
      .act(scene.applicationId, { type: 'agreeSecondReview', findings })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiError);
    expect((refused as ApiError).body).toMatchObject({ status: 403, code: 'samePerson' });
  });

  it('a different person agrees; the applicant is asked; the first sees it without reloading', async () => {
    const { page } = baba;
    await openApplication(baba, system.apiUrl, scene.applicationId, 'review');
    await page.getByText('証明日の欄が読めません。').first().waitFor();
    await page.getByRole('button', { name: '二次審査で同意する' }).click();
    await page.getByRole('alert').filter({ hasText: '同意するかどうかを選んでください' }).waitFor();
    await expectAccessible(page, 'second review');
    await page.getByRole('button', { name: /残り\d+項目に同意する/u }).click();
    await confirm(page, '書類を確認したので、同意する');
    await page.getByRole('button', { name: '二次審査で同意する' }).click();
    await confirm(page, '同意して完了する');
    await expectStage(page, '不備対応中');
    await page.getByRole('tab', { name: /対応記録/u }).click();
    await page.getByRole('listitem').filter({ hasText: '送信済み' }).nth(1).waitFor({ timeout: 20_000 });

    await aoki.page.getByText('状態が「二次審査」から「不備対応中」に変わりました').waitFor();
    await expectStage(aoki.page, '不備対応中');
  });
});

describe('what others do meanwhile', () => {
  it('appears without reloading; an unsaved checklist stays; a lost one is shown', async () => {
    const scene = await file();
    const { applicationId } = scene;
    const { page } = baba;
    const item = certificateIn(await cast.baba.open(applicationId));
    await openApplication(baba, system.apiUrl, applicationId, 'review');
    // Its draft cannot be saved: what is kept is kept on the page.
    await page.route('**/review-draft', (route) =>
      route.request().method() === 'PUT' ? route.abort() : route.continue(),
    );
    const box = criterion(page, item.title);
    await box.getByRole('radio', { name: '不備あり' }).check();
    await box.getByLabel('申請者への説明').fill('書きかけの説明');
    await cast.leader.act(applicationId, { type: 'addNote', note: '母から電話あり' });
    await page.getByText('この申請に新しい動きがありました').waitFor();
    await expect.poll(() => box.getByLabel('申請者への説明').inputValue()).toBe('書きかけの説明');
    await expect.poll(() => box.getByRole('radio', { name: '不備あり' }).isChecked()).toBe(true);

    await firstReview(scene);
    await page.getByText('入力中に、状態が「二次審査」に変わりました').waitFor();
    await page.getByText('書きかけの説明').waitFor();
    await page.unroute('**/review-draft');
    // The refused saves are this test's own doing.
    expect(baba.faults.splice(0).every((fault) => fault.includes('ERR_FAILED'))).toBe(true);
  });

  it('the counts of the first page follow', async () => {
    const { page } = ward;
    await page.goto(`${system.apiUrl}/staff`);
    const card = page.getByRole('link', { name: '区決定待ち' }).first();
    await card.waitFor();
    const before = await cast.ward.call<{ queues: { queue: string; count: number }[] }>(
      'GET',
      '/api/staff/queues',
    );
    const count = before.queues.find(({ queue }) => queue === 'decision')?.count ?? 0;
    const scene = await file();
    await both(scene);
    await page
      .getByRole('listitem')
      .filter({ hasText: `区決定待ち ${count + 1}件` })
      .waitFor();
    await expectAccessible(page, 'home');
  });
});

describe('a connection that breaks', () => {
  it('says so, and pressing again does nothing twice', async () => {
    const { applicationId } = await file();
    const { page } = aoki;
    await openApplication(aoki, system.apiUrl, applicationId, 'records');
    // The server gets each of the first four tries and its answer is lost; the page tries three times by itself.
    const ids: string[] = [];
    await page.route('**/actions', async (route) => {
      ids.push((route.request().postDataJSON() as { actionId: string }).actionId);
      if (ids.length > 4) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await page.getByRole('button', { name: 'メモを残す' }).click();
    await dialogIn(page).getByRole('textbox', { name: /^メモ/u }).fill('通信が切れたときのメモ');
    await dialogIn(page).getByRole('button', { name: 'メモを残す' }).click();
    await dialogIn(page).getByText('登録されたか確認できていません').waitFor();
    await expectAccessible(page, 'not confirmed');
    await confirm(page, 'もう一度送る');
    await page.unroute('**/actions');
    expect(ids.length).toBeGreaterThan(4);
    expect(new Set(ids).size).toBe(1);
    const { notes } = await cast.aoki.open(applicationId);
    expect(notes.map(({ text }) => text)).toEqual(['通信が切れたときのメモ']);
    expect(aoki.faults.splice(0).every((fault) => fault.includes('ERR_FAILED'))).toBe(true);
  });
});

describe('in doubt', () => {
  it('asks the ward from the checklist, gets the instruction at the criterion', async () => {
    const { applicationId } = await file();
    const { page } = aoki;
    const item = certificateIn(await cast.aoki.open(applicationId));
    await openApplication(aoki, system.apiUrl, applicationId, 'review');
    const box = criterion(page, item.title);
    await box.getByRole('radio', { name: '判断に迷う' }).check();
    await box.getByLabel('区への照会').fill('夜勤の時間をどう数えますか。');
    await box.getByRole('button', { name: '区に照会する' }).click();
    await box.getByText('区の回答を待っています。').waitFor();

    await openApplication(ward, system.apiUrl, applicationId, 'escalations');
    await expectAccessible(ward.page, 'escalations');
    await ward.page.getByRole('button', { name: '区の指示を回答する' }).click();
    await ward.page.getByText('指示を入力してください。').first().waitFor();
    await ward.page.getByLabel('区の指示').fill('実際に働いた時間で数えてください。');
    await ward.page.getByRole('button', { name: '区の指示を回答する' }).click();
    await box.getByText('実際に働いた時間で数えてください。').waitFor();
  });
});

describe('after the deadline', () => {
  it('chases by phone with a record, which a leader confirms', async () => {
    const scene = await withPastDeadline(system.db, () => file());
    await both(scene, 1);
    const { page } = aoki;
    await openApplication(aoki, system.apiUrl, scene.applicationId, 'request');
    await page.getByText('区と協議し、督促してください').waitFor({ timeout: 20_000 });
    await expectAccessible(page, 'request');
    await page.getByRole('button', { name: '督促する' }).first().click();
    const dialog = dialogIn(page);
    await dialog
      .getByRole('radiogroup', { name: /督促の方法/u })
      .getByRole('radio', { name: /電話/u })
      .check();
    await dialog.getByRole('button', { name: '督促する', exact: true }).click();
    await dialog.getByText('話した内容・伝えた内容を入力してください。').first().waitFor();
    await dialog.getByRole('textbox', { name: /^内容/u }).fill('父に不備と新しい期限を伝えた。');
    await confirm(page, '督促する');
    await page.getByText('督促', { exact: true }).locator('..').getByText('1回').waitFor();

    await openApplication(ward, system.apiUrl, scene.applicationId, 'records');
    await ward.page.getByText('父に不備と新しい期限を伝えた。').waitFor();
    const leader = await signIn(browser, system, 'doi');
    await openApplication(leader, system.apiUrl, scene.applicationId, 'records');
    await leader.page.getByRole('button', { name: /^対応記録を確認する/u }).click();
    await leader.page.getByText('確認済み', { exact: true }).waitFor();
    await ward.page.getByText('確認済み', { exact: true }).waitFor();
    await expectAccessible(leader.page, 'records');

    // A leader can give more time; the server knows the working days.
    await leader.page.getByRole('button', { name: '期限を延ばす' }).click();
    const extend = dialogIn(leader.page);
    for (const [unit, value] of [
      ['年', '2031'],
      ['月', '5'],
      ['日', '3'],
    ] as const) {
      await extend.getByLabel(unit, { exact: true }).fill(value);
    }
    await extend.getByLabel('延ばす理由').fill('勤務先の都合');
    await extend.getByRole('button', { name: '期限を延ばす' }).click();
    await extend.getByText('新しい期限は、土曜・日曜・祝日').first().waitFor();
    await extend.getByRole('button', { name: 'キャンセル' }).click();
    await leader.page.context().close();
  });
});

describe('still deficient', () => {
  it('prints the deficiency letter, posts it, waives the point; the review begins again', async () => {
    const scene = await file();
    await both(scene, 1);
    await answerAll(scene);
    await both(scene, 1);
    const { page } = aoki;
    await openApplication(aoki, system.apiUrl, scene.applicationId, 'request');
    const link = page.getByRole('link', { name: /PDFを開いて印刷する/u });
    await link.waitFor({ timeout: 30_000 });
    const pdf = await page.request.get(new URL((await link.getAttribute('href')) ?? '', system.apiUrl).href);
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.getByRole('button', { name: '発送済みにする' }).first().click();
    await confirm(page, '発送済みにする');
    await page.getByText('発送した日', { exact: true }).waitFor();

    await openApplication(ward, system.apiUrl, scene.applicationId, 'request');
    await ward.page.getByRole('button', { name: /^提出を不要にする/u }).click();
    await ward.page.getByLabel('不要にする理由').fill('別の書類で確認できた。');
    await confirm(ward.page, '不要にする');
    await expectStage(ward.page, '一次審査');
    await page.getByRole('tab', { name: '経過' }).click();
    await expectAccessible(page, 'timeline');
  });
});

describe('the decision', () => {
  it('is the ward’s: approval from a day on, with its mail', async () => {
    const scene = await file();
    await both(scene);
    const { page } = ward;
    await openApplication(ward, system.apiUrl, scene.applicationId, 'review');
    await page.getByRole('button', { name: '内容を確認して決定する' }).click();
    await page.getByRole('alert').filter({ hasText: '承認か不承認かを選んでください。' }).waitFor();
    await page.getByRole('radio', { name: '承認する' }).check();
    await expectAccessible(page, 'decision');
    await page.getByRole('button', { name: '内容を確認して決定する' }).click();
    await confirm(page, '承認する');
    // The family is told on the day of the round.
    await expectStage(page, '決定済み（通知日待ち）');
    await page
      .getByRole('link', { name: /処理の記録/u })
      .first()
      .waitFor();
    const { decision } = await cast.aoki.open(scene.applicationId);
    expect(decision).toMatchObject({ outcome: 'approved', effectiveFrom: '2027-04-01' });

    await page.getByRole('link', { name: '申請内容を印刷' }).click();
    await page.getByRole('button', { name: '印刷する' }).waitFor();
    await expectAccessible(page, 'print page');
  });

  it('is a refusal only with its reason and words to the family, who learns of it with the round', async () => {
    const scene = await file();
    await both(scene);
    const { page } = ward;
    await openApplication(ward, system.apiUrl, scene.applicationId, 'review');
    await page.getByRole('radio', { name: '不承認にする' }).check();
    await page.getByRole('button', { name: '内容を確認して決定する' }).click();
    await page.getByRole('alert').filter({ hasText: '不承認の理由を選んでください。' }).waitFor();
    await page.getByLabel('不承認の理由').selectOption({ index: 1 });
    await page
      .getByRole('textbox', { name: /^申請者に伝える理由/u })
      .fill('就労の実態を確認できませんでした。');
    await expectAccessible(page, 'refusal');
    await page.getByRole('button', { name: '内容を確認して決定する' }).click();
    await dialogIn(page).getByText('就労の実態を確認できませんでした。').waitFor();
    await confirm(page, '不承認にする');
    await expectStage(page, '決定済み（通知日待ち）');
    const { decision } = await cast.aoki.open(scene.applicationId);
    expect(decision).toMatchObject({ outcome: 'refused', reason: '就労の実態を確認できませんでした。' });
    const { status } = await scene.guardian.mine(scene.applicationId);
    expect(status.code).toBe('awaitingDecision');
  });
});

describe('who sees what', () => {
  it('a hall sees its own applications only, and can only look', async () => {
    const own = await system.guardian(1000);
    const family = demoFamily(1000);
    const answers = { ...family.answers, bop: '2', school_name: '三宿小学校' };
    const { applicationId, receiptNumber } = await own.fileAdmission(
      { answers },
      family.documents,
      randomUUID(),
    );
    // In another hall's place.
    const other = await file(30);
    expect((await fetch(`${system.apiUrl}/staff/`)).status).toBe(200);
    const hall = await signIn(browser, system, 'hall');
    await hall.page.getByRole('heading', { name: '申請一覧' }).waitFor();
    await hall.page.getByRole('link', { name: receiptNumber }).click();
    await hall.page.getByRole('tab', { selected: true }).waitFor();
    await expectAccessible(hall.page, 'hall');
    for (const name of ['担当する', '一次審査を完了する', 'その他の操作']) {
      await expect.poll(() => hall.page.getByRole('button', { name }).count(), { message: name }).toBe(0);
    }
    expect(hall.page.url()).toContain(applicationId);
    await hall.page.goto(`${system.apiUrl}/staff/applications/${other.applicationId}`);
    await hall.page.getByText('見つかりません').first().waitFor();
    await hall.page.goto(`${system.apiUrl}/staff/applications`);
    await hall.page.getByRole('link', { name: receiptNumber }).waitFor();
    const { bop } = await cast.aoki.open(other.applicationId);
    expect(bop.hallCode).not.toBe('01');
    expect(await hall.page.getByRole('link', { name: /^A27-/u }).count()).toBeGreaterThanOrEqual(1);
    expect((await hall.page.getByRole('row').allInnerTexts()).join()).not.toContain(bop.name);
    await hall.page.context().close();
  });
});
