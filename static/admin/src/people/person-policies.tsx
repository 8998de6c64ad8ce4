import Lozenge from '@atlaskit/lozenge';
import { useMemo } from 'react';
import type { Explained, Explanation, PolicySummary } from '../../gen/types';
import type { Roster } from '../core';
import { namesOwn } from '../policies/conditions-in';
import { Link } from '../shown/link';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import { DirectoryNote } from './directory-note';

interface PersonPoliciesProps {
  roster: Roster;
  account: string;
  policies: readonly PolicySummary[];
  /** That the core was told of the lists and fields that the policies name; `undefined` until then. */
  told: object | undefined;
}

const VERDICT = { true: 'inprogress', false: 'default', unknown: 'moved' } as const;

/** Why each policy means somebody, or does not. */
export function PersonPolicies({ roster, account, policies, told }: PersonPoliciesProps) {
  const { say } = useTexts();
  const explained = useMemo(
    () =>
      policies.map((summary) => ({
        summary,
        isKnown: told !== undefined || !namesOwn(summary.policy.match),
        explanations: explain(roster, summary, account),
      })),
    [roster, account, policies, told],
  );
  return (
    <Section title={say('people.policies')}>
      {explained.length === 0 && <p>{say('people.noPolicies')}</p>}
      <ul className="person-list">
        {explained.map(({ summary: { reference }, isKnown, explanations }) => (
          <li key={reference.id}>
            <Link to={{ page: 'policy', id: reference.id }}>{reference.name}</Link>
            {isKnown ? (
              (explanations?.map((explanation) => (
                <Why
                  key={explanation.directory ?? ''}
                  explanation={explanation}
                  isOneOfMany={explanations.length > 1}
                />
              )) ?? <span className="person-note">{say('people.cannotExplain')}</span>)
            ) : (
              <span className="person-note">{say('shown.loading', { what: say('policies.theOwnNames') })}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function explain(roster: Roster, { policy }: PolicySummary, account: string): Explanation[] | undefined {
  try {
    return roster.explain(JSON.stringify(policy), account);
  } catch {
    return undefined;
  }
}

interface WhyProps {
  explanation: Explanation;
  /** Whether other directories list the person, too. */
  isOneOfMany: boolean;
}

function Why({ explanation: { verdict, sentence: why, condition, directory }, isOneOfMany }: WhyProps) {
  const { say } = useTexts();
  return (
    <>
      {isOneOfMany && <DirectoryNote directory={directory ?? null} />}
      <span className="person-line">
        <Lozenge appearance={VERDICT[verdict]}>{say(`people.verdict.${verdict}`)}</Lozenge>
      </span>
      <span>{sentence(why)}</span>
      {condition.inner.length > 0 && (
        <details>
          <summary>{say('people.eachCondition')}</summary>
          <Conditions of={condition.inner} />
        </details>
      )}
    </>
  );
}

function Conditions({ of }: { of: Explained[] }) {
  const { say } = useTexts();
  return (
    <ul className="person-conditions">
      {of.map(({ condition, truth, sentence: why, inner }, index) => (
        <li key={`${index} ${condition}`}>
          {say('people.conditionIs', { condition, truth: say(`people.truth.${truth}`) })}
          {why && <> {sentence(why)}</>}
          {inner.length > 0 && <Conditions of={inner} />}
        </li>
      ))}
    </ul>
  );
}
