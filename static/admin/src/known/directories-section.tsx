import DynamicTable from '@atlaskit/dynamic-table';
import type { DirectoryCoverage } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Section } from '../shown/section';
import { agreement } from './agreement';

const HEAD = {
  cells: [
    { key: 'name', content: 'Directory', isSortable: true },
    { key: 'listed', content: 'People listed', isSortable: true },
    { key: 'counted', content: 'People Atlassian counts', isSortable: true },
    { key: 'agreement', content: 'Do they agree?' },
  ],
};

/** Who was listed in each directory, against what Atlassian counts. */
export function DirectoriesSection({ directories }: { directories: DirectoryCoverage[] }) {
  const { viewer } = useDesk();
  if (directories.length === 0) return null;
  return (
    <Section title="Directories">
      <DynamicTable
        label="Directories"
        head={HEAD}
        rows={directories.map((directory) => ({
          key: directory.id,
          cells: [
            { key: directory.name, content: directory.name },
            { key: directory.listed, content: directory.listed.toLocaleString(viewer.locale) },
            { key: directory.counted ?? -1, content: directory.counted?.toLocaleString(viewer.locale) ?? 'not said' },
            { content: agreement(directory, viewer.locale) },
          ],
        }))}
      />
    </Section>
  );
}
