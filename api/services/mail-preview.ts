import { requestFrom } from '../../domain/application/rules/review.ts';
import { openItems, type ApplicationState, type Finding } from '../../domain/application/state.ts';
import { displayDateWithWeekday } from '../../domain/procedures/format-dates.ts';
import { mailContent, type MailFacts } from '../../domain/mails/content.ts';
import { itemInWords } from '../../domain/mails/facts.ts';
import { fillTemplate } from '../../domain/mails/fill.ts';
import { renderMail } from '../../domain/mails/render.ts';
import type { ProcedureDefinition } from '../../domain/procedures/definition.ts';
import type { Locale } from '../../domain/texts/locale.ts';
import { getAccount } from '../../store/accounts.ts';
import type { Application } from '../../store/applications.ts';
import { newestSetting, type Office } from '../../store/settings.ts';
import { defaultSettings } from '../../store/setting-values.ts';
import type { z } from 'zod';
import type { MailPreviewRequest, MailPreviewResponse } from '../contract/staff-actions.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';
import { currentAnswers, textsOf } from './content.ts';
import { editionOf } from './my-applications.ts';
import { definitionOf, historyOf } from './state.ts';

type FindingInputs = z.output<typeof MailPreviewRequest>['findings'];
type Asked = Pick<NonNullable<ApplicationState['request']>, 'method' | 'items' | 'deadline'>;

/**
 * What the applicant would be sent for these findings, or is asked now (Q18): the mail; where there is no address, what to say
 * on the phone; for a further request, the letter. The same words as go out.
 * @throws {ProblemError} `nothingToAsk`; `kintoneAway` where a part of it cannot be read
 */
export async function mailPreview(
  deps: ApiDeps,
  application: Application,
  findings: FindingInputs,
): Promise<MailPreviewResponse> {
  const definition = definitionOf(application);
  const { state } = await historyOf(deps, application);
  const { asked, notes } = askedBy(state, findings, deps.now());
  if (!asked || asked.items.length === 0) throw new ProblemError('nothingToAsk');
  const criteria = await deps.settings.criteria(definition, editionOf(state));
  const refs = asked.items.flatMap((item) => item.applicantNote ?? []).filter((ref) => !notes.has(ref));
  const texts = await textsOf(deps, application, refs);
  if (texts.away) throw kintoneAway();
  const textOf = (ref: string) => notes.get(ref) ?? texts.value.get(ref);
  const facts: MailFacts = {
    receiptNumber: state.receiptNumber,
    procedure: definition.name,
    url: `${deps.config.http.publicUrl}/applications/${state.applicationId}`,
    items: asked.items.map((item) => itemInWords(item, { definition, criteria, textOf })),
    deadline: asked.deadline,
  };
  const { method, deadline } = asked;
  if (method === 'letter') {
    return { method, to: null, deadline, html: null, ...(await letterWords(deps, definition, facts)) };
  }
  // What is said on the phone is said in Japanese.
  const to = method === 'mail' ? await recipientOf(deps, application, definition) : undefined;
  const locale = to?.locale ?? 'ja';
  const mail = renderMail(
    mailContent('deficiencyRequested', facts, locale),
    await footerOf(deps),
    locale === 'en' ? 'en' : 'ja',
  );
  const { subject, text, html } = mail;
  return { method, deadline, subject, text, to: to?.address ?? null, html: method === 'mail' ? html : null };
}

/** What is or would be asked, and the notes that are not kept yet. */
function askedBy(
  state: ApplicationState,
  findings: FindingInputs,
  now: Date,
): { asked: Asked | undefined; notes: ReadonlyMap<string, string> } {
  const notes = new Map<string, string>();
  const at = { now: now.toISOString() };
  if (findings) {
    const first = findings.map(({ applicantNote, internalNote: _internal, ...finding }, index): Finding => {
      const { reasonCode, targets, ...rest } = finding;
      const ref = `finding-${String(index)}`;
      if (applicantNote !== undefined) notes.set(ref, applicantNote);
      return {
        ...rest,
        ...(reasonCode === undefined ? {} : { reasonCode }),
        ...(targets === undefined ? {} : { targets }),
        ...(applicantNote === undefined ? {} : { applicantNote: ref }),
      };
    });
    return { asked: requestFrom(state, { findings: first }, at), notes };
  }
  if (state.stage === 'awaitingApplicant' && state.request) {
    return { asked: { ...state.request, items: openItems(state) }, notes };
  }
  const { first } = state.cycle;
  const waits = state.stage === 'secondReview' && first;
  return { asked: waits ? requestFrom(state, first, at) : undefined, notes };
}

async function recipientOf(
  deps: ApiDeps,
  application: Application,
  definition: ProcedureDefinition,
): Promise<{ address: string; locale: Locale } | undefined> {
  const { applicantId } = application;
  const account = applicantId === null ? undefined : await getAccount(deps.db, deps.keyring, applicantId);
  const locale = account?.locale ?? 'ja';
  if (account?.email) return { address: account.email, locale };
  const field = definition.roles.email;
  if (field === undefined) return undefined;
  const answers = await currentAnswers(deps, application);
  if (!answers.value) throw kintoneAway();
  const filled = answers.value[field];
  return typeof filled === 'string' && filled !== '' ? { address: filled, locale } : undefined;
}

async function letterWords(
  deps: ApiDeps,
  definition: ProcedureDefinition,
  facts: MailFacts,
): Promise<{ subject: string; text: string }> {
  const template =
    (await newestSetting(deps.db, 'letter.deficiency'))?.value ??
    defaultSettings(deps.now())['letter.deficiency'];
  const values = {
    procedure: definition.name.ja,
    receiptNumber: facts.receiptNumber,
    deadline: facts.deadline === undefined ? '' : displayDateWithWeekday(facts.deadline, 'ja'),
    url: deps.config.http.publicUrl,
  };
  const items = facts.items.map(({ what, reason, note }, index) =>
    [
      `${String(index + 1)}. ${what.ja}`,
      `   ${reason.ja}`,
      ...(note === undefined ? [] : [`   （${note}）`]),
    ].join('\n'),
  );
  const paragraphs = [
    ...template.opening,
    template.listTitle,
    ...items,
    ...template.closing,
    template.sender.join('\n'),
  ];
  const text = [
    ...paragraphs.map((part) => fillTemplate(part, values)),
    officeLines(await officeOf(deps)),
  ].join('\n\n');
  return { subject: fillTemplate(template.title, values), text };
}

async function officeOf(deps: ApiDeps): Promise<Office> {
  return (await newestSetting(deps.db, 'office'))?.value ?? defaultSettings(deps.now()).office;
}

async function footerOf(deps: ApiDeps): Promise<string> {
  const footer = (await newestSetting(deps.db, 'mail'))?.value.footer;
  return footer ?? deps.config.mail.footer;
}

function officeLines({ name, postalCode, address, phone, hours }: Office): string {
  return [name, `〒${postalCode} ${address}`, `電話 ${phone}（${hours}）`].join('\n');
}

function kintoneAway(): ProblemError {
  return new ProblemError('kintoneAway', { retryAfterSeconds: 30 });
}
