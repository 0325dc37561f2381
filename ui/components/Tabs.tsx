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
}

/** Views of the same thing, one at a time. Arrow keys move between tabs. */
export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  return (
    <AriaTabs
      {...(selected === undefined ? {} : { selectedKey: selected })}
      onSelectionChange={(key) => onSelect?.(String(key))}
    >
      <div className="overflow-x-auto p-1.5">
        <TabList aria-label={label} className="flex gap-1 border-b border-solid-gray-420">
          {tabs.map((tab) => (
            <Tab
              key={tab.id}
              id={tab.id}
              className={({ isSelected }) =>
                cx(
                  'flex min-h-11 cursor-pointer items-center gap-2 border-b-4 px-4 py-1 whitespace-nowrap hover:bg-solid-gray-50',
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
