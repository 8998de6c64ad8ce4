import DynamicTable from '@atlaskit/dynamic-table';
import type { DirectoryCoverage } from '../../gen/types';
import { Section } from '../shown/section';
import { agreement } from './agreement';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';

const headOf = (say: Say) => ({
  cells: [
    { key: 'name', content: say('known.directory'), isSortable: true },
    { key: 'listed', content: say('known.peopleListed'), isSortable: true },
    { key: 'counted', content: say('known.peopleCounted'), isSortable: true },
    { key: 'agreement', content: say('known.doTheyAgree') },
  ],
});

/** Who was listed in each directory, against what Atlassian counts. */
export function DirectoriesSection({ directories }: { directories: DirectoryCoverage[] }) {
  const { say, number } = useTexts();
  if (directories.length === 0) return null;
  return (
    <Section title={say('known.directories')}>
      <DynamicTable
        label={say('known.directories')}
        head={headOf(say)}
        rows={directories.map((directory) => ({
          key: directory.id,
          cells: [
            { key: directory.name, content: directory.name },
            { key: directory.listed, content: number(directory.listed) },
            {
              key: directory.counted ?? -1,
              content: directory.counted === null ? say('shown.notSaid') : number(directory.counted),
            },
            { content: agreement(directory, say) },
          ],
        }))}
      />
    </Section>
  );
}
