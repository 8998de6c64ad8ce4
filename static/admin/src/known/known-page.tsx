import type { Overview } from '../../gen/types';
import type { Asked } from '../asking/use-answer';
import { ImportSection } from '../import/import-section';
import { StandingProvider, asEverybody, useStanding } from '../page/desk';
import { DirectoriesSection } from './directories-section';
import { FieldsSection } from './fields-section';
import { ReadingSection } from './reading-section';

/** What the newest reading knows of the organization, what it does not, and how to know more. */
export function KnownPage({ overview: { value, again } }: { overview: Asked<Overview> & { value: Overview } }) {
  const { reading, connection } = value;
  const connected = connection !== null;
  const standing = useStanding();
  return (
    <>
      {/* Without a key who may read is not who may change the rest, and the app says so itself. */}
      <StandingProvider value={connected ? standing : asEverybody(standing)}>
        <ReadingSection reading={reading} onChange={again} />
      </StandingProvider>
      {reading.snapshot && <DirectoriesSection directories={reading.snapshot.coverage.directories} />}
      {reading.snapshot && <FieldsSection fields={reading.snapshot.coverage.fields} />}
      <ImportSection connected={connected} onChange={again} />
    </>
  );
}
