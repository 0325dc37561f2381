import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Link } from 'react-router';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { componentMessages as m } from './messages.ts';

export type ButtonVariant = 'solid' | 'outline' | 'text';
export type ButtonSize = 'lg' | 'md' | 'sm';

interface Look {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  /** Red: for what cannot be undone. */
  readonly danger?: boolean;
  readonly icon?: IconName;
  /** As wide as its column; on phones the usual for the main action. */
  readonly wide?: boolean;
  readonly className?: string;
}

export interface ButtonProps extends Look, Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  /** Work is under way: shows it, says it, and lets no second press through. The button keeps its focus. */
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button. `type` is "button" unless told, so that only the one meant submits a form. */
export function Button({
  variant = 'solid',
  size = 'md',
  danger = false,
  wide = false,
  icon,
  busy = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const { s } = useI18n();
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      aria-busy={busy || undefined}
      className={cx(look({ variant, size, danger, wide }), className)}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <BusyMark /> : icon && <Icon name={icon} size={20} />}
      <span>{children}</span>
      {busy && <span className="sr-only">{s(m.busy)}</span>}
    </button>
  );
}

export interface LinkButtonProps extends Look {
  /** Path inside this application. For anything else use `href`. */
  readonly to?: string;
  readonly href?: string;
  /** Opens in a new tab, and says so. */
  readonly newTab?: boolean;
  readonly download?: boolean | string;
  readonly children: ReactNode;
  readonly onClick?: () => void;
}

/** A link that looks like a button. */
export function LinkButton({
  variant = 'solid',
  size = 'md',
  danger = false,
  wide = false,
  icon,
  className,
  ...link
}: LinkButtonProps) {
  return (
    <AppLink {...link} className={cx(look({ variant, size, danger, wide }), className)}>
      {icon && <Icon name={icon} size={20} />}
      <span>{link.children}</span>
    </AppLink>
  );
}

export interface TextLinkProps extends Omit<LinkButtonProps, keyof Look> {
  readonly className?: string;
}

/** A link in running text. */
export function TextLink({ className, ...link }: TextLinkProps) {
  return <AppLink {...link} className={cx('link', className)} />;
}

function AppLink({ to, href, newTab = false, download, children, onClick, className }: TextLinkProps) {
  const { s } = useI18n();
  if (to !== undefined && !newTab) {
    return (
      <Link to={to} className={className} onClick={onClick}>
        {children}
      </Link>
    );
  }
  return (
    <a
      href={href ?? to}
      className={className}
      onClick={onClick}
      download={download === false ? undefined : download}
      {...(newTab ? { target: '_blank', rel: 'noopener noreferrer' } : {})}
    >
      {children}
      {newTab && (
        <>
          <Icon name="external" size={16} className="ml-1 inline" />
          <span className="sr-only">{s(m.newTab)}</span>
        </>
      )}
    </a>
  );
}

/** Buttons side by side; under one another on phones, the main one first. */
export function ButtonGroup({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      className={cx('flex flex-col items-stretch gap-4 sm:flex-row sm:flex-wrap sm:items-center', className)}
    >
      {children}
    </div>
  );
}

function BusyMark() {
  return (
    <span
      aria-hidden="true"
      className="size-5 shrink-0 animate-spin rounded-full border-3 border-current border-r-transparent motion-reduce:animate-none"
    />
  );
}

const SIZES: Record<ButtonSize, string> = {
  lg: 'min-h-14 min-w-36 px-6 py-2 rounded-8 text-std-17B-170',
  md: 'min-h-12 min-w-24 px-4 py-1.5 rounded-8 text-std-16B-170',
  sm: 'min-h-11 px-3 py-1 rounded-6 text-dns-16B-130',
};

const DISABLED =
  'disabled:bg-solid-gray-300 disabled:text-solid-gray-50 disabled:border-solid-gray-300 disabled:cursor-not-allowed aria-disabled:cursor-wait';

function look({
  variant,
  size,
  danger,
  wide,
}: Required<Pick<Look, 'variant' | 'size' | 'danger' | 'wide'>>): string {
  const base =
    'inline-flex items-center justify-center gap-2 border-2 text-center no-underline hover:underline underline-offset-3 focus-visible:rounded-8';
  return cx(base, SIZES[size], danger ? DANGER[variant] : NORMAL[variant], DISABLED, wide && 'w-full');
}

const NORMAL: Record<ButtonVariant, string> = {
  solid:
    'bg-blue-900 border-blue-900 text-white hover:bg-blue-1000 hover:border-blue-1000 active:bg-blue-1200',
  outline:
    'bg-white border-blue-900 text-blue-900 hover:bg-blue-200 hover:text-blue-1000 active:bg-blue-300 active:text-blue-1200 disabled:bg-white disabled:text-solid-gray-420',
  text: 'border-transparent text-blue-900 underline hover:bg-blue-50 hover:text-blue-1000 active:bg-blue-100 disabled:bg-transparent disabled:text-solid-gray-420 disabled:border-transparent',
};

const DANGER: Record<ButtonVariant, string> = {
  solid: 'bg-red-900 border-red-900 text-white hover:bg-red-1000 hover:border-red-1000 active:bg-red-1200',
  outline:
    'bg-white border-red-900 text-red-900 hover:bg-red-100 hover:text-red-1000 active:bg-red-200 disabled:bg-white disabled:text-solid-gray-420',
  text: 'border-transparent text-red-900 underline hover:bg-red-50 hover:text-red-1000 disabled:bg-transparent disabled:text-solid-gray-420 disabled:border-transparent',
};
