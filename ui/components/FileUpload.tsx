import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { ACCEPT_DOCUMENTS, acceptAttribute, isAccepted, typeNames } from '../lib/files.ts';
import type { AcceptedType } from '../lib/files.ts';
import { formatBytes } from '../lib/format.ts';
import { ApiProblem } from '../lib/problem.ts';
import { describe, FieldGroup } from './Field.tsx';
import type { FieldProps } from './Field.tsx';
import { FileRow } from './FileRow.tsx';
import type { UploadEntry } from './FileRow.tsx';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';
import { frameOf } from './TextField.tsx';
import type { ValueProps } from './TextField.tsx';
import type { UploadedFile } from './uploaded-file.ts';

export interface FileUploadProps<F extends UploadedFile>
  extends FieldProps, Omit<ValueProps<F[]>, 'value' | 'onChange'> {
  readonly value: readonly F[] | undefined;
  readonly onChange: (value: F[]) => void;
  readonly upload: (
    file: File,
    options: { onProgress: (fraction: number) => void; signal: AbortSignal },
  ) => Promise<F>;
  /** Takes a file back at the server. Without it the file only leaves the value. */
  readonly remove?: (file: F) => Promise<unknown>;
  /** Where a file can be looked at, for those that do not bring a `url`. */
  readonly urlOf?: (file: F) => string;
  readonly accept?: readonly AcceptedType[];
  readonly maxBytes?: number;
  readonly maxFiles?: number;
  /** Offers the phone's camera as a button of its own; on unless told. */
  readonly camera?: boolean;
  /** Tells whether files are still on their way: keep the form from being sent meanwhile. */
  readonly onBusyChange?: (busy: boolean) => void;
}

const NONE: readonly never[] = [];
const TEN_MEGABYTES = 10 * 1024 * 1024;

/**
 * Files of one kind of document, sent as soon as they are chosen, by drag and drop, from the device, or by the
 * camera. Each shows its progress and its own error; the value holds those that have arrived.
 */
