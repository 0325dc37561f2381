import { useState } from 'react';
import type { ExportColumn } from '../../../domain/exports/profile.ts';
import { Button, ButtonGroup, Disclosure, useAnnounce } from '../../components/index.ts';
import type { Form } from '../../lib/form.ts';
import { ColumnFields } from './ColumnFields.tsx';
import { emptyColumn } from './empty.ts';
import { SOURCE_LABELS } from './labels.ts';
import type { ProfileValues } from './profile-values.ts';

/** The columns in their order: what comes from where, in which form. */
export function ColumnsEditor({ form }: { form: Form<ProfileValues> }) {
  const { columns } = form.values.profile;
  const announce = useAnnounce();
  const [keys, setKeys] = useState(() => columns.map((_, index) => index));
  const [fresh, setFresh] = useState<number>();
  const change = (next: readonly ExportColumn[], nextKeys: number[]) => {
    form.setValue('profile.columns', next);
    setKeys(nextKeys);
  };
  const move = (index: number, to: number) => {
    const next = [...columns];
    const nextKeys = [...keys];
    next.splice(to, 0, ...next.splice(index, 1));
    nextKeys.splice(to, 0, ...nextKeys.splice(index, 1));
    change(next, nextKeys);
    announce(`${String(to + 1)}番目に移しました`);
  };
  return (
    <section aria-labelledby="columns-title" className="flex flex-col gap-4">
      <h2 id="columns-title" className="text-std-22B-150">
        項目（{columns.length}）
      </h2>
      <ol className="flex flex-col gap-2">
        {columns.map((column, index) => {
          const wrong = form.summary.some(
            (one) => one.fieldId?.includes(`columns-${String(index)}-`) === true,
          );
          return (
            <li
              key={keys[index]}
              // What is to be put right is open, so that the summary's links lead to it.
              ref={(item) => {
                const details = wrong ? item?.querySelector('details') : undefined;
                if (details) details.open = true;
              }}
              className="rounded-8 border border-solid-gray-420 p-3"
            >
              <Disclosure
                summary={`${String(index + 1)}. ${column.title === '' ? '（名前なし）' : column.title}（${SOURCE_LABELS[column.source.kind]}）${wrong ? '：入力を確認してください' : ''}`}
                open={keys[index] === fresh}
              >
                <ColumnFields form={form} index={index} column={column} />
                <div className="mt-4">
                  <ButtonGroup>
                    <Button
                      variant="outline"
                      size="sm"
                      disabled={index === 0}
                      onClick={() => move(index, index - 1)}
                    >
                      上へ<span className="sr-only">（{column.title}）</span>
                    </Button>
                    <Button
                      variant="outline"
                      size="sm"
                      disabled={index === columns.length - 1}
                      onClick={() => move(index, index + 1)}
                    >
                      下へ<span className="sr-only">（{column.title}）</span>
                    </Button>
                    <Button
                      variant="text"
                      size="sm"
                      danger
                      disabled={columns.length === 1}
                      onClick={() => {
                        change(
                          columns.filter((_, at) => at !== index),
                          keys.filter((_, at) => at !== index),
                        );
                        announce(`${column.title}を外しました`);
                      }}
                    >
                      外す<span className="sr-only">（{column.title}）</span>
                    </Button>
                  </ButtonGroup>
                </div>
              </Disclosure>
            </li>
          );
        })}
      </ol>
      <div>
        <Button
          variant="outline"
          onClick={() => {
            const key = Math.max(0, ...keys) + 1;
            setFresh(key);
            change([...columns, emptyColumn()], [...keys, key]);
          }}
        >
          項目を加える
        </Button>
      </div>
    </section>
  );
}
