import { createContext, useContext, useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Button, Checkbox, Dialog } from '../../components/index.ts';

const STORAGE_KEY = 'staff-shortcuts';

interface Shortcuts {
  readonly enabled: boolean;
  readonly showHelp: () => void;
}

const ShortcutsContext = createContext<Shortcuts>({ enabled: false, showHelp: () => undefined });

const HELP: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: ['j'], what: '一覧で次の申請へ' },
  { keys: ['k'], what: '一覧で前の申請へ' },
  { keys: ['Enter'], what: '選んでいる申請を開く' },
  { keys: ['n'], what: '一覧で「次の1件を開く」' },
  { keys: ['/'], what: '申請を探す欄へ' },
  { keys: ['u'], what: '申請から一覧へ戻る' },
  { keys: ['?'], what: 'この説明を開く' },
];

/** Keys for people who handle many applications. They can be switched off (WCAG 2.1.4), and stay off on this device. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [enabled, setEnabled] = useState(readEnabled);
  const [open, setOpen] = useState(false);
  const value = useMemo(() => ({ enabled, showHelp: () => setOpen(true) }), [enabled]);
  return (
    <ShortcutsContext value={value}>
      {children}
      <GlobalKeys onHelp={() => setOpen(true)} />
      <Dialog
        open={open}
        title="キーボードの操作"
        onClose={() => setOpen(false)}
        actions={<Button onClick={() => setOpen(false)}>閉じる</Button>}
      >
        <table className="text-left">
          <thead className="sr-only">
            <tr>
              <th scope="col">キー</th>
              <th scope="col">動作</th>
            </tr>
          </thead>
          <tbody>
            {HELP.map(({ keys, what }) => (
              <tr key={what} className="border-b border-solid-gray-300">
                <th scope="row" className="w-28 py-2">
                  {keys.map((key) => (
                    <kbd key={key} className="rounded-4 border border-solid-gray-536 bg-solid-gray-50 px-2">
                      {key}
                    </kbd>
                  ))}
                </th>
                <td className="py-2">{what}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Checkbox
          id="shortcuts-enabled"
          label="1文字のキーで操作する"
          hint="音声入力などで誤って動くときは、外してください。この端末に記憶します。"
          value={enabled}
          onChange={(on) => {
            setEnabled(on);
            storeEnabled(on);
          }}
        />
      </Dialog>
    </ShortcutsContext>
  );
}

export function useShortcuts(): Shortcuts {
  return useContext(ShortcutsContext);
}

function GlobalKeys({ onHelp }: { onHelp: () => void }) {
  useKeys({
    '?': onHelp,
    '/': () => document.getElementById('quick-search')?.focus(),
  });
  return null;
}

/**
 * Keys of a page. They are left alone while somebody types, with a modifier, and while a dialog is open.
 * @param keys the function for each key, by its name
 */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const { enabled } = useShortcuts();
  const press = useEffectEvent((event: KeyboardEvent) => {
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!action || isTyping(event) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [enabled]);
}

function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const { target } = event;
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

function readEnabled(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off';
  } catch {
    return true;
  }
}

function storeEnabled(on: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off');
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}
