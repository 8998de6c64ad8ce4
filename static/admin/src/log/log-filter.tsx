import Button from '@atlaskit/button/new';
import Select from '@atlaskit/select';
import Textfield from '@atlaskit/textfield';
import { useState, type FormEvent } from 'react';
import type { LogFilter, LogIndex } from '../../gen/types';
import './log.css';

/** The seven indexes, and an example of a value of each. */
export const INDEXES: Record<LogIndex, { text: string; example: string }> = {
  month: { text: 'Month', example: '2026-11' },
  subject: { text: 'On whom', example: 'account or group id' },
  run: { text: 'Run', example: 'run id' },
  actor: { text: 'By whom', example: 'schedule, or person:<account id>' },
  action: { text: 'Action', example: 'suspend' },
  outcome: { text: 'Outcome', example: 'failed' },
  policy: { text: 'Policy', example: 'policy id' },
};

export const isLogIndex = (text: string | undefined): text is LogIndex => text !== undefined && text in INDEXES;

const OPTIONS = (Object.keys(INDEXES) as LogIndex[]).map((value) => ({ value, label: INDEXES[value].text }));

interface LogFilterFormProps {
  filter: LogFilter | undefined;
  onFilter: (filter: LogFilter | undefined) => void;
}

/** Chooses one index and a value of it; without one the log shows this month. */
export function LogFilterForm({ filter, onFilter }: LogFilterFormProps) {
  const [by, setBy] = useState<LogIndex>(filter?.by ?? 'month');
  const [value, setValue] = useState(filter?.value ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFilter(value.trim() ? { by, value: value.trim() } : undefined);
  };
  return (
    <form className="log-filter" role="search" aria-label="Filter the log" onSubmit={submit}>
      <div className="log-filter-index">
        <Select
          label="Filter by"
          options={OPTIONS}
          value={OPTIONS.find((option) => option.value === by) ?? null}
          onChange={(option) => option && setBy(option.value)}
          menuPosition="fixed"
          spacing="compact"
        />
      </div>
      <div className="log-filter-value">
        <Textfield
          aria-label={`${INDEXES[by].text} to show`}
          isCompact
          placeholder={INDEXES[by].example}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      </div>
      <Button type="submit">Filter</Button>
      {filter && (
        <Button appearance="subtle" onClick={() => onFilter(undefined)}>
          Show this month
        </Button>
      )}
    </form>
  );
}
