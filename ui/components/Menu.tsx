import { useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useNavigate } from 'react-router';
import { cx } from '../lib/cx.ts';
import { DialogPortal } from './DialogPortal.tsx';
import { Icon } from './icons.tsx';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly onSelect?: () => void;
  readonly to?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
}

export interface MenuProps {
  readonly label: ReactNode;
  readonly items: readonly MenuEntry[];
  readonly size?: 'md' | 'sm';
}

/** A button with a list of actions. */
export function Menu({ label, items, size = 'md' }: MenuProps) {
  const navigate = useNavigate();
  const ref = useRef<HTMLButtonElement>(null);
  return (
    <MenuTrigger>
      <Button
        ref={ref}
        className={cx(
          'inline-flex items-center gap-1 rounded-8 border-2 border-blue-900 bg-white px-4 font-bold text-blue-900 hover:bg-blue-200',
          size === 'sm' ? 'min-h-11' : 'min-h-12',
        )}
      >
        {label}
        <Icon name="chevronDown" size={20} />
      </Button>
      <DialogPortal anchor={ref}>
        <Popover
          placement="bottom end"
          className="max-w-[calc(100vw-1rem)] min-w-56 overflow-auto rounded-8 border border-solid-gray-420 bg-white shadow-2"
        >
          <AriaMenu
            className="p-1 focus-visible:outline-none"
            onAction={(key) => {
              const item = items.find((one) => one.id === key);
              item?.onSelect?.();
              if (item?.to !== undefined) void navigate(item.to);
            }}
          >
            {items.map((item) => (
              <MenuItem
                key={item.id}
                id={item.id}
                textValue={item.label}
                isDisabled={item.disabled ?? false}
                className={({ isFocused, isDisabled }) =>
                  cx(
                    'flex min-h-11 cursor-pointer flex-col justify-center rounded-4 px-4 py-2',
                    isFocused && 'bg-blue-100',
                    isDisabled
                      ? 'cursor-not-allowed text-solid-gray-536'
                      : item.danger === true && 'text-red-900',
                  )
                }
              >
                {item.label}
                {item.hint !== undefined && (
                  <span className="text-dns-14N-130 text-solid-gray-700">{item.hint}</span>
                )}
              </MenuItem>
            ))}
          </AriaMenu>
        </Popover>
      </DialogPortal>
    </MenuTrigger>
  );
}
