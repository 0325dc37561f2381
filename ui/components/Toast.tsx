import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';
import type { Tone } from './Notification.tsx';

export interface ToastOptions {
  readonly tone?: Tone;
  /** One thing that can be done about it (取り消す, 表示する). */
  readonly action?: { readonly label: string; readonly onSelect: () => void };
}

interface ToastItem extends ToastOptions {
  readonly id: number;
  readonly text: ReactNode;
}

interface ToastState {
  readonly show: (text: ReactNode, options?: ToastOptions) => void;
}

const ToastContext = createContext<ToastState>({ show: () => undefined });
const AnnounceContext = createContext<(text: string) => void>(() => undefined);

const SHOWN_FOR = 10_000;
const MOST = 4;

/** Room for short messages at the foot of the window and a live region for announcements. Once an application. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { s } = useI18n();
  const [items, setItems] = useState<readonly ToastItem[]>([]);
  const [spoken, setSpoken] = useState({ text: '', turn: 0 });
  const next = useRef(0);

  const show = useCallback((text: ReactNode, options: ToastOptions = {}) => {
    next.current += 1;
    const item = { id: next.current, text, ...options };
    setItems((before) => [...before, item].slice(-MOST));
  }, []);
  const close = useCallback(
    (id: number) => setItems((before) => before.filter((item) => item.id !== id)),
    [],
  );
  const announce = useCallback((text: string) => setSpoken(({ turn }) => ({ text, turn: turn + 1 })), []);
  const state = useMemo(() => ({ show }), [show]);

  return (
    <ToastContext value={state}>
      <AnnounceContext value={announce}>
        {children}
        <div role="status" aria-live="polite" className="sr-only">
          {/* A no-break space makes the same text twice a change that is read again. */}
          {spoken.text + (spoken.turn % 2 === 0 ? '' : '\u00a0')}
        </div>
        <section
          aria-label={s(m.messages)}
          aria-live="polite"
          aria-relevant="additions"
          className="no-print pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-end gap-3"
        >
          {items.map((item) => (
            <Toast key={item.id} item={item} onClose={close} />
          ))}
        </section>
      </AnnounceContext>
    </ToastContext>
  );
}

const TONES: Record<Tone, string> = {
  info: 'border-blue-900 text-blue-900',
  success: 'border-green-700 text-green-800',
  warning: 'border-yellow-700 text-yellow-900',
  error: 'border-red-800 text-red-900',
};

function Toast({ item, onClose }: { item: ToastItem; onClose: (id: number) => void }) {
  const { s } = useI18n();
  const { id, tone = 'info', action } = item;
  const [held, setHeld] = useState(false);
  // Errors and messages with an action wait until they are closed.
  const stays = tone === 'error' || action !== undefined;
  useEffect(() => {
    if (stays || held) return undefined;
    const timer = setTimeout(() => onClose(id), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [stays, held, id, onClose]);
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false) };
  return (
    <div
      {...hold}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={cx(
        'pointer-events-auto flex max-w-md items-start gap-3 rounded-12 border-2 bg-white p-4 shadow-3',
        TONES[tone],
      )}
    >
      <Icon name={tone} className="mt-0.5" />
      <p className="min-w-0 flex-1 text-solid-gray-800">
        <span className="sr-only">{s(m[tone])}: </span>
        {item.text}
      </p>
      {action && (
        <button
          type="button"
          className="min-h-11 font-bold text-blue-900 underline underline-offset-3"
          onClick={() => {
            action.onSelect();
            onClose(id);
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        onClick={() => onClose(id)}
        className="-my-2 -mr-2 flex size-11 items-center justify-center rounded-8 text-solid-gray-800 hover:bg-solid-gray-50"
      >
        <Icon name="close" size={20} />
        <span className="sr-only">{s(m.close)}</span>
      </button>
    </div>
  );
}

/** Shows a short message that goes away by itself; errors stay until they are closed. */
export function useToast(): ToastState {
  return useContext(ToastContext);
}

/** Reads a text out to assistive technology without showing it. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}
