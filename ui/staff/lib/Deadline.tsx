import { StatusTag } from '../../components/index.ts';
import { formatShortDate } from '../../lib/index.ts';
import { deadlineLook } from './looks.ts';

/** A deadline in few words, marked where it is near or has passed. */
export function Deadline({ deadline, overdue }: { deadline: string | null; overdue: boolean }) {
  if (deadline === null) return <span className="text-solid-gray-700">－</span>;
  const now = new Date();
  const { tone, mark } = deadlineLook(deadline, overdue, now);
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="whitespace-nowrap">{formatShortDate(deadline, now)}</span>
      {mark !== undefined && <StatusTag tone={tone}>{mark}</StatusTag>}
    </span>
  );
}
