import { ButtonGroup, LinkButton, PageTitle } from '../components/index.ts';
import { useI18n } from '../i18n/index.tsx';
import { useDocumentTitle } from '../lib/index.ts';
import { common } from './texts/common.ts';

/** An address that is none of ours, or something that is not the reader's. */
export function Component() {
  const { t, s } = useI18n();
  useDocumentTitle(s(common.notFoundTitle));
  return (
    <>
      <PageTitle lead={<p>{t(common.notFoundBody)}</p>}>{t(common.notFoundTitle)}</PageTitle>
      <ButtonGroup>
        <LinkButton to="/">{t(common.toHome)}</LinkButton>
        <LinkButton to="/applications" variant="outline">
          {t(common.toList)}
        </LinkButton>
      </ButtonGroup>
    </>
  );
}
