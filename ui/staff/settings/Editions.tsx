import type { ReactNode } from 'react';
import type { SettingEditionView } from '../../../api/contract/index.ts';
import { Button, Disclosure, StatusTag } from '../../components/index.ts';
import type { StatusTone } from '../../components/index.ts';
import { formatDate, formatDateTime } from '../../lib/index.ts';
import { personName } from '../lib/people.ts';

const STANDINGS: Readonly<Record<SettingEditionView['standing'], { label: string; tone: StatusTone }>> = {
  inForce: { label: '適用中', tone: 'success' },
  coming: { label: 'これから', tone: 'progress' },
  past: { label: '終了', tone: 'neutral' },
  replaced: { label: '差し替え済み', tone: 'neutral' },
};

/** Every edition of a setting, the newest first: from when it holds, who set it why, and what it says. */
export function Editions<T>({
  setting: { editions, mayEdit },
  show,
  onTake,
}: {
  setting: { editions: readonly SettingEditionView<T>[]; mayEdit: boolean };
  show: (value: T) => ReactNode;
  /** Starts from this edition, to change it. */
  onTake: (version: number) => void;
}) {
  return (
    <section className="mt-10" aria-labelledby="editions-title">
      <h2 id="editions-title" className="text-std-20B-150 mb-3">
        変更の履歴
      </h2>
      <ul className="flex flex-col gap-2">
        {editions.map((one) => (
          <li key={one.version} className="flex flex-wrap items-start gap-x-3">
            <div className="pt-1">
              <StatusTag tone={STANDINGS[one.standing].tone}>{STANDINGS[one.standing].label}</StatusTag>
            </div>
            <div className="min-w-0 grow basis-80">
              <Disclosure summary={titleOf(one)}>
                <p>
                  {formatDateTime(one.changedAt)}　
                  {one.changedBy === null ? '既定値' : personName(one.changedBy)}
                </p>
                {one.note !== '' && <p>理由：{one.note}</p>}
                <div className="mt-2">{show(one.value)}</div>
                {mayEdit && (
                  <Button variant="text" size="sm" onClick={() => onTake(one.version)}>
                    この内容から直す<span className="sr-only">（第{one.version}版）</span>
                  </Button>
                )}
              </Disclosure>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function titleOf({ version, validFrom, isDefault }: SettingEditionView): string {
  const from = validFrom === null ? '' : `　${formatDate(validFrom, { era: true })}から適用`;
  return `第${String(version)}版${isDefault ? '（既定値）' : ''}${from}`;
}
