import type { ApplicationState } from '../domain/application/state.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import type { Locale } from '../domain/texts/locale.ts';
import { getAccount } from '../store/accounts.ts';
import { waitingTexts } from '../store/texts.ts';
import { applyChanges, waitingVersions } from '../store/versions.ts';
import type { ActivityDeps } from './deps.ts';
import { asFailure } from './failures.ts';

type Sources = Pick<ActivityDeps, 'db' | 'keyring' | 'gateway'>;

/**
 * The newest answers: from the waiting copies, else from kintone with what waits on top. Undefined only where the record is
 * gone from kintone.
 */
export async function answersOf(
  { db, keyring, gateway }: Sources,
  application: { applicationId: string; receiptNumber: string; procedure: string },
): Promise<Answers | undefined> {
  const { applicationId, receiptNumber, procedure } = application;
  const waiting = await waitingVersions(db, keyring, applicationId);
  const filed = waiting.find((version) => version.kind === 'filed');
  if (filed) {
    return applyChanges(
      filed.content.answers,
      waiting.filter((version) => version !== filed),
    );
  }
  const records = await gateway
    .readApplications(procedure, [receiptNumber])
    .catch((error: unknown) => Promise.reject(asFailure(error)));
  const base = records.get(receiptNumber);
  if (!base) return undefined;
  return applyChanges(
    base.answers,
    waiting.filter((version) => version.version > base.dataVersion),
  );
}

/** The applicant's mail address and language: the account's, else the address that was filled in. */
export async function recipientOf(
  deps: Sources,
  state: ApplicationState,
): Promise<{ address: string; locale: Locale } | undefined> {
  const account = state.applicantId ? await getAccount(deps.db, deps.keyring, state.applicantId) : undefined;
  const locale = account?.locale ?? 'ja';
  if (account?.email) return { address: account.email, locale };
  const field = procedureOf(state.procedure)?.roles.email;
  const filled = field ? (await answersOf(deps, state))?.[field] : undefined;
  return typeof filled === 'string' && filled !== '' ? { address: filled, locale } : undefined;
}

/** The texts of an application by reference; kintone is asked only for those that are no longer here. */
export async function textsOf(
  { db, keyring, gateway }: Sources,
  state: ApplicationState,
  wanted: readonly string[],
): Promise<(ref: string) => string | undefined> {
  if (wanted.length === 0) return () => undefined;
  const waiting = await waitingTexts(db, keyring, state.applicationId);
  if (wanted.every((ref) => waiting.has(ref))) return (ref) => waiting.get(ref)?.content;
  const carried = await gateway
    .readTexts(state.receiptNumber)
    .catch((error: unknown) => Promise.reject(asFailure(error)));
  const byId = new Map(carried.map((text) => [text.id, text.content]));
  return (ref) => waiting.get(ref)?.content ?? byId.get(ref);
}
