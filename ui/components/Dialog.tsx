import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { problemMessage } from '../lib/problem.ts';
import { Button } from './Button.tsx';
import { RadioGroup } from './Choices.tsx';
import type { Choice } from './Choices.tsx';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';
import { NotificationBanner } from './Notification.tsx';
import { TextArea } from './TextField.tsx';

export interface DialogProps {
  readonly open: boolean;
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** Called for Esc, the × button and, unless it is an alertdialog, a press outside. */
  readonly onClose: () => void;
  readonly actions?: ReactNode;
  readonly size?: 'md' | 'lg';
  /** `alertdialog` for what must not be missed. */
  readonly role?: 'dialog' | 'alertdialog';
  /** Leaves the × out and ignores Esc. */
  readonly mustAnswer?: boolean;
}

/**
 * A window over the page on the browser's own `<dialog>`: the page behind is inert, the focus stays inside and goes
 * back afterwards.
 */
export function Dialog(props: DialogProps) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({
  title,
  children,
  onClose,
  actions,
  size = 'md',
  role = 'dialog',
  mustAnswer = false,
}: DialogProps) {
  const { s } = useI18n();
  const ref = useRef<HTMLDialogElement>(null);
  const pressedOutside = useRef(false);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      role={role}
      aria-labelledby={titleId}
      className={cx(
        'm-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] overflow-y-auto rounded-12 border border-solid-gray-420 bg-white p-0 text-solid-gray-800 shadow-4 backdrop:bg-opacity-gray-600',
        size === 'lg' ? 'max-w-4xl' : 'max-w-xl',
      )}
      onCancel={(event) => {
        event.preventDefault();
        if (!mustAnswer) onClose();
      }}
      onClose={() => {
        // A browser lets nobody be kept in: pressed twice, Esc closes all the same. Events of an earlier closing
        // come late, when the window is open again or gone.
        if (ref.current === null || ref.current.open) return;
        if (mustAnswer) ref.current.showModal();
        else onClose();
      }}
      onPointerDown={(event) => {
        pressedOutside.current = event.target === ref.current;
      }}
      onClick={(event) => {
        // Both ends of the press outside: text marked beyond the edge must not close the window.
        const outside = event.target === ref.current && pressedOutside.current;
        if (outside && role === 'dialog' && !mustAnswer) onClose();
      }}
    >
      <div className="flex flex-col gap-6 p-6">
        <div className="flex items-start justify-between gap-4">
          <h2 id={titleId} tabIndex={-1} autoFocus className="text-std-22B-150 focus-visible:outline-none">
            {title}
          </h2>
          {!mustAnswer && (
            <button
              type="button"
              onClick={onClose}
              className="-mt-1 -mr-2 flex size-11 items-center justify-center rounded-8 hover:bg-solid-gray-50"
            >
              <Icon name="close" />
              <span className="sr-only">{s(m.close)}</span>
            </button>
          )}
        </div>
        <div className="flex flex-col gap-4">{children}</div>
        {actions !== undefined && (
          <div className="flex flex-col gap-4 sm:flex-row-reverse sm:flex-wrap sm:justify-start">
            {actions}
          </div>
        )}
      </div>
    </dialog>
  );
}

/** What a confirmation wants to know besides yes. */
export interface ReasonWanted {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  /** Message when a required reason is missing. */
  readonly missing?: string;
  readonly maxCharacters?: number;
  /** Reasons to choose from, before the free text. */
  readonly choices?: {
    readonly label: ReactNode;
    readonly options: readonly Choice[];
    readonly missing?: string;
  };
}

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly confirmLabel: ReactNode;
  readonly cancelLabel?: ReactNode;
  readonly danger?: boolean;
  readonly reason?: ReasonWanted;
  /** May be async: the dialog shows that it works, closes after it, and stays open with the problem if it fails. */
  readonly onConfirm: (answer: { reason: string; choice: string }) => unknown;
  readonly onClose: () => void;
}

/** Asks before something is done, with a reason where one is wanted. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return props.open ? <OpenConfirm {...props} /> : null;
}

function OpenConfirm(props: ConfirmDialogProps) {
  const { title, children, confirmLabel, cancelLabel, danger = false, reason, onConfirm, onClose } = props;
  const { t } = useI18n();
  const id = useId();
  const [text, setText] = useState('');
  const [choice, setChoice] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const textMissing = reason?.required === true && text.trim() === '';
  const choiceMissing = reason?.choices !== undefined && choice === '';
  const tooLong = reason?.maxCharacters !== undefined && Array.from(text).length > reason.maxCharacters;

  const confirm = async () => {
    if (busy) return;
    setTried(true);
    if (choiceMissing || textMissing || tooLong) {
      document.getElementById(choiceMissing ? `${id}-choice` : `${id}-reason`)?.focus();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await onConfirm({ reason: text.trim(), choice });
      onClose();
    } catch (error) {
      setProblem(problemMessage(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      title={title}
      role="alertdialog"
      onClose={() => !busy && onClose()}
      actions={
        <>
          <Button danger={danger} busy={busy} onClick={() => void confirm()}>
            {confirmLabel}
          </Button>
          <Button variant="outline" disabled={busy} onClick={onClose}>
            {cancelLabel ?? t(m.cancel)}
          </Button>
        </>
      }
    >
      {children}
      {problem !== undefined && <NotificationBanner tone="error" title={problem} announce />}
      {reason?.choices !== undefined && (
        <RadioGroup
          id={`${id}-choice`}
          label={reason.choices.label}
          required
          options={reason.choices.options}
          value={choice}
          onChange={setChoice}
          error={tried && choiceMissing ? (reason.choices.missing ?? '選択してください。') : undefined}
        />
      )}
      {reason !== undefined && (
        <TextArea
          id={`${id}-reason`}
          label={reason.label}
          hint={reason.hint}
          required={reason.required ?? false}
          {...(reason.maxCharacters === undefined ? {} : { maxCharacters: reason.maxCharacters })}
          value={text}
          onChange={setText}
          error={tried && textMissing ? (reason.missing ?? '理由を入力してください。') : undefined}
        />
      )}
    </Dialog>
  );
}
