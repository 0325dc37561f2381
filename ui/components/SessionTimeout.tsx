import { useEffect, useEffectEvent, useState } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { Button, LinkButton } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { componentMessages as m } from './messages.ts';

export interface SessionTimeoutWarningProps {
  /** When the session ends without activity, ISO 8601 UTC. Undefined: no session. */
  readonly expiresAt: string | undefined;
  /** Keeps the session alive; the page then passes the new `expiresAt`. */
  readonly onContinue: () => unknown;
  readonly onSignOut: () => void;
  /**
   * Called once when the warning is due: look whether the session was prolonged elsewhere (another tab) and pass the
   * new `expiresAt`.
   */
  readonly onWarn?: () => void;
  /** Called once when the time is over: save the draft, forget what is shown. */
  readonly onExpired?: () => void;
  readonly signInTo: string;
  /** Says that what was entered is kept. */
  readonly keepsDraft?: boolean;
  /** Seconds before the end at which the warning comes; 180 unless told. */
  readonly warnSeconds?: number;
}

/** Warns before the session ends and lets a person go on (WCAG 2.2.1); says so when it has ended. */
export function SessionTimeoutWarning(props: SessionTimeoutWarningProps) {
  const {
    expiresAt,
    onContinue,
    onSignOut,
    onExpired,
    signInTo,
    keepsDraft = false,
    warnSeconds = 180,
  } = props;
  const { t } = useI18n();
  const [left, setLeft] = useState(Number.POSITIVE_INFINITY);
  const [busy, setBusy] = useState(false);

  const warn = useEffectEvent(() => props.onWarn?.());
  const expire = useEffectEvent(() => onExpired?.());

  useEffect(() => {
    if (expiresAt === undefined) return undefined;
    const end = Date.parse(expiresAt);
    let warned = false;
    let over = false;
    const tick = () => {
      const seconds = Math.ceil((end - Date.now()) / 1000);
      setLeft(seconds);
      if (seconds <= warnSeconds && !warned) {
        warned = true;
        warn();
      }
      if (seconds <= 0 && !over) {
        over = true;
        expire();
      }
    };
    tick();
    // A sleeping device runs no timers: look again as soon as it wakes.
    const timer = setInterval(tick, 1000);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [expiresAt, warnSeconds]);

  if (expiresAt === undefined || left > warnSeconds) return null;
  if (left <= 0) {
    return (
      <Dialog
        open
        mustAnswer
        role="alertdialog"
        title={t(m.timeoutOver)}
        onClose={() => undefined}
        actions={<LinkButton href={signInTo}>{t(m.signInAgain)}</LinkButton>}
      >
        {keepsDraft && <p>{t(m.timeoutDraft)}</p>}
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      mustAnswer
      role="alertdialog"
      title={t(m.timeoutTitle)}
      onClose={() => undefined}
      actions={
        <>
          <Button
            busy={busy}
            onClick={() => {
              setBusy(true);
              void Promise.resolve(onContinue()).finally(() => setBusy(false));
            }}
          >
            {t(m.timeoutContinue)}
          </Button>
          <Button variant="outline" onClick={onSignOut}>
            {t(m.timeoutSignOut)}
          </Button>
        </>
      }
    >
      <p>
        {t(m.timeoutBody, {
          time: left > 60 ? t(m.minutes, { minutes: Math.ceil(left / 60) }) : t(m.seconds, { seconds: left }),
        })}
      </p>
      {keepsDraft && <p>{t(m.timeoutDraft)}</p>}
    </Dialog>
  );
}
