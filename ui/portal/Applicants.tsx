import { Navigate, Outlet, useLocation } from 'react-router';
import { LinkButton, LoadError, Loading, PageTitle } from '../components/index.ts';
import { useI18n } from '../i18n/index.tsx';
import { useSession } from './session.tsx';
import { common } from './texts/common.ts';

/** Pages for signed-in applicants. Others are sent to sign in and come back afterwards. */
export function Component() {
  const { account, loading, error, reload } = useSession();
  const { t } = useI18n();
  const { pathname, search } = useLocation();
  if (account?.kind === 'applicant') return <Outlet />;
  if (account) {
    return (
      <>
        <PageTitle lead={<p>{t(common.staffHereBody)}</p>}>{t(common.staffHere)}</PageTitle>
        <LinkButton href="/staff">{t(common.toStaff)}</LinkButton>
      </>
    );
  }
  if (loading) return <Loading />;
  if (error !== undefined && error !== null) return <LoadError error={error} onRetry={reload} />;
  return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
}
