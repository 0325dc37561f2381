import { displayDateWithWeekday } from '../../../domain/procedures/format-dates.ts';
import { Icon } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { cx } from '../../lib/index.ts';
import { marked } from '../shared/Marked.tsx';
import { applications as m } from '../texts/applications.ts';
import { urgencyOf } from './standing.ts';

/** By when an answer is awaited; red when it is near or over, and said in words too. */
export function Deadline({ date }: { date: string }) {
  const { t, language } = useI18n();
  const { urgency, days } = urgencyOf(date, new Date());
  const pressing = urgency !== 'calm';
  return (
    <div className={cx('flex items-start gap-2', pressing && 'font-bold text-red-900')}>
      <Icon name={pressing ? 'warning' : 'clock'} size={20} className="mt-1" />
      <div>
        <p>
          {t(m.answerBy, { date: <b>{marked(displayDateWithWeekday(date, language))}</b> })}
          {urgency !== 'overdue' &&
            t(m.inBrackets, { words: days === 0 ? t(m.today) : t(m.daysLeft, { days }) })}
        </p>
        {urgency === 'overdue' && <p>{t(m.overdue)}</p>}
      </div>
    </div>
  );
}
