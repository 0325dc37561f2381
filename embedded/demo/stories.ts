import type { FindingInput, StaffApplication } from '../../api/contract/index.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import type { ApiClient } from './client.ts';
import type { DemoFamily } from './families.ts';

/** Who acts in a story, all signed in. */
export interface Cast {
  /** Two clerks, a leader and somebody of the ward. */
  aoki: ApiClient;
  baba: ApiClient;
  leader: ApiClient;
  ward: ApiClient;
}

export interface Scene extends Cast {
  guardian: ApiClient;
  family: DemoFamily;
  applicationId: string;
}

/** What happens to an application after it has been filed, until it stands in the state of the story's name. */
export interface Story {
  name: string;
  /** In words, for who watches the seeding. */
  title: string;
  /** Files only these of the family's documents (default: all). */
  withholds?: number;
  /** The guardian has no mail address: is phoned. */
  withoutMail?: boolean;
  /** Filed with a deadline in the past, to show what follows a deadline. */
  pastDeadline?: boolean;
  /** Comes on paper: a clerk types it. */
  onPaper?: boolean;
  /** For the year that runs, beside the rounds: its decision is told at once. */
  thisYear?: boolean;
  play?: (scene: Scene) => Promise<unknown>;
}

const isPaper = (item: StaffApplication['checklist'][number]) =>
  item.applies && item.documents.length > 0 && item.reasons.length > 0;

/** The criteria that a family is most often asked about: certificates before everything else. */
function likelyDeficient(application: StaffApplication, count: number): readonly string[] {
  const papers = application.checklist.filter(isPaper);
  const about = (item: (typeof papers)[number]) => (/certificate/.test(item.documents[0] ?? '') ? 0 : 1);
  return papers
    .toSorted((one, other) => about(one) - about(other))
    .slice(0, count)
    .map((item) => item.criterionId);
}

/** Judges everything as fine, but for `deficient` criteria that have a document. */
function judge(application: StaffApplication, deficient: number): FindingInput[] {
  const wanting = likelyDeficient(application, deficient);
  return application.checklist.map((item) => {
    if (!item.applies) return { criterionId: item.criterionId, result: 'notApplicable' };
    const [reason] = item.reasons;
    const [document] = item.documents;
    if (wanting.includes(item.criterionId) && reason && document) {
      return {
        criterionId: item.criterionId,
        result: 'deficient',
        reasonCode: reason.code,
        targets: [{ kind: 'document', type: document }],
        applicantNote: `${reason.applicantText.ja}もう一度、書類の全体が写るように撮影してお送りください。`,
        internalNote: '画像が暗く、証明日が読めない。',
      };
    }
    return { criterionId: item.criterionId, result: 'met' };
  });
}

export async function firstReview({ aoki, applicationId }: Scene, deficient = 0): Promise<void> {
  const findings = judge(await aoki.open(applicationId), deficient);
  await aoki.act(applicationId, { type: 'completeFirstReview', findings });
}

export async function secondReview({ baba, applicationId }: Scene): Promise<void> {
  const findings = judge(await baba.open(applicationId), 0);
  await baba.act(applicationId, { type: 'agreeSecondReview', findings });
}

async function bothReviews(scene: Scene, deficient = 0): Promise<void> {
  await firstReview(scene, deficient);
  await secondReview(scene);
}

/** Hands in anew what was asked for; `count` items at most. */
export async function answerAll({ guardian, applicationId }: Scene, count = Infinity): Promise<void> {
  const { request } = await guardian.mine(applicationId);
  const items = (request?.items ?? []).filter((item) => item.status === 'open').slice(0, count);
  const files = [];
  for (const target of items.flatMap((item) => item.targets)) {
    if (target.kind !== 'document') continue;
    const { id } = await guardian.upload(target.type, { applicationId });
    files.push({ documentType: target.type, fileId: id });
  }
  await guardian.answer(applicationId, {
    items: items.map((item) => item.id),
    files,
    confirmUnchanged: true,
  });
}

const call = (content: string) => ({
  kind: 'phone' as const,
  direction: 'toApplicant' as const,
  content,
  occurredAt: new Date().toISOString(),
});

async function askTwice(scene: Scene): Promise<void> {
  await bothReviews(scene, 1);
  await answerAll(scene);
  await bothReviews(scene, 1);
}

const today = (): string => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);

/** The day from which the family asked for it. */
async function wishedStart({ ward, applicationId }: Scene): Promise<string> {
  const { answers, procedure } = await ward.open(applicationId);
  const wished = answers?.[procedureOf(procedure)?.roles.startDate ?? ''];
  return typeof wished === 'string' ? wished : '2027-04-01';
}

async function approve(scene: Scene): Promise<void> {
  const { ward, applicationId } = scene;
  const effectiveFrom = await wishedStart(scene);
  await ward.act(applicationId, { type: 'decide', outcome: 'approved', effectiveFrom });
}

