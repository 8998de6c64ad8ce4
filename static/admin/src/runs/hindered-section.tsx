import Button from '@atlaskit/button/new';
import DynamicTable from '@atlaskit/dynamic-table';
import type { NamedPerson, Run } from '../../gen/types';
import { useDesk } from '../page/desk';
import { csv } from '../shown/csv';
import { download } from '../shown/download';
import { Section } from '../shown/section';
import type { Names } from './act-text';

const HEAD = {
  cells: [
    { key: 'group', content: 'Group', width: 50 },
    { key: 'people', content: 'People', width: 20 },
    { key: 'orders', content: '' },
  ],
};

interface HinderedSectionProps {
  run: Run;
  people: NamedPerson[];
  names: Names;
}

/** Groups that cannot be changed here, each with its people as a table for those who keep it elsewhere. */
export function HinderedSection({ run, people, names }: HinderedSectionProps) {
  const { viewer } = useDesk();
  const groups = hindering(people);
  if (groups.size === 0) return null;
  return (
    <Section title="Cannot be done here">
      <p>Somebody keeps these groups elsewhere. Send each table to those who own that system.</p>
      <DynamicTable
        label="Groups that cannot be changed here"
        head={HEAD}
        rows={[...groups].map(([group, hindered]) => {
          const name = names.get(group) ?? group;
          return {
            key: group,
            cells: [
              { content: name },
              { content: hindered.length.toLocaleString(viewer.locale) },
              {
                content: (
                  <Button
                    spacing="compact"
                    aria-label={`Download the people of ${name}`}
                    onClick={() => download(`seatkeeper-${run.id}-${group}.csv`, table(name, hindered), 'text/csv')}
                  >
                    Download CSV
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

function hindering(people: NamedPerson[]): Map<string, NamedPerson[]> {
  const groups = new Map<string, NamedPerson[]>();
  for (const person of people) {
    for (const group of person.hinderedBy ?? []) {
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
