import Select from '@atlaskit/select';
import Textfield from '@atlaskit/textfield';
import { memo } from 'react';
import type { ChainPerson, NamedCount, PolicySummary } from '../../gen/types';
import { productName } from '../overview/product-name';
import type { Filter } from '../page/route';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import {
  ACTIVITIES,
  IDLE_DAYS,
  SEATS,
  SHELTERS,
  VERDICTS,
  toggled,
  valueOf,
  valuesOf,
  withValues,
  type ListName,
  type SingleName,
} from './query';
import { FacetGroup } from './facet-group';
import { LongFacet } from './long-facet';
import { StageFacet } from './stage-facet';
import { FACETS, type FacetCounts, type FacetName } from './use-facets';
import './facet-panel.css';

interface FacetPanelProps {
  query: Filter;
  counts: FacetCounts | undefined;
  policies: readonly PolicySummary[];
  /** Who is in the stages that are asked for. */
  staged: readonly ChainPerson[] | undefined;
  onQuery: (change: (last: Filter) => Filter) => void;
  /** Somebody is about to look for a group or domain. */
  onSearch: () => void;
}

/** Open from the start; the others are, once something in them is chosen. */
const OPEN: ReadonlySet<FacetName> = new Set(['status', 'claim', 'site', 'product']);

/** What people can be filtered by, with how many there are of each. */
export const FacetPanel = memo(function FacetPanel({
  query,
  counts,
  policies,
  staged,
  onQuery,
  onSearch,
}: FacetPanelProps) {
  const { say } = useTexts();
  return (
    <form className="facets" aria-label={say('people.filters')} onSubmit={(event) => event.preventDefault()}>
      <Activity query={query} onQuery={onQuery} />
      {FACETS.map((name) => (
        <Facet
          key={name}
          name={name}
          counts={counts?.[name] ?? []}
          chosen={valuesOf(query, name)}
          onToggle={(value) => onQuery((last) => toggled(last, name, value))}
          onSearch={onSearch}
        />
      ))}
      <SeatFacet chosen={valuesOf(query, 'seat')} onToggle={(seat) => onQuery((last) => toggled(last, 'seat', seat))} />
      <ExternalDomains counts={counts?.externalDomains ?? []} query={query} onQuery={onQuery} onSearch={onSearch} />
      <Policy query={query} policies={policies} onQuery={onQuery} />
      <StageFacet query={query} policies={policies} staged={staged} onQuery={onQuery} />
      <Choices name="shelter" title={say('people.facet.shelter')} query={query} onQuery={onQuery}>
        {SHELTERS.map((shelter) => [shelter, say(`people.shelter.${shelter}`)])}
      </Choices>
    </form>
  );
});

interface FacetProps {
  name: FacetName;
  counts: NamedCount[];
  chosen: string[];
  onToggle: (value: string) => void;
  onSearch: () => void;
}

function Facet({ name, counts, chosen, onToggle, onSearch }: FacetProps) {
  const { say, number } = useTexts();
  // One directory is no choice.
  if (counts.length === 0 || (name === 'directory' && counts.length === 1 && chosen.length === 0)) return null;
  const title = say(`people.facet.${name}`);
  const isOpen = OPEN.has(name) || chosen.length > 0;
  const nameOf = (count: NamedCount) => valueName(name, count, say);
  const choice = (count: NamedCount) => (
    <label key={count.value} className="facet-choice">
      <input type="checkbox" checked={chosen.includes(count.value)} onChange={() => onToggle(count.value)} />
      <span className="facet-name">{nameOf(count)}</span>
      <span className="facet-count">{number(count.people)}</span>
    </label>
  );
  if (name !== 'group' && name !== 'domain') {
    return (
      <FacetGroup title={title} isOpen={isOpen}>
        {counts.map(choice)}
      </FacetGroup>
    );
  }
  return (
    <LongFacet title={title} isOpen={isOpen} counts={counts} chosen={chosen} nameOf={nameOf} onSearch={onSearch}>
      {choice}
    </LongFacet>
  );
}

/** Whether a paid seat is taken, by the product and site that are asked for, or by any. */
function SeatFacet({ chosen, onToggle }: Pick<FacetProps, 'chosen' | 'onToggle'>) {
  const { say } = useTexts();
  return (
    <FacetGroup title={say('people.facet.seat')} isOpen={chosen.length > 0}>
      {SEATS.map((seat) => (
        <label key={seat} className="facet-choice">
          <input type="checkbox" checked={chosen.includes(seat)} onChange={() => onToggle(seat)} />
          <span className="facet-name">{say(`people.seat.${seat}`)}</span>
        </label>
      ))}
    </FacetGroup>
  );
}

/** What a value is called. */
export function valueName(
  name: ListName,
  { value, name: known }: Pick<NamedCount, 'value' | 'name'>,
  say: Say,
): string {
  if (name === 'seat') return isSeat(value) ? say(`people.seat.${value}`) : value;
  if (value === 'unknown') return say('people.activity.unknown');
  if (name === 'status' && isStatus(value)) return say(`people.status.${value}`);
  if (name === 'claim' && (value === 'managed' || value === 'external')) return say(`people.claim.${value}`);
  return name === 'product' ? productName(value) : (known ?? value);
}

