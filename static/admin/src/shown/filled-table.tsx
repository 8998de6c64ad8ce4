import DynamicTable from '@atlaskit/dynamic-table';
import type { ComponentProps } from 'react';
import './filled-table.css';

interface FilledTableProps extends Omit<ComponentProps<typeof DynamicTable>, 'emptyView'> {
  /** What is said where there are no rows. */
  empty: string;
}

/** A table; headings over nothing say nothing, so a sentence stands in its place while it has no rows. */
export function FilledTable({ empty, ...table }: FilledTableProps) {
  if (!table.rows || table.rows.length === 0) return <p className="table-empty">{empty}</p>;
  return <DynamicTable {...table} />;
}
