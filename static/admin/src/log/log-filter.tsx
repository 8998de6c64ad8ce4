import Button from '@atlaskit/button/new';
import Select from '@atlaskit/select';
import Textfield from '@atlaskit/textfield';
import { useState, type FormEvent } from 'react';
import { TERMS, withTerm, type Term, type Terms } from './filter';
import './log.css';

const OPTIONS = (Object.keys(TERMS) as Term[]).map((value) => ({ value, label: TERMS[value].text }));

interface LogFilterFormProps {
  terms: Terms;
  onFilter: (terms: Terms) => void;
}

/** Adds one term after the other; without any the log shows everything. */
export function LogFilterForm({ terms, onFilter }: LogFilterFormProps) {
  const [by, setBy] = useState<Term>('subject');
  const [value, setValue] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim()) onFilter(withTerm(terms, by, value.trim()));
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
          aria-label={`${TERMS[by].text} to show`}
          isCompact
          placeholder={TERMS[by].example}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      </div>
      <Button type="submit">Filter</Button>
      {terms.map(([term, text]) => (
        <Button
          key={term}
          appearance="subtle"
          aria-label={`Take away the filter ${TERMS[term].text}: ${text}`}
          onClick={() => onFilter(terms.filter(([other]) => other !== term))}
        >
          {`${TERMS[term].text}: ${text} ×`}
        </Button>
      ))}
      {terms.length > 0 && (
        <Button appearance="subtle" onClick={() => onFilter([])}>
          Show everything
        </Button>
      )}
    </form>
  );
}
