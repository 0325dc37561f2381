import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';
import { cx } from '../lib/cx.ts';
import { CountBadge } from './Frame.tsx';

export interface TabItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly count?: number;
  readonly content: ReactNode;
}

export interface TabsProps {
  /** Name of the whole for assistive technology. */
  readonly label: string;
  readonly tabs: readonly TabItem[];
  /** With `onSelect`: the page keeps which tab is open (in its address, say). */
  readonly selected?: string;
  readonly onSelect?: (id: string) => void;
  /** Many of them in little room: closer together, and in a second row rather than out of sight. */
  readonly dense?: boolean;
}

/** Views of the same thing, one at a time. Arrow keys move between tabs. */
export function Tabs({ label, tabs, selected, onSelect, dense = false }: TabsProps) {
  return (
    <AriaTabs
      {...(selected === undefined ? {} : { selectedKey: selected })}
      onSelectionChange={(key) => onSelect?.(String(key))}
    >
      <div className="overflow-x-auto p-1.5">
        <TabList
          aria-label={label}
          className={cx('flex border-b border-solid-gray-420', dense ? 'flex-wrap' : 'gap-1')}
        >
          {tabs.map((tab) => (
            <Tab
              key={tab.id}
              id={tab.id}
              className={({ isSelected }) =>
                cx(
                  'flex min-h-11 cursor-pointer items-center border-b-4 py-1 whitespace-nowrap hover:bg-solid-gray-50',
                  dense ? 'gap-1 px-2.5' : 'gap-2 px-4',
                  isSelected ? 'border-blue-900 font-bold text-blue-1000' : 'border-transparent',
                )
              }
            >
              {tab.label}
              {tab.count !== undefined && <CountBadge count={tab.count} />}
            </Tab>
          ))}
        </TabList>
      </div>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="py-6">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
