import { useState } from 'react';
import type { PersonRef } from '../../../api/contract/index.ts';
import { EmptyState, RadioGroup, TextLink, Timeline } from '../../components/index.ts';
import type { StatusTone } from '../../components/index.ts';
import { useOpened } from '../application/context.tsx';
import { personName } from '../lib/people.ts';

type Filter = 'all' | PersonRef['kind'];
const FILTERS = [
  { value: 'all', label: 'すべて' },
  { value: 'staff', label: '職員' },
  { value: 'applicant', label: '申請者' },
  { value: 'system', label: 'システム（自動）' },
] as const;

const TONES: Readonly<Record<PersonRef['kind'], StatusTone>> = {
  staff: 'info',
  applicant: 'success',
  system: 'neutral',
};

/** Every step with who, when and in words, newest first (Q09). */
export function TimelineTab() {
  const { application } = useOpened();
  const [filter, setFilter] = useState<Filter>('all');
  const entries = application.timeline
    .filter((entry) => filter === 'all' || entry.by.kind === filter)
    .toSorted((a, b) => b.seq - a.seq);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <RadioGroup
          id="timeline-filter"
          label="表示する操作"
          labelSize="sm"
          hideMark
          inline
          options={FILTERS}
          value={filter}
          onChange={setFilter}
        />
        {application.temporalUrl !== null && (
          <TextLink href={application.temporalUrl} newTab className="inline-flex min-h-11 items-center">
            処理の記録（Temporal）
          </TextLink>
        )}
      </div>
      {entries.length === 0 ? (
        <EmptyState title="あてはまる記録はありません" />
      ) : (
        <Timeline
          items={entries.map((entry) => ({
            id: String(entry.seq),
            at: entry.at,
            title: entry.title.ja,
            actor: personName(entry.by),
            tone: TONES[entry.by.kind],
            ...(entry.detail === null ? {} : { body: <p className="whitespace-pre-wrap">{entry.detail}</p> }),
          }))}
        />
      )}
    </div>
  );
}
