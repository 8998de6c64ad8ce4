import './text-button.css';
import './sort-heading.css';

interface SortHeadingProps {
  title: string;
  /** How the rows are sorted by this column now. */
  sorted: 'ascending' | 'descending' | 'none';
  /** Sorts by it, or the other way round. Without it nothing is sorted by this column. */
  onSort?: (() => void) | undefined;
}

/** The heading of a table's column, which sorts the rows where they can be sorted by it. */
export function SortHeading({ title, sorted, onSort }: SortHeadingProps) {
  if (!onSort) return <span role="columnheader">{title}</span>;
  return (
    <span role="columnheader" aria-sort={sorted}>
      <button type="button" className="text-button sort-heading" onClick={onSort}>
        {title}
        <span aria-hidden="true">{ARROW[sorted]}</span>
      </button>
    </span>
  );
}

const ARROW = { ascending: '↑', descending: '↓', none: '' } as const;
