import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser } from '../testing/api.ts';
import { startApiSystem, uploaded, type ApiSystem } from '../testing/api-system.ts';
import type { AnswerRequest } from './contract/applicant.ts';
import type { ListResponse, StaffApplication } from './contract/staff.ts';
import type { FindingInput } from './contract/staff-actions.ts';

let system: ApiSystem;
let first: TestBrowser;
let second: TestBrowser;
let family: TestBrowser;
let guardianId: string;

beforeAll(async () => {
  system = await startApiSystem();
  const { api } = system;
  await api.createAccount({ role: 'operator', login: 'aoki', name: '青木 花' });
  await api.createAccount({ role: 'operator', login: 'baba', name: '馬場 実' });
  const email = 'guardian@example.test';
  guardianId = await api.createAccount({ role: 'applicant', login: email, email });
  first = await api.signedIn('aoki');
  second = await api.signedIn('baba');
  family = await api.signedIn(email);
});
afterAll(() => system.close());

async function findings(id: string, over: Record<string, Partial<FindingInput>>): Promise<FindingInput[]> {
  const { checklist } = (await first.get(`/api/staff/applications/${id}`)).json<StaffApplication>();
  return checklist.map((one) => ({
    criterionId: one.criterionId,
    result: one.applies ? 'met' : 'notApplicable',
    ...over[one.criterionId],
  }));
}

/** An application that the guardian was asked about; gives its items by criterion. */
async function asked(over: Record<string, Partial<FindingInput>>) {
  const { id } = await system.file({ applicantId: guardianId });
  const act = (who: TestBrowser, action: unknown) =>
    who.post(`/api/staff/applications/${id}/actions`, { actionId: randomUUID(), action });
  await act(first, { type: 'completeFirstReview', findings: await findings(id, over) });
  const agreed = await act(second, { type: 'agreeSecondReview', findings: await findings(id, {}) });
  expect(agreed.json(), agreed.body).toMatchObject({ stage: 'awaitingApplicant' });
  const answer = (body: Omit<AnswerRequest, 'answerId'>) =>
    family.post(`/api/my/applications/${id}/answers`, { answerId: randomUUID(), ...body });
  return { id, answer };
}

const deficient = (targets: FindingInput['targets'], reasonCode: string): Partial<FindingInput> => ({
  result: 'deficient',
  reasonCode,
  ...(targets ? { targets } : {}),
});

describe("the family's answer (Q18)", () => {
  it('takes a file only as the document it was uploaded as', async () => {
    const type = 'employment_certificate_1';
    const { answer } = await asked({
      guardian1_documents: deficient([{ kind: 'document', type }], 'missing'),
    });
    const send = async (uploadedAs: string) =>
      answer({
        items: ['1-guardian1_documents'],
        files: [{ documentType: type, fileId: await uploaded(system.api, guardianId, uploadedAs) }],
      });
    const wrong = await send('other_document');
    expect([wrong.statusCode, wrong.json().code]).toEqual([409, 'fileGone']);
    expect(wrong.json().errors[0].path).toBe(`files.${type}`);
    const right = await send(type);
    expect(right.json(), right.body).toMatchObject({ stage: 'firstReview' });
  });

  it('finds the child by the corrected name from then on', async () => {
    const { id, answer } = await asked({
      child_identity: deficient([{ kind: 'field', code: 'child_given_name' }], 'unclear'),
    });
    const answered = await answer({
      items: ['1-child_identity'],
      changes: { child_given_name: '櫻子' },
      files: [],
    });
    expect(answered.json(), answered.body).toMatchObject({ stage: 'firstReview' });
    const found = await first.get(`/api/staff/applications?q=${encodeURIComponent('櫻子')}`);
    expect(found.json<ListResponse>().rows.map((row) => row.id)).toEqual([id]);
  });

  it('never moves an application to another 新BOP: no reviewer can ask for it, no answer brings it', async () => {
    const { id } = await system.file({ applicantId: guardianId });
    const asksForIt = await first.post(`/api/staff/applications/${id}/actions`, {
      actionId: randomUUID(),
      action: {
        type: 'completeFirstReview',
        findings: await findings(id, {
          club: deficient([{ kind: 'field', code: 'bop' }], 'club_differs'),
        }),
      },
    });
    expect([asksForIt.statusCode, asksForIt.json().code]).toEqual([422, 'invalidAnswers']);
    const { answer } = await asked({
      contact: deficient([{ kind: 'field', code: 'guardian1_phone' }], 'unclear'),
    });
    const moved = await answer({ items: ['1-contact'], changes: { bop: '61' }, files: [] });
    expect([moved.statusCode, moved.json().code]).toEqual([422, 'notAsked']);
  });
});