export function FileUpload<F extends UploadedFile>(props: FileUploadProps<F>) {
  const { id, hint, error, name, onChange, upload, remove } = props;
  const value: readonly F[] = props.value ?? NONE;
  const { accept = ACCEPT_DOCUMENTS, maxBytes = TEN_MEGABYTES, maxFiles = 10, camera = true } = props;
  const { t, s } = useI18n();
  // Its own live region: the page's is silent while a dialog is open.
  const [said, announce] = useState('');
  const [entries, setEntries] = useState<readonly UploadEntry[]>([]);
  const [over, setOver] = useState(false);
  const [tooMany, setTooMany] = useState(false);
  const running = useRef(new Map<string, AbortController>());
  const turn = useRef(0);
  // Several uploads end in any order: each adds to the newest value, not to the one it began with.
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);

  const busy = entries.some((entry) => entry.error === undefined);
  const tellBusy = useEffectEvent((now: boolean) => props.onBusyChange?.(now));
  useEffect(() => tellBusy(busy), [busy]);
  useEffect(() => {
    const controllers = running.current;
    return () => {
      for (const controller of controllers.values()) controller.abort();
    };
  }, []);

  const change = (files: F[]) => {
    latest.current = files;
    onChange(files);
  };
  const patch = (key: string, part: Partial<UploadEntry>) =>
    setEntries((before) => before.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)));
  const drop = (key: string) => setEntries((before) => before.filter((entry) => entry.key !== key));

  const send = async (key: string, file: File) => {
    const controller = new AbortController();
    running.current.set(key, controller);
    patch(key, { progress: 0, error: undefined, canRetry: false });
    try {
      const done = await upload(file, {
        onProgress: (fraction) => patch(key, { progress: fraction }),
        signal: controller.signal,
      });
      drop(key);
      change([...latest.current, done]);
      announce(s(m.uploadedOf, { name: file.name }));
    } catch (problem) {
      if (controller.signal.aborted) return;
      const text = problem instanceof ApiProblem ? problem.message : s(m.uploadFailed);
      patch(key, { error: text, canRetry: !(problem instanceof ApiProblem) || isTransient(problem) });
      announce(s(m.failedOf, { name: file.name }));
    } finally {
      running.current.delete(key);
    }
  };

  const refusal = (file: File): string | undefined => {
    if (!isAccepted(file, accept)) return s(m.fileWrongType, { types: typeNames(accept) });
    if (file.size === 0) return s(m.fileEmpty);
    if (file.size > maxBytes) {
      return s(m.fileTooBig, { size: formatBytes(file.size), max: formatBytes(maxBytes) });
    }
    return undefined;
  };

  const add = (files: readonly File[]) => {
    const room =
      maxFiles - latest.current.length - entries.filter((entry) => entry.error === undefined).length;
    setTooMany(files.length > room);
    const taken = files.slice(0, Math.max(room, 0)).map((file) => {
      turn.current += 1;
      return { key: `u${turn.current}`, file, progress: 0, error: refusal(file), canRetry: false };
    });
    setEntries((before) => [...before, ...taken]);
    for (const entry of taken) if (entry.error === undefined) void send(entry.key, entry.file);
    props.onBlur?.();
  };

  const takeBack = async (file: F) => {
    try {
      await remove?.(file);
    } catch (problem) {
      // Gone already is as good as taken back.
      if (!(problem instanceof ApiProblem && problem.isNotFound)) {
        announce(s(m.uploadFailed));
        return;
      }
    }
    change(latest.current.filter((one) => one.id !== file.id));
    setTooMany(false);
    announce(s(m.removedOf, { name: file.name }));
    document.getElementById(id)?.focus();
  };

  const full = value.length >= maxFiles;
  const disabled = props.disabled === true || full;
  const describedBy = describe(id, { hint, error }, `${id}-rules`);
  const picker = (inputId: string, capture: boolean) => (
    <input
      id={inputId}
      name={capture ? undefined : name}
      type="file"
      className="sr-only"
      multiple={!capture && maxFiles > 1}
      accept={capture ? 'image/*' : acceptAttribute(accept)}
      capture={capture ? 'environment' : undefined}
      disabled={disabled}
      aria-describedby={describedBy}
      aria-invalid={error ? true : undefined}
      onChange={(event) => {
        add([...(event.target.files ?? [])]);
        event.target.value = '';
      }}
    />
  );
  const buttonLook = cx(
    'inline-flex min-h-12 items-center justify-center gap-2 rounded-8 border-2 px-4 py-1.5 font-bold',
    disabled
      ? 'cursor-not-allowed border-solid-gray-300 text-solid-gray-420'
      : 'cursor-pointer border-blue-900 bg-white text-blue-900 hover:bg-blue-200 hover:underline',
  );

  return (
    <FieldGroup {...frameOf(props)}>
      <div
        className={cx(
          'flex flex-col items-center gap-3 rounded-8 border-2 border-dashed p-4 text-center',
          over ? 'border-blue-900 bg-blue-50' : error ? 'border-error-1' : 'border-solid-gray-536',
        )}
        onDragOver={(event) => {
          event.preventDefault();
          if (!disabled) setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (!disabled) add([...event.dataTransfer.files]);
        }}
      >
        <p className="hidden pointer-fine:block">{t(m.dropHere)}</p>
        <div className="flex flex-wrap justify-center gap-3">
          <div className="focus-ring-within rounded-8">
            {picker(id, false)}
            <label htmlFor={id} className={buttonLook}>
              <Icon name="upload" size={20} />
              {t(m.chooseFile)}
            </label>
          </div>
          {camera && (
            <div className="focus-ring-within rounded-8 pointer-fine:hidden">
              {picker(`${id}-camera`, true)}
              <label htmlFor={`${id}-camera`} className={buttonLook}>
                <Icon name="camera" size={20} />
                {t(m.takePhoto)}
              </label>
            </div>
          )}
        </div>
        <p id={`${id}-rules`} className="text-dns-16N-130 text-solid-gray-700">
          {t(m.fileRules, { types: typeNames(accept), size: formatBytes(maxBytes), count: maxFiles })}
        </p>
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
      {tooMany && <p className="font-bold text-red-900">{t(m.fileTooMany, { count: maxFiles })}</p>}
      {value.length + entries.length > 0 && (
        <ul className="flex flex-col gap-2">
          {value.map((file) => (
            <FileRow
              key={file.id}
              file={file}
              url={file.url ?? props.urlOf?.(file)}
              onRemove={props.disabled === true ? undefined : () => void takeBack(file)}
            />
          ))}
          {entries.map((entry) => (
            <FileRow
              key={entry.key}
              entry={entry}
              onRemove={() => {
                running.current.get(entry.key)?.abort();
                drop(entry.key);
                document.getElementById(id)?.focus();
              }}
              {...(entry.canRetry ? { onRetry: () => void send(entry.key, entry.file) } : {})}
            />
          ))}
        </ul>
      )}
    </FieldGroup>
  );
}

function isTransient(problem: ApiProblem): boolean {
  return problem.isNetwork || problem.status === 429 || problem.status >= 500;
}
