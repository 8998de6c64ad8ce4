import Textfield from '@atlaskit/textfield';
import { useState, type ReactNode } from 'react';
import type { NamedCount } from '../../gen/types';
import { useTexts } from '../texts/use-texts';
import { FacetGroup } from './facet-group';
import { MOST, offered } from './offered';

interface LongFacetProps {
  title: string;
  isOpen: boolean;
  counts: readonly NamedCount[];
  chosen: readonly string[];
  nameOf: (count: NamedCount) => string;
  /** Somebody is about to look for a value: now all of them are wanted, not only the largest. */
  onSearch: () => void;
  /** One value to choose. */
  children: (count: NamedCount) => ReactNode;
}

/** A part of the filters that may have thousands of values: the largest are shown, all can be looked for. */
export function LongFacet({ title, isOpen, counts, chosen, nameOf, onSearch, children }: LongFacetProps) {
  const { say } = useTexts();
  const [sought, setSought] = useState('');
  const { shown, of } = offered(counts, chosen, sought, nameOf);
  return (
    <FacetGroup title={title} isOpen={isOpen}>
      {(counts.length > MOST || sought !== '') && (
        <Textfield
          type="search"
          isCompact
          aria-label={say('people.searchIn', { facet: title })}
          placeholder={say('people.find')}
          value={sought}
          onFocus={onSearch}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
        />
      )}
      {shown.map((count) => children(count))}
      {of > MOST && <p className="facet-note">{say('people.valuesShown', { shown: MOST, count: of })}</p>}
      {of === 0 && sought !== '' && <p className="facet-note">{say('people.noValue')}</p>}
    </FacetGroup>
  );
}
