import { ApplicationFailure } from '@temporalio/common';
import { replay } from '../../domain/application/evolve.ts';
import type { DeliveryParts } from '../../domain/application/ports.ts';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import type { Answers, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { displayDateWithEra, displayDateWithWeekday } from '../../domain/procedures/format-dates.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { eventsOf } from '../../store/events.ts';
import { letterExists, saveLetter } from '../../store/letters.ts';
import { settingOn } from '../../store/dated-settings.ts';
import { criteriaOf, settingAt } from '../../store/settings.ts';
import { answersOf, textsOf } from '../content.ts';
import type { ActivityDeps } from '../deps.ts';
import { itemInWords } from '../../domain/mails/facts.ts';
import { fillTemplate } from '../../domain/mails/fill.ts';
import { letterToPdf, type LetterContent } from '../../printing/letter.ts';

function addressee({ roles }: ProcedureDefinition, answers: Answers): LetterContent['to'] {
  const text = (code: string | undefined) => {
    const value = code === undefined ? undefined : answers[code];
    return typeof value === 'string' ? value : '';
  };
  const postal = text(roles.postalCode);
  return {
    postalCode: postal.length === 7 ? `${postal.slice(0, 3)}-${postal.slice(3)}` : postal,
    lines: (roles.address ?? []).map(text).filter(Boolean),
    name: `${text(roles.applicantFamilyName)} ${text(roles.applicantGivenName)}`.trim(),
  };
}

/**
 * Makes the deficiency letter (不備連絡文書) of a request, once, on the ward's template, from the data as they stood (Q20). A
 * letter that is there already stays as it is: it may have been posted.
 */
export function createMakeLetter(
  deps: Pick<ActivityDeps, 'db' | 'keyring' | 'gateway' | 'config'>,
): DeliveryParts['makeLetter'] {
  const { db, keyring, config } = deps;
  return async ({ letterId, applicationId, requestId, seq }) => {
    if (await letterExists(db, letterId)) return;
    const events = await eventsOf(db, applicationId, seq);
    const state = replay(events);
    const definition = procedureOf(state.procedure);
    const { request } = state;
    if (!definition || request?.id !== requestId) {
      throw ApplicationFailure.nonRetryable(`no request ${requestId} at event ${seq}`, 'NoRequest');
    }
    const answers = await answersOf(deps, state);
    if (!answers) throw ApplicationFailure.nonRetryable('the record is gone from kintone', 'RecordGone');
    const criteria = await criteriaOf(db, state.procedure, state.settings.criteriaVersion);
    const wanted = request.items.flatMap((item) => (item.applicantNote ? [item.applicantNote] : []));
    const textOf = await textsOf(deps, state, wanted);
    const at = request.requestedAt;
    const { value: template } = await settingAt(db, 'letter.deficiency', at);
    const { value: office } = await settingAt(db, 'office', at);
    const { value: window } = await settingOn(db, 'envelopeWindow', tokyoDate(at), at);
    const values = {
      procedure: definition.name.ja,
      receiptNumber: state.receiptNumber,
      deadline: displayDateWithWeekday(request.deadline, 'ja'),
      url: config.http.publicUrl,
    };
    const pdf = await letterToPdf(
      {
        to: addressee(definition, answers),
        date: displayDateWithEra(tokyoDate(at), 'ja'),
        title: fillTemplate(template.title, values),
        opening: template.opening.map((text) => fillTemplate(text, values)),
        listTitle: template.listTitle,
        items: request.items.map((item) => {
          const { what, reason, note } = itemInWords(item, { definition, criteria, textOf });
          return { what: what.ja, lines: [reason.ja, ...(note ? [`（${note}）`] : [])] };
        }),
        closing: template.closing.map((text) => fillTemplate(text, values)),
        sender: template.sender,
        office,
        receiptNumber: state.receiptNumber,
      },
      window,
    );
    await saveLetter(db, keyring, { letterId, applicationId, requestId, pdf });
  };
}
