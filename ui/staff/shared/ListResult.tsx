import type { ReactNode } from 'react';
import { DataTable, LoadError, Loading, Pagination, StatGrid } from '../../components/index.ts';
import type { Column } from '../../components/index.ts';

interface Page<R> {
  readonly rows: readonly R[];
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
}

interface ListResultProps<R, P extends Page<R>> {
  readonly query: {
    readonly data: P | undefined;
    readonly isPending: boolean;
    readonly isFetching: boolean;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  /** Cards with figures above the table. */
  readonly counts: (data: P) => ReactNode;
  readonly caption: (data: P) => string;
  readonly columns: (data: P) => readonly Column<R>[];
  readonly rowKey: (row: R) => string;
  readonly rowLabel: (row: R) => string;
  readonly empty: ReactNode;
  readonly onPage: (page: number) => void;
}

/** What a list's conditions give: figures, the rows, the way to the other pages. */
export function ListResult<R, P extends Page<R>>(props: ListResultProps<R, P>) {
  const { query } = props;
  const { data } = query;
  if (query.isPending) return <Loading />;
  if (query.error !== null && query.error !== undefined) {
    return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!data) return null;
  return (
    <>
      <div className="mb-6">
        <StatGrid>{props.counts(data)}</StatGrid>
      </div>
      <DataTable
        caption={props.caption(data)}
        showCaption
        columns={props.columns(data)}
        rows={data.rows}
        rowKey={props.rowKey}
        rowLabel={props.rowLabel}
        loading={query.isFetching}
        dense
        empty={props.empty}
      />
      {data.total > data.pageSize && (
        <Pagination page={data.page} pageSize={data.pageSize} total={data.total} onPage={props.onPage} />
      )}
    </>
  );
}
