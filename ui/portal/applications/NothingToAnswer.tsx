import { LinkButton, PageTitle } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { useDocumentTitle } from '../../lib/index.ts';
import { answer as m, applications } from '../texts/applications.ts';
import { useAnswer } from './answer-state.tsx';

/** All is answered, or the office needs nothing any more. */
export function NothingToAnswer() {
  const { t, s } = useI18n();
  const { application } = useAnswer();
  useDocumentTitle(s(m.nothing));
  return (
    <div className="measure">
      <PageTitle>{t(m.nothing)}</PageTitle>
      <LinkButton to={`/applications/${application.id}`}>{t(applications.toApplication)}</LinkButton>
    </div>
  );
}
