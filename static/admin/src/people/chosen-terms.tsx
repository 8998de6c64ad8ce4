import Button from '@atlaskit/button/new';
import type { PolicySummary } from '../../gen/types';
import { idOf, subjectAt } from '../exemptions/subject-id';
import type { Filter } from '../page/route';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { valueName } from './facet-panel';
import { IDLE_DAYS, LISTS, valueOf, withValues, type ListName } from './query';
import { FACETS, type FacetCounts, type FacetName } from './use-facets';

interface ChosenTermsProps {
  query: Filter;
  policies: readonly PolicySummary[];
  counts: FacetCounts | undefined;
  onQuery: (change: (last: Filter) => Filter) => void;
}

/** What is asked for, each to be taken back by a click. */
export function ChosenTerms({ query, policies, counts, onQuery }: ChosenTermsProps) {
  const { say } = useTexts();
  const terms = query.flatMap(([name, value]) => {
    const text = termText(name, value);
    return text === undefined ? [] : [{ text, key: `${name} ${value}`, name, value }];
  });
  if (terms.length === 0) return null;
  return (
    <ul className="people-terms" aria-label={say('people.askedFor')}>
      {terms.map(({ text, key, name, value }) => (
        <li key={key}>
          <Button
            spacing="compact"
            aria-label={say('people.takeAway', { term: text })}
            onClick={() => onQuery((last) => without(last, name, value))}
          >
            {say('people.term', { term: text })}
          </Button>
        </li>
      ))}
      <li>
        <Button spacing="compact" appearance="subtle" onClick={() => onQuery(() => [])}>
          {say('people.showEverybody')}
        </Button>
      </li>
    </ul>
  );

  function nameOfPolicy(id: string): string {
    return policies.find(({ reference }) => reference.id === id)?.reference.name ?? id;
  }

  function termText(name: string, value: string): string | undefined {
    if (isList(name)) {
      const found = isFacet(name) ? counts?.[name].find((count) => count.value === value) : undefined;
      return valueName(name, found ?? { value, name: null }, say);
    }
    if (name === 'activity') return activityText(value, valueOf(query, 'days') ?? String(IDLE_DAYS), say);
    if (name === 'unused') return say('people.unusedFor', { days: value });
    if (name === 'exemption') return exemptionText(value, say);
    if (name === 'policy') return nameOfPolicy(value);
    if (name === 'stages') return stagesText(nameOfPolicy(value), valueOf(query, 'stage'), say);
    if (name === 'shelter') return isShelter(value) ? say(`people.shelter.${value}`) : undefined;
    return name === 'list' ? say(value === 'chosen' ? 'people.theChosen' : 'people.theListed') : undefined;
  }
}

/** A policy goes with its verdict or stage, an activity with its days. */
function without(query: Filter, name: string, value: string): Filter {
  const rest = query.filter(([known, other]) => known !== name || other !== value);
  if (name === 'policy') return withValues(rest, { verdict: undefined });
  if (name === 'stages') return withValues(rest, { stage: undefined });
  return name === 'activity' ? withValues(rest, { days: undefined }) : rest;
}

const isList = (name: string): name is ListName => (LISTS as readonly string[]).includes(name);

const isFacet = (name: ListName): name is FacetName => (FACETS as readonly ListName[]).includes(name);

const isShelter = (value: string): value is 'exempt' | 'protected' | 'neither' =>
  value === 'exempt' || value === 'protected' || value === 'neither';

function activityText(activity: string, days: string, say: Say): string | undefined {
  switch (activity) {
    case 'idle':
    case 'never':
    case 'active':
    case 'unknown':
    case 'none':
      return say(`people.activity.${activity}`, { days });
    default:
      return undefined;
  }
}

function exemptionText(address: string, say: Say): string {
  const subject = subjectAt(address);
  return say('people.exemptBy', { subject: subject ? idOf(subject) : address });
}

function stagesText(policy: string, stage: string | undefined, say: Say): string {
  if (stage === undefined) return say('people.inStagesOf', { policy });
  return stage === '0' ? say('people.noStageDoneOf', { policy }) : say('people.stageIsDoneOf', { policy, stage });
}
