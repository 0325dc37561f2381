import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { formatBytes } from '../lib/format.ts';
import { Button, TextLink } from './Button.tsx';
import type { UploadedFile } from './uploaded-file.ts';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';

/** A file on its way, or one that was refused. */
export interface UploadEntry {
  readonly key: string;
  readonly file: File;
  readonly progress: number;
  readonly error: string | undefined;
  readonly canRetry: boolean;
}

export interface FileRowProps {
  readonly file?: UploadedFile;
  readonly url?: string | undefined;
  readonly entry?: UploadEntry;
  readonly onRemove?: (() => void) | undefined;
  readonly onRetry?: () => void;
}

/** One file of an upload: name with a link to look at it, size, progress or error, and what can be done. */
export function FileRow({ file, url, entry, onRemove, onRetry }: FileRowProps) {
  const { t, s } = useI18n();
  const name = file?.name ?? entry?.file.name ?? '';
  const size = file?.size ?? entry?.file.size ?? 0;
  const failed = entry?.error !== undefined;
  const percent = Math.round((entry?.progress ?? 1) * 100);
  const isImage = (file?.contentType ?? entry?.file.type ?? '').startsWith('image/');
  return (
    <li
      className={cx(
        'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-8 border p-3',
        failed ? 'border-2 border-red-800' : 'border-solid-gray-420',
      )}
    >
      <Icon name={failed ? 'error' : isImage ? 'image' : 'file'} className={failed ? 'text-red-900' : ''} />
      <div className="min-w-0 flex-1 basis-40">
        <p className="break-all">
          {url === undefined ? (
            name
          ) : (
            <TextLink href={url} newTab>
              {name}
            </TextLink>
          )}
        </p>
        <p className="text-dns-14N-130 mt-1 flex flex-wrap gap-x-3 text-solid-gray-700">
          <span>{formatBytes(size)}</span>
          {file && (
            <span className="flex items-center gap-1 text-green-900">
              <Icon name="check" size={16} />
              {t(m.uploaded)}
            </span>
          )}
          {entry && !failed && <span>{t(m.uploading, { percent })}</span>}
        </p>
        {entry && !failed && (
          <progress
            max={100}
            value={percent}
            aria-label={s(m.uploading, { percent })}
            className="mt-1 h-2 w-full appearance-none overflow-hidden rounded-full bg-solid-gray-200 [&::-moz-progress-bar]:bg-blue-900 [&::-webkit-progress-bar]:bg-solid-gray-200 [&::-webkit-progress-value]:bg-blue-900"
          />
        )}
        {failed && <p className="mt-1 font-bold text-red-900">{entry.error}</p>}
      </div>
      <div className="flex gap-1">
        {onRetry && (
          <Button variant="text" size="sm" onClick={onRetry}>
            {t(m.retry)}
          </Button>
        )}
        {onRemove && (
          <Button variant="text" size="sm" onClick={onRemove} aria-label={s(m.removeFile, { name })}>
            {t(m.remove)}
          </Button>
        )}
      </div>
    </li>
  );
}
