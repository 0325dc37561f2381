import type { ReactNode } from 'react';
import type { StaffActionInput } from '../../../api/contract/index.ts';
import { Button, Dialog, ErrorSummary, NotificationBanner, useToast } from '../../components/index.ts';
import { ApiProblem, useForm } from '../../lib/index.ts';
import type { FieldErrors } from '../../lib/index.ts';
import type { Form } from '../../lib/form.ts';
import { isUnconfirmed } from '../application/act.ts';
import { useOpened } from '../application/context.tsx';
import { useState } from 'react';

export interface ActionDialogProps<T> {
  readonly title: ReactNode;
  readonly confirmLabel: ReactNode;
  readonly initial: T;
  readonly validate?: (values: T) => FieldErrors;
  readonly toAction: (values: T) => StaffActionInput;
  /** Said when it is done. */
  readonly done: string;
  readonly onClose: () => void;
  readonly children: (form: Form<T>) => ReactNode;
  readonly danger?: boolean;
  readonly size?: 'md' | 'lg';
  /** Maps a path of the API (without `action.`) to one of this form. */
  readonly mapPath?: (path: string) => string | undefined;
}

/** A form over the page that does one action. What the server refuses is said here, at the field where it knows one. */
export function ActionDialog<T>(props: ActionDialogProps<T>) {
  const { title, confirmLabel, initial, validate, toAction, done, onClose, danger = false, size } = props;
  const { act } = useOpened();
  const toast = useToast();
  const [unconfirmed, setUnconfirmed] = useState(false);
  const form = useForm<T>({
    idPrefix: 'action',
    initial,
    ...(validate ? { validate } : {}),
    mapServerPath: (path) => {
      const own = path.replace(/^action\./u, '');
      const mapped = props.mapPath ? props.mapPath(own) : own;
      return mapped !== undefined && hasField(mapped) ? mapped : undefined;
    },
    onSubmit: async (values) => {
      setUnconfirmed(false);
      try {
        await act(toAction(values));
      } catch (error) {
        setUnconfirmed(isUnconfirmed(error) && error instanceof ApiProblem);
        throw error;
      }
      toast.show(done, { tone: 'success' });
      onClose();
    },
  });
  return (
    <Dialog
      open
      title={title}
      {...(size === undefined ? {} : { size })}
      onClose={() => !form.submitting && onClose()}
      actions={
        <>
          <Button danger={danger} busy={form.submitting} onClick={() => void form.submit()}>
            {unconfirmed ? 'もう一度送る' : confirmLabel}
          </Button>
          <Button variant="outline" disabled={form.submitting} onClick={onClose}>
            キャンセル
          </Button>
        </>
      }
    >
      {!unconfirmed && (
        <ErrorSummary
          errors={form.summary}
          focusKey={form.failures}
          {...(form.summary.every(({ fieldId }) => fieldId === undefined)
            ? { title: '登録できませんでした' }
            : {})}
        />
      )}
      {unconfirmed && (
        <NotificationBanner tone="warning" title="登録されたか確認できていません" announce>
          {form.summary.map(({ message }) => (
            <p key={message}>{message}</p>
          ))}
          <p>
            内容を変えずに「もう一度送る」を押してください。すでに登録されていても、二重に登録されることはありません。
          </p>
        </NotificationBanner>
      )}
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-5">
        {props.children(form)}
      </form>
    </Dialog>
  );
}

/** Is there a control for this path in the dialog? Otherwise its message stands in the summary without a link. */
function hasField(path: string): boolean {
  const id = `action-${path.replace(/[^A-Za-z0-9_-]/gu, '-')}`;
  return document.getElementById(id) !== null || document.getElementById(`${id}-group`) !== null;
}
