import type { MailTemplate } from '../application/effects.ts';
import type { ProcedureDefinition } from '../procedures/definition.ts';
import type { MailFacts } from './content.ts';

/** Made-up facts to look at a template with: for previews and tests. */
export function exampleFacts(template: MailTemplate, definition: ProcedureDefinition): MailFacts {
  const criterion = definition.criteria.find((c) => c.reasons.length > 0 && c.documents.length > 0);
  const document = definition.documents.find((d) => d.type === criterion?.documents[0]);
  const reason = criterion?.reasons[0];
  return {
    receiptNumber: `${definition.letter}27-000123-4`,
    procedure: definition.name,
    url: 'https://gakudo.example.jp/applications/00000000-0000-4000-8000-000000000000',
    items:
      document && reason
        ? [{ what: document.label, reason: reason.applicantText, note: '右下の証明日が写っていません。' }]
        : [],
    deadline: '2026-12-01',
    ...(template === 'decided' ? { decision: { outcome: 'approved', effectiveFrom: '2027-04-01' } } : {}),
  };
}
