import type { ExistingApplication } from '../../../api/contract/index.ts';
import { displayDate } from '../../../domain/procedures/format-dates.ts';
import { LinkButton, NotificationBanner } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { marked } from '../shared/Marked.tsx';
import { common } from '../texts/common.ts';
import { form as m } from '../texts/form.ts';

/** There is an application for this child already: what, and what to do (Q08). */
export function Duplicate({ existing }: { existing: ExistingApplication }) {
  const { t, language } = useI18n();
  const date = marked(displayDate(existing.receivedOn, language));
  return (
    <NotificationBanner
      tone="error"
      announce
      title={t(m.duplicateTitle)}
      className="measure mb-8"
      actions={
        <LinkButton
          to={existing.applicationId === null ? '/applications' : `/applications/${existing.applicationId}`}
        >
          {existing.applicationId === null ? t(common.toList) : t(m.toApplication)}
        </LinkButton>
      }
    >
      <p>
        {existing.own
          ? t(m.duplicateOwn, { date, number: <b>{existing.receiptNumber}</b> })
          : t(m.duplicateOther, { date })}
      </p>
    </NotificationBanner>
  );
}
