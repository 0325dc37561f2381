import { Main, PageTitle, TextLink } from '../components/index.ts';
import { useDocumentTitle } from '../lib/index.ts';

/** An address that leads nowhere. */
export function Component() {
  useDocumentTitle('ページが見つかりません');
  return (
    <Main>
      <PageTitle lead="アドレスが間違っているか、ページがなくなっています。">
        ページが見つかりません
      </PageTitle>
      <p>
        <TextLink to="/">ホームへ</TextLink>
      </p>
    </Main>
  );
}
