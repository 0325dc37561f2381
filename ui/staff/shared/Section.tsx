import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { Main } from '../../components/index.ts';
import { cx } from '../../lib/index.ts';

interface SectionProps {
  /** Names the navigation. */
  readonly label: string;
  readonly parts: readonly { readonly to: string; readonly label: string }[];
  readonly children: ReactNode;
}

/** Frame of pages that belong together: where one is among them, and the page. */
export function Section({ label, parts, children }: SectionProps) {
  return (
    <Main wide>
      <nav aria-label={label} className="no-print mb-6 border-b border-solid-gray-420">
        <ul className="flex flex-wrap gap-x-2">
          {parts.map((part) => (
            <li key={part.to}>
              <NavLink
                to={part.to}
                className={({ isActive }) =>
                  cx(
                    'text-std-16N-170 inline-flex min-h-11 items-center border-b-4 px-3 hover:bg-solid-gray-50',
                    isActive ? 'border-blue-900 font-bold' : 'border-transparent',
                  )
                }
              >
                {part.label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Main>
  );
}
