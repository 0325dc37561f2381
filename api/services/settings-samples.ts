import { displayDateWithEra, displayDateWithWeekday } from '../../domain/procedures/format-dates.ts';
import { tokyoDate } from '../../domain/calendar/dates.ts';
import { requestDeadline } from '../../domain/application/deadlines.ts';
import { itemInWords } from '../../domain/mails/facts.ts';
import { fillTemplate } from '../../domain/mails/fill.ts';
import { exampleNotice, exampleProcedure } from '../../domain/notices/example.ts';
import { PROCEDURES } from '../../domain/procedures/registry.ts';
import { letterToPdf } from '../../printing/letter.ts';
import { sampleWithWindow } from '../../printing/notice.ts';
import { feesNow, settingOn } from '../../store/dated-settings.ts';
import type { EnvelopeWindow } from '../../store/notice-settings.ts';
import { settingAt, type LetterTemplate, type Office } from '../../store/settings.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';

/** A sample with the address where this window would show it, and the window's edge. */
export async function windowSample(deps: ApiDeps, window: EnvelopeWindow): Promise<Buffer> {
  const now = deps.now().toISOString();
  const kind = 'admissionApproved';
  const definition = exampleProcedure(kind, PROCEDURES);
  if (!definition) throw notFound();
  const content = exampleNotice(kind, definition, {
    template: await settingAt(deps.db, `notice:${kind}`, now),
    office: await settingAt(deps.db, 'office', now),
    window,
    fees: await feesNow(deps.db),
  });
  const page = `${deps.config.http.publicUrl}/verify`;
  return sampleWithWindow(
    { ...content, title: `【見本】${content.title}` },
    { url: `${page}#sample`, page, checkCode: '00000000' },
    window,
  );
}

/** The deficiency letter as it would be, with made-up data, on the ward's template. */
export async function letterSample(deps: ApiDeps, template: LetterTemplate, given?: Office): Promise<Buffer> {
  const { db } = deps;
  const now = deps.now().toISOString();
  const definition = exampleProcedure('admissionApproved', PROCEDURES);
  if (!definition) throw notFound();
  const office = given ?? (await settingAt(db, 'office', now)).value;
  const { value: calendar } = await settingAt(db, 'calendar', now);
  const { value: deadlines } = await settingAt(db, 'deadlines', now);
  const { value: window } = await settingOn(db, 'envelopeWindow', tokyoDate(now));
  const rules = { calendar, deadlines, criteriaVersion: '1', criteria: [] };
  const receiptNumber = `${definition.letter}27-000123-4`;
  const values = {
    procedure: definition.name.ja,
    receiptNumber,
    deadline: displayDateWithWeekday(requestDeadline('letter', now, rules), 'ja'),
    url: deps.config.http.publicUrl,
  };
  const missing = definition.criteria.find((one) => one.documents.length > 0 && one.reasons.length > 0);
  const [reason] = missing?.reasons ?? [];
  const [document] = missing?.documents ?? [];
  const item = {
    id: 'example',
    criterionId: missing?.id ?? '',
    reasonCode: reason?.code ?? '',
    targets: document === undefined ? [] : [{ kind: 'document' as const, type: document }],
    status: 'open' as const,
  };
  const words = itemInWords(item, {
    definition,
    criteria: definition.criteria,
    textOf: () => undefined,
  });
  return letterToPdf(
    {
      to: { postalCode: '154-0017', lines: ['東京都世田谷区', '世田谷0-00-0'], name: '見本 花子' },
      date: displayDateWithEra(tokyoDate(now), 'ja'),
      title: `【見本】${fillTemplate(template.title, values)}`,
      opening: template.opening.map((text) => fillTemplate(text, values)),
      listTitle: template.listTitle,
      items: [{ what: words.what.ja, lines: [words.reason.ja] }],
      closing: template.closing.map((text) => fillTemplate(text, values)),
      sender: template.sender,
      office,
      receiptNumber,
    },
    window,
  );
}

/** Who writes to families, as a letter shows it. */
export async function officeSample(deps: ApiDeps, office: Office): Promise<Buffer> {
  const { value } = await settingAt(deps.db, 'letter.deficiency', deps.now().toISOString());
  return letterSample(deps, value, office);
}
