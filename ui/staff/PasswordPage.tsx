import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { SessionResponse } from '../../api/contract/index.ts';
import {
  Button,
  ErrorSummary,
  Main,
  NotificationBanner,
  PageTitle,
  TextField,
  useToast,
} from '../components/index.ts';
import { api, useDocumentTitle, useForm } from '../lib/index.ts';
import { SESSION_KEY, useAccount } from './layout/session.tsx';

/** A new password; the first page after a sign-in with a temporary one (Q44). What it must be like, the server judges. */
export function Component() {
  const account = useAccount();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const form = useForm({
    initial: { current: '', password: '', repeated: '' },
    validate: (values) => ({
      ...(values.current === '' && { current: '今のパスワードを入力してください。' }),
      ...(values.password === '' && { password: '新しいパスワードを入力してください。' }),
      ...(values.repeated !== values.password && {
        repeated: '新しいパスワードと同じものを、もう一度入力してください。',
      }),
    }),
    onSubmit: async ({ current, password }) => {
      const answer = await api.post<SessionResponse>('session/password', { current, password });
      client.setQueryData(SESSION_KEY, answer);
      toast.show('パスワードを変更しました', { tone: 'success' });
      await navigate('/');
    },
  });
  useDocumentTitle('パスワード変更', { hasErrors: form.summary.length > 0 });
  return (
    <Main>
      <PageTitle>パスワード変更</PageTitle>
      <div className="max-w-xl">
        {account.passwordTemporary && (
          <NotificationBanner tone="warning" title="仮のパスワードを変更してください" className="mb-6">
            <p>変更が終わると、ほかの画面を使えるようになります。</p>
          </NotificationBanner>
        )}
        <ErrorSummary errors={form.summary} focusKey={form.failures} />
        <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-6">
          <TextField
            {...form.field('current')}
            label="今のパスワード"
            type="password"
            required
            autoComplete="current-password"
          />
          <TextField
            {...form.field('password')}
            label="新しいパスワード"
            hint="12文字以上。ほかで使っているもの、名前や日付など推測されやすいものは使えません。"
            type="password"
            required
            autoComplete="new-password"
          />
          <TextField
            {...form.field('repeated')}
            label="新しいパスワード（確認）"
            type="password"
            required
            autoComplete="new-password"
          />
          <div>
            <Button type="submit" busy={form.submitting}>
              変更する
            </Button>
          </div>
        </form>
      </div>
    </Main>
  );
}
