import { Disclosure } from '../../components/index.ts';
import { formatDateTime } from '../../lib/index.ts';
import type { SettingOf } from './queries.ts';

/** Who changed a setting when, the newest first. */
export function History({ history }: { history: SettingOf<unknown>['history'] }) {
  return (
    <Disclosure summary="変更の履歴">
      <ul className="list-disc pl-6">
        {history.map((one) => (
          <li key={one.version}>
            第{one.version}版 {formatDateTime(one.changedAt)}{' '}
            {one.isDefault ? '（既定値）' : (one.changedBy?.name ?? '')} {one.note}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
