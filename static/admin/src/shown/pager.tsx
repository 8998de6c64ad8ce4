import { IconButton } from '@atlaskit/button/new';
import ChevronLeftIcon from '@atlaskit/icon/core/chevron-left';
import ChevronRightIcon from '@atlaskit/icon/core/chevron-right';
import { useState } from 'react';
import { useTexts } from '../texts/use-texts';
import { icon } from './icon';
import './pager.css';

export interface Page<T> {
  items: T[];
  /** From 1. */
  number: number;
  of: number;
  turn: (to: number) => void;
}

/** One page of a list. Another question, such as a changed filter, starts at the first page again. */
export function usePage<T>(list: T[], size: number, question: string): Page<T> {
  const [wanted, setWanted] = useState({ question, number: 1 });
  const of = Math.max(Math.ceil(list.length / size), 1);
  const number = wanted.question === question ? Math.min(wanted.number, of) : 1;
  return {
    items: list.slice((number - 1) * size, number * size),
    number,
    of,
    turn: (to) => setWanted({ question, number: to }),
  };
}

/**
 * Turns the pages of a list. Atlaskit's own pagination puts style elements into the document, which the page's content
 * security policy refuses and nothing else here needs.
 */
export function Pager<T>({ page: { number, of, turn }, label }: { page: Page<T>; label: string }) {
  const { say } = useTexts();
  if (of === 1) return null;
  return (
    <nav className="pager" aria-label={label}>
      <IconButton
        icon={icon(ChevronLeftIcon)}
        label={say('shown.previousPage')}
        appearance="subtle"
        isDisabled={number === 1}
        onClick={() => turn(number - 1)}
      />
      <span role="status">{say('shown.pageOf', { number, of })}</span>
      <IconButton
        icon={icon(ChevronRightIcon)}
        label={say('shown.nextPage')}
        appearance="subtle"
        isDisabled={number === of}
        onClick={() => turn(number + 1)}
      />
    </nav>
  );
}
