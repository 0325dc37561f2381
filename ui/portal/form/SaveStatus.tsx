import { Button, Icon, NotificationBanner } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { formatTime } from '../../lib/index.ts';
import { problemText } from '../shared/problems.ts';
import { form as m } from '../texts/form.ts';
import type { SaveState } from './saver.ts';

/** Whether the draft is safe: quietly where it is, plainly where it is not. */
export function SaveStatus({ state, onRetry }: { state: SaveState; onRetry: () => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  if (state.kind === 'failed') {
    return (
      <NotificationBanner
        tone="warning"
        announce
        title={t(m.saveFailed)}
        actions={
          <Button variant="outline" onClick={onRetry}>
            {t(m.saveNow)}
          </Button>
        }
      />
    );
  }
  if (state.kind === 'refused') {
    return (
      <NotificationBanner tone="error" announce title={t(m.saveRefused)}>
        <p>{problemText(state.problem, i18n)}</p>
      </NotificationBanner>
    );
  }
  const { kind } = state;
  return (
    <p
      className="text-dns-16N-130 flex min-h-6 items-center gap-1 text-solid-gray-700"
      data-save-state={kind}
    >
      {kind === 'saved' && (
        <>
          <Icon name="check" size={16} className="text-green-800" />
          {t(m.saved, { time: formatTime(state.savedAt.toISOString()) })}
        </>
      )}
      {(kind === 'waiting' || kind === 'saving') && t(m.saving)}
    </p>
  );
}
