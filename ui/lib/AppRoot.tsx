import { QueryClientProvider } from '@tanstack/react-query';
import { Component, StrictMode, useState } from 'react';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider, useRouteError } from 'react-router';
import type { RouteObject } from 'react-router';
import { Button } from '../components/Button.tsx';
import { NotificationBanner } from '../components/Notification.tsx';
import { ToastProvider } from '../components/Toast.tsx';
import { I18nProvider, useI18n } from '../i18n/index.tsx';
import type { Language, Text } from '../i18n/index.tsx';
import { libMessages as m } from './messages.ts';
import { createQueryClient } from './query.ts';
import { setService } from './title.ts';

/** Everything that pages expect around them: texts, server cache, toasts. `language` pins the language. */
export function AppRoot({ language, children }: { language?: Language; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <I18nProvider {...(language === undefined ? {} : { fixed: language })}>
      <QueryClientProvider client={queryClient}>
        <ToastProvider>
          <ErrorBoundary>{children}</ErrorBoundary>
        </ToastProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}

/** Starts an entry: `routes` under `basename` in #root. `service` ends every document title. */
export function startApp(options: {
  routes: RouteObject[];
  basename?: string;
  service: Text;
  language?: Language;
}): void {
  setService(options.service);
  const router = createBrowserRouter(
    [{ errorElement: <RouteError />, hydrateFallbackElement: <></>, children: options.routes }],
    options.basename === undefined ? {} : { basename: options.basename },
  );
  // Where the person was on the way to: a form that was just filed shall not be asked for again.
  reloadOnMissingChunk(() => {
    const { location } = router.state.navigation;
    return location && router.createHref(location);
  });
  const root = document.getElementById('root');
  if (!root) throw new Error('no #root');
  createRoot(root).render(
    <StrictMode>
      <AppRoot {...(options.language === undefined ? {} : { language: options.language })}>
        <RouterProvider router={router} />
      </AppRoot>
    </StrictMode>,
  );
}

const RELOADED = 'reloaded-for-new-version';

/**
 * After a deployment the chunks of the old version are gone: the first page that misses one is loaded anew, once, so
 * that a real fault does not turn into a loop.
 */
function reloadOnMissingChunk(destination: () => string | undefined): void {
  window.addEventListener('vite:preloadError', (event) => {
    try {
      if (sessionStorage.getItem(RELOADED) !== null) return;
      sessionStorage.setItem(RELOADED, '1');
    } catch {
      return;
    }
    event.preventDefault();
    const to = destination();
    if (to === undefined) window.location.reload();
    else window.location.assign(to);
  });
  window.addEventListener('load', () => {
    setTimeout(() => {
      try {
        sessionStorage.removeItem(RELOADED);
      } catch {
        // Storage is blocked: nothing was kept either.
      }
    }, 10_000);
  });
}

function Broken() {
  const { t } = useI18n();
  return (
    <div className="page py-12">
      <NotificationBanner
        tone="error"
        title={t(m.brokenTitle)}
        announce
        actions={<Button onClick={() => window.location.reload()}>{t(m.reload)}</Button>}
      >
        <p>{t(m.brokenBody)}</p>
      </NotificationBanner>
    </div>
  );
}

/** A route that could not be loaded or drawn. */
function RouteError() {
  const error = useRouteError();
  console.error(error);
  return <Broken />;
}

/** The last net: a fault while drawing shows a sentence, not a white page. */
class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
