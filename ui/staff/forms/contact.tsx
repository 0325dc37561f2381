import type { ContactBody } from '../../../api/contract/index.ts';
import { tokyoInstant } from '../../../domain/calendar/dates.ts';
import { CONTACT_KINDS } from '../../../domain/application/state.ts';
import type { ContactDirection, ContactKind } from '../../../domain/application/state.ts';
import { CONTACT_LABELS, DIRECTION_LABELS } from '../../../domain/texts/application.ts';
import { DateField, RadioGroup, TextArea, TimeField } from '../../components/index.ts';
import { dateInTokyo, dateProblem, timeProblem } from '../../lib/index.ts';
import type { FieldErrors } from '../../lib/index.ts';
import type { Form } from '../../lib/form.ts';

export interface ContactValues {
  readonly kind: ContactKind | '';
  readonly direction: ContactDirection | '';
  readonly date: string;
  readonly time: string;
  readonly content: string;
}

const DIRECTIONS: readonly ContactDirection[] = ['toApplicant', 'fromApplicant'];

/** A contact that has just taken place. */
export function newContact(now: Date, kind: ContactKind = 'phone'): ContactValues {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Tokyo',
    hour: '2-digit',
    minute: '2-digit',
  }).format(now);
  return { kind, direction: 'toApplicant', date: dateInTokyo(now), time, content: '' };
}

/** What is missing or impossible, by field. */
export function contactProblems(values: ContactValues, now: Date): FieldErrors {
  const dateWrong = dateProblem(values.date) !== undefined;
  const timeWrong = timeProblem(values.time) !== undefined;
  const future =
    !dateWrong && !timeWrong && tokyoInstant(values.date, values.time) > new Date(now).toISOString();
  return {
    ...(dateWrong && { date: '連絡した日を正しく入力してください。' }),
    ...(timeWrong && { time: '連絡した時刻を正しく入力してください。例：14:30' }),
    ...(future && { date: '連絡した日時は、今より前にしてください。' }),
    ...(values.content.trim() === '' && { content: '話した内容・伝えた内容を入力してください。' }),
  };
}

/** The contact as the API takes it. Both choices are made from the start, so there is no empty one. */
export function toContact({ kind, direction, date, time, content }: ContactValues): ContactBody {
  return {
    kind: kind || 'phone',
    direction: direction || 'toApplicant',
    content: content.trim(),
    occurredAt: tokyoInstant(date, time),
  };
}

/** Where the API's messages about a contact belong. */
export function contactPath(path: string): string | undefined {
  const own = path.replace(/^contact\./u, '');
  return own === 'occurredAt' ? 'date' : own;
}

/** How, from whom to whom, when, what was said (Q21). */
export function ContactFields<T extends ContactValues>({
  form,
  contentHint,
}: {
  form: Form<T>;
  contentHint?: string;
}) {
  // The paths of a form that has more fields besides are the same; TypeScript cannot follow them through a type parameter.
  const own = form as unknown as Form<ContactValues>;
  return (
    <>
      <RadioGroup
        {...own.field('kind')}
        label="方法"
        labelSize="sm"
        required
        inline
        options={CONTACT_KINDS.map((value) => ({ value, label: CONTACT_LABELS[value] }))}
      />
      <RadioGroup
        {...own.field('direction')}
        label="向き"
        labelSize="sm"
        required
        inline
        options={DIRECTIONS.map((value) => ({ value, label: DIRECTION_LABELS[value] }))}
      />
      <div className="flex flex-wrap gap-6">
        <DateField {...own.field('date')} label="日付" labelSize="sm" required hideYearHint />
        <TimeField {...own.field('time')} label="時刻" labelSize="sm" required />
      </div>
      <TextArea
        {...own.field('content')}
        label="内容"
        labelSize="sm"
        hint={contentHint ?? '話した相手、伝えたこと、相手の返事'}
        required
        maxCharacters={2000}
      />
    </>
  );
}
