import Select from '@atlaskit/select';
import type { ChainPerson, PolicySummary } from '../../gen/types';
import type { Filter } from '../page/route';
import { useTexts } from '../texts/use-texts';
import { FacetGroup } from './facet-group';
import { valueOf, withValues } from './query';
import { standingAt } from './standing';

interface StageFacetProps {
  query: Filter;
  policies: readonly PolicySummary[];
  /** Everybody in the stages of the policy that is asked for; `undefined` until they are here. */
  staged: readonly ChainPerson[] | undefined;
  onQuery: (change: (last: Filter) => Filter) => void;
}

/** Who stands where in the stages of a policy, as its last run left them. */
export function StageFacet({ query, policies, staged, onQuery }: StageFacetProps) {
  const { say } = useTexts();
  if (policies.length === 0) return null;
  const options = policies.map(({ reference }) => ({ value: reference.id, label: reference.name }));
  const chosen = policies.find(({ reference }) => reference.id === valueOf(query, 'stages'));
  return (
    <FacetGroup title={say('people.facet.stage')} isOpen={chosen !== undefined}>
      <Select
        label={say('people.stagesOf')}
        options={options}
        value={options.find(({ value }) => value === chosen?.reference.id) ?? null}
        onChange={(option) => onQuery((last) => withValues(last, { stages: option?.value, stage: undefined }))}
        isClearable
        placeholder={say('people.choosePolicy')}
        menuPosition="fixed"
        spacing="compact"
      />
      {chosen && staged && (
        <Stages query={query} stages={chosen.policy.stages.length} staged={staged} onQuery={onQuery} />
      )}
    </FacetGroup>
  );
}

interface StagesProps extends Pick<StageFacetProps, 'query' | 'onQuery'> {
  /** How many the policy has. */
  stages: number;
  staged: readonly ChainPerson[];
}

function Stages({ query, stages, staged, onQuery }: StagesProps) {
  const { say, number } = useTexts();
  if (staged.length === 0) return <p className="facet-note">{say('people.nobodyInStages')}</p>;
  const chosen = valueOf(query, 'stage');
  const places = [undefined, ...Array.from({ length: stages + 1 }, (_, done) => String(done))];
  return places.map((stage) => (
    <label key={stage ?? ''} className="facet-choice">
      <input
        type="radio"
        name="stage"
        checked={chosen === stage}
        onChange={() => onQuery((last) => withValues(last, { stage }))}
      />
      <span className="facet-name">
        {stage === undefined
          ? say('people.inAnyStage')
          : stage === '0'
            ? say('people.noStageDone')
            : say('people.stageIsDone', { stage })}
      </span>
      <span className="facet-count">{number(standingAt(staged, stage).length)}</span>
    </label>
  ));
}
