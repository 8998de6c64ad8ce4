import Button from '@atlaskit/button/new';
import Select from '@atlaskit/select';
import { useState, type FormEvent } from 'react';
import { ChosenTerm } from './chosen-term';
import { TermValue } from './term-value';
import { TERMS, withTerm, type Term, type Terms } from './filter';
import { useTexts } from '../texts/use-texts';
import './log.css';

interface LogFilterFormProps {
  terms: Terms;
  onFilter: (terms: Terms) => void;
}

/** Adds one term after the other; without any the log shows everything. */
export function LogFilterForm({ terms, onFilter }: LogFilterFormProps) {
  const { say } = useTexts();
  const options = TERMS.map((term) => ({ value: term, label: say(`log.term.${term}`) }));
  const [by, setBy] = useState<Term>('subject');
  const [value, setValue] = useState('');
  const choose = (term: Term) => {
    setBy(term);
    setValue('');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim()) onFilter(withTerm(terms, by, value.trim()));
  };
  return (
    <form className="log-filter" role="search" aria-label={say('log.filterTheLog')} onSubmit={submit}>
      <div className="log-filter-index">
        <Select
          label={say('log.filterBy')}
          options={options}
          value={options.find((option) => option.value === by) ?? null}
          onChange={(option) => option && choose(option.value)}
          menuPosition="fixed"
          spacing="compact"
        />
      </div>
      <div className="log-filter-value">
        <TermValue key={by} by={by} value={value} onChange={setValue} />
      </div>
      <Button type="submit">{say('log.filter')}</Button>
      {terms.map(([term, value]) => (
        <ChosenTerm
          key={term}
          term={term}
          value={value}
          onTakeAway={() => onFilter(terms.filter(([other]) => other !== term))}
        />
      ))}
      {terms.length > 0 && (
        <Button appearance="subtle" onClick={() => onFilter([])}>
          {say('log.showEverything')}
        </Button>
      )}
    </form>
  );
}
