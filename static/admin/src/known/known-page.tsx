import type { Overview } from '../../gen/types';
import type { Asked } from '../asking/use-answer';
import { ImportSection } from '../import/import-section';
import { DirectoriesSection } from './directories-section';
import { FieldsSection } from './fields-section';
import { ReadingSection } from './reading-section';

/** What the newest reading knows of the organization, what it does not, and how to know more. */
export function KnownPage({ overview: { value, again } }: { overview: Asked<Overview> & { value: Overview } }) {
  const { reading, connection } = value;
  return (
    <>
      <ReadingSection reading={reading} onChange={again} />
      {reading.snapshot && <DirectoriesSection directories={reading.snapshot.coverage.directories} />}
      {reading.snapshot && <FieldsSection fields={reading.snapshot.coverage.fields} />}
      <ImportSection connected={connection !== null} onChange={again} />
    </>
  );
}