const isSeat = (value: string): value is (typeof SEATS)[number] => (SEATS as readonly string[]).includes(value);

const STATUSES = ['active', 'suspended', 'not_invited', 'deactivated', 'for_deletion'] as const;
const isStatus = (value: string): value is (typeof STATUSES)[number] => (STATUSES as readonly string[]).includes(value);

interface ChoicesProps {
  name: SingleName;
  title: string;
  query: Filter;
  onQuery: FacetPanelProps['onQuery'];
  /** Values and what they are called. */
  children: (readonly [value: string, text: string])[];
}

/** One of some values, or none of them. */
function Choices({ name, title, query, onQuery, children }: ChoicesProps) {
  const { say } = useTexts();
  const chosen = valueOf(query, name);
  const choices: (readonly [string | undefined, string])[] = [[undefined, say('people.any')], ...children];
  return (
    <FacetGroup title={title} isOpen={name === 'activity' || chosen !== undefined}>
      {choices.map(([value, text]) => (
        <label key={text} className="facet-choice">
          <input
            type="radio"
            name={name}
            checked={chosen === value}
            onChange={() => onQuery((last) => withValues(last, { [name]: value }))}
          />
          <span className="facet-name">{text}</span>
        </label>
      ))}
    </FacetGroup>
  );
}

function Activity({ query, onQuery }: Pick<FacetPanelProps, 'query' | 'onQuery'>) {
  const { say } = useTexts();
  const days = valueOf(query, 'days') ?? String(IDLE_DAYS);
  const kind = valueOf(query, 'activity');
  return (
    <>
      <Choices name="activity" title={say('people.facet.activity')} query={query} onQuery={onQuery}>
        {ACTIVITIES.map((activity) => [activity, say(`people.activity.${activity}`, { days })])}
      </Choices>
      {(kind === 'idle' || kind === 'active') && (
        <label className="facet-days">
          <span>{say('people.days')}</span>
          <Textfield
            type="number"
            min={0}
            max={3650}
            isCompact
            width={88}
            defaultValue={days}
            onChange={(event) => {
              const value = event.currentTarget.value;
              onQuery((last) => withValues(last, { days: value }));
            }}
          />
        </label>
      )}
    </>
  );
}

/** External people by the domain of their address: one click shows those of a company. */
function ExternalDomains({
  counts,
  query,
  onQuery,
  onSearch,
}: Pick<FacetPanelProps, 'query' | 'onQuery' | 'onSearch'> & { counts: NamedCount[] }) {
  const { say, number } = useTexts();
  const isExternal = valuesOf(query, 'claim').join() === 'external';
  if (counts.length === 0) return null;
  const choose = (domain: string) => {
    onQuery((last) => {
      const rest = last.filter(([name]) => name !== 'claim' && name !== 'domain');
      return [...rest, ['claim', 'external'], ['domain', domain]];
    });
  };
  const chosen = isExternal ? valuesOf(query, 'domain') : [];
  const nameOf = (count: NamedCount) => valueName('domain', count, say);
  return (
    <LongFacet
      title={say('people.facet.external')}
      isOpen={isExternal}
      counts={counts}
      chosen={chosen}
      nameOf={nameOf}
      onSearch={onSearch}
    >
      {(count) => (
        <button
          key={count.value}
          type="button"
          className="facet-choice facet-button"
          aria-pressed={chosen.join() === count.value}
          onClick={() => choose(count.value)}
        >
          <span className="facet-name">{nameOf(count)}</span>
          <span className="facet-count">{number(count.people)}</span>
        </button>
      )}
    </LongFacet>
  );
}

function Policy({ query, policies, onQuery }: Pick<FacetPanelProps, 'query' | 'policies' | 'onQuery'>) {
  const { say } = useTexts();
  if (policies.length === 0) return null;
  const options = policies.map(({ reference }) => ({ value: reference.id, label: reference.name }));
  const chosen = valueOf(query, 'policy');
  const verdict = valueOf(query, 'verdict') ?? 'true';
  return (
    <FacetGroup title={say('people.facet.policy')} isOpen={chosen !== undefined}>
      <Select
        label={say('people.facet.policy')}
        options={options}
        value={options.find(({ value }) => value === chosen) ?? null}
        onChange={(option) => onQuery((last) => withValues(last, { policy: option?.value, verdict: undefined }))}
        isClearable
        placeholder={say('people.choosePolicy')}
        menuPosition="fixed"
        spacing="compact"
      />
      {chosen !== undefined &&
        VERDICTS.map((each) => (
          <label key={each} className="facet-choice">
            <input
              type="radio"
              name="verdict"
              checked={verdict === each}
              onChange={() => onQuery((last) => withValues(last, { verdict: each }))}
            />
            <span className="facet-name">{say(`people.verdict.${each}`)}</span>
          </label>
        ))}
    </FacetGroup>
  );
}
