import { useEffect, useState } from 'react';
import type { ChainPerson, PolicySummary } from '../../gen/types';
import { Loading } from '../asking/asked';
import { FailureMessage } from '../asking/failure-message';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import type { Call } from '../protocol';
import { Link } from '../shown/link';
import { Day, Moment } from '../shown/moment';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';

interface Standing {
  policy: PolicySummary;
  person: ChainPerson;
}

interface Found {
  account: string;
  standings: Standing[];
  failure?: Failure;
}

interface PersonStagesProps {
  account: string;
  policies: readonly PolicySummary[];
}

/** Where somebody stands in the stages of the policies that have several. */
export function PersonStages({ account, policies }: PersonStagesProps) {
  const { backend } = useDesk();
  const { say, show } = useTexts();
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    let stale = false;
    const isStale = () => stale;
    find(backend.call, account, policies, isStale).then(
      (standings) => !stale && setFound({ account, standings }),
      (cause: unknown) => !stale && setFound({ account, standings: [], failure: Failure.from(cause) }),
    );
    return () => {
      stale = true;
    };
  }, [backend, account, policies]);
  const known = found?.account === account ? found : undefined;
  return (
    <Section title={say('people.stages')}>
      {!known && <Loading what={say('people.theStages')} />}
      {known?.failure && (
        <FailureMessage failure={known.failure} title={say('shown.notLoaded', { what: say('people.theStages') })} />
      )}
      {known && !known.failure && known.standings.length === 0 && <p>{say('people.inNoStage')}</p>}
      <ul className="person-list">
        {known?.standings.map(({ policy: { reference }, person }) => (
          <li key={reference.id}>
            <Link to={{ page: 'policy', id: reference.id }}>{reference.name}</Link>
            <span>{show('people.enteredAt', { when: <Day at={person.entered} /> })}</span>
            {person.done.map(({ stage, at }) => (
              <span key={stage}>{show('people.stageDone', { stage: stage + 1, when: <Day at={at} /> })}</span>
            ))}
            {person.next !== null && person.due && (
              <span>{show('people.stageDue', { stage: person.next + 1, when: <Moment at={person.due} /> })}</span>
            )}
            {person.standing && <span className="person-note">{sentence(person.standing)}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Looks through the stored parts of each chain; a policy with one stage and no memory has none. */
async function find(
  call: Call,
  account: string,
  policies: readonly PolicySummary[],
  isStale: () => boolean,
): Promise<Standing[]> {
  const standings: Standing[] = [];
  for (const policy of policies) {
    for (let part = 0, parts = 1; part < parts && !isStale(); part += 1) {
      const chain = await call<'chain'>({ command: 'chain', policy: policy.reference.id, part });
      parts = chain.parts;
      const person = chain.people.find((each) => each.account === account);
      if (!person) continue;
      standings.push({ policy, person });
      break;
    }
  }
  return standings;
}
