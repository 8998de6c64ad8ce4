import Button from '@atlaskit/button/new';
import { useCalled } from '../shown/account';
import { useTexts } from '../texts/use-texts';
import { accountInSubject, accountOf } from './entry';
import type { Term } from './filter';

interface ChosenTermProps {
  term: Term;
  value: string;
  onTakeAway: () => void;
}

/** A term of the filter, people by their names; pressed, it is taken away. */
export function ChosenTerm({ term, value, onTakeAway }: ChosenTermProps) {
  const { say } = useTexts();
  const called = useCalled(accountIn(term, value));
  const words = { term: say(`log.term.${term}`), value: called ?? value };
  return (
    <Button appearance="subtle" aria-label={say('log.takeAway', words)} onClick={onTakeAway}>
      <span title={called && value}>{say('log.chosen', words)}</span>
    </Button>
  );
}

function accountIn(term: Term, value: string): string | undefined {
  if (term === 'subject') return accountInSubject(value);
  return term === 'actor' ? accountOf(value) : undefined;
}
