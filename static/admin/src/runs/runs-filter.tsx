import Button from '@atlaskit/button/new';
import Select from '@atlaskit/select';
import type { Run, RunState } from '../../gen/types';
import { useTexts } from '../texts/use-texts';
import { isByHand } from './by-hand';
import { asksForAll, KINDS, STATES, type Kind, type Wanted } from './wanted';
import './runs-filter.css';

interface RunsFilterProps {
  wanted: Wanted;
  /** The runs that are here: their policies are offered. */
  runs: Run[];
  onWant: (wanted: Wanted) => void;
}

interface Option<T extends string> {
  value: T;
  label: string;
}

/** Chooses which runs are shown. */
export function RunsFilter({ wanted, runs, onWant }: RunsFilterProps) {
  const { say } = useTexts();
  const states = STATES.map((value): Option<RunState> => ({ value, label: say(`runs.state.${value}`) }));
  const kinds = KINDS.map((value): Option<Kind> => ({ value, label: say(`runs.kind.${value}`) }));
  const policies = policiesOf(runs, wanted.policy);
  return (
    <div className="runs-filter" role="search" aria-label={say('runs.filterTheRuns')}>
      <div className="runs-filter-states">
        <Select<Option<RunState>, true>
          isMulti
          label={say('runs.filterByState')}
          placeholder={say('runs.everyState')}
          options={states}
          value={states.filter(({ value }) => wanted.states.includes(value))}
          onChange={(chosen) => onWant({ ...wanted, states: chosen.map(({ value }) => value) })}
          menuPosition="fixed"
          spacing="compact"
        />
      </div>
      <div className="runs-filter-kinds">
        <Select<Option<Kind>, true>
          isMulti
          label={say('runs.filterByKind')}
          placeholder={say('runs.everyKind')}
          options={kinds}
          value={kinds.filter(({ value }) => wanted.kinds.includes(value))}
          onChange={(chosen) => onWant({ ...wanted, kinds: chosen.map(({ value }) => value) })}
          menuPosition="fixed"
          spacing="compact"
        />
      </div>
      <div className="runs-filter-kinds">
        <Select<Option<string>>
          isClearable
          label={say('runs.filterByPolicy')}
          placeholder={say('runs.everyPolicy')}
          options={policies}
          value={policies.find(({ value }) => value === wanted.policy) ?? null}
          onChange={(chosen) => onWant({ ...wanted, policy: chosen?.value })}
          menuPosition="fixed"
          spacing="compact"
        />
      </div>
      {!asksForAll(wanted) && (
        <Button appearance="subtle" onClick={() => onWant({ states: [], kinds: [], policy: undefined })}>
          {say('runs.showAll')}
        </Button>
      )}
    </div>
  );
}

/** The policies of these runs by name, and the one that is asked for. Runs by hand have none of their own. */
function policiesOf(runs: Run[], asked: string | undefined): Option<string>[] {
  const names = new Map<string, string>();
  if (asked !== undefined) names.set(asked, asked);
  for (const { policy } of runs) if (!isByHand(policy.id)) names.set(policy.id, policy.name);
  return [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
}
