import { useTexts } from '../texts/use-texts';
import { CHOOSABLE, type Choosable } from './choosable';
import { Popover } from './popover';

interface ColumnChoiceProps {
  columns: readonly Choosable[];
  onColumns: (columns: readonly Choosable[]) => void;
}

/** Which columns the table has. */
export function ColumnChoice({ columns, onColumns }: ColumnChoiceProps) {
  const { say } = useTexts();
  const toggle = (column: Choosable) =>
    onColumns(CHOOSABLE.filter((each) => (each === column) !== columns.includes(each)));
  return (
    <Popover title={say('people.columns')}>
      {CHOOSABLE.map((column) => (
        <label key={column} className="facet-choice">
          <input type="checkbox" checked={columns.includes(column)} onChange={() => toggle(column)} />
          <span className="facet-name">{say(`people.column.${column}`)}</span>
        </label>
      ))}
    </Popover>
  );
}
