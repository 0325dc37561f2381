import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { ConfirmDialog } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import type { Text } from '../../i18n/index.tsx';
import { form as m } from '../texts/form.ts';

/** Asks before a person leaves all pages under `prefix`, while `when` says that something would be lost. */
export function LeaveGuard({
  when,
  prefix,
  title,
  body,
}: {
  /** Asked at the moment of leaving. */
  when: () => boolean;
  prefix: string;
  title: Text;
  body: Text;
}) {
  const { t } = useI18n();
  const blocker = useBlocker(({ nextLocation }) => !nextLocation.pathname.startsWith(prefix) && when());
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (when()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [when]);
  return (
    <ConfirmDialog
      open={blocker.state === 'blocked'}
      title={t(title)}
      confirmLabel={t(m.leave)}
      cancelLabel={t(m.stay)}
      danger
      onClose={() => blocker.state === 'blocked' && blocker.reset()}
      onConfirm={() => blocker.state === 'blocked' && blocker.proceed()}
    >
      <p>{t(body)}</p>
    </ConfirmDialog>
  );
}
