import { displayDateWithWeekday } from '../../../domain/procedures/format-dates.ts';
import { ButtonGroup, ConfirmationPanel, LinkButton } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { useDocumentTitle } from '../../lib/index.ts';
import { marked } from '../shared/Marked.tsx';
import { answer as m, applications } from '../texts/applications.ts';
import { useAnswer } from './answer-state.tsx';

/** The answer has arrived: what comes next, or what is still to be answered. */
export function Component() {
  const { t, s, language } = useI18n();
  const { application, open } = useAnswer();
  const { request } = application;
  useDocumentTitle(s(m.doneTitle));
  const part = request !== null && open.length > 0;
  return (
    <div className="measure flex flex-col gap-8">
      <ConfirmationPanel title={t(m.doneTitle)} receiptNumber={application.receiptNumber} />
      <p>
        {part
          ? t(m.donePart, {
              count: open.length,
              date: <b>{marked(displayDateWithWeekday(request.deadline, language))}</b>,
            })
          : t(m.doneAll)}
      </p>
      <ButtonGroup className="no-print">
        {part && <LinkButton to={`/applications/${application.id}/answer`}>{t(m.goOn)}</LinkButton>}
        <LinkButton to={`/applications/${application.id}`} {...(part ? { variant: 'outline' as const } : {})}>
          {t(applications.toApplication)}
        </LinkButton>
      </ButtonGroup>
    </div>
  );
}
