import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import type { SessionResponse, SignInRequest } from '../../api/contract/index.ts';
import {
  Button,
  ErrorSummary,
  Loading,
  NotificationBanner,
  PageTitle,
  SkipLink,
  TextField,
} from '../components/index.ts';
import { ApiProblem, api, useDocumentTitle, useForm } from '../lib/index.ts';
import { SESSION_KEY, useSession } from './layout/session.tsx';

/** Only paths of this console, so that a link cannot lead elsewhere after sign-in. */
function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/u.test(next) && !next.startsWith('/sign-in') ? next : '/';
}

function Notice({ next, signedOut }: { next: boolean; signedOut: boolean }) {
  if (signedOut) return <NotificationBanner tone="success" title="ログアウトしました" className="mb-6" />;
  if (!next) return null;
  return (
    <NotificationBanner tone="info" title="ログインしてください" className="mb-6">
      <p>ログインすると、開こうとしていた画面に進みます。審査の下書きは保存されています。</p>
    </NotificationBanner>
  );
}

/** Sign-in of staff (Q40–Q44). Why it failed is said by the server; unknown and wrong look alike. */
export function Component() {
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const next = safeNext(search.get('next'));
  const [locked, setLocked] = useState<ApiProblem>();
  const form = useForm({
    initial: { login: '', password: '' } satisfies SignInRequest,
    validate: (values) => ({
      ...(values.login.trim() === '' && { login: 'ログインIDを入力してください。' }),
      ...(values.password === '' && { password: 'パスワードを入力してください。' }),
    }),
    onSubmit: async (values) => {
      setLocked(undefined);
      try {
        const answer = await api.post<SessionResponse>('session', values);
        client.clear();
        client.setQueryData(SESSION_KEY, answer);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.code !== 'locked') throw error;
        setLocked(error);
        return;
      }
      await navigate(next, { replace: true });
    },
  });
  useDocumentTitle('ログイン', { hasErrors: form.summary.length > 0 });

  if (session.isPending) return <Loading />;
  if (session.data?.account?.kind === 'staff') return <Navigate to={next} replace />;
  return (
    <>
      <SkipLink />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-lg px-4 py-10 sm:py-16">
        <PageTitle caption="新BOP学童クラブ 審査事務">ログイン</PageTitle>
        <Notice next={search.has('next')} signedOut={search.has('signedOut')} />
        {locked && (
          <NotificationBanner tone="error" title={locked.title} announce className="mb-6">
            <p>{locked.detail}</p>
            <p>急ぎの場合は、管理責任者に連絡してください。</p>
          </NotificationBanner>
        )}
        <ErrorSummary errors={form.summary} focusKey={form.failures} />
        <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-6">
          <TextField {...form.field('login')} label="ログインID" required hideMark autoComplete="username" />
          <TextField
            {...form.field('password')}
            label="パスワード"
            type="password"
            required
            hideMark
            autoComplete="current-password"
          />
          <Button type="submit" size="lg" wide busy={form.submitting}>
            ログインする
          </Button>
        </form>
        <div className="mt-8 flex flex-col gap-2 border-t border-solid-gray-300 pt-6 text-solid-gray-700">
          <p>
            個人情報を扱うシステムです。許可された職員だけが、業務の目的で使ってください。操作はすべて記録されます。
          </p>
          <p>パスワードを忘れた、IDが使えないときは、管理責任者に再発行を依頼してください。</p>
        </div>
      </main>
    </>
  );
}
