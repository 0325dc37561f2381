import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { LANGUAGE_NAMES, LANGUAGE_TAGS, LANGUAGES, useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { Button, TextLink } from './Button.tsx';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';

/** First thing on every page for the keyboard: jumps over the header. */
export function SkipLink() {
  const { t } = useI18n();
  return (
    <a
      href="#main"
      className="no-print absolute top-0 left-0 z-50 -translate-y-full bg-yellow-300 px-4 py-3 font-bold text-blue-1000 underline focus:translate-y-0"
    >
      {t(m.skipToMain)}
    </a>
  );
}

/** The main part of a page. */
export function Main({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className={cx(wide ? 'page-wide pt-3' : 'page pt-6 sm:pt-8', 'flex-1 pb-16')}
    >
      {children}
    </main>
  );
}

/** The h1 of a page, which gets the focus after a change of page. */
export function PageTitle({
  children,
  caption,
  lead,
  actions,
}: {
  children: ReactNode;
  /** Small line above (the step, the name of the child). */
  caption?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="mb-6 flex flex-col gap-3 sm:mb-8">
      {caption !== undefined && <p className="text-std-16B-170 text-solid-gray-700">{caption}</p>}
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 tabIndex={-1} className="text-std-28B-150 sm:text-std-32B-150">
          {children}
        </h1>
        {actions !== undefined && <div className="no-print flex flex-wrap gap-3">{actions}</div>}
      </div>
      {lead !== undefined && <div className="measure">{lead}</div>}
    </div>
  );
}

export interface NavItem {
  readonly to: string;
  readonly label: ReactNode;
  /** Number of things waiting there. */
  readonly count?: number;
  /** Marked only on exactly this path. */
  readonly end?: boolean;
  /** Other paths that belong to it and mark it too. */
  readonly also?: readonly string[];
}

export interface PortalHeaderProps {
  readonly serviceName: ReactNode;
  readonly homeTo?: string;
  readonly nav?: readonly NavItem[];
  readonly account?: { readonly name: string; readonly onSignOut: () => void; readonly to?: string };
  readonly signOutLabel?: ReactNode;
}

/** Head of the applicant portal: name, language, account; the navigation folds on phones. */
export function PortalHeader({
  serviceName,
  homeTo = '/',
  nav = [],
  account,
  signOutLabel,
}: PortalHeaderProps) {
  const { t, s } = useI18n();
  const [open, setOpen] = useState(false);
  const navId = useId();
  return (
    <header className="no-print border-b border-solid-gray-300 bg-white">
      <div className="page flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2">
        <Link
          to={homeTo}
          className="text-std-18B-160 flex min-h-11 items-center text-solid-gray-800 hover:underline"
        >
          {serviceName}
        </Link>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <LanguageSwitcher />
          {account && (
            <>
              <span className="hidden items-center gap-1 sm:flex">
                <Icon name="user" size={20} />
                {account.to === undefined ? (
                  account.name
                ) : (
                  <TextLink to={account.to}>{account.name}</TextLink>
                )}
              </span>
              <Button
                variant="text"
                size="sm"
                onClick={account.onSignOut}
                className={cx(nav.length > 0 && 'max-md:hidden')}
              >
                {signOutLabel ?? t(m.timeoutSignOut)}
              </Button>
            </>
          )}
          {nav.length > 0 && (
            <button
              type="button"
              aria-expanded={open}
              aria-controls={navId}
              onClick={() => setOpen(!open)}
              className="flex min-h-11 items-center gap-1 rounded-8 px-2 hover:bg-solid-gray-50 md:hidden"
            >
              <Icon name={open ? 'close' : 'menu'} />
              {t(m.menu)}
            </button>
          )}
        </div>
      </div>
      {nav.length > 0 && (
        <nav id={navId} aria-label={s(m.menu)} className={cx('md:block', open ? 'block' : 'hidden')}>
          <ul className="page flex flex-col md:flex-row md:gap-6">
            {nav.map((item) => (
              <li key={item.to}>
                <HeaderLink item={item} onSelect={() => setOpen(false)} />
              </li>
            ))}
            {account && (
              <li className="md:hidden">
                <button
                  type="button"
                  onClick={account.onSignOut}
                  className="flex min-h-11 w-full items-center py-1 hover:underline"
                >
                  {signOutLabel ?? t(m.timeoutSignOut)}
                </button>
              </li>
            )}
          </ul>
        </nav>
      )}
    </header>
  );
}

function HeaderLink({ item, onSelect }: { item: NavItem; onSelect?: () => void }) {
  const { pathname } = useLocation();
  const within = item.also?.some((path) => pathname === path || pathname.startsWith(`${path}/`)) ?? false;
  return (
    <NavLink
      to={item.to}
      end={item.end ?? false}
      onClick={onSelect}
      className={({ isActive }) =>
        cx(
          'flex min-h-11 items-center gap-2 border-b-4 py-1 whitespace-nowrap hover:underline',
          isActive || within ? 'border-blue-900 font-bold text-blue-1000' : 'border-transparent',
        )
      }
    >
      {item.label}
      {item.count !== undefined && item.count > 0 && <CountBadge count={item.count} />}
    </NavLink>
  );
}

/** A number beside a word. */
export function CountBadge({ count }: { count: number }) {
  return (
    <span className="text-dns-14B-130 rounded-full bg-solid-gray-700 px-2 py-0.5 text-white tabular-nums">
      {count}
    </span>
  );
}

export interface StaffHeaderProps {
  readonly serviceName: ReactNode;
  readonly homeTo?: string;
  readonly nav?: readonly NavItem[];
  readonly user?: { readonly name: string; readonly role: string; readonly place?: string };
  /** 「前回のログイン 2026年11月2日 9:05」 (Q43). */
  readonly lastSignIn?: ReactNode;
  readonly onSignOut?: () => void;
  /** Shown in a stripe where this is not production (試験環境). */
  readonly environment?: string;
  readonly search?: ReactNode;
}

/** Head of the staff console: dense, who you are and where, all areas at a glance. */
export function StaffHeader({
  serviceName,
  homeTo = '/',
  nav = [],
  user,
  lastSignIn,
  onSignOut,
  environment,
  search,
}: StaffHeaderProps) {
  return (
    <header className="no-print border-b border-solid-gray-420 bg-white">
      {environment !== undefined && (
        <p className="text-dns-14B-130 bg-yellow-200 px-4 py-1 text-center">{environment}</p>
      )}
      <div className="page-wide flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-1.5">
        <Link to={homeTo} className="text-std-17B-170 flex min-h-11 items-center hover:underline">
          {serviceName}
        </Link>
        {search}
        {user && (
          <div className="text-dns-14N-130 flex flex-wrap items-center gap-x-4 gap-y-1">
            <span className="flex items-center gap-1">
              <Icon name="user" size={20} />
              <span>
                <b>{user.name}</b>（{user.role}
                {user.place !== undefined && `・${user.place}`}）
              </span>
            </span>
            {lastSignIn !== undefined && <span className="text-solid-gray-700">{lastSignIn}</span>}
            {onSignOut && (
              <Button variant="text" size="sm" onClick={onSignOut}>
                ログアウト
              </Button>
            )}
          </div>
        )}
      </div>
      {nav.length > 0 && (
        <nav aria-label="メニュー" className="border-t border-solid-gray-200">
          <ul className="page-wide flex flex-wrap gap-x-6">
            {nav.map((item) => (
              <li key={item.to}>
                <HeaderLink item={item} />
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

/** Foot of a page: who runs this, links, contact. */
export function Footer({
  children,
  links = [],
}: {
  children?: ReactNode;
  links?: readonly { to?: string; href?: string; label: ReactNode }[];
}) {
  return (
    <footer className="no-print border-t border-solid-gray-300 bg-solid-gray-50">
      <div className="page flex flex-col gap-4 py-8">
        {links.length > 0 && (
          <ul className="flex flex-wrap gap-x-6 gap-y-2">
            {links.map((link) => (
              <li key={link.to ?? link.href}>
                <TextLink
                  {...(link.to === undefined ? {} : { to: link.to })}
                  {...(link.href === undefined ? {} : { href: link.href })}
                  className="inline-flex min-h-11 items-center"
                >
                  {link.label}
                </TextLink>
              </li>
            ))}
          </ul>
        )}
        {children}
      </div>
    </footer>
  );
}

/** Where a page stands. The last item is the page itself. */
export function Breadcrumbs({
  items,
}: {
  items: readonly { readonly to?: string; readonly label: ReactNode }[];
}) {
  const { s } = useI18n();
  return (
    <nav aria-label={s(m.breadcrumbs)} className="no-print mb-4">
      <ol className="text-dns-16N-130 flex flex-wrap items-center gap-y-1">
        {items.map((item, index) => (
          <li key={item.to ?? index} className="flex items-center">
            {index > 0 && <Icon name="chevronRight" size={16} className="mx-1 text-solid-gray-536" />}
            {item.to === undefined ? (
              <span aria-current="page" className="py-2">
                {item.label}
              </span>
            ) : (
              <TextLink to={item.to} className="py-2">
                {item.label}
              </TextLink>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** 「戻る」 above the title of a page. */
export function BackLink({
  to,
  onClick,
  children,
}: {
  to?: string;
  onClick?: () => void;
  children?: ReactNode;
}) {
  const { t } = useI18n();
  const label = (
    <>
      <Icon name="chevronLeft" size={20} />
      {children ?? t(m.back)}
    </>
  );
  const className = 'no-print mb-4 inline-flex min-h-11 items-center gap-1';
  return to === undefined ? (
    <button type="button" onClick={onClick} className={cx('link', className)}>
      {label}
    </button>
  ) : (
    <TextLink to={to} className={className}>
      {label}
    </TextLink>
  );
}

/** Choice of the language, each called in itself. */
export function LanguageSwitcher() {
  const { language, setLanguage, s } = useI18n();
  const id = useId();
  return (
    <div className="flex items-center gap-1">
      <Icon name="globe" size={20} />
      <label htmlFor={id} className="sr-only">
        {s(m.language)}
      </label>
      <select
        id={id}
        value={language}
        onChange={(event) => {
          const chosen = LANGUAGES.find((one) => one === event.target.value);
          if (chosen) setLanguage(chosen);
        }}
        className="min-h-11 rounded-6 border field-sizing-content border-transparent bg-transparent px-1 hover:border-solid-gray-600"
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={LANGUAGE_TAGS[one]}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
