import Button from '@atlaskit/button/new';
import DynamicTable from '@atlaskit/dynamic-table';
import type { NamedPerson, Run } from '../../gen/types';
import { csv } from '../shown/csv';
import { download } from '../shown/download';
import { Section } from '../shown/section';
import type { Names } from './act-text';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';

const headOf = (say: Say) => ({
  cells: [
    { key: 'group', content: say('runs.group'), width: 50 },
    { key: 'people', content: say('runs.people'), width: 20 },
    { key: 'orders', content: '' },
  ],
});

interface HinderedSectionProps {
  run: Run;
  people: NamedPerson[];
  names: Names;
}

/** Groups that cannot be changed here, and accounts that an identity provider keeps: each with its people as a table for those who
 * keep it elsewhere. */
export function HinderedSection({ run, people, names }: HinderedSectionProps) {
  const { say, number } = useTexts();
  const groups = hindering(people);
  if (groups.size === 0) return null;
  const nameOf = (group: string) => (group === PROVIDED ? say('runs.providedAccounts') : (names.get(group) ?? group));
  return (
    <Section title={say('runs.cannotBeDone')}>
      <p>{say('runs.cannotBeDoneText')}</p>
      <DynamicTable
        label={say('runs.unchangeableGroups')}
        head={headOf(say)}
        rows={[...groups].map(([group, hindered]) => {
          const name = nameOf(group);
          return {
            key: group,
            cells: [
              { content: name },
              { content: number(hindered.length) },
              {
                content: (
                  <Button
                    spacing="compact"
                    aria-label={say('runs.downloadOf', { group: name })}
                    onClick={() => download(`seatkeeper-${run.id}-${group}.csv`, table(name, hindered), 'text/csv')}
                  >
                    {say('runs.downloadCsv')}
                  </Button>
                ),
              },
            ],
          };
        })}
      />
    </Section>
  );
}

/** Stands for the identity provider as a whole; no group has such an id. */
const PROVIDED = 'accounts';

function hindering(people: NamedPerson[]): Map<string, NamedPerson[]> {
  const groups = new Map<string, NamedPerson[]>();
  for (const person of people) {
    for (const group of person.provided ? [PROVIDED] : (person.hinderedBy ?? [])) {
      const others = groups.get(group);
      if (others) others.push(person);
      else groups.set(group, [person]);
    }
  }
  return groups;
}

const table = (group: string, people: NamedPerson[]): string =>
  csv([
    ['group', 'account', 'name', 'email', 'reason'],
    ...people.map(({ account, name, email, reason }) => [group, account, name ?? '', email ?? '', reason]),
  ]);
