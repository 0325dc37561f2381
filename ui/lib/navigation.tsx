import { useEffect, useRef } from 'react';
import { useBlocker, useLocation } from 'react-router';
import { ConfirmDialog } from '../components/Dialog.tsx';
import { useI18n } from '../i18n/index.tsx';
import { libMessages as m } from './messages.ts';

/**
 * After a change of page: scroll to the top and focus its h1, so that keyboard and screen reader start there.
 * Put it once into the layout. The first load is left alone, so are changes of the query or of `#parts`.
 */
export function RouteFocus() {
  const { pathname, hash } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return undefined;
    before.current = pathname;
    if (hash !== '') return undefined;
    return focusHeadingWhenThere();
  }, [pathname, hash]);
  return null;
}

/** Focuses the page's h1, waiting for it while the page is still loading. Returns how to stop waiting. */
function focusHeadingWhenThere(): () => void {
  const previous = document.querySelector('main h1');
  const focus = (): boolean => {
    const heading = document.querySelector<HTMLElement>('main h1');
    if (!heading) return false;
    // The page came late and the person has begun to write: leave them there.
    if (document.activeElement?.matches('input, textarea, select') === true) return true;
    if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
    window.scrollTo(0, 0);
    heading.focus({ preventScroll: true });
    return true;
  };
  if (previous && focus()) return () => undefined;
  const observer = new MutationObserver(() => {
    if (focus()) observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  const timer = setTimeout(() => observer.disconnect(), 10_000);
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}

/**
 * Asks before a person leaves a page with changes that are not saved: by link, by the back button, or by
 * closing the window. Render it inside the form while `when` can be true.
 */
export function UnsavedChangesGuard({ when }: { when: boolean }) {
  const { t } = useI18n();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    return when && currentLocation.pathname !== nextLocation.pathname;
  });
  useEffect(() => {
    if (!when) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [when]);
  return (
    <ConfirmDialog
      open={blocker.state === 'blocked'}
      title={t(m.unsavedTitle)}
      confirmLabel={t(m.unsavedLeave)}
      cancelLabel={t(m.unsavedStay)}
      danger
      onClose={() => blocker.state === 'blocked' && blocker.reset()}
      onConfirm={() => blocker.state === 'blocked' && blocker.proceed()}
    >
      <p>{t(m.unsavedBody)}</p>
    </ConfirmDialog>
  );
}
