import Select from '@atlaskit/select';
import Textfield from '@atlaskit/textfield';
import { useTexts } from '../texts/use-texts';
import type { Term } from './filter';
import { OUTCOMES } from './outcome';

interface TermValueProps {
  by: Term;
  value: string;
  onChange: (value: string) => void;
}

/** Asks what a term of the filter must be: an outcome from their list, a day from the calendar, anything else as text. */
export function TermValue({ by, value, onChange }: TermValueProps) {
  const { say } = useTexts();
  const name = say('log.valueToShow', { term: say(`log.term.${by}`) });
  if (by === 'outcome') {
    const options = OUTCOMES.map((outcome) => ({ value: outcome, label: say(`log.outcome.${outcome}`) }));
    return (
      <Select
        label={name}
        placeholder={say('log.chooseOutcome')}
        options={options}
        value={options.find((option) => option.value === value) ?? null}
        onChange={(option) => onChange(option?.value ?? '')}
        menuPosition="fixed"
        spacing="compact"
      />
    );
  }
  const isDay = by === 'from' || by === 'to';
  return (
    <Textfield
      aria-label={name}
      isCompact
      type={isDay ? 'date' : 'text'}
      placeholder={isDay ? '' : say(`log.example.${by}`)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