/** Every state of the procedure once. */
export const STORIES: readonly Story[] = [
  { name: 'received', title: '受け付けたところ' },
  { name: 'documentsFollow', title: '書類の一部があとから届く', withholds: 1 },
  {
    name: 'claimed',
    title: '一次審査の担当が決まっている',
    play: ({ aoki, applicationId }) => aoki.act(applicationId, { type: 'claim' }),
  },
  { name: 'secondReview', title: '二次審査待ち', play: (scene) => firstReview(scene) },
  {
    name: 'returned',
    title: '二次審査から差し戻された',
    play: async (scene) => {
      await firstReview(scene);
      const findings = judge(await scene.baba.open(scene.applicationId), 1);
      const reason = '就労証明書の証明日が3か月より前です。もう一度確認してください。';
      await scene.baba.act(scene.applicationId, { type: 'returnToFirst', findings, reason });
    },
  },
  {
    name: 'escalated',
    title: '区に照会している',
    play: async ({ aoki, applicationId }) => {
      const question = '夜勤明けの日中の就労時間の数え方を教えてください。';
      await aoki.act(applicationId, { type: 'escalate', question });
    },
  },
  {
    name: 'instructed',
    title: '区の指示を受けた',
    play: async ({ aoki, ward, applicationId }) => {
      await aoki.act(applicationId, {
        type: 'escalate',
        question: '勤務先が2か所の場合は合算してよいですか。',
      });
      const [escalation] = (await ward.open(applicationId)).escalations;
      if (!escalation) throw new Error('the escalation is not there');
      const instruction = '2か所の時間を合算して判定してください。';
      await ward.act(applicationId, { type: 'instruct', escalationId: escalation.id, instruction });
    },
  },
  { name: 'asked', title: '不備を申請者に依頼した', play: (scene) => bothReviews(scene, 1) },
  {
    name: 'answeredPart',
    title: '不備の一部に回答があった',
    play: async (scene) => {
      await bothReviews(scene, 2);
      await answerAll(scene, 1);
    },
  },
  {
    name: 'answered',
    title: '不備に回答があり、再び一次審査待ち',
    play: async (scene) => {
      await bothReviews(scene, 1);
      await answerAll(scene);
    },
  },
  {
    name: 'toBePhoned',
    title: 'メールのない申請者に電話する',
    withoutMail: true,
    play: (s) => bothReviews(s, 1),
  },
  { name: 'letter', title: '不備連絡文書を発送する', play: askTwice },
  {
    name: 'letterPosted',
    title: '不備連絡文書を発送した',
    play: async (scene) => {
      await askTwice(scene);
      await scene.aoki.act(scene.applicationId, { type: 'markLetterPosted', postedOn: today() });
    },
  },
  {
    name: 'overdue',
    title: '回答の期限を過ぎた',
    pastDeadline: true,
    play: (scene) => bothReviews(scene, 1),
  },
  {
    name: 'contacts',
    title: '対応記録の確認待ち',
    play: async ({ aoki, applicationId }) => {
      const content = '就労証明書は来週に届くとのこと。届きしだい送ってもらう。';
      await aoki.act(applicationId, { type: 'recordContact', contact: call(content) });
    },
  },
  { name: 'awaitingDecision', title: '区の決定待ち', play: (scene) => bothReviews(scene) },
  {
    name: 'approvedInRound',
    title: '承認（通知日待ち）',
    play: async (scene) => {
      await bothReviews(scene);
      await approve(scene);
    },
  },
  {
    name: 'approved',
    title: '承認',
    thisYear: true,
    play: async (scene) => {
      await bothReviews(scene);
      await approve(scene);
    },
  },
  {
    name: 'refused',
    title: '不承認',
    thisYear: true,
    play: async (scene) => {
      await bothReviews(scene);
      const [reason] = (await scene.ward.open(scene.applicationId)).refusalReasons;
      if (!reason) throw new Error('no reasons for refusals are defined');
      await scene.ward.act(scene.applicationId, {
        type: 'decide',
        outcome: 'refused',
        reasonCode: reason.code,
        reason: '提出された書類からは、利用の要件を確認できませんでした。',
      });
    },
  },
  {
    name: 'cancelled',
    title: '取り下げ',
    play: ({ guardian, applicationId }) => guardian.cancel(applicationId),
  },
  { name: 'paperEntered', title: '紙の申請の入力確認待ち', onPaper: true, withoutMail: true },
  {
    name: 'paperReturned',
    title: '紙の申請の入力が照合で差し戻された',
    onPaper: true,
    withoutMail: true,
    play: ({ baba, applicationId }) =>
      baba.act(applicationId, {
        type: 'returnEntry',
        differences: [{ field: 'guardian1_phone', note: '末尾が1' }],
      }),
  },
];
